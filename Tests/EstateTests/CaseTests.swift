import Foundation
import Regulation
import Testing

@testable import Estate

/// Cases in the store: who could be reached is frozen, what is refused changes nothing, and the ledger has what was done.
@Suite("Cases in the estate")
struct CaseTests {
    /// After the day from which reports are due.
    private let start = UTCInstant(milliseconds: 1_791_288_000_000)
    private let ada = Authorship("Ada", reason: "because")

    private func request(_ product: String = "meter", versions: [String] = [], isDrill: Bool = false, owner: String = "Ada")
        -> CaseRequest
    {
        CaseRequest(
            kind: .vulnerability, title: "Radio", products: [AffectedProduct(product: product, versions: versions)],
            signal: CaseSignal(receivedAt: start.date, source: "CISA KEV", text: "Exploited."), isDrill: isDrill,
            zone: "Europe/Berlin",
            owner: owner)
    }

    private func estate() throws -> EstateService {
        let estate = try makeEstate(try rows(6))
        try estate.registerProduct("meter", by: ada, at: start)
        return estate
    }

    @Test("opening freezes the units of the chosen versions; drills are counted apart")
    func opening() throws {
        let estate = try estate()
        #expect(try estate.openCase(request(), by: ada, at: start) == "2026-001")
        #expect(try estate.openCase(request(isDrill: true), by: ada, at: start) == "drill-2026-001")
        #expect(try estate.openCase(request(versions: ["1.0"]), by: ada, at: start) == "2026-002")
        let units = try estate.cases().map { file in try file.reach.map { try estate.snapshot($0.snapshot).summary.units } }
        #expect(units == [[2], [6], [6]])
        #expect(try estate.cases(open: true).count == 3 && estate.cases(open: false).isEmpty)
    }

    @Test("what is refused leaves neither a case nor an entry in the ledger")
    func refused() throws {
        let estate = try estate()
        let size = estate.ledgerSize
        #expect(throws: CaseFileError.unknownProduct("toaster")) { try estate.openCase(request("toaster"), by: ada, at: start) }
        #expect(throws: CaseFileError.ownerMissing) { try estate.openCase(request(owner: " "), by: ada, at: start) }
        #expect(throws: CaseFileError.unknownCase("2026-001")) {
            try estate.act(in: "2026-001", .startAssessment, by: ada, at: start)
        }
        #expect(try estate.cases().isEmpty && estate.ledgerSize == size)
        let number = try estate.openCase(request(), by: ada, at: start)
        let opened = estate.ledgerSize
        #expect(throws: CaseFileError.self) { try estate.act(in: number, .reopen, by: ada, at: start) }
        #expect(try estate.caseFile(number)?.case.history.count == 1 && estate.ledgerSize == opened)
        try estate.act(in: number, .startAssessment, by: ada, at: start)
        #expect(estate.ledgerSize == opened + 1)
    }

    @Test("who is on call changes with an entry in the ledger; a draft changes without one")
    func assignment() throws {
        let estate = try estate()
        let number = try estate.openCase(request(), by: ada, at: start)
        let size = estate.ledgerSize
        try estate.assign(number, owner: "Grace", deputy: "Ada", by: ada, at: start)
        #expect(estate.ledgerSize == size + 1)
        var draft = ReportDraft(kind: .vulnerability, stage: .earlyWarning)
        try draft.set("2", to: "Title")
        try estate.saveDraft(draft, of: number, by: ada, at: start)
        let file = try #require(try estate.caseFile(number))
        #expect(file.owner == "Grace" && file.deputy == "Ada" && file.drafts[.earlyWarning] == draft)
        #expect(estate.ledgerSize == size + 1)
    }

    @Test("the calendar's key opens nothing before it is made, after it was replaced, or after it was taken away")
    func calendarKey() throws {
        let estate = try estate()
        #expect(try !estate.hasCalendarKey() && !estate.opensCalendar("") && !estate.opensCalendar("cal_"))
        let first = try estate.makeCalendarKey(by: ada, at: start)
        #expect(try estate.hasCalendarKey() && estate.opensCalendar(first) && !estate.opensCalendar(first + "x"))
        let second = try estate.makeCalendarKey(by: ada, at: start)
        #expect(try !estate.opensCalendar(first) && estate.opensCalendar(second))
        // It is no token, and no token is it.
        #expect(try estate.access.check(token: second, at: start) == nil)
        let token = try estate.access.issueToken(name: "t", role: .viewer, at: start).token
        #expect(try !estate.opensCalendar(token))
        try estate.revokeCalendarKey(by: ada, at: start)
        #expect(try !estate.hasCalendarKey() && !estate.opensCalendar(second))
    }

    @Test("what the inventory knows of affected units: countries and versions in order")
    func affected() throws {
        var inventory = try rows(3)
        inventory[2].country = "DE"
        let estate = try makeEstate(inventory)
        let all = estate.affectedUnits(of: UnitSelection(product: "meter"))
        #expect(all == AffectedUnits(units: 3, countries: ["DE", "GB"], firmware: ["1.0", "1.1", "1.2"]))
        #expect(estate.affectedUnits(of: UnitSelection(product: "meter", versions: ["1.2"])).countries == ["DE"])
        #expect(estate.affectedUnits(of: UnitSelection(product: "toaster")) == AffectedUnits())
    }
}
