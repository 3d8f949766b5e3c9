import Foundation
import Regulation

/// A product with digital elements, as the record has it: what was answered and stated about it, by whom and when. Everything that
/// follows from that (scope, tier, routes, timeline) is computed anew whenever it is asked for.
public struct ProductRecord: Equatable, Codable, Sendable {
    /// As the inventory calls it; a product without units may be registered too.
    public var name: String
    public var registered: UTCInstant
    public var registeredBy: String
    public var changed: UTCInstant
    public var scopeAnswers: [Regulation.Answer] = []
    public var tierAnswers: [Regulation.Answer] = []
    public var history = ProductHistory(groups: [])
    /// The screens behind the modifications, by the modification's id.
    public var modificationAnswers: [String: [Regulation.Answer]] = [:]
    /// The latest on each point.
    public var statements: [AnnexIStatement] = []
    public var facts = DocumentFacts()
    /// The newest, the oldest first.
    public var removedUpdates: [RemovedUpdate] = []

    /// Bytes that a product's name may have.
    public static let nameLimit = 120
}

extension ProductRecord {
    /// Records of earlier versions have no removed updates.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        registered = try values.decode(UTCInstant.self, forKey: .registered)
        registeredBy = try values.decode(String.self, forKey: .registeredBy)
        changed = try values.decode(UTCInstant.self, forKey: .changed)
        scopeAnswers = try values.decode([Regulation.Answer].self, forKey: .scopeAnswers)
        tierAnswers = try values.decode([Regulation.Answer].self, forKey: .tierAnswers)
        history = try values.decode(ProductHistory.self, forKey: .history)
        modificationAnswers = try values.decode([String: [Regulation.Answer]].self, forKey: .modificationAnswers)
        statements = try values.decode([AnnexIStatement].self, forKey: .statements)
        facts = try values.decode(DocumentFacts.self, forKey: .facts)
        removedUpdates = try values.decodeIfPresent([RemovedUpdate].self, forKey: .removedUpdates) ?? []
    }
}

/// An update that was noted wrongly and taken back.
public struct RemovedUpdate: Equatable, Codable, Sendable {
    public var update: IssuedUpdate
    public var removedBy: String
    public var removedAt: UTCInstant
    public var reason: String

    /// So many a product's record keeps; the ledger has them all.
    public static let limit = 200
    /// Bytes of a reason.
    public static let reasonLimit = 2_000
}

/// What follows from a product's record on a day.
public struct ProductReport: Sendable {
    public var record: ProductRecord
    public var scope: ScopeInquiry
    public var tier: TierInquiry
    /// Nil until the tier is known.
    public var routes: RouteTable?
    public var timeline: Timeline
    /// The product's units in the estate, as they stand now.
    public var reach: ReachSummary

    /// What the first scope answer says against what the product is registered as; nil when they agree, or do not speak of the same.
    public var kindConflict: String? {
        switch (record.history.kind, scope.answers.first { $0.question == "S1" }?.value.code) {
        case (.device, "software"): "the scope answers say software on its own, the record says a device"
        case (.standaloneSoftware, "hardware"): "the scope answers say hardware, the record says standalone software"
        default: nil
        }
    }

    init(_ record: ProductRecord, reach: ReachSummary, on day: Day) throws {
        self.record = record
        self.reach = reach
        scope = try ScopeInquiry(answers: record.scopeAnswers)
        tier = try TierInquiry(answers: record.tierAnswers)
        timeline = try Timeline(record.history)
        if let result = tier.result, let tier = result.tier {
            routes = RouteTable(tier: tier, category: result.category?.id, publicFreeSoftware: result.publicFreeSoftware, on: day)
        }
    }
}

/// Why the record of a product does not change.
public enum ProductError: Error, Equatable, Sendable {
    case name(bytes: Int)
    case exists(String)
    case unknown(String)
    case answer(AnswerError)
    case timeline(TimelineError)
    case statement(AnnexIError)
    case unknownGroup(String)
    case unknownModification(String)
    case unknownUpdate(String)
    /// What is taken back is taken back with a reason.
    case reasonMissing
    case tooLong(limit: Int)
}

extension ProductError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .name(let bytes):
            "a product's name has 1 to \(ProductRecord.nameLimit) bytes and no control characters, got \(bytes) bytes"
        case .exists(let name): "there is a product called \(name) already"
        case .unknown(let name): "no product called \(name) is registered"
        case .answer(let error): error.description
        case .timeline(let error): error.description
        case .statement(let error): error.description
        case .unknownGroup(let id): "there is no group of units \(id)"
        case .unknownModification(let id): "there is no change \(id.prefix(80)) on record: note it first"
        case .unknownUpdate(let id): "there is no update \(id.prefix(80)) on record"
        case .reasonMissing: "say why: what is taken back stays in the record with its reason"
        case .tooLong(let limit): "a text has at most \(limit) bytes"
        }
    }
}
