extension Policy {
    /// Performs what follows from the evidence: at most one move or one beacon.
    mutating func act(at now: Instant, into decision: inout Decision) {
        if switching {
            repeatRefresh(at: now, into: &decision)
        } else if let move = pending, deadlines.leave <= now, deadlines.quiet == .never, allowance > 0 {
            make(move, at: now, into: &decision)
            return
        }
        // A move that must wait does not stop the probing: an answer makes it unnecessary.
        guard canProbe, !awaiting, deadlines.probe <= now else { return }
        guard !evidence.silent else {
            // The terminal has no service; the beacon waits until it reports some.
            deadlines.probe = now + max(heartbeat, parameters.suspectProbe)
            return
        }
        awaiting = true
        deadlines.probe = .never
        deadlines.reply = now + parameters.timeout + Policy.replyMargin
        decision.beacon = BeaconRequest(responder: responder, timeout: parameters.timeout)
    }

    private mutating func make(_ move: Move, at now: Instant, into decision: inout Decision) {
        if allowance == parameters.allowance { deadlines.refill = now + parameters.refill }
        allowance -= 1
        pending = nil
        memory.allowance = allowance
        memory.enabled = move.target
        memory.lastMove = move.reason
        memory.phase = move.phase
        beginCount()
        if let number = move.rehearsal { memory.rehearsed = number }
        memory.moves = memory.moves == .max ? .max : memory.moves + 1
        decision.enable = move.target
        decision.persist = true
        leave(at: now)
    }

    /// Nothing is known of the profile that is enabled from here on, and waits begin anew.
    private mutating func beginCount() {
        memory.unanswered = 0
        memory.movedAt = powerOns
        judged = false
    }

    /// From here on the policy waits for the terminal to read the card anew.
    private mutating func leave(at now: Instant) {
        switching = true
        refreshes = 0
        awaiting = false
        deadlines.leave = .never
        deadlines.reply = .never
        deadlines.hold = .never
        deadlines.rest = .never
        deadlines.probe = .never
        deadlines.retry = now + parameters.refreshRetry
    }

    /// The decision of somebody else. What the policy was about to do is void; what it knows stays.
    mutating func appoint(_ slot: Slot, mayMove: Bool, refresh: Bool, at now: Instant, into decision: inout Decision) {
        let mayMoveAgain = mayMove && !self.mayMove
        self.mayMove = mayMove
        guard slot != memory.enabled else {
            if !mayMove {
                pending = nil
                deadlines.leave = .never
                deadlines.hold = .never
                deadlines.rest = .never
            } else if mayMoveAgain, !switching {
                if memory.phase == .away { armHold(at: now, remaining: false) }
                if standing == .failed {
                    fail(evidence.failure, at: now, into: &decision)
                    // One step, one decision: what somebody else decided is written before the policy's own move is.
                    if pending != nil { deadlines.leave = max(deadlines.leave, now + .milliseconds(1)) }
                }
            }
            return
        }
        pending = nil
        memory.enabled = slot
        memory.lastMove = .appointed
        memory.phase = slot == .primary ? .home : .looking
        memory.moves = memory.moves == .max ? .max : memory.moves + 1
        memory.holdStep = 0
        memory.fruitless = 0
        beginCount()
        decision.persist = true
        // What was waited for belonged to the profile that is left, but for the budget of moves and for sessions of the terminal's own.
        var kept = Deadlines()
        kept.refill = deadlines.refill
        kept.quiet = deadlines.quiet
        deadlines = kept
        if switching {
            // Back to the profile that the terminal still uses: nothing is read anew, and what was seen of it still holds.
            let seen = evidence
            begin(at: now)
            evidence = seen
            decision.enable = slot
        } else {
            leave(at: now)
            if refresh { decision.enable = slot }
        }
    }

    /// A terminal that does not obey REFRESH is asked again, ever more rarely; meanwhile the profile it still uses is probed, so
    /// that a card whose terminal never switches is not lost when that profile recovers.
    private mutating func repeatRefresh(at now: Instant, into decision: inout Decision) {
        guard deadlines.retry <= now else { return }
        refreshes = min(refreshes + 1, 6)
        deadlines.retry =
            now + parameters.refreshRetry.doubled(refreshes, limit: max(parameters.darkLimit, parameters.refreshRetry))
        decision.enable = memory.enabled
        if canProbe, !awaiting, refreshes >= 2 { deadlines.probe = min(deadlines.probe, now + parameters.suspectProbe) }
    }

    /// An answered beacon while the terminal has twice ignored a switch came through the profile that it still uses: stay on it.
    ///
    /// A return from the backup is not taken back: a terminal that ignores REFRESH would then never come home, not even by a reset. It
    /// takes effect when the terminal next resets the card, and is a trial then like any other. A primary that stays dead does not
    /// make the card alternate at every reset: a trial that fails enables the backup for the reset after it, and the next trial is
    /// decided on only when the backup has delivered and a hold, doubled, is over. Only an estate that says that the primary is
    /// failing has it taken back.
    ///
    /// Returns whether a switch was given up.
    mutating func abandonSwitch(_ hint: Hint, at now: Instant, into decision: inout Decision) -> Bool {
        // What somebody else decided is not the policy's to give up.
        guard switching, mayMove, refreshes >= 2, memory.lastMove != .appointed else { return false }
        if memory.phase == .trial, hint.primary != .failing {
            memory.lastMove = remember(memory.lastMove, .abandoned, into: &decision)
            if canProbe { deadlines.probe = now + jittered(parameters.heartbeatAway) }
            return false
        }
        if memory.phase == .rehearsal {
            // Never left home: there is nothing to come back from, and nothing that failed.
            memory.phase = .home
        } else {
            memory.holdStep = min(memory.holdStep + 1, 31)
        }
        switching = false
        refreshes = 0
        deadlines.retry = .never
        memory.enabled = memory.enabled.other
        memory.lastMove = .abandoned
        decision.enable = memory.enabled
        decision.persist = true
        return true
    }

    /// When the policy wants to be called next. Mutating only so that the call copies nothing.
    mutating func nextWake(at now: Instant) -> Instant {
        var first = min(deadlines.reply, min(deadlines.stable, deadlines.retry))
        if !switching {
            first = min(first, min(min(deadlines.settle, deadlines.trouble), min(deadlines.outOfService, deadlines.bearer)))
            first = min(first, deadlines.rest)
            if standing == .delivering { first = min(first, deadlines.hold) }
        }
        if pending != nil {
            if allowance == 0 { first = min(first, deadlines.refill) }
            // A move that waits for a session or for its budget is woken by those, not by its own past due time.
            if deadlines.leave > now { first = min(first, deadlines.leave) }
            first = min(first, deadlines.quiet)
        }
        if !awaiting, canProbe || standing != .delivering { first = min(first, deadlines.probe) }
        return first > now || first == .never ? first : now + .milliseconds(1)
    }
}
