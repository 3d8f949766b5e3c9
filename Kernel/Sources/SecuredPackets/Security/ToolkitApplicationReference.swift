/// The three bytes that name an application on the card, TAR (ETSI TS 101 220, 6; ETSI TS 102 225, 5.1).
public struct ToolkitApplicationReference: Equatable, Sendable {
    /// The three bytes, big-endian.
    public let value: UInt32

    /// Only the low 24 bits count.
    public init(_ value: UInt32) {
        self.value = value & 0xFF_FFFF
    }
}
