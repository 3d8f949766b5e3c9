/// Why the card last changed its profile. The raw values travel in the beacon; they are never reused.
public enum MoveReason: UInt8, Equatable, Sendable {
    /// It never moved.
    case none = 0
    /// Left: no registration for longer than the policy grants.
    case noRegistration = 1
    /// Left: the network refused the subscription.
    case rejected = 2
    /// Left: the data connection was refused or lost and did not come back.
    case bearerLost = 3
    /// Left: registered, but beacons to both responders went unanswered.
    case dataPathDead = 4
    /// Went back to where it last delivered: beacons fail through both operators, so the fault is not the operator's.
    case responderDoubt = 5
    /// Returned to the primary to try it, on schedule.
    case trialReturn = 6
    /// Returned to the primary because an authenticated answer said it is healthy.
    case hintedReturn = 7
    /// A trial of the primary did not deliver.
    case trialFailed = 8
    /// Neither operator delivers: looking at the other one, with growing pauses.
    case bothDark = 9
    /// The terminal never obeyed the switch, and the profile in use delivers. A switch from the backup home stays decided on, and takes
    /// effect when the terminal next resets the card; every other one is taken back.
    case abandoned = 10
    /// The device or an eIM enabled the profile that it is on.
    case appointed = 11
    /// Went to the backup to see whether it would deliver, because the estate asked for it.
    case rehearsal = 12
    /// Came back from a rehearsal in which the backup delivered.
    case rehearsed = 13
    /// Came back from a rehearsal in which the backup did not deliver.
    case rehearsalFailed = 14
}
