/// An answer that waits for GET RESPONSE, because the command that made it brought data of its own (TS 102 221, clause 7.3.1.1.5).
struct PendingResponse: Sendable {
    var bytes: [UInt8] = []
    private var taken = 0
    private var channel = 0
    /// What the last part is answered with.
    var status = StatusWord.ok
    /// It is a proof of receipt, of which the card knows whether it was fetched.
    var isProof = false

    var left: Int { bytes.count - taken }

    /// Any other command drops what was not fetched.
    mutating func drop() {
        if bytes.isEmpty { return }
        bytes.removeAll(keepingCapacity: true)
        taken = 0
    }

    /// Begins an answer on a channel; the caller appends to `bytes`.
    mutating func begin(on channel: Int) {
        bytes.removeAll(keepingCapacity: true)
        taken = 0
        self.channel = channel
        status = .ok
        isProof = false
    }

    func waits(on channel: Int) -> Bool { left > 0 && channel == self.channel }

    mutating func take(_ count: Int, into response: inout [UInt8]) {
        response.reserveCapacity(count + 2)
        response.append(contentsOf: bytes[taken..<taken + count])
        taken += count
        if left == 0 { drop() }
    }
}

extension Card {
    /// GET RESPONSE (TS 102 221, clause 12.1.1). Less than waits leaves the rest; more is answered 6CXX and takes nothing.
    mutating func getResponse(_ command: CommandAPDU, on channel: Int, into response: inout [UInt8]) -> StatusWord {
        guard command.parameters == 0 else { return .incorrectParameters }
        guard command.data.isEmpty else { return .wrongLength }
        guard pending.waits(on: channel) else { return .conditionsNotSatisfied }
        let length: Int
        switch command.expected {
        case .absent: length = min(pending.left, 256)
        case .short(let asked):
            guard asked <= pending.left else { return .exactLength(pending.left) }
            length = asked
        case .extended(let room): length = min(room, pending.left)
        }
        pending.take(length, into: &response)
        if pending.isProof, pending.left == 0 { heldAnswerLeft() }
        return pending.left > 0 ? .available(pending.left) : pending.status
    }

    /// MANAGE CHANNEL (TS 102 221, clause 11.1.17): opens and closes the channels beside the basic one.
    mutating func manageChannel(_ command: CommandAPDU, on channel: Int, into response: inout [UInt8]) -> StatusWord {
        guard command.data.isEmpty else { return .wrongLength }
        switch command.p1 {
        case 0x00:
            let wished = Int(command.p2)
            guard wished < channels.count else { return .functionNotSupported }
            let free = wished > 0 ? (channels[wished].isOpen ? nil : wished) : channels.indices.first { !channels[$0].isOpen }
            guard let opened = free else { return .functionNotSupported }
            if wished == 0 {
                guard let length = command.length(available: 1) else { return .exactLength(1) }
                if length > 0 { response.append(UInt8(truncatingIfNeeded: opened)) }
            }
            channels[opened] = LogicalChannel()
            channels[opened].isOpen = true
            // From the basic channel a channel begins at the MF; from another one, in that one's directory.
            if channel != 0 {
                channels[opened].select(directory: channels[channel].directory, application: channels[channel].application)
            }
            return .ok
        case 0x80:
            let closed = command.p2 == 0 ? channel : Int(command.p2)
            guard closed != 0 else { return .functionNotSupported }
            guard closed < channels.count, channels[closed].isOpen else { return .channelNotSupported }
            channels[closed] = LogicalChannel()
            return .ok
        default: return .incorrectParameters
        }
    }
}
