/// Which rules a group of units comes under.
public enum Regime: String, Codable, Hashable, Sendable {
    /// Placed before the general date and not substantially modified: reporting only (Art. 69(2)-(3)).
    case reportingOnly
    case full
    /// The whole Regulation for the changed part (guidance pt 124, Art. 22).
    case fullForChangedPart
    /// A modification has not been judged yet.
    case cannotTellYet
}

/// Something with a day, ready to be listed.
public struct DatedItem: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
        case law, placing, modification, reporting, endOfSupport, notice, updateAvailability, retention
    }

    public var day: Day
    public var kind: Kind
    public var text: String
    /// The unit group, or the update; nil for the product.
    public var subject: String?
    public var reason: Reason
}

/// How long one duty holds for a group of units.
public struct ObligationSpan: Codable, Hashable, Sendable {
    public var id: String
    public var duty: String
    public var from: Day
    /// The last day; nil where ``untilText`` says what decides.
    public var until: Day?
    public var untilText: String
    public var reason: Reason
}

/// A group of units, or the part of it on one side of the general date, with what applies to it.
public struct GroupTimeline: Codable, Hashable, Sendable {
    public var group: String
    public var placedFrom: Day
    public var placedTo: Day
    /// Nil when the group spans the general date and its count on either side is not known.
    public var units: Int?
    public var regime: Regime
    /// T1 to T6 and what modifications do, as far as they decided.
    public var rules: [String]
    public var reasons: [Reason]
    /// From this day on the whole Regulation applies to it; nil when it does not.
    public var fullFrom: Day?
    public var obligations: [ObligationSpan]
    public var missing: [MissingFact]

    public var mark: Mark { reasons.map(\.mark).min() ?? .interpretation }
}

/// What applies to a product and its units, from when, until when.
public struct Timeline: Codable, Hashable, Sendable {
    public var groups: [GroupTimeline]
    /// Everything with a day, in order.
    public var items: [DatedItem]
    public var support: [SupportFinding]
    /// What five years of support do not mean, and other things to know.
    public var notes: [Reason]
    public var missing: [MissingFact]

    /// Months ahead of the end of support at which users hear of it. Our choice; the law asks for the notice at the end.
    public static let noticeMonths = [12, 6, 3, 1]
    /// Article 14 applies from this day (Art. 71(2)).
    public static var reportingDay: Day { EmbeddedFacts.dates.reporting }
    /// Everything else applies from this day.
    public static var generalDay: Day { EmbeddedFacts.dates.general }

    public init(_ history: ProductHistory) throws(TimelineError) {
        try history.check()
        let file = EmbeddedFacts.dates
        var missing: [MissingFact] = []
        if history.groups.isEmpty {
            let what =
                history.kind == .standaloneSoftware
                ? "the versions: when each was first offered" : "the units: when they were placed on the market, and how many"
            missing.append(MissingFact(what, from: "the product's units"))
        }
        let changes = history.modificationsByGroup
        groups = history.groups.flatMap { GroupRules.timelines(of: $0, changes: changes[$0.id] ?? [], in: history) }
        support = SupportRules.findings(history, groups: groups)
        items = TimelineItems.list(history, groups: groups)
        notes = ["fiveIsNoDefault", "fiveIsNotReporting"].compactMap(file.support) + ["T5", "T6"].compactMap(file.rule)
        if history.kind == .standaloneSoftware { notes += ["T4", "CE1"].compactMap(file.rule) }
        self.missing = missing + groups.flatMap(\.missing)
    }
}

struct DateFile: Codable, Sendable {
    struct Event: Codable, Sendable {
        var id: String
        var day: Day
        var what: String
        var citations: [Citation]
    }

    struct Rule: Codable, Sendable {
        var id: String
        var reason: Reason
    }

    var asOf: Day
    var reporting: Day
    var general: Day
    var events: [Event]
    var rules: [Rule]
    var support: [Rule]
    var criteria: [SupportCriterion]
    var partI: Reason
    var partII: Reason
    var article14: Reason

    func rule(_ id: String) -> Reason? { rules.first { $0.id == id }?.reason }
    func support(_ id: String) -> Reason? { support.first { $0.id == id }?.reason }
}

/// The duties of Art. 13, paragraph by paragraph.
struct Article13File: Codable, Sendable {
    enum Until: String, Codable, Sendable {
        case placing, support, supportNotice, updates, retention, none, watch
    }

    struct Obligation: Codable, Sendable {
        var id: String
        var duty: String
        var phase: String
        var until: Until
        var evidence: [String]
        var citations: [Citation]
    }

    var asOf: Day
    var obligations: [Obligation]
}
