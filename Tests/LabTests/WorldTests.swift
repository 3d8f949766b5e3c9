import Testing

@testable import Lab

final class Log: World.Onlooker {
    var only: Int?
    var lines: [String] = []
    func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment) { if only == nil || only == terminal.rawValue { lines.append("\(Double(now.milliseconds)/1000) \(terminal.rawValue) \(observation)") } }
    func touched(_ terminal: TerminalID, _ now: Moment) {}
    func struck(_ fault: Fault, _ now: Moment) { lines.append("\(now.milliseconds) \(fault)") }
}

@Suite struct WorldTests {
    @Test func smoke() throws {
        var settings = LabEstate.Settings(preset: .standard)
        settings.cards = 60
        let estate = try LabEstate(settings)
        let responder = LabResponder(estate)
        let world = try estate.world(timing: .field, powerOn: .minutes(5), epoch: 1_767_225_600_000, responding: responder, using: CryptoKeyDerivation())
        let log = Log()
        world.onlooker = log
        world.advance(to: .seconds(1500))
        world.strike(.responder(0, .silent))
        world.strike(.responder(1, .silent))
        world.advance(to: .seconds(5100))
        world.strike(.responder(0, .up))
        world.strike(.responder(1, .up))
        world.advance(to: .seconds(9900))
        for card in stride(from: 0, to: 60, by: 3) {
            print("--", card, world.terminal(TerminalID(rawValue: card)).card.policyMemory)
            print(log.lines.filter { $0.contains(" \(card) ") && ($0.contains("refresh") || $0.contains("sent") || $0.contains("deli") || $0.contains("boot")) }.joined(separator: "\n"))
        }
        print(responder.answered, responder.refused, world.steps)
    }
}
