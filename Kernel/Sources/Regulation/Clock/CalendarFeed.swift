import Foundation

/// Open deadlines as an iCalendar stream (RFC 5545), for calendars that people subscribe to.
///
/// An entry keeps its UID for as long as the case lives, so that a moved deadline moves in the calendar and is not doubled. Calendars are
/// copied to many places: titles of cases are left out unless they are asked for.
public struct CalendarFeed: Hashable, Sendable {
    /// The most entries; what is due later is left out.
    public static let largest = 2_000

    /// A deadline of a case.
    public struct Entry: Hashable, Sendable {
        /// The case's number: letters, digits, dots, dashes, underscores.
        public var identifier: String
        public var title: String
        public var clock: CaseClock
        /// Rises with every action in the case (RFC 5545, SEQUENCE).
        public var sequence: Int

        public init(identifier: String, title: String, clock: CaseClock, sequence: Int) {
            self.identifier = identifier
            self.title = title
            self.clock = clock
            self.sequence = sequence
        }
    }

    public var name: String
    public var entries: [Entry]
    public var includesTitles: Bool

    /// The open clocks of cases that have a due date.
    public init(name: String, cases: [Case], includesTitles: Bool = false) {
        self.init(
            name: name,
            entries: cases.flatMap { item in
                item.openClocks.map {
                    Entry(identifier: item.identifier, title: item.opening.title, clock: $0, sequence: item.history.count)
                }
            },
            includesTitles: includesTitles)
    }

    public init(name: String, entries: [Entry], includesTitles: Bool = false) {
        self.name = name
        self.entries = entries
        self.includesTitles = includesTitles
    }

    /// The stream, in order of due dates; `now` stamps it (DTSTAMP).
    public func text(at now: Date) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Holdfast//Reporting clocks//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "X-WR-CALNAME:" + Self.escaped(name), "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M",
        ]
        let dated = entries.compactMap { entry in entry.clock.due.map { (entry, $0) } }.sorted { left, right in
            (left.1, left.0.identifier, left.0.clock.stage, left.0.clock.request ?? 0)
                < (right.1, right.0.identifier, right.0.clock.stage, right.0.clock.request ?? 0)
        }
        for (entry, due) in dated.prefix(Self.largest) {
            guard let instant = Self.instant(due), let stamp = Self.instant(now) else { continue }
            lines += event(entry, instant, stamp)
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined()
    }

    private func event(_ entry: Entry, _ due: String, _ stamp: String) -> [String] {
        let clock = entry.clock
        let request = clock.request.map { "-\($0)" } ?? ""
        let mark = clock.isDrill ? "[DRILL] " : ""
        let provisional = clock.isProvisional ? " (provisional)" : ""
        var summary = "\(mark)\(entry.identifier): \(clock.stage.title) due\(provisional)"
        if includesTitles { summary += " - " + entry.title }
        let citations = clock.reason.citations.map { "\($0.place) (\($0.mark.rawValue))" }.joined(separator: ", ")
        let description =
            (clock.isDrill ? "A drill: nothing is submitted. " : "") + clock.reason.text
            + (citations.isEmpty ? "" : "\n" + citations) + "\nThe conservative limit. Report without undue delay."
        var lines = [
            "BEGIN:VEVENT", "UID:\(Self.word(entry.identifier))-\(clock.stage.rawValue)\(request)@holdfast", "DTSTAMP:\(stamp)",
            "DTSTART:\(due)", "SEQUENCE:\(max(0, entry.sequence))", "SUMMARY:" + Self.escaped(summary),
            "DESCRIPTION:" + Self.escaped(description), "STATUS:\(clock.isProvisional ? "TENTATIVE" : "CONFIRMED")",
            "TRANSP:TRANSPARENT", "CATEGORIES:\(clock.isDrill ? "DRILL" : "ARTICLE 14")",
        ]
        for trigger in Self.alarms(before: clock.stage) {
            lines += [
                "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:\(trigger)", "DESCRIPTION:" + Self.escaped(summary), "END:VALARM",
            ]
        }
        return lines + ["END:VEVENT"]
    }

    /// How long before the limit a calendar reminds.
    private static func alarms(before stage: ReportStage) -> [String] {
        switch stage {
        case .earlyWarning: ["-PT12H", "-PT4H", "-PT1H"]
        case .notification: ["-PT24H", "-PT4H", "-PT1H"]
        case .finalReport: ["-P7D", "-P2D", "-PT4H"]
        case .intermediateReport, .userNotice: ["-P1D", "-PT4H"]
        }
    }

    /// "20261007T122000Z" (RFC 5545, 3.3.5 form 2).
    static func instant(_ date: Date) -> String? {
        guard LocalClock.seconds(of: date) != nil else { return nil }
        return LocalClock.utcText(date).filter { $0 != "-" && $0 != ":" }
    }

    /// TEXT (3.3.11): backslash, semicolon, comma and line breaks escaped; other control characters have no place in it.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result.append(contentsOf: ["\\", scalar])
            case "\r": result.append(contentsOf: ["\\", "n"])
            case "\n": if !afterReturn { result.append(contentsOf: ["\\", "n"]) }
            case "\t": result.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
            default: result.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        return String(result)
    }

    /// The identifier with anything else than its letters replaced: a UID is never broken by it.
    private static func word(_ text: String) -> String {
        String(
            text.prefix(Case.Limits.identifier).map { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) ? $0 : "_" })
    }

    /// Lines of at most 75 octets without their end (3.1), never cut inside a character's octets, ended by CR LF.
    static func folded(_ line: String) -> String {
        var result = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if octets + width > 75 {
                result += "\r\n "
                octets = 1
            }
            result.unicodeScalars.append(scalar)
            octets += width
        }
        return result + "\r\n"
    }
}
