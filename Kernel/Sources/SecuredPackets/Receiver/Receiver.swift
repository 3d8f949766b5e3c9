import Cipher

/// The card's end of SCP80: it checks command packets and seals the answers.
///
/// The checks come in this order, and the first that fails decides about the status: lengths (no answer), TAR, minimum security
/// level, algorithms and key version, ciphering, checksum, counter. The counter is moved only by a packet that passed all of them
/// (ETSI TS 102 225, 5.1.4).
///
/// Two rules are stricter than the standard. A counter is checked, and a protected answer given, only for a packet with a checksum;
/// any other is refused with `insufficientSecurityLevel`. And an error that is found before the packet is known to be authentic is
/// answered in clear, so that nobody without a key can have anything sealed.
public struct Receiver<Cipher: BlockDecipher>: Sendable {
    /// Whom to answer who has not shown that he has a key.
    public enum UnauthenticatedAnswers: Equatable, Sendable {
        case nobody
        /// Where an answer costs nothing: in the delivery report and on a channel.
        case withoutCost
        /// As the packet asks, also with a message to an address of the sender's choice.
        case asAsked
    }

    private let keySets: [KeySet<Cipher>]
    private let applications: [RemoteApplication]
    private let unauthenticated: UnauthenticatedAnswers
    /// The counters held, one for each key set.
    public private(set) var counters: [HeldCounter]

    /// How many applications a receiver serves.
    public static var applicationLimit: Int { 32 }

    /// - Parameters:
    ///   - keySets: each with another version.
    ///   - applications: each with another TAR.
    ///   - counters: what was stored; a key set that none is given for starts at zero.
    ///   - unauthenticated: whom to answer who has not shown that he has a key.
    /// - Returns: nil when two key sets have one version, two applications one TAR, or there are more than `applicationLimit` of
    ///   them.
    public init?(
        keySets: [KeySet<Cipher>], applications: [RemoteApplication], counters: [HeldCounter] = [],
        unauthenticated: UnauthenticatedAnswers = .withoutCost
    ) {
        guard applications.count <= Self.applicationLimit else { return nil }
        for (index, application) in applications.enumerated() {
            for other in applications[..<index] where other.target == application.target { return nil }
        }
        var held: [HeldCounter] = []
        for (index, keys) in keySets.enumerated() {
            for other in keySets[..<index] where other.version == keys.version { return nil }
            // Of several stored values the highest is true: a counter never goes back.
            var highest = PacketCounter.zero
            for stored in counters where stored.version == keys.version { highest = max(highest, stored.counter) }
            held.append(HeldCounter(version: keys.version, counter: highest))
        }
        self.keySets = keySets
        self.applications = applications
        self.counters = held
        self.unauthenticated = unauthenticated
    }

    /// Checks a packet, and moves the counter if it passes.
    ///
    /// - Parameters:
    ///   - packet: from its length on in a short message (what follows the user data header), from its identifier on on a channel.
    ///   - binding: what it came by.
    public mutating func receive(_ packet: [UInt8], over binding: TransportBinding) -> Reception {
        let header: CommandHeader
        do throws(SecuredPacketError) { header = try CommandHeader(packet, over: binding) } catch { return .unreadable(error) }
        let keys: KeySet<Cipher>?
        let command: CommandPacket
        do throws(SecuredPacketError) {
            keys = try self.keys(for: header)
            command = try CommandPacket.open(header, with: keys)
        } catch {
            // The header could be read, so even a body that is cut short has somebody to answer to.
            return refusal(error, error.status ?? .securityError, header, binding)
        }
        guard command.parameters.counter.isChecked, let keys else {
            return .accepted(AcceptedCommand(packet: command, binding: binding, held: nil))
        }
        for index in counters.indices where counters[index].version == keys.version {
            do throws(SecuredPacketError) {
                try counters[index].check(command.counter, command.parameters.counter)
            } catch {
                return refusal(error, error.status ?? .securityError, command, binding)
            }
            counters[index] = HeldCounter(version: keys.version, counter: command.counter)
            return .accepted(AcceptedCommand(packet: command, binding: binding, held: counters[index]))
        }
        // Not reached: every key set has its counter.
        return refusal(.keyUnknown(version: keys.version), .securityError, header, binding)
    }

    /// The answer to a command, sealed as it asked; nil when it asked for none.
    ///
    /// - Parameters:
    ///   - status: `done` when the command was executed, whatever its own status words say; else `insufficientMemory`, `moreTime`,
    ///     ...
    ///   - data: what the application gives back (`ScriptExecution.answer`), at most `answerCapacity(for:)` bytes.
    /// - Throws: `tooLong`.
    public func answer(
        to command: AcceptedCommand, status: ResponseStatus = .done, data: [UInt8] = []
    ) throws(SecuredPacketError) -> SecuredAnswer? {
        let capacity = answerCapacity(for: command)
        guard data.count <= capacity else { throw .tooLong(length: data.count, limit: capacity) }
        return try sealed(ResponsePacket(to: command.packet, status: status, data: data), command.packet, command.binding)
    }

    /// How many bytes of data an answer to this command can have; 0 when none is asked for.
    ///
    /// A delivery report has room for one message of 140 bytes. The other ways take more, up to the limit of a packet.
    public func answerCapacity(for command: AcceptedCommand) -> Int {
        let parameters = command.packet.parameters
        if parameters.proof == .none { return 0 }
        guard SecuredAnswer.Route(command.binding, parameters) == .report else { return CommandPacket.limit }
        // The user data header 02 71 00, RPL, RHL and TAR are never ciphered.
        var room = ConcatenatedMessage.userDataLimit - 3 - 2 - 1 - 3
        if parameters.isProofCiphered { room -= room % Block.size }
        var checksum = 0
        if parameters.proofIntegrity != .none, let keys = keySet(command.packet.integrity.version) {
            checksum = Int(keys.checksumLength.rawValue)
        }
        return room - PacketFrame.Kind.response.fixedLength - checksum
    }

    private func keys(for header: CommandHeader) throws(SecuredPacketError) -> KeySet<Cipher>? {
        guard let application = applications.first(where: { $0.target == header.target }) else {
            throw .targetUnknown(header.target)
        }
        let parameters = header.parameters
        guard application.minimum.isMet(by: parameters) else {
            throw .securityLevel(spi1: parameters.spi1, minimum: application.minimum)
        }
        let version = try header.keyVersion()
        if parameters.integrity == .none && (parameters.counter.isChecked || parameters.proofNeedsKey) {
            throw .securityLevel(spi1: parameters.spi1, minimum: application.minimum)
        }
        guard let version else { return nil }
        guard application.allows(version: version), let keys = keySet(version) else { throw .keyUnknown(version: version) }
        return keys
    }

    private func keySet(_ version: UInt8) -> KeySet<Cipher>? { keySets.first { $0.version == version } }

    /// Refuses an authentic packet: the answer is sealed as asked.
    private func refusal(
        _ error: SecuredPacketError, _ status: ResponseStatus, _ command: CommandPacket, _ binding: TransportBinding
    ) -> Reception {
        var answer: SecuredAnswer?
        do throws(SecuredPacketError) {
            answer = try sealed(ResponsePacket(to: command, status: status), command, binding)
        } catch {
            answer = nil
        }
        return .refused(RefusedCommand(error: error, status: status, isAuthentic: true, packet: command, answer: answer))
    }

    /// Refuses a packet of unknown origin: the answer, if there is any, is in clear.
    private func refusal(
        _ error: SecuredPacketError, _ status: ResponseStatus, _ header: CommandHeader, _ binding: TransportBinding
    ) -> Reception {
        var answer: SecuredAnswer?
        let route = SecuredAnswer.Route(binding, header.parameters)
        let allowed = unauthenticated == .asAsked || unauthenticated == .withoutCost && route != .submit
        if allowed && (header.parameters.proof == .always || header.parameters.proof == .onError) {
            // A counter that is still ciphered cannot be copied.
            let response = ResponsePacket(target: header.target, counter: header.clearCounter ?? .zero, status: status)
            do throws(SecuredPacketError) {
                answer = SecuredAnswer(packet: try response.unprotected(over: binding), route: route)
            } catch {
                answer = nil
            }
        }
        return .refused(RefusedCommand(error: error, status: status, isAuthentic: false, packet: nil, answer: answer))
    }

    private func sealed(
        _ response: ResponsePacket, _ command: CommandPacket, _ binding: TransportBinding
    ) throws(SecuredPacketError) -> SecuredAnswer? {
        let parameters = command.parameters
        guard parameters.proof == .always || parameters.proof == .onError && response.status != .done else { return nil }
        let version = parameters.proofIntegrity != .none ? command.integrity.version : command.ciphering.version
        let keys = parameters.proofNeedsKey ? keySet(version) : nil
        let packet = try response.seal(asAskedBy: parameters, with: keys, over: binding)
        return SecuredAnswer(packet: packet, route: SecuredAnswer.Route(binding, parameters))
    }
}

extension CounterMode {
    /// Whether a receiver compares the packet's counter with the one it holds.
    var isChecked: Bool { self == .higher || self == .oneHigher }
}

extension SecuredAnswer.Route {
    init(_ binding: TransportBinding, _ parameters: SecurityParameters) {
        switch binding {
        case .channel: self = .channel
        case .shortMessage: self = parameters.proofRoute == .submit ? .submit : .report
        }
    }
}
