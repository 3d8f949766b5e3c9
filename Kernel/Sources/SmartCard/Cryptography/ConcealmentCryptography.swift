/// What the concealment of a subscription identifier needs besides AES, which a host supplies: elliptic curves, SHA-256 and HMAC
/// (3GPP TS 33.501, annex C.3.4).
///
/// Everything here must be constant time and the ephemeral key unpredictable: whoever guesses it reads the identifier.
public protocol ConcealmentCryptography {
    /// Makes a new key pair and agrees on a secret with the home network's key.
    ///
    /// - Parameters:
    ///   - curve: the curve.
    ///   - publicKey: the home network's public key: 32 bytes on Curve25519 (RFC 7748); on secp256r1 a point, compressed to 33 bytes
    ///     or whole in 65 (SEC 1, clause 2.3.3). It comes from a file and may be no point of the curve.
    /// - Returns: nil for a key that is not valid on the curve, and when no random number can be had.
    mutating func agree(on curve: ConcealmentCurve, with publicKey: [UInt8]) -> ConcealmentAgreement?

    /// SHA-256 (FIPS 180-4), 32 bytes.
    func sha256(_ message: [UInt8]) -> [UInt8]

    /// HMAC with SHA-256 (RFC 2104), 32 bytes.
    func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8]
}

/// A curve of TS 33.501, annex C.3.4.
public enum ConcealmentCurve: Sendable {
    /// Profile A.
    case curve25519
    /// Profile B, also known as P-256.
    case secp256r1

    /// How many bytes the ephemeral public key has: on secp256r1 it is compressed.
    public var ephemeralKeySize: Int {
        switch self {
        case .curve25519: 32
        case .secp256r1: 33
        }
    }

    /// Whether a home network's public key of this many bytes may be one.
    func takes(keySize: Int) -> Bool {
        switch self {
        case .curve25519: keySize == 32
        case .secp256r1: keySize == 33 || keySize == 65
        }
    }
}

/// The outcome of one key agreement.
public struct ConcealmentAgreement: Equatable, Sendable {
    /// The ephemeral public key, which goes to the network: 32 bytes, or 33 for a compressed point.
    public var ephemeralKey: [UInt8]
    /// The shared secret, 32 bytes: on secp256r1 the x coordinate.
    public var secret: [UInt8]

    public init(ephemeralKey: [UInt8], secret: [UInt8]) {
        self.ephemeralKey = ephemeralKey
        self.secret = secret
    }
}
