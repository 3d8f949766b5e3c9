/// What pairs a CoAP answer with its request: up to eight bytes that the client chose (RFC 7252, 5.3.1).
public struct CoAPToken: Equatable, Sendable {
    /// The bytes as a big-endian number.
    public let value: UInt64
    /// How many bytes there are: 0 to 8. 00 and 0000 are different tokens.
    public let count: Int

    /// The most bytes a token may have.
    public static var limit: Int { 8 }

    public static var none: CoAPToken { CoAPToken(0, count: 0) }

    /// The low `count` bytes of `value`; a count outside 0 to 8 is taken for the nearest.
    public init(_ value: UInt64, count: Int) {
        let size = min(max(0, count), CoAPToken.limit)
        self.count = size
        self.value = size == 0 ? 0 : value & UInt64.max >> UInt64(64 - size * 8)
    }
}
