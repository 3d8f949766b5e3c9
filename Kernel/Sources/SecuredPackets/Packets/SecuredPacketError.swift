import Wire

/// Why a packet was not made, or not taken.
public enum SecuredPacketError: Error, Equatable, Sendable {
    /// The packet ends too early.
    case truncated(Truncation)
    /// A length is badly coded.
    case lengthCoding(TLVError)
    /// The packet starts with another byte than its identifier (CPI or RPI).
    case identifier(expected: UInt8, came: UInt8)
    /// The packet length (CPL or RPL) says another number of bytes than there are.
    case packetLength(says: Int, has: Int)
    /// The header length (CHL or RHL) is not the one that these parameters and keys make.
    case headerLength(says: Int, expected: Int)
    /// The data, in bytes, are more than one packet may carry.
    case tooLong(length: Int, limit: Int)
    /// The key indicator names DES, single or triple: it is refused, whatever the key.
    case des(indicator: UInt8)
    /// The key indicator names an algorithm other than AES.
    case algorithm(indicator: UInt8)
    /// The packet asks for a checksum without a key, or for a signature.
    case integrity(IntegrityProtection)
    /// The SPI asks for a proof of receipt with the reserved value.
    case proofReserved
    /// No key set of this version may be used here.
    case keyUnknown(version: UInt8)
    /// Ciphering and checksum are to use different key versions; one counter cannot belong to both.
    case keyVersions(ciphering: UInt8, integrity: UInt8)
    /// What is ciphered is no whole number of blocks.
    case partialBlock(length: Int)
    /// The checksum is wrong: another key, or a changed packet.
    case checksum
    /// The padding counter (PCNTR) says more bytes than there are, or than padding can have.
    case padding(says: UInt8, data: Int)
    /// No application has this TAR.
    case targetUnknown(ToolkitApplicationReference)
    /// The first byte of the SPI protects less than the application asks for, or asks for more than a packet without a checksum
    /// may.
    case securityLevel(spi1: UInt8, minimum: MinimumSecurityLevel)
    /// The counter is not higher than the one held: an old packet, or one sent twice.
    case counterLow(came: PacketCounter, held: PacketCounter)
    /// The counter is more than one higher than the one held.
    case counterHigh(came: PacketCounter, held: PacketCounter)
    /// The counter held has reached its end.
    case counterBlocked
    /// The response answers another command: its TAR or its counter differs.
    case foreign
    /// The response has a status that no table names.
    case status(byte: UInt8)
    /// The response reports this error and is not protected, though that was asked for: probably true, but anybody could have sent
    /// it.
    case unprotected(ResponseStatus)

    /// The status that a receiver reports this error with; nil when the packet is too broken to answer.
    public var status: ResponseStatus? {
        switch self {
        case .truncated, .lengthCoding, .identifier, .packetLength, .tooLong, .foreign, .status, .unprotected: nil
        case .headerLength, .des, .algorithm, .integrity, .proofReserved, .keyUnknown, .keyVersions: .securityError
        case .partialBlock, .padding: .cipheringError
        case .checksum: .checksumFailed
        case .targetUnknown: .targetUnknown
        case .securityLevel: .insufficientSecurityLevel
        case .counterLow: .counterLow
        case .counterHigh: .counterHigh
        case .counterBlocked: .counterBlocked
        }
    }
}
