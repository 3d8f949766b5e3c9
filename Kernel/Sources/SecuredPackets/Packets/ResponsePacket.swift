import Cipher
import Wire

/// The proof of receipt: what became of a command packet, and the data it made (ETSI TS 102 225, 5.2).
///
/// It is protected as the command's SPI asked. The checksum covers the lengths, the header, the counters, the status, the data and
/// their padding; on a channel the identifier too (7), in a short message the user data header 02 71 00 too (3GPP TS 31.115, 4.4).
/// Ciphered is what follows the TAR.
public struct ResponsePacket: Equatable, Sendable {
    /// The command's TAR.
    public var target: ToolkitApplicationReference
    /// The command's counter.
    public var counter: PacketCounter
    public var status: ResponseStatus
    /// The additional response data, without padding.
    public var data: [UInt8]

    public init(
        target: ToolkitApplicationReference, counter: PacketCounter, status: ResponseStatus, data: [UInt8] = []
    ) {
        self.target = target
        self.counter = counter
        self.status = status
        self.data = data
    }

    /// The answer to this command.
    public init(to command: CommandPacket, status: ResponseStatus, data: [UInt8] = []) {
        self.init(target: command.target, counter: command.counter, status: status, data: data)
    }

    /// The packet's bytes. In a short message they follow the user data header (`ConcatenatedMessage.split(_:as:reference:)`).
    ///
    /// - Parameters:
    ///   - parameters: the command's.
    ///   - keys: the key set that opened the command, or nil when the proof needs none.
    /// - Throws: `tooLong`, `integrity` or `keyUnknown`.
    public func seal<Cipher: BlockCipher>(
        asAskedBy parameters: SecurityParameters, with keys: KeySet<Cipher>?, over binding: TransportBinding
    ) throws(SecuredPacketError) -> [UInt8] {
        try frame.seal(
            integrity: parameters.proofIntegrity, isCiphered: parameters.isProofCiphered, keys: keys, over: binding)
    }

    /// The packet's bytes without any protection, for an error that comes before there is a key.
    func unprotected(over binding: TransportBinding) throws(SecuredPacketError) -> [UInt8] {
        try frame.seal(integrity: .none, isCiphered: false, keys: nil as KeySet<NoCipher>?, over: binding)
    }

    private var frame: PacketFrame {
        PacketFrame(
            kind: .response,
            clear: [
                UInt8(truncatingIfNeeded: target.value >> 16), UInt8(truncatingIfNeeded: target.value >> 8),
                UInt8(truncatingIfNeeded: target.value),
            ],
            counter: counter, status: status.rawValue, data: data)
    }

    /// The response that these bytes are, if it answers `command` and is protected as that asked.
    ///
    /// - Parameter keys: the key set that sealed the command, or nil when the proof needs none.
    /// - Throws: what is wrong. `unprotected` when the response reports an error in clear, as a card does that could not open the
    ///   command.
    public static func open<Cipher: BlockDecipher>(
        _ packet: [UInt8], answering command: CommandPacket, with keys: KeySet<Cipher>?, over binding: TransportBinding
    ) throws(SecuredPacketError) -> ResponsePacket {
        let received = try ReceivedFrame(packet, .response, over: binding)
        guard received.target == command.target else { throw .foreign }
        let parameters = command.parameters
        if parameters.proofNeedsKey, let error = unprotectedError(received) { throw .unprotected(error) }
        let frame = try received.open(
            integrity: parameters.proofIntegrity, isCiphered: parameters.isProofCiphered, keys: keys)
        guard frame.counter == command.counter else { throw .foreign }
        guard let status = ResponseStatus(rawValue: frame.status) else { throw .status(byte: frame.status) }
        return ResponsePacket(target: received.target, counter: frame.counter, status: status, data: frame.data)
    }

    /// An error in clear: the header has no room for a checksum, there are no data, and the status is an error.
    private static func unprotectedError(_ received: ReceivedFrame) -> ResponseStatus? {
        let body = received.bytes[received.bodyStart...]
        guard received.headerLength == 10, body.count == PacketFrame.Kind.response.fixedLength, let last = body.last,
            let status = ResponseStatus(rawValue: last), status != .done
        else { return nil }
        return status
    }
}

/// The cipher of a packet that has none.
struct NoCipher: BlockCipher {
    init(key: Block) {}
    func encrypt(_ block: Block) -> Block { block }
}
