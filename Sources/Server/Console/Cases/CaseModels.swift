import Estate
import Foundation
import Regulation

/// An instant as the partial `case_time` shows it: on the clock of the case's zone, and in UTC.
struct StampModel: Sendable {
    var iso: String
    var local: String
    /// Nil when the zone is UTC.
    var utc: String?

    init(_ date: Date, in clock: LocalClock) {
        let instant = UTCInstant(date)
        iso = instant.iso8601
        let civil = CivilTime(instant)
        let universal = "\(civil.date) \(civil.time)"
        if clock.zone == "UTC" {
            local = "\(universal) UTC"
        } else {
            local = "\(clock.text(date).replacing("T", with: " ")) \(clock.zone)"
            utc = "\(universal) UTC"
        }
    }
}

/// How long until something is due, as the partial `case_due` shows it: a shape and words. The script keeps it true.
struct DueModel: Sendable {
    /// "running", "soon" or "overdue".
    var key: String
    var symbol: String
    var text: String
    var milliseconds: Int64

    /// From here on it is shown as near. Our choice.
    static let soonSeconds: Int64 = 4 * 3_600

    init(_ due: Date, at now: UTCInstant) {
        let instant = UTCInstant(due)
        milliseconds = instant.milliseconds
        let left = instant - now
        if left < 0 {
            (key, symbol, text) = ("overdue", "critical", "overdue by \(Words.age(seconds: -left / 1_000))")
        } else {
            let seconds = left / 1_000
            (key, symbol) = seconds < Self.soonSeconds ? ("soon", "warning") : ("running", "info")
            text = "due in \(Words.age(seconds: seconds))"
        }
    }
}

/// Something that was submitted, as the partial `case_record` shows it.
struct RecordModel: Sendable {
    var what: String
    var at: StampModel
    var reference: String
    var coveredBy: String?
    /// "in-time", "late" or "no-limit".
    var standing: String
    var symbol: String
    var verdict: String

    init(_ record: CaseRecord, in clock: LocalClock) {
        what = record.stage.title
        at = StampModel(record.at, in: clock)
        reference = record.reference
        coveredBy = record.coveredBy?.title
        guard let due = record.due else {
            (standing, symbol, verdict) = ("no-limit", "info", "the text gives no number of hours")
            return
        }
        let seconds = (UTCInstant(due) - UTCInstant(record.at)) / 1_000
        if record.isLate {
            (standing, symbol, verdict) = (
                "late", "critical", "late by \(Words.age(seconds: -seconds)), by the conservative reading"
            )
        } else {
            (standing, symbol, verdict) = ("in-time", "healthy", "in time, \(Words.age(seconds: seconds)) before the limit")
        }
    }
}

extension CaseKind {
    /// As the console names it.
    var words: String {
        switch self {
        case .vulnerability: "actively exploited vulnerability"
        case .incident: "severe incident"
        }
    }
}

extension Reading {
    var words: String {
        switch self {
        case .conservative: "conservative reading"
        case .formal: "formal reading"
        case .platform: "the platform's own counter"
        }
    }
}

extension CaseFile {
    /// Where its page is.
    var path: String { Self.path(of: identifier) }

    static func path(of identifier: String) -> String { "/cases/\(PercentEncoding.encode(identifier))" }

    /// The zone was checked when the case was opened.
    func clock() throws -> LocalClock { try LocalClock(zone: self.case.opening.zone) }

    /// The stages that are still owed, each once.
    var owed: [ReportStage] { Set(self.case.openClocks.map(\.stage)).sorted() }
}
