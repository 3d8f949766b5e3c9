import Evidence
import Foundation
import Regulation
import Storage
import Testing

@testable import Estate

/// Reachability does not depend on the ledger: whatever is done to it, devices are answered and what they tell is kept. What people change
/// is refused, because it could not be recorded.
@Suite("A broken ledger") struct LedgerFaultTests {
    /// An estate with a ledger of three entries: 0 imported, 1 first heard (dev-0), 2 a product registered; the head is over all of them.
    private func made() throws -> (EstateService, [TestCard]) {
        let estate = try makeEstate(try rows(3))
        var cards = try cards(3)
        try cards[0].beacon(estate, at: noon)
        try estate.registerProduct("meter", by: Authorship("Ada"), at: noon)
        try #require(estate.ledgerSize == 3)
        return (estate, cards)
    }

    private func count(_ table: String, _ estate: EstateService) throws -> Int {
        try estate.database.read { try $0.first("SELECT COUNT(*) FROM \(table)") { $0.int(0) } ?? 0 }
    }

    private func tamper(_ change: String, _ estate: EstateService) throws {
        _ = try estate.database.write { try $0.execute(change) }
    }

    /// Beacons, ticks and reach go on and are stored; nothing is appended or signed; people's changes are refused with the reason.
    private func expectLife(_ estate: EstateService, _ cards: inout [TestCard], hasTables: Bool = true, _ what: String) throws {
        let now = noon.adding(seconds: 60)
        let before = hasTables ? (try count("ledger_entry", estate), try count("ledger_head", estate)) : (0, 0)
        let events = try estate.events(limit: 1_000).count
        // The first event of a device is what would be an entry: this finds the fault where it was not known.
        try cards[1].beacon(estate, at: now)
        cards[0].move(to: .backup, .noRegistration)
        try cards[0].beacon(estate, at: now.adding(seconds: 1))
        try cards[2].beacon(estate, responder: 1, at: now.adding(seconds: 2))
        #expect(try estate.events(limit: 1_000).dropFirst(events).map(\.kind) == [.firstHeard, .moved, .firstHeard], "\(what)")
        #expect(try estate.device("dev-0", at: now)?.row.slot == 1, "\(what)")
        #expect(try estate.device("dev-1", at: now)?.row.lastProof == now, "\(what)")

        // A tick samples reach and finds who fell silent, hour by hour and over the end of the day.
        for hour in [0, 1, 14] as [Int64] { try estate.tick(at: now.adding(seconds: 10 + hour * 3_600)) }
        let later = now.adding(seconds: 15 * 3_600)
        #expect(try estate.reachHistory(of: "meter", from: noon, to: later).count == 3, "\(what)")
        #expect(try estate.events(limit: 1_000).contains { $0.kind == .silent }, "\(what)")

        let fault = try #require(estate.ledgerFault, "\(what)")
        #expect(fault.error.meansBroken)
        let overview = try estate.overview(at: later)
        #expect(!overview.ledger.isWhole && overview.ledger.problem == "\(fault.error)" && overview.ledger.found == fault.found)
        #expect(throws: EstateError.ledgerBroken(fault), "\(what)") {
            try estate.registerProduct("router", by: Authorship("Ada"), at: later)
        }
        #expect(throws: EstateError.ledgerBroken(fault), "\(what)") {
            try estate.rehearse(RehearsalRequest(), by: Authorship("Ada"), at: later)
        }
        #expect(throws: EstateError.ledgerBroken(fault), "\(what)") {
            try estate.importInventory(InventoryCSV.write(try rows(4)), format: .csv, by: Authorship("Ada"), at: later)
        }
        #expect(throws: EstateError.ledgerBroken(fault), "\(what)") { try estate.signLedger(at: later) }
        let period = try EvidencePeriod(from: noon.day, to: noon.day, at: later)
        #expect(throws: EstateError.ledgerBroken(fault), "\(what)") {
            try estate.gatherEvidence(of: "meter", over: period, by: Authorship("Ada"), at: later)
        }
        #expect(try estate.products().map(\.name) == ["meter"] && estate.count == 3, "\(what)")
        let text = "\(EstateError.ledgerBroken(fault))"
        for said in ["nothing was changed", "the ledger is broken", "holdfast ledger verify", "backup", "docs/evidence.md"] {
            #expect(text.contains(said), "\(what): \(said)")
        }
        let held = try #require(try estate.evidence(of: "meter", at: later).first { $0.kind == .ledger }, "\(what)")
        #expect(held.figure.hasPrefix("BROKEN"), "\(what)")
        if hasTables {
            #expect(try (count("ledger_entry", estate), count("ledger_head", estate)) == before, "\(what)")
        }
        #expect(try estate.waitingEntries() == 1, "\(what)")
    }

    @Test(
        "that somebody cuts, empties, lengthens or drops while the estate runs, is found by the next beacon, which is answered",
        arguments: [
            ("DELETE FROM ledger_entry WHERE id = 2", LedgerError.diverged(memory: 3, stored: 2)),
            ("DELETE FROM ledger_entry", .diverged(memory: 3, stored: 0)),
            ("INSERT INTO ledger_entry (id, line) VALUES (3, 'x')", .diverged(memory: 3, stored: 4)),
        ])
    func whileRunning(change: String, error: LedgerError) throws {
        let (estate, all) = try made()
        var cards = all
        try tamper(change, estate)
        #expect(estate.ledgerFault == nil && estate.ledgerStanding.isWhole)
        try expectLife(estate, &cards, change)
        #expect(estate.ledgerFault == LedgerFault(error: error, found: noon.adding(seconds: 60)))
    }

    @Test("whose table is gone does not keep devices from being answered")
    func dropped() throws {
        let (estate, all) = try made()
        var cards = all
        try tamper("DROP TABLE ledger_entry", estate)
        try expectLife(estate, &cards, hasTables: false, "dropped")
        guard case .store? = estate.ledgerFault?.error else {
            Issue.record("\(String(describing: estate.ledgerFault))")
            return
        }
        let again = try EstateService(database: estate.database, key: testKey(), at: noon.adding(seconds: 90))
        #expect(again.ledgerFault?.found == noon.adding(seconds: 90))
    }

    @Test("with a row in its middle gone while it runs goes on, as nobody asks for that row; the verification finds it")
    func middle() throws {
        let (estate, all) = try made()
        var cards = all
        try tamper("DELETE FROM ledger_entry WHERE id = 1", estate)
        try cards[1].beacon(estate, at: noon.adding(seconds: 60))
        #expect(estate.ledgerFault == nil && estate.ledgerSize == 4)
        #expect(try estate.verifyLedger().findings.contains { $0.kind == .missing && $0.index == 1 })
        // At the next opening it is.
        let again = try EstateService(database: estate.database, key: testKey(), at: noon.adding(seconds: 70))
        #expect(again.ledgerFault?.error == .missingEntry(index: 1))
    }

    @Test(
        "does not keep the estate from opening",
        arguments: [
            ("DELETE FROM ledger_entry WHERE id = 2", LedgerError.truncated(stored: 2, signed: 3)),
            ("DELETE FROM ledger_entry", .truncated(stored: 0, signed: 3)),
            ("DELETE FROM ledger_entry WHERE id = 1", .missingEntry(index: 1)),
            ("UPDATE ledger_entry SET line = replace(line, 'dev-0', 'dev-9') WHERE id = 1", .contradictsHead(size: 3)),
            ("UPDATE ledger_entry SET line = 'x' WHERE id = 2", .unreadableEntry(index: 2)),
            ("INSERT INTO ledger_entry (id, line) VALUES (3, 'x')", .unreadableEntry(index: 3)),
            ("INSERT INTO ledger_entry (id, line) VALUES (5, 'x')", .missingEntry(index: 3)),
            (
                "UPDATE ledger_head SET note = replace(note, 'at 2026', 'at 2025') WHERE size = 3",
                .head(detail: "\(HeadError.signature)")
            ),
        ])
    func beforeStart(change: String, error: LedgerError) throws {
        let (first, all) = try made()
        var cards = all
        try tamper(change, first)
        let opened = noon.adding(seconds: 30)
        let estate = try EstateService(database: first.database, key: testKey(), at: opened)
        #expect(estate.ledgerFault == LedgerFault(error: error, found: opened), "\(change)")
        try expectLife(estate, &cards, change)
        // Opened again it is as broken as before, and that is noted once.
        let again = try EstateService(database: first.database, key: testKey(), at: noon.adding(seconds: 200))
        try again.tick(at: noon.adding(seconds: 201))
        #expect(try again.ledgerFault?.error == error && again.waitingEntries() == 1, "\(change)")
    }

    @Test("is found by a change of people too, which is refused as a whole")
    func foundByPeople() throws {
        let (estate, all) = try made()
        var cards = all
        try tamper("DELETE FROM ledger_entry WHERE id = 2", estate)
        let now = noon.adding(seconds: 5)
        let fault = LedgerFault(error: .diverged(memory: 3, stored: 2), found: now)
        #expect(throws: EstateError.ledgerBroken(fault)) {
            try estate.registerProduct("router", by: Authorship("Ada"), at: now)
        }
        #expect(try estate.products().map(\.name) == ["meter"] && estate.ledgerFault == fault)
        try cards[1].beacon(estate, at: now)
        #expect(try estate.events().last?.kind == .firstHeard)
    }

    @Test("leaves a domain's own refusals as they are")
    func otherRefusals() throws {
        let (estate, _) = try made()
        #expect(throws: ProductError.self) { try estate.registerProduct("meter", by: Authorship("Ada"), at: noon) }
        #expect(estate.ledgerFault == nil)
        try tamper("DELETE FROM ledger_entry", estate)
        #expect(throws: ProductError.self) { try estate.registerProduct("meter", by: Authorship("Ada"), at: noon) }
    }

    @Test("lets people in and shuts them out; that goes into the ledger when it is whole, in its order, with when it was done")
    func access() throws {
        let (first, _) = try made()
        let rows = try first.database.read { try $0.all("SELECT id, line FROM ledger_entry") { ($0.integer(0), $0.text(1)) } }
        try tamper("DELETE FROM ledger_entry WHERE id >= 1", first)
        let broken = try EstateService(database: first.database, key: testKey(), at: noon.adding(seconds: 10))
        try broken.tick(at: noon.adding(seconds: 11))
        let access = broken.access
        let token = try access.issueToken(
            name: "t", role: .viewer, by: Authorship("Ada", reason: "look"), at: noon.adding(seconds: 12))
        let code = try access.issueSignInLink(
            name: "Ben", role: .administrator, by: Authorship("Ada"), at: noon.adding(seconds: 13))
        let session = try #require(try access.redeem(code: code, at: noon.adding(seconds: 14)))
        #expect(try access.session(session.secret, at: noon.adding(seconds: 15))?.name == "Ben")
        #expect(try access.revokeToken(id: token.id, by: Authorship("Ben"), at: noon.adding(seconds: 16)))
        #expect(try broken.waitingEntries() == 5)
        #expect(try count("ledger_entry", broken) == 1)

        for (id, line) in rows where id >= 1 {
            _ = try first.database.write {
                try $0.execute("INSERT INTO ledger_entry (id, line) VALUES (?, ?)", [.integer(id), .text(line)])
            }
        }
        let whole = try EstateService(database: first.database, key: testKey(), at: noon.adding(seconds: 100))
        #expect(whole.ledgerFault == nil)
        #expect(try whole.waitingEntries() == 0)
        let entries = try whole.ledgerEntries().map(\.entry).reversed().dropFirst(3)
        #expect(
            entries.map(\.kind) == ["ledger-broken", "token-issued", "sign-in-link-made", "session-opened", "token-revoked"])
        #expect(entries.map(\.author) == ["holdfast", "Ada", "Ada", "Ben", "Ben"])
        #expect(entries.allSatisfy { $0.at.milliseconds == noon.adding(seconds: 100).milliseconds })
        let done = entries.compactMap { entry -> CanonicalValue? in
            guard case .object(let body) = entry.body else { return nil }
            return body["doneAt"]
        }
        let times: [Int64] = [10, 12, 13, 14, 16]
        #expect(done == times.map { CanonicalValue.string(noon.adding(seconds: $0).iso8601) })
        let report = try whole.verifyLedger()
        #expect(report.isWhole && report.signed == report.entries, "\(report.findings)")
        try whole.registerProduct("router", by: Authorship("Ada"), at: noon.adding(seconds: 101))
        #expect(whole.ledgerSize == 9)
    }

    @Test("is mended by a backup of the file")
    func backup() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        func reopen() throws -> (Database, EstateService) {
            let database = try Database.open(path, schema: EstateSchema.schema)
            return (database, try EstateService(database: database, key: testKey(), at: noon))
        }
        var (database, estate) = try reopen()
        try estate.importInventory(InventoryCSV.write(try rows(2)), format: .csv, at: noon)
        try estate.registerProduct("meter", by: Authorship("Ada"), at: noon)
        try database.close()
        try FileManager.default.copyItem(atPath: path, toPath: folder.file("backup.db"))
        (database, estate) = try reopen()
        try tamper("DELETE FROM ledger_entry WHERE id = 1", estate)
        try database.close()
        (database, estate) = try reopen()
        #expect(estate.ledgerFault?.error == .truncated(stored: 1, signed: 2))
        var card = try TestCard(0)
        try card.beacon(estate, at: noon)
        try database.close()
        for file in [path, path + "-wal", path + "-shm"] { try? FileManager.default.removeItem(atPath: file) }
        try FileManager.default.copyItem(atPath: folder.file("backup.db"), toPath: path)
        (database, estate) = try reopen()
        #expect(estate.ledgerFault == nil)
        try estate.registerProduct("router", by: Authorship("Ada"), at: noon)
        try card.beacon(estate, at: noon.adding(seconds: 10))
        #expect(try estate.verifyLedger().isWhole && estate.ledgerSize == 4)
        try database.close()
    }
}
