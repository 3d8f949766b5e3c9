extension Parameters {
    /// The size of the encoded form in bytes.
    public static let encodedSize = 92

    /// Format 1, 92 bytes, numbers big-endian: format, movement, misses, allowance, jitter, three zero bytes, version (4), then the twenty
    /// intervals in milliseconds (4 each) in the order in which ``Parameters`` declares them.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = [1, movement.rawValue, misses, allowance, jitter, 0, 0, 0]
        bytes.reserveCapacity(Parameters.encodedSize)
        func append(_ value: UInt32) {
            bytes.append(UInt8(truncatingIfNeeded: value >> 24))
            bytes.append(UInt8(truncatingIfNeeded: value >> 16))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
            bytes.append(UInt8(truncatingIfNeeded: value))
        }
        append(version)
        append(heartbeat.milliseconds)
        append(heartbeatAway.milliseconds)
        append(timeout.milliseconds)
        append(suspectProbe.milliseconds)
        append(registrationGrace.milliseconds)
        append(congestionGrace.milliseconds)
        append(bearerGrace.milliseconds)
        append(attachBudget.milliseconds)
        append(trialBudget.milliseconds)
        append(firstProbe.milliseconds)
        append(leaveSpread.milliseconds)
        append(hold.milliseconds)
        append(holdLimit.milliseconds)
        append(stable.milliseconds)
        append(darkPause.milliseconds)
        append(darkLimit.milliseconds)
        append(doubtPause.milliseconds)
        append(doubtLimit.milliseconds)
        append(refill.milliseconds)
        append(refreshRetry.milliseconds)
        return bytes
    }

    /// Reads the encoded form; nil for another length or format, a value outside its range, or parameters with a ``problem``.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Parameters.encodedSize, bytes[0] == 1, let movement = Movement(rawValue: bytes[1]),
            bytes[5] == 0, bytes[6] == 0, bytes[7] == 0
        else { return nil }
        func word(_ index: Int) -> UInt32 {
            let at = 8 + 4 * index
            return UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
        }
        func interval(_ index: Int) -> Interval { Interval(milliseconds: word(index)) }
        self.init(
            version: word(0), movement: movement, heartbeat: interval(1), heartbeatAway: interval(2), timeout: interval(3),
            suspectProbe: interval(4), misses: bytes[2], registrationGrace: interval(5), congestionGrace: interval(6),
            bearerGrace: interval(7), attachBudget: interval(8), trialBudget: interval(9), firstProbe: interval(10),
            leaveSpread: interval(11), hold: interval(12), holdLimit: interval(13), stable: interval(14),
            darkPause: interval(15), darkLimit: interval(16), doubtPause: interval(17), doubtLimit: interval(18),
            allowance: bytes[3], refill: interval(19), refreshRetry: interval(20), jitter: bytes[4])
        guard problem == nil else { return nil }
    }
}
