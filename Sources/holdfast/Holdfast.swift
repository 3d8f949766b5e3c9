import ArgumentParser

/// The command line. Every subcommand exits with 0 when it did what was asked, 1 when that failed, 64 when the command was not
/// understood; results go to standard output, everything else to standard error.
@main
struct Holdfast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holdfast",
        abstract: "Keeps every deployed cellular IoT device reachable, and proves it.",
        discussion: """
            Start with the demo: a server, a lab of a few hundred cards on two operators, and outages of record to strike them with.

              holdfast demo
              holdfast drill --list
              holdfast drill data-path-dead --json
            """,
        version: "0.1.0",
        subcommands: [
            Demo.self, Serve.self, Import.self, SignIn.self, Token.self, DrillCommand.self, CardCommand.self, Presets.self,
            Terminals.self, Policy.self, Rehearse.self, Deadlines.self, Cases.self, AlertsCommand.self, LedgerCommand.self,
            EvidenceCommand.self,
        ])
}
