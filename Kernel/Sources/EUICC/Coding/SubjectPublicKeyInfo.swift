import Wire

/// The public key of an eIM, as X.509 writes it (RFC 5280, 4.1; RFC 5480).
enum SubjectPublicKeyInfo {
    private static let ecPublicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
    private static let p256: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
    private static let brainpoolP256: [UInt8] = [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07]

    /// The key in eimPublicKeyData, a choice of a key (A0) or a certificate (A1).
    ///
    /// A certificate is not verified here: the standard takes it as a carrier for the key, and the package that brings it is signed.
    static func key(in choice: DERObject) throws(CommandError) -> PublicKey {
        let choices = try choice.children()
        guard let chosen = choices.first, choices.count == 1 else { throw choice.refusal() }
        switch chosen.tag {
        case 0xA0: return try key(members: chosen)
        case 0xA1: return try Certificate(members: chosen).publicKey
        default: throw chosen.refusal()
        }
    }

    static func key(members object: DERObject) throws(CommandError) -> PublicKey {
        let parts = try object.children()
        let algorithm = try parts.one(0x30, in: object.tag)
        let identifiers = try algorithm.children()
        guard identifiers.count == 2, identifiers[0].tag == 0x06, identifiers[1].tag == 0x06,
            identifiers[0].value.elementsEqual(ecPublicKey)
        else { throw algorithm.refusal() }
        let curve: PublicKey.Curve
        if identifiers[1].value.elementsEqual(p256) {
            curve = .p256
        } else if identifiers[1].value.elementsEqual(brainpoolP256) {
            curve = .brainpoolP256
        } else {
            throw algorithm.refusal()
        }
        let bits = try parts.one(0x03, in: object.tag)
        guard bits.value.first == 0, let key = PublicKey(curve: curve, point: Array(bits.value.dropFirst())) else {
            throw bits.refusal()
        }
        return key
    }

    /// The algorithm and the key, without the tag around them.
    static func members(of key: PublicKey) -> [UInt8] {
        ByteWriter.written {
            $0.ber(0x30) {
                $0.ber(0x06, ecPublicKey)
                $0.ber(0x06, key.curve == .p256 ? p256 : brainpoolP256)
            }
            $0.ber(0x03, [0] + key.point)
        }
    }
}
