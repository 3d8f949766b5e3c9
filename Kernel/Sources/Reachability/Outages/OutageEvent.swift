/// What ``OutageDetector/tick(_:scanning:_:)`` found out.
public enum OutageEvent: Equatable, Sendable {
    case began(Outage)
    /// It reaches further than `from`, which it was taken for.
    case widened(Outage, from: Outage.Scope)
    /// So many devices are back; whether they stay is not known yet.
    case recovering(Outage, canaries: Int)
    /// Too many of those that came back were lost again; the next recovery must hold for so many seconds.
    case relapsed(Outage, hold: UInt32)
    /// It is over since `at`, as estimated.
    case ended(Outage, at: UInt32, Outage.Ending)
}
