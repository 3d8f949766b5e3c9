import Testing

@testable import Resilience

@Suite("Presets and what they cost")
struct PresetTests {
    static let presets: [Parameters] = [.alarm, .standard, .frugal]

    @Test("every preset can be used, also by the comparators", arguments: presets)
    func sound(parameters: Parameters) {
        #expect(parameters.problem == nil)
        #expect(parameters.watchingRegistrationOnly().problem == nil)
        #expect(parameters.withoutMoving().problem == nil)
    }

    @Test("alarm knows of a dead data path within a minute")
    func alarm() {
        #expect(Parameters.alarm.cost.detection <= .seconds(60))
    }

    @Test("standard fits a 5 MB plan and knows within a quarter of an hour")
    func standard() {
        let cost = Parameters.standard.cost
        #expect(cost.bytesPerMonth < 1_250_000)
        #expect(cost.detection <= .minutes(15))
    }

    @Test("frugal fits in half a megabyte a month and wakes the terminal about once an hour")
    func frugal() {
        let cost = Parameters.frugal.cost
        #expect(cost.bytesPerMonth < 500_000)
        #expect(cost.wakeUpsPerDay <= 27)
        #expect(cost.detection <= .minutes(75))
    }

    @Test("an encoded policy reads back as itself", arguments: presets)
    func encoding(parameters: Parameters) {
        #expect(Parameters(parameters.encoded) == parameters)
        #expect(parameters.encoded.count == Parameters.encodedSize)
        for length in 0..<Parameters.encodedSize { #expect(Parameters(Array(parameters.encoded.prefix(length))) == nil) }
    }

    @Test("a policy that would strand or flap a card is refused")
    func refused() {
        func refuses(_ change: (inout Parameters) -> Void) -> Parameters.Problem? {
            var parameters = Parameters.standard
            change(&parameters)
            #expect(Parameters(parameters.encoded) == nil)
            return parameters.problem
        }
        #expect(refuses { $0.misses = 1 } == .tooFewMisses)
        #expect(refuses { $0.allowance = 1 } == .tooFewMoves)
        #expect(refuses { $0.timeout = .zero } == .zeroInterval)
        #expect(refuses { $0.heartbeat = .zero } == .zeroInterval)
        #expect(refuses { $0.refill = .zero } == .zeroInterval)
        #expect(refuses { $0.holdLimit = .seconds(1) } == .limitBelowBase)
        #expect(refuses { $0.jitter = 51 } == .tooMuchJitter)
    }

    @Test("a memory that this policy cannot have written is refused, not trusted")
    func hostileMemory() {
        var random = Seeded(state: 42)
        var accepted = 0
        for _ in 0..<200_000 {
            var bytes = Memory().encoded
            for _ in 0..<(1 + random.below(4)) {
                bytes[Int(random.below(UInt64(bytes.count)))] = UInt8(truncatingIfNeeded: random.next())
            }
            guard let memory = Memory(bytes) else { continue }
            accepted += 1
            #expect(memory.encoded == bytes)
            var policy = Policy(parameters: .alarm, memory: memory, seed: 1)
            _ = policy.handle(.poweredOn(.full), at: .zero)
            for second in 1...5 { _ = policy.handle(.wake, at: Instant(milliseconds: UInt64(second) * 60_000)) }
        }
        #expect(accepted > 1_000)
    }

    @Test("time at its ends does not trap")
    func extremes() {
        for now in [Instant.zero, Instant(milliseconds: .max - 1), .never] {
            var policy = Policy(parameters: .frugal, memory: Memory(), seed: .max)
            for event in [
                Event.poweredOn(Abilities(dataPath: true, events: false, watchdog: .milliseconds(1))), .location(.none, nil), .wake,
                .rejected(cause: 255, plmn: .max), .bearerDown(cause: nil), .beaconTimedOut(responder: 255),
                .channelRefused(responder: 9),
                .switchRefused, .switched(.backup), .sessionBegan, .authenticated, .sessionEnded, .wake,
                .beaconAnswered(
                    responder: 3, roundTrip: .zero, hint: Hint(primary: .healthy, returnWindow: Interval(milliseconds: .max))),
            ] {
                _ = policy.handle(event, at: now)
                _ = policy.handle(event, at: .zero)
            }
        }
    }
}
