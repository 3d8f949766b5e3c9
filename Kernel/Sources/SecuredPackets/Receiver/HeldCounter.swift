/// The highest counter that a key set has let through: what the card must not forget (ETSI TS 102 225, 5.1.4).
public struct HeldCounter: Equatable, Sendable {
    /// The version of the key set that the counter belongs to.
    public let version: UInt8
    public let counter: PacketCounter

    /// How many bytes the stored form has.
    public static var size: Int { 6 }

    public init(version: UInt8, counter: PacketCounter) {
        self.version = version
        self.counter = counter
    }

    /// Reads the stored form; nil for another number of bytes, or for a version that no key set has.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == HeldCounter.size, bytes[0] >= 1, bytes[0] <= 15 else { return nil }
        var value: UInt64 = 0
        for byte in bytes[1...] { value = value << 8 | UInt64(byte) }
        self.init(version: bytes[0], counter: PacketCounter(low40: value))
    }

    /// The stored form: the version, then the counter, big-endian.
    public var bytes: [UInt8] {
        var bytes = [version]
        for index in 0..<PacketCounter.size {
            bytes.append(UInt8(truncatingIfNeeded: counter.value >> UInt64(8 * (PacketCounter.size - 1 - index))))
        }
        return bytes
    }

    /// What this counter says of a packet, under its counter mode.
    func check(_ came: PacketCounter, _ mode: CounterMode) throws(SecuredPacketError) {
        guard counter < .maximum else { throw .counterBlocked }
        guard came > counter else { throw .counterLow(came: came, held: counter) }
        if mode == .oneHigher && came != counter.next { throw .counterHigh(came: came, held: counter) }
    }
}
