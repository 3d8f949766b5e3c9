/// The public key of an eIM or of the eUICC: a point of an elliptic curve.
public struct PublicKey: Equatable, Sendable {
    /// The curves that GSMA SGP.22, 2.6.7.1 names.
    public enum Curve: UInt8, Equatable, Sendable {
        /// NIST P-256.
        case p256 = 0
        /// brainpoolP256r1.
        case brainpoolP256 = 1
    }

    public let curve: Curve
    /// 04, x and y: 65 bytes (SEC 1, 2.3.3). Whether the point lies on the curve is for the verifier to say.
    public let point: [UInt8]

    /// The bytes of an uncompressed point.
    public static let pointSize = 65

    /// Nil unless the point is uncompressed and has its 65 bytes.
    public init?(curve: Curve, point: [UInt8]) {
        guard point.count == PublicKey.pointSize, point.first == 4 else { return nil }
        self.curve = curve
        self.point = point
    }
}

/// Checks ECDSA signatures over SHA-256 (GSMA SGP.22, 2.6.7.2). The host supplies it: the kernel has no elliptic curves.
public protocol SignatureVerifier: Sendable {
    /// Whether `signature` (r and s, 32 bytes each) is one of `message` with this key. A curve that is not supported, and a point
    /// that is not on its curve, is a no.
    func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool
}

/// Makes ECDSA signatures over SHA-256 with the eUICC's own private key (SK.EUICC.SIG).
public protocol SignatureMaker: Sendable {
    /// The signature of `message`: r and s, 32 bytes each; nil when this card has no key.
    func sign(_ message: [UInt8]) -> [UInt8]?
}

/// For a card without keys: no package is believed and nothing is signed. Everything that needs no signature works.
public struct NoSignatures: SignatureVerifier, SignatureMaker {
    public init() {}
    public func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool { false }
    public func sign(_ message: [UInt8]) -> [UInt8]? { nil }
}

/// The size of a signature in bytes.
let signatureSize = 64
