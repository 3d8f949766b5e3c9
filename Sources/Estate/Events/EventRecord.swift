import Storage

/// What happened, as a word that programs can rely on.
public enum EventKind: String, Codable, CaseIterable, Sendable {
    /// An inventory was imported.
    case imported
    /// A device was heard from for the first time.
    case firstHeard = "first-heard"
    /// A card changed its profile.
    case moved
    /// Nothing was heard from a device for too long.
    case silent
    /// A silent device was heard from again.
    case heardAgain = "heard-again"
    /// An operator's outage was inferred.
    case outageBegan = "outage-began"
    /// An outage turned out to reach further.
    case outageWidened = "outage-widened"
    /// The first devices are back; whether they stay is not known yet.
    case outageRecovering = "outage-recovering"
    /// Those that came back were lost again.
    case outageRelapsed = "outage-relapsed"
    /// An outage is over.
    case outageEnded = "outage-ended"
    /// The responders are back after they were down; silence is counted anew.
    case resumed
    /// A card has followed a rehearsal of its backup.
    case rehearsal
    /// A card has told what came of a policy document.
    case policy
}

/// How much an event matters.
public enum Severity: Int, Codable, Comparable, CaseIterable, Sendable {
    case info = 0
    case notice = 1
    case warning = 2
    case critical = 3

    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    /// "info", "notice", "warning" or "critical".
    public var name: String {
        switch self {
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .critical: "critical"
        }
    }
}

/// A change of state, as it is kept. Ids grow in the order in which events became durable.
public struct EventRecord: Equatable, Codable, Sendable {
    public var id: Int64
    public var at: UTCInstant
    public var kind: EventKind
    public var severity: Severity
    /// The device's name, where one is concerned.
    public var device: String?
    public var `operator`: OperatorRef?
    public var outage: Int64?
    /// One sentence for people.
    public var text: String
    public var detail: String?
}

/// An event on its way into the store.
struct Event {
    var at: UTCInstant
    var kind: EventKind
    var severity: Severity
    var device: UInt32?
    var `operator`: UInt16?
    var outage: Int64?
    var text: String
    var detail: String?
}

/// Gives events their ids and writes them. Belongs to whoever holds the estate's turn to write.
struct EventLog {
    private(set) var last: Int64

    init(_ connection: Connection) throws {
        last = try connection.first("SELECT MAX(id) FROM event") { $0.integer(0) } ?? 0
    }

    /// Writes the events in their order; the ids are those after `last`, which moves on only with ``commit(_:)``.
    func write(_ events: [Event], _ connection: Connection) throws {
        guard !events.isEmpty else { return }
        let statement = try connection.prepare(
            "INSERT INTO event (id, at, kind, severity, device, operator, outage, text, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (index, event) in events.enumerated() {
            statement.bind(1, last + 1 + Int64(index))
            statement.bind(2, event.at.milliseconds)
            statement.bind(3, event.kind.rawValue)
            statement.bind(4, event.severity.rawValue)
            statement.bind(5, .optional(event.device.map { Int64($0) }))
            statement.bind(6, .optional(event.operator.map { Int64($0) }))
            statement.bind(7, .optional(event.outage))
            statement.bind(8, event.text)
            statement.bind(9, .optional(event.detail))
            try statement.run()
        }
    }

    /// The transaction with these events is durable.
    mutating func commit(_ events: [Event]) { last += Int64(events.count) }
}
