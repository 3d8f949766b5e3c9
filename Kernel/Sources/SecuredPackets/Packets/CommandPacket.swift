import Cipher
import Wire

/// The clear part of a command packet's header: what a receiver reads before it has a key (ETSI TS 102 225, table 1).
public struct CommandHeader: Equatable, Sendable {
    public let parameters: SecurityParameters
    /// KIc.
    public let ciphering: KeyIndicator
    /// KID.
    public let integrity: KeyIndicator
    public let target: ToolkitApplicationReference
    let frame: ReceivedFrame

    /// Reads the header of a packet whose lengths agree with each other and with the number of bytes.
    ///
    /// - Throws: `truncated`, `lengthCoding`, `identifier` or `packetLength`: there is nobody to answer to then.
    public init(_ packet: [UInt8], over binding: TransportBinding) throws(SecuredPacketError) {
        frame = try ReceivedFrame(packet, .command, over: binding)
        parameters = SecurityParameters(spi1: frame.clearByte(0), spi2: frame.clearByte(1))
        ciphering = KeyIndicator(rawValue: frame.clearByte(2))
        integrity = KeyIndicator(rawValue: frame.clearByte(3))
        target = frame.target
    }

    /// Which key set the packet and its answer need; nil when they need none.
    ///
    /// - Throws: `des`, `algorithm`, `integrity`, `proofReserved` or `keyVersions`: what this module refuses, whatever the key.
    public func keyVersion() throws(SecuredPacketError) -> UInt8? {
        guard parameters.proof != .reserved else { throw .proofReserved }
        try Self.require(parameters.integrity)
        let answers = parameters.proof != .none
        if answers { try Self.require(parameters.proofIntegrity) }
        let ciphers = parameters.isCiphered || answers && parameters.isProofCiphered
        let checks = parameters.integrity != .none || answers && parameters.proofIntegrity != .none
        if ciphers { try ciphering.requireAES() }
        if checks { try integrity.requireAES() }
        if ciphers && checks && ciphering.version != integrity.version {
            throw .keyVersions(ciphering: ciphering.version, integrity: integrity.version)
        }
        return checks ? integrity.version : ciphers ? ciphering.version : nil
    }

    private static func require(_ protection: IntegrityProtection) throws(SecuredPacketError) {
        guard protection == .none || protection == .cryptographicChecksum else { throw .integrity(protection) }
    }

    /// The counter, if it is readable without a key: for an answer to a packet that was not opened.
    var clearCounter: PacketCounter? {
        if parameters.isCiphered { return nil }
        var reader = ByteReader(frame.bytes, in: frame.bodyStart..<frame.bytes.count)
        do throws(Truncation) { return PacketCounter(low40: try reader.uint(PacketCounter.size)) } catch { return nil }
    }
}

/// A command to an application on the card (ETSI TS 102 225, 5.1).
///
/// The checksum covers everything: the lengths, the header, the counters, the data and their padding; on a channel the identifier
/// too (7), in a short message not the user data header (3GPP TS 31.115, 4.2). Ciphered is what follows the TAR.
public struct CommandPacket: Equatable, Sendable {
    public var parameters: SecurityParameters
    /// KIc.
    public var ciphering: KeyIndicator
    /// KID.
    public var integrity: KeyIndicator
    public var target: ToolkitApplicationReference
    public var counter: PacketCounter
    /// The secured data, without padding.
    public var data: [UInt8]

    /// How many bytes of secured data one packet may have: enough for any script, little enough for any card.
    public static var limit: Int { 4096 }

    /// - Parameter keyVersion: the version of the key set that will seal the packet and its answer; 0 for none.
    public init(
        parameters: SecurityParameters, keyVersion: UInt8, target: ToolkitApplicationReference, counter: PacketCounter,
        data: [UInt8]
    ) {
        self.parameters = parameters
        ciphering = keyVersion & 0xF == 0 ? .none : .aes(version: keyVersion)
        integrity = ciphering
        self.target = target
        self.counter = counter
        self.data = data
    }

    /// The packet's bytes. In a short message they follow the user data header (`ConcatenatedMessage.split(_:as:reference:)`).
    ///
    /// - Parameter keys: the key set of the version that the indicators say, or nil when nothing needs one.
    /// - Throws: `tooLong`, `keyUnknown`, or what `CommandHeader.keyVersion()` refuses.
    public func seal<Cipher: BlockCipher>(
        with keys: KeySet<Cipher>?, over binding: TransportBinding
    ) throws(SecuredPacketError) -> [UInt8] {
        let frame = PacketFrame(
            kind: .command,
            clear: [
                parameters.spi1, parameters.spi2, ciphering.rawValue, integrity.rawValue,
                UInt8(truncatingIfNeeded: target.value >> 16), UInt8(truncatingIfNeeded: target.value >> 8),
                UInt8(truncatingIfNeeded: target.value),
            ],
            counter: counter, data: data)
        let bytes = try frame.seal(
            integrity: parameters.integrity, isCiphered: parameters.isCiphered, keys: keys, over: binding)
        // What a receiver would refuse is not sent.
        try Self.check(try CommandHeader(bytes, over: binding), keys)
        return bytes
    }

    /// The packet that these bytes are, if they are authentic and whole. The counter is not compared with anything here.
    ///
    /// - Parameter keys: the key set of the version that the header asks for, or nil when it asks for none.
    /// - Throws: what is wrong, the first of: lengths, algorithms, key version, ciphering, checksum, padding.
    public static func open<Cipher: BlockDecipher>(
        _ packet: [UInt8], with keys: KeySet<Cipher>?, over binding: TransportBinding
    ) throws(SecuredPacketError) -> CommandPacket {
        try open(try CommandHeader(packet, over: binding), with: keys)
    }

    static func open<Cipher: BlockDecipher>(
        _ header: CommandHeader, with keys: KeySet<Cipher>?
    ) throws(SecuredPacketError) -> CommandPacket {
        try check(header, keys)
        let frame = try header.frame.open(
            integrity: header.parameters.integrity, isCiphered: header.parameters.isCiphered, keys: keys)
        var packet = CommandPacket(
            parameters: header.parameters, keyVersion: 0, target: header.target, counter: frame.counter, data: frame.data)
        packet.ciphering = header.ciphering
        packet.integrity = header.integrity
        return packet
    }

    private static func check<Cipher: BlockCipher>(_ header: CommandHeader, _ keys: KeySet<Cipher>?) throws(SecuredPacketError) {
        if let version = try header.keyVersion(), version != keys?.version { throw .keyUnknown(version: version) }
    }
}
