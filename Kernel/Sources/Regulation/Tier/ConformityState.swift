/// A way to show conformity (Art. 32, Annex VIII).
public enum Route: String, Codable, Hashable, Sendable, CaseIterable {
    /// Module A: internal control, without a third party.
    case selfAssessment = "A"
    /// Modules B and C: type examination by a notified body, then conformity to type.
    case typeExamination = "BC"
    /// Module H: full quality assurance.
    case qualityAssurance = "H"
    /// A European cybersecurity certificate under a designated scheme.
    case certificate

    /// Name, place in the law, and steps.
    public var module: ModuleDescription? { EmbeddedFacts.conformity.modules.first { $0.route == self } }
}

/// What a route consists of.
public struct ModuleDescription: Codable, Hashable, Sendable {
    public var route: Route
    public var title: String
    public var annex: String
    public var steps: [String]
}

/// What changes without the law's text changing: standards cited, bodies notified, acts adopted. Dated inputs, never constants.
public struct ConformityState: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// Cited in the Official Journal (Art. 27(1)).
        case harmonisedStandard
        /// An implementing act (Art. 27(2)).
        case commonSpecification
        /// A certification scheme designated by delegated act (Art. 27(9)).
        case scheme
        /// A delegated act that makes a certificate compulsory for a critical category (Art. 8(1)).
        case requiredCertificate
        /// A body in the Commission's list (Chapter IV).
        case notifiedBody
    }

    /// Something that exists from a day on.
    public struct Entry: Codable, Hashable, Sendable, Identifiable {
        public var id: String
        public var kind: Kind
        public var title: String
        /// First day of effect.
        public var from: Day
        /// Last day of effect; nil while none is known.
        public var to: Day?
        /// Categories that it covers; empty: every product, the default tier included.
        public var categories: [String]
        /// For a notified body, the routes it may serve.
        public var routes: [Route]
        public var citation: Citation

        public init(
            id: String, kind: Kind, title: String, from: Day, to: Day? = nil, categories: [String] = [], routes: [Route] = [],
            citation: Citation
        ) {
            self.id = id
            self.kind = kind
            self.title = title
            self.from = from
            self.to = to
            self.categories = categories
            self.routes = routes
            self.citation = citation
        }

        func isInEffect(on day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }

        func covers(_ category: String?) -> Bool { categories.isEmpty || category.map(categories.contains) ?? false }
    }

    /// That somebody looked, and found nothing but what the entries say.
    public struct Observation: Codable, Hashable, Sendable {
        public var kind: Kind
        /// From this day on the absence was seen.
        public var from: Day
        /// The day of the last look.
        public var asOf: Day
        public var reason: Reason

        public init(kind: Kind, from: Day, asOf: Day, reason: Reason) {
            self.kind = kind
            self.from = from
            self.asOf = asOf
            self.reason = reason
        }
    }

    public var entries: [Entry]
    public var observations: [Observation]

    public init(entries: [Entry] = [], observations: [Observation] = []) {
        self.entries = entries
        self.observations = observations
    }

    /// What was found by the day the data of this version was put together.
    public static var known: ConformityState { ConformityState(observations: EmbeddedFacts.conformity.observations) }

    /// After so many days without another look, an absence is no longer taken for granted. Our choice.
    public static let freshness = 90
}

struct ConformityFile: Codable, Sendable {
    struct Law: Codable, Sendable {
        enum Allowed: String, Codable { case always, never, ifCovered, unlessRequired }
        var tier: Tier
        var route: Route
        var allowed: Allowed
        var reason: Reason
    }

    var asOf: Day
    /// The day from which conformity must be shown (Art. 71(2)).
    var applies: Day
    var law: [Law]
    var freeSoftware: Reason
    var modules: [ModuleDescription]
    var presumption: Reason
    var observations: [ConformityState.Observation]
}
