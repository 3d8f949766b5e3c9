@testable import Resilience

/// SplitMix64: the whole of a run follows from the seed that the test prints.
struct Seeded {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: UInt64) -> UInt64 { next() % max(bound, 1) }
    mutating func chance(_ part: UInt64, of whole: UInt64) -> Bool { below(whole) < part }
}

/// Operators, responders, a terminal with moods and a card, in milliseconds, driven by one seed: faults of every length, lost
/// events, sessions that hold up a switch, REFRESH obeyed late or only at the next reset, power cuts, a watchdog.
struct RandomTown {
    var random: Seeded
    var policy: Policy
    var stored: Memory
    var surroundings = Surroundings(primary: .delivering, backup: .delivering, responders: (true, true), hint: .unknown)
    let moody: Bool
    /// The terminal never obeys REFRESH.
    var deafToRefresh = false

    /// Milliseconds since the town began; the card's own time starts again with every power session.
    var now: UInt64 = 0
    var bootedAt: UInt64 = 0
    var served = Slot.primary
    var reported: LocationStatus?
    var attachedAt: UInt64 = .max
    var refreshAt: UInt64 = .max
    var wakeAt: UInt64 = .max
    var changeAt: UInt64 = 0
    var cutAt: UInt64
    var sessionEndsAt: UInt64 = .max
    var beacon: (responder: UInt8, deadline: UInt64, answersAt: UInt64)?

    var steps = 0
    var moveTimes: [UInt64] = []
    var writeTimes: [UInt64] = []
    /// Since when the surroundings have been as they are, with power on.
    var quietSince: UInt64 = 0
    /// When something that delivers was last in use.
    var deliveredAt: UInt64 = 0
    var longestStranded: UInt64 = 0
    var beaconsWithoutService = 0

    init(parameters: Parameters, seed: UInt64, moody: Bool) {
        random = Seeded(state: seed)
        policy = Policy(parameters: parameters, memory: Memory(), seed: seed)
        stored = Memory()
        self.moody = moody
        cutAt = moody ? 3_600_000 : .max
        boot()
    }

    var instant: Instant { Instant(milliseconds: now - bootedAt) }

    mutating func run(steps count: Int = .max, until end: UInt64 = .max) {
        while steps < count {
            let due = min(
                min(min(wakeAt, refreshAt), min(changeAt, cutAt)),
                min(min(attachedAt, sessionEndsAt), beacon.map { min($0.deadline, $0.answersAt) } ?? .max))
            if due >= end {
                now = end
                return
            }
            if delivering { deliveredAt = max(deliveredAt, due) }
            now = max(now, due)
            happen()
            if surroundings.delivers(.primary) || surroundings.delivers(.backup), !delivering {
                let since = max(quietSince, deliveredAt)
                if now > since { longestStranded = max(longestStranded, now - since) }
            } else {
                deliveredAt = now
            }
        }
    }

    var delivering: Bool { policy.isDelivering && surroundings.delivers(served) }

    private mutating func happen() {
        if now >= cutAt {
            cutAt = now + 600_000 + random.below(20 * 3_600_000)
            boot()
        } else if now >= changeAt {
            change()
        } else if now >= refreshAt {
            refreshAt = .max
            served = policy.memory.enabled
            attach()
            if random.chance(1, of: 2) {
                bootedAt = now
                policy = Policy(
                    parameters: policy.parameters, memory: stored, seed: random.next(), powerOns: policy.powerOns + 1)
                tell(.poweredOn(.full))
            }
            tell(.switched(served))
        } else if now >= attachedAt {
            attachedAt = .max
            report()
        } else if now >= sessionEndsAt {
            sessionEndsAt = .max
            tell(.sessionEnded)
        } else if let (responder, deadline, answersAt) = beacon, now >= min(deadline, answersAt) {
            beacon = nil
            if now >= answersAt {
                let window = Interval.seconds(UInt32(random.below(600)))
                tell(
                    .beaconAnswered(
                        responder: responder, roundTrip: .milliseconds(90),
                        hint: Hint(primary: surroundings.hint, returnWindow: window)))
            } else {
                tell(.beaconTimedOut(responder: responder))
            }
        } else {
            tell(.wake)
        }
        if moody, random.chance(1, of: 400), sessionEndsAt == .max {
            sessionEndsAt = now + random.below(30_000)
            tell(.sessionBegan)
        }
        if moody, random.chance(1, of: 300) { tell(.bearerDown(cause: 36)) }
        if moody, random.chance(1, of: 300), surroundings.carrier(served) != .down { tell(.bearerUp) }
        if moody, random.chance(1, of: 500), surroundings.carrier(served) != .down { tell(.authenticated) }
    }

    private mutating func boot() {
        bootedAt = now
        quietSince = now
        policy = Policy(parameters: policy.parameters, memory: stored, seed: random.next(), powerOns: policy.powerOns + 1)
        served = stored.enabled
        refreshAt = .max
        sessionEndsAt = .max
        beacon = nil
        attach()
        tell(.poweredOn(Abilities(dataPath: true, events: true, watchdog: moody && random.chance(1, of: 3) ? .minutes(10) : nil)))
    }

    private mutating func attach() {
        reported = nil
        beacon = nil
        attachedAt = now + 1_000 + random.below(20_000)
    }

    /// The world changes: for moments, minutes or days.
    private mutating func change() {
        func any() -> Surroundings.Operator { Surroundings.Operator.allCases[Int(random.below(3))] }
        switch random.below(6) {
        case 0, 1: surroundings.primary = any()
        case 2: surroundings.backup = any()
        case 3: surroundings.responders = (random.chance(3, of: 4), random.chance(3, of: 4))
        case 4: surroundings.hint = Hint.PrimaryHealth(rawValue: UInt8(random.below(3))) ?? .unknown
        default:
            surroundings.primary = .delivering
            surroundings.responders = (true, true)
        }
        changeAt = now + [20_000, 300_000, 7_200_000, 86_400_000][Int(random.below(4))] * (1 + random.below(4)) / 2
        quietSince = now
        if attachedAt == .max { report() }
    }

    /// Holds the weather still, but for what the test says.
    mutating func set(_ change: (inout Surroundings) -> Void) {
        changeAt = .max
        cutAt = .max
        change(&surroundings)
        quietSince = now
        if attachedAt == .max { report() }
    }

    /// The power goes, and comes back at once.
    mutating func cutPower() { boot() }

    /// The terminal wakes up for some seconds, registered as it was, and takes the power from the card again.
    mutating func session(seconds: UInt64) {
        boot()
        attachedAt = now + 500
        run(until: now + 1_000 * seconds)
    }

    /// The network refuses the subscription, permanently.
    mutating func refuse(cause: UInt8) {
        reported = .limited
        tell(.rejected(cause: cause, plmn: 0x99F907))
        tell(.location(.limited, nil))
    }

    private mutating func report() {
        let status: LocationStatus = surroundings.carrier(served) == .down ? (random.chance(1, of: 2) ? .limited : .none) : .normal
        guard status != reported, attachedAt == .max else { return }
        reported = status
        if status != .normal, moody || changeAt != .max, random.chance(1, of: 2) {
            tell(.rejected(cause: [7, 11, 15, 17, 22][Int(random.below(5))], plmn: 0x99F907))
        }
        tell(.location(status, nil))
        if status == .normal { tell(.bearerUp) }
    }

    private mutating func tell(_ event: Event) {
        steps += 1
        let decision = policy.handle(event, at: instant)
        precondition(decision.wake > instant, "a wake in the past spins the card")
        wakeAt = decision.wake == .never ? .max : bootedAt + decision.wake.milliseconds
        if decision.persist {
            stored = policy.memory
            writeTimes.append(now)
        }
        if decision.enable != nil {
            if policy.switching, refreshAt == .max {
                if moveTimes.isEmpty || policy.memory.moves != moves { moveTimes.append(now) }
                moves = policy.memory.moves
                // Now and then a terminal obeys only after being asked again.
                refreshAt = deafToRefresh || moody && random.chance(1, of: 20) ? .max : now + 500 + random.below(3_000)
            } else if !policy.switching {
                refreshAt = .max
            }
        }
        if let request = decision.beacon {
            if reported == .limited || reported == LocationStatus.none { beaconsWithoutService += 1 }
            if reported == nil {
                tell(.channelRefused(responder: request.responder))
                return
            }
            let deadline = now + UInt64(request.timeout.milliseconds)
            let answers = reported == .normal && surroundings.answers(served, responder: request.responder)
            beacon = (request.responder, deadline, answers && !(moody && random.chance(1, of: 100)) ? now + 90 : .max)
        }
    }

    private var moves: UInt32 = 0
}

extension RandomTown {
    /// The most entries that any window of the given length holds.
    static func most(in times: [UInt64], within window: UInt64) -> Int {
        var most = 0
        var first = 0
        for (index, time) in times.enumerated() {
            while time - times[first] >= window { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }
}
