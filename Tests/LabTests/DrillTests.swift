import Foundation
import Testing

@testable import Lab

@Suite struct DrillTests {
    static func run(_ drill: Drill, cards: Int = 60, seed: UInt64 = 1, preset: Preset = .standard) throws -> Figures {
        var settings = LabEstate.Settings(preset: preset)
        settings.cards = cards
        settings.seed = seed
        let estate = try DrillRun.estate(for: drill, settings)
        let responder = LabResponder(estate)
        let run = try DrillRun(drill, estate: estate, responding: responder, using: CryptoKeyDerivation())
        return run.run()
    }

    @Test(arguments: Drill.all.map(\.name)) func outcome(_ name: String) throws {
        let drill = try #require(Drill.named(name))
        let clock = ContinuousClock()
        let begin = clock.now
        let figures = try Self.run(drill)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        print(name, clock.now - begin)
        print(String(decoding: try encoder.encode(figures), as: UTF8.self))
        for outcome in figures.outcomes { #expect(outcome.kept, "\(name): \(outcome.promise)") }
    }
}
