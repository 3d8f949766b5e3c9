import Regulation
import Storage
import Testing
import Wire

@testable import Estate

/// What people say about networks, and what the register finds with it.
@Suite("Facts about networks")
struct NetworkFactsTests {
    private let ada = Authorship("Ada", reason: "the operator's letter")

    /// Two operators of the United Kingdom, both with technologies that end, on two APNs.
    private func inventory(_ count: Int = 2, country: String = "GB") throws -> [InventoryRow] {
        try (0..<count).map { number in
            var row = try row(number, country: country)
            row.technologies = [.twoG, .threeG]
            row.primary.apn = try APN("iot.maker")
            row.backup?.apn = try APN("internet")
            return row
        }
    }

    private func kinds(_ estate: EstateService) throws -> [Dependence.Kind] {
        try estate.dependences(at: noon).findings.map(\.kind).sorted { $0.rawValue < $1.rawValue }
    }

    @Test("the register finds ends of technologies at once, and public APNs, vendors and cores when they are said")
    func register() throws {
        let estate = try makeEstate(try inventory())
        let before = try estate.dependences(at: noon)
        #expect(before.findings.allSatisfy { $0.kind == .sunset && $0.units == 2 && $0.unitsWithAlternative == 0 })
        #expect(Set(before.findings.map(\.subject)) == ["2G and 3G on Alpha (234-15)", "2G and 3G on Beta (234-10)"])
        // At home: what O2 withdrew from visiting cards in 2025 is not theirs.
        #expect(before.findings.first { $0.subject.contains("Beta") }?.earliest?.description == "2033-01-01")
        for what in [
            "whether the APN internet is public or private", "whether the APN iot.maker is public or private",
            "who made the cores", "whose core carries Alpha (234-15) (2 units)", "whose core carries Beta (234-10) (2 units)",
        ] {
            let found = before.missing.filter { $0.what.contains(what) }
            #expect(found.count == 1 && found.allSatisfy { $0.from == MissingFact.networks }, "\(what)")
        }

        try estate.sayExposure(of: "internet", .publicInternet, by: ada, at: noon)
        try estate.sayExposure(of: "IOT.maker", .privateNetwork, by: ada, at: noon)
        #expect(try kinds(estate) == [.publicAPN, .sunset, .sunset])
        try estate.sayCore(of: "234-15", carrier: "234-15", vendor: "Acme", by: ada, at: noon)
        try estate.sayCore(of: "234-10", carrier: "Beta", vendor: "ACME", by: ada, at: noon)
        #expect(try kinds(estate) == [.publicAPN, .sharedVendor, .sunset, .sunset])
        #expect(try estate.dependences(at: noon).missing.isEmpty)

        // Who is said to carry another is asked for, once, when nobody says more of it.
        try estate.sayCore(of: "234-15", carrier: "234-10", vendor: nil, by: ada, at: noon)
        try estate.sayCore(of: "234-10", carrier: nil, vendor: nil, by: ada, at: noon)
        #expect(try estate.dependences(at: noon).missing.map(\.what) == ["whose core carries Beta (234-10) (2 units)"])
        try estate.sayCore(of: "234-15", carrier: "234-15", vendor: "Acme", by: ada, at: noon)

        // By a name in any case, as people write it.
        try estate.sayCore(of: "234-10", carrier: "ALPHA", vendor: nil, by: ada, at: noon)
        let register = try estate.updateRisks(at: noon)
        #expect(Set(register.risks.map(\.dependence.kind)) == [.publicAPN, .oneCore, .sunset])
        #expect(register.risks.first { $0.dependence.kind == .oneCore }?.dependence.subject == "Alpha (234-15)")
        #expect(register.risks.first { $0.dependence.kind == .publicAPN }?.dependence.subject == "internet")
        #expect(try estate.dependences(at: noon).missing.isEmpty)

        // Two operators that an outsider carries have one core as well.
        for plmn in ["234-15", "234-10"] {
            try estate.sayCore(of: plmn, carrier: plmn == "234-15" ? "Sponsor X" : "sponsor x", vendor: nil, by: ada, at: noon)
        }
        #expect(
            try estate.dependences(at: noon).findings.contains { $0.kind == .oneCore && $0.subject.lowercased() == "sponsor x" })
    }

    @Test("readiness counts the units on public, private and unknown APNs")
    func readiness() throws {
        var rows = try inventory(3) + [try row(3), try row(4, single: true)]
        let primary = rows[2].primary.apn
        rows[2].backup?.apn = primary
        let estate = try makeEstate(rows)
        #expect(try estate.readinessInputs(at: noon).unitsOnUnknownAPN == 5)
        try estate.sayExposure(of: "internet", .publicInternet, by: ada, at: noon)
        try estate.sayExposure(of: "iot.maker", .privateNetwork, by: ada, at: noon)
        let inputs = try estate.readinessInputs(at: noon)
        #expect((inputs.unitsOnPublicAPN, inputs.unitsOnPrivateAPN, inputs.unitsOnUnknownAPN) == (2, 1, 2))
        #expect(inputs.dependences == (try estate.dependences(at: noon).findings))
        let surface = try #require(try estate.readiness(at: noon).answers.first { $0.id == "surface" })
        #expect(surface.state == .yes && surface.gap.contains { $0.contains("2 units are on a public APN") })
    }

    @Test("each change has an author and a reason, in the ledger with what was said before; the same again writes nothing")
    func ledger() throws {
        let estate = try makeEstate(try inventory())
        let size = estate.ledgerSize
        try estate.sayCore(of: "234-15", carrier: " 234-15 ", vendor: "Acme", by: ada, at: noon)
        try estate.sayCore(of: "234-15", carrier: "234-15", vendor: "Acme", by: Authorship("Bo", reason: "again"), at: noon)
        try estate.sayCore(of: "234-15", carrier: "234-15", vendor: "Other", by: Authorship("Bo", reason: "corrected"), at: noon)
        try estate.sayExposure(of: "internet", .publicInternet, by: ada, at: noon)
        #expect(estate.ledgerSize == size + 3)
        let entries = try estate.ledgerEntries(limit: 3).map(\.entry)
        #expect(entries.map(\.kind) == ["apn-stated", "core-stated", "core-stated"])
        #expect(entries.map(\.author) == ["Ada", "Bo", "Ada"])
        #expect(entries.map(\.subject) == ["internet", "234-15", "234-15"])
        #expect(entries[1].reason == "corrected")
        #expect(
            entries[1].body
                == ["carrier": "234-15", "carrier_before": "234-15", "vendor": "Other", "vendor_before": "Acme"])
        let alpha = try #require(try estate.networkFacts().operators.first { $0.operator.plmn == "234-15" })
        #expect(alpha.vendor == "Other" && alpha.isOwn == true && alpha.units == 2)
        #expect(alpha.said == NetworkFacts.Said(author: "Bo", at: noon, reason: "corrected"))

        // Cleared: not known again, and nobody's word.
        try estate.sayCore(of: "234-15", carrier: nil, vendor: "", by: ada, at: noon)
        try estate.sayExposure(of: "internet", .unknown, by: ada, at: noon)
        #expect(estate.ledgerSize == size + 5)
        let facts = try estate.networkFacts()
        #expect(facts.operators.allSatisfy { $0.said == nil && $0.carrier == nil && $0.vendor == nil && $0.isOwn == nil })
        #expect(facts.accessPoints.allSatisfy { $0.said == nil && $0.exposure == .unknown && $0.units == 2 })
        #expect(try estate.verifyLedger().findings.isEmpty)
    }

    @Test("what cannot be is refused, and nothing is written")
    func refused() throws {
        let estate = try makeEstate(try inventory())
        let size = estate.ledgerSize
        func say(_ plmn: String, _ carrier: String?, _ vendor: String?, _ author: Authorship? = nil) throws {
            try estate.sayCore(of: plmn, carrier: carrier, vendor: vendor, by: author ?? ada, at: noon)
        }
        #expect(throws: NetworkFactError.unknownOperator("262-01")) { try say("262-01", nil, "Acme") }
        #expect(throws: NetworkFactError.unknownOperator("Alpha")) { try say("Alpha", nil, "Acme") }
        #expect(throws: NetworkFactError.reasonMissing) { try say("234-15", nil, "Acme", Authorship("Ada", reason: " \n")) }
        #expect(throws: NetworkFactError.reasonTooLong(limit: 4_000)) {
            try say("234-15", nil, "Acme", Authorship("Ada", reason: String(repeating: "x", count: 4_001)))
        }
        #expect(throws: NetworkFactError.vendor("65 bytes, expected at most 64")) {
            try say("234-15", nil, String(repeating: "x", count: 65))
        }
        #expect(throws: NetworkFactError.self) { try say("234-15", "a\u{202E}b", nil) }
        for apn in ["none", "", "a b", "-", String(repeating: "x", count: 5_000)] {
            #expect(throws: NetworkFactError.unknownAPN(apn)) {
                try estate.sayExposure(of: apn, .publicInternet, by: ada, at: noon)
            }
        }
        #expect(throws: NetworkFactError.reasonMissing) {
            try estate.sayExposure(of: "internet", .publicInternet, by: Authorship("Ada"), at: noon)
        }
        #expect(estate.ledgerSize == size)
        try say("234-15", "Beta", nil)
        #expect(throws: NetworkFactError.circle(["Beta", "Alpha", "Beta"])) { try say("234-10", "234-15", nil) }
        #expect(estate.ledgerSize == size + 1)
    }

    @Test("what was said is there after a restart, and so is who may be a guest")
    func restart() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        var rows = try inventory(1)
        // A card of Three Ireland on O2: where it is at home cannot be told from the PLMN.
        rows[0].technologies = [.twoG]
        rows[0].backup?.imsi = try IMSI("272050000000001")
        var before: [Dependence] = []
        do {
            let database = try Database.open(path, schema: EstateSchema.schema)
            let estate = try EstateService(database: database, key: testKey(), at: noon)
            try estate.importInventory(InventoryCSV.write(rows), format: .csv, at: noon)
            try estate.sayCore(of: "234-15", carrier: "Elsewhere", vendor: "Acme", by: ada, at: noon)
            try estate.sayExposure(of: "internet", .publicInternet, by: ada, at: noon)
            before = try estate.dependences(at: noon).findings
            #expect(before.first { $0.subject.contains("Beta") }?.earliest?.description == "2025-10-01")
            try database.close()
        }
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        #expect(try estate.dependences(at: noon).findings == before)
        let facts = try estate.networkFacts()
        #expect(facts.operators.first { $0.operator.plmn == "234-15" }?.carrierName == "Elsewhere")
        #expect(facts.operators.first { $0.operator.plmn == "234-15" }?.isOwn == false)
        #expect(facts.accessPoints.map(\.apn) == ["internet", "iot.maker"])
        try database.close()
    }

    @Test("a card is at home or abroad by its network's country code, where the list of switch-offs knows both")
    func attachment() throws {
        func attachment(_ plmn: String, _ country: String, mayBeGuest: Bool = false) -> UsedNetwork.Attachment {
            HomeCountry.attachment(of: plmn, in: country, mayBeGuest: mayBeGuest)
        }
        #expect(attachment("262-01", "DE") == .native && attachment("262-01", "de") == .native)
        #expect(attachment("262-01", "DE", mayBeGuest: true) == .unknown)
        #expect(attachment("262-01", "GB") == .roaming && attachment("262-01", "GB", mayBeGuest: true) == .roaming)
        // Jersey shares the code of the United Kingdom and is not in the list; nor is the lab's 999.
        #expect(attachment("234-50", "JE") == .unknown && attachment("999-70", "GB") == .unknown)
        #expect(attachment("", "GB") == .unknown && attachment("262-01", "") == .unknown)

        let estate = try makeEstate(try inventory(country: "DE"))
        let report = try estate.dependences(at: noon)
        #expect(report.findings.isEmpty)
        #expect(report.missing.count { $0.what.contains("abroad, in DE") } == 2)
    }

    @Test("units are grouped in one pass, and none is lost")
    func groups() throws {
        let seed: UInt64 = 20_260_301
        var generator = SeededGenerator(seed: seed)
        let words: [[RadioTechnology]] = [[], [.twoG], [.lte, .fiveG]]
        let names = [nil, "a", "b.c"]
        let rows = try (0..<200).map { number in
            var row = try row(
                number, product: Bool.random(using: &generator) ? "meter" : "hub",
                country: Bool.random(using: &generator) ? "GB" : "DE", single: Bool.random(using: &generator))
            row.technologies = words.randomElement(using: &generator) ?? []
            row.primary.apn = try (names.randomElement(using: &generator) ?? nil).map { name throws(APN.Problem) in try APN(name) }
            row.backup?.apn = row.primary.apn
            return row
        }
        let estate = try makeEstate(rows)
        let found = try estate.connectedUnits().rows
        #expect(found.reduce(0) { $0 + $1.units } == 200, "seed \(seed)")
        for row in found {
            let same = rows.count {
                $0.product == row.product && $0.country == row.networks.first?.country && ($0.backup == nil) == (row.profiles == 1)
                    && $0.technologies == row.networks.first?.technologies && $0.primary.apn?.text == row.accessPoints.first?.name
            }
            #expect(same == row.units, "seed \(seed)")
        }
        let facts = try estate.networkFacts()
        #expect(facts.operators.map(\.units) == [200, rows.count { $0.backup != nil }])
        #expect(facts.accessPoints.reduce(0) { $0 + $1.units } == rows.count { $0.primary.apn != nil })
    }
}
