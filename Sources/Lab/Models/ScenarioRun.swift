import Beacon
import Resilience

/// One scenario with a few cards in terminals of one model, in virtual time, and what came of it.
public final class ScenarioRun: World.Onlooker {
    /// Enough that power cuts strike in each of their three ways, three times.
    public static let cards = 9

    private struct Track {
        /// At home and carried by its operator when the fault struck.
        var isStruck = false
        var decided: Moment?
        var evidence = MoveReason.none
        var arrived: Moment?
        var wasReset = false
        var wasResetForHome = false
        /// Home again without having left since, after the operator's recovery.
        var home: Moment?
        var darkSince: Moment?
        var dark = Duration.zero
        var movesBefore: UInt32 = 0
        var moves: UInt32 = 0
        var beacons = 0
        var isBroken = false
    }

    public let model: TerminalModel
    public let scenario: Scenario
    private let world: World
    private var tracks = Array(repeating: Track(), count: ScenarioRun.cards)
    private var fault: Moment?
    private var recovery: Moment?
    private var beyondProfile = 0

    public init(_ model: TerminalModel, _ scenario: Scenario, seed: UInt64 = 1, using derivation: some KeyDerivation)
        throws(LabEstate.Problem)
    {
        self.model = model
        self.scenario = scenario
        var settings = LabEstate.Settings()
        settings.cards = ScenarioRun.cards
        settings.seed = seed
        settings.shares = [.resilient: 1]
        settings.quirks = model.quirks
        settings.accessPoint = model.accessPoint
        settings.primaryRoams = scenario == .roamingRefused
        let estate = try LabEstate(settings)
        world = try estate.world(
            timing: .field, powerOn: .minutes(5), epoch: DrillRun.epoch,
            responding: LabResponder(estate, using: derivation), using: derivation)
        world.onlooker = self
    }

    /// Runs to the end.
    public func run() -> ScenarioFigures {
        world.advance(to: .start + Scenario.settle)
        begin()
        let start = world.now
        guard scenario != .healthy else {
            world.advance(to: start + Scenario.healthyDay)
            return figures
        }
        for fault in scenario.faults { world.strike(fault) }
        world.advance(to: start + Scenario.resetAfter)
        for id in world.terminals where tracks[id.rawValue].arrived == nil {
            tracks[id.rawValue].wasReset = true
            world.strike(.cutPower(id, .seconds(2)))
        }
        world.advance(to: start + Scenario.faultLasts)
        recovery = world.now
        world.strike(.clear(carrier: 0))
        world.advance(to: start + Scenario.faultLasts + Scenario.homeResetAfter)
        for id in world.terminals where tracks[id.rawValue].home == nil {
            tracks[id.rawValue].wasResetForHome = true
            world.strike(.cutPower(id, .seconds(2)))
        }
        world.advance(to: start + Scenario.faultLasts + Scenario.watched)
        return figures
    }

    private func begin() {
        fault = world.now
        for id in world.terminals {
            let carrier = world.carrier(of: id)
            let memory = world.terminal(id).card.policyMemory
            tracks[id.rawValue].isStruck = carrier == 0 && memory.enabled == .primary
            tracks[id.rawValue].movesBefore = memory.moves
            tracks[id.rawValue].darkSince = carrier == nil ? world.now : nil
        }
    }

    // MARK: Watching

    public func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment) {
        let index = terminal.rawValue
        switch observation {
        case .beyondProfile: beyondProfile += 1
        case .cardFailed: tracks[index].isBroken = true
        case .booted: tracks[index].isBroken = false
        case .delivered(let carrier):
            guard fault != nil else { return }
            tracks[index].beacons += 1
            if carrier == 1, tracks[index].arrived == nil { tracks[index].arrived = now }
        default: break
        }
    }

    public func touched(_ terminal: TerminalID, _ now: Moment) {
        guard fault != nil else { return }
        let carrier = world.carrier(of: terminal)
        let memory = world.terminal(terminal).card.policyMemory
        var track = tracks[terminal.rawValue]
        track.moves = memory.moves
        if memory.enabled == .backup, track.decided == nil { (track.decided, track.evidence) = (now, memory.lastMove) }
        if carrier == 1, track.arrived == nil { track.arrived = now }
        if carrier == nil, track.darkSince == nil { track.darkSince = now }
        if carrier != nil, let since = track.darkSince {
            track.dark += now - since
            track.darkSince = nil
        }
        if recovery != nil {
            if carrier == 0 { track.home = track.home ?? now } else if carrier == 1 { track.home = nil }
        }
        tracks[terminal.rawValue] = track
    }

    public func struck(_ fault: Fault, _ now: Moment) {}

    // MARK: Figures

    private var figures: ScenarioFigures {
        let start = fault ?? world.now
        let struck = tracks.filter(\.isStruck)
        func seconds(_ end: Moment?, since beginning: Moment?) -> Double? {
            guard let end, let beginning else { return nil }
            return (end - beginning).inSeconds
        }
        var figures = ScenarioFigures(scenario: scenario, cards: tracks.count, struck: struck.count)
        figures.decided = struck.count { $0.decided != nil }
        figures.evidence = Set(struck.filter { $0.decided != nil }.map { ScenarioFigures.name(of: $0.evidence) }).sorted()
        figures.moved = struck.count { $0.arrived != nil && !$0.wasReset }
        figures.movedAfterReset = struck.count { $0.arrived != nil && $0.wasReset }
        figures.moveSeconds = Figures.Quantiles(struck.filter { !$0.wasReset }.compactMap { seconds($0.arrived, since: start) })
        figures.returned = struck.count { $0.home != nil && !$0.wasResetForHome }
        figures.returnedAfterReset = struck.count { $0.home != nil && $0.wasResetForHome }
        figures.returnSeconds = Figures.Quantiles(
            struck.filter { !$0.wasResetForHome }.compactMap { seconds($0.home, since: recovery) })
        figures.darkAtEnd = struck.count { $0.darkSince != nil }
        figures.darkSeconds = Figures.Quantiles(
            struck.map { ($0.dark + ($0.darkSince.map { world.now - $0 } ?? .zero)).inSeconds })
        figures.mostMoves = tracks.map { $0.moves > $0.movesBefore ? Int($0.moves - $0.movesBefore) : 0 }.max() ?? 0
        figures.beacons = tracks.reduce(0) { $0 + $1.beacons }
        figures.beyondProfile = beyondProfile
        figures.broken = tracks.count { $0.isBroken }
        return figures
    }
}
