import EUICC

/// What makes a card an eUICC: its number, and the keys with which eIMs know it. A card without one is a plain UICC with two profiles.
public struct EUICCIdentity: Equatable, Sendable {
    public var eid: EID
    /// SK.EUICC.SIG on P-256, 32 bytes; empty for a card that signs nothing, and so performs no packages of eIMs.
    public var privateKey: [UInt8]
    /// The certificate of the card's maker (CERT.EUM, DER); empty when there is none.
    public var makerCertificate: [UInt8]
    /// The certificate of the eUICC (CERT.EUICC, DER); empty when there is none.
    public var certificate: [UInt8]
    /// For each profile, primary first, the server that wants to know when it is enabled and disabled (a domain name, at most 128
    /// bytes); empty for none.
    public var notificationAddresses: [String]

    public init(
        eid: EID, privateKey: [UInt8] = [], makerCertificate: [UInt8] = [], certificate: [UInt8] = [],
        notificationAddresses: [String] = []
    ) {
        self.eid = eid
        self.privateKey = privateKey
        self.makerCertificate = makerCertificate
        self.certificate = certificate
        self.notificationAddresses = notificationAddresses
    }

    /// The section of an image, with the state of a new eUICC: the primary profile is enabled, and the backup has the fallback
    /// attribute.
    func section(profiles: Int) throws(PersonalisationError) -> [UInt8] {
        guard privateKey.isEmpty || privateKey.count == DomainLayout.keySize else {
            throw .privateKey(length: DomainLayout.keySize, came: privateKey.count)
        }
        for certificate in [makerCertificate, certificate] where certificate.count > EUICCConfiguration.longestCertificate {
            throw .certificate(limit: EUICCConfiguration.longestCertificate, came: certificate.count)
        }
        var bytes = eid.bytes
        bytes.append(contentsOf: privateKey)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: DomainLayout.keySize - privateKey.count))
        bytes.append(UInt64(makerCertificate.count), size: 2)
        bytes.append(UInt64(certificate.count), size: 2)
        for slot in 0..<DomainLayout.slots {
            let address = slot < notificationAddresses.count ? Array(notificationAddresses[slot].utf8) : []
            guard address.count <= ProfileMetadata.longestAddress else {
                throw .notificationAddress(limit: ProfileMetadata.longestAddress, came: address.count)
            }
            bytes.append(UInt8(truncatingIfNeeded: address.count))
            bytes.append(contentsOf: address)
            bytes.append(contentsOf: [UInt8](repeating: 0, count: ProfileMetadata.longestAddress - address.count))
        }
        bytes.append(contentsOf: makerCertificate)
        bytes.append(contentsOf: certificate)
        bytes.append(contentsOf: EUICCState(profileCount: profiles, fallbackAttribute: profiles > 1 ? 1 : nil).encoded)
        return bytes
    }
}

extension CardImage {
    /// The number of the eUICC; nil for a card that is none.
    public var eid: EID? {
        guard let domain = layout.domain else { return nil }
        do { return try EID(bytes[domain.identifier..<domain.identifier + 16]) } catch { return nil }
    }

    /// The eUICC's private key, 32 bytes, for whoever made the card; nil when it has none.
    public var euiccPrivateKey: [UInt8]? {
        guard let domain = layout.domain else { return nil }
        let key = Array(bytes[domain.privateKey..<domain.privateKey + DomainLayout.keySize])
        return key.contains { $0 != 0 } ? key : nil
    }

    /// The certificates of the eUICC's maker and of the eUICC, DER, with which GetCerts answers; nil when it has none.
    public var euiccCertificates: (maker: [UInt8], own: [UInt8])? {
        guard let domain = layout.domain, domain.makerCertificateLength > 0, domain.certificateLength > 0 else { return nil }
        return (Array(bytes[domain.makerCertificate..<domain.certificate]), Array(bytes[domain.certificate..<domain.state]))
    }

    /// The state of the eUICC; nil for a card that is none.
    public var euicc: EUICCState? {
        layout.domain.flatMap { EUICCState(Array(bytes[$0.state..<$0.end])) }
    }
}
