import Resilience

/// The card's time since power-on, put together from what the terminal lets it know.
///
/// A card has no clock. While the applet's timer runs, time moves only when the terminal says how far that timer got: when it
/// expires, and when its value is asked for, both in whole seconds. So an instant is a lower bound of the true time: it stands
/// still between readings, and falls behind for good by up to two seconds each time that a timer is stopped before its end. Without
/// timers, each STATUS counts for one poll interval: that is as good as the terminal is punctual, and a STATUS sent for another
/// reason makes time run ahead by one interval.
struct CardClock: Equatable, Sendable {
    /// The time as last learned.
    private(set) var now = Instant.zero
    /// The running timer: when it was started, and for how long.
    private var timer: (started: Instant, seconds: UInt32)?

    /// Whether the terminal runs a timer for the card.
    var isTimed: Bool { timer != nil }

    /// When the running timer expires.
    var expiry: Instant { timer.map { $0.started + .seconds($0.seconds) } ?? .never }

    mutating func timerStarted(seconds: UInt32) { timer = (now, seconds) }

    mutating func timerStopped() { timer = nil }

    /// The timer expired. The value that comes with it is the time since it was started, more than was asked for when the card
    /// was busy (TS 102 223, clause 7.4.1).
    mutating func timerExpired(elapsed: UInt32?) {
        guard let timer else { return }
        advance(to: timer.started + .seconds(max(elapsed ?? 0, timer.seconds)))
        self.timer = nil
    }

    /// The timer has this much left to run. The terminal cuts the fraction of a second off, so up to one second less has passed.
    mutating func timerRead(left: UInt32) {
        guard let timer, left < timer.seconds else { return }
        advance(to: timer.started + .seconds(timer.seconds - left - 1))
    }

    /// A poll interval has passed.
    mutating func polled(_ interval: Interval) {
        guard !isTimed else { return }
        advance(to: now + interval)
    }

    /// What is due in less than half a poll interval is due now: waiting for the next poll would be further off.
    mutating func polled(upTo due: Instant, within interval: Interval) {
        guard due > now, due < now + Interval(milliseconds: interval.milliseconds / 2) else { return }
        advance(to: due)
    }

    private mutating func advance(to instant: Instant) { now = max(now, instant) }

    static func == (left: CardClock, right: CardClock) -> Bool {
        left.now == right.now && left.timer?.started == right.timer?.started && left.timer?.seconds == right.timer?.seconds
    }
}
