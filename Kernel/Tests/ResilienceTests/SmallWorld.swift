@testable import Resilience

/// Two operators, two responders and one terminal, reduced to what a card can tell apart, in ticks of one second.
struct Surroundings: Hashable {
    enum Operator: UInt8, CaseIterable, Hashable {
        /// Registers and carries data.
        case delivering
        /// Registers, gives a data connection, carries nothing.
        case dataDead
        /// No registration.
        case down
    }

    var primary: Operator
    var backup: Operator
    /// Responder 0 answers, responder 1 answers.
    var responders: (Bool, Bool)
    var hint: Hint.PrimaryHealth
    /// The estate asks for a rehearsal with every answer.
    var asksForRehearsals = false

    func carrier(_ slot: Slot) -> Operator { slot == .primary ? primary : backup }

    func answers(_ slot: Slot, responder: UInt8) -> Bool {
        carrier(slot) == .delivering && (responder == 0 ? responders.0 : responders.1)
    }

    /// Something can answer a beacon through this profile.
    func delivers(_ slot: Slot) -> Bool { carrier(slot) == .delivering && (responders.0 || responders.1) }

    static func == (left: Self, right: Self) -> Bool {
        left.primary == right.primary && left.backup == right.backup && left.responders == right.responders
            && left.hint == right.hint && left.asksForRehearsals == right.asksForRehearsals
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(primary)
        hasher.combine(backup)
        hasher.combine(responders.0)
        hasher.combine(responders.1)
        hasher.combine(hint)
        hasher.combine(asksForRehearsals)
    }

    static let all: [Surroundings] = Operator.allCases.flatMap { primary in
        Operator.allCases.flatMap { backup in
            [(true, true), (false, true), (true, false), (false, false)].flatMap { responders in
                [Hint.PrimaryHealth.unknown, .healthy, .failing].map {
                    Surroundings(primary: primary, backup: backup, responders: responders, hint: $0)
                } + [
                    Surroundings(
                        primary: primary, backup: backup, responders: responders, hint: .unknown, asksForRehearsals: true)
                ]
            }
        }
    }
}

/// A policy inside a terminal that needs a tick to attach, a tick to obey REFRESH and a tick for a round trip.
///
/// Time is relative: the policy's deadlines are shifted back by every tick that passes, so that equal situations are equal values.
struct Situation: Equatable {
    static let now = Instant(milliseconds: 1_000_000)
    static let tick: UInt64 = 1_000

    var policy: Policy
    /// What a power cut leaves behind.
    var stored: Memory
    var served: Slot
    var registered = false
    var reported: LocationStatus?
    var refreshing = false
    /// The beacon on its way: its responder and the ticks until it times out.
    var beacon: (responder: UInt8, left: UInt8)?
    var wake = Instant.never
    /// Moves decided in the last step.
    var moved = 0
    /// How often the terminal boots the card when power comes back. None, or so often that every wait is over: what lies between
    /// is only less of the same.
    let powerOnsPerCut: UInt32
    /// One of the responders may be down; otherwise it makes no difference which of them is asked.
    let tellsRespondersApart: Bool

    init(parameters: Parameters, memory: Memory = Memory(), endsWaits: Bool = true, tellsRespondersApart: Bool = true) {
        self.tellsRespondersApart = tellsRespondersApart
        powerOnsPerCut = endsWaits ? parameters.mostPowerOns : 0
        policy = Policy(parameters: parameters, memory: memory, seed: 1)
        stored = memory
        served = memory.enabled
        tell(.poweredOn(.full))
        normalise()
    }

    static func == (left: Situation, right: Situation) -> Bool {
        left.policy == right.policy && left.stored == right.stored && left.served == right.served
            && left.registered == right.registered
            && left.reported == right.reported && left.refreshing == right.refreshing
            && left.beacon?.responder == right.beacon?.responder && left.beacon?.left == right.beacon?.left
            && left.wake == right.wake
    }

    /// One tick in these surroundings.
    mutating func step(_ surroundings: Surroundings, cut: Bool = false, obeys: Bool = true) {
        moved = 0
        passTime()
        if cut {
            powerOn(after: powerOnsPerCut)
            refreshing = false
            normalise()
            return
        }
        let underWay = beacon != nil
        if refreshing, obeys {
            // REFRESH with a reset: a new card session, of which the card knows that a move of its own began it.
            refreshing = false
            powerOn(after: 0)
            tell(.switched(served))
        } else {
            attach(surroundings)
        }
        if underWay, let (responder, left) = beacon {
            if registered, surroundings.answers(served, responder: responder) {
                beacon = nil
                tell(
                    .beaconAnswered(
                        responder: responder, roundTrip: .seconds(1),
                        hint: Hint(
                            primary: surroundings.hint, returnWindow: .seconds(1),
                            rehearsal: surroundings.asksForRehearsals ? 1 : 0)))
            } else if left <= 1 {
                beacon = nil
                tell(.beaconTimedOut(responder: responder))
            } else {
                beacon = (responder, left - 1)
            }
        }
        if wake <= Situation.now { tell(.wake) }
        normalise()
    }

    /// The terminal boots the card, with what was stored.
    private mutating func powerOn(after count: UInt32) {
        policy = Policy(
            parameters: policy.parameters, memory: stored, seed: 1, powerOns: policy.powerOns &+ count, mayMove: policy.mayMove)
        served = stored.enabled
        registered = false
        reported = nil
        beacon = nil
        tell(.poweredOn(.full))
    }

    /// Somebody decides on the profiles; with `refresh` the card asks for REFRESH, without it the terminal resets the card.
    mutating func appoint(_ slot: Slot, mayMove: Bool, refresh: Bool) {
        moved = 0
        tell(.appointed(slot, mayMove: mayMove, refresh: refresh))
        refreshing = policy.switching
        if refreshing { beacon = nil }
        moved = 0
        normalise()
    }

    /// Other thresholds come, or come back.
    mutating func adopt(_ parameters: Parameters, continuing: Bool) {
        let decision = policy.adopt(parameters, continuing: continuing, at: Situation.now)
        precondition(decision.wake > Situation.now, "a wake in the past spins the card: \(policy)")
        precondition(decision.enable == nil && decision.beacon == nil)
        if decision.persist { stored = policy.memory }
        if !policy.awaiting { beacon = nil }
        wake = decision.wake
        normalise()
    }

    private mutating func attach(_ surroundings: Surroundings) {
        let visible = surroundings.carrier(served) != .down
        let status: LocationStatus = visible ? .normal : .none
        registered = visible
        guard reported != status else { return }
        reported = status
        tell(.location(status, nil))
        if visible { tell(.bearerUp) }
    }

    private mutating func tell(_ event: Event) {
        let decision = policy.handle(event, at: Situation.now)
        precondition(decision.wake > Situation.now, "a wake in the past spins the card: \(event) \(policy)")
        wake = decision.wake
        if decision.persist { stored = policy.memory }
        if decision.enable != nil {
            precondition(stored == policy.memory || !decision.persist, "a switch must be written first")
            if !refreshing { moved += policy.switching ? 1 : 0 }
            refreshing = policy.switching
            beacon = nil
        }
        if let request = decision.beacon {
            precondition(reported != LocationStatus.none, "a beacon without service only costs")
            precondition(beacon == nil, "one beacon at a time")
            beacon = (request.responder, UInt8(request.timeout.milliseconds / 1_000) + 1)
        }
    }

    private mutating func passTime() {
        func earlier(_ instant: Instant) -> Instant {
            guard instant != .never else { return .never }
            // Past is past: every deadline that is due counts the same.
            return Instant(milliseconds: max(instant.milliseconds - Situation.tick, Situation.now.milliseconds - Situation.tick))
        }
        policy.shift(earlier)
        wake = earlier(wake)
    }

    /// Folds values that the policy treats alike, so that counters do not make equal situations look different.
    private mutating func normalise() {
        policy.memory.moves = 0
        stored.moves = 0
        // Power-ons since the last move, as far as any wait makes a difference of them.
        policy.powerOns = min(policy.powerOns &- policy.memory.movedAt, policy.parameters.mostPowerOns)
        policy.memory.movedAt = 0
        stored.movedAt = 0
        // The next request is always a new one; that none is followed twice is tested apart.
        policy.memory.rehearsed = 0
        stored.rehearsed = 0
        policy.draws = 0
        policy.memory.holdStep = min(policy.memory.holdStep, 1)
        stored.holdStep = min(stored.holdStep, 1)
        policy.memory.fruitless = min(policy.memory.fruitless, 4)
        stored.fruitless = min(stored.fruitless, 4)
        policy.misses = min(policy.misses, 3)
        if !tellsRespondersApart {
            policy.responder = 0
            policy.memory.firstResponder = 0
            stored.firstResponder = 0
            beacon?.responder = 0
        }
        // A session that has been judged, and one that has nothing to be counted any more, are the same.
        if policy.memory.unanswered >= policy.parameters.misses { policy.judged = true }
        if policy.deadlines.hintBar <= Situation.now { policy.deadlines.hintBar = .never }
        if policy.memory.phase != .away { policy.deadlines.holdEnd = .never }
    }
}

extension Policy {
    mutating func shift(_ change: (Instant) -> Instant) {
        deadlines.settle = change(deadlines.settle)
        deadlines.trouble = change(deadlines.trouble)
        deadlines.outOfService = change(deadlines.outOfService)
        deadlines.bearer = change(deadlines.bearer)
        deadlines.probe = change(deadlines.probe)
        deadlines.reply = change(deadlines.reply)
        deadlines.hold = change(deadlines.hold)
        deadlines.hintBar = change(deadlines.hintBar)
        deadlines.holdEnd = change(deadlines.holdEnd)
        deadlines.stable = change(deadlines.stable)
        deadlines.rest = change(deadlines.rest)
        deadlines.leave = change(deadlines.leave)
        deadlines.refill = change(deadlines.refill)
        deadlines.retry = change(deadlines.retry)
        deadlines.quiet = change(deadlines.quiet)
    }
}

extension Situation: Hashable {
    func hash(into hasher: inout Hasher) {
        func add(_ instant: Instant) { hasher.combine(instant.milliseconds) }
        let deadlines = policy.deadlines
        add(deadlines.settle)
        add(deadlines.outOfService)
        add(deadlines.probe)
        add(deadlines.reply)
        add(deadlines.hold)
        add(deadlines.stable)
        add(deadlines.rest)
        add(deadlines.leave)
        add(deadlines.refill)
        add(deadlines.retry)
        hasher.combine(policy.standing)
        hasher.combine(policy.misses)
        hasher.combine(policy.memory.encoded)
        hasher.combine(policy.allowance)
        hasher.combine(policy.mayMove)
        hasher.combine(policy.powerOns)
        hasher.combine(policy.judged)
        hasher.combine(served)
        hasher.combine(beacon?.left)
        hasher.combine(beacon?.responder)
    }
}

extension Parameters {
    /// After so many power-ons, every wait is over.
    var mostPowerOns: UInt32 {
        let budget = refill.milliseconds * UInt32(allowance)
        let longest = max(max(holdLimit.milliseconds, stable.milliseconds), max(max(darkLimit, doubtLimit).milliseconds, budget))
        return Policy.powerOnsPerHold * ((longest + hold.milliseconds - 1) / hold.milliseconds)
    }

    /// Parameters whose every reachable situation can be visited: a few ticks each, and nothing random.
    static let small: Parameters = {
        var parameters = Parameters.standard
        parameters.heartbeat = .seconds(2)
        parameters.heartbeatAway = .seconds(2)
        parameters.timeout = .seconds(1)
        parameters.suspectProbe = .seconds(1)
        parameters.misses = 2
        parameters.registrationGrace = .seconds(2)
        parameters.congestionGrace = .seconds(2)
        parameters.bearerGrace = .seconds(2)
        parameters.attachBudget = .seconds(8)
        parameters.trialBudget = .seconds(4)
        parameters.firstProbe = .seconds(2)
        parameters.leaveSpread = .zero
        parameters.hold = .seconds(4)
        parameters.holdLimit = .seconds(8)
        parameters.stable = .seconds(4)
        parameters.darkPause = .seconds(2)
        parameters.doubtPause = .seconds(8)
        parameters.darkLimit = .seconds(8)
        parameters.doubtLimit = .seconds(8)
        parameters.allowance = 2
        parameters.refill = .seconds(4)
        parameters.refreshRetry = .seconds(4)
        parameters.jitter = 0
        return parameters
    }()

    /// Smaller still, for explorations in which something else can happen at any moment besides.
    static let tiny: Parameters = {
        var parameters = Parameters.small
        parameters.attachBudget = .seconds(4)
        parameters.trialBudget = .seconds(3)
        parameters.registrationGrace = .seconds(1)
        parameters.bearerGrace = .seconds(1)
        parameters.firstProbe = .seconds(1)
        parameters.hold = .seconds(2)
        parameters.holdLimit = .seconds(2)
        parameters.stable = .seconds(2)
        parameters.darkPause = .seconds(1)
        parameters.darkLimit = .seconds(2)
        parameters.doubtPause = .seconds(2)
        parameters.doubtLimit = .seconds(2)
        parameters.allowance = 1
        parameters.refill = .seconds(2)
        parameters.refreshRetry = .seconds(2)
        return parameters
    }()
}
