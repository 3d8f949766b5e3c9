import Crypto
import EUICC
import Estate
import Foundation
import SmartCard

/// The elliptic curves of a card that runs on a host, by swift-crypto (BoringSSL): for concealed identifiers, and for eIMs and their
/// packages. Of the curves of GSMA SGP.22 it has P-256; brainpoolP256r1 is believed by nobody here.
public struct HostCurves: EllipticCurves {
    public init() {}

    public func agree(on curve: ConcealmentCurve, with publicKey: [UInt8]) -> ConcealmentAgreement? {
        do {
            switch curve {
            case .curve25519:
                let own = Curve25519.KeyAgreement.PrivateKey()
                let secret = try own.sharedSecretFromKeyAgreement(
                    with: Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey))
                return ConcealmentAgreement(
                    ephemeralKey: Array(own.publicKey.rawRepresentation), secret: secret.withUnsafeBytes { Array($0) })
            case .secp256r1:
                let own = P256.KeyAgreement.PrivateKey()
                let other =
                    publicKey.count == 33
                    ? try P256.KeyAgreement.PublicKey(compressedRepresentation: publicKey)
                    : try P256.KeyAgreement.PublicKey(x963Representation: publicKey)
                let secret = try own.sharedSecretFromKeyAgreement(with: other)
                return ConcealmentAgreement(
                    ephemeralKey: Array(own.publicKey.compressedRepresentation), secret: secret.withUnsafeBytes { Array($0) })
            }
        } catch {
            return nil
        }
    }

    public func sha256(_ message: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: message)) }

    public func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    public func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool {
        guard key.curve == .p256 else { return false }
        do {
            return try P256.Signing.PublicKey(x963Representation: key.point)
                .isValidSignature(P256.Signing.ECDSASignature(rawRepresentation: signature), for: message)
        } catch {
            return false
        }
    }

    public func sign(_ message: [UInt8], with privateKey: [UInt8]) -> [UInt8]? {
        do {
            return Array(try P256.Signing.PrivateKey(rawRepresentation: privateKey).signature(for: message).rawRepresentation)
        } catch {
            return nil
        }
    }

    public func random(_ count: Int) -> [UInt8]? {
        SymmetricKey(size: SymmetricKeySize(bitCount: max(count, 0) * 8)).withUnsafeBytes { Array($0) }
    }
}

extension HostAES: CardCryptography {
    public typealias Curves = HostCurves
}
