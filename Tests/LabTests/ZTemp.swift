import Testing
@testable import Lab
@Suite struct ZTemp { @Test func speed() throws {
    for name in ["data-path-dead", "attach-rejected"] {
    let clock = ContinuousClock(); let begin = clock.now
    var settings = LabEstate.Settings(preset: .standard); settings.cards = 300
    let drill = try #require(Drill.named(name))
    let estate = try DrillRun.estate(for: drill, settings)
    let responder = LabResponder(estate)
    let run = try DrillRun(drill, estate: estate, responding: responder, using: CryptoKeyDerivation())
    print("setup", clock.now - begin)
    let figures = run.run()
    print(name, clock.now - begin, run.world.steps, responder.answered, figures.outcomes.filter { !$0.kept })
    }
} }
