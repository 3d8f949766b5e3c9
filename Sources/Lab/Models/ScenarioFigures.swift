import Resilience

/// What came of one scenario with one model of terminal. Seconds are virtual.
public struct ScenarioFigures: Codable, Equatable, Sendable {
    public var scenario: Scenario
    public var cards: Int
    /// Cards that were at home when the fault struck. All counts below are of these, where nothing else is said.
    public var struck: Int
    /// Cards that decided to leave, and by what.
    public var decided = 0
    public var evidence: [String] = []
    /// Cards that the backup carried or that were heard through it: by themselves, and only after the reset by hand.
    public var moved = 0
    public var movedAfterReset = 0
    /// From the fault until then, of those that moved by themselves.
    public var moveSeconds: Figures.Quantiles?
    /// Cards that their primary carries at the end: by themselves, and only after the second reset by hand.
    public var returned = 0
    public var returnedAfterReset = 0
    /// From its recovery until it did for good, of those that came home by themselves.
    public var returnSeconds: Figures.Quantiles?
    /// From the fault to the end, without an operator that carries the device's own traffic.
    public var darkSeconds: Figures.Quantiles?
    /// Cards whose own traffic no operator carries at the end.
    public var darkAtEnd = 0
    /// Moves of the card that moved most, of all cards.
    public var mostMoves = 0
    /// Beacons answered from the fault on, of all cards.
    public var beacons = 0
    /// Commands asked for, or events listed, that TERMINAL PROFILE does not offer.
    public var beyondProfile = 0
    /// Cards that a terminal could no longer use at the end.
    public var broken = 0

    init(scenario: Scenario, cards: Int, struck: Int) {
        self.scenario = scenario
        self.cards = cards
        self.struck = struck
    }

    /// By what a card decided to leave, in words.
    static func name(of reason: MoveReason) -> String {
        switch reason {
        case .noRegistration: "no service"
        case .rejected: "refusal"
        case .bearerLost: "no connection"
        case .dataPathDead: "no answer"
        default: "other"
        }
    }
}

extension ScenarioFigures {
    /// The outcome in a few words, as the table has it.
    public var outcome: String {
        guard scenario != .healthy else {
            let heard = beacons > 0 ? "heard" : "not heard"
            return mostMoves == 0 ? "stays home, \(heard)" : "moves up to \(mostMoves) times, \(heard)"
        }
        return "\(departure); \(homecoming)"
    }

    private var departure: String {
        let why = evidence.joined(separator: ", ")
        switch (moved, movedAfterReset) {
        case (0, 0): return decided == 0 ? "not seen" : "seen (\(why)), cannot move"
        case (struck, 0):
            return "moves (\(why)), \(ScenarioFigures.text(moveSeconds?.p50)), at most \(ScenarioFigures.text(moveSeconds?.max))"
        case (0, struck): return "moves at the next reset (\(why))"
        case (let moved, 0): return "\(moved) of \(struck) move (\(why))"
        case (0, let moved): return "\(moved) of \(struck) move at the next reset (\(why))"
        default: return "\(moved) of \(struck) move (\(why)), \(movedAfterReset) at the next reset"
        }
    }

    private var homecoming: String {
        if moved + movedAfterReset == 0, returned == struck { return "dark until it recovers" }
        var parts: [String] = []
        // The card is heard through its backup, and the device is not carried by it.
        if moved == struck, let dark = darkSeconds?.p50, dark >= 0.9 * Scenario.faultLasts.inSeconds {
            parts.append("its host's traffic dark for \(ScenarioFigures.text(dark))")
        }
        if returned == struck {
            parts.append(
                "home after \(ScenarioFigures.text(returnSeconds?.p50)), at most \(ScenarioFigures.text(returnSeconds?.max))")
        } else {
            if returned > 0 { parts.append("\(returned) of \(struck) home by themselves") }
            if returnedAfterReset == struck { parts.append("home at the next reset") }
            if returnedAfterReset > 0, returnedAfterReset < struck { parts.append("\(returnedAfterReset) at the next reset") }
            let away = struck - returned - returnedAfterReset - darkAtEnd
            if away > 0 { parts.append("\(away) of \(struck) still on the backup") }
        }
        if darkAtEnd > 0 { parts.append("\(darkAtEnd) of \(struck) dark at the end") }
        return parts.joined(separator: ", ")
    }

    static func text(_ seconds: Double?) -> String {
        guard let seconds else { return "-" }
        if seconds < 120 { return "\(Int(seconds.rounded())) s" }
        return seconds < 7_200 ? "\(Int((seconds / 60).rounded())) min" : "\(Int((seconds / 3_600).rounded())) h"
    }
}
