import Estate
import Foundation
import Regulation

extension ReportModel {
    /// Cases with their clocks, or drills.
    struct CasePart {
        struct Clock {
            var stage: String
            var due: String
            var done: String
            /// "in time", "late", "overdue", "owed", "no limit in hours", "no limit computed".
            var state: String
            var reference: String
            var reason: ReasonModel
        }

        struct Reach {
            var at: String
            var units: String
            var heard24: String
            var heard72: String
            var onBackup: String
        }

        struct Entry {
            var at: String
            var author: String
            var what: String
            var reason: String
        }

        struct File {
            var identifier: String
            var title: String
            var kind: String
            var phase: String
            var signal: String
            var aware: String?
            var decidedBy: String?
            var owner: String
            var deputy: String?
            var clocks: [Clock]
            var reach: [Reach]
            var history: [Entry]
            var moreHistory: String?
            var later: String?
            var remarks: [String]
        }

        var files: [File]

        init(_ cases: [EvidenceCase], until: UTCInstant) { files = cases.map { Self.file($0, until) } }

        private static func file(_ found: EvidenceCase, _ until: UTCInstant) -> File {
            let file = found.file
            let state = file.case.state
            let signal = state.signals.min { $0.receivedAt < $1.receivedAt }
            let history = file.case.history
            return File(
                identifier: file.identifier, title: file.case.opening.title,
                kind: file.case.kind == .vulnerability ? "actively exploited vulnerability" : "severe incident",
                phase: file.case.phase.title, signal: signal.map { "\(ReportModel.time($0.receivedAt)) UTC, \($0.source)" } ?? "",
                aware: state.aware.map { "\(ReportModel.time($0.since)) UTC" }, decidedBy: state.decidedBy, owner: file.owner,
                deputy: file.deputy.isEmpty ? nil : file.deputy, clocks: clocks(file.case, until),
                reach: found.snapshots.map { snapshot in
                    Reach(
                        at: ReportModel.time(snapshot.at), units: Words.grouped(snapshot.summary.units),
                        heard24: Words.grouped(snapshot.summary.heard24), heard72: Words.grouped(snapshot.summary.heard72),
                        onBackup: Words.grouped(snapshot.summary.onBackup))
                },
                history: history.prefix(Limit.history).map {
                    Entry(at: ReportModel.time($0.at), author: $0.author, what: name(of: $0.step), reason: $0.reason)
                }, moreHistory: history.count > Limit.history ? Words.grouped(history.count - Limit.history) : nil,
                later: found.laterEntries > 0 ? Words.count(found.laterEntries, "entry", "entries") : nil,
                remarks: state.remarks.map(\.text))
        }

        private static func clocks(_ file: Case, _ until: UTCInstant) -> [Clock] {
            let table = file.deadlines
            let done = file.records.map { record in
                let rule = table?[record.stage, .conservative]?.rule
                return Clock(
                    stage: record.stage.title, due: record.due.map { "\(ReportModel.time($0)) UTC" } ?? "–",
                    done: "\(ReportModel.time(record.at)) UTC",
                    state: record.due == nil
                        ? (record.stage == .userNotice ? "no limit in hours" : "no limit computed")
                        : record.isLate ? "late" : "in time",
                    reference: record.reference, reason: ReasonModel(rule ?? Reason("", [])))
            }
            let owed = file.openClocks.map { clock in
                Clock(
                    stage: clock.stage.title, due: clock.due.map { "\(ReportModel.time($0)) UTC" } ?? "–", done: "–",
                    state: clock.isOverdue(at: until.date) ? "overdue" : "owed", reference: "", reason: ReasonModel(clock.reason))
            }
            return done + owed
        }

        private static func name(of step: CaseStep) -> String {
            switch step {
            case .open: "opened, with its first signal"
            case .logSignal(let signal): "a further signal: \(signal.source)"
            case .startAssessment: "assessment started"
            case .nameCoordinator(let country): "coordinator named: \(country)"
            case .declareAware(let decision): "decided: aware since \(ReportModel.time(decision.since)) UTC"
            case .declareNoCase: "decided: not a case"
            case .correctAwareness(let since): "awareness corrected to \(ReportModel.time(since)) UTC"
            case .recordSubmission(let submission): "\(submission.stage.title) submitted: \(submission.reference)"
            case .correctSubmission(let submission): "\(submission.stage.title) corrected: \(submission.reference)"
            case .invalidateSubmission(let stage): "\(stage.title) does not count"
            case .recordMeasure(let date): "a measure available since \(ReportModel.time(date)) UTC"
            case .correctMeasure(let date):
                date.map { "measure corrected to \(ReportModel.time($0)) UTC" } ?? "corrected: no measure yet"
            case .recordRequest: "the CSIRT asked for an intermediate report"
            case .answerRequest(let number, _, let reference): "request \(number) answered: \(reference)"
            case .recordUserNotice(let notice): "users told through \(notice.channel): \(notice.reference)"
            case .note: "a note"
            case .askToClose: "closing asked for"
            case .close(let leaving):
                leaving.isEmpty ? "closed" : "closed, leaving: \(leaving.map(\.title).joined(separator: ", "))"
            case .reopen: "opened again"
            }
        }
    }

    /// The product's rows of the risk register.
    struct RiskPart {
        struct Row {
            var subject: String
            var units: String
            var alternative: String
            var evidence: [String]
            var status: String
            var owner: String?
            var due: String?
            var review: String?
            var overdue: Bool
            var last: String
        }

        var rows: [Row]

        init(_ record: EvidenceRecord) {
            rows = record.risks.map { risk in
                let found = risk.dependence
                return Row(
                    subject: found.subject, units: "\(Words.grouped(found.units)) of \(Words.grouped(found.of))",
                    alternative: Words.grouped(found.unitsWithAlternative), evidence: found.evidence,
                    status: Self.name(of: risk), owner: risk.owner, due: risk.due?.description, review: risk.review?.description,
                    overdue: risk.isOverdue(on: record.period.to),
                    last: risk.history.last.map { "\($0.day), \($0.who): \($0.what). \($0.reason)" } ?? "")
            }
        }

        private static func name(of risk: Risk) -> String {
            let treatment = risk.treatment.map { " (\($0.rawValue))" } ?? ""
            let word =
                switch risk.status {
                case .open: "open"
                case .inTreatment: "in treatment"
                case .accepted: "accepted"
                case .closed: "closed"
                }
            return word + treatment + (risk.present ? "" : ", no longer found")
        }
    }

    /// Annex I, point by point.
    struct AnnexPart {
        struct Held {
            var kind: String
            var shows: String
            var figure: String?
            var age: String?
        }

        struct Row {
            var ref: String
            var title: String
            var requirement: String
            var mark: String
            var weak: Bool
            var answer: String
            var statement: String?
            var who: String?
            var held: [Held]
            var cannotShow: String
            var responsibility: String
        }

        var rows: [Row]
        var notes: [ReasonModel]
        var checked: String

        init(_ table: AnnexITable, _ record: EvidenceRecord) {
            notes = table.notes.map(ReasonModel.init)
            checked = table.asOf.description
            rows = table.rows.map { row in
                let answer: String
                switch row.statement?.applicability {
                case .applicable?: answer = "applies"
                case .notApplicable(let justification)?: answer = "does not apply: \(justification)"
                case nil: answer = "not stated yet"
                }
                return Row(
                    ref: row.point.ref, title: row.point.title, requirement: row.point.requirement,
                    mark: ReportModel.name(of: row.mark), weak: row.mark != .verified, answer: answer,
                    statement: row.statement.flatMap { $0.statement.isEmpty ? nil : $0.statement },
                    who: row.statement.map { "\($0.who), \(ReportModel.time($0.when)) UTC" },
                    held: row.evidence.map { line in
                        Held(
                            kind: line.kind.rawValue.replacing("-", with: " "), shows: line.shows, figure: line.held?.figure,
                            age: line.held?.age.map { Words.age(seconds: Int64($0)) })
                    }, cannotShow: row.point.cannotShow, responsibility: row.point.responsibility)
            }
        }
    }

    /// What nobody should read into the report.
    static let notShown = [
        "That the product meets the Regulation. It shows what was recorded, and which facts were missing. Conformity is the manufacturer's to assess and to declare.",
        "That what was recorded is true. Answers, statements and submissions are those of the named persons; nothing here was checked with an authority or on the platform.",
        "What happened in hours that were not sampled. An hour without a sample is no evidence of silence, and none of reach.",
        "That a unit which was heard could have been updated or controlled. A proof shows that one small message of its SIM card went through a network and was answered.",
        "That a unit which was not heard was out of order. It may have been without power, out of coverage, in stock or taken out of use.",
        "What an operator's network did. Outages are inferred from what many of the estate's own cards did; their beginnings are estimates, and the operator was not asked.",
        "Where units were. Areas and countries are those of the inventory.",
        "Reach in the past for another set of units. The hours were counted over the units that the product had in the inventory then; units, firmware, policies and proofs are as they stood when the pack was built, and no history of them is kept.",
        "Software, vulnerabilities and updates inside the device, beyond the firmware version that the inventory names.",
        "That nothing is missing from the ledger before its first signed head, or that the one who holds the database and the private key did not write another ledger. A head that was kept elsewhere shows that.",
        "Interpretation of the law. Marks say how well each rule is known; what is marked as our reading binds nobody.",
    ]
}
