/// What a card can see. Each case is one thing the terminal told it or one of its own timers.
public enum Event: Equatable, Sendable {
    /// The terminal has booted the card: the first event of every power session.
    case poweredOn(Abilities)
    /// Location status event or PROVIDE LOCAL INFORMATION (TS 102 223, clauses 7.5.4 and 6.4.15).
    case location(LocationStatus, ServingNetwork?)
    /// Network rejection event (3GPP TS 31.111, clause 7.5.12) with its GMM, EMM or 5GMM cause.
    case rejected(cause: UInt8, plmn: UInt32)
    /// Data connection status change: a connection came up (TS 31.111, clause 7.5.24).
    case bearerUp
    /// Data connection status change: refused or dropped, with the session management cause when the terminal names one.
    case bearerDown(cause: UInt8?)
    /// An AUTHENTICATE with a good MAC went through the card: the operator's authentication centre is alive.
    case authenticated
    /// A responder answered a beacon, and the answer was authentic.
    case beaconAnswered(responder: UInt8, roundTrip: Interval, hint: Hint)
    /// No answer within the time the request allowed.
    case beaconTimedOut(responder: UInt8)
    /// The terminal could not open the channel or send on it.
    case channelRefused(responder: UInt8)
    /// A proactive session or an AUTHENTICATE that is not the policy's own began: a switch waits.
    case sessionBegan
    /// That session ended.
    case sessionEnded
    /// The terminal has re-read the card with this profile enabled. Where that was a reset, and so a new card session, it follows
    /// at once on ``poweredOn(_:)``.
    case switched(Slot)
    /// The terminal answered REFRESH with a failure.
    case switchRefused
    /// Somebody with the right to has decided which profile is enabled, and whether the policy may leave it: the device or an eIM,
    /// through the ISD-R (GSMA SGP.32). Without `refresh` the terminal has promised to reset the card by itself.
    case appointed(Slot, mayMove: Bool, refresh: Bool)
    /// The moment that the last decision asked for has come.
    case wake
}

/// A wish to send a beacon now.
public struct BeaconRequest: Equatable, Sendable {
    /// Which of the two responders: 0 or 1.
    public var responder: UInt8
    /// How long to wait for the answer before reporting ``Event/beaconTimedOut(responder:)``.
    public var timeout: Interval

    public init(responder: UInt8, timeout: Interval) {
        self.responder = responder
        self.timeout = timeout
    }
}

/// What the policy wants done: at most one of each.
public struct Decision: Equatable, Sendable {
    /// Enable this profile (the reason stands in ``Memory/lastMove``). Persist first.
    public var enable: Slot?
    /// Send a beacon.
    public var beacon: BeaconRequest?
    /// Call back with ``Event/wake`` then; replaces every earlier wish. ``Instant/never`` when nothing is due.
    public var wake: Instant
    /// ``Policy/memory`` changed: write it to non-volatile memory before anything else is done.
    public var persist: Bool

    @inlinable
    public init(enable: Slot? = nil, beacon: BeaconRequest? = nil, wake: Instant = .never, persist: Bool = false) {
        self.enable = enable
        self.beacon = beacon
        self.wake = wake
        self.persist = persist
    }
}
