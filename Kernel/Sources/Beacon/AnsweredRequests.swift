/// The answers that were sent of late, for requests that arrive again (RFC 7252, 4.2 and 4.5).
///
/// A client that missed the answer to a confirmable request sends the very same datagram again. Its number is used up, so OSCORE alone
/// would call it a replay; and it must not be answered anew, because that would seal other content with the same nonce. So the bytes
/// that were sent are sent again. That gives nothing away to somebody who recorded the request: the answer is as sealed as the first time.
///
/// It holds a fixed number of answers; a new one may push out an older one, whose request is then refused as a replay.
public struct AnsweredRequests: Sendable {
    private var slots: [(request: [UInt8], answer: [UInt8])]
    private let mask: Int

    /// Holds up to `capacity` answers, rounded up to a power of two; at least 1 and at most 2^20.
    public init(capacity: Int) {
        var size = 1
        while size < min(capacity, 1 << 20) { size *= 2 }
        slots = Array(repeating: (request: [], answer: []), count: size)
        mask = size - 1
    }

    /// The answer that was sent to exactly this datagram, if it is still known.
    public func answer(to datagram: [UInt8]) -> [UInt8]? {
        let slot = slots[place(of: datagram)]
        return !slot.request.isEmpty && slot.request == datagram ? slot.answer : nil
    }

    /// Notes the answer to a request that was authentic, when it is sent.
    public mutating func insert(_ answer: [UInt8], to datagram: [UInt8]) {
        slots[place(of: datagram)] = (datagram, answer)
    }

    /// The end of a sealed datagram is its tag, which is as good as random (FNV-1a over it).
    private func place(of datagram: [UInt8]) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in datagram.suffix(8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash >> 20) & mask
    }
}
