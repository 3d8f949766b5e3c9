extension Policy {
    /// How long a session of the terminal's own may hold up a switch before it is taken for lost.
    static let longestSession = Interval.seconds(60)
    /// How long after an AUTHENTICATE the terminal is left to finish its registration.
    static let authenticationQuiet = Interval.seconds(2)
    /// How much later than its timeout the outcome of a beacon may be reported.
    static let replyMargin = Interval.seconds(5)

    /// Turns an event into evidence.
    mutating func absorb(_ event: Event, at now: Instant, into decision: inout Decision) {
        switch event {
        case .poweredOn(let abilities): powerOn(abilities, at: now)
        case .location(let status, _): locate(status, at: now, into: &decision)
        case .rejected(let cause, _): reject(Rejection(cause: cause), at: now)
        case .bearerUp:
            evidence.bearer = true
            evidence.rejected = false
            deadlines.bearer = .never
            if standing != .delivering, !awaiting { deadlines.probe = min(deadlines.probe, now) }
        case .bearerDown:
            guard evidence.bearer != false else { return }
            evidence.bearer = false
            guard decides(by: .delivery) else { return }
            if standing == .delivering || standing == .doubting { deadlines.bearer = now + parameters.bearerGrace }
            // Opening a channel makes the terminal ask for the connection again, and the answer is proof either way.
            if standing == .delivering, !awaiting { deadlines.probe = min(deadlines.probe, now) }
        case .authenticated:
            deadlines.quiet = now + Policy.authenticationQuiet
            guard standing == .settling, !evidence.prolonged else { return }
            evidence.prolonged = true
            deadlines.settle = max(deadlines.settle, now + budget.percent(50))
        case .beaconAnswered(_, _, let hint):
            awaiting = false
            deadlines.reply = .never
            if !switching || abandonSwitch(hint, at: now, into: &decision) {
                memory.channelProven = remember(memory.channelProven, true, into: &decision)
                prove(at: now, into: &decision)
                heed(hint, at: now)
            }
        case .beaconTimedOut: miss(at: now, refused: false, into: &decision)
        case .channelRefused: miss(at: now, refused: true, into: &decision)
        case .sessionBegan:
            busy = true
            deadlines.quiet = now + Policy.longestSession
        case .sessionEnded:
            busy = false
            deadlines.quiet = .never
        case .switched(let slot):
            guard slot == memory.enabled else { return }
            // Also where the switch was a reset of the card, and a new session began with it: the wait has only just begun.
            deadlines.rest = .never
            begin(at: now)
        case .switchRefused:
            guard switching else { return }
            deadlines.retry = min(deadlines.retry, now + parameters.refreshRetry)
        case .appointed(let slot, let mayMove, let refresh):
            appoint(slot, mayMove: mayMove, refresh: refresh, at: now, into: &decision)
        case .wake: break
        }
    }

    mutating func powerOn(_ abilities: Abilities, at now: Instant) {
        self.abilities = abilities
        deadlines = Deadlines()
        pending = nil
        busy = false
        if allowance < parameters.allowance { deadlines.refill = now + parameters.refill }
        begin(at: now)
        // The card cannot know how long it was without power: what power-ons leave of a wait is as likely to be nearly over as to have
        // just begun.
        switch memory.phase {
        case .home: if memory.holdStep > 0 { deadlines.stable = now + remaining(of: parameters.stable) }
        case .away: armHold(at: now, remaining: true)
        // Where the card rests it asks first: what delivers again by now need not be left.
        case .resting: if moves { deadlines.rest = now + max(draw(upTo: remaining(of: pause)), parameters.firstProbe) }
        case .trial, .looking, .rehearsal: break
        }
    }

    /// A new attempt on the enabled profile.
    mutating func begin(at now: Instant) {
        switching = false
        refreshes = 0
        deadlines.retry = .never
        evidence.begin()
        standing = .settling
        misses = 0
        awaiting = false
        deadlines.reply = .never
        deadlines.outOfService = .never
        deadlines.bearer = .never
        deadlines.settle = now + budget
        deadlines.trouble = memory.cutShort < 3 ? now + budget.percent(25) : .never
        deadlines.probe = canProbe ? now + parameters.firstProbe : .never
        hinted = false
        // The reset came that the return had to wait for.
        if memory.phase == .trial, memory.lastMove == .abandoned { memory.lastMove = .trialReturn }
    }

    /// The time the attempt in progress has. It ends before the host's watchdog does, and grows shorter while power sessions
    /// keep ending before it: some hosts reset the modem sooner than any timer of ours.
    var budget: Interval {
        var budget = memory.phase == .trial ? parameters.trialBudget : parameters.attachBudget
        if let watchdog = abilities.watchdog, watchdog > .zero { budget = min(budget, watchdog.percent(75)) }
        let shortest = min(budget, .seconds(10))
        return max(Interval(milliseconds: budget.milliseconds >> UInt32(min(memory.cutShort, 3))), shortest)
    }

    func grace(_ interval: Interval) -> Interval {
        guard let watchdog = abilities.watchdog, watchdog > .zero else { return interval }
        return min(interval, watchdog.percent(75))
    }

    private mutating func locate(_ status: LocationStatus, at now: Instant, into decision: inout Decision) {
        let before = evidence.location
        evidence.location = status
        if status == .normal {
            evidence.rejected = false
            deadlines.outOfService = .never
            if parameters.movement == .registration, !switching { prove(at: now, into: &decision) }
            if !canProbe, standing != .delivering {
                // Registration alone proves little: it counts once no refused connection has followed it for a while.
                deadlines.probe = now + parameters.bearerGrace
                deadlines.settle = deadlines.settle == .never ? .never : max(deadlines.settle, deadlines.probe + .milliseconds(1))
            }
            if canProbe, before != .normal, standing != .delivering || before != nil, !awaiting {
                deadlines.probe = min(deadlines.probe, now)
            }
        } else if deadlines.outOfService == .never, standing == .delivering || standing == .doubting {
            deadlines.outOfService = now + grace(parameters.registrationGrace)
        }
    }

    private mutating func reject(_ rejection: Rejection, at now: Instant) {
        evidence.rejected = true
        switch rejection {
        case .permanent: deadlines.outOfService = now
        case .placeBound:
            deadlines.outOfService = min(deadlines.outOfService, now + grace(parameters.registrationGrace.percent(50)))
        case .temporary: deadlines.outOfService = min(deadlines.outOfService, now + grace(parameters.congestionGrace))
        }
        if memory.phase == .trial, rejection != .placeBound { deadlines.outOfService = now }
    }

    private mutating func miss(at now: Instant, refused: Bool, into decision: inout Decision) {
        awaiting = false
        deadlines.reply = .never
        guard !switching else {
            deadlines.probe = now + parameters.heartbeat
            return
        }
        responder ^= 1
        let spacing = standing == .failed ? restingProbe : parameters.suspectProbe
        deadlines.probe = now + spacing
        guard decides(by: .delivery) else {
            deadlines.probe = now + jittered(heartbeat)
            return
        }
        // A channel that has never worked on this terminal says nothing about the network.
        if refused, !memory.channelProven {
            deadlines.probe = now + jittered(heartbeat)
            return
        }
        // While the terminal attaches, nothing can be sent; the attempt's own budget decides.
        if standing == .settling, refused || (evidence.reach == .unknown && abilities.events) { return }
        // A channel that opened had a data connection under it, whatever events the terminal reports.
        evidence.bearer = !refused
        misses = misses == .max ? .max : misses + 1
        countSession(into: &decision)
        if standing == .delivering { standing = .doubting }
    }

    /// Whether the policy may decide by this kind of evidence.
    func decides(by movement: Parameters.Movement) -> Bool { parameters.movement == movement }

    /// Beacons can be sent and mean something on this terminal.
    var canProbe: Bool { abilities.dataPath }

    var heartbeat: Interval { memory.enabled == .primary ? parameters.heartbeat : parameters.heartbeatAway }

    /// Between beacons while nothing is known to deliver: often at first, then as rarely as a heartbeat.
    var restingProbe: Interval {
        parameters.suspectProbe.doubled(min(misses, 16), limit: max(heartbeat, parameters.suspectProbe))
    }

    func remember<Value: Equatable>(_ old: Value, _ new: Value, into decision: inout Decision) -> Value {
        if old != new { decision.persist = true }
        return new
    }

    private mutating func heed(_ hint: Hint, at now: Instant) {
        guard moves, parameters.movement == .delivery else { return }
        // Two moves: there must be a way back.
        if memory.phase == .home, hint.rehearsal != 0, hint.rehearsal != memory.rehearsed, pending == nil, allowance >= 2 {
            pending = Move(target: .backup, reason: .rehearsal, phase: .rehearsal, rehearsal: hint.rehearsal)
            deadlines.leave = now + draw(upTo: hint.returnWindow)
        }
        guard memory.phase == .away else { return }
        switch hint.primary {
        case .unknown: break
        case .healthy:
            guard deadlines.hintBar == .never || deadlines.hintBar <= now else { return }
            // Armed once: a draw with every answer would make the earliest of them count.
            guard !hinted else { return }
            hinted = true
            deadlines.hold = min(deadlines.hold, now + draw(upTo: hint.returnWindow))
        case .failing:
            hinted = false
            deadlines.hold = min(max(deadlines.hold, now + parameters.hold), deadlines.holdEnd)
        }
    }
}
