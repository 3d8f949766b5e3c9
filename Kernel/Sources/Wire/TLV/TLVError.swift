/// What is wrong with a TLV, and where (an offset from the start of the whole array).
public enum TLVError: Error, Equatable, Sendable {
    /// The tag, the length or the value goes on past the end.
    case truncated(Truncation)
    /// The tag starts with a byte that no tag may start with, or goes on for more than three bytes.
    case tag(byte: UInt8, offset: Int)
    /// The length starts with a byte that ETSI TS 101 220, 7.1.2 does not allow: 80, or 84 and above.
    case length(byte: UInt8, offset: Int)
}

extension ByteReader {
    /// Takes a length as BER and COMPREHENSION-TLVs have it: 00 to 7F, or 81, 82, 83 and that many bytes
    /// (ETSI TS 101 220, 7.1.2). A length that would fit into fewer bytes is accepted, as the standard has it.
    public mutating func tlvLength() throws(TLVError) -> Int {
        let start = offset
        do throws(Truncation) {
            let first = try byte()
            switch first {
            case 0...0x7F: return Int(first)
            case 0x81...0x83: return Int(truncatingIfNeeded: try uint(Int(first & 0x7F)))
            default: break
            }
        } catch {
            throw .truncated(error)
        }
        throw .length(byte: bytes[start], offset: start)
    }

    mutating func tlvByte() throws(TLVError) -> UInt8 {
        do throws(Truncation) { return try byte() } catch { throw .truncated(error) }
    }

    mutating func tlvValue(_ count: Int) throws(TLVError) -> Range<Int> {
        do throws(Truncation) { return try range(count) } catch { throw .truncated(error) }
    }
}

extension ByteWriter {
    /// Writes a length in the fewest bytes (ETSI TS 101 220, 7.1.2). No more than 16,777,215 can be said; a longer value is cut to that.
    public mutating func tlvLength(_ length: Int) {
        let value = UInt64(min(max(0, length), 0xFF_FFFF))
        switch value {
        case 0...0x7F: byte(UInt8(value))
        case 0x80...0xFF: uint(0x81_00 | value, size: 2)
        case 0x100...0xFFFF: uint(0x82_0000 | value, size: 3)
        default: uint(0x83_000000 | value, size: 4)
        }
    }
}
