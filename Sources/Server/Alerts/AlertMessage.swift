import Crypto
import Estate
import Foundation
import Regulation

/// One alert in words and as data, the same for all ways.
struct AlertMessage: Sendable {
    /// The same at each attempt and by each way.
    var identifier: String
    var subject: String
    var body: String
    var event: AlertEvent

    init(_ alert: DeadlineAlert, at now: UTCInstant, console: String?) {
        let left = alert.due - now
        let what = "Case \(alert.case): \(alert.stage.title)"
        let when = left >= 0 ? "due in \(Self.span(left))" : "OVERDUE since \(Self.span(left.magnitude.clampedToInt64))"
        subject = Self.marked("\(what) \(when)", isDrill: alert.isDrill)
        let link = Self.link(console, alert.case)
        body = Self.page(
            isDrill: alert.isDrill,
            [
                "Case \(alert.case): \(Self.line(alert.title))",
                "Owed: the \(alert.stage.title)\(alert.request.map { " that the CSIRT asked for (request \($0))" } ?? "")",
                "Due: \(Self.utc(alert.due)), \(left >= 0 ? "in \(Self.span(left))" : "overdue since \(Self.span(left.magnitude.clampedToInt64))")",
            ], owner: alert.owner, deputy: alert.deputy, link: link,
            "This is the limit by the conservative reading. Report without undue delay; do not wait for it.")
        identifier = Self.identifier([
            "deadline", alert.case, alert.title, alert.stage.rawValue, "\(alert.request ?? 0)", "\(alert.due.milliseconds)",
            "\(alert.hours)",
        ])
        event = AlertEvent(
            type: "case.deadline", timestamp: now.iso8601,
            data: AlertEvent.Data(
                text: subject, case: alert.case, title: alert.title, isDrill: alert.isDrill, owner: alert.owner,
                deputy: alert.deputy,
                url: link, stage: alert.stage.rawValue, request: alert.request, due: alert.due.iso8601, secondsLeft: left / 1_000,
                mark: alert.hours))
    }

    init(_ alert: OpenedAlert, at now: UTCInstant, console: String?) {
        subject = Self.marked("Case \(alert.case) was opened (\(alert.kind.rawValue))", isDrill: alert.isDrill)
        let link = Self.link(console, alert.case)
        body = Self.page(
            isDrill: alert.isDrill,
            [
                "Case \(alert.case): \(Self.line(alert.title))", "Opened: \(Self.utc(alert.openedAt)), as \(alert.kind.inWords)",
                "Products: \(alert.products.isEmpty ? "none named" : Self.line(alert.products.joined(separator: ", ")))",
            ], owner: alert.owner, deputy: alert.deputy, link: link,
            "No clock runs yet. It starts with awareness, which a named person decides: assess the signal without delay.")
        identifier = Self.identifier(["opened", alert.case, alert.title, "\(alert.openedAt.milliseconds)"])
        event = AlertEvent(
            type: "case.opened", timestamp: now.iso8601,
            data: AlertEvent.Data(
                text: subject, case: alert.case, title: alert.title, isDrill: alert.isDrill, owner: alert.owner,
                deputy: alert.deputy,
                url: link, kind: alert.kind.rawValue, openedAt: alert.openedAt.iso8601))
    }

    /// To see whether a way works.
    init(testAt now: UTCInstant, console: String?) {
        subject = "Holdfast: a test"
        body = Self.page(
            isDrill: false, ["Somebody tries whether alerts arrive here. They do.", "Sent: \(Self.utc(now))"], owner: nil,
            deputy: "",
            link: console, "No case is behind it.")
        identifier = Self.identifier(["test", "\(now.milliseconds)"])
        event = AlertEvent(type: "alerts.test", timestamp: now.iso8601, data: AlertEvent.Data(text: subject, url: console))
    }

    private static func marked(_ text: String, isDrill: Bool) -> String { isDrill ? "[DRILL] \(text)" : text }

    private static func page(
        isDrill: Bool, _ facts: [String], owner: String?, deputy: String, link: String?, _ note: String
    ) -> String {
        var lines = isDrill ? ["DRILL: a case on paper. Nothing happened, and nothing is submitted.", ""] : []
        lines += facts
        if let owner {
            lines += ["", "On call: \(line(owner))", "Deputy: \(deputy.isEmpty ? "nobody is named" : line(deputy))"]
        }
        if let link { lines += ["", link] }
        return (lines + ["", note, ""]).joined(separator: "\n")
    }

    /// Numbers of cases are given by the estate: letters, digits and dashes.
    private static func link(_ console: String?, _ number: String) -> String? { console.map { "\($0)/cases/\(number)" } }

    /// What people typed, on one line.
    private static func line(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x2028...0x2029).contains($0.value) ? " " : $0
                }))
    }

    /// "2026-03-02 12:00 UTC"
    static func utc(_ instant: UTCInstant) -> String {
        let text = instant.iso8601
        guard let middle = text.firstIndex(of: "T") else { return text }
        return "\(text[..<middle]) \(text[text.index(after: middle)...].prefix(5)) UTC"
    }

    /// "2 d 3 h", "3 h 59 min", "12 min", "less than a minute".
    static func span(_ milliseconds: Int64) -> String {
        let minutes = max(0, milliseconds) / 60_000
        switch minutes {
        case 0: return "less than a minute"
        case 1..<60: return "\(minutes) min"
        case 60..<2_880: return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        default:
            let hours = minutes / 60
            return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
        }
    }

    private static func identifier(_ parts: [String]) -> String {
        // Lengths keep two lists of parts from being one text.
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return "msg_" + SHA256.hash(data: Data(text.utf8)).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// An alert as the webhook's JSON has it; what does not apply is left out.
struct AlertEvent: Encodable, Sendable {
    struct Data: Encodable, Sendable {
        /// One line for people.
        var text: String
        var `case`: String?
        var title: String?
        var isDrill: Bool?
        var owner: String?
        var deputy: String?
        var url: String?
        var kind: String?
        var openedAt: String?
        var stage: String?
        var request: Int?
        var due: String?
        /// Negative when it is overdue.
        var secondsLeft: Int64?
        /// The hours before the limit for which this alert is; 0 when it has passed.
        var mark: Int?
    }

    var type: String
    var timestamp: String
    var data: Data

    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }
}

extension CaseKind {
    fileprivate var inWords: String {
        switch self {
        case .vulnerability: "an actively exploited vulnerability"
        case .incident: "a severe incident"
        }
    }
}

extension UInt64 {
    fileprivate var clampedToInt64: Int64 { Int64(clamping: self) }
}
