import Testing

@testable import Lab

final class Log: World.Onlooker {
    var lines: [String] = []
    func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment) { print("\(now.milliseconds) \(terminal.rawValue) \(observation)") }
    func touched(_ terminal: TerminalID, _ now: Moment) {}
    func struck(_ fault: Fault, _ now: Moment) { lines.append("\(now.milliseconds) \(fault)") }
}

@Suite struct WorldTests {
    @Test func smoke() throws {
        var settings = LabEstate.Settings(preset: .alarm)
        settings.cards = 1
        let estate = try LabEstate(settings)
        let responder = LabResponder(estate)
        let world = try estate.world(timing: .field, powerOn: .seconds(5), epoch: 1_767_225_600_000, responding: responder, using: CryptoKeyDerivation())
        let log = Log()
        world.onlooker = log
        world.advance(to: .seconds(100))
        world.strike(.set(carrier: 0, .dataPath, .silent))
        world.advance(to: .seconds(101))
        print(log.lines.joined(separator: "\n"))
        print(responder.answered, responder.refused, world.steps)
    }
}
