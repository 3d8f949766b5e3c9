import Wire

/// The signature of a certificate (RFC 5280, clause 4.1.1): what is signed, and by which r and s. Checked where a certificate comes in from a
/// file; a card does not read it.
public struct CertificateSignature: Equatable, Sendable {
    /// The TBSCertificate, as it came.
    public let signed: [UInt8]
    /// r and s, 32 bytes each.
    public let signature: [UInt8]

    /// ecdsa-with-SHA256 (RFC 5758, clause 3.2).
    private static let algorithm: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]
    private static let size = 32

    /// - Throws: what is wrong with a certificate's form, for a signature that is not ECDSA with SHA-256 on a curve of 256 bits too.
    public init(_ certificate: [UInt8]) throws(CommandError) {
        let whole = try DERObject.command(certificate)
        let members = try whole.children()
        guard whole.tag == 0x30, members.count == 3, members[0].tag == 0x30, members[1].tag == 0x30, members[2].tag == 0x03 else {
            throw whole.refusal()
        }
        guard try members[1].children().one(0x06, in: 0x30).value.elementsEqual(Self.algorithm), members[2].value.first == 0 else {
            throw members[1].refusal()
        }
        let numbers = try DERObject.command(Array(members[2].value.dropFirst())).children()
        guard numbers.count == 2 else { throw members[2].refusal() }
        signed = Array(members[0].whole)
        var signature: [UInt8] = []
        for number in numbers {
            // An INTEGER has a zero in front where its first bit would make it negative.
            let digits = number.value.drop { $0 == 0 }
            guard number.tag == 0x02, digits.count <= Self.size else { throw members[2].refusal() }
            signature += [UInt8](repeating: 0, count: Self.size - digits.count) + digits
        }
        self.signature = signature
    }

    /// Whether the owner of this key made it.
    public func isBy(_ key: PublicKey, _ verifier: some SignatureVerifier) -> Bool {
        verifier.verify(signature: signature, of: signed, with: key)
    }
}
