/// A point on the card's own time line, in milliseconds since the terminal powered the card on.
///
/// A card has no clock: whoever runs the policy derives this from timers, polls and dates the terminal gives it. It never runs
/// backwards within one power session and starts again at zero with the next.
public struct Instant: Equatable, Comparable, Sendable {
    /// Milliseconds since power-on.
    public var milliseconds: UInt64

    /// The instant this many milliseconds after power-on.
    public init(milliseconds: UInt64) {
        self.milliseconds = milliseconds
    }

    /// The moment of power-on.
    public static let zero = Instant(milliseconds: 0)

    /// Later than every real instant: a deadline that is not set.
    public static let never = Instant(milliseconds: .max)

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant an interval later; stays at ``never`` once there.
    @inlinable
    public static func + (instant: Instant, interval: Interval) -> Instant {
        let (sum, overflow) = instant.milliseconds.addingReportingOverflow(UInt64(interval.milliseconds))
        return Instant(milliseconds: overflow ? .max : sum)
    }
}

/// A length of time in milliseconds, at most about 49 days.
public struct Interval: Equatable, Comparable, Sendable {
    /// The length in milliseconds.
    public var milliseconds: UInt32

    /// An interval of so many milliseconds.
    public init(milliseconds: UInt32) {
        self.milliseconds = milliseconds
    }

    /// No time at all.
    public static let zero = Interval(milliseconds: 0)

    /// So many milliseconds.
    public static func milliseconds(_ count: UInt32) -> Interval { Interval(milliseconds: count) }

    /// So many seconds; more than an interval can hold becomes the longest interval.
    public static func seconds(_ count: UInt32) -> Interval { Interval(clamping: UInt64(count) * 1_000) }

    /// So many minutes; more than an interval can hold becomes the longest interval.
    public static func minutes(_ count: UInt32) -> Interval { Interval(clamping: UInt64(count) * 60_000) }

    /// So many hours; more than an interval can hold becomes the longest interval.
    public static func hours(_ count: UInt32) -> Interval { Interval(clamping: UInt64(count) * 3_600_000) }

    @inlinable
    public static func < (left: Interval, right: Interval) -> Bool {
        left.milliseconds < right.milliseconds
    }

    @inlinable
    init(clamping milliseconds: UInt64) {
        self.milliseconds = UInt32(min(milliseconds, UInt64(UInt32.max)))
    }

    /// Twice as long for each step, never longer than `limit`.
    @inlinable
    func doubled(_ steps: UInt8, limit: Interval) -> Interval {
        let long = UInt64(milliseconds) << UInt64(min(steps, 31))
        return Interval(clamping: min(long, UInt64(limit.milliseconds)))
    }

    /// This interval's given share, in hundredths.
    @inlinable
    func percent(_ share: UInt64) -> Interval {
        Interval(clamping: UInt64(milliseconds) * share / 100)
    }
}
