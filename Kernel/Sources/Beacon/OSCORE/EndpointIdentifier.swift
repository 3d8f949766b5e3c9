import Wire

/// A Sender ID or Recipient ID of OSCORE: up to seven bytes, the most that its nonce has room for with AES-CCM-16-64-128
/// (RFC 8613, 3.3 and 5.2).
public struct EndpointIdentifier: Equatable, Sendable {
    /// The bytes as a big-endian number.
    public let value: UInt64
    /// How many bytes there are: 0 to 7. The empty identifier, 00 and 0000 are all different.
    public let count: Int

    /// The most bytes there may be.
    public static var limit: Int { 7 }

    /// The low `count` bytes of `value`; a count outside 0 to 7 is taken for the nearest.
    public init(_ value: UInt64, count: Int) {
        let size = min(max(0, count), EndpointIdentifier.limit)
        self.count = size
        self.value = size == 0 ? 0 : value & UInt64.max >> UInt64(64 - size * 8)
    }

    /// Nil when there are more than seven bytes.
    public init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count <= EndpointIdentifier.limit else { return nil }
        var value: UInt64 = 0
        for byte in bytes { value = value << 8 | UInt64(byte) }
        self.init(value, count: bytes.count)
    }

    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: count)
        writer.uint(value, size: count)
        return writer.bytes
    }
}
