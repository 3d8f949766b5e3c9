/// A response packet, and how it is to travel.
public struct SecuredAnswer: Equatable, Sendable {
    public enum Route: Equatable, Sendable {
        /// As the response data of the ENVELOPE; the terminal puts it into the SMS-DELIVER-REPORT. It has one part.
        case report
        /// By SEND SHORT MESSAGE, to the address that the command came from.
        case submit
        /// By SEND DATA, on the channel that the command came on.
        case channel
    }

    public var packet: [UInt8]
    public var route: Route

    /// What to hand over: on a channel the packet, otherwise one user data field (TP-UD) for each message.
    ///
    /// - Parameter reference: what names this message among others when it has more than one part.
    /// - Throws: `tooLong` when there would be more than 255 parts.
    public func parts(reference: UInt8) throws(ShortMessageError) -> [[UInt8]] {
        if route == .channel { return [packet] }
        return try ConcatenatedMessage.split(packet, as: .response, reference: reference)
    }
}

/// A command that passed every check. It must not be executed before `held` is stored for good.
public struct AcceptedCommand: Equatable, Sendable {
    public let packet: CommandPacket
    public let binding: TransportBinding
    /// The counter to store; nil when the packet's counter is not checked.
    public let held: HeldCounter?
}

/// A command that is not executed.
public struct RefusedCommand: Equatable, Sendable {
    public let error: SecuredPacketError
    public let status: ResponseStatus
    /// Whether the packet came from somebody who has the key: then it is old, or came twice.
    public let isAuthentic: Bool
    /// The packet, when it is authentic: by it a receiver knows one that it has executed already.
    public let packet: CommandPacket?
    /// What to send back, if anything.
    public let answer: SecuredAnswer?
}

/// What a receiver makes of a packet.
public enum Reception: Equatable, Sendable {
    /// Store the counter, execute the command, then answer with `Receiver.answer(to:status:data:)`.
    case accepted(AcceptedCommand)
    /// Send the answer, if there is one.
    case refused(RefusedCommand)
    /// This is no secured packet, or a broken one: there is nothing to answer.
    case unreadable(SecuredPacketError)
}
