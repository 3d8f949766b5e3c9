/// The number by which the estate knows a card: 40 bits. Its five big-endian bytes are the card's OSCORE identifier.
public struct CardNumber: Equatable, Comparable, Sendable {
    public let value: UInt64

    /// The largest card number.
    public static var limit: UInt64 { 0xFF_FFFF_FFFF }
    /// How many bytes the identifier has, leading zeros included.
    public static var size: Int { 5 }

    /// Nil when the number has more than 40 bits.
    public init?(_ value: UInt64) {
        guard value <= CardNumber.limit else { return nil }
        self.value = value
    }

    /// Nil when the identifier has not exactly five bytes.
    public init?(_ identifier: EndpointIdentifier) {
        guard identifier.count == CardNumber.size else { return nil }
        value = identifier.value
    }

    /// The card's Sender ID.
    public var identifier: EndpointIdentifier { EndpointIdentifier(value, count: CardNumber.size) }

    public static func < (left: CardNumber, right: CardNumber) -> Bool { left.value < right.value }
}

#if !hasFeature(Embedded)
    extension CardNumber: Hashable, CustomStringConvertible {
        public var description: String { String(value) }
    }
#endif
