import Beacon
import Cipher
import Crypto

/// A card's OSCORE master secret and salt, as they are in memory between an import and their seal. Says nothing about itself.
public struct CardSecret: Equatable, Sendable {
    /// Sixteen bytes.
    public let masterSecret: [UInt8]
    /// Up to sixteen bytes; may be empty (RFC 8613, 3.1).
    public let masterSalt: [UInt8]

    /// How many bytes a master secret has.
    public static let size = 16
    /// How many bytes a salt may have.
    public static let saltLimit = 16

    /// Nil unless the secret has 16 bytes and the salt at most 16.
    public init?(masterSecret: [UInt8], masterSalt: [UInt8] = []) {
        guard masterSecret.count == Self.size, masterSalt.count <= Self.saltLimit else { return nil }
        self.masterSecret = masterSecret
        self.masterSalt = masterSalt
    }

    /// Secret, then salt: what is sealed.
    var encoded: [UInt8] { masterSecret + masterSalt }

    init?(encoded bytes: [UInt8]) {
        self.init(masterSecret: Array(bytes.prefix(Self.size)), masterSalt: Array(bytes.dropFirst(Self.size)))
    }
}

extension CardSecret {
    /// The card's side of its security context with one responder (docs/protocol.md): derived from the master secret, and the salt
    /// with the responder's index behind it, so that two responders never share a key.
    public func cardKeys(card: CardNumber, responder: UInt8) -> SecurityKeys? {
        responderKeys(card: card, responder: responder)?.mirrored
    }

    /// The key under which policy documents for the card are signed (docs/protocol.md). No responder holds it.
    public func policyKey(card: CardNumber) -> Block? {
        SecurityKeys.policyKey(of: card, masterSecret: masterSecret, masterSalt: masterSalt, using: HostKeyDerivation())
    }

    /// The responder's side of the same.
    func responderKeys(card: CardNumber, responder: UInt8) -> SecurityKeys? {
        SecurityKeys.derive(
            masterSecret: masterSecret, masterSalt: masterSalt + [responder], sender: BeaconServer.identifier,
            recipient: card.identifier,
            using: HostKeyDerivation())
    }
}

/// HKDF-SHA-256 by swift-crypto.
public struct HostKeyDerivation: KeyDerivation, Sendable {
    public init() {}

    public func hkdfSHA256(secret: [UInt8], salt: [UInt8], info: [UInt8], length: Int) -> [UInt8] {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: secret), salt: salt, info: info, outputByteCount: length)
            .withUnsafeBytes { Array($0) }
    }
}

extension CardSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CardSecret" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
