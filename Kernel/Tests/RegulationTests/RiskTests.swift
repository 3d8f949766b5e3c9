import Foundation
import Testing
import Wire

@testable import Regulation

@Suite("Switch-offs of record")
struct SunsetTests {
    @Test("every row of the list is read, with its date as precise as its source has it")
    func list() throws {
        #expect(Sunset.all.count == 119)
        #expect(Sunset.all.allSatisfy { !$0.technologies.isEmpty && !$0.source.isEmpty && $0.country.utf8.count == 2 })
        let german = try #require(Sunset.all.first { $0.network == "262-03" && $0.technologies == [.twoG] })
        #expect(
            german.date?.precision == .half && german.date?.earliest.description == "2028-07-01"
                && german.date?.latest.description == "2028-12-31")
        let quarter = try #require(Sunset.all.first { $0.technologies == [.nbIoT] && $0.network == "310-410" }?.date)
        #expect(quarter.earliest.description == "2025-01-01" && quarter.latest.description == "2025-03-31")
        #expect(Sunset.all.contains { $0.operatorName == "MasOrange (Orange, Yoigo)" && $0.date?.precision == .day })
        #expect(Sunset.all.contains { $0.network == nil && $0.technologies == [.twoG, .threeG] })
        #expect(Sunset.all.contains { $0.homeNetwork == "272-05" })
        // Rows whose source gives no date keep none.
        #expect(Sunset.all.filter { $0.date == nil }.count == 4)
    }
}

@Suite("Single-network dependence")
struct DependenceTests {
    private func network(
        _ name: String, _ code: String, _ technologies: [RadioTechnology], vendor: String? = nil, country: String = "DE"
    ) -> UsedNetwork {
        UsedNetwork(name: name, code: code, country: country, coreVendor: vendor, technologies: technologies, attachment: .native)
    }
    private func row(_ networks: [UsedNetwork], profiles: Int?, _ exposure: Exposure = .privateNetwork, units: Int = 10)
        -> ConnectedUnits
    {
        ConnectedUnits(product: "Hub", networks: networks, profiles: profiles, apn: "iot.example", exposure: exposure, units: units)
    }
    private func report(_ rows: [ConnectedUnits]) throws -> DependenceReport { DependenceReport(rows, on: try day("2026-11-23")) }

    @Test("one network, one profile, one old technology, a public APN: four findings with the units that have them")
    func single() throws {
        let report = try report([
            row([network("Telekom", "262-01", [.twoG])], profiles: 1, .publicInternet, units: 70),
            row(
                [network("Telekom", "262-01", [.lteM], vendor: "A"), network("Vodafone", "262-02", [.lteM], vendor: "B")],
                profiles: 2, units: 30),
        ])
        #expect(Set(report.findings.map(\.kind)) == [.oneCore, .oneProfile, .sunset, .publicAPN])
        #expect(
            report.findings.allSatisfy { $0.units == 70 && $0.of == 100 && $0.unitsWithAlternative == 0 && !$0.evidence.isEmpty })
        #expect(report.findings.first { $0.kind == .sunset }?.earliest?.description == "2028-06-30")
        #expect(report.findings.first { $0.kind == .sunset }?.evidence.contains { $0.contains("Band Atlas") } == true)
        #expect(report.missing.isEmpty)
    }

    @Test("two networks with one core, or with one vendor's cores, share their failure; an unknown vendor is asked for")
    func shared() throws {
        var roaming = network("Vodafone", "262-02", [.lte])
        roaming.core = "262-01"
        #expect(try report([row([network("Telekom", "262-01", [.lte]), roaming], profiles: 2)]).findings.map(\.kind) == [.oneCore])
        func vendors(_ first: String?, _ second: String?) throws -> DependenceReport {
            try report([
                row(
                    [network("Telekom", "262-01", [.lte], vendor: first), network("Vodafone", "262-02", [.lte], vendor: second)],
                    profiles: 2)
            ])
        }
        #expect(try vendors("Acme", "ACME").findings.map(\.kind) == [.sharedVendor])
        #expect(try vendors("Acme", "Other").findings.isEmpty)
        #expect(try vendors("Acme", nil).findings.isEmpty && vendors("Acme", nil).missing.count == 1)
    }

    @Test("every public APN is a finding of its own, counted once; one that nobody knows is asked for by its name")
    func accessPoints() throws {
        func point(_ name: String?, _ exposure: Exposure) -> UsedAccessPoint { UsedAccessPoint(name: name, exposure: exposure) }
        func units(_ points: [UsedAccessPoint]) -> ConnectedUnits {
            ConnectedUnits(
                product: "Hub",
                networks: [
                    network("Telekom", "262-01", [.lte], vendor: "A"), network("Vodafone", "262-02", [.lte], vendor: "B"),
                ], profiles: 2, accessPoints: points, units: 10)
        }
        let both = try report([units([point("a", .publicInternet), point("b", .publicInternet), point("a", .publicInternet)])])
        #expect(both.findings.map(\.subject).sorted() == ["a", "b"] && both.findings.allSatisfy { $0.units == 10 })
        let half = units([point("a", .privateNetwork), point("b", .unknown)])
        #expect(half.exposure == .unknown)
        #expect(try report([half]).missing.map(\.what) == ["Hub: whether the APN b is public or private (10 units)"])
        #expect(try report([half]).missing.map(\.from) == [MissingFact.networks])
        #expect(units([point("a", .privateNetwork), point("b", .publicInternet)]).exposure == .publicInternet)
        #expect(units([point("a", .privateNetwork)]).exposure == .privateNetwork && units([]).exposure == .unknown)
        #expect(try report([units([point(nil, .unknown)])]).missing.first?.what.contains("which APN") == true)
    }

    @Test("a core that carries others is named; a card abroad does not depend on what its home withdraws at home")
    func abroad() throws {
        var guest = network("Vodafone", "262-02", [.lte])
        (guest.core, guest.coreName) = ("262-01", "Telekom (262-01)")
        #expect(try report([row([guest], profiles: 2)]).findings.map(\.subject) == ["Telekom (262-01)"])
        var roamer = network("Telekom", "262-01", [.twoG], country: "FR")
        (roamer.attachment, roamer.home) = (.roaming, "262-01")
        let away = try report([row([roamer], profiles: 2)])
        #expect(away.findings.map(\.kind) == [.oneCore])
        #expect(away.missing.contains { $0.what.contains("abroad, in FR") })
    }

    @Test("a technology that stays, or another network without an end date, takes the edge off a switch-off")
    func sunsets() throws {
        #expect(try report([row([network("Telekom", "262-01", [.twoG, .lteM])], profiles: 2)]).findings.map(\.kind) == [.oneCore])
        let both = try report([
            row(
                [network("Telekom", "262-01", [.twoG], vendor: "A"), network("Vodafone", "262-02", [.lteM], vendor: "B")],
                profiles: 2)
        ])
        #expect(both.findings.map(\.kind) == [.sunset] && both.findings[0].unitsWithAlternative == 10)
        // Kept at least until 2028: no end was announced.
        #expect(
            try report([row([network("T-Mobile", "230-01", [.twoG], country: "CZ")], profiles: 2)]).findings.map(\.kind) == [
                .oneCore
            ])
        // Roaming cards lost this network in 2025, native ones keep it.
        var guest = network("O2", "234-10", [.twoG], country: "GB")
        let native = try report([row([guest], profiles: 2)]).findings.first { $0.kind == .sunset }
        guest.attachment = .roaming
        let roaming = try report([row([guest], profiles: 2)]).findings.first { $0.kind == .sunset }
        #expect(native?.earliest?.description == "2033-01-01" && roaming?.earliest?.description == "2025-10-01")
        #expect(
            try report([row([network("Partner", "425-01", [.twoG, .threeG], country: "il")], profiles: 2)]).findings.contains {
                $0.kind == .sunset
            })
    }

    @Test("the same dependence has the same id; hostile names and numbers neither collide nor trap")
    func hostile() throws {
        let first = try report([row([network("a/b", "x", [.lte])], profiles: 1, .publicInternet, units: .max)])
        let again = try report([
            row([network("a/b", "x", [.lte])], profiles: 1, .publicInternet, units: .max),
            row([network("a/b", "x", [.lte])], profiles: 1, .publicInternet, units: .max),
        ])
        #expect(first.findings.map(\.id) == again.findings.map(\.id) && again.findings.allSatisfy { $0.units == .max })
        let slash = ConnectedUnits(product: "a/b", networks: [], profiles: 1, apn: "c", exposure: .publicInternet, units: 1)
        let other = ConnectedUnits(product: "a", networks: [], profiles: 1, apn: "b/c", exposure: .publicInternet, units: 1)
        #expect(Set(try report([slash, other]).findings.map(\.id)).count == 4)
        #expect(ConnectedUnits(product: "", networks: [], profiles: nil, apn: nil, exposure: .unknown, units: .min).units == 0)
        #expect(try report([row([], profiles: nil, .unknown)]).missing.count == 3)
    }
}

@Suite("Risk register")
struct RiskRegisterTests {
    private func findings(_ units: Int) throws -> [Dependence] {
        DependenceReport(
            [
                ConnectedUnits(
                    product: "=HYPERLINK(\"x\")", networks: [], profiles: 2, apn: " @evil,\"a\"\r\nb", exposure: .publicInternet,
                    units: units)
            ],
            on: try day("2026-11-23")
        ).findings
    }

    @Test("nothing is closed without a reason, nor while the dependence is there; what comes back opens again")
    func life() throws {
        var register = RiskRegister()
        let today = try day("2026-11-23")
        register.update(with: try findings(5), on: today)
        let id = try #require(register.risks.first?.id)
        #expect(throws: RiskError.ownerMissing) {
            try register.treat(id, .reduce, due: today, review: nil, by: "Ada", on: today, reason: "r")
        }
        try register.assign(id, owner: "Bo", by: "Ada", on: today, reason: "owns the APN")
        #expect(throws: RiskError.dueMissing) {
            try register.treat(id, .reduce, due: nil, review: nil, by: "Ada", on: today, reason: "r")
        }
        #expect(throws: RiskError.reviewMissing) {
            try register.treat(id, .accept, due: nil, review: nil, by: "Ada", on: today, reason: "r")
        }
        #expect(throws: RiskError.dayBefore(today)) {
            try register.treat(id, .avoid, due: today.adding(days: -1), review: nil, by: "Ada", on: today, reason: "r")
        }
        try register.treat(
            id, .reduce, due: today.adding(days: 30), review: nil, by: "Ada", on: today, reason: "move to a private APN")
        #expect(register.risks[0].status == .inTreatment && register.risks[0].isOverdue(on: today.adding(days: 31)))
        #expect(throws: RiskError.stillPresent(units: 5)) { try register.close(id, by: "Ada", on: today, reason: "done") }
        register.update(with: [], on: today)
        #expect(!register.risks[0].present && register.risks[0].status == .inTreatment)
        #expect(throws: RiskError.reasonMissing) { try register.close(id, by: "Ada", on: today, reason: " \u{3000}") }
        #expect(throws: RiskError.authorMissing) { try register.close(id, by: "", on: today, reason: "done") }
        #expect(throws: RiskError.unknown("x")) { try register.close("x", by: "Ada", on: today, reason: "done") }
        #expect(throws: RiskError.dayBefore(today)) {
            try register.close(id, by: "Ada", on: today.adding(days: -1), reason: "done")
        }
        try register.close(id, by: "Ada", on: today, reason: "moved")
        #expect(throws: RiskError.closed) { try register.assign(id, owner: "Cy", by: "Ada", on: today, reason: "r") }
        register.update(with: [], on: today)
        #expect(register.risks[0].status == .closed)
        register.update(with: try findings(2), on: today.adding(days: 1))
        #expect(
            register.risks.count == 1 && register.risks[0].status == .open && register.risks[0].owner == "Bo"
                && register.risks[0].treatment == nil)
        #expect(register.risks[0].history.map(\.what).suffix(2) == ["closed", "reopened"])
        let data = try JSONEncoder().encode(register)
        #expect(try JSONDecoder().decode(RiskRegister.self, from: data) == register)
    }

    @Test("the export is RFC 4180, reads back field by field, and starts no formula")
    func csv() throws {
        var register = RiskRegister()
        register.update(with: try findings(5), on: try day("2026-11-23"))
        let records = CommaSeparated.parse(Array(register.csv.utf8))
        #expect(records.count == 2 && records.allSatisfy { $0.count == 19 })
        #expect(records[1][1] == "'=HYPERLINK(\"x\")" && records[1][3] == "' @evil,\"a\"\r\nb")
        #expect(register.csv.hasSuffix("\r\n"))
    }
}

@Suite("Readiness: the five questions")
struct ReadinessTests {
    @Test("from nothing, no question is answered, and each says what to do")
    func empty() throws {
        let readiness = Readiness(ReadinessInputs(), on: try day("2026-11-23"))
        #expect(
            readiness.answers.count == 5
                && readiness.answers.allSatisfy { $0.state == .cannotTellYet && !$0.nextStep.isEmpty && !$0.gap.isEmpty })
    }

    @Test("gaps are counted in units and named")
    func gaps() throws {
        let today = try day("2026-11-23")
        let dependences = DependenceReport(
            [ConnectedUnits(product: "Hub", networks: [], profiles: 2, apn: "a", exposure: .publicInternet, units: 4)], on: today
        ).findings
        var inputs = ReadinessInputs(
            products: [.init(name: "Hub", scope: .inScope, tier: .standard), .init(name: "Router", scope: nil, tier: nil)],
            units: 10,
            networks: [
                .init(name: "A", units: 10, heard: 10, oldestProof: 86_400),
                .init(name: "B", units: 10, heard: 4, oldestProof: 864_000),
            ],
            unitsOnOneNetwork: 1, unitsOnPublicAPN: 4, unitsOnPrivateAPN: 6, dependences: dependences, drills: 1,
            daysSinceDrill: 400,
            outages: 1, unitsAffected: 5, unitsThatMoved: 4)
        let readiness = Readiness(inputs, on: today)
        #expect(readiness.answers.map(\.state) == [.partly, .partly, .no, .yes, .partly])
        #expect(readiness.answers[1].gap == ["B: 6 of 10 units were never heard through it"])
        var register = RiskRegister()
        register.update(with: dependences, on: today)
        let id = try #require(register.risks.first?.id)
        try register.assign(id, owner: "Bo", by: "Ada", on: today, reason: "r")
        try register.treat(id, .accept, due: nil, review: today, by: "Ada", on: today, reason: "r")
        inputs.risks = register.risks
        #expect(Readiness(inputs, on: today).answers[2].state == .yes)
        #expect(Readiness(inputs, on: today.adding(days: 1)).answers[2].state == .partly)
        inputs.unitsOnPublicAPN = .max
        inputs.unitsOnPrivateAPN = .max
        inputs.networks = [.init(name: "A", units: .max, heard: .min, oldestProof: .min)]
        inputs.unitsAffected = .max
        inputs.unitsThatMoved = -5
        #expect(Readiness(inputs, on: today).answers.count == 5)
    }
}
