import Testing

@testable import Resilience

/// The outages of record that the drills replay, as one card with the alarm preset lives through them.
@Suite("Outages of record")
struct OutageTests {
    static let minute: UInt64 = 60_000
    static let hour: UInt64 = 3_600_000

    /// A card that has been at home for an hour, and the hour it is.
    private func settled(_ parameters: Parameters = .alarm, seed: UInt64 = 11) -> RandomTown {
        var town = RandomTown(parameters: parameters, seed: seed, moody: false)
        town.set { _ in }
        town.run(until: Self.hour)
        #expect(town.delivering && town.served == .primary && town.moveTimes.isEmpty)
        return town
    }

    @Test(
        "registered, voice fine, no data (Vodafone UK 2025): away within the stated detection, home after recovery",
        arguments: 1...20)
    func dataPathDead(seed: UInt64) {
        var town = settled(seed: seed)
        town.set { $0.primary = .dataDead }
        town.run(until: town.now + UInt64(Parameters.alarm.cost.detection.milliseconds) + 30_000)
        #expect(town.served == .backup && town.policy.memory.lastMove == .dataPathDead)
        town.run(until: town.now + 5 * Self.hour)
        #expect(town.delivering && town.served == .backup)
        town.set { $0.primary = .delivering }
        town.run(until: town.now + UInt64(Parameters.alarm.holdLimit.milliseconds) * 12 / 10)
        #expect(town.delivering && town.served == .primary && town.policy.memory.lastMove == .trialReturn)
    }

    @Test("a card that watches registration only stays on a dead data path")
    func registrationWatching() {
        var town = settled(Parameters.alarm.watchingRegistrationOnly())
        town.set { $0.primary = .dataDead }
        town.run(until: town.now + 5 * Self.hour)
        #expect(town.served == .primary && town.moveTimes.isEmpty)
    }

    @Test("attach refused while the radio is visible (O2 UK 2018)")
    func attachRejected() {
        var town = settled()
        town.set { $0.primary = .down }
        town.refuse(cause: 17)
        town.run(until: town.now + 2 * Self.minute)
        #expect(town.delivering && town.served == .backup && [.noRegistration, .rejected].contains(town.policy.memory.lastMove))
    }

    @Test("a subscription that roaming no longer admits (VMO2 2G 2025) is left at once, and trials grow rare")
    func roamingWithdrawn() {
        var town = settled()
        let fault = town.now
        town.set { $0.primary = .down }
        town.refuse(cause: 8)
        town.run(until: fault + 30_000)
        #expect(town.policy.memory.enabled == .backup && town.policy.memory.lastMove == .rejected)
        town.run(until: fault + 48 * Self.hour)
        #expect(town.delivering && town.served == .backup)
        let lastDay = town.moveTimes.filter { $0 > town.now - 24 * Self.hour }.count
        #expect(lastDay <= 2 * 24 / 4 + 2, "after a day of failures a trial is due every holdLimit at the most")
    }

    @Test("core gone, and hints of recovery (KDDI 2022): cards return spread over the window that the estate sets")
    func storm() {
        var returns: [UInt64] = []
        for seed in UInt64(1)...40 {
            var town = settled(seed: seed)
            town.set { $0.primary = .down }
            town.run(until: town.now + 10 * Self.minute)
            #expect(town.served == .backup)
            town.set {
                $0.primary = .delivering
                $0.hint = .healthy
            }
            let recovery = town.now
            town.run(until: recovery + 15 * Self.minute)
            #expect(town.delivering && town.served == .primary, "seed \(seed)")
            returns.append((town.moveTimes.last ?? 0) - recovery)
        }
        let spread = (returns.max() ?? 0) - (returns.min() ?? 0)
        #expect(spread > 3 * Self.minute, "forty cards came back within \(spread) ms")
    }

    @Test("while the estate says the primary is failing, trials wait, but never longer than the hold limit")
    func failingHint() {
        var town = settled()
        town.set {
            $0.primary = .dataDead
            $0.hint = .failing
        }
        town.run(until: town.now + 3 * Self.hour)
        #expect(town.moveTimes.count == 1)
        town.run(until: town.now + 2 * Self.hour)
        #expect(town.moveTimes.count > 1)
    }

    @Test(
        "our own responders fail: one look at the backup, then home, and no second look within the doubt pause", arguments: 1...20)
    func respondersDown(seed: UInt64) {
        var town = settled(seed: seed)
        town.set { $0.responders = (false, false) }
        town.run(until: town.now + UInt64(Parameters.alarm.doubtPause.milliseconds) * 8 / 10)
        #expect(town.moveTimes.count <= 2 && town.served == .primary && town.policy.memory.lastMove == .responderDoubt)
        town.set { $0.responders = (true, true) }
        town.run(until: town.now + 2 * Self.minute)
        #expect(town.delivering && town.served == .primary && town.moveTimes.count <= 2)
    }

    @Test("a power cut during the doubt does not make the card look again")
    func doubtSurvivesPowerLoss() {
        var town = settled()
        town.set { $0.responders = (false, false) }
        town.run(until: town.now + 10 * Self.minute)
        let moves = town.moveTimes.count
        var looks = 0
        for _ in 0..<10 {
            town.cutPower()
            town.run(until: town.now + 4 * Self.minute)
            looks = town.moveTimes.count - moves
        }
        #expect(looks <= 4, "\(looks) moves in ten power sessions of four minutes")
    }

    @Test("responders fail while the primary is dead: the card stays where it last delivered")
    func respondersDownWhileAway() {
        var town = settled()
        town.set { $0.primary = .dataDead }
        town.run(until: town.now + 5 * Self.minute)
        town.set { $0.responders = (false, false) }
        town.run(until: town.now + 20 * Self.minute)
        town.set { $0.responders = (true, true) }
        town.run(until: town.now + 2 * Self.minute)
        #expect(town.delivering && town.served == .backup)
    }

    @Test("power gone in a whole region (Iberia 2025): pauses grow, and whichever operator comes back first is found")
    func bothDown() {
        for first in [Slot.primary, .backup] {
            var town = settled()
            town.set {
                $0.primary = .down
                $0.backup = .down
            }
            town.run(until: town.now + 10 * Self.hour)
            #expect(town.moveTimes.count < 100, "a flat battery helps nobody")
            let recovery = town.now
            town.set { if first == .primary { $0.primary = .delivering } else { $0.backup = .delivering } }
            town.run(until: recovery + UInt64(Parameters.alarm.cost.strandBound.milliseconds))
            #expect(town.delivering && town.served == first)
        }
    }

    @Test("power cut in the middle of a switch: the card boots on the profile that it had written")
    func powerCut() {
        var town = settled()
        town.set { $0.primary = .dataDead }
        while town.refreshAt == .max { town.run(steps: town.steps + 1) }
        #expect(town.served == .primary && town.stored.enabled == .backup)
        town.cutPower()
        #expect(town.served == .backup)
        town.run(until: town.now + 2 * Self.minute)
        #expect(town.delivering && town.served == .backup)
    }

    @Test("a recovery that flaps (Verizon 2026): every failed return doubles the hold")
    func flappingRecovery() {
        var town = settled()
        var away: [UInt64] = []
        for _ in 0..<4 {
            town.set { $0.primary = .dataDead }
            let left = town.now
            town.run(until: left + 5 * Self.minute)
            #expect(town.served == .backup)
            town.set { $0.primary = .delivering }
            while town.served == .backup { town.run(steps: town.steps + 1) }
            away.append(town.now - left)
            town.run(until: town.now + 2 * Self.minute)
        }
        #expect(away[3] > 4 * away[0])
    }

    @Test(
        "a modem that its host resets after five minutes without data still gets to the backup",
        arguments: [UInt64(75_000), 150_000, 300_000])
    func watchdog(period: UInt64) {
        var town = settled(.standard)
        town.set { $0.primary = .down }
        var sessions = 0
        while !(town.delivering && town.served == .backup), sessions < 20 {
            town.run(until: town.now + period)
            if !town.delivering { town.cutPower() }
            sessions += 1
        }
        #expect(town.delivering && sessions < 12, "\(sessions) sessions of \(period) ms")
    }

    @Test("a terminal that ignores REFRESH is asked again, and its next reset takes the new profile")
    func ignoredRefresh() {
        var town = settled()
        town.set { $0.primary = .dataDead }
        town.deafToRefresh = true
        town.run(until: town.now + 5 * Self.minute)
        #expect(town.policy.switching && town.served == .primary && town.stored.enabled == .backup)
        town.cutPower()
        town.run(until: town.now + 2 * Self.minute)
        #expect(town.delivering && town.served == .backup)
    }

    @Test(
        "a terminal without channels is judged by registration and connection, and does not ping-pong between two refusing operators"
    )
    func withoutChannels() {
        var policy = Policy(parameters: .standard, memory: Memory(), seed: 3)
        var now = Instant.zero
        var moves = 0
        var decision = policy.handle(.poweredOn(Abilities(dataPath: false, events: true)), at: now)
        for round in 0..<2_000 {
            now = now + .seconds(20)
            #expect(decision.beacon == nil)
            decision = policy.handle(.wake, at: now)
            if decision.enable != nil, policy.switching {
                moves += 1
                decision = policy.handle(.switched(policy.memory.enabled), at: now)
            }
            if round % 3 == 0 {
                decision = policy.handle(.location(.normal, nil), at: now)
                decision = policy.handle(.bearerDown(cause: 33), at: now)
            }
        }
        #expect(moves <= 12, "\(moves) moves in eleven hours")
    }
}
