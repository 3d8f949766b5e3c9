import Foundation
import Testing

@Suite("holdfast deadlines")
struct DeadlinesCommandTests {
    private struct Answer: Decodable {
        struct Line: Decodable {
            struct Rule: Decodable { var text: String }

            var stage: String
            var reading: String
            var utc: String
            var local: String
            var isProvisional: Bool
            var rule: Rule
        }

        var isReportable: Bool
        var deadlines: [Line]
        var assumptions: [String]

        subscript(stage: String, reading: String) -> Line? { deadlines.first { $0.stage == stage && $0.reading == reading } }
    }

    private func answer(_ arguments: [String]) throws -> Answer {
        let outcome = try Command.run(Command.binary, ["deadlines"] + arguments + ["--json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    }

    @Test("a vulnerability's three reports by every reading, each with its rule")
    func vulnerability() throws {
        let answer = try answer([
            "--kind", "vulnerability", "--aware", "2026-10-06T14:20", "--measure", "2026-10-08T07:30:00Z", "--zone",
            "Europe/Berlin", "--country", "DE",
        ])
        #expect(answer["earlyWarning", "conservative"]?.utc == "2026-10-07T12:20:00Z")
        #expect(answer["earlyWarning", "conservative"]?.local == "2026-10-07T14:20:00+02:00")
        #expect(answer["notification", "formal"]?.utc == "2026-10-09T13:00:00Z")
        #expect(answer["finalReport", "conservative"]?.utc == "2026-10-22T07:30:00Z")
        #expect(answer["finalReport", "formal"]?.local == "2026-10-23T00:00:00+02:00")
        #expect(answer.deadlines.allSatisfy { !$0.rule.text.isEmpty } && answer.assumptions.isEmpty)
    }

    @Test("an incident's final report runs from submission, and is provisional without it; the zone may follow from the country")
    func incident() throws {
        let common = ["--kind", "incident", "--aware", "2026-11-03T08:00", "--country", "de"]
        #expect(try answer(common)["finalReport", "conservative"]?.isProvisional == true)
        let submitted = try answer(common + ["--submitted", "2026-11-03T13:00", "--warned", "2026-11-03T09:00"])
        #expect(submitted["finalReport", "conservative"]?.utc == "2026-12-03T12:00:00Z")
        #expect(submitted["notification", "platform"]?.utc == "2026-11-05T08:00:00Z")
        #expect(submitted.assumptions.contains { $0.contains("Europe/Berlin") })
    }

    @Test("the table for people names a rule for each line, and says when nothing is reportable")
    func table() throws {
        let said = try Command.run(
            Command.binary, ["deadlines", "--kind", "vulnerability", "--aware", "2026-10-25T02:30", "--zone", "Europe/Berlin"])
        #expect(said.code == 0 && said.errors.isEmpty)
        #expect(said.output.contains("comes twice") && said.output.contains("2026-10-26T00:30:00Z"))
        #expect(said.output.contains("[1]") && said.output.contains("Art. 14(2)(a): verified") && said.output.contains("K1"))
        let early = try Command.run(
            Command.binary, ["deadlines", "--kind", "incident", "--aware", "2026-09-10T15:00", "--country", "DE"])
        #expect(early.code == 0 && early.output.contains("Reportable: no") && !early.output.contains("early warning "))
    }

    @Test(
        "what is no instant, no zone, no country or out of order is refused with what to change",
        arguments: [
            (["--aware", "2027-03-28T02:30", "--zone", "Europe/Berlin"], "put forward"),
            (["--aware", "yesterday"], "2026-10-06T14:20"),
            (["--aware", "2026-11-03T08:00Z", "--zone", "Europe/Nowhere"], "Europe/Berlin"),
            (["--aware", "2026-11-03T08:00Z", "--country", "US"], "two letters"),
            (["--aware", "2026-11-03T08:00Z", "--submitted", "2026-11-03T07:00Z"], "before"),
            (["--aware", "2026-11-03T08:00Z", "--measure", "2026-11-03T09:00Z"], "vulnerability"), ([], "--aware"),
        ])
    func refused(arguments: [String], says: String) throws {
        let outcome = try Command.run(Command.binary, ["deadlines", "--kind", "incident"] + arguments)
        #expect(outcome.code == 64 && outcome.output.isEmpty, "\(outcome.code)")
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }
}
