/// The number of a card, or of a profile on it (ITU-T E.118; ETSI TS 102 221, 13.2): 18 to 20 digits, the first two of which are 89
/// for telecommunications.
public struct ICCID: Equatable, Comparable, Sendable {
    public let digits: Digits

    /// How many digits there may be.
    public static var length: ClosedRange<Int> { 18...20 }

    public init(_ digits: Digits) throws(NumberingError) {
        guard ICCID.length.contains(digits.count) else { throw .length(digits: digits.count, allowed: ICCID.length) }
        self.digits = digits
    }

    /// - Throws: `digit` or `length`.
    public init(_ text: String) throws(NumberingError) {
        try self.init(Digits(text))
    }

    /// Reads the ten bytes of EF.ICCID.
    public init(coded bytes: ArraySlice<UInt8>) throws(NumberingError) {
        guard bytes.count == 10 else { throw .size(bytes: bytes.count, expected: 10) }
        try self.init(BCD.digits(bytes))
    }

    /// The ten bytes of EF.ICCID.
    public var coded: [UInt8] { BCD.swapped(digits, size: 10) }

    /// Whether the last digit is the check digit of those before it (E.118, 3.1). Only numbers of 19 or 20 digits have one, and not
    /// every issuer of 20 digits keeps to it, so that a false here is a reason to look, not to refuse.
    public var hasValidCheckDigit: Bool { digits.count > 18 && digits.endsInLuhnDigit }

    public static func < (left: ICCID, right: ICCID) -> Bool { left.digits < right.digits }
}

#if !hasFeature(Embedded)
    extension ICCID: Hashable, CustomStringConvertible {
        public var description: String { digits.description }
    }
#endif
