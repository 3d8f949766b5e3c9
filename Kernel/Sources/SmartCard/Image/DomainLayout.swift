import EUICC

/// Where the ISD-R's section has its parts: EID (16), the eUICC's private key (32, zero for none), the lengths of the certificates of
/// the maker and of the eUICC (2 each), for each slot the address for notifications (its length, then 128), certificates, and
/// at the end the state (``EUICC/EUICCState/encodedSize``).
struct DomainLayout: Equatable, Sendable {
    static let headerSize = 52 + slots * addressSize
    static let slots = 2
    static let addressSize = 1 + ProfileMetadata.longestAddress
    static let keySize = 32

    let base: Int
    let end: Int
    let makerCertificateLength: Int
    let certificateLength: Int

    var identifier: Int { base }
    var privateKey: Int { base + 16 }
    var makerCertificate: Int { base + DomainLayout.headerSize }
    var certificate: Int { makerCertificate + makerCertificateLength }
    var state: Int { end - EUICCState.encodedSize }

    func address(_ slot: Int) -> Int { base + 52 + slot * DomainLayout.addressSize }

    init(_ bytes: [UInt8], base: Int, length: Int) throws(CardImageError) {
        self.base = base
        end = base + length
        makerCertificateLength = Int(bytes.number(at: base + 48, size: 2))
        certificateLength = Int(bytes.number(at: base + 50, size: 2))
        guard makerCertificateLength <= EUICCConfiguration.longestCertificate,
            certificateLength <= EUICCConfiguration.longestCertificate,
            length == DomainLayout.headerSize + makerCertificateLength + certificateLength + EUICCState.encodedSize
        else { throw .badSection(offset: base) }
        for slot in 0..<DomainLayout.slots where Int(bytes.byte(at: address(slot))) > ProfileMetadata.longestAddress {
            throw .badDomain(offset: address(slot))
        }
    }
}
