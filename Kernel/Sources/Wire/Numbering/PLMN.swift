/// A mobile network: its country code and its network code (3GPP TS 23.003, 2.2). 01 and 001 are different network codes.
public struct PLMN: Equatable, Comparable, Sendable {
    /// The country code, three digits: 0 to 999.
    public let mcc: UInt16
    /// The network code: 0 to 99, or 0 to 999 when it has three digits.
    public let mnc: UInt16
    /// How many digits the network code has: 2 or 3.
    public let mncDigits: UInt8

    /// Nil when a number has more digits than it may have.
    public init?(mcc: UInt16, mnc: UInt16, mncDigits: Int) {
        guard mcc <= 999, mncDigits == 2 && mnc <= 99 || mncDigits == 3 && mnc <= 999 else { return nil }
        self.mcc = mcc
        self.mnc = mnc
        self.mncDigits = UInt8(mncDigits)
    }

    /// Reads "234-15" or "23415", "310-410" or "310410".
    ///
    /// - Throws: `digit`, or `length` when there are fewer than five or more than six digits.
    public init(_ text: String) throws(NumberingError) {
        var mcc: UInt16 = 0
        var mnc: UInt16 = 0
        var count = 0
        var place = 0
        for byte in text.utf8 {
            if byte == 0x2D && place == 3 {
                place += 1
                continue
            }
            guard byte >= 0x30 && byte <= 0x39 else { throw .digit(byte: byte, offset: place) }
            guard count < 6 else { throw .length(digits: count + 1, allowed: 5...6) }
            if count < 3 { mcc = mcc * 10 + UInt16(byte - 0x30) } else { mnc = mnc * 10 + UInt16(byte - 0x30) }
            count += 1
            place += 1
        }
        guard let plmn = PLMN(mcc: mcc, mnc: mnc, mncDigits: count - 3) else { throw .length(digits: count, allowed: 5...6) }
        self = plmn
    }

    /// Reads the three bytes of TS 24.008, 10.5.1.3, big-endian in the low 24 bits: MCC 2 and 1, MNC 3 and MCC 3, MNC 2 and 1.
    ///
    /// - Throws: `digit` for a half-byte that is none (F stands for the third digit of a network code of two); its offset counts the
    ///   digits in the order in which people write them.
    public init(coded: UInt32) throws(NumberingError) {
        guard coded <= 0xFF_FFFF else { throw .size(bytes: 4, expected: 3) }
        func digit(_ shift: UInt32, _ offset: Int) throws(NumberingError) -> UInt16 {
            let value = UInt16(coded >> shift & 0xF)
            guard value <= 9 else { throw .digit(byte: UInt8(value), offset: offset) }
            return value
        }
        mcc = try digit(16, 0) * 100 + digit(20, 1) * 10 + digit(8, 2)
        let two = try digit(0, 3) * 10 + digit(4, 4)
        if coded >> 12 & 0xF == 0xF {
            (mnc, mncDigits) = (two, 2)
        } else {
            (mnc, mncDigits) = (two * 10 + (try digit(12, 5)), 3)
        }
    }

    /// Reads three bytes as `init(coded:)` does.
    public init(bytes: ArraySlice<UInt8>) throws(NumberingError) {
        guard bytes.count == 3 else { throw .size(bytes: bytes.count, expected: 3) }
        var coded: UInt32 = 0
        for byte in bytes { coded = coded << 8 | UInt32(byte) }
        try self.init(coded: coded)
    }

    /// The three bytes of TS 24.008, 10.5.1.3, big-endian in the low 24 bits.
    public var coded: UInt32 {
        let (country, network) = (UInt32(mcc), UInt32(mnc))
        let first = mncDigits == 2 ? network * 10 : network
        let third = mncDigits == 2 ? 0xF : network % 10
        let high = (country / 10 % 10) << 4 | country / 100
        let middle = third << 4 | country % 10
        let low = (first / 10 % 10) << 4 | first / 100
        return high << 16 | middle << 8 | low
    }

    /// The three bytes of TS 24.008, 10.5.1.3.
    public var bytes: [UInt8] {
        let coded = coded
        return [UInt8(truncatingIfNeeded: coded >> 16), UInt8(truncatingIfNeeded: coded >> 8), UInt8(truncatingIfNeeded: coded)]
    }

    public static func < (left: PLMN, right: PLMN) -> Bool {
        if left.mcc != right.mcc { return left.mcc < right.mcc }
        if left.mncDigits != right.mncDigits { return left.mncDigits < right.mncDigits }
        return left.mnc < right.mnc
    }
}

#if !hasFeature(Embedded)
    extension PLMN: Hashable, CustomStringConvertible {
        /// "234-15".
        public var description: String { padded(mcc, 3) + "-" + padded(mnc, Int(mncDigits)) }

        private func padded(_ value: UInt16, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }
#endif
