import Evidence
import Foundation
import Regulation
import Storage

extension EstateService {
    /// All cases, and beside them those that cannot be read.
    ///
    /// - Parameter open: true for those in which something may still be owed, false for the others, nil for all.
    public func caseList(open: Bool? = nil) throws -> CaseList {
        var list = try database.read { try CaseStore.list($0) }
        if let open { list.files.removeAll { ($0.case.phase == .closed || $0.case.phase == .notACase) == open } }
        return list
    }

    /// The cases that can be read, the newest first, for what goes on without the others; who shows cases shows ``caseList(open:)``.
    public func cases(open: Bool? = nil) throws -> [CaseFile] { try caseList(open: open).files }

    /// A case by its number; nil when there is none.
    /// - Throws: ``CaseFileError/unreadable(_:)``.
    public func caseFile(_ identifier: String) throws -> CaseFile? {
        try database.read { try CaseStore.file(named: identifier, $0) }
    }

    /// Opens a case with its first signal, and freezes who of the affected units can be reached.
    ///
    /// - Returns: the case's number.
    @discardableResult
    public func openCase(_ request: CaseRequest, by authorship: Authorship, at now: UTCInstant) throws -> String {
        try Self.check(owner: request.owner, deputy: request.deputy)
        let frozen = live.withLock { live in
            request.products.prefix(Case.Limits.products).map {
                FrozenUnits(UnitSelection(product: $0.product, versions: $0.versions), live, at: now)
            }
        }
        return try recording(at: now) { connection, drafts in
            let id = try (connection.first("SELECT MAX(id) FROM case_file") { $0.integer(0) } ?? 0) + 1
            let identifier = try CaseStore.nextIdentifier(isDrill: request.isDrill, year: now.day.year, connection)
            for product in request.products {
                guard
                    try connection.first("SELECT id FROM product WHERE name = ?", [.text(product.product)], { $0.integer(0) })
                        != nil
                else { throw CaseFileError.unknownProduct(product.product) }
            }
            let action = CaseAction(
                at: now.date, author: authorship.author, reason: authorship.reason,
                .open(
                    opening: CaseOpening(
                        identifier: identifier, kind: request.kind, title: request.title, products: request.products,
                        signal: request.signal, isDrill: request.isDrill, zone: request.zone, country: request.country,
                        size: request.size, twoPersonClosing: request.twoPersonClosing)))
            let opened: Case
            do throws(CaseError) { opened = try Case(opening: action) } catch { throw CaseFileError.action(error) }
            try connection.execute(
                "INSERT INTO case_file (id, identifier, owner, deputy) VALUES (?, ?, ?, ?)",
                [.integer(id), .text(identifier), .text(request.owner), .text(request.deputy)])
            try CaseStore.append(opened.history[0], number: 0, to: id, connection)
            drafts.append(
                try LedgerDraft(
                    "case-opened", authorship, subject: identifier,
                    ["action": CaseStore.canonical(opened.history[0]), "owner": request.owner, "deputy": request.deputy]))
            for (product, frozen) in zip(request.products, frozen) {
                let snapshot = try frozen.write(connection)
                try connection.execute(
                    "INSERT INTO case_reach (file, snapshot, product) VALUES (?, ?, ?)",
                    [.integer(id), .integer(snapshot.id), .text(product.product)])
                drafts.append(
                    try LedgerDraft(
                        "reach-frozen", .estate, subject: identifier,
                        [
                            "snapshot": snapshot.id, "product": product.product, "versions": product.versions,
                            "units": snapshot.summary.units, "heard24": snapshot.summary.heard24,
                            "heard72": snapshot.summary.heard72, "sha256": snapshot.digest,
                        ]))
            }
            return identifier
        }
    }

    /// Takes a step in a case, or refuses it and changes nothing.
    @discardableResult
    public func act(in identifier: String, _ step: CaseStep, by authorship: Authorship, at now: UTCInstant) throws -> CaseFile {
        try recording(at: now) { connection, drafts in
            guard var file = try CaseStore.file(named: identifier, connection) else { throw CaseFileError.unknownCase(identifier) }
            let action = CaseAction(at: now.date, author: authorship.author, reason: authorship.reason, step)
            do throws(CaseError) { try file.case.apply(action) } catch { throw CaseFileError.action(error) }
            let number = file.case.history.count - 1
            try CaseStore.append(file.case.history[number], number: number, to: file.id, connection)
            drafts.append(
                try LedgerDraft(
                    "case-step", authorship, subject: identifier, ["action": CaseStore.canonical(file.case.history[number])]))
            return file
        }
    }

    /// Names who is on call for a case.
    public func assign(_ identifier: String, owner: String, deputy: String, by authorship: Authorship, at now: UTCInstant) throws {
        try Self.check(owner: owner, deputy: deputy)
        try recording(at: now) { connection, drafts in
            let changed = try connection.execute(
                "UPDATE case_file SET owner = ?, deputy = ? WHERE identifier = ?", [.text(owner), .text(deputy), .text(identifier)])
            guard changed == 1 else { throw CaseFileError.unknownCase(identifier) }
            drafts.append(
                try LedgerDraft("case-assigned", authorship, subject: identifier, ["owner": owner, "deputy": deputy]))
        }
    }

    /// Keeps a report's draft. Drafts are work in progress: the ledger has what was submitted, not what was typed.
    public func saveDraft(_ draft: ReportDraft, of identifier: String, by authorship: Authorship, at now: UTCInstant) throws {
        try database.write { connection in
            guard
                let id = try connection.first(
                    "SELECT id FROM case_file WHERE identifier = ?", [.text(identifier)], { $0.integer(0) })
            else { throw CaseFileError.unknownCase(identifier) }
            try connection.execute(
                """
                INSERT INTO case_draft (file, stage, body, author, changed_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (file, stage) DO UPDATE SET body = excluded.body, author = excluded.author, changed_at = excluded.changed_at
                """,
                [
                    .integer(id), .text(draft.stage.rawValue), .text(try StoredJSON.text(draft)), .text(authorship.author),
                    .integer(now.milliseconds),
                ])
        }
    }

    /// The hours since a case's snapshot was taken, the oldest first.
    public func reachHours(of snapshot: Int64) throws -> [ReachHour] {
        try database.read { connection in
            try connection.all(
                "SELECT at, heard_24, heard_72, heard_since FROM snapshot_hour WHERE snapshot = ? ORDER BY at", [.integer(snapshot)]
            ) { row in
                ReachHour(
                    at: UTCInstant(milliseconds: row.integer(0)), heard24: row.int(1), heard72: row.int(2), heardSince: row.int(3))
            }
        }
    }

    private static func check(owner: String, deputy: String) throws(CaseFileError) {
        guard !owner.allSatisfy(\.isWhitespace) else { throw .ownerMissing }
        guard max(owner.utf8.count, deputy.utf8.count) <= Case.Limits.line else { throw .nameTooLong(limit: Case.Limits.line) }
    }
}
