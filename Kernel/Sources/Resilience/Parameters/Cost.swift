/// What a set of parameters costs and promises. Everything here is arithmetic over ``Parameters``, and tested against the policy.
public struct Cost: Equatable, Sendable {
    /// Bytes that one beacon and its answer take on the operator's meter at most: 128 and 64 bytes of CoAP, and 28 of IPv4 and
    /// UDP for each.
    public static let bytesPerExchange: UInt32 = (128 + 28) + (64 + 28)

    /// Bytes a month (30 days) and SIM while all is well, counting every exchange at its largest.
    public var bytesPerMonth: UInt32
    /// Times a day that the card asks the terminal for something while all is well: one beacon each.
    public var wakeUpsPerDay: UInt32
    /// From a fault of the data path that gives no other sign to the decision to leave, at most.
    public var detection: Interval
    /// From the loss of registration to the decision to leave, at most.
    public var detectionByRegistration: Interval
    /// From the moment that exactly one operator delivers, whatever came before, to a beacon answered through it, at most, while
    /// power stays on, the terminal attaches within ``Parameters/trialBudget`` and obeys REFRESH, and no beacon is lost that could be
    /// answered: a look at a profile that misses for that reason is repeated after another pause.
    public var strandBound: Interval
    /// Moves in any hour, at most, over any number of power cuts, while power sessions last for an eighth of ``Parameters/hold`` or
    /// longer on the average: each counts for that much of ``Parameters/refill``. In a storm of shorter ones they stay rarer than power-ons.
    public var movesPerHour: UInt32
    /// Writes of the policy's memory in any day, at most, while power stays on.
    public var writesPerDay: UInt32
}

extension Parameters {
    /// What these parameters cost and promise.
    public var cost: Cost {
        let day: UInt64 = 86_400_000
        let spread = UInt64(100 + UInt32(jitter))
        let beat = UInt64(heartbeat.milliseconds)
        let beatsPerDay = day / max(beat * UInt64(100 - min(jitter, 50)) / 100, 1)
        let suspicion =
            UInt64(misses) * UInt64(timeout.milliseconds) + UInt64(misses - min(misses, 1)) * UInt64(suspectProbe.milliseconds)
        let detection = beat * spread / 100 + suspicion + UInt64(leaveSpread.milliseconds)
        let byRegistration =
            UInt64(max(registrationGrace, congestionGrace).milliseconds) + UInt64(leaveSpread.milliseconds)
        let pause = UInt64(max(doubtLimit, darkLimit).milliseconds) * spread / 100
        let tokens = 2 * UInt64(refill.milliseconds)
        let looks = 2 * UInt64(attachBudget.milliseconds) + 2 * UInt64(leaveSpread.milliseconds)
        let moves = UInt64(allowance) + (3_600_000 + UInt64(refill.milliseconds) - 1) / UInt64(max(refill.milliseconds, 1))
        let movesPerDay = UInt64(allowance) + (day + UInt64(refill.milliseconds) - 1) / UInt64(max(refill.milliseconds, 1))
        return Cost(
            bytesPerMonth: UInt32(clamping: (30 * day / max(beat, 1)) * UInt64(Cost.bytesPerExchange)),
            wakeUpsPerDay: UInt32(clamping: beatsPerDay),
            detection: Interval(clamping: detection),
            detectionByRegistration: Interval(clamping: byRegistration),
            strandBound: Interval(clamping: pause + tokens + looks + detection + byRegistration),
            movesPerHour: UInt32(clamping: moves),
            // Each move is written, and so are the counter of sessions cut short, the first miss and the first answer after it, or a switch
            // that is given up; a day without moves writes at most the end of a stable period, a first miss and the first answer.
            writesPerDay: UInt32(clamping: 4 * movesPerDay + 4))
    }
}
