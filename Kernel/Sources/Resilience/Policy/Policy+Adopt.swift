extension Policy {
    /// Goes on with other thresholds.
    ///
    /// A move that was decided on stays decided on, as far as the new thresholds let the card move at all; what is known of the
    /// profiles and the budget of moves stays too. A profile that delivers goes on delivering, and its next beacon comes at the
    /// new pace. Anything else begins anew, as at power-on: whatever the old thresholds waited for, the new ones conclude within one
    /// attempt.
    ///
    /// - Parameters:
    ///   - parameters: thresholds without a ``Parameters/problem``.
    ///   - continuing: false when a profile that delivered has to prove it again at once, because the old thresholds are not to be trusted.
    /// - Returns: when to wake, and whether ``memory`` changed; no move and no beacon, which come with the next event.
    public mutating func adopt(_ parameters: Parameters, continuing: Bool, at now: Instant) -> Decision {
        var decision = Decision()
        let before = memory
        self.parameters = parameters
        allowance = min(allowance, parameters.allowance)
        deadlines.refill = allowance < parameters.allowance ? min(deadlines.refill, now + parameters.refill) : .never
        if !moves, !switching {
            // As when somebody else forbids it: the card stays where it is.
            pending = nil
            deadlines.leave = .never
            deadlines.hold = .never
            deadlines.rest = .never
        }
        if switching {
            deadlines.retry = min(deadlines.retry, now + parameters.refreshRetry)
        } else if pending != nil {
            // Its reason was good when it was decided on.
        } else if standing == .delivering, continuing {
            goOnDelivering(at: now)
        } else {
            beginAnew(at: now, into: &decision)
        }
        decision.persist = memory != before
        decision.wake = nextWake(at: now)
        return decision
    }

    private mutating func goOnDelivering(at now: Instant) {
        if !awaiting, canProbe { deadlines.probe = now + jittered(heartbeat) }
        if deadlines.stable != .never { deadlines.stable = min(deadlines.stable, now + parameters.stable) }
        if deadlines.outOfService != .never {
            deadlines.outOfService = min(deadlines.outOfService, now + grace(parameters.registrationGrace))
        }
        if deadlines.bearer != .never { deadlines.bearer = min(deadlines.bearer, now + parameters.bearerGrace) }
        guard memory.phase == .away, moves else { return }
        // A return that was near stays near.
        let due = (hold: deadlines.hold, isHinted: hinted)
        armHold(at: now, remaining: false)
        if due.hold <= deadlines.hold {
            deadlines.hold = due.hold
            hinted = due.isHinted
        }
    }

    /// Begins as after a loss of power, but for what the terminal has said in this session and will not say again.
    private mutating func beginAnew(at now: Instant, into decision: inout Decision) {
        let seen = evidence
        let session = (isBusy: busy, quiet: deadlines.quiet)
        powerOn(abilities, at: now)
        busy = session.isBusy
        deadlines.quiet = session.quiet
        evidence.failure = seen.failure
        if let location = seen.location { absorb(.location(location, nil), at: now, into: &decision) }
        if standing != .delivering {
            if seen.bearer == false { evidence.bearer = false }
            if seen.rejected { evidence.rejected = true }
        }
    }
}
