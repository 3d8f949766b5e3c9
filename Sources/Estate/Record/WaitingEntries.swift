import Evidence
import Storage

/// Entries that a broken ledger could not take and that must not be lost: who was given access meanwhile, what ended, and that it broke. They
/// are in the store, and go into the ledger in their order as soon as the estate is opened with a whole one, with the time at which each
/// was done.
enum WaitingEntries {
    /// The kind of the entry about the fault itself.
    static let fault = "ledger-broken"
    /// Entries that one transaction takes in.
    static let part = 1_000

    static func add(_ drafts: [LedgerDraft], at now: UTCInstant, _ connection: Connection) throws {
        guard !drafts.isEmpty else { return }
        let time = try LedgerTime(milliseconds: now.milliseconds)
        var id = try connection.first("SELECT MAX(id) FROM ledger_waiting") { $0.integer(0) } ?? 0
        for draft in drafts {
            // Only what the ledger will take may wait for it.
            _ = try dated(draft, time).line(at: time)
            id += 1
            try connection.execute(
                "INSERT INTO ledger_waiting (id, at, kind, author, subject, reason, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    .integer(id), .integer(now.milliseconds), .text(draft.kind), .text(draft.author), .text(draft.subject),
                    .text(draft.reason), .text(String(decoding: try CanonicalValue.object(draft.body).encoded(), as: UTF8.self)),
                ])
        }
    }

    /// That the ledger is broken; once, however often the estate is opened with it.
    static func add(_ fault: LedgerFault, _ connection: Connection) throws {
        let known = try connection.first("SELECT id FROM ledger_waiting WHERE kind = ?", [.text(Self.fault)]) { $0.integer(0) }
        guard known == nil else { return }
        let draft = try LedgerDraft(
            Self.fault, .estate, subject: "ledger",
            ["problem": "\(fault.error)", "meanwhile": "what happened is in the events, and not in the ledger"])
        try add([draft], at: fault.found, connection)
    }

    /// Takes the oldest out of the store.
    static func take(_ connection: Connection) throws -> [LedgerDraft] {
        let rows = try connection.all(
            "SELECT id, at, kind, author, subject, reason, body FROM ledger_waiting ORDER BY id LIMIT ?", [.integer(of: part)]
        ) { row in
            let body = try StoredJSON.value([String: CanonicalValue].self, row.text(6))
            let draft = LedgerDraft(
                kind: row.text(2), author: row.text(3), subject: row.text(4), reason: row.text(5), body: body)
            return (id: row.integer(0), draft: dated(draft, try LedgerTime(milliseconds: row.integer(1))))
        }
        if let last = rows.last {
            try connection.execute("DELETE FROM ledger_waiting WHERE id <= ?", [.integer(last.id)])
        }
        return rows.map(\.draft)
    }

    private static func dated(_ draft: LedgerDraft, _ time: LedgerTime) -> LedgerDraft {
        var draft = draft
        draft.body["doneAt"] = .string(time.description)
        return draft
    }
}

extension EstateService {
    /// Puts what waits into a ledger that is whole. What it does not take goes on waiting.
    func takeInWaitingEntries(at now: UTCInstant) throws {
        guard ledgerFault == nil, try waitingEntries() > 0 else { return }
        do {
            var taken = WaitingEntries.part
            while taken == WaitingEntries.part {
                taken = try recording(at: now) { connection, drafts in
                    drafts = try WaitingEntries.take(connection)
                    return drafts.count
                }
            }
        } catch EstateError.ledgerBroken {} catch is LedgerError {}
    }

    /// How many entries wait for a whole ledger.
    public func waitingEntries() throws -> Int {
        try database.read { try $0.first("SELECT COUNT(*) FROM ledger_waiting") { $0.int(0) } ?? 0 }
    }
}
