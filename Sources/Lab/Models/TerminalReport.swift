import Beacon
import Wire

/// A model of terminal run through every scenario: a row of `docs/terminals.md`.
public struct TerminalReport: Codable, Equatable, Sendable {
    public var model: String
    public var title: String
    public var summary: String
    /// The quirks by name.
    public var quirks: [String]
    /// The data of TERMINAL PROFILE in hexadecimal; empty when none is sent.
    public var terminalProfile: String
    public var remark: String
    public var scenarios: [ScenarioFigures]
    /// The outcome of each, in the same order.
    public var outcomes: [String]

    /// Runs a model through every scenario.
    public init(_ model: TerminalModel, seed: UInt64 = 1, using derivation: some KeyDerivation) throws(LabEstate.Problem) {
        self.model = model.name
        title = model.title
        summary = model.summary
        quirks = model.quirks.map(\.description).sorted()
        terminalProfile = Hex.text(model.profile)
        remark = model.remark
        scenarios = []
        for scenario in Scenario.allCases {
            scenarios.append(try ScenarioRun(model, scenario, seed: seed, using: derivation).run())
        }
        outcomes = scenarios.map(\.outcome)
    }

    public subscript(scenario: Scenario) -> ScenarioFigures? { scenarios.first { $0.scenario == scenario } }
}

extension TerminalReport {
    /// The head of the table in Markdown.
    public static var markdownHead: String {
        let titles = ["terminal"] + Scenario.allCases.map(\.title) + ["what still works"]
        return "| " + titles.joined(separator: " | ") + " |\n" + String(repeating: "|---", count: titles.count) + "|"
    }

    /// The row in Markdown.
    public var markdownRow: String {
        "| `\(model)`: \(title) | " + outcomes.joined(separator: " | ") + " | \(remark) |"
    }

    /// The same for people at a console.
    public var text: String {
        var lines = ["\(model): \(title)", "  \(summary)"]
        lines.append("  TERMINAL PROFILE: \(terminalProfile.isEmpty ? "none is sent" : terminalProfile)")
        for (scenario, outcome) in zip(Scenario.allCases, outcomes) { lines.append("  \(scenario.title): \(outcome)") }
        lines.append("  What still works: \(remark)")
        return lines.joined(separator: "\n")
    }
}
