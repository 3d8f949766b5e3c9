import Wire

/// The number of an eUICC (GSMA SGP.29): 32 digits, the last two of which are check digits.
public struct EID: Equatable, Sendable {
    /// The sixteen bytes of tag 5A: two digits a byte, the first in the high half.
    public let bytes: [UInt8]

    /// What is wrong with an EID.
    public enum Problem: Error, Equatable, Sendable {
        /// There are not sixteen bytes, or not 32 digits.
        case length(Int)
        /// Something that is no decimal digit, so many digits from the start.
        case digit(offset: Int)
        /// The 32 digits as a number leave this remainder when divided by 97, and not 1.
        case checkDigits(remainder: Int)
    }

    public init(_ bytes: ArraySlice<UInt8>) throws(Problem) {
        guard bytes.count == 16 else { throw .length(bytes.count) }
        var remainder = 0
        var place = 0
        for byte in bytes {
            for digit in [byte >> 4, byte & 0xF] {
                guard digit < 10 else { throw .digit(offset: place) }
                remainder = (remainder * 10 + Int(digit)) % 97
                place += 1
            }
        }
        guard remainder == 1 else { throw .checkDigits(remainder: remainder) }
        self.bytes = Array(bytes)
    }

    /// Reads 32 digits.
    public init(_ text: String) throws(Problem) {
        var bytes: [UInt8] = []
        var count = 0
        for byte in text.utf8 {
            guard byte >= 0x30, byte <= 0x39 else { throw .digit(offset: count) }
            if count & 1 == 0 { bytes.append(byte << 4) } else { bytes[bytes.count - 1] |= byte & 0xF }
            count += 1
        }
        guard count == 32 else { throw .length(count) }
        try self.init(bytes[...])
    }
}
