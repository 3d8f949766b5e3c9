import Evidence
import Foundation
import Regulation
import Storage

/// A deadline of which somebody has to be told.
public struct DeadlineAlert: Equatable, Codable, Sendable {
    public var `case`: String
    public var title: String
    public var isDrill: Bool
    public var owner: String
    public var deputy: String
    public var stage: ReportStage
    /// The number of the CSIRT's request, for an intermediate report.
    public var request: Int?
    public var due: UTCInstant
    /// Hours before the deadline for which it is; zero when it has passed.
    public var hours: Int

    /// One line for people.
    public var text: String {
        let what = "\(isDrill ? "DRILL " : "")Case \(`case`), \(title): the \(stage.title)"
        return hours == 0
            ? "\(what) is overdue since \(due.iso8601)." : "\(what) is due in less than \(hours) h, at \(due.iso8601)."
    }

    /// Under which it is kept: two requests for intermediate reports are two deadlines, even on one day.
    var key: String { request.map { "\(stage.rawValue)-\($0)" } ?? stage.rawValue }
}

extension EstateService {
    /// Hours before a deadline at which its owner is told, and zero for when it has passed. Our choice: the law says without undue delay.
    public static let alertHours = [48, 12, 4, 1, 0]

    /// Deadlines that nobody was told of yet at this distance. Each is given until ``noteSent(_:by:at:)`` settles it, or the next mark
    /// takes its place.
    public func dueAlerts(at now: UTCInstant) throws -> [DeadlineAlert] { try dueAlerts(of: cases(open: true), at: now) }

    func dueAlerts(of files: [CaseFile], at now: UTCInstant) throws -> [DeadlineAlert] {
        try database.read { connection in
            var alerts: [DeadlineAlert] = []
            for file in files {
                for clock in file.case.openClocks {
                    guard let due = clock.due.map({ UTCInstant($0) }) else { continue }
                    let left = due - now
                    // The nearest mark that was passed; those before it are not told any more.
                    guard let hours = Self.alertHours.last(where: { left <= Int64($0) * 3_600_000 }) else { continue }
                    let alert = DeadlineAlert(
                        case: file.identifier, title: file.case.opening.title, isDrill: file.case.isDrill, owner: file.owner,
                        deputy: file.deputy, stage: clock.stage, request: clock.request, due: due, hours: hours)
                    let sent = try connection.first(
                        "SELECT MIN(hours) FROM case_alert WHERE file = ? AND stage = ? AND due = ?",
                        [.integer(file.id), .text(alert.key), .integer(due.milliseconds)]
                    ) { $0.optionalInt(0) }
                    if let told = sent ?? nil, told <= hours { continue }
                    alerts.append(alert)
                }
            }
            return alerts
        }
    }

    /// Somebody was told, by these ways. Said twice, it is noted once.
    public func noteSent(_ alert: DeadlineAlert, by ways: [String], at now: UTCInstant) throws {
        var body: [String: any Encodable] = [
            "stage": alert.stage.rawValue, "due": alert.due.iso8601, "hours": alert.hours, "ways": ways,
        ]
        if let request = alert.request { body["request"] = request }
        try noteSent(case: alert.case, key: alert.key, due: alert.due, hours: alert.hours, as: "deadline-told", body, at: now)
    }

    func noteSent(
        case identifier: String, key: String, due: UTCInstant, hours: Int, as kind: String, _ body: [String: any Encodable],
        at now: UTCInstant
    ) throws {
        try recording(at: now) { connection, drafts in
            guard
                let id = try connection.first(
                    "SELECT id FROM case_file WHERE identifier = ?", [.text(identifier)], { $0.integer(0) })
            else { throw CaseFileError.unknownCase(identifier) }
            let added = try connection.execute(
                """
                INSERT INTO case_alert (file, stage, due, hours, sent_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (file, stage, due, hours) DO NOTHING
                """,
                [.integer(id), .text(key), .integer(due.milliseconds), .integer(of: hours), .integer(now.milliseconds)])
            guard added == 1 else { return }
            drafts.append(try LedgerDraft(kind, .estate, subject: identifier, body))
        }
    }
}
