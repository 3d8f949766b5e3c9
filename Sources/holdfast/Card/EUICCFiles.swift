import ArgumentParser
import Crypto
import EUICC
import Foundation
import SmartCard

/// The key and the certificates of an eUICC, as its maker has them in files.
struct EUICCFiles: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The eUICC's private key on P-256 (SK.EUICC.SIG), PEM or DER; made anew where none is given.", valueName: "file"))
    var euiccKey: String?

    @Option(help: ArgumentHelp("The eUICC's certificate (CERT.EUICC), PEM or DER, for that key.", valueName: "file"))
    var euiccCertificate: String?

    @Option(help: ArgumentHelp("The certificate of the eUICC's maker (CERT.EUM), PEM or DER.", valueName: "file"))
    var eumCertificate: String?

    var areGiven: Bool { euiccKey != nil || euiccCertificate != nil || eumCertificate != nil }

    /// The eUICC with this number.
    ///
    /// The eUICC's certificate must be signed with the key of its maker's, where that is on P-256; who signed the maker's is for an eIM to
    /// check, which has the certificate issuer's.
    func identity(_ eid: EID) throws -> EUICCIdentity {
        let key = try euiccKey.map(privateKey) ?? P256.Signing.PrivateKey()
        var identity = EUICCIdentity(eid: eid, privateKey: Array(key.rawRepresentation))
        guard euiccCertificate != nil || eumCertificate != nil else { return identity }
        guard let euiccCertificate, let eumCertificate else {
            throw ValidationError("--euicc-certificate and --eum-certificate go together: GetCerts answers with both.")
        }
        guard euiccKey != nil else { throw ValidationError("A certificate is for a key that exists: name it with --euicc-key.") }
        let (own, certificate) = try certificate(euiccCertificate)
        guard certificate.publicKey.curve == .p256, certificate.publicKey.point == Array(key.publicKey.x963Representation) else {
            throw ValidationError("The certificate in \(euiccCertificate) is for another key than the one in \(euiccKey ?? "").")
        }
        let digits = eid.bytes.flatMap { [0x30 + $0 >> 4, 0x30 + $0 & 0x0F] }
        guard certificate.subjectSerialNumber.isEmpty || certificate.subjectSerialNumber == digits else {
            throw ValidationError(
                "The certificate in \(euiccCertificate) is for the EID \(String(decoding: certificate.subjectSerialNumber, as: UTF8.self))."
            )
        }
        let (makers, maker) = try self.certificate(eumCertificate)
        if maker.publicKey.curve == .p256 {
            guard let signature = try? CertificateSignature(own), signature.isBy(maker.publicKey, HostCurves()) else {
                throw ValidationError(
                    "The certificate in \(euiccCertificate) is not signed with the key of the one in \(eumCertificate).")
            }
        } else {
            note("\(eumCertificate) is on brainpoolP256r1: whether it signed \(euiccCertificate) is not checked.")
        }
        identity.certificate = own
        identity.makerCertificate = makers
        return identity
    }

    private func privateKey(_ path: String) throws -> P256.Signing.PrivateKey {
        let data = try read(path)
        do {
            if let text = String(data: data, encoding: .utf8), text.contains("-----BEGIN") {
                return try P256.Signing.PrivateKey(pemRepresentation: text)
            }
            return try P256.Signing.PrivateKey(derRepresentation: data)
        } catch {
            // What is wrong with a key could tell what it is.
            throw ValidationError("\(path) holds no private key on P-256, in PEM or DER.")
        }
    }

    private func certificate(_ path: String) throws -> (bytes: [UInt8], certificate: Certificate) {
        var data = try read(path)
        if let text = String(data: data, encoding: .utf8), let start = text.range(of: "-----BEGIN CERTIFICATE-----") {
            guard let end = text.range(of: "-----END CERTIFICATE-----"), start.upperBound <= end.lowerBound,
                let decoded = Data(
                    base64Encoded: String(text[start.upperBound..<end.lowerBound]), options: .ignoreUnknownCharacters)
            else { throw ValidationError("The certificate in \(path) does not end, or is not in base 64.") }
            data = decoded
        }
        do throws(CommandError) { return (Array(data), try Certificate(Array(data))) } catch {
            throw ValidationError("\(path) holds no certificate with a key on P-256 or brainpoolP256r1: \(error).")
        }
    }

    private func read(_ path: String) throws -> Data { try GivenFile.read(path, most: 16_384) }
}
