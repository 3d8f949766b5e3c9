import SecuredPackets
import Wire

/// The TCP channel on which secured packets come, besides short messages (ETSI TS 102 225, clause 7; ETSI TS 102 226, clause 9).
///
/// The card uses one channel at a time, and beacons go first: this one is opened while no beacon has or wants a channel, and it is
/// closed as soon as one does. A packet that is cut off by that is as if it had never been sent.
struct RemoteChannel: Sendable {
    /// What the card asks of the terminal.
    enum Command: Equatable, Sendable {
        case open(RemoteDestination)
        case close(UInt8)
        case receive(UInt8)
        case send(UInt8, [UInt8])
    }

    enum State: Equatable, Sendable {
        case closed
        /// Asked for by PUSH; the channel is somebody else's still, or the terminal was busy.
        case wanted(RemoteDestination)
        case opening(RemoteDestination)
        case open(UInt8)
        case closing
    }

    /// PUSH (ETSI TS 102 226, clause 9.2).
    static let pushClass: UInt8 = 0x80
    static let pushInstruction: UInt8 = 0xEC

    /// How often the terminal is asked to open a channel while it is busy.
    static let mostAttempts = 4
    /// A channel on which nothing happens is closed with this STATUS: two minutes of the usual polling.
    static let mostIdlePolls = 4
    /// How many bytes one SEND DATA takes.
    static let portion = 200

    var state = State.closed
    var attempts = 0
    var idlePolls = 0
    /// The beginning of the stream that is not dealt with yet: less than one packet, or packets that wait for an answer to be sent.
    var received: [UInt8] = []
    /// What is left to send of the answer in progress.
    var outgoing: [UInt8] = []

    /// What a stream begins with.
    enum Beginning: Equatable {
        case unfinished
        case packet([UInt8])
        /// No command packet, or one that is too long: where the next one begins nobody knows.
        case noPacket
    }

    /// The most bytes of a packet: the data, and before them identifier, lengths, header and checksum, and padding after them.
    static let longestPacket = CommandPacket.limit + 64

    /// Takes the first packet out of the stream.
    mutating func next() -> Beginning {
        var reader = ByteReader(received)
        let length: Int
        do throws(TLVError) {
            do throws(Truncation) {
                guard try reader.byte() == 0x01 else { return .noPacket }
            } catch { return .unfinished }
            length = try reader.tlvLength()
        } catch {
            if case .truncated = error { return .unfinished }
            return .noPacket
        }
        let end = reader.offset + length
        guard end <= RemoteChannel.longestPacket else { return .noPacket }
        guard end <= received.count else { return .unfinished }
        let packet = Array(received[..<end])
        received.removeFirst(end)
        return .packet(packet)
    }
}
