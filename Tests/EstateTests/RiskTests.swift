import Regulation
import Testing

@testable import Estate

/// The register of single-network dependence, as the estate keeps it.
@Suite("Risks on the register")
struct RiskTests {
    private let ada = Authorship("Ada", reason: "as agreed")

    private func days(_ count: Int64) -> UTCInstant { noon.adding(seconds: count * 86_400) }

    @Test("computing finds what the inventory depends on; doing it again changes nothing and writes nothing")
    func compute() throws {
        let estate = try makeEstate(try rows(2) + [try row(5, single: true)])
        #expect(try estate.riskRegister().risks.isEmpty)
        let register = try estate.updateRisks(at: noon)
        #expect(Set(register.risks.map(\.dependence.kind)) == [.oneCore, .oneProfile])
        #expect(register.risks.allSatisfy { $0.dependence.units == 1 && $0.dependence.of == 3 && $0.status == .open })
        // What the inventory does not say is said to be unknown, not taken to be safe.
        #expect(try estate.dependences(at: noon).missing.contains { $0.what.contains("APN") })
        let size = estate.ledgerSize
        #expect(try estate.updateRisks(at: noon) == register && estate.ledgerSize == size)
        #expect(try estate.ledgerEntries(limit: 2).allSatisfy { $0.entry.kind == "risk-found" && $0.entry.author == "holdfast" })
    }

    @Test("nothing is decided without owner, day and reason; nothing is closed while units depend on it")
    func decide() throws {
        let estate = try makeEstate([try row(5, single: true)])
        let id = try #require(try estate.updateRisks(at: noon).risks.first { $0.dependence.kind == .oneProfile }).id
        let silent = Authorship("Ada")
        #expect(throws: RiskError.reasonMissing) { try estate.assignRisk(id, owner: "Bo", by: silent, at: noon) }
        #expect(throws: RiskError.ownerMissing) { try estate.treatRisk(id, .reduce, due: noon.day, review: nil, by: ada, at: noon) }
        try estate.assignRisk(id, owner: "Bo", by: ada, at: noon)
        #expect(throws: RiskError.dueMissing) { try estate.treatRisk(id, .reduce, due: nil, review: nil, by: ada, at: noon) }
        #expect(throws: RiskError.reviewMissing) { try estate.treatRisk(id, .accept, due: nil, review: nil, by: ada, at: noon) }
        #expect(throws: RiskError.dayBefore(noon.day)) {
            try estate.treatRisk(id, .reduce, due: days(-1).day, review: nil, by: ada, at: noon)
        }
        #expect(throws: RiskError.stillPresent(units: 1)) { try estate.closeRisk(id, by: ada, at: noon) }
        #expect(throws: RiskError.unknown("none")) { try estate.closeRisk("none", by: ada, at: noon) }
        let size = estate.ledgerSize
        try estate.treatRisk(id, .reduce, due: days(30).day, review: nil, by: ada, at: noon)
        #expect(estate.ledgerSize == size + 1)
        let risk = try #require(try estate.riskRegister().risks.first { $0.id == id })
        #expect(risk.status == .inTreatment && risk.owner == "Bo" && risk.history.last?.reason == "as agreed")
        #expect(!risk.isOverdue(on: days(30).day) && risk.isOverdue(on: days(31).day))
    }

    @Test("a dependence that is gone can be closed with a reason, and opens again when it comes back")
    func close() throws {
        let estate = try makeEstate([try row(5, single: true)])
        let id = try #require(try estate.updateRisks(at: noon).risks.first { $0.dependence.kind == .oneProfile }).id
        try estate.importInventory(InventoryCSV.write([try row(5)]), format: .csv, at: days(1))
        let gone = try estate.updateRisks(at: days(1))
        #expect(gone.risks.first { $0.id == id }?.present == false)
        #expect(throws: RiskError.reasonMissing) { try estate.closeRisk(id, by: Authorship("Ada"), at: days(1)) }
        try estate.closeRisk(id, by: ada, at: days(1))
        #expect(throws: RiskError.closed) { try estate.assignRisk(id, owner: "Bo", by: ada, at: days(1)) }
        try estate.importInventory(InventoryCSV.write([try row(5, single: true)]), format: .csv, at: days(2))
        let back = try #require(try estate.updateRisks(at: days(2)).risks.first { $0.id == id })
        #expect(back.status == .open && back.history.contains { $0.what == "reopened" })
        #expect(try estate.verifyLedger().findings.isEmpty)
    }
}
