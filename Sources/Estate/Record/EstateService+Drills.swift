import Evidence
import Storage

/// A step of a drill that struck a lab's cards, as the ledger keeps it: entries of kind "drill".
public struct DrillNote: Equatable, Codable, Sendable {
    public enum Step: String, Codable, Sendable {
        case started
        /// Ended by a person before its time.
        case stopped
        /// Ended by itself.
        case ended
    }

    /// What became of one kind of SIM, when the drill ended.
    public struct Group: Equatable, Codable, Sendable {
        public var name: String
        public var cards: Int
        /// Cards whose traffic got through then.
        public var reachable: Int
        public var onPrimary: Int
        public var onBackup: Int
        public var dark: Int
        /// Milliseconds from the fault until the card noticed, from there to the first answer on the other operator, and from the recovery
        /// until it was home: median and 99th percentile; nil where none did.
        public var detection: Quantiles?
        public var move: Quantiles?
        public var returning: Quantiles?
        /// Seconds without traffic, mean over the group's cards.
        public var darkSeconds: Int?

        public init(
            name: String, cards: Int, reachable: Int, onPrimary: Int, onBackup: Int, dark: Int, detection: Quantiles? = nil,
            move: Quantiles? = nil, returning: Quantiles? = nil, darkSeconds: Int? = nil
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
            self.darkSeconds = darkSeconds
        }
    }

    public struct Quantiles: Equatable, Codable, Sendable {
        public var p50: Int
        public var p99: Int

        public init(p50: Int, p99: Int) {
            self.p50 = p50
            self.p99 = p99
        }
    }

    public var step: Step
    /// "data-path-dead"
    public var name: String
    public var title: String
    /// The outage of record that it follows.
    public var source: String
    /// How long it is meant to take, in seconds; nil where that is open.
    public var seconds: Int?
    /// Cards that it strikes.
    public var cards: Int
    /// What it showed, once it has ended.
    public var groups: [Group]

    public init(
        step: Step, name: String, title: String, source: String, seconds: Int? = nil, cards: Int = 0, groups: [Group] = []
    ) {
        self.step = step
        self.name = name
        self.title = title
        self.source = source
        self.seconds = seconds
        self.cards = cards
        self.groups = groups
    }

    /// The kind of its entries.
    static let kind = "drill"
    /// Bytes of a text, and groups, that an entry takes.
    private static let textLimit = 200
    private static let groupLimit = 20

    func draft(by authorship: Authorship) throws -> LedgerDraft {
        var values: [String: any Encodable] = [
            "step": step, "name": LedgerDraft.cut(name, to: Self.textLimit), "title": LedgerDraft.cut(title, to: Self.textLimit),
            "source": LedgerDraft.cut(source, to: Self.textLimit), "cards": cards,
            "groups": groups.prefix(Self.groupLimit).map { group in
                var group = group
                group.name = LedgerDraft.cut(group.name, to: Self.textLimit)
                return group
            },
        ]
        if let seconds { values["seconds"] = seconds }
        return try LedgerDraft(Self.kind, authorship, subject: "estate", values)
    }
}

/// A step of a drill as a pack lists it.
public struct EvidenceDrill: Sendable {
    /// When it was done; an entry that waited for a whole ledger is younger.
    public var at: UTCInstant
    public var author: String
    public var reason: String
    public var note: DrillNote

    /// Nil for what is no entry of a drill.
    init?(_ entry: LedgerEntry) {
        guard entry.kind == DrillNote.kind, case .object(let body) = entry.body, let bytes = try? entry.body.encoded(),
            let note = try? StoredJSON.value(DrillNote.self, String(decoding: bytes, as: UTF8.self))
        else { return nil }
        var time = entry.at
        if case .string(let text)? = body["doneAt"], let done = LedgerTime(text) { time = done }
        at = UTCInstant(milliseconds: time.milliseconds)
        author = entry.author
        reason = entry.reason
        self.note = note
    }
}

extension EstateService {
    /// Notes a step of a drill. A start is refused where the ledger is broken; an end is a fact, and waits.
    /// - Throws: `EstateError.ledgerBroken(_:)`
    public func noteDrill(_ note: DrillNote, by authorship: Authorship, at now: UTCInstant) throws {
        try recording(at: now, note.step == .started ? .required : .deferred) { _, drafts in
            drafts.append(try note.draft(by: authorship))
        }
    }
}
