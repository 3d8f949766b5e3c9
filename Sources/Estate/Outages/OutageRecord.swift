/// How an operator fares, as its devices' beacons show.
public enum Health: String, Codable, Sendable { case unknown, healthy, failing }

/// How far an outage reaches.
public enum OutageScope: String, Codable, CaseIterable, Sendable {
    /// An operator as a whole.
    case network
    /// An operator in one area.
    case area
    /// An operator refuses some cards and carries others.
    case subscriptions
    /// All is silent in one place, and nobody shows that an operator is to blame.
    case place
    /// Nobody at all is heard: our own fault, as far as can be told.
    case responder
}

/// An outage that was inferred from what many devices did.
public struct OutageRecord: Equatable, Codable, Sendable {
    public var id: Int64
    public var scope: OutageScope
    /// Nil when no operator is blamed.
    public var `operator`: OperatorRef?
    /// Nil when it is not confined to an area.
    public var area: String?
    /// When it began, as estimated.
    public var began: UTCInstant
    public var detected: UTCInstant
    /// Nil while it lasts.
    public var ended: UTCInstant?
    /// How it ended: "recovered", "faded", "merged", "heard-again", "closed" or "interrupted".
    public var ending: String?
    /// Devices affected at the worst moment: those that moved away and those that fell silent.
    public var devices: Int
    public var moved: Int
    public var silent: Int
    /// Devices affected now; 0 when it is over.
    public var affectedNow: Int
    /// Devices that depended on the operator there when it was detected.
    public var population: Int
    /// Why most cards left, as a word; "none" when silence is the evidence.
    public var reason: String
    /// One sentence for people.
    public var text: String
}

/// An operator and the devices that depend on it.
public struct OperatorReport: Equatable, Codable, Sendable {
    public var `operator`: OperatorRef
    public var health: Health
    /// Devices whose primary profile is this operator's.
    public var homeDevices: Int
    /// Devices whose enabled profile is this operator's.
    public var hereNow: Int
    /// Devices at home here whose enabled profile is another operator's.
    public var away: Int
    /// Devices here whose primary profile is another operator's.
    public var visiting: Int
    public var heardLast5Minutes: Int
    /// Of the devices here now.
    public var reach24: Share
    /// The open outage, the operator's as a whole before an area's.
    public var outage: OutageRecord?
    /// Seconds within which its cards would be asked to return.
    public var returnWindow: Int
    /// Beacons heard through this operator in each of the last 120 minutes, the oldest first and the running minute last.
    public var beaconsPerMinute: [Int]
}
