/// Builds a message, byte by byte.
public struct ByteWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8]

    public init() {
        bytes = []
    }

    /// A writer that has room for `capacity` bytes from the start.
    public init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(max(0, capacity))
    }

    /// How many bytes were written so far.
    public var count: Int { bytes.count }

    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    public mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    public mutating func append(_ more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }

    /// Writes the low `size` bytes (0 to 8) of `value`, big-endian.
    public mutating func uint(_ value: UInt64, size: Int) {
        var left = min(max(0, size), 8)
        while left > 0 {
            left -= 1
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(left * 8)))
        }
    }

    public mutating func uint16(_ value: UInt16) { uint(UInt64(value), size: 2) }
    public mutating func uint32(_ value: UInt32) { uint(UInt64(value), size: 4) }
    public mutating func uint64(_ value: UInt64) { uint(value, size: 8) }

    /// Puts `value` in the place of the byte at `offset`, if there is one.
    public mutating func replace(at offset: Int, with value: UInt8) {
        if bytes.indices.contains(offset) { bytes[offset] = value }
    }

    /// Writes what `body` writes, with its length in front as TLVs have it (see `tlvLength(_:)`).
    mutating func lengthPrefixed(_ body: (inout ByteWriter) -> Void) {
        var inner = ByteWriter()
        body(&inner)
        tlvLength(inner.count)
        append(inner.bytes)
    }
}
