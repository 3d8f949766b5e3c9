import SecuredPackets

/// The answer to the packet that was executed last, kept until the terminal has it: when power is lost in between, the message comes
/// again, is not executed again, and is answered with this.
///
/// 152 bytes in the image: who waits for it (1), the packet's key version (1), counter (5) and digest (4), the sender's address: digits
/// (1), type (1), value (10), then the length of the user data (1) and the user data (128).
struct HeldAnswer: Equatable, Sendable {
    enum Recipient: UInt8 {
        /// It has been fetched, or there was none.
        case nobody = 0
        /// It is the response data of the ENVELOPE.
        case terminal = 1
        /// It goes out by SEND SHORT MESSAGE.
        case sender = 2
        /// It goes out by SEND DATA on the channel that the packet came on. Nobody can tell whether it arrived, so it stays until
        /// the next packet.
        case channel = 3
    }

    /// The longest user data. An acknowledgement has room for a few bytes more, but not on every terminal.
    static let longest = 128
    /// How much an application may answer, so that header, checksum and padding stay within ``longest``.
    static let longestData = 96
    /// How much it may answer on a channel. What is longer than ``longest`` is sent and not kept.
    static let longestDataOnChannel = 400
    static let size = 24 + longest

    var recipient: Recipient
    var version: UInt8
    var counter: PacketCounter
    var digest: UInt32
    var originator: MessageAddress
    /// TP-UD, or the packet for a channel.
    var userData: [UInt8]

    init(_ recipient: Recipient, to packet: CommandPacket, from originator: MessageAddress, userData: [UInt8]) {
        self.recipient = recipient
        version = packet.integrity.version
        counter = packet.counter
        digest = HeldAnswer.digest(packet)
        self.originator = originator
        self.userData = userData
    }

    /// Reads what ``encoded`` wrote; nil for anything that it does not write.
    init?(_ bytes: [UInt8], at place: Int) {
        let digits = bytes.byte(at: place + 11)
        let length = Int(bytes.byte(at: place + 23))
        guard let recipient = Recipient(rawValue: bytes.byte(at: place)), digits <= MessageAddress.limit,
            length <= HeldAnswer.longest, place + HeldAnswer.size <= bytes.count,
            let counter = PacketCounter(bytes.number(at: place + 2, size: PacketCounter.size)),
            let originator = MessageAddress(
                digits: digits, type: bytes.byte(at: place + 12),
                value: Array(bytes[place + 13..<place + 13 + (Int(digits) + 1) / 2]))
        else { return nil }
        self.recipient = recipient
        version = bytes.byte(at: place + 1)
        self.counter = counter
        digest = UInt32(truncatingIfNeeded: bytes.number(at: place + 7, size: 4))
        self.originator = originator
        userData = Array(bytes[place + 24..<place + 24 + length])
    }

    var encoded: [UInt8] {
        var bytes = [recipient.rawValue, version]
        bytes.append(counter.value, size: PacketCounter.size)
        bytes.append(UInt64(digest), size: 4)
        bytes.append(contentsOf: [originator.digits, originator.type])
        bytes.append(contentsOf: originator.value)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: max(23 - bytes.count, 0)))
        bytes.append(UInt8(truncatingIfNeeded: userData.count))
        bytes.append(contentsOf: userData)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: max(HeldAnswer.size - bytes.count, 0)))
        return bytes
    }

    /// Whether this answers a packet, and somebody still waits for it, the way that the packet came.
    func isOwed(to packet: CommandPacket, over binding: TransportBinding) -> Bool {
        recipient != .nobody && (recipient == .channel) == (binding == .channel) && packet.counter == counter
            && packet.integrity.version == version
            && HeldAnswer.digest(packet) == digest
    }

    /// Tells packets apart that one key has made with one counter, as a sender should not: that they are authentic is known already.
    private static func digest(_ packet: CommandPacket) -> UInt32 {
        var checksum = Checksum()
        for byte in [packet.parameters.spi1, packet.parameters.spi2, packet.ciphering.rawValue, packet.integrity.rawValue] {
            checksum.add(byte)
        }
        for shift: UInt32 in [16, 8, 0] { checksum.add(UInt8(truncatingIfNeeded: packet.target.value >> shift)) }
        checksum.add(packet.data.span)
        return checksum.value
    }
}
