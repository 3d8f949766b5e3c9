import Beacon
import Cipher
import Evidence
import Reachability
import Resilience
import SmartCard
import Storage

/// Which cards are to prove their backups.
public struct RehearsalRequest: Equatable, Sendable {
    /// The longest time over which requests may be spread: a week.
    public static let longestWindow: Int64 = 7 * 86_400

    /// One device by its name; nil for all that the filter lets through.
    public var device: String?
    public var filter = DeviceFilter()
    /// Only those whose backup was last proved before, or never.
    public var provenBefore: UTCInstant?
    /// Seconds over which the rehearsals are spread evenly, so that a backup operator does not see them all at once.
    public var window: Int64 = 0

    public init() {}
}

/// What a request for rehearsals comes to.
public struct RehearsalReport: Equatable, Codable, Sendable {
    /// Asked now.
    public var asked = 0
    /// Asked before, and not followed yet.
    public var pending = 0
    /// Proved recently enough.
    public var fresh = 0
    /// Without a backup.
    public var single = 0
}

/// How old the proofs of the estate's backups are.
public struct ProofReport: Equatable, Codable, Sendable {
    /// Devices with one profile: nothing to fall back to.
    public var single = 0
    /// Devices whose backup was never heard through.
    public var neverProved = 0
    /// Devices whose backup was last proved before the limit.
    public var stale = 0
    /// Devices whose backup was proved since.
    public var fresh = 0
}

/// Why something cannot be asked of a card.
public enum WishError: Error, Equatable, Sendable {
    case unknownDevice(String)
    /// A card with one profile has nothing to rehearse.
    case noBackup(String)
    case window(Int64, allowed: ClosedRange<Int64>)
    case parameters(Parameters.Problem)
    /// The card has reported the highest version there is.
    case noHigherVersion
}

extension EstateService {
    /// How old the backups' proofs are.
    public func proofs(olderThan limit: UTCInstant) -> ProofReport {
        live.withLock { live in
            var report = ProofReport()
            live.table.forEach(.all) { id in
                guard let device = live.table.device(id), let standing = live.table.standing(id) else { return }
                if device.backup == nil {
                    report.single += 1
                } else if standing.backupProof == 0 {
                    report.neverProved += 1
                } else if standing.backupProof < limit.seconds {
                    report.stale += 1
                } else {
                    report.fresh += 1
                }
            }
            return report
        }
    }

    /// Asks cards to go to their backups for one beacon and come back. Each hears of it with its next answer once its time has come.
    public func rehearse(
        _ request: RehearsalRequest, by authorship: Authorship = .estate, at now: UTCInstant
    ) throws -> RehearsalReport {
        let windows = 0...RehearsalRequest.longestWindow
        guard windows.contains(request.window) else { throw WishError.window(request.window, allowed: windows) }
        let one = try request.device.map { name in
            guard let id = try database.read({ try Self.device(named: name, $0) }) else { throw WishError.unknownDevice(name) }
            return id
        }
        let texts = try request.filter.text.flatMap { $0.isEmpty ? nil : try devices(matching: $0) }
        return try turn.withLock { turn in
            var report = RehearsalReport()
            var chosen: [UInt32] = []
            live.withLock { live in
                func choose(_ id: UInt32) {
                    guard texts?.contains(id) ?? true, let device = live.table.device(id), let standing = live.table.standing(id)
                    else { return }
                    if device.backup == nil {
                        report.single += 1
                    } else if live.wishes[id]?.rehearsal != nil {
                        report.pending += 1
                    } else if let limit = request.provenBefore, standing.backupProof >= limit.seconds, standing.backupProof > 0 {
                        report.fresh += 1
                    } else {
                        chosen.append(id)
                    }
                }
                if let one {
                    choose(one)
                } else if let slice = live.slice(request.filter) {
                    live.table.forEach(slice) { choose($0) }
                }
            }
            if let name = request.device, report.single > 0 { throw WishError.noBackup(name) }
            report.asked = chosen.count
            let (wishes, staged) = try database.write { connection in
                var wishes: [(UInt32, Wish.Rehearsal)] = []
                for (index, id) in chosen.enumerated() {
                    let due = now.adding(seconds: request.window * Int64(index) / Int64(chosen.count))
                    let last = try connection.first("SELECT number FROM rehearsal WHERE device = ?", [.integer(of: id)]) {
                        $0.int(0)
                    }
                    let number = Wish.Rehearsal.number(after: UInt8(truncatingIfNeeded: last ?? 0))
                    try connection.execute(
                        """
                        INSERT INTO rehearsal (device, number, asked_at, due_at, followed_at, result) VALUES (?, ?, ?, ?, NULL, NULL)
                        ON CONFLICT (device) DO UPDATE SET number = excluded.number, asked_at = excluded.asked_at,
                            due_at = excluded.due_at, followed_at = NULL, result = NULL
                        """,
                        [.integer(of: id), .integer(of: number), .integer(now.milliseconds), .integer(due.milliseconds)])
                    wishes.append((id, Wish.Rehearsal(number: number, due: due.seconds)))
                }
                let entry = try LedgerDraft(
                    "rehearsals-asked", authorship, subject: request.device ?? request.filter.product ?? "estate", ["asked": report]
                )
                return (wishes, try stage(signed: [entry], turn.ledger, at: now, connection))
            }
            try turn.ledger.commit(staged)
            live.withLock { live in
                for (id, rehearsal) in wishes { live.wishes[id, default: Wish()].rehearsal = rehearsal }
            }
            return report
        }
    }

    /// Signs new parameters for a device's card and sends them with its next answers, until the card has told what came of them.
    ///
    /// - Parameter parameters: their version is set to one above all that the card has reported and was ever sent.
    /// - Returns: the document's version.
    @discardableResult
    public func pushPolicy(
        _ parameters: Parameters, to name: String, by authorship: Authorship = .estate, at now: UTCInstant
    ) throws -> UInt32 {
        if let problem = parameters.problem { throw WishError.parameters(problem) }
        guard let id = try database.read({ try Self.device(named: name, $0) }) else { throw WishError.unknownDevice(name) }
        return try turn.withLock { turn in
            var parameters = parameters
            let (document, staged) = try database.write { connection in
                let found = try connection.first(
                    """
                    SELECT c.number, c.secret, c.wanted_policy, r.policy, p.version FROM card c JOIN reach r ON r.device = c.device
                        LEFT JOIN policy_document p ON p.device = c.device WHERE c.device = ?
                    """, [.integer(of: id)]
                ) { row in
                    (
                        number: UInt64(truncatingIfNeeded: row.integer(0)), secret: Array(row.blob(1)),
                        highest: max(max(row.optionalInteger(2) ?? 0, row.integer(3)), row.optionalInteger(4) ?? 0)
                    )
                }
                guard let found, let card = CardNumber(found.number) else { throw WishError.unknownDevice(name) }
                guard let version = UInt32(exactly: found.highest + 1) else { throw WishError.noHigherVersion }
                parameters.version = version
                guard let secret = CardSecret(encoded: try key.unseal(found.secret, for: CardSeal.secret(of: found.number))),
                    let policyKey = secret.policyKey(card: card)
                else { throw EstateError.contradiction(detail: "the policy key of card \(card) cannot be derived") }
                let signed = PolicyDocument(card: card, parameters: parameters).signed(with: policyKey, using: HostAES.self)
                try connection.execute(
                    """
                    INSERT INTO policy_document (device, version, document, interval_s, asked_at, outcome, outcome_at)
                    VALUES (?, ?, ?, ?, ?, NULL, NULL)
                    ON CONFLICT (device) DO UPDATE SET version = excluded.version, document = excluded.document,
                        interval_s = excluded.interval_s, asked_at = excluded.asked_at, outcome = NULL, outcome_at = NULL
                    """,
                    [
                        .integer(of: id), .integer(of: version), .blob(signed),
                        .integer(of: parameters.heartbeat.milliseconds / 1_000), .integer(now.milliseconds),
                    ])
                try connection.execute(
                    "UPDATE card SET wanted_policy = ? WHERE device = ?", [.integer(of: version), .integer(of: id)])
                let document = Wish.Document(
                    version: version, bytes: signed, interval: max(1, parameters.heartbeat.milliseconds / 1_000))
                let entry = try LedgerDraft("policy-sent", authorship, subject: name, ["version": version])
                return (document, try stage(signed: [entry], turn.ledger, at: now, connection))
            }
            try turn.ledger.commit(staged)
            live.withLock { live in
                live.setWanted(document.version, of: id)
                live.wishes[id, default: Wish()].document = document
            }
            return document.version
        }
    }

    private static func device(named name: String, _ connection: Connection) throws -> UInt32? {
        try connection.first("SELECT id FROM device WHERE name = ?", [.text(name)]) { UInt32(truncatingIfNeeded: $0.integer(0)) }
    }
}

extension Live {
    /// What was asked and is not settled, as the store has it.
    ///
    /// Whether a rehearsal's number has been sent is not stored: once it is due it is taken to have been.
    mutating func loadWishes(_ connection: Connection, at now: UTCInstant) throws {
        try connection.each("SELECT device, number, due_at FROM rehearsal WHERE followed_at IS NULL") { row in
            let due = UTCInstant(milliseconds: row.integer(2))
            wishes[UInt32(truncatingIfNeeded: row.integer(0)), default: Wish()].rehearsal = Wish.Rehearsal(
                number: UInt8(truncatingIfNeeded: row.integer(1)), due: due.seconds, isSent: due <= now)
        }
        try connection.each(
            "SELECT device, version, document, interval_s, outcome FROM policy_document WHERE outcome IS NULL OR outcome = 'on-trial'"
        ) { row in
            wishes[UInt32(truncatingIfNeeded: row.integer(0)), default: Wish()].document = Wish.Document(
                version: UInt32(truncatingIfNeeded: row.integer(1)), bytes: Array(row.blob(2)),
                interval: UInt32(truncatingIfNeeded: row.integer(3)), isOnTrial: row.optionalText(4) != nil)
        }
    }
}
