import Evidence
import Foundation
import Regulation
import Testing

@testable import Estate

/// The estate's ledger: what goes in, and what a pack takes out of it.
@Suite("The estate's ledger") struct LedgerTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test("everything that counts is in it, and a stored row that was changed or removed is found")
    func tampering() throws {
        let estate = try makeEstate(try rows(3))
        var cards = try cards(2)
        try cards[0].beacon(estate, at: noon)
        try cards[1].beacon(estate, at: noon)
        cards[0].move(to: .backup, .noRegistration)
        try cards[0].beacon(estate, at: noon.adding(seconds: 60))
        try estate.registerProduct("meter", by: Authorship("Ada", reason: "new"), at: noon.adding(seconds: 61))
        try estate.signLedger(at: noon.adding(seconds: 62))
        let kinds = try estate.ledgerEntries().map(\.entry.kind)
        #expect(kinds == ["product-registered", "moved", "first-heard", "first-heard", "imported"])
        #expect(try estate.verifyLedger().isWhole)
        for change in [
            "UPDATE ledger_entry SET line = replace(line, 'Ada', 'Eve') WHERE id = 4", "DELETE FROM ledger_entry WHERE id = 2",
        ] {
            _ = try estate.database.write { try $0.execute(change) }
            #expect(try !estate.verifyLedger().isWhole, "\(change)")
        }
    }

    @Test("what people change is signed as it is written: nobody can alter it unseen before the next head")
    func signedAtOnce() throws {
        let estate = try EstateService(database: .inMemory(schema: EstateSchema.schema), key: testKey(), at: noon)
        try estate.registerProduct("meter", by: Authorship("Ada"), at: noon)
        let report = try estate.verifyLedger()
        #expect(report.isWhole && report.signed == 1 && report.heads == 1)
        _ = try estate.database.write { try $0.execute("UPDATE ledger_entry SET line = replace(line, 'Ada', 'Eve')") }
        #expect(try estate.verifyLedger().isWhole == false)
    }

    @Test("the ledger opens without the estate, with the right key alone")
    func alone() throws {
        let estate = try makeEstate(try rows(1))
        try estate.signLedger(at: noon)
        let ledger = try EstateLedger(database: estate.database, key: try testKey())
        #expect(ledger.publicKey.text == estate.ledgerKey.text)
        let report = try ledger.store.read { try LedgerVerifier.verify($0, key: ledger.publicKey) }
        #expect(report.isWhole && report.entries == estate.ledgerSize)
        #expect(throws: EstateError.self) { try EstateLedger(database: estate.database, key: try testKey(9)) }
    }

    @Test("an entry's subject is read from the end of its line, whatever its texts hold")
    func subjects() throws {
        let texts = ["a", #","subject":"b"}"#, #"\"#, #"""#, "\u{0}\u{1F}\n", "ä\u{301}€", #","subject":"#, "}"]
        for text in texts {
            let draft = LedgerDraft(kind: "test", author: text, subject: text, reason: text, body: ["subject": .string(text)])
            let line = try draft.line(at: try LedgerTime(milliseconds: noon.milliseconds))
            let subject = line.withUnsafeBytes { EvidenceEntries.subject(of: $0) }
            #expect(try subject == CanonicalValue.string(text).encoded(), "\(text)")
        }
        #expect([UInt8]("{}".utf8).withUnsafeBytes { EvidenceEntries.subject(of: $0) } == nil)
        #expect([UInt8]().withUnsafeBytes { EvidenceEntries.subject(of: $0) } == nil)
    }

    @Test("a pack takes the entries of the product, its devices, cases and risks in the period, and of nothing else")
    func entries() throws {
        let names = ["meter", "router"]
        var all = try (0..<4).map { try row($0, product: names[$0 % 2]) }
        all[1].primary.operatorName = "Alpha"
        let estate = try makeEstate(all)
        var cards = try cards(4)
        for index in cards.indices { try cards[index].beacon(estate, at: noon) }
        for name in names { try estate.registerProduct(name, by: Authorship("Ada"), at: noon.adding(seconds: 1)) }
        let number = try estate.openCase(
            CaseRequest(
                kind: .incident, title: "t", products: [AffectedProduct(product: "meter")],
                signal: CaseSignal(receivedAt: noon.date, source: "s", text: "x"), owner: "Ada"),
            by: Authorship("Ada"), at: noon.adding(seconds: 2))
        let now = noon.adding(seconds: 3 * 86_400)
        // After the period: not part of it.
        cards[0].move(to: .backup, .noRegistration)
        try cards[0].beacon(estate, at: now)
        let period = try EvidencePeriod(from: noon.day, to: noon.day, at: now)
        let record = try estate.gatherEvidence(of: "meter", over: period, by: Authorship("Ada"), at: now)
        let entries = try estate.database.read { connection in
            try record.entries.map { try LedgerEntry(line: try LedgerStore.line($0, connection)) }
        }
        #expect(
            entries.map(\.kind).sorted() == [
                "case-opened", "evidence-built", "first-heard", "first-heard", "product-registered", "reach-frozen",
            ])
        #expect(Set(entries.map(\.subject)) == ["meter", number, "dev-0", "dev-2"])
        #expect(record.entriesInAll == 6 && record.until == period.end)
        #expect(record.inventory.units == 2 && record.inventory.withBackup == 2 && record.cases.count == 1)
        #expect(record.activity.switches == 0)
    }

    @Test("building is noted once for the same record, and again after anything else was")
    func announced() throws {
        let estate = try makeEstate(try rows(2))
        let product = try row(0).product
        let period = try EvidencePeriod(from: noon.day, to: noon.day, at: noon)
        func gather(_ author: String, after seconds: Int64) throws -> EvidenceRecord {
            try estate.gatherEvidence(of: product, over: period, by: Authorship(author), at: noon.adding(seconds: seconds))
        }
        let first = try gather("Ada", after: 0)
        let again = try gather("Ada", after: 60)
        #expect(again.lastHead == first.lastHead && again.asOf == first.asOf && again.until == noon)
        #expect(try gather("Ben", after: 120).lastHead.size == first.lastHead.size + 1)
        #expect(try gather("Ada", after: 180).lastHead.size == first.lastHead.size + 2)
        #expect(throws: ProductError.unknown("none")) {
            try estate.gatherEvidence(of: "none", over: period, by: .estate, at: noon)
        }
    }

    @Test("a period that is reversed, in the future or too long is refused")
    func periods() throws {
        let today = noon.day
        #expect(throws: EvidencePeriodError.reversed(from: today, to: today.adding(days: -1))) {
            try EvidencePeriod(from: today, to: today.adding(days: -1), at: noon)
        }
        #expect(throws: EvidencePeriodError.future(to: today.adding(days: 1), today: today)) {
            try EvidencePeriod(from: today, to: today.adding(days: 1), at: noon)
        }
        #expect(throws: EvidencePeriodError.tooLong(days: 1_831, limit: 1_830)) {
            try EvidencePeriod(from: today.adding(days: -1_830), to: today, at: noon)
        }
        let longest = try EvidencePeriod(from: today.adding(days: -1_829), to: today, at: noon)
        #expect(longest.start < longest.end)
    }
}
