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
