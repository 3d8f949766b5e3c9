import Estate
import Foundation
import Regulation

/// The forms of a case's page: those that its phase lets one use, and what they ask for.
struct StepForms {
    let file: CaseFile
    let clock: LocalClock
    let now: UTCInstant

    var item: Case { file.case }
    var state: CaseState { file.case.state }

    /// What can be done now, what comes next first.
    var calls: [StepCall] { StepKind.allCases.flatMap(offered) }

    /// How many of ``calls`` move the case on; those after them correct or add.
    static func isNext(_ kind: StepKind) -> Bool {
        switch kind {
        case .startAssessment, .declareAware, .declareNoCase, .recordSubmission, .recordUserNotice, .recordMeasure, .answerRequest,
            .recordRequest, .askToClose, .close, .reopen:
            true
        case .logSignal, .nameCoordinator, .correctAwareness, .correctMeasure, .correctSubmission, .invalidateSubmission, .assign,
            .note:
            false
        }
    }

    private func offered(_ kind: StepKind) -> [StepCall] {
        let isAware = item.phase == .aware
        let isClosing = isAware || item.phase == .notACase
        let submitted = ReportStage.reports.filter { state.submissions[$0] != nil }
        let possible: Bool
        switch kind {
        case .startAssessment: possible = item.phase == .signalled
        case .declareAware, .declareNoCase: possible = item.phase == .assessing
        case .recordSubmission: possible = isAware && !unsubmitted.isEmpty
        case .recordUserNotice, .correctAwareness: possible = isAware
        case .recordMeasure: possible = isAware && item.kind == .vulnerability && state.measureAvailableAt == nil
        case .correctMeasure: possible = isAware && state.measureAvailableAt != nil
        case .recordRequest: possible = isAware && state.submissions[.earlyWarning] != nil
        case .answerRequest:
            guard isAware else { return [] }
            return state.requests.indices.filter { state.requests[$0].answeredAt == nil }.map {
                StepCall(kind: kind, target: String($0 + 1))
            }
        case .correctSubmission, .invalidateSubmission:
            return isAware ? submitted.map { StepCall(kind: kind, target: $0.rawValue) } : []
        case .askToClose: possible = isClosing && item.opening.twoPersonClosing && state.closingAskedBy == nil
        case .close: possible = isClosing && (!item.opening.twoPersonClosing || state.closingAskedBy != nil)
        case .reopen: possible = item.phase == .closed || item.phase == .notACase
        case .logSignal, .nameCoordinator: possible = item.phase != .closed
        case .assign, .note: possible = true
        }
        return possible ? [StepCall(kind: kind)] : []
    }

    var unsubmitted: [ReportStage] { ReportStage.reports.filter { state.fulfilment(of: $0) == nil } }

    // MARK: Forms

    /// The form of a call.
    func form(_ call: StepCall, seal: String) -> FormModel {
        let (title, button, about) = words(call)
        var form = FormModel(call.id, title, path: file.path, button: button, about: about, fields: fields(call))
        form.seal = seal
        form.hidden = [.init(name: "step", value: call.kind.rawValue), .init(name: "target", value: call.target)]
        if call.kind == .declareAware {
            let facts = Article14.facts
            form.reasons = [facts.awareness, facts.awarenessReading].map(ReasonModel.init)
            if let trigger = facts.trigger(of: item.kind) {
                form.reasons += (trigger.notTriggered + [trigger.note]).map(ReasonModel.init)
            }
        }
        return form
    }

    private func words(_ call: StepCall) -> (title: String, button: String, about: String?) {
        let stage = ReportStage(rawValue: call.target)?.title ?? "report"
        return switch call.kind {
        case .startAssessment:
            (
                "Start the assessment", "Start",
                "Somebody looks at it from now on. The law allows an immediate first assessment, and no more."
            )
        case .declareAware:
            (
                "Decide: the manufacturer is aware", "Declare aware and start the clocks",
                "Names the moment from which the clocks run. Tick what holds; of the tests all must."
            )
        case .declareNoCase:
            ("Decide: not a case", "Record the decision", "Kept with its reason and evidence, so that it can be shown.")
        case .recordSubmission:
            (
                item.isDrill ? "Record a submission on paper" : "Record a submission", "Record it",
                "Holdfast submits nothing. Submit on the single reporting platform, then write down here when, and what it gave back."
            )
        case .recordUserNotice: ("Record a notice to users", "Record it", "Art. 14(8): how users were told.")
        case .recordMeasure:
            (
                "Record that a measure is available", "Record it",
                "A corrective or mitigating measure; a workaround counts. Starts the 14 days of the final report."
            )
        case .answerRequest: ("Record the answer to request \(call.target) of the CSIRT", "Record it", nil)
        case .recordRequest: ("Record a request of the CSIRT", "Record it", "Art. 14(6): an intermediate report.")
        case .askToClose:
            ("Ask for the closing", "Ask", "Another person closes the case. Anything but a note withdraws what was asked.")
        case .close:
            (
                "Close the case", "Close it",
                state.closingAskedBy.map { "\($0) asked for the closing; another person confirms it." }
                    ?? "Tick what is left undone, and say why."
            )
        case .reopen: ("Reopen the case", "Reopen", nil)
        case .logSignal: ("Log a further signal", "Log it", nil)
        case .nameCoordinator:
            (
                "Name the coordinator", "Record it",
                "The Member State whose CSIRT the reports go to; the questions behind it are under Which CSIRT."
            )
        case .correctAwareness: ("Correct the moment of awareness", "Correct it", "The earlier one stays in the history.")
        case .correctMeasure: ("Correct the date of the measure", "Correct it", "Left empty: there is no measure yet after all.")
        case .correctSubmission: ("Correct the \(stage) that is recorded", "Correct it", nil)
        case .invalidateSubmission:
            ("The \(stage) does not count", "Take it back", "As after a wrong choice of the coordinator. The stage is owed again.")
        case .assign: ("Change who is on call", "Change it", nil)
        case .note: ("Write a note", "Keep it", nil)
        }
    }
}
