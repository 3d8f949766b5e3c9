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
    /// What ``core`` is called in a finding; nil: as it is.
    public var coreName: String?
    public var coreVendor: String?
    /// Technologies that the device and the network share.
    public var technologies: [RadioTechnology]
    public var attachment: Attachment
    /// The home network of a roaming card. The same as ``code`` where only the home is known: then which networks carry it is not.
    public var home: String?

    public init(
        name: String, code: String?, country: String?, core: String? = nil, coreName: String? = nil,
        coreVendor: String? = nil, technologies: [RadioTechnology] = [], attachment: Attachment = .unknown, home: String? = nil
    ) {
        self.name = name
        self.code = code
        self.country = country
        self.core = core
        self.coreName = coreName
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

/// An APN that units use.
public struct UsedAccessPoint: Codable, Hashable, Sendable {
    /// Nil when nobody says which it is.
    public var name: String?
    public var exposure: Exposure

    public init(name: String?, exposure: Exposure) {
        self.name = name
        self.exposure = exposure
    }
}

/// Units of one product that are connected in the same way.
public struct ConnectedUnits: Codable, Hashable, Sendable {
    public var product: String
    public var networks: [UsedNetwork]
    /// Profiles on the card; nil when that is not known.
    public var profiles: Int?
    /// Those of all profiles, each once.
    public var accessPoints: [UsedAccessPoint]
    public var units: Int

    public init(product: String, networks: [UsedNetwork], profiles: Int?, accessPoints: [UsedAccessPoint], units: Int) {
        self.product = product
        self.networks = networks
        self.profiles = profiles
        var seen: Set<UsedAccessPoint> = []
        self.accessPoints = accessPoints.filter { seen.insert($0).inserted }
        self.units = max(0, units)
    }

    /// Units with one APN for everything.
    public init(product: String, networks: [UsedNetwork], profiles: Int?, apn: String?, exposure: Exposure, units: Int) {
        self.init(
            product: product, networks: networks, profiles: profiles,
            accessPoints: [UsedAccessPoint(name: apn, exposure: exposure)],
            units: units)
    }

    /// Public by one APN is public; private only when all are.
    public var exposure: Exposure {
        if accessPoints.contains(where: { $0.exposure == .publicInternet }) { return .publicInternet }
        if accessPoints.isEmpty || accessPoints.contains(where: { $0.exposure == .unknown }) { return .unknown }
        return .privateNetwork
    }
}
