import Evidence
import Foundation
import Regulation
import Storage
import Testing

@testable import Estate

@Suite("Drills of the lab in the record") struct DrillNoteTests {
    private let group = DrillNote.Group(
        name: "resilient", cards: 10, reachable: 9, onPrimary: 2, onBackup: 7, dark: 1,
        detection: DrillNote.Quantiles(p50: 12_500, p99: 30_000), darkSeconds: 18)

    private func note(_ step: DrillNote.Step, _ groups: [DrillNote.Group] = []) -> DrillNote {
        DrillNote(
            step: step, name: "data-path-dead", title: "The data path dies", source: "Vodafone UK, 2025", seconds: 180, cards: 30,
            groups: groups)
    }

    @Test("a drill is in the ledger with who began it and what it showed, and in the pack of each product")
    func recorded() throws {
        let estate = try makeEstate(try rows(2))
        try estate.noteDrill(note(.started), by: Authorship("Ada", reason: "training"), at: noon.adding(seconds: 1))
        try estate.noteDrill(note(.ended, [group]), by: .estate, at: noon.adding(seconds: 200))
        let entries = try estate.ledgerEntries(limit: 2).map(\.entry)
        #expect(entries.map(\.kind) == ["drill", "drill"] && entries.map(\.author) == ["holdfast", "Ada"])
        #expect(try estate.verifyLedger().isWhole)
        let tomorrow = noon.adding(seconds: 86_400)
        let today = try EvidencePeriod(from: noon.day, to: noon.day, at: tomorrow)
        let record = try estate.gatherEvidence(of: "meter", over: today, by: Authorship("Ada"), at: tomorrow)
        #expect(record.labDrills.map(\.note) == [note(.started), note(.ended, [group])])
        #expect(record.labDrills.map(\.author) == ["Ada", "holdfast"] && record.labDrills.first?.reason == "training")
        #expect(record.entryCount == 3)
        let held = try #require(record.held.first { $0.kind == .drills })
        #expect(held.figure == "0 cases on paper, 1 drill of the lab" && held.count == 1)
        // Another day has none.
        let after = tomorrow.day
        let later = noon.adding(seconds: 2 * 86_400)
        let other = try EvidencePeriod(from: after, to: after, at: later)
        #expect(try estate.gatherEvidence(of: "meter", over: other, by: Authorship("Ada"), at: later).labDrills.isEmpty)
    }

    @Test("with a broken ledger none is begun; the end of one that runs waits")
    func broken() throws {
        let estate = try makeEstate(try rows(1))
        try estate.noteDrill(note(.started), by: Authorship("Ada"), at: noon)
        _ = try estate.database.write { try $0.execute("DELETE FROM ledger_entry") }
        try estate.noteDrill(note(.ended, [group]), by: .estate, at: noon.adding(seconds: 180))
        #expect(try estate.ledgerFault != nil && estate.waitingEntries() == 1)
        #expect(throws: EstateError.self) {
            try estate.noteDrill(note(.started), by: Authorship("Ada"), at: noon.adding(seconds: 200))
        }
        #expect(try estate.waitingEntries() == 1)
    }

    @Test("texts beyond what an entry takes are cut, and no drill is lost for them")
    func long() throws {
        let estate = try makeEstate([])
        let text = String(repeating: "ä", count: 10_000)
        var wide = group
        wide.name = text
        try estate.noteDrill(
            DrillNote(
                step: .ended, name: text, title: text, source: text, groups: [DrillNote.Group](repeating: wide, count: 500)),
            by: Authorship(text, reason: text), at: noon)
        let newest = try #require(try estate.ledgerEntries(limit: 1).first)
        let drill = try #require(EvidenceDrill(newest.entry))
        #expect(drill.note.groups.count == 20 && drill.note.title.utf8.count <= 200)
    }

    @Test("hours before the first unit was heard are no measure of the networks: none of them is the lowest")
    func newEstate() throws {
        let estate = try makeEstate(try rows(2))
        var cards = try cards(2)
        try estate.tick(at: noon.adding(seconds: 1))
        try estate.tick(at: noon.adding(seconds: 3_601))
        try cards[0].beacon(estate, at: noon.adding(seconds: 3_700))
        try estate.tick(at: noon.adding(seconds: 7_201))
        try cards[1].beacon(estate, at: noon.adding(seconds: 7_300))
        try estate.tick(at: noon.adding(seconds: 10_801))
        let now = noon.adding(seconds: 11_000)
        let period = try EvidencePeriod(from: noon.day, to: noon.day, at: now)
        let record = try estate.gatherEvidence(of: "meter", over: period, by: Authorship("Ada"), at: now)
        #expect(record.reach.map(\.heard24) == [0, 0, 1, 2])
        #expect(record.inventory.firstHeard == noon.adding(seconds: 3_700) && record.hoursBeforeFirstHeard == 2)
        #expect(record.held.first { $0.kind == .reach }?.figure.hasPrefix("lowest reach-24 50.0 %") == true)
    }

    @Test("an estate in which no unit was ever heard has reached nobody, and says so")
    func neverHeard() throws {
        let estate = try makeEstate(try rows(2))
        try estate.tick(at: noon.adding(seconds: 1))
        let now = noon.adding(seconds: 60)
        let period = try EvidencePeriod(from: noon.day, to: noon.day, at: now)
        let record = try estate.gatherEvidence(of: "meter", over: period, by: Authorship("Ada"), at: now)
        #expect(record.hoursBeforeFirstHeard == 0)
        #expect(record.held.first { $0.kind == .reach }?.figure.hasPrefix("lowest reach-24 0.0 %") == true)
    }
}
