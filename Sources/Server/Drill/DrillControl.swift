/// What the console needs of whoever runs drills: the demo gives one to the server; without one there is no drill page.
///
/// The calls may come from any thread, a few a second; keep ``status()`` cheap.
public protocol DrillControl: Sendable {
    /// The drills on offer, in the order to show them.
    func list() async -> [DrillSummary]
    /// Starts a drill by its ``DrillSummary/name``.
    /// - Throws: ``DrillRefusal``, whose text people read.
    func start(_ name: String) async throws(DrillRefusal)
    /// Ends the running drill: faults are lifted, the figures stay. Nothing happens when none runs.
    func stop() async
    /// Where the running drill is, or the figures of the last one.
    func status() async -> DrillStatus
}

/// Why a drill was not started.
public enum DrillRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(name: String)
    /// One at a time.
    case alreadyRunning(name: String)
    /// The lab is not ready, and why.
    case notReady(String)

    public var description: String {
        switch self {
        case .unknown(let name): "There is no drill called \(Problem.quoted(name))."
        case .alreadyRunning(let name): "The drill \(Problem.quoted(name)) is still running; stop it first."
        case .notReady(let why): "The lab is not ready: \(why)"
        }
    }
}

/// A drill on offer.
public struct DrillSummary: Equatable, Codable, Sendable {
    /// "data-path-dead": what ``DrillControl/start(_:)`` takes.
    public var name: String
    public var title: String
    /// The outage of record that it follows: "Vodafone UK, 13 October 2025".
    public var source: String
    /// What will happen and what to watch, in a sentence or two.
    public var about: String

    public init(name: String, title: String, source: String, about: String) {
        self.name = name
        self.title = title
        self.source = source
        self.about = about
    }
}

/// A drill under way or just done.
public struct DrillStatus: Equatable, Codable, Sendable {
    /// The drill that the figures belong to; nil before the first one.
    public var name: String?
    /// Whether it still runs.
    public var isRunning: Bool
    /// Seconds since it began.
    public var elapsed: Double
    /// Seconds it takes in all; nil when that is open.
    public var duration: Double?
    /// What goes on just now, for people: "Primary: data path dead since 40 s".
    public var phase: String
    /// One for each kind of SIM, in the order to show them side by side.
    public var groups: [DrillGroup]
    /// Newest first; the page shows the first 20.
    public var events: [DrillEvent]
    /// Who started it, where that was not done through ``DrillControl/start(_:)``; nil where nobody did.
    public var startedBy: String?
    /// Who stopped it, where that was not done through ``DrillControl/stop()``; nil where it ended by itself.
    public var stoppedBy: String?

    public init(
        name: String? = nil, isRunning: Bool = false, elapsed: Double = 0, duration: Double? = nil, phase: String = "",
        groups: [DrillGroup] = [], events: [DrillEvent] = [], startedBy: String? = nil, stoppedBy: String? = nil
    ) {
        self.name = name
        self.isRunning = isRunning
        self.elapsed = elapsed
        self.duration = duration
        self.phase = phase
        self.groups = groups
        self.events = events
        self.startedBy = startedBy
        self.stoppedBy = stoppedBy
    }
}

/// The live figures of one kind of SIM.
public struct DrillGroup: Equatable, Codable, Sendable {
    /// "resilient", "registration-watching", "single-profile".
    public var name: String
    public var cards: Int
    /// Cards whose traffic gets through now.
    public var reachable: Int
    public var onPrimary: Int
    public var onBackup: Int
    /// Cards that nothing gets through to now.
    public var dark: Int
    /// Seconds from the fault until the card noticed; nil while no card has.
    public var detection: DrillQuantiles?
    /// Seconds from there to the first answered beacon on the other operator.
    public var move: DrillQuantiles?
    /// Seconds from the recovery until the card was home.
    public var returning: DrillQuantiles?
    /// Mean over the group's cards.
    public var switchesPerCard: Double
    /// Mean minutes dark over the group's cards.
    public var darkMinutes: Double

    public init(
        name: String, cards: Int, reachable: Int, onPrimary: Int, onBackup: Int, dark: Int, detection: DrillQuantiles? = nil,
        move: DrillQuantiles? = nil, returning: DrillQuantiles? = nil, switchesPerCard: Double = 0, darkMinutes: Double = 0
    ) {
        self.name = name
        self.cards = cards
        self.reachable = reachable
        self.onPrimary = onPrimary
        self.onBackup = onBackup
        self.dark = dark
        self.detection = detection
        self.move = move
        self.returning = returning
        self.switchesPerCard = switchesPerCard
        self.darkMinutes = darkMinutes
    }
}

/// Median and 99th percentile, in seconds.
public struct DrillQuantiles: Equatable, Codable, Sendable {
    public var p50: Double
    public var p99: Double

    public init(p50: Double, p99: Double) {
        self.p50 = p50
        self.p99 = p99
    }
}

/// Something that happened in a drill.
public struct DrillEvent: Equatable, Codable, Sendable {
    /// Seconds since the drill began.
    public var at: Double
    public var text: String

    public init(at: Double, text: String) {
        self.at = at
        self.text = text
    }
}
