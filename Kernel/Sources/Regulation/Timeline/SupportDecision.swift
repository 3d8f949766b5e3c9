/// The end of support as it is declared: at least month and year (Art. 13(19)). Encodes as "2033-05" or "2033-05-31".
public struct SupportEnd: Hashable, Sendable, CustomStringConvertible {
    /// The last day of support.
    public let lastDay: Day
    /// Whether only the month is declared.
    public let monthOnly: Bool

    public init(_ day: Day) {
        lastDay = day
        monthOnly = false
    }

    /// Reads "2033-05" or "2033-05-31"; anything else, a year alone among it, is refused.
    public init(_ text: String) throws(TimelineError) {
        if let day = Day(text) {
            lastDay = day
            monthOnly = false
        } else if text.utf8.count == 7, let first = Day(text + "-01") {
            let next = first.adding(months: 1)
            // Where the calendar ends there is no first day of the next month.
            lastDay = next.day == 1 ? next.adding(days: -1) : next
            monthOnly = true
        } else {
            throw .endDate(text)
        }
    }

    public var description: String { monthOnly ? String(lastDay.description.prefix(7)) : lastDay.description }
}

extension SupportEnd: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What the support period was decided from, and how it came out (Art. 13(8)).
public struct SupportDecision: Codable, Hashable, Sendable {
    /// How long the product is expected to be in use, in months; nil while nobody said.
    public var expectedUseMonths: Int?
    public var end: SupportEnd?
    /// The reasoning, by the ids of ``SupportCriterion``.
    public var reasoning: [String: String]
    public var decidedBy: String
    public var decidedOn: Day

    public init(expectedUseMonths: Int?, end: SupportEnd?, reasoning: [String: String] = [:], decidedBy: String, decidedOn: Day) {
        self.expectedUseMonths = expectedUseMonths
        self.end = end
        self.reasoning = reasoning
        self.decidedBy = decidedBy
        self.decidedOn = decidedOn
    }

    func check() throws(TimelineError) {
        if let expectedUseMonths, !(1...1_200).contains(expectedUseMonths) { throw .expectedUse }
    }

    /// The least that the law asks for, in months from placing: five years, or the expected use if that is shorter.
    public var floorMonths: Int { min(60, expectedUseMonths ?? 60) }
}

/// Something that the support period takes into account (Art. 13(8)).
public struct SupportCriterion: Codable, Hashable, Sendable, Identifiable {
    public var id: String
    public var text: String
    /// Whether the law says "shall", not "may".
    public var must: Bool
    public var citations: [Citation]

    public static var all: [SupportCriterion] { EmbeddedFacts.dates.criteria }
}

/// What there is to say about a support decision.
public struct SupportFinding: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
        /// Shorter than the floor.
        case belowFloor
        /// Shorter than the expected use.
        case belowExpectedUse
        /// Hardly more than five years (less than half a year more, by our choice), with nothing that says why.
        case fiveByDefault
        case expectedUseMissing
        case endMissing
        case reasoningMissing
        /// The end lies before a unit is placed.
        case endsBeforePlacing
        case modificationUnassessed
    }

    public var kind: Kind
    /// The unit group; nil for the product.
    public var group: String?
    public var reason: Reason
    /// The earliest last day that would do.
    public var needed: Day?
}
