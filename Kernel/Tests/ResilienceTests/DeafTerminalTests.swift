import Testing

@testable import Resilience

/// A terminal that never obeys REFRESH, and that its user resets now and then.
@Suite("Terminals that obey nothing but a reset", .serialized)
struct DeafTerminalTests {
    /// Every situation with such a terminal, power going at any moment.
    static let exploration = Exploration(.tiny, in: AppointmentTests.surroundings, obeys: false)

    @Test("what is stored can always be read, and is what the terminal sees after a reset")
    func sound() {
        print("reachable situations with a terminal that obeys nothing: \(Self.exploration.reachable.count)")
        for situation in Self.exploration.reachable {
            #expect(Memory(situation.stored.encoded) == situation.stored)
            var after = situation
            after.step(Surroundings.all[0], cut: true)
            #expect(after.served == situation.stored.enabled && !after.policy.switching)
        }
    }

    /// Resets, one after `ticks` ticks, until a predicate holds at the end of a session.
    private func resets(
        _ start: Situation, in surroundings: Surroundings, every ticks: Int, limit: Int, until holds: (Situation) -> Bool
    ) -> Int {
        var situation = start
        for reset in 0...limit {
            for _ in 0..<ticks { situation.step(surroundings, obeys: false) }
            if holds(situation) { return reset }
            situation.step(surroundings, cut: true)
        }
        return limit + 1
    }

    @Test("comes home by resets, and finds what delivers by them")
    func finds() {
        let well = Surroundings(primary: .delivering, backup: .delivering, responders: (true, true), hint: .unknown)
        let alone = Surroundings(primary: .down, backup: .delivering, responders: (true, true), hint: .unknown)
        for start in Self.exploration.reachable {
            let home = resets(start, in: well, every: 20, limit: 4) {
                $0.served == .primary && $0.policy.isDelivering && $0.policy.memory.phase == .home
            }
            let away = resets(start, in: alone, every: 20, limit: 6) { $0.served == .backup && $0.registered }
            guard home <= 4, away <= 6 else {
                Issue.record("home after \(home) resets, away after \(away): \(start)")
                return
            }
        }
    }

    @Test("a card that came home to such a terminal's reset", arguments: UInt64(1)...20)
    func home(seed: UInt64) {
        var town = RandomTown(parameters: .standard, seed: seed, moody: false)
        town.deafToRefresh = true
        town.set { _ in }
        town.run(until: SessionTests.hour)
        town.set { $0.primary = .dataDead }
        town.run(until: town.now + SessionTests.hour)
        town.cutPower()
        town.run(until: town.now + 2 * SessionTests.hour)
        #expect(town.served == .backup && town.stored.enabled == .primary && town.policy.memory.lastMove == .abandoned)
        // It goes on beaconing through the backup, and reset or not it does not get lost.
        town.set { $0.primary = .delivering }
        town.cutPower()
        town.run(until: town.now + 600_000)
        #expect(town.delivering && town.served == .primary)
        #expect(town.policy.memory.phase == .home && town.policy.memory.lastMove == .trialReturn)
    }

    @Test(
        "a dead primary is not booted into at every reset: a hold lies between any two, and it doubles", arguments: UInt64(1)...10)
    func bounded(seed: UInt64) {
        var town = RandomTown(parameters: .standard, seed: seed, moody: false)
        town.deafToRefresh = true
        town.set { _ in }
        town.run(until: SessionTests.hour)
        town.set { $0.primary = .dataDead }
        town.run(until: town.now + SessionTests.hour)
        var onPrimary: [Int] = []
        for session in 0..<96 {
            town.cutPower()
            if town.served == .primary { onPrimary.append(session) }
            town.run(until: town.now + SessionTests.hour / 2)
        }
        #expect(onPrimary.count <= 14 && onPrimary.count >= 3, "\(onPrimary)")
        for (first, next) in zip(onPrimary, onPrimary.dropFirst()) { #expect(next > first + 1, "twice in a row") }
    }

    @Test("an estate that says that the primary is failing has the return taken back")
    func takenBack() {
        var town = RandomTown(parameters: .standard, seed: 5, moody: false)
        town.deafToRefresh = true
        town.set { _ in }
        town.run(until: SessionTests.hour)
        town.set { $0.primary = .dataDead }
        town.run(until: town.now + SessionTests.hour)
        town.cutPower()
        town.run(until: town.now + 2 * SessionTests.hour)
        #expect(town.stored.enabled == .primary)
        town.set { $0.hint = .failing }
        town.run(until: town.now + SessionTests.hour)
        #expect(town.stored.enabled == .backup && town.policy.memory.phase == .away)
        town.cutPower()
        town.run(until: town.now + 60_000)
        #expect(town.delivering && town.served == .backup)
    }
}
