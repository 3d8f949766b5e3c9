import Wire

/// What an eUICC tells of a profile that does not change with its state (GSMA SGP.22, 2.4.5.2; GSMA SGP.32, ProfileInfo).
public struct ProfileMetadata: Equatable, Sendable {
    /// What a profile is for.
    public enum ProfileClass: UInt8, Equatable, Sendable {
        case test = 0
        case provisioning = 1
        case operational = 2
    }

    public var iccid: ICCID
    /// The AID of its ISD-P, 5 to 16 bytes.
    public var isdpAID: [UInt8]
    /// UTF-8, at most ``longestServiceProvider`` bytes.
    public var serviceProviderName: [UInt8]
    /// UTF-8, at most ``longestName`` bytes.
    public var name: [UInt8]
    public var profileClass: ProfileClass
    /// The operator that owns it.
    public var owner: PLMN?
    /// Whether the owner lets it be the fallback profile.
    public var fallbackAllowed: Bool
    /// Where notifications about it go (a domain name), at most ``longestAddress`` bytes. When it is empty, none are made.
    public var notificationAddress: [UInt8]

    public static let longestServiceProvider = 32
    public static let longestName = 64
    public static let longestAddress = 128

    public init(
        iccid: ICCID, isdpAID: [UInt8], serviceProviderName: String = "", name: String = "",
        profileClass: ProfileClass = .operational,
        owner: PLMN? = nil, fallbackAllowed: Bool = false, notificationAddress: String = ""
    ) {
        self.iccid = iccid
        self.isdpAID = isdpAID
        self.serviceProviderName = Array(serviceProviderName.utf8)
        self.name = Array(name.utf8)
        self.profileClass = profileClass
        self.owner = owner
        self.fallbackAllowed = fallbackAllowed
        self.notificationAddress = Array(notificationAddress.utf8)
    }

    var isWithinLimits: Bool {
        (5...16).contains(isdpAID.count) && serviceProviderName.count <= ProfileMetadata.longestServiceProvider
            && name.count <= ProfileMetadata.longestName && notificationAddress.count <= ProfileMetadata.longestAddress
    }
}
