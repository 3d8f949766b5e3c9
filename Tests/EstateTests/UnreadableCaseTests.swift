import Foundation
import Regulation
import Testing

@testable import Estate

/// A row that does not decode is the end of nothing but its own case.
@Suite("A case that cannot be read")
struct UnreadableCaseTests {
    /// After the day from which reports are due.
    private let start = UTCInstant(milliseconds: 1_791_288_000_000)
    private let ada = Authorship("Ada", reason: "because")

    /// Two cases in which somebody is aware, of which the first is then broken.
    private func estate(_ damage: String) throws -> EstateService {
        let estate = try makeEstate(try rows(6))
        try estate.registerProduct("meter", by: ada, at: start)
        for number in ["2026-001", "2026-002"] {
            let opened = try estate.openCase(
                CaseRequest(
                    kind: .vulnerability, title: "Radio", products: [AffectedProduct(product: "meter")],
                    signal: CaseSignal(receivedAt: start.date, source: "CISA KEV", text: "Exploited."), owner: "Ada"), by: ada,
                at: start)
            #expect(opened == number)
            try estate.act(in: number, .startAssessment, by: ada, at: start)
            try estate.act(
                in: number, .declareAware(decision: AwareDecision(since: start.date, evidence: "Logs.")), by: ada, at: start)
        }
        _ = try estate.database.write { try $0.execute(damage) }
        return estate
    }

    @Test(
        "is named with what is wrong, in every list; the others are there",
        arguments: [
            ("UPDATE case_action SET body = '{\"step\": ' WHERE file = 1 AND number = 1", "Action 1 of its history"),
            ("UPDATE case_action SET body = '' WHERE file = 1 AND number = 0", "Action 0 of its history"),
            ("UPDATE case_action SET body = x'00FF' WHERE file = 1 AND number = 2", "Action 2 of its history"),
            ("DELETE FROM case_action WHERE file = 1 AND number = 1", "Action 1 of its history is not there"),
            ("DELETE FROM case_action WHERE file = 1", "does not make a case"),
            (
                "UPDATE case_action SET body = (SELECT body FROM case_action WHERE file = 2 AND number = 0) WHERE file = 1 AND number = 0",
                "that of case 2026-002"
            ),
        ])
    func listed(damage: String, problem: String) throws {
        let estate = try estate(damage)
        for open in [true, nil] {
            let list = try estate.caseList(open: open)
            #expect(list.files.map(\.identifier) == ["2026-002"])
            #expect(list.unreadable.map(\.number) == ["2026-001"] && list.unreadable[0].products == ["meter"])
            #expect(list.unreadable[0].problem.contains(problem), "\(list.unreadable[0].problem)")
            #expect(list.unreadable[0].remedy.contains("backup"))
        }
        #expect(try estate.caseList(open: false).unreadable.count == 1)
        #expect(try estate.cases().count == 1)
        let broken = try #require(try estate.caseList().unreadable.first)
        #expect(throws: CaseFileError.unreadable(broken)) { try estate.caseFile("2026-001") }
        #expect(throws: CaseFileError.unreadable(broken)) { try estate.act(in: "2026-001", .note(text: "x"), by: ada, at: start) }
        #expect(try estate.caseFile("2026-002")?.case.history.count == 3)
    }

    @Test("alerts, sampling, new cases and the evidence of its product go on")
    func goesOn() throws {
        let estate = try estate("UPDATE case_action SET body = 'x' WHERE file = 1 AND number = 2")
        let found = try estate.caseAlerts(at: start.adding(seconds: 3_600))
        #expect(found.alerts.count == 1 && found.unreadable.map(\.number) == ["2026-001"])
        guard case .deadline(let alert)? = found.alerts.first else { throw EstateError.contradiction(detail: "no deadline") }
        #expect(alert.case == "2026-002" && alert.stage == .earlyWarning)
        try estate.tick(at: start.adding(seconds: 7_200))
        let reach = try #require(try estate.caseFile("2026-002")?.reach.first)
        #expect(try !estate.reachHours(of: reach.snapshot).isEmpty)
        let next = try estate.openCase(
            CaseRequest(
                kind: .incident, title: "Next", products: [AffectedProduct(product: "meter")],
                signal: CaseSignal(receivedAt: start.date, source: "a call", text: "text"), owner: "Ada"), by: ada, at: start)
        #expect(next == "2026-003")
        let figures = try estate.evidence(of: "meter", at: start).filter { $0.kind == .cases }.map(\.figure)
        #expect(figures == ["2 cases, 2 open; 0 on paper as drills; 1 that cannot be read"])
    }

    @Test("a draft that cannot be read leaves its case with its clocks, and gives place to the next")
    func draft() throws {
        let estate = try estate("UPDATE case_file SET owner = 'Ada'")
        let file = try #require(try estate.caseFile("2026-001"))
        try estate.saveDraft(ReportDraft(kind: .vulnerability, stage: .earlyWarning), of: "2026-001", by: ada, at: start)
        _ = try estate.database.write { try $0.execute("UPDATE case_draft SET body = '[]'") }
        let broken = try #require(try estate.caseFile("2026-001"))
        #expect(broken.unreadableDrafts == [ReportStage.earlyWarning.title] && broken.drafts.isEmpty)
        #expect(broken.case.openClocks.count == file.case.openClocks.count)
        try estate.saveDraft(ReportDraft(kind: .vulnerability, stage: .earlyWarning), of: "2026-001", by: ada, at: start)
        #expect(try estate.caseFile("2026-001")?.unreadableDrafts.isEmpty == true)
    }
}
