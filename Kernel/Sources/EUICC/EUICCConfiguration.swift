import Wire

/// What is fixed when a card is made: who the eUICC is, what it can do, and its profiles.
public struct EUICCConfiguration: Equatable, Sendable {
    /// A version as three bytes: major, minor, revision (VersionType).
    public typealias Version = [UInt8]

    public var eid: EID
    /// One to ``EUICCState/mostProfiles`` profiles.
    public var profiles: [ProfileMetadata]
    /// The version of GSMA SGP.22 that is kept to.
    public var svn: Version = [2, 5, 0]
    /// The version of GSMA SGP.32 that is kept to.
    public var iotVersion: Version = [1, 2, 0]
    /// The version of the TCA profile package format.
    public var profileVersion: Version = [2, 3, 1]
    public var firmwareVersion: Version = [1, 0, 0]
    public var protectionProfileVersion: Version = [0, 0, 0]
    /// UTF-8, at most 64 bytes; empty when the site has no accreditation.
    public var sasAccreditationNumber: [UInt8] = []
    /// UICCCapability, the value of a BIT STRING with its first byte. As a start: USIM and MILENAGE.
    public var uiccCapability: [UInt8] = [0x03, 0x48]
    /// Free non-volatile memory in bytes, for ExtCardResource.
    public var freeMemory: UInt32 = 0
    /// The subject key identifiers of the certificate issuers (CI) that the card believes, 20 bytes each.
    public var issuersForVerification: [[UInt8]] = []
    /// The subject key identifiers of the certificate issuers under which the card has a certificate.
    public var issuersForSigning: [[UInt8]] = []
    /// The certificate of the card's maker (X.509, DER); empty when there is none.
    public var makerCertificate: [UInt8] = []
    /// The certificate of the eUICC (X.509, DER); empty when there is none.
    public var certificate: [UInt8] = []
    /// The address of the root SM-DS.
    public var rootDiscoveryAddress: [UInt8] = []

    /// The longest certificate in bytes.
    public static let longestCertificate = 2048
    /// The longest identifier of a certificate issuer in bytes.
    public static let longestIssuer = 32
    /// The most certificate issuers in a list.
    public static let mostIssuers = 8

    public init(eid: EID, profiles: [ProfileMetadata]) {
        self.eid = eid
        self.profiles = profiles
    }

    /// Why an eUICC cannot be made of this configuration and state.
    public enum Problem: Error, Equatable, Sendable {
        /// There are no profiles, or too many.
        case profiles(count: Int, most: Int)
        /// A text, an AID or a certificate of this profile is too long, or the AID too short.
        case profile(index: Int)
        /// Two profiles have the same ICCID or AID.
        case duplicate(index: Int)
        /// A version that has not three bytes, a list that is too long, or a certificate that is too long or no DER.
        case general
        /// The state is one of another number of profiles.
        case state(profiles: Int, expected: Int)
        /// The state has the fallback attribute on a profile that does not allow it.
        case fallbackNotAllowed(index: Int)
    }

    func check(_ state: EUICCState) throws(Problem) {
        guard !profiles.isEmpty, profiles.count <= EUICCState.mostProfiles else {
            throw .profiles(count: profiles.count, most: EUICCState.mostProfiles)
        }
        for (index, profile) in profiles.enumerated() {
            guard profile.isWithinLimits else { throw .profile(index: index) }
            for other in profiles[..<index] where other.iccid == profile.iccid || other.isdpAID == profile.isdpAID {
                throw .duplicate(index: index)
            }
        }
        for version in [svn, iotVersion, profileVersion, firmwareVersion, protectionProfileVersion] where version.count != 3 {
            throw .general
        }
        guard sasAccreditationNumber.count <= 64, uiccCapability.count <= 16, !uiccCapability.isEmpty,
            rootDiscoveryAddress.count <= ProfileMetadata.longestAddress,
            issuersForSigning.count <= EUICCConfiguration.mostIssuers,
            issuersForVerification.count <= EUICCConfiguration.mostIssuers
        else { throw .general }
        for issuer in issuersForSigning + issuersForVerification
        where issuer.isEmpty || issuer.count > EUICCConfiguration.longestIssuer { throw .general }
        for certificate in [makerCertificate, certificate] where !certificate.isEmpty {
            guard certificate.count <= EUICCConfiguration.longestCertificate, EUICCConfiguration.isSequence(certificate) else {
                throw .general
            }
        }
        guard state.profileCount == profiles.count else { throw .state(profiles: state.profileCount, expected: profiles.count) }
        if let index = state.fallbackAttribute, !profiles[index].fallbackAllowed { throw .fallbackNotAllowed(index: index) }
    }

    private static func isSequence(_ bytes: [UInt8]) -> Bool {
        do throws(CommandError) { return try DERObject.command(bytes).tag == 0x30 } catch { return false }
    }
}
