/// A point on a laboratory's time line, in milliseconds since it began.
public struct Moment: Hashable, Comparable, Codable, Sendable {
    /// Milliseconds since the laboratory began.
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// When the laboratory began.
    public static let start = Moment(milliseconds: 0)

    /// The moment so many seconds after the beginning.
    public static func seconds(_ count: Int64) -> Moment { Moment(milliseconds: count * 1_000) }

    public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment a duration later, to the whole millisecond.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        Moment(milliseconds: moment.milliseconds + duration.wholeMilliseconds)
    }

    /// The time from the right moment to the left one.
    public static func - (left: Moment, right: Moment) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}

extension Duration {
    /// This duration in whole milliseconds, the rest cut off.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    /// This duration in seconds, to the millisecond.
    public var inSeconds: Double { Double(wholeMilliseconds) / 1_000 }

    /// So many times as long.
    func scaled(by factor: Double) -> Duration { .milliseconds(Int64(Double(wholeMilliseconds) * factor)) }

    /// So many minutes.
    public static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }

    /// So many hours.
    public static func hours(_ count: Int64) -> Duration { .seconds(count * 3_600) }
}
