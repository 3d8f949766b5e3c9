import Testing

@testable import Resilience

/// Other parameters, in every situation.
@Suite("Adoption of parameters", .serialized)
struct AdoptionTests {
    static let situations = AppointmentTests.exploration.reachable

    /// Ticks until the card is heard through a profile that delivers.
    private func ticks(_ start: Situation, in surroundings: Surroundings, limit: Int) -> Int {
        var situation = start
        var ticks = 0
        while ticks <= limit, !(situation.policy.isDelivering && surroundings.delivers(situation.served)) {
            situation.step(surroundings)
            ticks += 1
        }
        return ticks
    }

    @Test("whatever the card was about to do, under new parameters it is never stranded", arguments: [true, false])
    func neverStrands(continuing: Bool) {
        var parameters = Parameters.tiny
        parameters.version = 2
        let bound =
            Int((parameters.cost.strandBound.milliseconds + parameters.attachBudget.milliseconds) / 1_000)
            + Int(parameters.firstProbe.milliseconds / 1_000)
        var longest = 0
        for surroundings in AppointmentTests.surroundings where surroundings.delivers(.primary) || surroundings.delivers(.backup) {
            for index in stride(from: continuing ? 0 : 1, to: Self.situations.count, by: 19) {
                var situation = Self.situations[index]
                guard situation.policy.mayMove else { continue }
                situation.adopt(parameters, continuing: continuing)
                #expect(situation.policy.parameters.version == 2)
                let ticks = ticks(situation, in: surroundings, limit: bound)
                longest = max(longest, ticks)
                if ticks > bound { Issue.record("stranded in \(surroundings) from \(Self.situations[index])") }
            }
        }
        print("heard within \(longest) s, bound \(bound) s")
    }

    @Test("parameters that hold a card fast do, and it is not stranded once they are rolled back")
    func rolledBack() {
        let bound = Int((Parameters.tiny.cost.strandBound.milliseconds + Parameters.tiny.attachBudget.milliseconds) / 1_000) + 1
        for surroundings in AppointmentTests.surroundings where surroundings.delivers(.primary) || surroundings.delivers(.backup) {
            for index in stride(from: 2, to: Self.situations.count, by: 19) {
                var situation = Self.situations[index]
                guard situation.policy.mayMove else { continue }
                situation.adopt(.tiny.withoutMoving(), continuing: true)
                let enabled = situation.policy.memory.enabled
                for _ in 0..<10 {
                    situation.step(surroundings)
                    #expect(situation.policy.memory.enabled == enabled)
                }
                situation.adopt(.tiny, continuing: false)
                let ticks = ticks(situation, in: surroundings, limit: bound)
                if ticks > bound { Issue.record("stranded in \(surroundings) from \(Self.situations[index])") }
            }
        }
    }

    @Test("a move that was decided on is made, and the budget of moves is not refilled")
    func pending() {
        for situation in Self.situations where situation.policy.pending != nil && situation.policy.mayMove {
            var parameters = Parameters.tiny
            parameters.version = 2
            var after = situation
            after.adopt(parameters, continuing: true)
            #expect(after.policy.pending == situation.policy.pending)
            #expect(after.policy.deadlines.leave == situation.policy.deadlines.leave)
            #expect(after.policy.allowance <= situation.policy.allowance)
        }
    }

    @Test("a card that delivers beacons at the new pace, and a return that was near stays near")
    func pace() {
        var policy = Policy(parameters: .standard, memory: Memory(), seed: 1)
        var now = Instant(milliseconds: 1_000)
        _ = policy.handle(.poweredOn(.full), at: now)
        _ = policy.handle(.location(.normal, nil), at: now)
        _ = policy.handle(.beaconAnswered(responder: 0, roundTrip: .seconds(1), hint: .none), at: now)
        var faster = Parameters.standard
        faster.version = 2
        faster.heartbeat = .minutes(1)
        let decision = policy.adopt(faster, continuing: true, at: now)
        #expect(policy.isDelivering && !decision.persist)
        #expect(decision.wake <= now + .seconds(66) && decision.wake >= now + .seconds(54))
        now = decision.wake
        #expect(policy.handle(.wake, at: now).beacon != nil)
    }
}
