import Beacon
import Resilience

/// One drill in virtual time, from power-on to its figures.
///
/// The estate comes first, because a responder must know its cards: make it with ``estate(for:_:)``, give it to whoever answers,
/// then make the run.
public final class DrillRun {
    /// The timing under a name, for the figures.
    public enum Pace: String, Codable, Sendable {
        case field
        case laboratory

        public var timing: Timing { self == .field ? .field : .laboratory }
    }

    /// Some Wednesday, so that dates in events look like dates: 2026-01-07T00:00:00Z.
    public static let epoch: Int64 = 1_767_744_000_000

    public let drill: Drill
    public let estate: LabEstate
    public let world: World
    private let pace: Pace
    private let recorder: Recorder
    /// From power-on to the fault.
    private var settle: Duration
    /// How much longer than planned the fault waits for an estate that is not at rest.
    private static let longestWait = Duration.hours(4)

    /// The estate that a drill needs.
    public static func estate(for drill: Drill, _ settings: LabEstate.Settings) throws(LabEstate.Problem) -> LabEstate {
        var settings = settings
        settings.primaryRoams = drill.primaryRoams
        return try LabEstate(settings)
    }

    public init(
        _ drill: Drill, estate: LabEstate, pace: Pace = .field, responding: any Responding, using derivation: some KeyDerivation
    ) throws(LabEstate.Problem) {
        self.drill = drill
        self.estate = estate
        self.pace = pace
        // Long enough for every card to have beaten twice.
        settle = max(.minutes(20), .milliseconds(Int64(estate.settings.parameters.heartbeat.milliseconds) * 5 / 2))
        world = try estate.world(
            timing: pace.timing, powerOn: .minutes(5), epoch: Self.epoch, responding: responding, using: derivation)
        recorder = Recorder(world, estate, responding)
        world.onlooker = recorder
    }

    /// Runs to the end.
    ///
    /// - Parameters:
    ///   - every: how often `progress` is called, in virtual time.
    ///   - progress: gets the state of things; returns false to stop early, the figures are then of what was.
    public func run(every: Duration = .minutes(1), progress: (LiveSnapshot) -> Bool = { _ in true }) -> Figures {
        var next = Moment.start + every
        func advance(to moment: Moment) -> Bool {
            while next < moment {
                world.advance(to: next)
                recorder.sample(world.now)
                guard progress(snapshot) else { return false }
                next = next + every
            }
            world.advance(to: moment)
            return true
        }
        guard advance(to: .start + settle) else { return figures }
        // A card whose first search for a network took too long may still be on its backup: the fault waits for it.
        let planned = settle
        while !recorder.isAtRest, settle < planned + DrillRun.longestWait {
            settle = settle + .minutes(1)
            guard advance(to: .start + settle) else { return figures }
        }
        let fault = Moment.start + settle
        recorder.begin(Recorder.Strike(carrier: drill.carrier, area: drill.area, at: fault))
        for step in drill.steps { world.schedule(step.fault, at: fault + step.after) }
        if let lasts = drill.faultLasts {
            guard advance(to: fault + lasts) else { return figures }
            recorder.end(world.now)
        }
        guard advance(to: fault + drill.lasts) else { return figures }
        recorder.sample(world.now)
        return figures
    }

    public var snapshot: LiveSnapshot { recorder.snapshot(drill: drill.name, at: world.now) }

    private var figures: Figures {
        let cost = estate.settings.parameters.cost
        func seconds(_ interval: Interval) -> Double { Double(interval.milliseconds) / 1_000 }
        var groups: [String: Figures.GroupFigures] = [:]
        for group in Group.allCases where estate.count(of: group) > 0 {
            groups[group.rawValue] = recorder.figures(of: group, at: world.now)
        }
        var figures = Figures(
            drill: drill.name, title: drill.title, source: drill.source, seed: estate.settings.seed,
            preset: estate.settings.preset.rawValue,
            timing: pace.rawValue, cards: estate.members.count, settleSeconds: settle.inSeconds,
            faultSeconds: drill.faultLasts?.inSeconds,
            afterFaultSeconds: drill.lasts.inSeconds,
            bounds: Figures.Bounds(
                detection: seconds(cost.detection), detectionByRegistration: seconds(cost.detectionByRegistration),
                strand: seconds(cost.strandBound),
                trial: seconds(estate.settings.parameters.trialBudget) + seconds(estate.settings.parameters.attachBudget),
                movesPerHour: Int(cost.movesPerHour), longestPause: seconds(estate.settings.parameters.darkLimit)),
            groups: groups, operators: recorder.operatorFigures(), powerCuts: world.powerCuts, outcomes: [])
        figures.outcomes = drill.promises.map { Figures.Outcome(promise: $0.text, kept: $0.isKept(figures)) }
        return figures
    }
}
