import Foundation
import Resilience
import SmartCard
import Testing
import Wire

@testable import Lab

@Suite("Every model of terminal, through every scenario")
struct TerminalModelTests {
    /// The table of docs/terminals.md by model: the outcomes, and the remark.
    private static let documented: [String: [String]] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("docs/terminals.md")
        let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
        var rows: [String: [String]] = [:]
        for line in lines where line.hasPrefix("| `") {
            let name = line.dropFirst(3).prefix { $0 != "`" }
            rows[String(name)] = line.components(separatedBy: " | ")
        }
        return rows
    }()

    /// The words of a text without its counts and times, which a change of the policy's thresholds moves.
    private func words(_ text: String) -> [String] {
        text.split(whereSeparator: { " ,;|()".contains($0) }).map(String.init).filter { word in
            Int(word) == nil && !["s", "min", "h"].contains(word)
        }
    }

    @Test(arguments: TerminalModel.all.map(\.name))
    func doesWhatTheDocumentSays(_ name: String) throws {
        let model = try #require(TerminalModel.named(name))
        let report = try TerminalReport(model, using: CryptoKeyDerivation())
        let row = try #require(Self.documented[name], "docs/terminals.md has no row for \(name)")
        let measured = report.markdownRow.components(separatedBy: " | ")
        #expect(row.count == measured.count)
        for (written, found) in zip(row, measured) { #expect(words(written) == words(found), "\(name): \(found)") }
        for figures in report.scenarios {
            #expect(figures.struck == figures.cards, "\(name), \(figures.scenario): all are at home when the fault strikes")
            #expect(figures.beyondProfile == 0, "\(name), \(figures.scenario): the card asks for nothing that is not offered")
            #expect(figures.broken == 0, "\(name), \(figures.scenario)")
            // A terminal writes a refused visited network down, and only a card that moves gets it a clean list. A host that keeps
            // the former access point is dark for its own traffic, while the card is heard.
            if figures.scenario != .roamingRefused, !model.quirks.contains(.hostKeepsIMSI) {
                #expect(figures.darkAtEnd == 0, "\(name), \(figures.scenario)")
            }
        }
        let healthy = try #require(report[.healthy])
        #expect(healthy.mostMoves == 0, "\(name): nothing fails, and no card moves")
    }

    @Test func theDocumentHasNoRowTooMany() {
        #expect(Set(Self.documented.keys) == Set(TerminalModel.all.map(\.name)))
    }

    @Test func modelsHaveTheirOwnNamesAndProfiles() {
        #expect(Set(TerminalModel.all.map(\.name)).count == TerminalModel.all.count)
        #expect(TerminalModel.named("nothing")?.profile.isEmpty == true)
        // Timer expiration, REFRESH, local information, timers, date, access technology; no event list, no channel.
        let timers = TerminalModel.named("timers")?.profile ?? []
        #expect(timers.prefix(13) == [0x21, 0x00, 0x88, 0x40, 0x00, 0x00, 0x00, 0x07, 0x80, 0x00, 0x00, 0x00, 0x00])
        #expect(TerminalModel.named("none of them") == nil)
    }

    @Test func theSameSeedGivesTheSameReport() throws {
        let model = try #require(TerminalModel.named("no-bip"))
        let reports = try (0..<2).map { _ in
            try ScenarioRun(model, .powerCut, seed: 7, using: CryptoKeyDerivation()).run()
        }
        #expect(reports[0] == reports[1])
    }

    /// A card that moved to its backup in a good terminal and is then put into another.
    private func movedCard() throws -> (card: LabCard, backup: IMSI) {
        var settings = LabEstate.Settings()
        settings.cards = 1
        settings.shares = [.resilient: 1]
        let estate = try LabEstate(settings)
        let world = try estate.world(
            timing: .field, powerOn: .seconds(1), epoch: DrillRun.epoch, responding: LabResponder(estate),
            using: CryptoKeyDerivation())
        world.advance(to: .start + .minutes(30))
        world.strike(.set(carrier: 0, .dataPath, .silent))
        world.advance(to: .start + .minutes(60))
        var card = world.terminal(TerminalID(rawValue: 0)).card
        try #require(card.policyMemory.enabled == .backup)
        card.powerOff()
        return (card, try #require(estate.members[0].backup).imsi)
    }

    @Test(arguments: TerminalModel.all.map(\.name))
    func aResetBringsUpTheEnabledProfileInEveryTerminal(_ name: String) throws {
        let model = try #require(TerminalModel.named(name))
        let (card, backup) = try movedCard()
        let bench = TerminalBench(card, quirks: model.quirks)
        bench.powerOn()
        bench.wait(.seconds(1))
        #expect(bench.terminal.usim?.imsi == backup)
        bench.tell(.hostReset)
        bench.wait(.seconds(1))
        #expect(bench.terminal.usim?.imsi == backup)
    }
}

@Suite("Quirks of the models, one by one")
struct TerminalQuirkTests {
    private func registered(_ quirks: Set<Quirk>) -> TerminalBench<ScriptedCard> {
        let bench = TerminalBench(ScriptedCard(script: CardScript()), quirks: quirks)
        bench.register()
        return bench
    }

    @Test func whatIsNotOfferedIsRefusedAndNoted() {
        let bench = registered([.noEvents, .noTimers, .noPolling, .noRefresh, .noChannels])
        #expect(bench.result(of: 0x05) { $0.comprehension(0x19, [0x03]) } == [0x30])
        #expect(
            bench.result(of: 0x27, 0x00) {
                $0.comprehension(0x24, [1])
                $0.comprehension(0x25, [0x00, 0x10, 0x00])
            } == [0x30])
        #expect(bench.result(of: 0x03) { $0.comprehension(0x04, [0x01, 0x05]) } == [0x30])
        #expect(bench.result(of: 0x01, 0x04) == [0x30])
        #expect(bench.result(of: 0x40, 0x01) == [0x30])
        #expect(bench.result(of: 0x26, 0x00) == [0x00], "where it is, it says")
        let asked = bench.seen.compactMap { if case .beyondProfile(let command) = $0 { command } else { nil } }
        #expect(asked == [0x05, 0x27, 0x03, 0x01, 0x40])
    }

    @Test func anEventThatIsNotOfferedIsNotReported() {
        let bench = registered([.noDataConnectionEvent])
        _ = bench.result(of: 0x05) { $0.comprehension(0x19, [0x03, 0x1D]) }
        bench.hear(.bearerDropped(id: 5, .networkFailure))
        #expect(bench.script.events(0x1D).isEmpty)
        #expect(bench.seen.contains(.beyondProfile(command: 0x05)))
    }

    @Test func offersChannelsAndRefusesThem() {
        for (quirk, result) in [(Quirk.refusesChannels, [UInt8(0x30)]), (.noFreeChannel, [0x3A, 0x01])] {
            let bench = registered([quirk])
            #expect(bench.terminal.profile.supports(.openChannel))
            let answer = bench.result(of: 0x40, 0x01) {
                $0.comprehension(0x35, [0x03])
                $0.comprehension(0x39, [0x02, 0x00])
                $0.comprehension(0x3C, [0x01, 0x16, 0x33])
                $0.comprehension(0x3E, [0x21, 192, 0, 2, 10])
            }
            #expect(answer == result)
        }
    }

    @Test func obeysLate() {
        let bench = registered([.lateRefresh(minutes: 3)])
        let resets = bench.script.resets
        bench.script.ask(0x01, 0x04)
        bench.poll()
        bench.wait(.seconds(140))
        #expect(bench.script.resets == resets)
        bench.wait(.seconds(60))
        #expect(bench.script.resets == resets + 1)
    }

    @Test func sleepsAndComesBackWithoutRegisteringAgain() {
        let bench = registered([.sleeps(seconds: 80)])
        let (resets, attaches) = (bench.script.resets, bench.attaches())
        bench.wait(.seconds(30))
        #expect(bench.terminal.power == .asleep)
        let commands = bench.script.commands.count
        bench.wait(.seconds(40))
        #expect(bench.script.commands.count == commands, "a card without power hears nothing")
        bench.wait(.seconds(40))
        #expect(bench.terminal.power == .on && bench.script.resets == resets + 1)
        #expect(bench.attaches() == attaches && bench.terminal.servingCarrier == 0)
    }
}
