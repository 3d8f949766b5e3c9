import Cipher
import EUICC

/// The cryptography that a card runs on: AES-128 both ways, and the elliptic curves of its host.
///
/// `TableAES` is the portable choice. It has no curves: such a card conceals no identifier, believes no eIM and signs nothing, and
/// says so where it is asked to.
public protocol CardCryptography: BlockDecipher {
    associatedtype Curves: EllipticCurves
}

/// Elliptic curves, hashes and random numbers as a host has them. The kernel has none of its own.
///
/// Everything here must be constant time where secrets are concerned.
public protocol EllipticCurves: ConcealmentCryptography, SignatureVerifier {
    init()

    /// The ECDSA signature of a message with SHA-256 on P-256: r and s, 32 bytes each.
    ///
    /// - Parameter privateKey: 32 bytes. Nil for a key that is none.
    func sign(_ message: [UInt8], with privateKey: [UInt8]) -> [UInt8]?

    /// Unpredictable bytes; nil when none can be had.
    func random(_ count: Int) -> [UInt8]?
}

/// For a card without curves.
public struct NoCurves: EllipticCurves {
    public init() {}
    public func agree(on curve: ConcealmentCurve, with publicKey: [UInt8]) -> ConcealmentAgreement? { nil }
    public func sha256(_ message: [UInt8]) -> [UInt8] { [] }
    public func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] { [] }
    public func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool { false }
    public func sign(_ message: [UInt8], with privateKey: [UInt8]) -> [UInt8]? { nil }
    public func random(_ count: Int) -> [UInt8]? { nil }
}

extension TableAES: CardCryptography {
    public typealias Curves = NoCurves
}

/// Signs with the eUICC's own private key (SK.EUICC.SIG), if the card was given one.
struct EUICCSigner<Curves: EllipticCurves>: SignatureMaker {
    let privateKey: [UInt8]

    func sign(_ message: [UInt8]) -> [UInt8]? { privateKey.isEmpty ? nil : Curves().sign(message, with: privateKey) }
}
