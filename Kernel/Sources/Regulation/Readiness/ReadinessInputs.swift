/// What an estate knows about itself, as far as the five questions of readiness need it. The caller fills it; nil is not known.
public struct ReadinessInputs: Codable, Hashable, Sendable {
    public struct Product: Codable, Hashable, Sendable {
        public var name: String
        /// Nil while the scope inquiry has not ended.
        public var scope: ScopeResult.Outcome?
        /// Nil while the tier inquiry has not ended.
        public var tier: Tier?

        public init(name: String, scope: ScopeResult.Outcome?, tier: Tier?) {
            self.name = name
            self.scope = scope
            self.tier = tier
        }
    }

    /// A network that units depend on, and how well reaching them through it is proved.
    public struct Network: Codable, Hashable, Sendable {
        public var name: String
        /// Units that have it on their card.
        public var units: Int
        /// Units among them that were heard through it.
        public var heard: Int
        /// Seconds since the oldest of these proofs; nil without one.
        public var oldestProof: Int?

        public init(name: String, units: Int, heard: Int, oldestProof: Int?) {
            self.name = name
            self.units = units
            self.heard = heard
            self.oldestProof = oldestProof
        }
    }

    public var products: [Product]
    public var units: Int
    public var networks: [Network]
    /// Units with one network only; nil while that was not computed.
    public var unitsOnOneNetwork: Int?
    public var unitsOnPublicAPN: Int
    public var unitsOnPrivateAPN: Int
    public var unitsOnUnknownAPN: Int
    /// Findings computed, on the register or not.
    public var dependences: [Dependence]
    public var risks: [Risk]
    /// Drills that were run, and days since the last one.
    public var drills: Int
    public var daysSinceDrill: Int?
    /// Outages found, and units that moved to their other profile in them.
    public var outages: Int
    public var unitsAffected: Int
    public var unitsThatMoved: Int

    public init(
        products: [Product] = [], units: Int = 0, networks: [Network] = [], unitsOnOneNetwork: Int? = nil,
        unitsOnPublicAPN: Int = 0,
        unitsOnPrivateAPN: Int = 0, unitsOnUnknownAPN: Int = 0, dependences: [Dependence] = [], risks: [Risk] = [], drills: Int = 0,
        daysSinceDrill: Int? = nil, outages: Int = 0, unitsAffected: Int = 0, unitsThatMoved: Int = 0
    ) {
        self.products = products
        self.units = units
        self.networks = networks
        self.unitsOnOneNetwork = unitsOnOneNetwork
        self.unitsOnPublicAPN = unitsOnPublicAPN
        self.unitsOnPrivateAPN = unitsOnPrivateAPN
        self.unitsOnUnknownAPN = unitsOnUnknownAPN
        self.dependences = dependences
        self.risks = risks
        self.drills = drills
        self.daysSinceDrill = daysSinceDrill
        self.outages = outages
        self.unitsAffected = unitsAffected
        self.unitsThatMoved = unitsThatMoved
    }
}
