import Foundation
import Regulation
import Testing

@testable import Estate

/// What a product's timeline is computed from, as it is noted, corrected and taken back.
@Suite("A product's history in the estate")
struct ProductHistoryTests {
    private let ada = Authorship("Ada", reason: "because")

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func record(_ estate: EstateService) throws -> ProductRecord {
        try #require(try estate.product("hub", at: noon)).record
    }

    @Test("a product is registered as what it is, and that can be corrected")
    func kind() throws {
        let estate = try makeEstate([])
        try estate.registerProduct("hub", as: .standaloneSoftware, by: ada, at: noon)
        #expect(try record(estate).history.kind == .standaloneSoftware)
        func conflict() throws -> String? { try #require(try estate.product("hub", at: noon)).kindConflict }
        #expect(try conflict() == nil)
        try estate.answerScope(of: "hub", question: "S1", value: .option("hardware"), note: "", by: ada, at: noon)
        #expect(try conflict()?.contains("the record says standalone software") == true)
        try estate.setKind(.device, of: "hub", by: ada, at: noon)
        #expect(try conflict() == nil && record(estate).history.kind == .device)
        #expect(try estate.ledgerEntries().first?.entry.kind == "kind-changed")
    }

    @Test("an update is taken back with a reason; both stay in the record and in the ledger")
    func removal() throws {
        let estate = try makeEstate([])
        try estate.registerProduct("hub", by: ada, at: noon)
        let update = IssuedUpdate(id: "1.1", issued: try day("2026-02-27"))
        try estate.noteUpdate(update, of: "hub", by: ada, at: noon)
        let size = estate.ledgerSize
        #expect(throws: ProductError.reasonMissing) {
            try estate.removeUpdate("1.1", of: "hub", by: Authorship("Ada", reason: "\n"), at: noon)
        }
        #expect(throws: ProductError.unknownUpdate("1.2")) { try estate.removeUpdate("1.2", of: "hub", by: ada, at: noon) }
        #expect(throws: ProductError.tooLong(limit: RemovedUpdate.reasonLimit)) {
            let reason = String(repeating: "x", count: RemovedUpdate.reasonLimit + 1)
            try estate.removeUpdate("1.1", of: "hub", by: Authorship("Ada", reason: reason), at: noon)
        }
        #expect(estate.ledgerSize == size)
        try estate.removeUpdate("1.1", of: "hub", by: ada, at: noon.adding(seconds: 60))
        let after = try record(estate)
        #expect(after.history.updates.isEmpty)
        #expect(
            after.removedUpdates == [
                RemovedUpdate(update: update, removedBy: "Ada", removedAt: noon.adding(seconds: 60), reason: "because")
            ])
        let kinds = try estate.ledgerEntries().map(\.entry).filter { $0.subject == "hub" }.map(\.kind)
        #expect(kinds == ["update-removed", "update-issued", "product-registered"])
        #expect(try estate.ledgerEntries().first?.entry.reason == "because")
        for number in 0...RemovedUpdate.limit {
            try estate.noteUpdate(IssuedUpdate(id: String(number), issued: update.issued), of: "hub", by: ada, at: noon)
            try estate.removeUpdate(String(number), of: "hub", by: ada, at: noon)
        }
        let kept = try record(estate).removedUpdates
        #expect(kept.count == RemovedUpdate.limit && kept.last?.update.id == String(RemovedUpdate.limit))
    }

    @Test("a record that was written before anything could be taken back is read")
    func earlier() throws {
        let estate = try makeEstate([])
        try estate.registerProduct("hub", by: ada, at: noon)
        _ = try estate.database.write { try $0.execute("UPDATE product SET body = replace(body, '\"removedUpdates\":[],', '')") }
        let stored = try estate.database.read { try $0.first("SELECT body FROM product") { $0.text(0) } }
        #expect(stored?.contains("removedUpdates") == false)
        #expect(try record(estate).removedUpdates.isEmpty)
    }

    @Test("a change is judged by the answers of its screen, whichever comes last; a new day for it keeps them")
    func modification() throws {
        let estate = try makeEstate([])
        try estate.registerProduct("hub", by: ada, at: noon)
        let group = UnitGroup(id: "old", placedFrom: try day("2026-01-01"), placedTo: try day("2026-12-31"), count: 10)
        try estate.setUnits(group, of: "hub", by: ada, at: noon)
        func note(_ date: String) throws {
            try estate.noteModification(id: "radio", on: try day(date), groups: ["old"], of: "hub", by: ada, at: noon)
        }
        func answer(_ question: String, _ value: String) throws {
            try estate.answerModification(
                "radio", of: "hub", question: question, value: AnswerValue(code: value), note: "", by: ada, at: noon)
        }
        func change() throws -> Modification { try #require(try record(estate).history.modifications.first) }
        #expect(throws: ProductError.unknownModification("radio")) { try answer("M1", "other") }
        try note("2028-01-01")
        #expect(try change().outcome == .undetermined)
        #expect(try #require(try estate.product("hub", at: noon)).timeline.groups.map(\.regime) == [.cannotTellYet])
        #expect(throws: ProductError.self) { try answer("M3", "yes") }
        for (question, value) in [
            ("M1", "other"), ("M2", "yes"), ("M3", "yes"), ("M8", "no"), ("M9", "after"), ("M10", "no"),
        ] { try answer(question, value) }
        #expect(try change().outcome == .substantial && change().modifier == .other && change().affectsWhole == false)
        #expect(try #require(try estate.product("hub", at: noon)).timeline.groups.map(\.regime) == [.fullForChangedPart])
        try note("2028-02-01")
        #expect(try change().day == day("2028-02-01") && change().outcome == .substantial)
        #expect(try record(estate).history.modifications.count == 1)
        try answer("M2", "no")
        #expect(try change().outcome == .notSubstantial)
        let who = try record(estate).modificationAnswers["radio"]?.map(\.who)
        #expect(who == ["Ada", "Ada"])
        #expect(throws: ProductError.self) {
            try estate.noteModification(id: "x", on: try day("2025-01-01"), groups: ["old"], of: "hub", by: ada, at: noon)
        }
    }
}
