import Foundation
import Measure
import Resilience

/// Steps of the switching policy on one core: the events of months in a card's life, recorded once and replayed.
enum PolicySteps {
    struct Step {
        var event: Event
        var now: Instant
    }

    static func measure() throws {
        try measure("everyday", Life(days: 180, faultEvery: 20 * 24, seed: 1), parameters: .standard, goal: 20_000_000)
        try measure("trouble", Life(days: 60, faultEvery: 9, seed: 2), parameters: .alarm, goal: nil)
    }

    private static func measure(_ name: String, _ life: Life, parameters: Parameters, goal: Double?) throws {
        let steps = life.record(parameters)
        let expected = replay(steps, parameters)
        let passes = max(1, 8_000_000 / steps.count)
        let figure = try measureRate("policy", "\(name) mix", unit: "steps/s", goal: goal, note: mix(of: steps)) {
            for _ in 0..<passes {
                guard replay(steps, parameters) == expected else { throw BenchmarkFailure("the same events gave other decisions") }
            }
            return passes * steps.count
        }
        figure.publish()
    }

    /// Every decision goes into the sum, so that none can be left out.
    @inline(never)
    static func replay(_ steps: [Step], _ parameters: Parameters) -> UInt64 {
        var policy = Policy(parameters: parameters, memory: Memory(), seed: 7)
        var sum: UInt64 = 0
        for step in steps {
            let decision = policy.handle(step.event, at: step.now)
            sum = sum &* 31 &+ decision.wake.milliseconds
            if let slot = decision.enable { sum ^= UInt64(slot.rawValue) + 2 }
            if let beacon = decision.beacon { sum = sum &+ UInt64(beacon.responder) &+ 8 }
            if decision.persist { sum = sum &+ 64 }
        }
        return sum
    }

    private static func mix(of steps: [Step]) -> String {
        var counts: [String: Int] = [:]
        for step in steps { counts[name(of: step.event), default: 0] += 1 }
        let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
            "\(name) \((Double(count) / Double(steps.count) * 1_000).rounded() / 10) %"
        }
        return "\(steps.count) events: " + parts.joined(separator: ", ")
    }

    private static func name(of event: Event) -> String {
        switch event {
        case .poweredOn: "power-on"
        case .location: "location"
        case .rejected: "rejection"
        case .bearerUp: "connection up"
        case .bearerDown: "connection down"
        case .authenticated: "authentication"
        case .beaconAnswered: "beacon answered"
        case .beaconTimedOut: "beacon missed"
        case .channelRefused: "channel refused"
        case .sessionBegan, .sessionEnded: "session began or ended"
        case .switched: "switched"
        case .switchRefused: "switch refused"
        case .appointed: "appointed"
        case .wake: "timer"
        }
    }
}

/// What happens around a card: two networks, two responders, a device with traffic of its own, and faults now and then.
struct Life {
    var days: UInt64
    /// Hours between two faults, on average.
    var faultEvery: UInt64
    var seed: UInt64

    private enum Fault: UInt64 {
        case none, deadData, rejecting, noCoverage, noBearer, respondersDown
    }

    /// The events of that time, with a policy that answers to them as it goes.
    func record(_ parameters: Parameters) -> [PolicySteps.Step] {
        var random = Draws(seed: seed)
        var policy = Policy(parameters: parameters, memory: Memory(), seed: 7)
        var steps: [PolicySteps.Step] = []
        var now: UInt64 = 0
        let end = days * 86_400_000
        let home = ServingNetwork(plmn: 0x32F451, technology: .eutran)
        let away = ServingNetwork(plmn: 0x32F402, technology: .eutran)
        var fault = Fault.none
        var faultEnds: UInt64 = .max
        var recoveredAt: UInt64 = 0
        var faultBegins = interval(hours: faultEvery, &random)
        var ambient = interval(hours: 2, &random)
        var slot = Slot.primary
        var decision = Decision()

        func take(_ event: Event) {
            steps.append(PolicySteps.Step(event: event, now: Instant(milliseconds: now)))
            decision = policy.handle(event, at: Instant(milliseconds: now))
        }
        /// What a terminal tells of coming up on the profile in use.
        func attach() {
            now += 2_000 + random.below(4_000)
            let isStruck = slot == .primary
            switch fault {
            case .noCoverage where isStruck: take(.location(.none, nil))
            case .rejecting where isStruck:
                take(.location(.limited, home))
                now += 500
                take(.rejected(cause: 17, plmn: home.plmn))
            default:
                now += 400
                take(.authenticated)
                take(.location(.normal, isStruck ? home : away))
                now += 800
                if fault == .noBearer && isStruck { take(.bearerDown(cause: 38)) } else { take(.bearerUp) }
            }
        }

        /// What an ordinary day brings.
        func happen(in network: ServingNetwork) {
            switch random.below(4) {
            case 0: take(.location(.normal, ServingNetwork(plmn: network.plmn, technology: random.below(2) == 0 ? .eutran : .gsm)))
            case 1: take(.authenticated)
            case 2:
                take(.sessionBegan)
                now += 300
                take(.sessionEnded)
            default:
                take(.bearerDown(cause: 36))
                now += 2_000
                take(.bearerUp)
            }
        }

        take(.poweredOn(.full))
        attach()
        while now < end {
            if let target = decision.enable {
                slot = target
                now += 3_000
                take(.switched(slot))
                attach()
                continue
            }
            if let request = decision.beacon {
                let dead =
                    fault == .respondersDown || slot == .primary && [.deadData, .rejecting, .noCoverage, .noBearer].contains(fault)
                // One datagram in three hundred is lost for no reason.
                if dead || random.below(300) == 0 {
                    now += UInt64(request.timeout.milliseconds)
                    take(.beaconTimedOut(responder: request.responder))
                } else {
                    let trip = 60 + random.below(200)
                    now += trip
                    let health: Hint.PrimaryHealth =
                        fault != .none ? .failing : recoveredAt > 0 && now > recoveredAt + 600_000 ? .healthy : .unknown
                    take(
                        .beaconAnswered(
                            responder: request.responder, roundTrip: Interval(milliseconds: UInt32(trip)),
                            hint: Hint(primary: health, returnWindow: .minutes(10))))
                }
                continue
            }
            let next = min(decision.wake.milliseconds, ambient, faultBegins, faultEnds, end)
            now = max(now, next)
            if next == faultBegins {
                fault = Fault(rawValue: 1 + random.below(5)) ?? .deadData
                faultBegins = .max
                faultEnds = now + 1_800_000 + interval(hours: 2, &random)
                guard slot == .primary else { continue }
                switch fault {
                case .rejecting:
                    take(.location(.limited, home))
                    take(.rejected(cause: 17, plmn: home.plmn))
                case .noCoverage: take(.location(.none, nil))
                case .noBearer: take(.bearerDown(cause: 38))
                case .none, .deadData, .respondersDown: break
                }
            } else if next == faultEnds {
                let was = fault
                fault = .none
                recoveredAt = now
                faultEnds = .max
                faultBegins = now + interval(hours: faultEvery, &random)
                guard slot == .primary, was != .deadData, was != .respondersDown else { continue }
                take(.location(.normal, home))
                take(.bearerUp)
            } else if next == ambient {
                ambient = now + interval(hours: 2, &random)
                happen(in: slot == .primary ? home : away)
            } else if next < end {
                take(.wake)
            }
        }
        return steps
    }

    private func interval(hours: UInt64, _ random: inout Draws) -> UInt64 {
        UInt64(Double(hours) * 3_600_000 * -log(1 - random.unit())) + 1
    }
}
