extension Parameters {
    /// Telecare, intruder alarms: a dead data path is known within a minute. About 21 MB a month.
    public static let alarm = Parameters(
        heartbeat: .seconds(30), heartbeatAway: .seconds(30), timeout: .seconds(4), suspectProbe: .seconds(2), misses: 3,
        registrationGrace: .seconds(20), congestionGrace: .seconds(45), bearerGrace: .seconds(15),
        attachBudget: .seconds(120), trialBudget: .seconds(60), firstProbe: .seconds(5), leaveSpread: .seconds(3),
        hold: .minutes(15), holdLimit: .hours(4), stable: .minutes(30),
        darkPause: .minutes(1), darkLimit: .minutes(15), doubtPause: .hours(2), doubtLimit: .hours(4),
        allowance: 6, refill: .minutes(10), refreshRetry: .seconds(30), jitter: 10)

    /// Most devices: minutes to detect, about 1 MB a month.
    public static let standard = Parameters(
        heartbeat: .minutes(10), heartbeatAway: .minutes(10), timeout: .seconds(10), suspectProbe: .seconds(10), misses: 3,
        registrationGrace: .minutes(2), congestionGrace: .minutes(4), bearerGrace: .minutes(1),
        attachBudget: .minutes(3), trialBudget: .minutes(2), firstProbe: .seconds(10), leaveSpread: .seconds(30),
        hold: .minutes(30), holdLimit: .hours(6), stable: .hours(1),
        darkPause: .minutes(5), darkLimit: .hours(1), doubtPause: .hours(4), doubtLimit: .hours(8),
        allowance: 4, refill: .minutes(20), refreshRetry: .minutes(1), jitter: 10)

    /// Meters and sensors: driven by the terminal's events, one beacon an hour, below 0.5 MB a month.
    public static let frugal = Parameters(
        heartbeat: .hours(1), heartbeatAway: .hours(1), timeout: .seconds(20), suspectProbe: .seconds(40), misses: 3,
        registrationGrace: .minutes(5), congestionGrace: .minutes(10), bearerGrace: .minutes(3),
        attachBudget: .minutes(5), trialBudget: .minutes(3), firstProbe: .seconds(20), leaveSpread: .minutes(2),
        hold: .hours(2), holdLimit: .hours(12), stable: .hours(3),
        darkPause: .minutes(20), darkLimit: .hours(3), doubtPause: .hours(6), doubtLimit: .hours(12),
        allowance: 3, refill: .minutes(40), refreshRetry: .minutes(2), jitter: 10)

    /// These parameters for a card that watches registration only, as documented for the market's applets: three minutes
    /// without service, and back to the first profile after 24 hours at the earliest. It beacons, so that it can be compared.
    public func watchingRegistrationOnly() -> Parameters {
        var parameters = self
        parameters.movement = .registration
        parameters.registrationGrace = .minutes(3)
        parameters.congestionGrace = .minutes(3)
        parameters.attachBudget = .minutes(3)
        parameters.hold = .hours(24)
        parameters.holdLimit = .hours(24)
        return parameters
    }

    /// These parameters for an ordinary SIM with one profile. It beacons, so that it can be compared.
    public func withoutMoving() -> Parameters {
        var parameters = self
        parameters.movement = .never
        return parameters
    }
}
