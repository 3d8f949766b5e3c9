/// An eIM that may manage this eUICC (GSMA SGP.32, 2.11.1, EimConfigurationData).
public struct EIMAssociation: Equatable, Sendable {
    /// UTF-8, 1 to ``longestName`` bytes.
    public var identifier: [UInt8]
    /// The address of the eIM, UTF-8, at most ``longestName`` bytes.
    public var address: [UInt8]?
    /// 1 OID, 2 domain name, 3 proprietary.
    public var identifierType: UInt8?
    /// The counter of the last package that was accepted; a package needs a higher one.
    public var counter: UInt32
    /// Made by the eUICC when the association asked for one; it is part of what is signed.
    public var token: UInt32?
    /// The key that the eIM signs packages with.
    public var key: PublicKey
    /// The value of trustedPublicKeyDataTls as it came, at most ``longestTransportKey`` bytes; the eUICC only keeps it for the IPA.
    public var transportKey: [UInt8]?
    /// The value of eimSupportedProtocol as it came, a BIT STRING of up to ``longestProtocols`` bytes.
    public var protocols: [UInt8]?
    /// The certificate issuer under which the eUICC is to sign for this eIM, at most ``longestIssuer`` bytes.
    public var issuer: [UInt8]?
    public var indirectDownload: Bool

    public static let longestName = 128
    public static let longestTransportKey = 640
    public static let longestProtocols = 3
    public static let longestIssuer = 20
    /// The highest counter: what four bytes of an INTEGER hold.
    public static let highestCounter: UInt32 = 0x7FFF_FFFF
}
