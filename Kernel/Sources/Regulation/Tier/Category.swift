/// What a product's core functionality makes of it (Art. 7, 8; Annexes III and IV).
public enum Tier: String, Codable, Hashable, Sendable, CaseIterable {
    case standard = "default"
    case importantI
    case importantII
    case critical

    public var title: String {
        switch self {
        case .standard: "default"
        case .importantI: "important, class I"
        case .importantII: "important, class II"
        case .critical: "critical"
        }
    }
}

/// One of the 26 categories of Annexes III and IV, in our own words.
public struct Category: Codable, Hashable, Sendable, Identifiable {
    /// "III-I-12", "IV-3".
    public var id: String
    public var ref: String
    public var tier: Tier
    /// The group in which it is asked about.
    public var family: String
    public var title: String
    /// The technical description of Implementing Regulation (EU) 2025/2392, condensed.
    public var description: String
    public var questions: [String]
    public var examples: [String]
    /// Cases that come near, and what becomes of them.
    public var boundaries: [String]
    /// The standard that is being written for it.
    public var standard: String?
    public var note: String?
    /// Whether a rejection needs its reasoning on record, because the boundary is near for connected products.
    public var documentEitherWay: Bool
    public var citations: [Citation]

    /// All 26, in the order in which they are tested: Annex IV, class II, class I.
    public static var all: [Category] { EmbeddedFacts.categories.categories }
}

/// What a kind of product should look at first. Our reading, not a verdict.
public struct TierHint: Codable, Hashable, Sendable, Identifiable {
    public var id: String
    public var text: String
    /// Categories to look at closely.
    public var look: [String]
    public var reason: Reason

    public static var all: [TierHint] { EmbeddedFacts.categories.hints }
}

struct CategoryFile: Codable, Sendable {
    /// A step of the core-functionality test.
    struct Step: Codable, Sendable {
        var id: String
        var text: String
        var explanation: String
        var citations: [Citation]
    }

    /// Categories that one question can set aside together.
    struct Family: Codable, Sendable {
        var id: String
        var text: String
        var explanation: String
        /// Why its categories are rejected after a no.
        var rejected: String
        var citations: [Citation]
    }

    var asOf: Day
    var test: [Step]
    var families: [Family]
    var categories: [Category]
    var hints: [TierHint]
    var tierMeans: Reason
}
