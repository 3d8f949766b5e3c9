/// What the policy makes of power sessions: of a terminal that powers the card down between its wake-ups (power saving mode,
/// extended DRX), or of a host that resets its modem again and again.
///
/// Two things would be lost with each of them, and are not.
///
/// Evidence: a session may be too short for ``Parameters/misses`` beacons to time out. So a session whose first verdict on the profile is
/// a missed beacon counts as one miss, however many it misses, and ``Memory/unanswered`` counts such sessions in a row; as many as
/// the misses that one session would need make the data path dead, as soon as the last of them has missed a beacon itself. The count is
/// written when the first beacon times out, because nobody announces that power goes, and ends with any answer. Sessions that hear an
/// answer at once, and sessions without registration, write nothing. Each session begins with the other responder than the one before it.
///
/// Time: the card has no clock, and does not know how long it was without power. Each power-on since the last move counts for
/// an eighth of ``Parameters/hold``, towards every wait: the hold, a rest, the stable period, the budget of moves. That needs no
/// writing of its own, as power-ons are counted anyway and a move is written anyway. An eighth is right in neither of two extremes, a
/// reset every minute and one a day, and bearable in both: whatever the sessions' pace, a primary that stays dead costs about
/// one session in thirty once the hold has reached its limit, and one that recovers is tried again.
extension Policy {
    /// How many power-ons count for one ``Parameters/hold``.
    static let powerOnsPerHold: UInt32 = 8

    /// The time that the power-ons since the last move stand for.
    var elapsed: Interval {
        let sessions = UInt64(powerOns &- memory.movedAt)
        return Interval(clamping: sessions * UInt64(parameters.hold.milliseconds / Policy.powerOnsPerHold))
    }

    /// What is left of a wait that began with the last move.
    func remaining(of wait: Interval) -> Interval {
        Interval(milliseconds: wait.milliseconds - min(wait.milliseconds, elapsed.milliseconds))
    }

    /// So many sessions in a row went unanswered, this one among them, that the data path is dead.
    var isUnanswered: Bool { misses > 0 && memory.unanswered >= parameters.misses }

    /// A beacon went unanswered: the session counts, once.
    mutating func countSession(into decision: inout Decision) {
        guard !judged else { return }
        judged = true
        guard memory.unanswered < parameters.misses else { return }
        memory.unanswered += 1
        decision.persist = true
    }

    /// The profile in use delivers: whatever this session still misses is not one session's whole.
    mutating func endCount(into decision: inout Decision) {
        judged = true
        guard memory.unanswered > 0 else { return }
        memory.unanswered = 0
        memory.firstResponder = responder
        decision.persist = true
    }
}
