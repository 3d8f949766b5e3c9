import Wire

/// What a card and its maker have to know of a certificate (X.509, DER; RFC 5280, clause 4.1). It is read and not verified.
public struct Certificate: Equatable, Sendable {
    public let publicKey: PublicKey
    /// The key identifier of whoever signed it (clause 4.2.1.1): in the certificate of a card's maker that of the certificate issuer
    /// (GSMA SGP.22, 4.5.2.1). Empty when there is none.
    public let authorityKeyIdentifier: [UInt8]
    /// The serial number in the subject's name: in the certificate of an eUICC the EID in digits (GSMA SGP.22, 4.5.2.1). Empty when
    /// there is none.
    public let subjectSerialNumber: [UInt8]

    private static let serialNumber: [UInt8] = [0x55, 0x04, 0x05]
    private static let authorityKey: [UInt8] = [0x55, 0x1D, 0x23]

    /// - Throws: what is wrong, for a key that is not on P-256 or brainpoolP256r1 too.
    public init(_ bytes: [UInt8]) throws(CommandError) {
        let certificate = try DERObject.command(bytes)
        guard certificate.tag == 0x30 else { throw certificate.refusal() }
        try self.init(members: certificate)
    }

    /// Reads what the sequence of a certificate has in it, whatever its tag.
    init(members certificate: DERObject) throws(CommandError) {
        let body = try certificate.children().one(0x30, in: certificate.tag)
        // Serial number, algorithm, issuer, validity, subject, key; the version before them is optional.
        let fields = try body.children().filter { $0.tag != 0xA0 }
        guard fields.count > 5, fields[4].tag == 0x30, fields[5].tag == 0x30 else { throw body.refusal() }
        subjectSerialNumber = try Certificate.serialNumber(in: fields[4])
        publicKey = try SubjectPublicKeyInfo.key(members: fields[5])
        if let extensions = fields.first(0xA3) {
            authorityKeyIdentifier = try Certificate.authorityKeyIdentifier(in: extensions)
        } else {
            authorityKeyIdentifier = []
        }
    }

    private static func serialNumber(in name: DERObject) throws(CommandError) -> [UInt8] {
        for set in try name.children() {
            for attribute in try set.children() {
                let parts = try attribute.children()
                if parts.count == 2, parts[0].value.elementsEqual(serialNumber) { return Array(parts[1].value) }
            }
        }
        return []
    }

    private static func authorityKeyIdentifier(in extensions: DERObject) throws(CommandError) -> [UInt8] {
        for each in try extensions.children().one(0x30, in: extensions.tag).children() {
            let parts = try each.children()
            guard let identifier = parts.first, identifier.value.elementsEqual(authorityKey), let value = parts.last else {
                continue
            }
            return try DERObject.command(Array(value.value)).children().first(0x80).map { Array($0.value) } ?? []
        }
        return []
    }
}
