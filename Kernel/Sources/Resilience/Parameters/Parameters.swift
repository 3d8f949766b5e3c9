/// Every threshold of the switching policy. A policy document carries these; ``version`` tells which one a card runs.
public struct Parameters: Equatable, Sendable {
    /// What the policy may move for.
    public enum Movement: UInt8, Equatable, Sendable {
        /// Moves when the data path does not deliver, whatever registration says. What Holdfast is for.
        case delivery = 0
        /// Moves on registration alone; beacons are sent but decide nothing. What the market sells, for comparison.
        case registration = 1
        /// Never moves: an ordinary single-profile SIM that sends beacons, for comparison.
        case never = 2
    }

    /// The version of the policy document, reported in every beacon.
    public var version: UInt32 = 1
    /// What the policy may move for.
    public var movement: Movement = .delivery
    /// Between beacons on the primary while all is well.
    public var heartbeat: Interval
    /// Between beacons on the backup while all is well.
    public var heartbeatAway: Interval
    /// How long one beacon waits for its answer.
    public var timeout: Interval
    /// Between a missed beacon and the next one while in suspicion.
    public var suspectProbe: Interval
    /// Missed beacons in a row, to alternating responders, that make a data path dead. At least 2, so that both responders are asked.
    public var misses: UInt8
    /// How long registration may be limited or absent before the profile is left.
    public var registrationGrace: Interval
    /// How long a temporary rejection (congestion) is waited out.
    public var congestionGrace: Interval
    /// How long a lost data connection may take to come back.
    public var bearerGrace: Interval
    /// How long a profile has from power-on or switch to its first answered beacon.
    public var attachBudget: Interval
    /// The same for a trial return to the primary: shorter, because the backup is known to deliver.
    public var trialBudget: Interval
    /// From power-on or switch to the first beacon when the terminal reports no registration by itself.
    public var firstProbe: Interval
    /// Departures for a dead data path are spread over up to this time, so that an estate does not leave at once.
    public var leaveSpread: Interval
    /// How long the card stays on the backup before its first trial return; doubles after each that fails.
    public var hold: Interval
    /// The longest such stay.
    public var holdLimit: Interval
    /// How long the primary must deliver after a return before its failures are forgotten.
    public var stable: Interval
    /// The first wait when neither operator gives a data connection; doubles.
    public var darkPause: Interval
    /// The longest such wait.
    public var darkLimit: Interval
    /// The first wait when both operators give a data connection and no responder answers on either; doubles.
    public var doubtPause: Interval
    /// The longest such wait.
    public var doubtLimit: Interval
    /// Moves that may follow each other without waiting. At least 2: a card must be able to go and come back.
    public var allowance: UInt8
    /// One more move is allowed after each such time.
    public var refill: Interval
    /// How long a terminal has to obey REFRESH before it is asked again.
    public var refreshRetry: Interval
    /// Random variation of heartbeats, holds and pauses, in hundredths. Zero makes the policy free of randomness.
    public var jitter: UInt8

    /// A rule that a set of parameters breaks.
    public enum Problem: Equatable, Sendable, Error {
        /// `misses` is below 2: one lost datagram would move a card.
        case tooFewMisses
        /// A heartbeat, timeout, budget, hold, pause or refill is zero.
        case zeroInterval
        /// `allowance` is below 2: a card could leave and not come back.
        case tooFewMoves
        /// A limit is below the value it limits.
        case limitBelowBase
        /// `jitter` is above 50.
        case tooMuchJitter
    }

    /// The first rule that these parameters break, or nil. A card refuses a policy that has one.
    public var problem: Problem? {
        if misses < 2 { return .tooFewMisses }
        if allowance < 2 { return .tooFewMoves }
        if jitter > 50 { return .tooMuchJitter }
        if holdLimit < hold || darkLimit < darkPause || doubtLimit < doubtPause { return .limitBelowBase }
        let shortest = min(
            min(min(heartbeat, heartbeatAway), min(timeout, suspectProbe)),
            min(min(attachBudget, trialBudget), min(min(hold, darkPause), min(doubtPause, min(refill, refreshRetry)))))
        return shortest == .zero ? .zeroInterval : nil
    }
}
