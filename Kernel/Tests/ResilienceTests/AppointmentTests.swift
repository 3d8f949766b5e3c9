import Testing

@testable import Resilience

/// Decisions of others, in every situation (GSMA SGP.32: the device, or an eIM, enables profiles and gives and takes the fallback
/// attribute).
@Suite("Decisions of others", .serialized)
struct AppointmentTests {
    /// What the state of an eUICC with two profiles can lead to: the primary enabled with or without a profile to fall back to, the
    /// fallback executed, the backup enabled for good.
    static let appointments: [Exploration.Appointment] = [Slot.primary, .backup].flatMap { slot in
        [true, false].map { Exploration.Appointment(slot: slot, mayMove: $0, refresh: true) }
    }

    /// Hints, single responders and dead data under a good registration are explored elsewhere.
    static let surroundings = Surroundings.all.filter {
        $0.hint == .unknown && !$0.asksForRehearsals && $0.responders == (true, true) && $0.primary != .dataDead
            && $0.backup != .dataDead
    }

    static let exploration = Exploration(.tiny, in: surroundings, appointments: appointments, endsWaits: false)

    @Test("a card that may not move stays where it was put, whatever happens")
    func stays() {
        print("reachable situations with decisions of others: \(Self.exploration.reachable.count)")
        for situation in Self.exploration.reachable where !situation.policy.mayMove {
            #expect(situation.policy.pending == nil)
            for surroundings in Self.surroundings where situation.hears(surroundings) {
                var successor = situation
                successor.step(surroundings)
                #expect(
                    successor.policy.memory.enabled == situation.policy.memory.enabled && successor.moved == 0,
                    "moved on its own account: \(situation)")
            }
        }
    }

    @Test("a card that may not move is heard as soon as its profile delivers")
    func heard() {
        let parameters = Parameters.tiny
        let limit =
            Int((parameters.suspectProbe.doubled(16, limit: parameters.heartbeat)).milliseconds / 1_000) + 2
            + Int(parameters.attachBudget.milliseconds / 1_000)
        for surroundings in Self.surroundings where surroundings.delivers(.primary) && surroundings.delivers(.backup) {
            let result = Self.exploration.delays(in: surroundings) { $0.policy.mayMove || $0.policy.isDelivering }
            #expect(result.never == 0, "never heard: \(result.worst)")
            #expect(result.longest <= limit, "\(result.longest) s from \(result.worst)")
        }
    }

    @Test("a card that may move again is never stranded")
    func neverStrands() {
        let bound = Int(Parameters.tiny.cost.strandBound.milliseconds / 1_000)
        for surroundings in Self.surroundings where surroundings.delivers(.primary) || surroundings.delivers(.backup) {
            let result = Self.exploration.delays(in: surroundings) {
                !$0.policy.mayMove || $0.policy.isDelivering && surroundings.delivers($0.served)
            }
            #expect(result.never == 0, "\(surroundings): stranded from \(result.worst)")
            #expect(result.longest <= bound, "\(surroundings): \(result.longest) s from \(result.worst)")
        }
    }

    @Test("what is enabled is what was decided last, also after a loss of power")
    func decided() {
        for situation in Self.exploration.reachable {
            for appointment in Self.appointments {
                var after = situation
                after.appoint(appointment.slot, mayMove: appointment.mayMove, refresh: appointment.refresh)
                #expect(after.policy.memory.enabled == appointment.slot && after.stored.enabled == appointment.slot)
                if after.served != appointment.slot { #expect(after.refreshing, "the terminal is not told: \(situation)") }
                #expect(Memory(after.stored.encoded) == after.stored)
            }
        }
    }
}

/// The estate asks a card to prove its backup.
@Suite("Rehearsals of the backup")
struct RehearsalTests {
    static let well = Surroundings(primary: .delivering, backup: .delivering, responders: (true, true), hint: .unknown)

    /// A card at home, which delivers.
    private func home() -> Situation {
        var situation = Situation(parameters: .small)
        for _ in 0..<20 { situation.step(Self.well) }
        #expect(situation.policy.memory.phase == .home && situation.policy.isDelivering)
        return situation
    }

    @Test("goes to the backup for one answered beacon, and comes back")
    func thereAndBack() {
        var situation = home()
        var asking = Self.well
        asking.asksForRehearsals = true
        var seen: [MoveReason] = []
        for _ in 0..<12 {
            let isHome = situation.served == .primary && seen.isEmpty
            situation.step(isHome ? asking : Self.well)
            let reason = situation.policy.memory.lastMove
            if seen.last != reason, reason != .none { seen.append(reason) }
        }
        #expect(seen == [.rehearsal, .rehearsed])
        #expect(situation.served == .primary && situation.policy.memory.phase == .home && situation.policy.isDelivering)
    }

    @Test("a backup that does not deliver is found out, and the card is home again within an attempt's time")
    func backupDead() {
        for backup in [Surroundings.Operator.down, .dataDead] {
            var situation = home()
            let asking = Surroundings(
                primary: .delivering, backup: backup, responders: (true, true), hint: .unknown, asksForRehearsals: true)
            var quiet = asking
            quiet.asksForRehearsals = false
            var ticks = 0
            while situation.policy.memory.lastMove != .rehearsal, ticks < 10 {
                situation.step(asking)
                ticks += 1
            }
            #expect(situation.policy.memory.phase == .rehearsal)
            ticks = 0
            while !(situation.served == .primary && situation.policy.isDelivering), ticks < 40 {
                situation.step(quiet)
                ticks += 1
            }
            let parameters = Parameters.small
            let limit = Int((parameters.attachBudget.milliseconds + parameters.firstProbe.milliseconds) / 1_000) + 6
            #expect(ticks <= limit, "\(ticks) s with a backup that is \(backup)")
            #expect(situation.policy.memory.lastMove == .rehearsalFailed && situation.policy.memory.phase == .home)
        }
    }

    @Test(
        "a terminal that does not obey keeps its profile: nothing is claimed to be rehearsed, and what is stored can always be read"
    )
    func ignored() {
        var asking = Self.well
        asking.asksForRehearsals = true
        var rehearsals = 0
        for start in ExhaustiveTests.reachable
        where start.served == .primary && start.policy.memory.phase == .home && start.policy.memory.lastMove != .rehearsed {
            var situation = start
            for tick in 0..<30 {
                situation.step(tick < 6 ? asking : Self.well, obeys: false)
                if situation.policy.memory.phase == .rehearsal { rehearsals += 1 }
                let isSound =
                    Memory(situation.stored.encoded) == situation.stored && Memory(situation.policy.memory.encoded) != nil
                    && situation.served == .primary && situation.policy.memory.lastMove != .rehearsed
                guard isSound else {
                    Issue.record("\(situation.policy.memory) from \(start)")
                    return
                }
            }
        }
        #expect(rehearsals > 1_000)
    }

    @Test("a request is followed once, however often it is repeated")
    func once() {
        var policy = Policy(parameters: .small, memory: Memory(), seed: 1)
        let asking = Event.beaconAnswered(
            responder: 0, roundTrip: .seconds(1), hint: Hint(primary: .unknown, returnWindow: .zero, rehearsal: 7))
        var now = Instant(milliseconds: 1_000)
        func after(_ seconds: UInt32) -> Instant { now + .seconds(seconds) }
        _ = policy.handle(.poweredOn(.full), at: now)
        _ = policy.handle(.location(.normal, nil), at: now)
        #expect(policy.handle(asking, at: now).enable == .backup)
        #expect(policy.memory.rehearsed == 7 && policy.memory.phase == .rehearsal)
        now = after(1)
        _ = policy.handle(.switched(.backup), at: now)
        now = after(3)
        #expect(policy.handle(asking, at: now).enable == .primary)
        now = after(1)
        _ = policy.handle(.switched(.primary), at: now)
        for _ in 0..<10 {
            now = after(10)
            #expect(policy.handle(asking, at: now).enable == nil)
            #expect(policy.memory.phase == .home)
        }
    }

    @Test("a card that watches registration only, or has one profile, or may not move, ignores the request")
    func notForEverybody() {
        for (parameters, mayMove) in [
            (Parameters.small.watchingRegistrationOnly(), true), (Parameters.small.withoutMoving(), true),
            (Parameters.small, false),
        ] {
            var policy = Policy(parameters: parameters, memory: Memory(), seed: 1, mayMove: mayMove)
            let now = Instant(milliseconds: 1_000)
            _ = policy.handle(.poweredOn(.full), at: now)
            _ = policy.handle(.location(.normal, nil), at: now)
            let asking = Hint(primary: .unknown, returnWindow: .zero, rehearsal: 1)
            let decision = policy.handle(.beaconAnswered(responder: 0, roundTrip: .seconds(1), hint: asking), at: now)
            #expect(decision.enable == nil && policy.pending == nil)
        }
    }

    @Test("memory of the formats that knew no rehearsals, and no count of power sessions, is still read")
    func olderMemory() {
        var memory = Memory()
        memory.moves = 5
        #expect(Memory([1] + memory.encoded[1..<16]) == memory)
        memory.rehearsed = 9
        #expect(Memory([2] + memory.encoded[1..<17]) == memory)
        memory.unanswered = 2
        memory.firstResponder = 1
        memory.movedAt = 0x0102_0304
        #expect(Memory(memory.encoded) == memory && memory.encoded.count == Memory.encodedSize)
        #expect(Memory(memory.encoded + [0]) == nil)
        for length in 0..<Memory.encodedSize { #expect(Memory([UInt8](memory.encoded.prefix(length))) == nil) }
    }
}
