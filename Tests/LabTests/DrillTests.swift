import Foundation
import Testing

@testable import Lab

@Suite("Drills after outages of record")
struct DrillTests {
    static func run(_ drill: Drill, cards: Int = 60, seed: UInt64 = 1, preset: Preset = .standard, quirks: Set<Quirk> = []) throws
        -> Figures
    {
        var settings = LabEstate.Settings(preset: preset)
        settings.cards = cards
        settings.seed = seed
        settings.quirks = quirks
        let estate = try DrillRun.estate(for: drill, settings)
        let responder = LabResponder(estate)
        responder.hintsByOrdinaryCards(within: Int64(settings.parameters.heartbeat.milliseconds) * 5 / 2)
        return try DrillRun(drill, estate: estate, responding: responder, using: CryptoKeyDerivation()).run()
    }

    @Test(arguments: Drill.all.map(\.name), [UInt64(1), 2, 3])
    func keepsWhatItPromises(_ name: String, seed: UInt64) throws {
        let figures = try Self.run(#require(Drill.named(name)), seed: seed)
        for outcome in figures.outcomes { #expect(outcome.kept, "\(name), seed \(seed): \(outcome.promise)") }
    }

    @Test(arguments: ["data-path-dead", "attach-rejected", "responders-down"])
    func keepsItAtTheAlarmPresetToo(_ name: String) throws {
        let figures = try Self.run(#require(Drill.named(name)), cards: 15, preset: .alarm)
        for outcome in figures.outcomes { #expect(outcome.kept, "\(name): \(outcome.promise)") }
    }

    @Test func theSameSeedGivesTheSameBytes() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        func bytes(_ seed: UInt64) throws -> Data { try encoder.encode(Self.run(.powerCut, cards: 30, seed: seed)) }
        let first = try bytes(11)
        #expect(try bytes(11) == first)
        #expect(try bytes(12) != first)
    }

    @Test func theFiguresNameGroupsOperatorsAndSeed() throws {
        let encoder = JSONEncoder()
        let data = try encoder.encode(Self.run(.areaRadio, cards: 12, seed: 5))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["seed"] as? Int == 5 && object["preset"] as? String == "standard")
        let groups = try #require(object["groups"] as? [String: [String: Any]])
        #expect(Set(groups.keys) == ["resilient", "registration-watching", "single-profile"])
        for key in ["cards", "switchesPerCard", "darkMinutes", "reachableAtEnd"] { #expect(groups["resilient"]?[key] != nil) }
        for key in ["detectionSeconds", "moveSeconds", "returnSeconds"] {
            let quantiles = groups["resilient"]?[key] as? [String: Any]
            #expect(Set(quantiles.map { Array($0.keys) } ?? []) == ["count", "p50", "p99", "max"])
        }
        let operators = try #require(object["operators"] as? [[String: Any]])
        #expect(operators.count == 2 && operators.allSatisfy { $0["peakRegistrationsPerSecond"] != nil })
    }

    @Test func everyDrillNamesItsSource() {
        #expect(
            Drill.all.map(\.name) == [
                "attach-rejected", "data-path-dead", "storm", "area-radio", "roaming-withdrawn", "responders-down", "both-down",
                "power-cut",
            ])
        for drill in Drill.all {
            #expect(
                !drill.source.id.isEmpty && !drill.source.operator.isEmpty && !drill.promises.isEmpty
                    && drill.source.date.count >= 7)
        }
        #expect(Drill.named("nonsense") == nil)
    }

    @Test func aModemThatIgnoresRefreshMovesWhenItsWatchdogResetsIt() throws {
        let deaf = try Self.run(.dataPathDead, cards: 6, quirks: [.ignoresRefresh])
        #expect(deaf[.resilient].answeredElsewhere == 0, "it never resets by itself")
        let guarded = try Self.run(.dataPathDead, cards: 6, quirks: [.ignoresRefresh, .watchdogReset(minutes: 15)])
        #expect(guarded[.resilient].answeredElsewhere == guarded[.resilient].struck)
    }

    @Test(arguments: [
        [Quirk.noDataConnectionEvent], [.slowAttach], [.busyAtRefresh(times: 2)], [.extendedStatus], [.keepsForbiddenNetworks],
    ])
    func cardsMoveWithEveryModemThatCanMove(_ quirks: [Quirk]) throws {
        let figures = try Self.run(.dataPathDead, cards: 9, quirks: Set(quirks))
        #expect(figures[.resilient].answeredElsewhere == figures[.resilient].struck, "\(quirks)")
        #expect(figures[.resilient].reachableAtEnd == figures[.resilient].cards, "\(quirks)")
    }

    @Test func aCallerCanStopIt() throws {
        var settings = LabEstate.Settings()
        settings.cards = 3
        let estate = try DrillRun.estate(for: .storm, settings)
        var calls = 0
        let run = try DrillRun(.storm, estate: estate, responding: LabResponder(estate), using: CryptoKeyDerivation())
        _ = run.run(every: .minutes(1)) { _ in
            calls += 1
            return calls < 5
        }
        #expect(calls == 5 && run.world.now <= .seconds(360))
    }
}
