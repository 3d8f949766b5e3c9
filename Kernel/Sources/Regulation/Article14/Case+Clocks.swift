import Foundation

/// Something that is owed in a case and not done.
public struct CaseClock: Codable, Hashable, Sendable {
    public var stage: ReportStage
    /// The number of the CSIRT's request, for an intermediate report.
    public var request: Int?
    /// By the conservative reading; nil while the clock has not started, and where the law gives no number.
    public var due: Date?
    public var isProvisional: Bool
    /// The rule behind it, or what starts it.
    public var reason: Reason
    /// Of a case on paper.
    public var isDrill: Bool

    /// Past its limit. What has no limit is never overdue.
    public func isOverdue(at now: Date) -> Bool { due.map { now > $0 } ?? false }
}

/// Something that was owed and is done.
public struct CaseRecord: Codable, Hashable, Sendable {
    public var stage: ReportStage
    public var at: Date
    public var reference: String
    /// The submission that it was part of, when not its own.
    public var coveredBy: ReportStage?
    /// The conservative limit; nil where there was none.
    public var due: Date?
    public var isLate: Bool { due.map { at > $0 } ?? false }
    public var isDrill: Bool
}

extension Case {
    /// The deadlines by all three readings; nil while nobody is aware.
    public var deadlines: DeadlineTable? {
        guard state.aware != nil else { return nil }
        return try? state.clock(opening).table()
    }

    /// What is owed, by due date; what has none comes last. Empty unless the case is open.
    public var openClocks: [CaseClock] {
        guard phase == .aware, let table = deadlines else { return [] }
        var clocks: [CaseClock] = []
        for stage in state.outstanding(in: opening) {
            switch stage {
            case .earlyWarning, .notification, .finalReport:
                if let deadline = table[stage, .conservative] {
                    clocks.append(clock(stage, due: deadline.instant, deadline.rule, isProvisional: deadline.isProvisional))
                } else if let waiting = table.waiting.first(where: { $0.stage == stage }) {
                    clocks.append(clock(stage, due: nil, waiting.reason))
                }
            case .intermediateReport:
                for (index, request) in state.requests.enumerated() where request.answeredAt == nil {
                    clocks.append(clock(stage, due: request.request.dueAt, Self.asRequested, request: index + 1))
                }
            case .userNotice: clocks.append(clock(stage, due: nil, Self.withoutNumber))
            }
        }
        return clocks.sorted { left, right in
            switch (left.due, right.due) {
            case (let first?, let second?) where first != second: first < second
            case (_?, nil): true
            case (nil, _?): false
            default: (left.stage, left.request ?? 0) < (right.stage, right.request ?? 0)
            }
        }
    }

    /// What should have been done by now.
    public func overdue(at now: Date) -> [CaseClock] { openClocks.filter { $0.isOverdue(at: now) } }

    /// What is due next, overdue or not.
    public var nextDue: CaseClock? { openClocks.first { $0.due != nil } }

    /// What was submitted, with whether it was in time by the conservative reading.
    public var records: [CaseRecord] {
        let table = deadlines
        let reports = ReportStage.reports.compactMap { stage -> CaseRecord? in
            guard let submission = state.fulfilment(of: stage) else { return nil }
            return CaseRecord(
                stage: stage, at: submission.at, reference: submission.reference,
                coveredBy: submission.stage == stage ? nil : submission.stage, due: table?[stage, .conservative]?.instant,
                isDrill: isDrill)
        }
        let answers = state.requests.compactMap { request -> CaseRecord? in
            guard let at = request.answeredAt else { return nil }
            return CaseRecord(
                stage: .intermediateReport, at: at, reference: request.reference ?? "", coveredBy: nil, due: request.request.dueAt,
                isDrill: isDrill)
        }
        let notices = state.notices.map {
            CaseRecord(stage: .userNotice, at: $0.at, reference: $0.reference, coveredBy: nil, due: nil, isDrill: isDrill)
        }
        return reports + answers + notices
    }

    private func clock(_ stage: ReportStage, due: Date?, _ reason: Reason, isProvisional: Bool = false, request: Int? = nil)
        -> CaseClock
    {
        CaseClock(stage: stage, request: request, due: due, isProvisional: isProvisional, reason: reason, isDrill: isDrill)
    }

    private static let asRequested = Reason("The day that the CSIRT named.", [Citation("Art. 14(6)", .verified)])
    private static let withoutNumber = Reason(
        "Users are told after awareness; the text gives no number of hours. The CSIRT may tell them when the manufacturer does not do so in time.",
        [Citation("Art. 14(8)", .verified)])
}
