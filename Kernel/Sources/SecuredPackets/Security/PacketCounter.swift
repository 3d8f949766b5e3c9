/// The counter of a packet, CNTR: five bytes (ETSI TS 102 225, 5.1.4).
public struct PacketCounter: Comparable, Sendable {
    /// 0 to 2^40 - 1.
    public let value: UInt64

    /// How many bytes a counter has.
    public static var size: Int { 5 }
    public static var zero: PacketCounter { PacketCounter(low40: 0) }
    /// The last one. A key set that has reached it is blocked for good (status `counterBlocked`).
    public static var maximum: PacketCounter { PacketCounter(low40: .max) }

    /// Nil when the value does not fit into five bytes.
    public init?(_ value: UInt64) {
        guard value >> 40 == 0 else { return nil }
        self.value = value
    }

    init(low40 value: UInt64) {
        self.value = value & 0xFF_FFFF_FFFF
    }

    /// The next one; nil after the last.
    public var next: PacketCounter? { PacketCounter(value + 1) }

    public static func < (left: PacketCounter, right: PacketCounter) -> Bool { left.value < right.value }
}
