/// A change of a profile's state that its operator is to be told of (GSMA SGP.22, 3.5; NotificationMetadata).
public struct PendingNotification: Equatable, Sendable {
    /// What happened, as the bit of NotificationEvent.
    public enum Event: UInt8, Equatable, Sendable {
        case install = 0x80
        case enable = 0x40
        case disable = 0x20
        case delete = 0x10
    }

    public var sequenceNumber: UInt32
    public var event: Event
    /// The index of the profile.
    public var profile: Int
}
