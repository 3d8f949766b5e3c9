/// Units of one product that were placed on the market within a span of days; of standalone software, a version.
public struct UnitGroup: Codable, Hashable, Sendable, Identifiable {
    public var id: String
    /// First day on which a unit of the group was placed.
    public var placedFrom: Day
    /// Last day.
    public var placedTo: Day
    /// Zero for a version of software whose copies nobody counts.
    public var count: Int
    /// Whether some are still with distributors.
    public var inStock: Bool

    public init(id: String, placedFrom: Day, placedTo: Day, count: Int, inStock: Bool = false) {
        self.id = id
        self.placedFrom = placedFrom
        self.placedTo = placedTo
        self.count = count
        self.inStock = inStock
    }
}

/// A change to units in the field, as the modification inquiry judged it.
public struct Modification: Codable, Hashable, Sendable, Identifiable {
    public var id: String
    public var day: Day
    /// Unit groups that it reaches.
    public var groups: [String]
    public var outcome: ModificationResult.Outcome
    /// Nil while it is not known.
    public var modifier: Modifier?
    /// Whether the security of the whole is affected; nil while it is not known.
    public var affectsWhole: Bool?

    public init(
        id: String, day: Day, groups: [String], outcome: ModificationResult.Outcome, modifier: Modifier?, affectsWhole: Bool?
    ) {
        self.id = id
        self.day = day
        self.groups = groups
        self.outcome = outcome
        self.modifier = modifier
        self.affectsWhole = affectsWhole
    }
}

/// A security update that was issued.
public struct IssuedUpdate: Codable, Hashable, Sendable, Identifiable {
    public var id: String
    public var issued: Day

    public init(id: String, issued: Day) {
        self.id = id
        self.issued = issued
    }
}

/// What a timeline is computed from.
public struct ProductHistory: Codable, Hashable, Sendable {
    /// What is placed on the market: it decides when that happens.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Hardware with its software: placed unit by unit (Art. 3(21), guidance pts 11, 33-39).
        case device
        /// Software on its own: a version is placed when it is first offered (guidance pts 13-15). A ``UnitGroup`` is then a version: its
        /// first day counts, and its units are copies.
        case standaloneSoftware
    }

    /// The bound on groups, modifications and updates, each.
    public static let limit = 10_000
    /// The bound on units, all groups together.
    public static let maximumUnits = 1_000_000_000

    public var kind: Kind
    public var groups: [UnitGroup]
    public var modifications: [Modification]
    public var updates: [IssuedUpdate]
    public var support: SupportDecision?

    public init(
        kind: Kind = .device, groups: [UnitGroup], modifications: [Modification] = [], updates: [IssuedUpdate] = [],
        support: SupportDecision? = nil
    ) {
        self.kind = kind
        self.groups = groups
        self.modifications = modifications
        self.updates = updates
        self.support = support
    }

    /// Which modifications reach which group.
    var modificationsByGroup: [String: [Modification]] {
        var found: [String: [Modification]] = [:]
        for modification in modifications {
            for group in Set(modification.groups) { found[group, default: []].append(modification) }
        }
        return found
    }

    func check() throws(TimelineError) {
        guard groups.count <= Self.limit, modifications.count <= Self.limit, updates.count <= Self.limit else {
            throw .tooMany(limit: Self.limit)
        }
        var spans: [String: UnitGroup] = [:]
        var units = 0
        for group in groups {
            guard spans.updateValue(group, forKey: group.id) == nil else { throw .twice(group.id) }
            guard group.placedFrom <= group.placedTo else { throw .endsBeforeItBegins(group.id) }
            guard group.count >= 0, group.count <= Self.maximumUnits else { throw .count(group.id) }
            units += group.count
            guard units <= Self.maximumUnits else { throw .count(group.id) }
        }
        var seen: Set<String> = []
        var references = 0
        for modification in modifications {
            references += modification.groups.count
            guard references <= Self.limit * 10 else { throw .tooMany(limit: Self.limit) }
            guard seen.insert(modification.id).inserted else { throw .twice(modification.id) }
            for id in modification.groups {
                guard let group = spans[id] else { throw .unknownGroup(modification: modification.id, group: id) }
                guard group.placedFrom <= modification.day else {
                    throw .modifiedBeforePlacing(modification: modification.id, group: id)
                }
            }
        }
        seen = []
        for update in updates {
            guard seen.insert(update.id).inserted else { throw .twice(update.id) }
        }
        try support?.check()
    }
}

/// A history that cannot be right.
public enum TimelineError: Error, Hashable, Sendable, CustomStringConvertible {
    case endsBeforeItBegins(String)
    case count(String)
    case twice(String)
    case unknownGroup(modification: String, group: String)
    case modifiedBeforePlacing(modification: String, group: String)
    case tooMany(limit: Int)
    case expectedUse
    case endDate(String)

    public var description: String {
        switch self {
        case .endsBeforeItBegins(let id): "\(id.prefix(80)): the last day of placing is before the first"
        case .count(let id): "\(id.prefix(80)): count units from 0 to \(ProductHistory.maximumUnits), all groups together"
        case .twice(let id): "\(id.prefix(80)) occurs twice: give each its own id"
        case .unknownGroup(let modification, let group):
            "modification \(modification.prefix(80)) names the units \(group.prefix(80)), which are not there"
        case .modifiedBeforePlacing(let modification, let group):
            "modification \(modification.prefix(80)) is before the first of \(group.prefix(80)) was placed: that is a change of design"
        case .tooMany(let limit): "at most \(limit) groups, modifications and updates each"
        case .expectedUse: "give the expected use in months, from 1 to 1200"
        case .endDate(let text):
            "\(text.prefix(20)) is no end of support: write a month (2033-05) or a day (2033-05-31); a year alone is not enough (Art. 13(19))"
        }
    }
}
