import Regulation
import Testing

@testable import Estate

/// Products on record, and what the estate holds as evidence about them.
@Suite("Products on record")
struct ProductTests {
    private let ada = Authorship("Ada", reason: "as asked")

    private func hour(_ count: Int64) -> UTCInstant { noon.adding(seconds: count * 3_600) }
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test("a product is registered once, with or without units; the inventory's others are named")
    func register() throws {
        let estate = try makeEstate(try rows(3) + [try row(9, product: "router")])
        #expect(try estate.unregisteredProducts().map(\.name).sorted() == ["meter", "router"])
        try estate.registerProduct("meter", by: ada, at: noon)
        try estate.registerProduct("charger", by: ada, at: noon)
        #expect(try estate.products().map(\.name) == ["charger", "meter"])
        #expect(try estate.unregisteredProducts().map(\.name) == ["router"])
        #expect(throws: ProductError.exists("meter")) { try estate.registerProduct("meter", by: ada, at: noon) }
        #expect(throws: ProductError.name(bytes: 0)) { try estate.registerProduct("", by: ada, at: noon) }
        #expect(throws: ProductError.name(bytes: 121)) {
            try estate.registerProduct(String(repeating: "x", count: 121), by: ada, at: noon)
        }
        #expect(throws: ProductError.unknown("router")) { try estate.removeUnits("a", of: "router", by: ada, at: noon) }
        #expect(try estate.product("router", at: noon) == nil)
        let bare = try #require(try estate.product("charger", at: noon))
        #expect(bare.reach == ReachSummary() && bare.routes == nil && bare.timeline.missing.count == 1)
        #expect(bare.record.registeredBy == "Ada" && bare.scope.next != nil)
    }

    @Test("every change is in the ledger with its author and reason; what is refused is not")
    func ledger() throws {
        let estate = try makeEstate([])
        try estate.registerProduct("hub", by: ada, at: noon)
        try estate.answerScope(of: "hub", question: "S1", value: .option("hardware"), note: "", by: ada, at: hour(1))
        let size = estate.ledgerSize
        #expect(throws: ProductError.self) {
            try estate.answerScope(of: "hub", question: "R1", value: .option("manufacturer"), note: "", by: ada, at: hour(1))
        }
        let group = UnitGroup(id: "a", placedFrom: try day("2028-01-02"), placedTo: try day("2028-01-01"), count: 1)
        #expect(throws: ProductError.timeline(.endsBeforeItBegins("a"))) {
            try estate.setUnits(group, of: "hub", by: ada, at: hour(1))
        }
        #expect(estate.ledgerSize == size)
        let entries = try estate.ledgerEntries(limit: 2)
        #expect(entries.map(\.entry.kind) == ["scope-answered", "product-registered"])
        #expect(entries.allSatisfy { $0.entry.author == "Ada" && $0.entry.reason == "as asked" && $0.entry.subject == "hub" })
        #expect(try estate.record(of: "hub")?.scopeAnswers.map(\.who) == ["Ada"])
        #expect(try estate.verifyLedger().findings.isEmpty)
    }

    @Test("evidence is counted from the estate alone, with the age of its newest datum; what is not held is absent")
    func evidence() throws {
        let estate = try makeEstate(try rows(3) + [try row(9, product: "router")])
        try estate.registerProduct("meter", by: ada, at: noon)
        let before = try estate.evidence(of: "meter", at: noon)
        #expect(before.map(\.kind) == [.reach, .unitVersions, .ledger])
        #expect(before[0].age == nil && before[0].figure.hasPrefix("0.0 % of 3 units"))
        var cards = try cards(3)
        try cards[0].beacon(estate, at: noon)
        try cards[1].beacon(estate, at: hour(1))
        cards[1].move(to: .backup, .noRegistration)
        try cards[1].beacon(estate, at: hour(2))
        let held = try estate.evidence(of: "meter", at: hour(3))
        func summary(_ kind: EvidenceKind) throws -> EvidenceSummary { try #require(held.first { $0.kind == kind }, "\(kind)") }
        #expect(try summary(.reach).figure == "66.6 % of 3 units heard within 24 h, 66.6 % within 72 h")
        #expect(try summary(.reach).age == 3_600 && summary(.beacons).count == 2)
        #expect(try summary(.switches).count == 1 && summary(.switches).age == 3_600)
        #expect(try summary(.rehearsals).figure.hasPrefix("the backup of 1 of 3 units"))
        #expect(try summary(.unitVersions).count == 3)
        #expect(!held.contains { [.campaigns, .sbomMatch, .exposureChecks, .drills, .cases, .riskRegister].contains($0.kind) })
        // Another product's units are not this one's evidence.
        #expect(try estate.evidence(of: "router", at: hour(3)).map(\.kind) == [.reach, .unitVersions, .ledger])
        #expect(try estate.evidence(of: "nothing", at: hour(3)).map(\.kind) == [.ledger])
        try estate.noteUpdate(IssuedUpdate(id: "1.1", issued: try day("2026-02-27")), of: "meter", by: ada, at: hour(3))
        let later = try estate.evidence(of: "meter", at: hour(3))
        #expect(later.first { $0.kind == .updateAvailability }?.age == 2 * 86_400)
    }

    @Test("the facts of documents come from the record where nobody typed any, and are never invented")
    func documents() throws {
        let estate = try makeEstate(try rows(2))
        try estate.registerProduct("meter", by: ada, at: noon)
        func facts() throws -> DocumentFacts {
            try estate.documentFacts(of: try #require(try estate.product("meter", at: noon)), at: noon)
        }
        #expect(try facts()[.productName] == "meter" && facts()[.supportEnd] == nil && facts()[.coreFunctionality] == nil)
        #expect(try facts()[.annexITable] == nil && facts()[.connectivity]?.contains("2 units") == true)
        let decision = SupportDecision(
            expectedUseMonths: 96, end: try SupportEnd("2034-01"), decidedBy: "Ada", decidedOn: try day("2026-03-01"))
        try estate.decideSupport(decision, of: "meter", by: ada, at: noon)
        #expect(try facts()[.supportEnd] == "2034-01" && facts()[.supportBasis]?.contains("96 months") == true)
        try estate.setFacts(DocumentFacts([.supportEnd: "January 2034"]), of: "meter", by: ada, at: noon)
        #expect(try facts()[.supportEnd] == "January 2034")
    }

    @Test("readiness is answered from the estate: proofs network by network, units without a second one, outages")
    func readiness() throws {
        let estate = try makeEstate(try rows(2) + [try row(5, single: true)])
        var cards = try cards(2)
        try cards[0].beacon(estate, at: noon)
        cards[0].move(to: .backup, .noRegistration)
        try cards[0].beacon(estate, at: hour(1))
        let inputs = try estate.readinessInputs(at: hour(2))
        #expect(inputs.units == 3 && inputs.unitsOnOneNetwork == 1 && inputs.unitsOnUnknownAPN == 3)
        let networks = Dictionary(inputs.networks.map { ($0.name, $0) }) { $1 }
        #expect(
            networks["Alpha"].map { [$0.units, $0.heard] } == [3, 1] && networks["Beta"].map { [$0.units, $0.heard] } == [2, 1])
        #expect(networks["Beta"]?.oldestProof == 3_600 && networks["Alpha"]?.oldestProof == 7_200)
        #expect(!inputs.dependences.isEmpty && inputs.risks.isEmpty && inputs.drills == 0)
        let states = try estate.readiness(at: hour(2)).answers
        #expect(states.map(\.id) == ["scope", "reach", "register", "surface", "absorb"])
        #expect(states.allSatisfy { !$0.nextStep.isEmpty && !$0.citations.isEmpty })
        let nobody = try makeEstate([]).readiness(at: noon)
        #expect(
            nobody.answers.allSatisfy { $0.state == .cannotTellYet && !$0.gap.isEmpty || $0.id == "register" || $0.id == "absorb" })
    }
}
