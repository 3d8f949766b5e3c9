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
    public var due: UTCInstant
    /// Hours before the deadline for which it is; zero when it has passed.
    public var hours: Int

    /// One line for people.
    public var text: String {
        let what = "\(isDrill ? "DRILL " : "")Case \(`case`), \(title): the \(stage.title)"
        return hours == 0 ? "\(what) is overdue since \(due.iso8601)." : "\(what) is due in less than \(hours) h, at \(due.iso8601)."
    }
}

extension EstateService {
    /// Hours before a deadline at which its owner is told, and zero for when it has passed. Our choice: the law says without undue delay.
    public static let alertHours = [48, 12, 4, 1, 0]

    /// Deadlines that nobody was told of yet at this distance. Each is given once; ``noteSent(_:at:)`` settles it.
    public func dueAlerts(at now: UTCInstant) throws -> [DeadlineAlert] {
        let files = try cases(open: true)
        return try database.read { connection in
            var alerts: [DeadlineAlert] = []
            for file in files {
                for clock in file.case.openClocks {
                    guard let due = clock.due.map({ UTCInstant($0) }) else { continue }
                    let left = due - now
                    // The nearest mark that was passed; those before it are not told any more.
                    guard let hours = Self.alertHours.last(where: { left <= Int64($0) * 3_600_000 }) else { continue }
                    let sent = try connection.first(
                        "SELECT MIN(hours) FROM case_alert WHERE file = ? AND stage = ? AND due = ?",
                        [.integer(file.id), .text(clock.stage.rawValue), .integer(due.milliseconds)]
                    ) { $0.optionalInt(0) }
                    if let told = sent ?? nil, told <= hours { continue }
                    alerts.append(
                        DeadlineAlert(
                            case: file.identifier, title: file.case.opening.title, isDrill: file.case.isDrill, owner: file.owner,
                            deputy: file.deputy, stage: clock.stage, due: due, hours: hours))
                }
            }
            return alerts
        }
    }

    /// Somebody was told, by these ways.
    public func noteSent(_ alert: DeadlineAlert, by ways: [String], at now: UTCInstant) throws {
        try recording(at: now) { connection, drafts in
            guard let id = try connection.first("SELECT id FROM case_file WHERE identifier = ?", [.text(alert.case)], { $0.integer(0) })
            else { throw CaseFileError.unknownCase(alert.case) }
            try connection.execute(
                """
                INSERT INTO case_alert (file, stage, due, hours, sent_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (file, stage, due, hours) DO NOTHING
                """,
                [
                    .integer(id), .text(alert.stage.rawValue), .integer(alert.due.milliseconds), .integer(of: alert.hours),
                    .integer(now.milliseconds),
                ])
            drafts.append(
                try LedgerDraft(
                    "deadline-told", .estate, subject: alert.case,
                    ["stage": alert.stage.rawValue, "due": alert.due.iso8601, "hours": alert.hours, "ways": ways]))
        }
    }
}
