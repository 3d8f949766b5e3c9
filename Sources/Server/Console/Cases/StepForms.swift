import Estate
import Foundation
import Regulation

/// What can be done in a case on its page.
enum StepKind: String, CaseIterable, Sendable {
    case startAssessment, declareAware, declareNoCase, recordSubmission, recordUserNotice, recordMeasure, answerRequest,
        recordRequest
    case askToClose, close, reopen
    case logSignal, nameCoordinator, correctAwareness, correctMeasure, correctSubmission, invalidateSubmission, assign, note
}

/// One form of a case's page: what it does, and to what.
struct StepCall: Equatable, Sendable {
    var kind: StepKind
    /// The stage or the number of the CSIRT's request that it is about; empty where there is but one.
    var target = ""

    var id: String { target.isEmpty ? kind.rawValue : "\(kind.rawValue)-\(target)" }
}

/// The forms of a case's page: those that its phase lets one use, and what they ask for.
struct StepForms {
    let file: CaseFile
    let clock: LocalClock
    let now: UTCInstant

    private var item: Case { file.case }
    private var state: CaseState { file.case.state }

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

    private var unsubmitted: [ReportStage] { ReportStage.reports.filter { state.fulfilment(of: $0) == nil } }

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

    private func fields(_ call: StepCall) -> [FormModel.Field] {
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

extension StepForms {
    /// What a form says, as a step; nil for who is on call, which is no step of the case.
    func step(_ call: StepCall, _ form: RecordForm) throws(FormRefusal) -> CaseStep? {
        switch call.kind {
        case .startAssessment: return .startAssessment
        case .declareAware:
            let trigger = Article14.facts.trigger(of: item.kind)
            let criteria = ((trigger?.severity ?? []) + (trigger?.tests ?? [])).map(\.id).filter { form.has("criterion.\($0)") }
            return .declareAware(
                decision: AwareDecision(
                    since: try form.instant("since", in: clock), evidence: form["evidence"], criteria: criteria))
        case .declareNoCase: return .declareNoCase(evidence: form["evidence"])
        case .recordSubmission: return .recordSubmission(submission: try submission(form["stage"], form))
        case .correctSubmission: return .correctSubmission(submission: try submission(call.target, form))
        case .invalidateSubmission: return .invalidateSubmission(stage: try stage(call.target))
        case .recordUserNotice:
            guard let audience = UserNotice.Audience(rawValue: form["audience"]) else {
                throw FormRefusal("audience", "Choose who was told.")
            }
            return .recordUserNotice(
                notice: UserNotice(
                    at: try form.instant("at", in: clock), audience: audience, channel: form["channel"],
                    reference: form["reference"], isMachineReadable: form.has("machine")))
        case .recordMeasure: return .recordMeasure(availableAt: try form.instant("at", in: clock))
        case .correctMeasure:
            return .correctMeasure(availableAt: form["at"].isEmpty ? nil : try form.instant("at", in: clock))
        case .recordRequest:
            return .recordRequest(
                request: CSIRTRequest(
                    requestedAt: try form.instant("requested", in: clock), dueAt: try form.instant("due", in: clock),
                    text: form["text"]))
        case .answerRequest:
            guard let number = Int(call.target) else { throw FormRefusal(nil, CaseError.notRecorded(.request).description) }
            return .answerRequest(
                number: number, submittedAt: try form.instant("at", in: clock), reference: form["reference"])
        case .askToClose: return .askToClose
        case .close: return .close(leaving: ReportStage.allCases.filter { form.has("left.\($0.rawValue)") })
        case .reopen: return .reopen
        case .logSignal:
            return .logSignal(
                signal: CaseSignal(
                    receivedAt: try form.instant("received", in: clock), source: form["source"], text: form["text"]))
        case .nameCoordinator: return .nameCoordinator(country: form["country"])
        case .correctAwareness: return .correctAwareness(since: try form.instant("since", in: clock))
        case .note: return .note(text: form["text"])
        case .assign: return nil
        }
    }

    private func stage(_ text: String) throws(FormRefusal) -> ReportStage {
        guard let stage = ReportStage(rawValue: text) else { throw FormRefusal("stage", "Choose a stage from the list.") }
        return stage
    }

    private func submission(_ text: String, _ form: RecordForm) throws(FormRefusal) -> CaseSubmission {
        let stage = try stage(text)
        return CaseSubmission(
            stage: stage, at: try form.instant("at", in: clock), reference: form["reference"],
            covers: ReportStage.reports.filter { $0 > stage && form.has("covers.\($0.rawValue)") })
    }
}
