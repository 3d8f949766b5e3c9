import Beacon
import Reachability
import Resilience
import Storage

/// What the estate wants of a card, until the card has told what came of it. It goes out with every answer until then.
struct Wish: Equatable {
    /// A rehearsal of the backup.
    struct Rehearsal: Equatable {
        var number: UInt8
        /// Not before: requests for many cards are spread.
        var due: UInt32
        /// An answer has carried it. A card that reports a number which it was never told followed another estate's request, or one from
        /// before this estate's store was restored.
        var isSent = false
        /// The number after this one, 1 to 255: zero asks for none.
        static func number(after last: UInt8) -> UInt8 { last % 255 + 1 }
    }

    /// A policy document.
    struct Document: Equatable {
        var version: UInt32
        var bytes: [UInt8]
        /// Seconds between beacons under it.
        var interval: UInt32
        /// The card has taken it; it need not be sent any more.
        var isOnTrial = false
    }

    var rehearsal: Rehearsal?
    var document: Document?

    var isEmpty: Bool { rehearsal == nil && document == nil }
}

/// How a rehearsal ended, as a word that programs can rely on.
public enum RehearsalResult: String, Codable, Sendable {
    /// A beacon was answered through the backup.
    case proved
    /// The backup did not deliver; the card came back.
    case failed
    /// The terminal did not obey REFRESH; the card stayed where it was, and nothing is proved.
    case ignored
    /// The card moved for another reason before it could tell.
    case unclear
}

/// What a heartbeat says about a wish, and what becomes of it.
struct WishProgress {
    /// What is left of the wish.
    var wish: Wish
    var rehearsal: RehearsalResult?
    /// The number asked for from now on: the former one the card had followed before it was asked.
    var number: UInt8?
    var policy: PolicyOutcome.Result?
    /// Seconds between beacons from now on, once a document is confirmed.
    var interval: UInt32?

    /// Nil when the heartbeat changes nothing.
    init?(_ wish: Wish, _ heartbeat: Heartbeat) {
        self.wish = wish
        if let asked = wish.rehearsal, asked.number == heartbeat.rehearsed {
            if asked.isSent {
                rehearsal = Self.result(heartbeat)
                if rehearsal != nil { self.wish.rehearsal = nil }
            } else {
                number = Wish.Rehearsal.number(after: asked.number)
                self.wish.rehearsal?.number = Wish.Rehearsal.number(after: asked.number)
            }
        }
        if let document = wish.document, let outcome = heartbeat.outcome, outcome.version == document.version {
            switch outcome.result {
            case .onTrial:
                guard !document.isOnTrial else { break }
                self.wish.document?.isOnTrial = true
                policy = .onTrial
            case .confirmed:
                self.wish.document = nil
                policy = .confirmed
                interval = document.interval
            // What is on trial or confirmed is old when it comes again: a late answer, and no news.
            case .refusedOld where document.isOnTrial: break
            case .refusedOld, .refusedSignature, .refusedContent, .rolledBack:
                self.wish.document = nil
                policy = outcome.result
            }
        }
        if self.wish == wish { return nil }
    }

    /// How the rehearsal that the heartbeat reports ended; nil while it goes on.
    private static func result(_ heartbeat: Heartbeat) -> RehearsalResult? {
        switch MoveReason(rawValue: heartbeat.lastMove) {
        // Heard through the primary, it has yet to go: the terminal has not obeyed REFRESH.
        case .rehearsal: heartbeat.profile == .backup ? .proved : nil
        case .rehearsed: .proved
        case .rehearsalFailed: .failed
        case .abandoned: .ignored
        default: .unclear
        }
    }

    func write(_ device: UInt32, at now: UTCInstant, _ connection: Connection) throws {
        if let rehearsal {
            try connection.execute(
                "UPDATE rehearsal SET followed_at = ?, result = ? WHERE device = ?",
                [.integer(now.milliseconds), .text(rehearsal.rawValue), .integer(of: device)])
        }
        if let number {
            try connection.execute(
                "UPDATE rehearsal SET number = ? WHERE device = ?", [.integer(of: number), .integer(of: device)])
        }
        if let policy {
            try connection.execute(
                "UPDATE policy_document SET outcome = ?, outcome_at = ? WHERE device = ?",
                [.text(policy.name), .integer(now.milliseconds), .integer(of: device)])
        }
        if let interval {
            try connection.execute(
                "UPDATE device SET expected_s = ? WHERE id = ?", [.integer(of: interval), .integer(of: device)])
        }
    }
}

extension PolicyOutcome.Result {
    /// A word that programs can rely on.
    var name: String {
        switch self {
        case .confirmed: "confirmed"
        case .onTrial: "on-trial"
        case .refusedOld: "refused-old"
        case .refusedSignature: "refused-signature"
        case .refusedContent: "refused-content"
        case .rolledBack: "rolled-back"
        }
    }

    var isRefusal: Bool { self == .refusedOld || self == .refusedSignature || self == .refusedContent }
}

extension Live {
    /// What there is to tell people about how a device follows what was asked of it.
    func tellings(of progress: WishProgress?, _ heartbeat: Heartbeat, device id: UInt32, at now: UTCInstant) -> [Event] {
        var events: [Event] = []
        let backup = table.device(id)?.backup
        func tell(_ kind: EventKind, _ severity: Severity, _ text: String, _ detail: String, _ carrier: UInt16? = nil) {
            events.append(Event(at: now, kind: kind, severity: severity, device: id, operator: carrier, text: text, detail: detail))
        }
        if let result = progress?.rehearsal {
            let name = reference(backup ?? 0).name
            switch result {
            case .proved: tell(.rehearsal, .info, "Rehearsal: the backup, \(name), delivers.", result.rawValue, backup)
            case .failed: tell(.rehearsal, .warning, "Rehearsal: the backup, \(name), did not deliver.", result.rawValue, backup)
            case .ignored:
                tell(
                    .rehearsal, .warning, "Rehearsal: the terminal did not obey REFRESH; the backup is not proved.", result.rawValue
                )
            case .unclear:
                tell(.rehearsal, .notice, "Rehearsal: the card moved for another reason before it could tell.", result.rawValue)
            }
        }
        guard let outcome = heartbeat.outcome else { return events }
        let version = outcome.version
        if let result = progress?.policy {
            switch result {
            case .onTrial: tell(.policy, .info, "Policy \(version) is on trial.", result.name)
            case .confirmed: tell(.policy, .info, "Policy \(version) is confirmed.", result.name)
            case .refusedOld:
                tell(.policy, .warning, "Policy \(version) was refused: the card has followed it or a later one.", result.name)
            case .refusedSignature: tell(.policy, .warning, "Policy \(version) was refused: its signature is wrong.", result.name)
            case .refusedContent: tell(.policy, .warning, "Policy \(version) was refused: the card cannot follow it.", result.name)
            case .rolledBack:
                tell(.policy, .warning, "Policy \(version) was rolled back: the card lost contact under it.", result.name)
            }
        } else if outcome.result.isRefusal, wishes[id]?.document?.version != version {
            tell(
                .policy, .warning, "A policy document, version \(version), was refused that this estate does not want followed.",
                outcome.result.name)
        }
        return events
    }

    /// Adds what the estate wants of a device to what it is told.
    mutating func add(to answer: inout Answer, wishesFor id: UInt32, at now: UTCInstant) {
        guard let wish = wishes[id] else { return }
        if let rehearsal = wish.rehearsal, rehearsal.due <= now.seconds {
            answer.rehearsal = rehearsal.number
            if !rehearsal.isSent { wishes[id]?.rehearsal?.isSent = true }
        }
        if let document = wish.document, !document.isOnTrial { answer.policyDocument = document.bytes }
    }

    mutating func apply(_ progress: WishProgress, of id: UInt32) {
        wishes[id] = progress.wish.isEmpty ? nil : progress.wish
        if let interval = progress.interval, var device = table.device(id) {
            device.interval = interval
            // The device is there, and its carriers are as they were.
            try? table.update(id, device)
        }
    }
}
