/// What is wrong with a text that should be hexadecimal.
public enum HexError: Error, Equatable, Sendable {
    /// A character that is no hexadecimal digit; `offset` counts bytes of UTF-8.
    case digit(byte: UInt8, offset: Int)
    /// A digit has no partner: there is an odd number of them.
    case odd(digits: Int)
}

/// Bytes as text, two hexadecimal digits each.
public enum Hex {
    /// The bytes that `text` says. Capital and small letters are the same; spaces between bytes are skipped.
    public static func bytes(_ text: String) throws(HexError) -> [UInt8] {
        var result: [UInt8] = []
        var high: UInt8?
        var offset = 0
        for byte in text.utf8 {
            let value: UInt8
            switch byte {
            case 0x30...0x39: value = byte - 0x30
            case 0x41...0x46: value = byte - 0x37
            case 0x61...0x66: value = byte - 0x57
            case 0x20 where high == nil:
                offset += 1
                continue
            default: throw .digit(byte: byte, offset: offset)
            }
            if let first = high {
                result.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
            offset += 1
        }
        if high != nil { throw .odd(digits: result.count * 2 + 1) }
        return result
    }

    /// The bytes as small hexadecimal digits without spaces.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        for byte in bytes {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 0xF))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
