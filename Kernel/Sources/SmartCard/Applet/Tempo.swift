import Resilience

/// By what the card is woken, chosen once a session from what the terminal can do and how fast the policy's parameters are.
enum Tempo: Equatable, Sendable {
    /// TIMER MANAGEMENT: whole seconds, and the terminal sleeps in between.
    case timers
    /// POLL INTERVAL in tenths of a second, counted by STATUS: for probes faster than a timer can be.
    case tenths(Interval)
    /// POLL INTERVAL, set anew for what is due next: a terminal without timers.
    case polls
    /// The terminal's own STATUS, taken for one every 30 seconds, the usual default: a terminal that lets the card choose nothing.
    case asTheyCome

    /// What a STATUS counts for when the terminal was not told otherwise.
    static let defaultPoll = Interval.seconds(30)

    init(_ profile: TerminalProfile, _ parameters: Parameters) {
        let fastest = min(parameters.timeout, min(parameters.suspectProbe, min(parameters.heartbeat, parameters.heartbeatAway)))
        if fastest < .seconds(1), profile.pollInterval {
            self = .tenths(max(Interval(milliseconds: fastest.milliseconds / 100 * 100), Duration.shortest))
        } else if profile.timers {
            self = .timers
        } else {
            self = profile.pollInterval ? .polls : .asTheyCome
        }
    }
}
