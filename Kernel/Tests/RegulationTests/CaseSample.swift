import Foundation
import Regulation

/// A case as tests open it: the signal on 3 November 2026 at 08:00 UTC, everything entered two months later unless said otherwise.
enum CaseSample {
    static let entered = instant("2027-01-04T09:00:00Z")

    static func instant(_ text: String) -> Date {
        (try? StatedInstant(text, in: LocalClock(zone: "UTC")).instant) ?? .distantPast
    }

    static func opening(_ kind: CaseKind = .vulnerability, drill: Bool = false, twoPersons: Bool = false) -> CaseOpening {
        CaseOpening(
            identifier: "2026-007", kind: kind, title: "Web server, remote code", products: [AffectedProduct(product: "router")],
            signal: CaseSignal(receivedAt: instant("2026-11-03T08:00:00Z"), source: "CISA KEV", text: "CVE-2026-1000 was added"),
            isDrill: drill, zone: "Europe/Berlin", country: "DE", twoPersonClosing: twoPersons)
    }

    static func act(_ step: CaseStep, _ author: String = "ana", at: Date = entered) -> CaseAction {
        CaseAction(at: at, author: author, reason: "because", step)
    }

    static func criteria(_ kind: CaseKind) -> [String] { kind == .incident ? ["SI-T1", "SI-5b"] : ["AEV-T1", "AEV-T2"] }

    static func aware(_ kind: CaseKind, _ since: String = "2026-11-03T10:00:00Z") -> CaseStep {
        .declareAware(decision: AwareDecision(since: instant(since), evidence: "logs of two customers", criteria: criteria(kind)))
    }

    static func submitted(_ stage: ReportStage, _ at: String, covers: [ReportStage] = []) -> CaseStep {
        .recordSubmission(submission: CaseSubmission(stage: stage, at: instant(at), reference: "SRP-1", covers: covers))
    }

    static func open(_ kind: CaseKind = .vulnerability, drill: Bool = false, twoPersons: Bool = false, _ steps: [CaseStep] = [])
        throws(CaseError) -> Case
    {
        var item = try Case(opening: act(.open(opening: opening(kind, drill: drill, twoPersons: twoPersons))))
        for step in steps { try item.apply(act(step)) }
        return item
    }

    static func awareCase(
        _ kind: CaseKind = .vulnerability, drill: Bool = false, twoPersons: Bool = false, _ steps: [CaseStep] = []
    )
        throws(CaseError) -> Case
    {
        try open(kind, drill: drill, twoPersons: twoPersons, [.startAssessment, aware(kind)] + steps)
    }

    static let notice = UserNotice(
        at: instant("2026-11-05T08:00:00Z"), audience: .impacted, channel: "e-mail", reference: "ADV-1", isMachineReadable: true)
    static let request = CSIRTRequest(
        requestedAt: instant("2026-11-06T08:00:00Z"), dueAt: instant("2026-11-10T12:00:00Z"), text: "How many are patched?")

    /// One action of every sort, and some twice with other contents.
    static func palette(_ kind: CaseKind) -> [(name: String, step: CaseStep)] {
        [
            ("open", .open(opening: opening(kind, drill: true))),
            ("signal", .logSignal(signal: opening(kind).signal)),
            ("assess", .startAssessment),
            ("coordinator", .nameCoordinator(country: "FR")),
            ("aware", aware(kind)),
            ("no case", .declareNoCase(evidence: "not in our build")),
            ("correct awareness", .correctAwareness(since: instant("2026-11-03T09:00:00Z"))),
            ("warn", submitted(.earlyWarning, "2026-11-04T08:00:00Z")),
            ("warn with all", submitted(.earlyWarning, "2026-11-04T08:00:00Z", covers: [.notification])),
            ("notify", submitted(.notification, "2026-11-05T08:00:00Z")),
            ("final", submitted(.finalReport, "2026-11-20T08:00:00Z")),
            (
                "correct submission",
                .correctSubmission(
                    submission: CaseSubmission(stage: .notification, at: instant("2026-11-05T09:00:00Z"), reference: "SRP-2"))
            ),
            ("invalidate", .invalidateSubmission(stage: .earlyWarning)),
            ("measure", .recordMeasure(availableAt: instant("2026-11-07T08:00:00Z"))),
            ("correct measure", .correctMeasure(availableAt: instant("2026-11-06T08:00:00Z"))),
            ("no measure", .correctMeasure(availableAt: nil)),
            ("request", .recordRequest(request: request)),
            ("answer", .answerRequest(number: 1, submittedAt: instant("2026-11-09T08:00:00Z"), reference: "SRP-3")),
            ("notice", .recordUserNotice(notice: notice)),
            ("note", .note(text: "called the CSIRT")),
            ("ask", .askToClose),
            ("close", .close(leaving: [])),
            ("close leaving all", .close(leaving: ReportStage.reports + [.userNotice])),
            ("reopen", .reopen),
        ]
    }
}
