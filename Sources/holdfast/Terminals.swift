import ArgumentParser
import Estate
import Lab

/// Runs the models of terminals that the lab knows through its scenarios.
struct Terminals: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the card can do in each kind of terminal, by running it there.",
        discussion: """
            Each model runs in virtual time with \(ScenarioRun.cards) cards: a day without faults, data swallowed, data connections
            refused, registration refused, and power cuts. The same seed gives the same table, to the byte. docs/terminals.md explains it.

              holdfast terminals --list
              holdfast terminals no-bip
              holdfast terminals --json
              holdfast terminals --markdown        (the table of docs/terminals.md)
            """)

    @Argument(help: "The model's name; all when none is given.")
    var name: String?

    @Flag(help: "List the models without running them.")
    var list = false

    @Option(help: "Repeats a run exactly.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON, and nothing else on standard output.")
    var json = false

    @Flag(help: "Print the table in Markdown.")
    var markdown = false

    func validate() throws {
        if let name, TerminalModel.named(name) == nil {
            throw ValidationError(
                "There is no model '\(name)'. There are: \(TerminalModel.all.map(\.name).joined(separator: ", ")).")
        }
    }

    func run() throws {
        let models = name.flatMap(TerminalModel.named).map { [$0] } ?? TerminalModel.all
        if list {
            for model in models { print(model.name.padded(28) + model.title) }
            return
        }
        let reports = try models.map { try TerminalReport($0, seed: seed, using: HostKeyDerivation()) }
        if json { return try printJSON(reports) }
        if markdown {
            print(([TerminalReport.markdownHead] + reports.map(\.markdownRow)).joined(separator: "\n"))
        } else {
            print(reports.map(\.text).joined(separator: "\n\n"))
        }
    }
}
