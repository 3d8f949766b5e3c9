/// Decimal digits two to a byte, the first one in the low half, the last byte filled up with F: how cards and networks store
/// numbers (ETSI TS 102 221, 13.2; 3GPP TS 24.008, 10.5.1).
public enum BCD {
    /// The digits, swapped in pairs, with F in every place up to `size` bytes. Digits that don't fit are left out.
    public static func swapped(_ digits: Digits, size: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xFF, count: max(0, size))
        for index in 0..<min(digits.count, bytes.count * 2) {
            if index & 1 == 0 {
                bytes[index / 2] = 0xF0 | digits[index]
            } else {
                bytes[index / 2] = bytes[index / 2] & 0x0F | digits[index] << 4
            }
        }
        return bytes
    }

    /// The digits in `bytes`, up to the first F; after it there may be only F.
    ///
    /// - Throws: `digit` for A to E, or for a digit after the end; `length` when there are more than `Digits.limit`.
    public static func digits(_ bytes: ArraySlice<UInt8>) throws(NumberingError) -> Digits {
        var digits = Digits()
        var ended = false
        var place = 0
        for byte in bytes {
            for half in [byte & 0xF, byte >> 4] {
                if half == 0xF {
                    ended = true
                } else if half > 9 || ended {
                    throw .digit(byte: half, offset: place)
                } else if !digits.append(half) {
                    throw .length(digits: place + 1, allowed: 0...Digits.limit)
                }
                place += 1
            }
        }
        return digits
    }
}
