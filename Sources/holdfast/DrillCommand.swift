import ArgumentParser
import Estate
import Foundation
import Lab
import Storage

/// Runs a drill after an outage of record, in virtual time.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Replay an outage of record against a lab of cards, and print what it cost each kind of SIM.",
        discussion: """
            Hours pass in seconds. The same seed gives the same figures, to the byte. Exits with 2 when a promise was not kept.

              holdfast drill --list
              holdfast drill data-path-dead
              holdfast drill storm --cards 1000 --preset alarm --seed 7 --json
              holdfast drill data-path-dead --real-time      (as long as the outage lasted: hours)
            """)

    @Argument(help: "The drill's name; see --list.")
    var name: String?

    @Flag(help: "List the drills and the outages that they follow.")
    var list = false

    @Option(help: "Repeats a run exactly.")
    var seed: UInt64 = 1

    @Option(help: "Cards in the lab, a third of each kind: 3 to \(LabEstate.mostCards).")
    var cards = 300

    @Option(help: "The policy's preset: \(Lab.Preset.allCases.map(\.rawValue).joined(separator: ", ")).")
    var preset = Lab.Preset.standard

    @Flag(help: "Take the time that the outage takes, instead of virtual time.")
    var realTime = false

    @Flag(help: "Print the figures as one JSON object, and nothing else on standard output.")
    var json = false

    func validate() throws {
        guard (3...LabEstate.mostCards).contains(cards) else {
            throw ValidationError("\(cards) cards: give 3 to \(LabEstate.mostCards), so that each kind has at least one.")
        }
        if !list {
            guard let name else { throw ValidationError("Name a drill, or use --list.") }
            guard Drill.named(name) != nil else {
                throw ValidationError("There is no drill '\(name)'. There are: \(Drill.all.map(\.name).joined(separator: ", ")).")
            }
        }
    }

    func run() throws {
        if list { return try printList() }
        guard let name, let drill = Drill.named(name) else { return }
        let figures = try perform(drill)
        if json { try printJSON(figures) } else { print(FiguresTable(figures, drill: drill).text) }
        if !figures.isAsPromised { throw ExitCode(2) }
    }

    private func perform(_ drill: Drill) throws -> Figures {
        var settings = LabEstate.Settings(preset: preset)
        settings.cards = cards
        settings.seed = seed
        let lab = try DrillRun.estate(for: drill, settings)
        let beginning = UTCInstant(milliseconds: DrillRun.epoch)
        let estate = try EstateService(
            database: try Database.inMemory(schema: EstateSchema.schema), key: .ephemeral(), at: beginning)
        _ = try estate.importInventory(Array(lab.inventory.utf8), format: .csv, at: beginning)
        let responding = DeskResponding(estate)
        let run = try DrillRun(drill, estate: lab, responding: responding, using: HostKeyDerivation())
        let board = LiveBoard(
            title: "\(drill.title) (\(drill.source.operator), \(drill.source.date))", isShown: !json && isatty(STDOUT_FILENO) == 1)
        let beginningOfRun = Date()
        let realTime = realTime
        let figures = run.run(every: realTime ? .seconds(1) : .minutes(5)) { snapshot in
            board.show(snapshot)
            if realTime {
                let ahead = snapshot.at - Date().timeIntervalSince(beginningOfRun)
                if ahead > 0 { Thread.sleep(forTimeInterval: ahead) }
            }
            return true
        }
        board.end()
        if let failure = responding.failure { throw failure }
        return figures
    }

    private struct Listed: Encodable {
        var name, title, summary, source, date: String
    }

    private func printList() throws {
        let drills = Drill.all.map {
            Listed(name: $0.name, title: $0.title, summary: $0.summary, source: $0.source.operator, date: $0.source.date)
        }
        if json { return try printJSON(drills) }
        for drill in drills {
            print(drill.name.padded(20), drill.title)
            print("".padded(20), "after \(drill.source), \(drill.date)")
            print("".padded(20), drill.summary)
            print("")
        }
    }
}

extension Lab.Preset: ExpressibleByArgument {}

/// The live table of a drill in a terminal: drawn again in place as time passes.
final class LiveBoard {
    private let title: String
    private let isShown: Bool
    private var drawn = 0

    init(title: String, isShown: Bool) {
        self.title = title
        self.isShown = isShown
    }

    func show(_ snapshot: LiveSnapshot) {
        guard isShown else { return }
        var lines: [String] = []
        lines.append(title)
        lines.append(LiveBoard.clock(snapshot))
        lines.append("")
        lines.append("group".padded(24) + snapshot.operators.map { $0.name.padded(16) }.joined() + "dark".padded(8) + "switches")
        for group in snapshot.groups {
            lines.append(
                "\(group.group.rawValue) (\(group.cards))".padded(24)
                    + group.carried.map { LiveBoard.bar($0, of: group.cards).padded(16) }.joined()
                    + "\(group.dark)".padded(8) + "\(group.switches)")
        }
        lines.append("")
        for network in snapshot.operators {
            let faults = network.faults.isEmpty ? "well" : network.faults.joined(separator: ", ")
            lines.append(
                "\(network.name) \(network.plmn): \(network.registered) registered, peak \(Int(network.peakRegistrationsPerSecond)) a second; \(faults)"
            )
        }
        lines.append("responders: " + snapshot.responders.map { $0 ? "up" : "DOWN" }.joined(separator: ", "))
        for line in snapshot.lines.suffix(6) { lines.append("  \(line.text)") }
        let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        print(up + lines.map { "\u{1B}[2K\($0)" }.joined(separator: "\n"))
        fflush(nil)
        drawn = lines.count
    }

    func end() { if isShown { print("") } }

    private static func clock(_ snapshot: LiveSnapshot) -> String {
        guard let since = snapshot.sinceFault else { return "\(duration(snapshot.at)) since the start" }
        return since < 0
            ? "settling: \(duration(-since)) to the fault"
            : "\(duration(since)) since the fault\(snapshot.faultLasts ? "" : ", which is over")"
    }

    static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        if whole < 120 { return "\(whole) s" }
        if whole < 7_200 { return "\(whole / 60) min" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }

    private static func bar(_ part: Int, of whole: Int) -> String {
        let width = whole > 0 ? (part * 8 + whole - 1) / whole : 0
        return String(repeating: "█", count: width) + String(repeating: "·", count: 8 - width) + " \(part)"
    }
}

/// A drill's figures as people read them.
struct FiguresTable {
    let text: String

    init(_ figures: Figures, drill: Drill) {
        var lines = ["\(drill.title): after \(figures.source.operator), \(figures.source.date)"]
        lines.append(
            "\(figures.cards) cards, preset \(figures.preset), seed \(figures.seed), "
                + "\(figures.faultSeconds.map { "fault of \(LiveBoard.duration($0))" } ?? "a fault without end"), "
                + "watched for \(LiveBoard.duration(figures.afterFaultSeconds))")
        lines.append("")
        let groups = Group.allCases.filter { figures.groups[$0.rawValue] != nil }
        lines.append("".padded(44) + groups.map { $0.rawValue.padded(24) }.joined())
        func row(_ title: String, _ value: (Figures.GroupFigures) -> String) {
            lines.append(title.padded(44) + groups.map { value(figures[$0]).padded(24) }.joined())
        }
        func seconds(_ quantiles: Figures.Quantiles?) -> String {
            guard let quantiles else { return "-" }
            return "\(Self.short(quantiles.p50)) / \(Self.short(quantiles.p99)) / \(Self.short(quantiles.max))"
        }
        row("cards (struck)") { "\($0.cards) (\($0.struck))" }
        row("fault to decision, s (p50 / p99 / max)") { seconds($0.detectionSeconds) }
        row("decision to first answer, s") { seconds($0.moveSeconds) }
        row("fault to first answer elsewhere, s") { seconds($0.faultToAnswerSeconds) }
        row("recovery to first answer at home, s") { seconds($0.returnSeconds) }
        row("switches a card (most)") { "\(Self.short($0.switchesPerCard)) (\($0.mostSwitches))" }
        row("dark minutes a struck card (most)") { "\(Self.short($0.darkMinutes)) (\(Self.short($0.mostDarkMinutes)))" }
        row("reachable at the end") { "\($0.reachableAtEnd)" }
        row("reach-24, lowest and at the end") { "\(Self.percent($0.reach24Lowest)), \(Self.percent($0.reach24AtEnd))" }
        lines.append("")
        for network in figures.operators {
            lines.append(
                "\(network.name) \(network.plmn): peak \(Self.short(network.peakRegistrationsPerSecond)) registrations a second, "
                    + "\(Self.short(network.peakReturnsPerSecond)) after the fault; \(network.congested) refused for congestion")
        }
        lines.append("")
        for outcome in figures.outcomes { lines.append("\(outcome.kept ? "kept    " : "NOT KEPT") \(outcome.promise)") }
        text = lines.joined(separator: "\n")
    }

    private static func short(_ value: Double) -> String {
        value >= 100 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
    }

    private static func percent(_ share: Double?) -> String { share.map { "\(short($0 * 100)) %" } ?? "-" }
}
