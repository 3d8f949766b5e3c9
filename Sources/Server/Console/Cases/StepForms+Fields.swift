import Foundation
import Regulation

/// What each form asks for.
extension StepForms {
    private var timeHint: String {
        let shown = clock.text(now.date)
        return "Local time in \(clock.zone), 2026-10-06T14:20, or with its offset. Now it is \(shown)."
    }

    private func time(_ name: String, _ label: String, _ subject: CaseField, _ value: Date? = nil) -> FormModel.Field {
        .line(name, label, subject, value: value.map(clock.text) ?? "", hint: timeHint)
    }

    private func reason(_ label: String = "Why", optional: Bool = false) -> FormModel.Field {
        .text("reason", label, .reason, hint: optional ? "May stay empty." : nil)
    }

    func fields(_ call: StepCall) -> [FormModel.Field] {
        switch call.kind {
        case .startAssessment: return [reason(optional: true)]
        case .declareAware:
            let trigger = Article14.facts.trigger(of: item.kind)
            func box(_ criterion: Article14.Criterion) -> FormModel.Field {
                .check(
                    "criterion.\(criterion.id)", criterion.text, .criteria, reason: ReasonModel(criterion.id, criterion.citations))
            }
            return [time("since", "Aware since", .awareness)] + (trigger?.severity ?? []).map(box) + (trigger?.tests ?? []).map(box)
                + [
                    .text("evidence", "Evidence: what it rests on", .evidence),
                    reason("Reason: why this is certain enough, and from when"),
                ]
        case .declareNoCase: return [.text("evidence", "Evidence", .evidence), reason("Reason: why this is not a case")]
        case .recordSubmission:
            let stages = unsubmitted
            return [
                .choice(
                    "stage", "What went in",
                    stages.enumerated().map { .init(value: $0.element.rawValue, label: $0.element.title, selected: $0.offset == 0) }
                ),
                time("at", "Submitted at", .submission),
                .line("reference", "Reference that the platform gave", .reference),
            ] + covers(of: stages.first, nil) + [reason(optional: true)]
        case .correctSubmission:
            let submission = ReportStage(rawValue: call.target).flatMap { state.submissions[$0] }
            return [
                time("at", "Submitted at", .submission, submission?.at),
                .line("reference", "Reference that the platform gave", .reference, value: submission?.reference ?? ""),
            ] + covers(of: submission?.stage, submission) + [reason()]
        case .invalidateSubmission, .askToClose, .reopen: return [reason()]
        case .recordUserNotice:
            return [
                time("at", "Told at", .notice),
                .choice(
                    "audience", "Whom",
                    [.init(value: "impacted", label: "the users concerned"), .init(value: "all", label: "all users")]),
                .line("channel", "How", .channel, hint: "E-mail, console, advisory page."),
                .line("reference", "Where it can be read", .reference),
                .check("machine", "Also in a form that machines read, such as CSAF"), reason(optional: true),
            ]
        case .recordMeasure: return [time("at", "Available since", .measure), reason(optional: true)]
        case .correctMeasure: return [time("at", "Available since", .measure, state.measureAvailableAt), reason()]
        case .recordRequest:
            return [
                time("requested", "Asked at", .requested), time("due", "Wanted by", .due), .text("text", "What was asked", .text),
                reason(optional: true),
            ]
        case .answerRequest:
            return [
                time("at", "Answered at", .submission), .line("reference", "Reference", .reference), reason(optional: true),
            ]
        case .close:
            return file.owed.map { .check("left.\($0.rawValue)", "Left undone: the \($0.title)") } + [reason()]
        case .logSignal:
            return [
                time("received", "Came in at", .signal), .line("source", "From where", .source),
                .text("text", "What it says", .text),
                reason(optional: true),
            ]
        case .nameCoordinator:
            return [.choice("country", "Member State", Console.memberStates(selected: state.country)), reason(optional: true)]
        case .correctAwareness: return [time("since", "Aware since", .awareness, state.aware?.since), reason()]
        case .assign:
            return [
                .line("owner", "On call", value: file.owner), .line("deputy", "Deputy", value: file.deputy), reason(optional: true),
            ]
        case .note: return [.text("text", "Note", .text), reason(optional: true)]
        }
    }

    /// Later stages that a report can have held already.
    private func covers(of stage: ReportStage?, _ submission: CaseSubmission?) -> [FormModel.Field] {
        guard let stage else { return [] }
        return ReportStage.reports.filter { $0 > stage }.map {
            .check(
                "covers.\($0.rawValue)", "It already held everything that the \($0.title) asks for", .submission,
                checked: submission?.covers.contains($0) ?? false)
        }
    }
}
