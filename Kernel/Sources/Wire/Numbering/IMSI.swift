/// The number of a subscription (3GPP TS 23.003, 2.2): the country (3 digits), the network (2 or 3) and the subscriber, 6 to 15 digits
/// in all.
public struct IMSI: Equatable, Comparable, Sendable {
    public let digits: Digits

    /// How many digits there may be.
    public static var length: ClosedRange<Int> { 6...15 }

    public init(_ digits: Digits) throws(NumberingError) {
        guard IMSI.length.contains(digits.count) else { throw .length(digits: digits.count, allowed: IMSI.length) }
        self.digits = digits
    }

    /// - Throws: `digit` or `length`.
    public init(_ text: String) throws(NumberingError) {
        try self.init(Digits(text))
    }

    /// Reads the nine bytes of EF.IMSI (3GPP TS 31.102, 4.2.2): the length, then type and parity in the half-byte before the digits.
    public init(coded bytes: ArraySlice<UInt8>) throws(NumberingError) {
        guard bytes.count == 9, let size = bytes.first else { throw .size(bytes: bytes.count, expected: 9) }
        guard (1...8).contains(size) else { throw .header(byte: size) }
        let body = bytes.dropFirst()
        guard let first = body.first else { throw .size(bytes: bytes.count, expected: 9) }
        var digits = Digits()
        var ended = false
        for (place, byte) in body.prefix(Int(size)).enumerated() {
            for (half, value) in [byte & 0xF, byte >> 4].enumerated() where place > 0 || half > 0 {
                if value == 0xF {
                    ended = true
                } else if ended || !digits.append(value) {
                    throw .digit(byte: value, offset: place * 2 + half)
                }
            }
        }
        // Identity type 1 (IMSI), and bit 4 for an odd number of digits (TS 24.008, 10.5.1.4).
        let odd: UInt8 = digits.count & 1 == 1 ? 9 : 1
        guard first & 0xF == odd, digits.count / 2 + 1 == Int(size) else { throw .header(byte: first) }
        try self.init(digits)
    }

    /// The nine bytes of EF.IMSI.
    public var coded: [UInt8] {
        var bytes = [UInt8](repeating: 0xFF, count: 9)
        bytes[0] = UInt8(truncatingIfNeeded: digits.count / 2 + 1)
        bytes[1] = 0xF0 | (digits.count & 1 == 1 ? 9 : 1)
        for index in 0..<digits.count {
            let place = 1 + (index + 1) / 2
            if index & 1 == 0 {
                bytes[place] = bytes[place] & 0x0F | digits[index] << 4
            } else {
                bytes[place] = 0xF0 | digits[index]
            }
        }
        return bytes
    }

    /// The home network, when its code has `mncDigits` (2 or 3) digits; the IMSI alone does not say.
    public func plmn(mncDigits: Int) -> PLMN? {
        guard mncDigits == 2 || mncDigits == 3, digits.count >= 3 + mncDigits else { return nil }
        var values: [UInt16] = [0, 0]
        for index in 0..<3 + mncDigits {
            let part = index < 3 ? 0 : 1
            values[part] = values[part] * 10 + UInt16(digits[index])
        }
        return PLMN(mcc: values[0], mnc: values[1], mncDigits: mncDigits)
    }

    public static func < (left: IMSI, right: IMSI) -> Bool { left.digits < right.digits }
}

#if !hasFeature(Embedded)
    extension IMSI: Hashable, CustomStringConvertible {
        public var description: String { digits.description }
    }
#endif
