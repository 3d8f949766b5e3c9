import Resilience

/// New parameters that no answered beacon has confirmed yet, and what the card goes back to when none does.
///
/// A card has no clock over a loss of power, so two things end a trial, whichever comes first: time with power, as far as the card
/// learns of it, and power-ons that were not its own moves.
struct PolicyTrial: Equatable, Sendable {
    /// How long the card tries new parameters without an answer, counting time with power: well inside the 24 hours in which a
    /// manufacturer has to be able to reach it.
    static let longest = Interval.hours(6)
    /// How many times it is powered on before it goes back, for hosts that switch their modem off before that time comes.
    static let mostPowerOns: UInt8 = 8
    /// How often the time that has passed is written: what a loss of power can make the card forget.
    static let checkpoint = Interval.hours(1)
    /// The longest time between beacons of parameters that may be tried: two of them belong to a trial.
    static let longestHeartbeat = Interval(milliseconds: longest.milliseconds / 2)

    /// The parameters that were last confirmed.
    let previous: Parameters
    var powerOns: UInt8 = 0
    /// Seconds with power in earlier card sessions.
    var earlier: UInt32 = 0
    /// When the trial began in this card session.
    var began: Instant
    /// When to look again whether its time is over.
    private(set) var check: Instant

    init(previous: Parameters, powerOns: UInt8 = 0, earlier: UInt32 = 0, began: Instant) {
        self.previous = previous
        self.powerOns = powerOns
        self.earlier = earlier
        self.began = began
        check = began
        look(at: began)
    }

    /// Seconds with power since the trial began.
    func elapsed(at now: Instant) -> UInt32 {
        let here = UInt32(clamping: (now.milliseconds - min(began.milliseconds, now.milliseconds)) / 1_000)
        let (sum, overflow) = earlier.addingReportingOverflow(here)
        return overflow ? .max : sum
    }

    func isOver(at now: Instant) -> Bool { elapsed(at: now) >= PolicyTrial.longest.milliseconds / 1_000 }

    /// Sets when to look again.
    mutating func look(at now: Instant) {
        let whole = PolicyTrial.longest.milliseconds / 1_000
        let left = whole - min(elapsed(at: now), whole)
        // Never at once: what could not be written now is tried again later.
        check = now + max(min(.seconds(left), PolicyTrial.checkpoint), .seconds(1))
    }
}
