import Foundation

/// What follows from a case's history.
public struct CaseState: Hashable, Sendable {
    /// A request of the CSIRT with its answer.
    public struct Request: Hashable, Sendable {
        public var request: CSIRTRequest
        public internal(set) var answeredAt: Date?
        public internal(set) var reference: String?
    }

    public internal(set) var phase = CasePhase.signalled
    public internal(set) var signals: [CaseSignal]
    /// The decision that stands, with its moment as last corrected.
    public internal(set) var aware: AwareDecision?
    /// Who decided.
    public internal(set) var decidedBy: String?
    /// What the decision that it is not a case rested on.
    public internal(set) var noCase: String?
    public internal(set) var measureAvailableAt: Date?
    public internal(set) var submissions: [ReportStage: CaseSubmission] = [:]
    public internal(set) var requests: [Request] = []
    public internal(set) var notices: [UserNotice] = []
    public internal(set) var country: String?
    /// Who asked for the closing, while that stands. Anything but a note withdraws it: the second person confirms what the first saw.
    public internal(set) var closingAskedBy: String?
    /// The stages that were still owed when the case was closed.
    public internal(set) var left: [ReportStage] = []
    public internal(set) var remarks: [CaseRemark] = []
    /// The latest time of an entry: what counts as now for what actions state.
    var latest: Date

    init(_ opening: CaseOpening, _ action: CaseAction) throws(CaseError) {
        signals = [opening.signal]
        country = opening.country
        latest = action.at
        try CaseChecks.author(action)
        try CaseChecks.opening(opening)
        try CaseChecks.signal(opening.signal, latest)
    }

    /// When the first signal came in.
    public var firstSignal: Date { signals.map(\.receivedAt).min() ?? latest }

    /// How a stage was fulfilled: by its own submission, or by an earlier one that covers it.
    public func fulfilment(of stage: ReportStage) -> CaseSubmission? {
        submissions[stage] ?? submissions.values.filter { $0.covers.contains(stage) }.min { $0.stage < $1.stage }
    }

    mutating func take(_ action: CaseAction, number: Int, in opening: CaseOpening) throws(CaseError) {
        try CaseChecks.author(action)
        if action.at < latest {
            remarks.append(
                CaseRemark(
                    action: number,
                    text: "Entered at \(LocalClock.utcText(action.at)), before its predecessor: the server's clock was set back."))
        }
        latest = max(latest, action.at)
        let asked = closingAskedBy
        closingAskedBy = nil
        switch action.step {
        case .open: throw .alreadyOpened
        case .logSignal(let signal):
            try refuse("log a signal", in: [.closed], "reopen it first, with a reason")
            try CaseChecks.signal(signal, latest)
            signals.append(signal)
        case .startAssessment:
            try need("start the assessment", [.signalled], "it has been started")
            phase = .assessing
        case .nameCoordinator(let country):
            try refuse("name the coordinator", in: [.closed], "reopen it first, with a reason")
            guard Coordinator.of(country) != nil else { throw .clock(.unknownCountry(country)) }
            self.country = country
        case .declareAware(let decision):
            try need(
                "decide that the manufacturer is aware", [.assessing], "the assessment comes first, and only one decision stands")
            try CaseChecks.reason(action)
            try CaseChecks.decision(decision, opening.kind, latest)
            try check(awareness: decision.since)
            aware = decision
            decidedBy = action.author
            noCase = nil
            phase = .aware
        case .declareNoCase(let evidence):
            try need("decide that it is not a case", [.assessing], "the assessment comes first, and only one decision stands")
            try CaseChecks.reason(action)
            try CaseChecks.text(evidence, .evidence)
            noCase = evidence
            decidedBy = action.author
            phase = .notACase
        case .correctAwareness(let since):
            try needAware("correct the moment of awareness")
            try CaseChecks.reason(action)
            try CaseChecks.past(since, .awareness, latest)
            try check(awareness: since)
            aware?.since = since
            try checkSubmissions(opening.kind)
        case .note(let text):
            try CaseChecks.text(text, .text)
            closingAskedBy = asked
        case .askToClose:
            try needDecided("ask for the closing")
            try CaseChecks.reason(action)
            guard opening.twoPersonClosing else { throw turn("ask for the closing", "one person closes this case: close it") }
            guard asked == nil else { throw turn("ask for the closing", "that was done: another person closes it") }
            closingAskedBy = action.author
        case .close(let leaving): try close(action, leaving, asked: asked, opening)
        case .reopen:
            try need("reopen it", [.closed, .notACase], "it is not closed")
            try CaseChecks.reason(action)
            phase = aware == nil ? .assessing : .aware
            left = []
        case .recordSubmission, .correctSubmission, .invalidateSubmission: try takeSubmission(action, opening.kind)
        case .recordMeasure, .correctMeasure: try takeMeasure(action, opening.kind)
        case .recordRequest, .answerRequest, .recordUserNotice: try takeContact(action)
        }
    }

    private mutating func close(_ action: CaseAction, _ leaving: [ReportStage], asked: String?, _ opening: CaseOpening)
        throws(CaseError)
    {
        try needDecided("close it")
        try CaseChecks.reason(action)
        if opening.twoPersonClosing {
            guard let asked else { throw turn("close it", "two persons close this case: one asks for the closing, another closes") }
            guard !CaseChecks.isSame(asked, action.author) else { throw .samePerson }
        }
        let outstanding = outstanding(in: opening)
        guard Set(leaving) == Set(outstanding), leaving.count == outstanding.count else { throw .outstanding(outstanding) }
        left = outstanding
        phase = .closed
    }

    /// What is still owed, in order.
    func outstanding(in opening: CaseOpening) -> [ReportStage] {
        guard phase == .aware else { return [] }
        var stages: [ReportStage] = []
        if (try? clock(opening).table().reportability.isReportable) != false {
            stages = ReportStage.reports.filter { fulfilment(of: $0) == nil }
            if notices.isEmpty { stages.append(.userNotice) }
        }
        if requests.contains(where: { $0.answeredAt == nil }) { stages.append(.intermediateReport) }
        return stages.sorted()
    }

    /// What the deadlines are computed from.
    func clock(_ opening: CaseOpening) -> ReportingClock {
        ReportingClock(
            kind: opening.kind, signalAt: firstSignal, awareAt: aware?.since, measureAvailableAt: measureAvailableAt,
            earlyWarningSubmittedAt: submissions[.earlyWarning]?.at, notificationSubmittedAt: fulfilment(of: .notification)?.at,
            zone: opening.zone, country: country, size: opening.size)
    }

    private func check(awareness: Date) throws(CaseError) {
        if awareness < firstSignal { throw .before(.awareness, than: .signal) }
    }

    // MARK: Turns

    func turn(_ action: String, _ why: String) -> CaseError { .outOfTurn(action, phase: phase, why: why) }

    func need(_ action: String, _ phases: Set<CasePhase>, _ why: String) throws(CaseError) {
        guard phases.contains(phase) else { throw turn(action, why) }
    }

    private func refuse(_ action: String, in phases: Set<CasePhase>, _ why: String) throws(CaseError) {
        guard !phases.contains(phase) else { throw turn(action, why) }
    }

    func needAware(_ action: String) throws(CaseError) {
        try need(
            action, [.aware], phase == .closed ? "reopen it first, with a reason" : "decide first that the manufacturer is aware")
    }

    private func needDecided(_ action: String) throws(CaseError) {
        try need(
            action, [.aware, .notACase], phase == .closed ? "that was done" : "decide first whether it is a case")
    }
}
