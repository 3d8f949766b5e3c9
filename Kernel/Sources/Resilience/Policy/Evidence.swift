/// What the card knows of the profile in use, and what it last knew of the other one.
struct Evidence: Equatable, Sendable {
    /// Registration as last reported; nil while the terminal has said nothing in this session.
    var location: LocationStatus?
    /// The data connection as last reported.
    var bearer: Bool?
    /// The network refused the subscription, and no registration has followed.
    var rejected = false
    /// AUTHENTICATE has already prolonged this attempt to attach.
    var prolonged = false
    /// Why the profile in use was last found wanting.
    var failure = MoveReason.none

    /// How far the terminal is into the operator in use. A terminal that reports no connection events counts as connected once
    /// registered: the beacon itself opens the connection.
    var reach: Memory.Reach {
        if rejected || location == .limited || location == LocationStatus.none { return .noService }
        if bearer == false { return .registered }
        return location == .normal || bearer == true ? .connected : .unknown
    }

    /// Beacons would only cost: the terminal says it has no service.
    var silent: Bool { location == .limited || location == LocationStatus.none || rejected }

    /// Forgets what belongs to the profile in use, as a new attempt begins.
    mutating func begin() {
        location = nil
        bearer = nil
        rejected = false
        prolonged = false
    }
}

/// Everything the policy waits for. A deadline that is not set is ``Instant/never``.
struct Deadlines: Equatable, Sendable {
    /// The attempt to attach is given up.
    var settle = Instant.never
    /// A quarter of that time: from here on, a power cut counts as an attempt cut short.
    var trouble = Instant.never
    /// Registration has been away for too long.
    var outOfService = Instant.never
    /// The data connection has been away for too long.
    var bearer = Instant.never
    /// The next beacon.
    var probe = Instant.never
    /// The outcome of a beacon is overdue: whoever sends them has lost it.
    var reply = Instant.never
    /// The trial return to the primary.
    var hold = Instant.never
    /// Until then a hint does not shorten the hold.
    var hintBar = Instant.never
    /// The latest trial return, whatever hints say.
    var holdEnd = Instant.never
    /// The primary has delivered for long enough to forget its failures.
    var stable = Instant.never
    /// The end of a rest.
    var rest = Instant.never
    /// The pending move may be made.
    var leave = Instant.never
    /// One more move is allowed.
    var refill = Instant.never
    /// A REFRESH that is not obeyed is asked for again.
    var retry = Instant.never
    /// An AUTHENTICATE or a session of the terminal's own is taken for over.
    var quiet = Instant.never
}
