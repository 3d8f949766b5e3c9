/// One of the two operator profiles on the card.
public enum Slot: UInt8, Equatable, Sendable {
    /// The profile the device should be on.
    case primary = 0
    /// The profile that carries the device while the primary does not deliver.
    case backup = 1

    /// The profile that is not this one.
    @inlinable
    public var other: Slot { self == .primary ? .backup : .primary }
}
