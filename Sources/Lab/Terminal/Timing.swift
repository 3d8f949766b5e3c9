/// How long a terminal takes for things, and the timers of its protocol stack.
public struct Timing: Equatable, Sendable {
    // What the modem and the radio take
    /// From power or reset to the first command to the card, and the card's boot.
    public var boot: Spread
    /// Finding a cell, with nothing known.
    public var search: Spread
    /// Connection and random access before the first message of a registration.
    public var access: Spread
    /// Setting a data connection up, on the terminal's side.
    public var bearer: Spread
    /// One way over the air.
    public var air: Spread
    /// Noticing that the serving cell is gone.
    public var radioLinkFailure: Spread
    /// From a REFRESH to its being carried out.
    public var refresh: Spread
    /// Between two searches while no cell is heard or none will have us.
    public var rescan: Duration

    // Timers of 3GPP TS 24.301, clause 10.2
    /// A registration that is not answered.
    public var t3410: Duration
    /// Between two attempts at a registration.
    public var t3411: Duration
    /// After the fifth attempt.
    public var t3402: Duration
    /// Periodic area update.
    public var t3412: Duration
    /// A data connection request that is not answered; sent five times in all.
    public var t3482: Duration
    /// Before a refused data connection is asked for again: doubled each time, up to the longest.
    public var bearerRetry: Duration
    public var longestBearerRetry: Duration

    // The toolkit and the host
    /// The shortest poll interval that the terminal grants.
    public var shortestPoll: Duration
    /// STATUS polls when the card asks for no interval (TS 102 221, clause 14.5.2).
    public var defaultPoll: Duration
    /// How long OPEN CHANNEL waits for a data connection.
    public var channelWait: Duration
    /// Between two messages of the host's own traffic, where it has a watchdog.
    public var hostTraffic: Duration

    /// Everything as fast as the software goes: what is measured then is the card's policy, not the radio.
    public static let laboratory = Timing(
        boot: Spread(always: .milliseconds(20)),
        search: Spread(
            .milliseconds(15), p50: .milliseconds(20), p90: .milliseconds(30), p99: .milliseconds(40), most: .milliseconds(50)),
        access: Spread(always: .milliseconds(5)), bearer: Spread(always: .milliseconds(5)), air: Spread(always: .milliseconds(2)),
        radioLinkFailure: Spread(always: .milliseconds(40)), refresh: Spread(always: .milliseconds(5)), rescan: .seconds(1),
        t3410: .seconds(1), t3411: .milliseconds(500), t3402: .seconds(10), t3412: .minutes(5), t3482: .milliseconds(500),
        bearerRetry: .milliseconds(500), longestBearerRetry: .seconds(10), shortestPoll: .milliseconds(100),
        defaultPoll: .seconds(30),
        channelWait: .seconds(3), hostTraffic: .seconds(10))

    /// As modules in the field behave: back on data 4 to 10 s after a profile was enabled when all is well (openpilot, EG25 and EG916Q,
    /// 30 of 30 switches), and now and then minutes of search, with many bands to hear. The timers are the standard's.
    public static let field = Timing(
        boot: Spread(.milliseconds(900), p50: .milliseconds(2_000), p90: .milliseconds(2_800), p99: .seconds(4), most: .seconds(6)),
        search: Spread(
            .milliseconds(600), p50: .milliseconds(1_800), p90: .milliseconds(5_000), p99: .seconds(60), most: .seconds(180)),
        access: Spread(.milliseconds(150), p50: .milliseconds(400), p90: .milliseconds(900), p99: .seconds(3), most: .seconds(6)),
        bearer: Spread(.milliseconds(150), p50: .milliseconds(400), p90: .milliseconds(1_200), p99: .seconds(4), most: .seconds(8)),
        air: Spread(
            .milliseconds(20), p50: .milliseconds(45), p90: .milliseconds(120), p99: .milliseconds(600), most: .milliseconds(1_500)),
        radioLinkFailure: Spread(
            .milliseconds(800), p50: .milliseconds(1_500), p90: .seconds(4), p99: .seconds(8), most: .seconds(12)),
        refresh: Spread(.milliseconds(50), p50: .milliseconds(300), p90: .milliseconds(1_500), p99: .seconds(2), most: .seconds(3)),
        rescan: .seconds(30), t3410: .seconds(15), t3411: .seconds(10), t3402: .minutes(12), t3412: .minutes(54),
        t3482: .seconds(8),
        bearerRetry: .seconds(10), longestBearerRetry: .minutes(5), shortestPoll: .seconds(1), defaultPoll: .seconds(30),
        channelWait: .seconds(40), hostTraffic: .seconds(30))

    /// These times as the given quirks leave them.
    func with(_ quirks: Set<Quirk>) -> Timing {
        var timing = self
        if quirks.contains(.slowAttach) {
            timing.search = search.scaled(by: 4)
            timing.access = access.scaled(by: 4)
        }
        return timing
    }
}
