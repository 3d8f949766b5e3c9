import Foundation
import Regulation

/// What a form says, as a step of the case.
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
