/// Writes CBOR (RFC 8949) item by item, numbers in their shortest form.
///
/// The order of a map's keys is the caller's: small unsigned keys written in ascending order are deterministic (RFC 8949, 4.2.1).
public struct CBORWriter: Sendable {
    private var writer: ByteWriter

    public init() {
        writer = ByteWriter()
    }

    /// A writer that has room for `capacity` bytes from the start.
    public init(capacity: Int) {
        writer = ByteWriter(capacity: capacity)
    }

    /// What was written so far.
    public var bytes: [UInt8] { writer.bytes }

    public mutating func uint(_ value: UInt64) { head(0, value) }

    /// Writes the integer -1 - `value`.
    public mutating func nint(_ value: UInt64) { head(1, value) }

    public mutating func int(_ value: Int64) {
        if value >= 0 { uint(UInt64(value)) } else { nint(UInt64(-1 - value)) }
    }

    public mutating func bytes(_ value: [UInt8]) {
        head(2, UInt64(value.count))
        writer.append(value)
    }

    /// Writes a text, given as its UTF-8.
    public mutating func text(utf8 value: [UInt8]) {
        head(3, UInt64(value.count))
        writer.append(value)
    }

    public mutating func text(_ value: String) { text(utf8: [UInt8](value.utf8)) }

    /// Writes the head of an array; `count` items must follow.
    public mutating func array(_ count: Int) { head(4, UInt64(max(0, count))) }

    /// Writes the head of a map; `count` pairs must follow.
    public mutating func map(_ count: Int) { head(5, UInt64(max(0, count))) }

    public mutating func bool(_ value: Bool) { writer.byte(value ? 0xF5 : 0xF4) }

    public mutating func null() { writer.byte(0xF6) }

    private mutating func head(_ major: UInt8, _ value: UInt64) {
        let type = major << 5
        switch value {
        case 0...23: writer.byte(type | UInt8(value))
        case 24...0xFF:
            writer.byte(type | 24)
            writer.byte(UInt8(value))
        case 0x100...0xFFFF:
            writer.byte(type | 25)
            writer.uint(value, size: 2)
        case 0x1_0000...0xFFFF_FFFF:
            writer.byte(type | 26)
            writer.uint(value, size: 4)
        default:
            writer.byte(type | 27)
            writer.uint(value, size: 8)
        }
    }
}
