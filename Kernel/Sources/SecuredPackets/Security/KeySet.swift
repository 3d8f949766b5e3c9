import Cipher

/// How many bytes of the AES-CMAC a packet carries (ETSI TS 102 225, 5.1.3.1).
public enum ChecksumLength: UInt8, Equatable, Sendable {
    case four = 4
    case eight = 8
}

/// The two keys of one key version, and how long their checksum is.
///
/// The keys must differ from each other, as one key for CBC and CMAC weakens both.
public struct KeySet<Cipher: BlockCipher>: Sendable {
    /// The key version, 1 to 15.
    public let version: UInt8
    public let checksumLength: ChecksumLength
    let ciphering: CBC<Cipher>
    let integrity: CMAC<Cipher>

    /// - Parameters:
    ///   - version: 1 to 15; nil for any other.
    ///   - ciphering: the key that KIc points at.
    ///   - integrity: the key that KID points at.
    ///   - checksumLength: what both sides agreed on. A receiver takes no other length, so nobody can ask for a weaker one.
    public init?(version: UInt8, ciphering: Block, integrity: Block, checksumLength: ChecksumLength = .eight) {
        guard version >= 1 && version <= 15 else { return nil }
        self.version = version
        self.checksumLength = checksumLength
        self.ciphering = CBC(key: ciphering)
        self.integrity = CMAC(key: integrity)
    }
}
