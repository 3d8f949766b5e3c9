extension Policy {
    /// Draws every conclusion whose time has come.
    mutating func settleDeadlines(at now: Instant, into decision: inout Decision) {
        if deadlines.refill <= now { refillAllowance(at: now) }
        if deadlines.quiet <= now {
            deadlines.quiet = .never
            busy = false
        }
        if deadlines.stable <= now {
            deadlines.stable = .never
            memory.holdStep = remember(memory.holdStep, 0, into: &decision)
        }
        if deadlines.reply <= now, awaiting {
            absorb(.beaconTimedOut(responder: responder), at: now, into: &decision)
        }
        guard !switching else { return }
        if deadlines.trouble <= now {
            deadlines.trouble = .never
            if standing == .settling, memory.cutShort < 3 {
                memory.cutShort += 1
                decision.persist = true
            }
        }
        if !canProbe, deadlines.probe <= now {
            deadlines.probe = .never
            if standing != .delivering, evidence.reach == .connected { prove(at: now, into: &decision) }
        }
        if parameters.movement == .delivery, misses >= parameters.misses || isUnanswered, standing != .failed {
            fail(evidence.bearer == false ? .bearerLost : .dataPathDead, at: now, into: &decision)
        }
        if deadlines.outOfService <= now {
            deadlines.outOfService = .never
            if evidence.silent, standing != .failed {
                fail(evidence.rejected ? .rejected : .noRegistration, at: now, into: &decision)
            }
        }
        if deadlines.bearer <= now {
            deadlines.bearer = .never
            if evidence.bearer == false, standing != .failed { fail(.bearerLost, at: now, into: &decision) }
        }
        if deadlines.settle <= now {
            deadlines.settle = .never
            if standing == .settling { fail(attachFailure, at: now, into: &decision) }
        }
        if deadlines.rest <= now {
            deadlines.rest = .never
            if memory.phase == .resting, standing != .delivering {
                pending = Move(target: memory.enabled.other, reason: .bothDark, phase: .looking)
                deadlines.leave = now
            }
        }
        // While the backup is in doubt itself the return waits: whoever comes back to a dead primary should have a way out.
        if deadlines.hold <= now, memory.phase == .away, standing == .delivering {
            deadlines.hold = .never
            pending = Move(target: .primary, reason: hinted ? .hintedReturn : .trialReturn, phase: .trial)
            deadlines.leave = now
        }
    }

    /// Why an attempt that ran out of time did not deliver.
    private var attachFailure: MoveReason {
        if evidence.rejected { return .rejected }
        if evidence.silent || (evidence.location == nil && abilities.events) { return .noRegistration }
        return evidence.bearer == false ? .bearerLost : .dataPathDead
    }

    private mutating func refillAllowance(at now: Instant) {
        while deadlines.refill <= now, allowance < parameters.allowance {
            allowance += 1
            deadlines.refill = deadlines.refill + parameters.refill
        }
        if allowance >= parameters.allowance { deadlines.refill = .never }
    }

    /// The profile in use delivers.
    mutating func prove(at now: Instant, into decision: inout Decision) {
        standing = .delivering
        misses = 0
        endCount(into: &decision)
        // A trial and a rehearsal are not for want of delivery.
        if pending?.phase != .trial, pending?.phase != .rehearsal {
            pending = nil
            deadlines.leave = .never
        }
        deadlines.settle = .never
        deadlines.trouble = .never
        deadlines.rest = .never
        if evidence.location != .limited, evidence.location != LocationStatus.none { deadlines.outOfService = .never }
        evidence.rejected = false
        if canProbe {
            evidence.bearer = true
            deadlines.bearer = .never
            deadlines.probe = now + jittered(heartbeat)
        }
        memory.cutShort = remember(memory.cutShort, 0, into: &decision)
        memory.fruitless = remember(memory.fruitless, 0, into: &decision)
        memory.lastProven = remember(memory.lastProven, memory.enabled, into: &decision)
        if memory.phase == .rehearsal, moves {
            pending = Move(target: .primary, reason: .rehearsed, phase: .trial)
            deadlines.leave = now
            return
        }
        let phase: Memory.Phase = memory.enabled == .primary ? .home : .away
        guard memory.phase != phase else { return }
        memory.phase = phase
        decision.persist = true
        if phase == .home {
            deadlines.stable = now + parameters.stable
        } else {
            armHold(at: now, remaining: false)
        }
    }

    /// The profile in use does not deliver: remember how far it got, and decide where to go.
    mutating func fail(_ reason: MoveReason, at now: Instant, into decision: inout Decision) {
        standing = .failed
        evidence.failure = reason
        memory.remember(max(evidence.reach, .noService), of: memory.enabled)
        deadlines.settle = .never
        deadlines.trouble = .never
        deadlines.outOfService = .never
        deadlines.bearer = .never
        memory.cutShort = 0
        guard moves else { return }
        switch memory.phase {
        case .home:
            // Failing again before the primary was stable is the same fault: the hold goes on growing.
            if deadlines.stable != .never { memory.holdStep = min(memory.holdStep + 1, 31) } else { memory.holdStep = 0 }
            deadlines.stable = .never
            depart(to: .backup, reason: reason, phase: .looking, fruitless: 1, at: now)
        case .away:
            deadlines.hold = .never
            depart(to: .primary, reason: reason, phase: .looking, fruitless: 1, at: now)
        case .trial:
            memory.holdStep = min(memory.holdStep + 1, 31)
            depart(to: .backup, reason: .trialFailed, phase: .looking, fruitless: 1, at: now)
        case .rehearsal:
            depart(to: .primary, reason: .rehearsalFailed, phase: .looking, fruitless: 1, at: now)
        case .looking:
            rest(at: now, into: &decision)
        case .resting:
            if deadlines.rest == .never { deadlines.rest = now + jittered(pause) }
        }
    }

    private mutating func depart(to slot: Slot, reason: MoveReason, phase: Memory.Phase, fruitless: UInt8, at now: Instant) {
        pending = Move(target: slot, reason: reason, phase: phase)
        memory.fruitless = fruitless
        let isHomeward = reason == .trialFailed || reason == .rehearsalFailed
        // Who concludes from one power session to the next has no time to wait, and is spread by the sessions.
        let isCounted = isUnanswered && misses < parameters.misses
        let spread = phase == .looking && !isHomeward && !isCounted ? draw(upTo: parameters.leaveSpread) : .zero
        deadlines.leave = now + (parameters.jitter == 0 ? .zero : spread)
    }

    /// Neither profile delivers. Wait where the terminal gets furthest; where that is equal, where a beacon was last answered,
    /// so that a fault of the responders leaves every card at home.
    private mutating func rest(at now: Instant, into decision: inout Decision) {
        memory.fruitless = min(memory.fruitless + 1, 31)
        let here = memory.reach(of: memory.enabled)
        let there = memory.reach(of: memory.enabled.other)
        let place = here == there || there == .unknown ? memory.lastProven : (here > there ? memory.enabled : memory.enabled.other)
        if place == memory.enabled {
            memory.phase = .resting
            decision.persist = true
            deadlines.rest = now + jittered(pause)
            misses = 0
        } else {
            let doubt = evidence.failure == .dataPathDead
            pending = Move(target: place, reason: doubt ? .responderDoubt : .bothDark, phase: .resting)
            deadlines.leave = now
        }
    }

    /// How long to wait before the next look at the other profile.
    var pause: Interval {
        let doubt = memory.reachPrimary != .noService && memory.reachBackup != .noService
        let steps = memory.fruitless > 2 ? memory.fruitless - 2 : 0
        return doubt
            ? parameters.doubtPause.doubled(steps, limit: parameters.doubtLimit)
            : parameters.darkPause.doubled(steps, limit: parameters.darkLimit)
    }

    /// Sets the time of the next trial return, or what remains until then.
    mutating func armHold(at now: Instant, remaining isRemaining: Bool) {
        guard moves else { return }
        let hold = parameters.hold.doubled(memory.holdStep, limit: parameters.holdLimit)
        deadlines.hold = now + (isRemaining ? draw(upTo: remaining(of: hold)) : jittered(hold))
        deadlines.holdEnd = now + (isRemaining ? remaining(of: parameters.holdLimit) : parameters.holdLimit)
        let bar = hold.percent(25)
        deadlines.hintBar = memory.holdStep > 0 ? now + (isRemaining ? remaining(of: bar) : bar) : .never
        hinted = false
    }
}
