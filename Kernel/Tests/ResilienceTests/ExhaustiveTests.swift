import Testing

@testable import Resilience

/// Every situation that any sequence of faults, recoveries, hints and power cuts can lead to, with small parameters. Each promise
/// of ``Policy`` is checked from every one of them.
@Suite("The policy from every reachable situation", .serialized)
struct ExhaustiveTests {
    static let exploration = Exploration(in: Surroundings.all)
    static var reachable: [Situation] { exploration.reachable }

    static func delays(in surroundings: Surroundings, until holds: (Situation) -> Bool) -> (
        longest: Int, worst: Situation, never: Int
    ) { exploration.delays(in: surroundings, until: holds) }

    @Test("the small world has every phase, and stays small")
    func explored() {
        let phases = Set(Self.reachable.map(\.policy.memory.phase.rawValue))
        #expect(phases == [0, 1, 2, 3, 4, 5])
        #expect(Self.reachable.count > 10_000)
        print("reachable situations: \(Self.reachable.count)")
    }

    @Test("what power loss leaves behind can always be read again")
    func memorySurvives() {
        for situation in Self.reachable { #expect(Memory(situation.stored.encoded) == situation.stored) }
    }

    @Test("never strands: if anything delivers, the card is on it within the stated bound")
    func neverStrands() {
        let bound = Int(Parameters.small.cost.strandBound.milliseconds / 1_000)
        var longest = 0
        for surroundings in Surroundings.all where surroundings.delivers(.primary) || surroundings.delivers(.backup) {
            // The hints are told apart only while both responders answer; the other combinations differ in the responders.
            if surroundings.responders != (true, true), surroundings.hint != .unknown || surroundings.asksForRehearsals { continue }
            let result = Self.delays(in: surroundings) { $0.policy.isDelivering && surroundings.delivers($0.served) }
            #expect(result.never == 0, "\(surroundings): stranded from \(result.never) situations, such as \(result.worst)")
            #expect(result.longest <= bound, "\(surroundings): \(result.longest) s from \(result.worst)")
            longest = max(longest, result.longest)
        }
        print("longest wait until something that delivers is used: \(longest) s; stated bound \(bound) s")
    }

    @Test("returns: once both operators deliver, every card comes home and stays")
    func returns() {
        for hint in [Hint.PrimaryHealth.unknown, .healthy, .failing] {
            let well = Surroundings(primary: .delivering, backup: .delivering, responders: (true, true), hint: hint)
            let result = Self.delays(in: well) { situation in
                guard situation.policy.memory.phase == .home, situation.policy.isDelivering else { return false }
                return true
            }
            #expect(result.never == 0, "hint \(hint): never home from \(result.worst)")
            let limit =
                Int(Parameters.small.holdLimit.milliseconds / 1_000) + Int(Parameters.small.cost.strandBound.milliseconds / 1_000)
            #expect(result.longest <= limit)
            for start in Self.reachable
            where start.policy.memory.phase == .home && start.policy.isDelivering && start.served == .primary
                && start.policy.pending == nil
            {
                var situation = start
                for _ in 0..<12 {
                    situation.step(well)
                    if situation.policy.switching { break }
                }
                // A beacon that was lost on the way here may still be counted, but two responders answer the next.
                #expect(situation.policy.memory.enabled == .primary, "left a healthy home: \(start)")
            }
        }
    }

    @Test("responders down: a card at home looks at its backup at most once before the doubt pause is over, and is at home again")
    func respondersDown() {
        let deaf = Surroundings(primary: .delivering, backup: .delivering, responders: (false, false), hint: .unknown)
        let looking = 40
        for start in Self.reachable
        where start.policy.memory.phase == .home && start.policy.isDelivering && start.served == .primary {
            var situation = start
            var moves = 0
            var backAt = 0
            for tick in 1...looking {
                situation.step(deaf)
                moves += situation.moved
                if moves == 2, backAt == 0 { backAt = tick }
                if backAt > 0, tick <= backAt + 7 {
                    #expect(
                        moves == 2 && situation.policy.memory.enabled == .primary, "flaps while the responders are down: \(start)")
                }
            }
            #expect(backAt > 0 && backAt <= 36, "not back at home after \(looking) s: \(start)")
        }
    }

    @Test("a responder that is down alone moves nothing")
    func oneResponderDown() {
        for responders in [(true, false), (false, true)] {
            let half = Surroundings(primary: .delivering, backup: .delivering, responders: responders, hint: .unknown)
            for start in Self.reachable
            where start.policy.memory.phase == .home && start.policy.standing == .delivering && start.policy.misses == 0
                && start.policy.evidence.location == .normal && start.registered && !start.policy.switching
                && start.policy.pending == nil
            {
                var situation = start
                for _ in 0..<16 {
                    situation.step(half)
                    #expect(situation.moved == 0, "moved because of one responder: \(start)")
                }
            }
        }
    }

    @Test("never flaps: in no surroundings are there more moves than the budget allows")
    func neverFlaps() {
        let window = 40
        let parameters = Parameters.small
        let limit = Int(parameters.allowance) + window * 1_000 / Int(parameters.refill.milliseconds) + 1
        for surroundings in Surroundings.all {
            for start in Self.reachable.enumerated().lazy.filter({ $0.offset % 16 == 0 }).map(\.element) {
                var situation = start
                var moves = 0
                for _ in 0..<window {
                    situation.step(surroundings)
                    moves += situation.moved
                }
                #expect(moves <= limit)
            }
        }
    }
}

extension Situation {
    /// Whether these surroundings can be told from the first of their kind in the next tick: responders and hints are heard only
    /// while a beacon is under way.
    func hears(_ surroundings: Surroundings) -> Bool {
        let isPlain = surroundings.responders == (true, true) && surroundings.hint == .unknown && !surroundings.asksForRehearsals
        guard beacon != nil, surroundings.carrier(served) == .delivering else { return isPlain }
        return true
    }
}
