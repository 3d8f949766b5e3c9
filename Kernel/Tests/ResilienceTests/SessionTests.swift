import Testing

@testable import Resilience

/// A card that has power for moments only: power saving mode and extended DRX (3GPP TS 23.682, clause 4.5.4), a host that resets its
/// modem again and again.
@Suite("Short power sessions")
struct SessionTests {
    static let hour: UInt64 = 3_600_000

    /// A card at home whose terminal powers it for 25 seconds at a time: enough for one beacon to time out.
    private func sleeper(_ parameters: Parameters = .standard, seed: UInt64) -> RandomTown {
        var town = RandomTown(parameters: parameters, seed: seed, moody: false)
        town.set { _ in }
        town.run(until: Self.hour)
        #expect(town.delivering && town.served == .primary)
        for _ in 0..<20 { town.session(seconds: 25) }
        #expect(town.moveTimes.isEmpty)
        return town
    }

    /// Sessions until something holds.
    private func sessions(_ town: inout RandomTown, atMost: Int, until holds: (RandomTown) -> Bool) -> Int {
        var count = 0
        while !holds(town), count < atMost {
            town.session(seconds: 25)
            count += 1
        }
        return count
    }

    @Test("leaves a path that swallows everything, and comes home", arguments: UInt64(1)...40)
    func swallowed(seed: UInt64) {
        var town = sleeper(seed: seed)
        town.set { $0.primary = .dataDead }
        // Three that miss a beacon; and one lost answer before them may not help, but must not harm.
        #expect(sessions(&town, atMost: 100) { $0.delivering && $0.served == .backup } <= 6)
        #expect(town.policy.memory.lastMove == .dataPathDead && town.moveTimes.count == 1)
        town.set { $0.primary = .delivering }
        let back = sessions(&town, atMost: 100) { $0.delivering && $0.served == .primary && $0.policy.memory.phase == .home }
        #expect(back <= Int(Policy.powerOnsPerHold) + 4, "\(back) sessions")
    }

    @Test("a primary that stays dead is tried ever more rarely, and the card is on its backup meanwhile", arguments: UInt64(1)...10)
    func staysDead(seed: UInt64) {
        var town = sleeper(seed: seed)
        town.set { $0.primary = .dataDead }
        _ = sessions(&town, atMost: 400) { _ in false }
        let moves = town.moveTimes.count
        var away = 0
        for _ in 0..<1_000 {
            town.session(seconds: 25)
            if town.delivering, town.served == .backup { away += 1 }
        }
        #expect(town.moveTimes.count - moves <= 2 * 1_000 / 96 + 2 + 30, "\(town.moveTimes.count - moves) moves")
        #expect(away > 850, "\(away) of 1000 sessions on the backup")
    }

    @Test("the budget of moves is not used up for good by outages that a card sleeps through", arguments: UInt64(1)...10)
    func outageAfterOutage(seed: UInt64) {
        var town = sleeper(seed: seed)
        for outage in 1...6 {
            town.set { $0.primary = .dataDead }
            #expect(sessions(&town, atMost: 100) { $0.delivering && $0.served == .backup } <= 12, "outage \(outage)")
            town.set { $0.primary = .delivering }
            #expect(sessions(&town, atMost: 400) { $0.delivering && $0.policy.memory.phase == .home } <= 24, "outage \(outage)")
            for _ in 0..<40 { town.session(seconds: 25) }
            #expect(town.policy.memory.holdStep == 0, "home for long enough: forgotten")
        }
    }

    @Test("a responder that is down alone moves nothing, and costs a write or two", arguments: [(true, false), (false, true)])
    func oneResponderDown(responders: (Bool, Bool)) {
        for seed in UInt64(1)...10 {
            var town = sleeper(seed: seed)
            let writes = town.writeTimes.count
            town.set { $0.responders = responders }
            for _ in 0..<200 { town.session(seconds: 25) }
            #expect(town.served == .primary && town.moveTimes.count <= 2)
            #expect(town.writeTimes.count - writes <= 30, "\(town.writeTimes.count - writes) writes in 200 sessions")
        }
    }

    @Test("while all is well, no session writes")
    func writesNothing() {
        var policy = Policy(parameters: .standard, memory: Memory(), seed: 1)
        for boot in UInt32(1)...50 {
            policy = Policy(parameters: .standard, memory: policy.memory, seed: 1, powerOns: boot)
            var persists = policy.handle(.poweredOn(.full), at: .zero).persist
            let beacon = policy.handle(.location(.normal, nil), at: Instant(milliseconds: 100))
            #expect(beacon.beacon?.responder == 0)
            persists = persists || beacon.persist
            let answer = policy.handle(
                .beaconAnswered(responder: 0, roundTrip: .seconds(1), hint: .none), at: Instant(milliseconds: 1_100))
            // The first answer of a card's life: a channel has worked.
            #expect(!persists && answer.persist == (boot == 1))
        }
    }

    /// Session after session of these events in a policy that remembers; returns the sessions until a move.
    private func sessionsUntilMove(atMost: Int, _ events: [(Event, UInt32)]) -> Int? {
        var memory = Memory()
        for session in 1...atMost {
            var policy = Policy(parameters: .standard, memory: memory, seed: UInt64(session), powerOns: UInt32(session))
            for (event, second) in [(Event.poweredOn(.full), UInt32(0))] + events {
                let decision = policy.handle(event, at: .zero + .seconds(second))
                if decision.persist { memory = policy.memory }
                if decision.enable != nil { return session }
            }
        }
        return nil
    }

    private let answer = Event.beaconAnswered(responder: 1, roundTrip: .seconds(1), hint: .none)

    @Test("a slow network whose first beacons are lost in every session keeps a card that a watchdog resets every two minutes")
    func slowNetwork() {
        let slow: [(Event, UInt32)] = [
            (.location(.normal, nil), 30), (.beaconTimedOut(responder: 0), 41), (.wake, 51), (.beaconTimedOut(responder: 1), 61),
            (.wake, 71), (answer, 80), (.wake, 110),
        ]
        #expect(sessionsUntilMove(atMost: 200, slow) == nil)
    }

    @Test("a session that misses twice counts once")
    func countsOnce() {
        let twice: [(Event, UInt32)] = [
            (.location(.normal, nil), 1), (.beaconTimedOut(responder: 0), 11), (.wake, 21), (.beaconTimedOut(responder: 1), 31),
        ]
        #expect(sessionsUntilMove(atMost: 20, twice) == 3)
        // Every second session is heard at last: never three in a row.
        var memory = Memory()
        for session in UInt32(1)...60 {
            var policy = Policy(parameters: .standard, memory: memory, seed: 1, powerOns: session)
            let begin: [(Event, UInt32)] = [(.poweredOn(.full), 0)]
            var last: [(Event, UInt32)] = []
            if session % 2 == 0 { last = [(answer, 40)] }
            for (event, second) in begin + twice + last {
                let decision = policy.handle(event, at: .zero + .seconds(second))
                if decision.persist { memory = policy.memory }
                #expect(decision.enable == nil)
            }
        }
    }

    @Test("a terminal without registration or connection says nothing of the path")
    func withoutService() {
        for events: [(Event, UInt32)] in [
            [(.location(.none, nil), 1), (.wake, 11), (.wake, 21)], [(.beaconTimedOut(responder: 0), 12)],
        ] {
            #expect(sessionsUntilMove(atMost: 100, events) == nil)
        }
    }
}

/// Power that goes every few ticks, from every situation of the small world.
@Suite("Short power sessions from every reachable situation", .serialized)
struct ExhaustiveSessionTests {
    /// Sessions until a predicate holds. Six ticks are enough to attach, to send, and to see one beacon time out; a profile
    /// without service is left when an attempt's shortest time is over.
    private func sessions(_ start: Situation, in surroundings: Surroundings, limit: Int, until holds: (Situation) -> Bool) -> Int {
        var situation = start
        let hasService = surroundings.primary != .down && surroundings.backup != .down
        let ticks = hasService ? 6 : Int(Parameters.small.attachBudget.milliseconds / 1_000) + 2
        for session in 0...limit {
            situation.step(surroundings, cut: true)
            for _ in 0..<ticks {
                situation.step(surroundings)
                if holds(situation) { return session }
            }
        }
        return limit + 1
    }

    @Test("never strands: what delivers is found, however short the sessions")
    func neverStrands() {
        var longest = 0
        for surroundings in Surroundings.all
        where (surroundings.delivers(.primary) || surroundings.delivers(.backup)) && surroundings.responders == (true, true)
            && surroundings.hint == .unknown && !surroundings.asksForRehearsals
        {
            for index in stride(from: 0, to: ExhaustiveTests.reachable.count, by: 7) {
                let start = ExhaustiveTests.reachable[index]
                let count = sessions(start, in: surroundings, limit: 40) {
                    $0.policy.isDelivering && surroundings.delivers($0.served)
                }
                longest = max(longest, count)
                if count > 40 {
                    Issue.record("\(surroundings): stranded from \(start)")
                    return
                }
            }
        }
        print("heard within \(longest) sessions")
    }

    @Test("returns: once both operators deliver, every card comes home")
    func returns() {
        let well = Surroundings(primary: .delivering, backup: .delivering, responders: (true, true), hint: .unknown)
        var longest = 0
        for index in stride(from: 0, to: ExhaustiveTests.reachable.count, by: 3) {
            let start = ExhaustiveTests.reachable[index]
            let count = sessions(start, in: well, limit: 20) { $0.policy.isDelivering && $0.policy.memory.phase == .home }
            longest = max(longest, count)
            if count > 20 {
                Issue.record("not home from \(start)")
                return
            }
        }
        print("home within \(longest) sessions")
    }

    @Test("a responder that is down alone moves nothing, whenever power goes")
    func oneResponderDown() {
        for responders in [(true, false), (false, true)] {
            let half = Surroundings(primary: .delivering, backup: .delivering, responders: responders, hint: .unknown)
            for start in ExhaustiveTests.reachable
            where start.policy.memory.phase == .home && start.policy.isDelivering && start.policy.misses == 0
                && start.stored == start.policy.memory && start.policy.memory.unanswered == 0
                && start.policy.evidence.location == .normal && start.registered && start.policy.pending == nil
            {
                for ticks in 2...8 {
                    var situation = start
                    for tick in 1...40 {
                        situation.step(half, cut: tick % ticks == 0)
                        if situation.moved > 0 {
                            Issue.record("moved because of one responder, sessions of \(ticks) s: \(start)")
                            return
                        }
                    }
                }
            }
        }
    }
}
