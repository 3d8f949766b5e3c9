import Wire

/// A message that comes in several short messages, while its parts are collected (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
public struct ConcatenatedMessage: Equatable, Sendable {
    /// Who sent it: two senders may use one reference.
    public let originator: MessageAddress
    let concatenation: Concatenation
    private var packet: PacketIdentifier?
    private var parts: [[UInt8]?]
    /// How many other messages came since the last part of this one.
    var idle = 0

    /// How many bytes of user data, header and all, a short message has at most (3GPP TS 23.040, 9.2.3.16).
    public static var userDataLimit: Int { 140 }

    init(_ concatenation: Concatenation, from originator: MessageAddress) {
        self.originator = originator
        self.concatenation = concatenation
        parts = [[UInt8]?](repeating: nil, count: Int(concatenation.total))
    }

    func isSameMessage(as other: Concatenation, from originator: MessageAddress) -> Bool {
        concatenation.isSameMessage(as: other) && self.originator == originator
    }

    /// Whether a part contradicts what is already here, so that it must belong to a later message with the same reference.
    func isContradicted(by other: Concatenation, _ data: [UInt8]) -> Bool {
        guard other.total == concatenation.total, parts.indices.contains(Int(other.sequence) - 1) else { return true }
        if let known = parts[Int(other.sequence) - 1] { return known != data }
        return false
    }

    mutating func add(_ other: Concatenation, _ identifier: PacketIdentifier?, _ data: [UInt8]) {
        let index = Int(other.sequence) - 1
        guard parts.indices.contains(index) else { return }
        parts[index] = data
        // Only the first part has to name the packet (TS 31.115, 4.3); some senders name it in each.
        if let identifier { packet = packet ?? identifier }
        idle = 0
    }

    /// The whole message, when no part is missing.
    var assembled: AssembledMessage? {
        var bytes: [UInt8] = []
        for part in parts {
            guard let part else { return nil }
            bytes += part
        }
        return AssembledMessage(packet: packet, data: bytes)
    }

    /// The user data of the short messages that carry a packet, each with its header: one if it fits, else parts that say where
    /// they belong (3GPP TS 31.115, 4.2 to 4.5).
    ///
    /// - Parameter reference: what names the message among others of one sender; not used when there is one part.
    /// - Throws: `tooLong` when there would be more than 255 parts.
    public static func split(
        _ packet: [UInt8], as identifier: PacketIdentifier, reference: UInt8
    ) throws(ShortMessageError) -> [[UInt8]] {
        let alone: [UInt8] = [0x02, identifier.rawValue, 0x00]
        if packet.count <= userDataLimit - alone.count { return [alone + packet] }
        let firstRoom = userDataLimit - 8
        let room = userDataLimit - 6
        let limit = firstRoom + 254 * room
        guard packet.count <= limit else { throw .tooLong(length: packet.count, limit: limit) }
        let total = 1 + (packet.count - firstRoom + room - 1) / room
        var parts: [[UInt8]] = []
        var rest = packet[...]
        while !rest.isEmpty {
            var part: [UInt8] = [
                parts.isEmpty ? 0x07 : 0x05, 0x00, 0x03, reference, UInt8(truncatingIfNeeded: total),
                UInt8(truncatingIfNeeded: parts.count + 1),
            ]
            if parts.isEmpty { part += [identifier.rawValue, 0x00] }
            let count = userDataLimit - part.count
            part += rest.prefix(count)
            rest = rest.dropFirst(count)
            parts.append(part)
        }
        return parts
    }
}

/// A message whose parts are all there.
public struct AssembledMessage: Equatable, Sendable {
    /// Which secured packet it is; nil when it is something else.
    public let packet: PacketIdentifier?
    /// What follows the user data header, all parts in order.
    public let data: [UInt8]
}

/// The messages whose parts are still coming. It has no clock: a message is given up when too many others came since its last part,
/// or when a new one needs its place.
public struct Reassembly: Sendable {
    private var messages: [ConcatenatedMessage] = []
    private let messageLimit: Int
    private let partLimit: Int
    private let patience: Int

    /// - Parameters:
    ///   - messageLimit: how many messages are kept at once; at least 1.
    ///   - partLimit: how many parts of 134 bytes a message may have; 1 to 255.
    ///   - patience: how many other messages may come between two parts of one; at least 1.
    public init(messageLimit: Int = 2, partLimit: Int = 8, patience: Int = 16) {
        self.messageLimit = max(1, messageLimit)
        self.partLimit = min(max(1, partLimit), 255)
        self.patience = max(1, patience)
    }

    /// How many messages are not whole yet.
    public var waiting: Int { messages.count }

    /// Takes one short message; gives back the whole one when this was its last part, or the only one.
    ///
    /// - Parameters:
    ///   - userData: TP-UD of a message with a user data header.
    ///   - originator: TP-OA.
    /// - Throws: `truncated`, `header`, or `parts` when the message has too many of them; what is waiting stays.
    public mutating func add(
        _ userData: [UInt8], from originator: MessageAddress
    ) throws(ShortMessageError) -> AssembledMessage? {
        let header = try UserDataHeader(userData)
        let data = [UInt8](userData.dropFirst(header.size))
        guard let concatenation = header.concatenation, concatenation.total > 1 else {
            age()
            return AssembledMessage(packet: header.packet, data: data)
        }
        guard Int(concatenation.total) <= partLimit else {
            throw .parts(total: Int(concatenation.total), limit: partLimit)
        }
        age()
        var message = ConcatenatedMessage(concatenation, from: originator)
        if let index = messages.firstIndex(where: { $0.isSameMessage(as: concatenation, from: originator) }) {
            let known = messages.remove(at: index)
            if !known.isContradicted(by: concatenation, data) { message = known }
        }
        message.add(concatenation, header.packet, data)
        if let assembled = message.assembled { return assembled }
        // The newest is last; the one that has waited longest makes room.
        if messages.count >= messageLimit { messages.removeFirst() }
        messages.append(message)
        return nil
    }

    private mutating func age() {
        for index in messages.indices { messages[index].idle += 1 }
        messages.removeAll { $0.idle > patience }
    }
}
