/// A network that a card can use.
public struct UsedNetwork: Codable, Hashable, Sendable {
    public enum Attachment: String, Codable, Sendable { case native, roaming, unknown }

    public var name: String
    /// "262-01"; nil when it is not known.
    public var code: String?
    /// ISO 3166-1 alpha-2.
    public var country: String?
    /// Whose core carries the traffic, when that is not the network itself: a roaming card's home. Nil: the network's own.
    public var core: String?
    public var coreVendor: String?
    /// Technologies that the device and the network share.
    public var technologies: [RadioTechnology]
    public var attachment: Attachment
    /// The home network of a roaming card.
    public var home: String?

    public init(
        name: String, code: String?, country: String?, core: String? = nil, coreVendor: String? = nil,
        technologies: [RadioTechnology] = [], attachment: Attachment = .unknown, home: String? = nil
    ) {
        self.name = name
        self.code = code
        self.country = country
        self.core = core
        self.coreVendor = coreVendor
        self.technologies = technologies
        self.attachment = attachment
        self.home = home
    }

    /// What it is called in a finding.
    var label: String { code.map { "\(name) (\($0))" } ?? name }
    var key: String { code ?? name }
    var coreKey: String { core ?? key }
}

/// How units are exposed by the APN they use.
public enum Exposure: String, Codable, Hashable, Sendable {
    case publicInternet = "public"
    case privateNetwork = "private"
    case unknown
}

/// Units of one product that are connected in the same way.
public struct ConnectedUnits: Codable, Hashable, Sendable {
    public var product: String
    public var networks: [UsedNetwork]
    /// Profiles on the card; nil when that is not known.
    public var profiles: Int?
    public var apn: String?
    public var exposure: Exposure
    public var units: Int

    public init(product: String, networks: [UsedNetwork], profiles: Int?, apn: String?, exposure: Exposure, units: Int) {
        self.product = product
        self.networks = networks
        self.profiles = profiles
        self.apn = apn
        self.exposure = exposure
        self.units = max(0, units)
    }
}
