/// What an authenticated answer to a beacon may tell the card, from what only the estate can know.
public struct Hint: Equatable, Sendable {
    /// The state of the primary's operator as the estate sees it.
    public enum PrimaryHealth: UInt8, Equatable, Sendable {
        case unknown = 0
        case healthy = 1
        case failing = 2
    }

    /// How the primary's operator fares.
    public var primary: PrimaryHealth
    /// On `healthy`: return at a random moment within this window, which the estate sizes so that its cards do not arrive
    /// at the operator all at once. A rehearsal spreads its departures over it too.
    public var returnWindow: Interval
    /// A number other than zero asks for a rehearsal: over to the backup within the window, one beacon, and back. Each number is
    /// followed at most once in a row, so the estate may repeat it until it is seen to have been followed.
    public var rehearsal: UInt8

    public init(primary: PrimaryHealth, returnWindow: Interval, rehearsal: UInt8 = 0) {
        self.primary = primary
        self.returnWindow = returnWindow
        self.rehearsal = rehearsal
    }

    /// An answer that says nothing about the primary.
    public static let none = Hint(primary: .unknown, returnWindow: .zero)
}

/// What the terminal lets the card do, read from TERMINAL PROFILE (ETSI TS 102 223, clause 5.2), and what is known of its host.
public struct Abilities: Equatable, Sendable {
    /// The card can open a UDP channel and so test the data path.
    public var dataPath: Bool
    /// The terminal reports location and connection events.
    public var events: Bool
    /// The host resets the modem after this long without data; the policy decides before that.
    public var watchdog: Interval?

    public init(dataPath: Bool, events: Bool, watchdog: Interval? = nil) {
        self.dataPath = dataPath
        self.events = events
        self.watchdog = watchdog
    }

    /// Channels and events, no known watchdog.
    public static let full = Abilities(dataPath: true, events: true)
}
