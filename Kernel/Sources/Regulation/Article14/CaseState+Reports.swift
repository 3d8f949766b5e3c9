import Foundation

// What is recorded while the clocks run.
extension CaseState {
    mutating func takeSubmission(_ action: CaseAction, _ kind: CaseKind) throws(CaseError) {
        try needAware("record a submission")
        switch action.step {
        case .recordSubmission(let submission):
            guard submissions[submission.stage] == nil, fulfilment(of: submission.stage) == nil else {
                throw .alreadyRecorded(.submission)
            }
            try CaseChecks.submission(submission, latest)
            submissions[submission.stage] = submission
        case .correctSubmission(let submission):
            try CaseChecks.reason(action)
            guard submissions[submission.stage] != nil else { throw .notRecorded(.submission) }
            try CaseChecks.submission(submission, latest)
            submissions[submission.stage] = submission
        case .invalidateSubmission(let stage):
            try CaseChecks.reason(action)
            guard submissions.removeValue(forKey: stage) != nil else { throw .notRecorded(.submission) }
        default: return
        }
        try checkSubmissions(kind)
    }

    mutating func takeMeasure(_ action: CaseAction, _ kind: CaseKind) throws(CaseError) {
        try needAware("record when a measure became available")
        guard kind == .vulnerability else { throw .clock(.measureOfIncident) }
        switch action.step {
        case .recordMeasure(let date):
            guard measureAvailableAt == nil else { throw .alreadyRecorded(.measure) }
            try CaseChecks.past(date, .measure, latest)
            measureAvailableAt = date
        case .correctMeasure(let date):
            try CaseChecks.reason(action)
            guard measureAvailableAt != nil else { throw .notRecorded(.measure) }
            if let date { try CaseChecks.past(date, .measure, latest) }
            measureAvailableAt = date
        default: return
        }
        try checkSubmissions(kind)
    }

    mutating func takeContact(_ action: CaseAction) throws(CaseError) {
        switch action.step {
        case .recordRequest(let request):
            try needAware("record a request of the CSIRT")
            guard requests.count < Case.Limits.requests else { throw .tooMany(.requests, limit: Case.Limits.requests) }
            try CaseChecks.text(request.text, .text)
            try CaseChecks.past(request.requestedAt, .requested, latest)
            try CaseChecks.range(request.dueAt, .due)
            guard let warning = submissions[.earlyWarning] else {
                throw .stageBefore(.intermediateReport, missing: .earlyWarning)
            }
            if request.requestedAt < warning.at { throw .before(.requested, than: .submission) }
            if request.dueAt < request.requestedAt { throw .before(.due, than: .requested) }
            requests.append(Request(request: request))
        case .answerRequest(let number, let date, let reference):
            try needAware("answer the CSIRT")
            guard number >= 1, number <= requests.count else { throw .notRecorded(.request) }
            let index = number - 1
            guard requests[index].answeredAt == nil else { throw .alreadyRecorded(.submission) }
            try CaseChecks.line(reference, .reference)
            try CaseChecks.past(date, .submission, latest)
            if date < requests[index].request.requestedAt { throw .before(.submission, than: .requested) }
            requests[index].answeredAt = date
            requests[index].reference = reference
        case .recordUserNotice(let notice):
            try needAware("record a notice to users")
            try CaseChecks.line(notice.channel, .channel)
            try CaseChecks.line(notice.reference, .reference)
            try CaseChecks.past(notice.at, .notice, latest)
            if let aware, notice.at < aware.since { throw .before(.notice, than: .awareness) }
            notices.append(notice)
        default: return
        }
    }

    /// Whether the submissions as a whole could have happened, whatever was just changed.
    func checkSubmissions(_ kind: CaseKind) throws(CaseError) {
        var previous: CaseSubmission?
        for (index, stage) in ReportStage.reports.enumerated() {
            let covering = submissions.values.first { $0.covers.contains(stage) }
            guard let submission = submissions[stage] ?? covering else {
                // A stage that is missing must not have a successor.
                for later in ReportStage.reports[(index + 1)...] where fulfilment(of: later) != nil {
                    throw .stageBefore(later, missing: stage)
                }
                return
            }
            if covering != nil, submissions[stage] != nil { throw .alreadyRecorded(.submission) }
            if let aware, submission.at < aware.since { throw .before(.submission, than: .awareness) }
            if let previous, submission.at < previous.at { throw .stagesOutOfOrder(stage, before: previous.stage) }
            if stage == .finalReport, kind == .vulnerability {
                guard let measureAvailableAt else { throw .notRecorded(.measure) }
                if submission.at < measureAvailableAt { throw .before(.submission, than: .measure) }
            }
            previous = submission
        }
    }
}
