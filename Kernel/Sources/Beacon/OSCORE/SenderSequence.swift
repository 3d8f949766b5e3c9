/// Hands out sequence numbers, each at most once, across restarts and power cuts (RFC 8613, 7.2.1 and B.1.1).
///
/// Non-volatile memory holds only a *ceiling* that all numbers used so far lie below, and which is raised `step` at a time: one write for
/// every `step` numbers. After a restart the numbers go on from the ceiling; those that were left below it are never used.
///
/// The promise holds if a raised `ceiling` is on non-volatile memory before a message with a number from `take()` leaves. This is B.1.1
/// with K = `step`, storing SSN1 + K, and with F = 0, because nothing is sent before the write is done.
public struct SenderSequence: Equatable, Sendable {
    /// One more than the last number: numbers have 40 bits.
    public static var limit: UInt64 { 1 << 40 }
    /// How many numbers one write is good for, unless told otherwise.
    public static var defaultStep: UInt64 { 64 }

    /// The number that comes next.
    public private(set) var next: UInt64
    /// What must be on non-volatile memory before the last number taken is used: all numbers used lie below it.
    public private(set) var ceiling: UInt64
    /// By how much the ceiling is raised.
    public let step: UInt64

    /// The sequence after a restart.
    ///
    /// - Parameters:
    ///   - ceiling: what non-volatile memory holds; 0 for new keys.
    ///   - step: how many numbers one write is good for; at least 1.
    ///   - margin: numbers to leave out, for a memory that may be older than the last number used, such as a restored backup (F in B.1.1).
    public init(ceiling: UInt64 = 0, step: UInt64 = SenderSequence.defaultStep, margin: UInt64 = 0) {
        let start = min(ceiling, SenderSequence.limit)
        self.next = start + min(margin, SenderSequence.limit - start)
        self.ceiling = next
        self.step = min(max(1, step), SenderSequence.limit)
    }

    /// The next number. When `ceiling` changed, it must be written before the number is used.
    ///
    /// - Throws: `sequenceExhausted` when all are used up.
    public mutating func take() throws(OSCOREError) -> UInt64 {
        guard next < SenderSequence.limit else { throw .sequenceExhausted }
        if next >= ceiling { ceiling = min(next + step, SenderSequence.limit) }
        defer { next += 1 }
        return next
    }
}
