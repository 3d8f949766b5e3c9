import Crypto
import Foundation

/// The private key of a ledger: signs its heads, and the packs made from it. Sealing it is the owner's.
///
/// A head and a pack cannot be taken for each other: the first line of a head is the key's name, which has no space; the first line of what
/// a pack's signature covers begins with "DSSEv1 ".
public struct LedgerKey: Sendable {
    /// What it is known by, as "holdfast.example.com/ledger"; also the origin of its heads.
    public let name: String
    private let key: Curve25519.Signing.PrivateKey
    /// The public half.
    public let verifier: VerifierKey

    /// A new key.
    public init(name: String) throws(HeadError) {
        try self.init(name: name, key: Curve25519.Signing.PrivateKey())
    }

    /// The key that these 32 bytes are (RFC 8032, 5.1.5).
    public init(name: String, bytes: [UInt8]) throws(HeadError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { throw .privateKey }
        try self.init(name: name, key: key)
    }

    private init(name: String, key: Curve25519.Signing.PrivateKey) throws(HeadError) {
        self.name = name
        self.key = key
        verifier = try VerifierKey(name: name, key: key.publicKey)
    }

    /// The 32 secret bytes.
    public var bytes: [UInt8] { Array(key.rawRepresentation) }

    func signature(of message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: Data(message))) }

    /// Signs a tree.
    public func sign(size: UInt64, root: TreeHash, at time: LedgerTime) throws -> SignedHead {
        try SignedHead(signing: size, root: root, at: time, with: self)
    }
}
