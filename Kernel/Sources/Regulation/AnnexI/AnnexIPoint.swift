/// Kinds of evidence that can be held for a point of Annex I. The raw values are stable ids.
public enum EvidenceKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Units heard from within 24 and 72 hours.
    case reach
    /// Moves of cards between their profiles.
    case switches
    case outages
    case drills
    /// Tests of the backup path, unit by unit.
    case rehearsals
    case policyChanges = "policy-changes"
    /// Updates: offered, installed, failed, out of reach.
    case campaigns
    /// Looks from outside at what answers.
    case exposureChecks = "exposure-checks"
    /// Units by APN and addressing.
    case apnInventory = "apn-inventory"
    /// Subscriptions bound to devices.
    case admission
    case quarantine
    case beacons
    case sbomMatch = "sbom-match"
    case unitVersions = "unit-versions"
    case riskRegister = "risk-register"
    case updateAvailability = "update-availability"
    case advisories
    /// Article 14 cases and decisions.
    case cases
    case userNotices = "user-notices"
    case decommissioning
    case ledger
}

/// One of the 22 points of Annex I, in our own words.
public struct AnnexIPoint: Codable, Hashable, Sendable, Identifiable {
    public enum Applicability: String, Codable, Sendable {
        case always
        /// Where the risk assessment finds it applicable (Art. 13(3)-(4)).
        case riskBased
        /// Through the support period, without a filter.
        case supportPeriod
    }

    public enum Relevance: String, Codable, Sendable { case direct, supporting, none }

    /// Evidence that can be held for the point, and what it shows.
    public struct Evidence: Codable, Hashable, Sendable {
        public var kind: EvidenceKind
        public var shows: String
    }

    /// "I.1.2.h", "I.2.7".
    public var id: String
    public var ref: String
    /// 1 or 2.
    public var part: Int
    public var title: String
    public var requirement: String
    public var applicability: Applicability
    /// Whether the point can be declared not applicable, with a justification.
    public var naAllowed: Bool
    /// How closely it touches connectivity. Our reading.
    public var connectivity: Relevance
    public var evidence: [Evidence]
    /// What evidence about connectivity could show, whoever holds it.
    public var couldShow: [String]
    public var cannotShow: String
    /// What stays with the manufacturer, whatever the evidence.
    public var responsibility: String
    public var otherArtefacts: [String]
    public var note: String?
    public var citations: [Citation]

    /// All 22, in the order of the Annex.
    public static var all: [AnnexIPoint] { EmbeddedFacts.annexI.points }
}

struct AnnexIFile: Codable, Sendable {
    var asOf: Day
    var timing: Reason
    var relevanceIsOurs: Reason
    var networkIsNotRemoteProcessing: Reason
    var consequence: Reason
    var points: [AnnexIPoint]
}
