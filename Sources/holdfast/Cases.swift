import ArgumentParser
import Estate
import Foundation
import Regulation

/// Looks at the Article 14 cases of an estate.
struct Cases: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the Article 14 cases with what is due next, or show one with its clocks and its reach.",
        discussion: """
            The server must not be running: the estate has one owner. While it runs, ask GET /api/v1/cases, or open Cases in the console.
            Countdowns run to the conservative limit. Holdfast submits nothing.

            A case that cannot be read is named on standard error, and the command then ends with 1.

              holdfast cases --open
              holdfast cases --open --json
              holdfast cases show 2026-001
              holdfast cases show drill-2026-001 --json
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the cases, what is due first on top.")

        @OptionGroup var options: EstateOptions

        @Flag(help: "Only those in which something may still be owed.")
        var open = false

        @Flag(help: "Print JSON, and nothing else on standard output.")
        var json = false

        func run() throws {
            let now = UTCInstant.now
            let list = try options.open().caseList(open: open ? true : nil)
            let lines = CaseLine.sorted(list.files, at: now)
            if json {
                try printJSON(lines)
            } else if lines.isEmpty, list.unreadable.isEmpty {
                print(open ? "No case is open." : "There is no case.")
            } else {
                for line in lines { print(line.text) }
            }
            guard !list.unreadable.isEmpty else { return }
            for broken in list.unreadable { note("\(broken)") }
            throw ExitCode.failure
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one case: its clocks, what was submitted, and who of its units was reached then and now.",
            discussion: "  holdfast cases show 2026-001 --json")

        @OptionGroup var options: EstateOptions

        @Argument(help: "The case's number.")
        var number: String

        @Flag(help: "Print JSON, and nothing else on standard output.")
        var json = false

        func run() throws {
            let now = UTCInstant.now
            let estate = try options.open()
            guard let file = try estate.caseFile(number) else { throw CaseFileError.unknownCase(number) }
            let sheet = try CaseSheet(file, estate, at: now)
            if json { try printJSON(sheet) } else { print(sheet.text) }
        }
    }
}

/// A case in one line.
struct CaseLine: Encodable {
    struct Due: Encodable {
        var stage: ReportStage
        /// RFC 3339, UTC; nil where no limit runs.
        var utc: String?
        var local: String?
        var secondsLeft: Int64?
        var isOverdue: Bool
        var isProvisional: Bool
        var rule: Reason

        /// "early warning due in 5 h 12 min", "notification overdue by 3 min".
        var text: String {
            guard let secondsLeft else { return "\(stage.title) owed, no limit runs" }
            let span = CaseLine.span(seconds: secondsLeft)
            return (secondsLeft < 0 ? "\(stage.title) OVERDUE by \(span)" : "\(stage.title) due in \(span)")
                + (isProvisional ? " (provisional)" : "")
        }
    }

    var number: String
    var title: String
    var kind: CaseKind
    var phase: CasePhase
    var isDrill: Bool
    var products: [AffectedProduct]
    var owner: String
    var deputy: String
    var clocks: [Due]

    init(_ file: CaseFile, at now: UTCInstant) {
        let item = file.case
        let utc = try? LocalClock(zone: "UTC")
        let local = try? LocalClock(zone: item.opening.zone)
        number = file.identifier
        title = item.opening.title
        kind = item.kind
        phase = item.phase
        isDrill = item.isDrill
        products = item.opening.products
        owner = file.owner
        deputy = file.deputy
        clocks = item.openClocks.map { clock in
            Due(
                stage: clock.stage, utc: clock.due.flatMap { utc?.text($0) }, local: clock.due.flatMap { local?.text($0) },
                secondsLeft: clock.due.map { Self.seconds(UTCInstant($0) - now) }, isOverdue: clock.isOverdue(at: now.date),
                isProvisional: clock.isProvisional, rule: clock.reason)
        }
    }

    /// Open ones before the others, real ones before those on paper, and what is due first on top.
    static func sorted(_ files: [CaseFile], at now: UTCInstant) -> [CaseLine] {
        func order(_ line: CaseLine) -> (Int, Int, Int64) {
            (
                line.phase == .closed || line.phase == .notACase ? 1 : 0, line.isDrill ? 1 : 0,
                line.clocks.first?.secondsLeft ?? Int64.max
            )
        }
        return files.map { CaseLine($0, at: now) }.sorted { order($0) < order($1) }
    }

    var text: String {
        let what = clocks.first?.text ?? phase.title
        let names = deputy.isEmpty ? owner : "\(owner), deputy \(deputy)"
        return "\(isDrill ? "DRILL " : "")\(number)  \(what)  \(Self.line(title))  [\(Self.line(names))]"
    }

    /// Whole seconds; a moment that has passed is never zero.
    static func seconds(_ milliseconds: Int64) -> Int64 { milliseconds < 0 ? min(-1, milliseconds / 1_000) : milliseconds / 1_000 }

    /// "48 s", "12 min", "5 h 12 min", "2 d 4 h", as the console says it.
    static func span(seconds: Int64) -> String {
        let seconds = Int64(clamping: seconds.magnitude)
        func pair(_ big: Int64, _ first: String, _ small: Int64, _ second: String) -> String {
            small == 0 ? "\(big) \(first)" : "\(big) \(first) \(small) \(second)"
        }
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3_600: return "\(seconds / 60) min"
        case ..<86_400: return pair(seconds / 3_600, "h", seconds / 60 % 60, "min")
        default: return pair(seconds / 86_400, "d", seconds / 3_600 % 24, "h")
        }
    }

    /// The text without control characters: a terminal obeys some of them.
    static func line(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            kept.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
        }
        return String(kept)
    }
}

/// A case with its clocks and its reach.
struct CaseSheet: Encodable {
    struct Reach: Encodable {
        var product: String
        var versions: [String]
        var takenUTC: String
        var digest: String
        var then: ReachSummary
        var now: ReachSummary
        var heardSince: Int
        var dark: Int
    }

    struct Submitted: Encodable {
        var stage: ReportStage
        var utc: String
        var reference: String
        var dueUTC: String?
        var isLate: Bool
    }

    var line: CaseLine
    var zone: String
    var coordinator: String?
    var awareUTC: String?
    var decidedBy: String?
    /// Nil while nobody is aware.
    var reportability: Reason?
    var submitted: [Submitted]
    var remarks: [Reason]
    var reach: [Reach]

    init(_ file: CaseFile, _ estate: EstateService, at now: UTCInstant) throws {
        let item = file.case
        let utc = try LocalClock(zone: "UTC")
        line = CaseLine(file, at: now)
        zone = item.opening.zone
        coordinator = item.state.country
        awareUTC = item.state.aware.map { utc.text($0.since) }
        decidedBy = item.state.decidedBy
        reportability = item.deadlines?.reportability.reason
        remarks = item.deadlines?.remarks ?? []
        submitted = item.records.map {
            Submitted(
                stage: $0.stage, utc: utc.text($0.at), reference: $0.reference, dueUTC: $0.due.map(utc.text), isLate: $0.isLate)
        }
        reach = try file.reach.map { reach in
            let snapshot = try estate.snapshot(reach.snapshot)
            let progress = try estate.progress(of: reach.snapshot, at: now)
            return Reach(
                product: reach.product, versions: snapshot.selection.versions, takenUTC: snapshot.at.iso8601,
                digest: snapshot.digest,
                then: snapshot.summary, now: progress.now, heardSince: progress.heardSince, dark: progress.dark)
        }
    }

    var text: String {
        var lines = [
            line.text,
            "\(line.kind.rawValue), \(line.phase.title), clock read in \(zone), coordinator \(coordinator ?? "not named yet")",
        ]
        if let awareUTC { lines.append("Aware since \(awareUTC), decided by \(CaseLine.line(decidedBy ?? "–"))") }
        if let reportability { lines.append(Self.cited(reportability)) }
        if !line.clocks.isEmpty { lines += ["", "Owed, by the conservative reading"] }
        for clock in line.clocks {
            lines.append("  \(clock.text)\(clock.local.map { "  \($0)" } ?? "")\(clock.utc.map { "  \($0)" } ?? "")")
            lines.append("    \(Self.cited(clock.rule))")
        }
        if !submitted.isEmpty { lines += ["", "Submitted"] }
        for record in submitted {
            lines.append(
                "  \(record.stage.title)  \(record.utc)  \(record.dueUTC == nil ? "no limit" : record.isLate ? "LATE" : "in time")  \(CaseLine.line(record.reference))"
            )
        }
        lines += ["", "Reach at the clock"]
        for reach in reach {
            let name = CaseLine.line(reach.product)
            guard reach.then.units > 0 else {
                lines.append("  \(name): the inventory had no unit of it when the case opened")
                continue
            }
            lines.append(
                "  \(name): \(reach.then.units) units, \(reach.then.heard24) heard within 24 h when the case opened, \(reach.now.heard24) now; \(reach.heardSince) heard since, \(reach.dark) dark"
            )
        }
        return lines.joined(separator: "\n")
    }

    private static func cited(_ reason: Reason) -> String {
        let places = reason.citations.map { "\($0.place): \($0.mark.rawValue)" }.joined(separator: "; ")
        return places.isEmpty ? reason.text : "\(reason.text) (\(places))"
    }
}
