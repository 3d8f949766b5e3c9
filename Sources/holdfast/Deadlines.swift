import ArgumentParser
import Foundation
import Regulation

/// Computes the reporting deadlines of Article 14, without a database.
struct Deadlines: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute the reporting deadlines of Article 14 of the Cyber Resilience Act, with the rule behind each.",
        discussion: """
            An INSTANT is written with its offset, 2026-10-06T14:20:00+02:00 or 2026-10-06T12:20Z, or as the time on the wall of --zone,
            2026-10-06T14:20. A local time that comes twice in a night is taken as the first; one that the clocks skip is refused.

            The conservative reading is the one to work by. The formal limit (Regulation 1182/71) and the platform's own counter are
            information. This is a calculation and not legal advice.

              holdfast deadlines --kind vulnerability --aware 2026-10-06T14:20 --zone Europe/Berlin
              holdfast deadlines --kind vulnerability --aware 2026-10-06T12:20Z --measure 2026-10-08T07:30Z --country DE
              holdfast deadlines --kind incident --aware 2026-11-03T08:00 --submitted 2026-11-03T13:00 --country FI --json
            """)

    @Option(help: "vulnerability: one that is actively exploited; incident: a severe one.")
    var kind: CaseKind

    @Option(help: ArgumentHelp("When the manufacturer became aware.", valueName: "instant"))
    var aware: String

    @Option(
        help: ArgumentHelp(
            "Vulnerability: when a corrective or mitigating measure became available. Starts the 14 days of the final report.",
            valueName: "instant"))
    var measure: String?

    @Option(
        help: ArgumentHelp(
            "When the 72-hour notification was submitted. Starts the month of an incident's final report.", valueName: "instant"))
    var submitted: String?

    @Option(
        help: ArgumentHelp(
            "When the early warning was submitted. Only the platform's counter depends on it.", valueName: "instant"))
    var warned: String?

    @Option(help: "Where local times are read: an IANA name. Without it, the seat of the country's CSIRT, or else UTC.")
    var zone: String?

    @Option(help: "The coordinator's Member State, two letters: its public holidays move the formal limit.")
    var country: String?

    @Flag(help: "Print JSON, and nothing else on standard output.")
    var json = false

    func run() throws {
        let result = try DeadlineAnswer(self)
        if json { return try printJSON(result) }
        print(result.text)
    }

    /// What was asked, as the clock takes it, with what was assumed on the way.
    func clock() throws -> (clock: ReportingClock, local: LocalClock, assumptions: [String]) {
        do {
            if let country, Coordinator.of(country) == nil { throw ClockError.unknownCountry(country) }
            let seat = country.flatMap(Coordinator.of)?.zone
            let local = try LocalClock(zone: zone ?? seat ?? "UTC")
            var assumptions: [String] = []
            if zone == nil { assumptions.append("Local times are read in \(local.zone): name another with --zone.") }
            func instant(_ text: String?) throws(ClockError) -> Date? {
                guard let text else { return nil }
                let stated = try StatedInstant(text, in: local)
                if stated.isFirstOfTwo {
                    assumptions.append(
                        "\(text) comes twice in \(local.zone): the first was taken, \(local.text(stated.instant)). Add the offset to choose."
                    )
                }
                return stated.instant
            }
            if kind == .vulnerability, submitted != nil {
                assumptions.append("A vulnerability's final report runs from the measure: --submitted moves none of its deadlines.")
            }
            let clock = ReportingClock(
                kind: kind, awareAt: try instant(aware), measureAvailableAt: try instant(measure),
                earlyWarningSubmittedAt: try instant(warned), notificationSubmittedAt: try instant(submitted), zone: local.zone,
                country: country)
            return (clock, local, assumptions)
        } catch let error as ClockError {
            throw ValidationError(error.description)
        }
    }

    func validate() throws {
        let (clock, _, _) = try clock()
        do { _ = try clock.table() } catch { throw ValidationError(error.description) }
    }
}

extension CaseKind: @retroactive ExpressibleByArgument {}

/// The answer of `holdfast deadlines`, as JSON and as text.
struct DeadlineAnswer: Encodable {
    struct Line: Encodable {
        var stage: ReportStage
        var reading: Reading
        /// RFC 3339, UTC.
        var utc: String
        var local: String
        /// The period ends just before this instant.
        var isExclusive: Bool
        var isProvisional: Bool
        var literalUTC: String?
        var nominalLastDay: Day?
        var lastDay: Day?
        var rule: Reason
        /// The weakest mark among the rule's citations.
        var mark: Mark
        var notes: [ClockNote]
    }

    var kind: CaseKind
    var zone: String
    var country: String?
    var awareUTC: String
    var isReportable: Bool
    var reportability: Reason
    var deadlines: [Line]
    var waiting: [DeadlineTable.Waiting]
    var remarks: [Reason]
    var assumptions: [String]

    init(_ command: Deadlines) throws {
        let (clock, local, assumptions) = try command.clock()
        let table = try clock.table()
        let utc = try LocalClock(zone: "UTC")
        kind = clock.kind
        zone = local.zone
        country = clock.country?.uppercased()
        awareUTC = clock.awareAt.map(utc.text) ?? ""
        isReportable = table.reportability.isReportable
        reportability = table.reportability.reason
        deadlines = table.deadlines.map { deadline in
            Line(
                stage: deadline.stage, reading: deadline.reading, utc: utc.text(deadline.instant),
                local: local.text(deadline.instant),
                isExclusive: deadline.isExclusive, isProvisional: deadline.isProvisional,
                literalUTC: deadline.literal.map(utc.text),
                nominalLastDay: deadline.nominalLastDay, lastDay: deadline.lastDay, rule: deadline.rule, mark: deadline.rule.mark,
                notes: deadline.notes)
        }
        waiting = table.waiting
        remarks = table.remarks
        self.assumptions = assumptions
    }

    var text: String {
        var lines = ["\(kind == .vulnerability ? "Actively exploited vulnerability" : "Severe incident"), aware \(awareUTC) (UTC)"]
        lines += assumptions.map { "Note: " + $0 }
        lines += ["Reportable: \(isReportable ? "yes" : "no"). \(Self.cited(reportability))", ""]
        if isReportable {
            lines.append("stage".padded(14) + "reading".padded(14) + "local".padded(27) + "UTC".padded(22) + "rule")
            // A rule is written out once, below the table.
            var rules: [Reason] = []
            for line in deadlines {
                if !rules.contains(line.rule) { rules.append(line.rule) }
                let number = (rules.firstIndex(of: line.rule) ?? 0) + 1
                lines.append(
                    line.stage.title.padded(14) + line.reading.rawValue.padded(14) + line.local.padded(27) + line.utc.padded(22)
                        + "[\(number)]" + (line.isExclusive ? " ends before" : "") + (line.isProvisional ? " provisional" : "")
                        + (line.literalUTC.map { " literally \($0)" } ?? ""))
            }
            for wait in waiting { lines.append(wait.stage.title.padded(14) + "not running".padded(14) + Self.cited(wait.reason)) }
            lines += ["", "Rules"]
            lines += rules.enumerated().map { "  [\($0.offset + 1)] \(Self.cited($0.element))" }
            var notes: [ClockNote] = []
            for note in deadlines.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
            if !notes.isEmpty {
                lines += ["", "Not settled, or a condition"]
                lines += notes.map { "  \($0.identifier.map { $0 + ": " } ?? "")\(Self.cited($0.reason))" }
            }
            lines += ["", "For all of them"]
            lines += remarks.map { "  " + Self.cited($0) }
        }
        return lines.joined(separator: "\n")
    }

    private static func cited(_ reason: Reason) -> String {
        let places = reason.citations.map { "\($0.place): \($0.mark.rawValue)" }.joined(separator: "; ")
        return places.isEmpty ? reason.text : "\(reason.text) (\(places))"
    }
}
