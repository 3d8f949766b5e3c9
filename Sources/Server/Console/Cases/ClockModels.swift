import Estate
import Foundation
import Regulation

/// The clock of one stage as the case's page shows it.
struct ClockModel: Sendable {
    struct Bound: Sendable {
        var reading: String
        var at: StampModel
        /// The period ends just before it.
        var isExclusive: Bool
        var rule: ReasonModel
    }

    struct Note: Sendable {
        var mark: String?
        var reason: ReasonModel
    }

    var name: String
    var draft: String?
    /// The conservative limit.
    var limit: StampModel?
    var due: DueModel?
    var isProvisional = false
    var literal: StampModel?
    var isFineExcluded = false
    var rule: ReasonModel?
    /// What starts it, while it does not run.
    var waiting: ReasonModel?
    var record: RecordModel?
    /// The case was closed without it.
    var wasLeft = false
    /// For information.
    var bounds: [Bound] = []
    var hasBounds = false
    var notes: [Note] = []

    /// All clocks of a case: the three reports, then what the CSIRT asked for, then the users.
    static func all(of file: CaseFile, clock: LocalClock, at now: UTCInstant) -> [ClockModel] {
        let item = file.case
        guard let table = item.deadlines, table.reportability.isReportable else { return others(file, clock, now) }
        let open = item.openClocks
        let records = item.records
        let reports = ReportStage.reports.map { stage in
            var model = ClockModel(name: stage.title, draft: "\(file.path)/reports/\(stage.rawValue)")
            if let deadline = table[stage, .conservative] {
                model.limit = StampModel(deadline.instant, in: clock)
                model.isProvisional = deadline.isProvisional
                model.literal = deadline.literal.map { StampModel($0, in: clock) }
                model.isFineExcluded = deadline.isFineExcluded
                model.rule = ReasonModel(deadline.rule)
                model.notes = deadline.notes.map { Note(mark: $0.identifier, reason: ReasonModel($0.reason)) }
            }
            if let owed = open.first(where: { $0.stage == stage }) { model.due = owed.due.map { DueModel($0, at: now) } }
            model.waiting = table.waiting.first { $0.stage == stage }.map { ReasonModel($0.reason) }
            model.record = records.first { $0.stage == stage }.map { RecordModel($0, in: clock) }
            model.wasLeft = item.phase == .closed && item.state.left.contains(stage)
            model.bounds = [Reading.formal, .platform].compactMap { reading in
                table[stage, reading].map {
                    Bound(
                        reading: reading.words, at: StampModel($0.instant, in: clock), isExclusive: $0.isExclusive,
                        rule: ReasonModel($0.rule))
                }
            }
            model.hasBounds = !model.bounds.isEmpty
            return model
        }
        return reports + others(file, clock, now)
    }

    private static func others(_ file: CaseFile, _ clock: LocalClock, _ now: UTCInstant) -> [ClockModel] {
        let item = file.case
        let open = item.openClocks
        var models: [ClockModel] = []
        // The records have the requests that were answered, in the order of the requests.
        var answers = item.records.filter { $0.stage == .intermediateReport }.makeIterator()
        for (index, request) in item.state.requests.enumerated() {
            var model = ClockModel(
                name: "\(ReportStage.intermediateReport.title) \(index + 1)",
                draft: "\(file.path)/reports/\(ReportStage.intermediateReport.rawValue)")
            model.limit = StampModel(request.request.dueAt, in: clock)
            if request.answeredAt != nil { model.record = answers.next().map { RecordModel($0, in: clock) } }
            if let owed = open.first(where: { $0.stage == .intermediateReport && $0.request == index + 1 }) {
                model.due = owed.due.map { DueModel($0, at: now) }
                model.rule = ReasonModel(owed.reason)
            }
            model.wasLeft = item.phase == .closed && request.answeredAt == nil
            models.append(model)
        }
        guard item.state.aware != nil else { return models }
        var users = ClockModel(
            name: ReportStage.userNotice.title, draft: "\(file.path)/reports/\(ReportStage.userNotice.rawValue)")
        users.waiting = open.first { $0.stage == .userNotice }.map { ReasonModel($0.reason) }
        users.record = item.records.last { $0.stage == .userNotice }.map { RecordModel($0, in: clock) }
        users.wasLeft = item.phase == .closed && item.state.left.contains(.userNotice)
        if users.waiting != nil || users.record != nil || users.wasLeft { models.append(users) }
        return models
    }
}

/// An action of a case's history.
struct ActionModel: Sendable {
    struct Line: Sendable {
        var label: String
        var text: String
    }

    var number: Int
    var at: StampModel
    var author: String
    var title: String
    var why: String?
    var lines: [Line]
    var remarks: [String]

    init(_ action: CaseAction, number: Int, remarks: [CaseRemark], in clock: LocalClock) {
        self.number = number
        at = StampModel(action.at, in: clock)
        author = action.author
        why = action.reason.isEmpty ? nil : action.reason
        self.remarks = remarks.filter { $0.action == number }.map(\.text)
        let (title, lines) = Self.words(action.step, clock)
        self.title = title
        self.lines = lines.map { Line(label: $0.0, text: $0.1) }
    }

    private static func words(_ step: CaseStep, _ clock: LocalClock) -> (String, [(String, String)]) {
        func time(_ date: Date) -> String {
            let stamp = StampModel(date, in: clock)
            return stamp.utc.map { "\(stamp.local) · \($0)" } ?? stamp.local
        }
        func lines(_ signal: CaseSignal) -> [(String, String)] {
            [("received", time(signal.receivedAt)), ("source", signal.source), ("text", signal.text)]
        }
        func lines(_ submission: CaseSubmission) -> [(String, String)] {
            [("submitted", time(submission.at)), ("reference", submission.reference)]
                + (submission.covers.isEmpty ? [] : [("also held", submission.covers.map(\.title).joined(separator: ", "))])
        }
        switch step {
        case .open(let opening): return ("opened the case", lines(opening.signal))
        case .logSignal(let signal): return ("logged a further signal", lines(signal))
        case .startAssessment: return ("started the assessment", [])
        case .nameCoordinator(let country):
            return ("named the coordinator", [("coordinator", "\(country), \(Coordinator.of(country)?.csirt ?? "–")")])
        case .declareAware(let decision):
            return (
                "decided: the manufacturer is aware",
                [("since", time(decision.since)), ("evidence", decision.evidence)]
                    + (decision.criteria.isEmpty ? [] : [("criteria", decision.criteria.joined(separator: ", "))])
            )
        case .declareNoCase(let evidence): return ("decided: not a case", [("evidence", evidence)])
        case .correctAwareness(let since): return ("corrected the moment of awareness", [("since", time(since))])
        case .recordSubmission(let submission): return ("recorded the \(submission.stage.title) as submitted", lines(submission))
        case .correctSubmission(let submission): return ("corrected the \(submission.stage.title)", lines(submission))
        case .invalidateSubmission(let stage): return ("the \(stage.title) does not count", [])
        case .recordMeasure(let date): return ("recorded that a measure is available", [("since", time(date))])
        case .correctMeasure(let date):
            return ("corrected the date of the measure", [("since", date.map(time) ?? "there is none yet")])
        case .recordRequest(let request):
            return (
                "recorded a request of the CSIRT",
                [("asked", time(request.requestedAt)), ("wanted by", time(request.dueAt)), ("text", request.text)]
            )
        case .answerRequest(let number, let date, let reference):
            return ("recorded the answer to request \(number)", [("answered", time(date)), ("reference", reference)])
        case .recordUserNotice(let notice):
            return (
                "recorded a notice to users",
                [
                    ("told", time(notice.at)), ("whom", notice.audience == .all ? "all users" : "the users concerned"),
                    ("how", notice.channel), ("where", notice.reference), ("for machines", notice.isMachineReadable ? "yes" : "no"),
                ]
            )
        case .note(let text): return ("wrote a note", [("note", text)])
        case .askToClose: return ("asked for the closing", [])
        case .close(let leaving):
            return ("closed the case", leaving.isEmpty ? [] : [("left", leaving.map(\.title).joined(separator: ", "))])
        case .reopen: return ("reopened the case", [])
        }
    }
}
