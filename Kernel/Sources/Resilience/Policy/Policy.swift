/// The switching policy: what a card concludes from what it sees, and when it moves.
///
/// A value without clock, I/O or randomness of its own: events go in with the time, a ``Decision`` comes out, and the same events
/// give the same decisions. The path of an event is always the same: `absorb` turns it into evidence about the profile in use,
/// `settleDeadlines` draws the conclusions whose time has come, `act` performs the one move or beacon that follows, and
/// `nextWake` says when to come back.
///
/// The promises, each tested over every reachable state of a small environment and in millions of random steps:
/// - a profile that stops delivering is left, also when it still looks registered;
/// - a fault of the responders moves no card for good: it looks at the other operator once and goes back to where it last
///   delivered, and the next look waits for ``Parameters/doubtPause``, doubling;
/// - if anything delivers, the card is on it within ``Cost/strandBound``;
/// - moves an hour and writes a day stay below ``Cost/movesPerHour`` and ``Cost/writesPerDay``, whatever the network does.
public struct Policy: Equatable, Sendable {
    /// The thresholds in force; ``adopt(_:continuing:at:)`` changes them.
    public internal(set) var parameters: Parameters
    /// What must survive power loss. Write it whenever a decision says so, before acting on the decision.
    public internal(set) var memory: Memory

    var standing = Standing.settling
    var evidence = Evidence()
    var deadlines = Deadlines()
    /// The move that has been decided on and not yet made.
    var pending: Move?
    var abilities = Abilities.full
    /// REFRESH has been asked for and not obeyed yet; counts the times.
    var refreshes: UInt8 = 0
    var switching = false
    var busy = false
    var misses: UInt8 = 0
    var responder: UInt8 = 0
    var awaiting = false
    /// The trial return that is due was asked for by the estate.
    var hinted = false
    /// Since power-on, or the last move, the enabled profile has been heard through or counted as unanswered.
    var judged = false
    /// How often the card was switched on in its life, this session included.
    public internal(set) var powerOns: UInt32
    /// The sequence of random draws. It decides jitter only; security never rests on it.
    var draws: UInt64
    var allowance: UInt8
    /// Whoever decides on the profiles lets the policy move.
    public internal(set) var mayMove: Bool

    /// How the profile in use stands.
    enum Standing: UInt8, Equatable, Sendable {
        /// Powered on or switched, and not proven yet.
        case settling
        /// The last beacon was answered (or, where beacons cannot be sent, registration is normal).
        case delivering
        /// At least one beacon has gone unanswered.
        case doubting
        /// Given up; a move is pending, or nowhere is better.
        case failed
    }

    /// A decided change of profile.
    struct Move: Equatable, Sendable {
        var target: Slot
        var reason: MoveReason
        var phase: Memory.Phase
        /// The number of the rehearsal that it begins.
        var rehearsal: UInt8?
    }

    /// A policy with these thresholds that goes on from this memory.
    ///
    /// - Parameters:
    ///   - parameters: thresholds without a ``Parameters/problem``; others are the caller's mistake and are used as they stand.
    ///   - memory: what the last ``Decision/persist`` wrote.
    ///   - seed: spreads this card's timers from other cards'; derive it from the card's number.
    ///   - powerOns: how often the card was switched on in its life, this session included. Where nobody counts, zero: waits then
    ///     progress only while power stays on.
    ///   - mayMove: whether the policy may leave the enabled profile; ``Event/appointed(_:mayMove:refresh:)`` changes it.
    public init(parameters: Parameters, memory: Memory, seed: UInt64, powerOns: UInt32 = 0, mayMove: Bool = true) {
        self.parameters = parameters
        self.memory = memory
        self.powerOns = powerOns
        self.mayMove = mayMove
        draws = seed ^ UInt64(memory.moves) &* 0x9E37_79B9_7F4A_7C15
        allowance = min(memory.allowance, parameters.allowance)
        // Both are asked in turn, also when each session is long enough for one beacon only.
        responder = memory.firstResponder ^ (memory.unanswered & 1)
        let refills = UInt64(elapsed.milliseconds) / UInt64(max(parameters.refill.milliseconds, 1))
        allowance = UInt8(min(UInt64(allowance) + refills, UInt64(parameters.allowance)))
    }

    /// Takes one event and says what to do.
    ///
    /// Time may not run backwards between calls; an earlier `now` is taken as no progress.
    public mutating func handle(_ event: Event, at now: Instant) -> Decision {
        var decision = Decision()
        absorb(event, at: now, into: &decision)
        settleDeadlines(at: now, into: &decision)
        act(at: now, into: &decision)
        decision.wake = nextWake(at: now)
        return decision
    }

    /// The profile that the terminal sees: the enabled one, or the other while a REFRESH is not obeyed yet.
    public var serving: Slot { switching ? memory.enabled.other : memory.enabled }

    /// The policy may move, and its parameters want it to.
    var moves: Bool { mayMove && parameters.movement != .never }

    /// Whether the last beacon through the profile in use was answered.
    public var isDelivering: Bool { standing == .delivering && !switching }

    /// A random interval up to `longest`; `longest` itself when the parameters exclude randomness.
    mutating func draw(upTo longest: Interval) -> Interval {
        guard parameters.jitter > 0, longest > .zero else { return longest }
        // SplitMix64 (Steele, Lea, Flood 2014): small, and every seed gives a full period.
        draws &+= 0x9E37_79B9_7F4A_7C15
        var mixed = draws
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Interval(milliseconds: UInt32(((mixed >> 32) * UInt64(longest.milliseconds)) >> 32))
    }

    /// The interval, shortened or lengthened by up to the parameters' jitter.
    mutating func jittered(_ interval: Interval) -> Interval {
        guard parameters.jitter > 0 else { return interval }
        let width = interval.percent(UInt64(parameters.jitter) * 2)
        let low = interval.milliseconds - min(interval.milliseconds, width.milliseconds / 2)
        return Interval(clamping: UInt64(low) + UInt64(draw(upTo: width).milliseconds))
    }
}
