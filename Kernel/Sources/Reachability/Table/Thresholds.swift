/// When a device that owes a beacon counts as late, and when as silent.
public struct Thresholds: Equatable, Sendable {
    /// Reachable up to this many expected intervals after the last proof ...
    public var lateFactor: UInt8
    /// ... and this many seconds.
    public var lateGrace: UInt16
    /// Late up to this many expected intervals ...
    public var silentFactor: UInt8
    /// ... and this many seconds; silent from then on.
    public var silentGrace: UInt16
    /// After our own downtime the clocks of silence start so many seconds later: cards that looked for us elsewhere come home first.
    public var resumeGrace: UInt16

    public init(lateFactor: UInt8, lateGrace: UInt16, silentFactor: UInt8, silentGrace: UInt16, resumeGrace: UInt16 = 300) {
        self.lateFactor = lateFactor
        self.lateGrace = lateGrace
        self.silentFactor = silentFactor
        self.silentGrace = silentGrace
        self.resumeGrace = resumeGrace
    }

    /// Late after two intervals and 30 s, silent after four and 60 s.
    public static let standard = Thresholds(lateFactor: 2, lateGrace: 30, silentFactor: 4, silentGrace: 60)

    /// The last second in which a device heard at `base` is still reachable.
    func reachableUntil(_ base: UInt32, interval: UInt32) -> UInt32 {
        UInt32(clamping: UInt64(base) + UInt64(interval) * UInt64(lateFactor) + UInt64(lateGrace))
    }

    /// The last second in which it is not yet silent; never before ``reachableUntil(_:interval:)``.
    func lateUntil(_ base: UInt32, interval: UInt32) -> UInt32 {
        max(
            reachableUntil(base, interval: interval),
            UInt32(clamping: UInt64(base) + UInt64(interval) * UInt64(silentFactor) + UInt64(silentGrace)))
    }
}
