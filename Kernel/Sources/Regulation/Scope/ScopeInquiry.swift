/// The two inquiries of scope.json.
struct ScopeRules: Codable, Sendable {
    var scope: InquiryRules
    var modification: InquiryRules
    /// The law's exclusions X1 to X8 (Art. 2(2)-(7)).
    var exclusions: [Exclusion]
    var roles: [RoleDescription]
}

/// Something that the Regulation leaves to other law (Art. 2(2)-(7)).
public struct Exclusion: Codable, Hashable, Sendable, Identifiable {
    public var id: String
    public var text: String
    public var citations: [Citation]

    /// All of them, X1 to X8.
    public static var all: [Exclusion] { EmbeddedFacts.scope.exclusions }
}

/// Whose duties are meant (Art. 3(13)-(17), 21, 22).
public enum EconomicRole: String, Codable, Hashable, Sendable, CaseIterable {
    case manufacturer
    case authorisedRepresentative
    case importer
    case distributor
    /// An importer or distributor that sells under its own name, or anyone who modifies substantially: has a manufacturer's duties.
    case ownBrandOrModifier
    case steward

    /// Whether Article 13 and 14 address this role as manufacturer.
    public var hasManufacturersDuties: Bool { self == .manufacturer || self == .ownBrandOrModifier }

    /// What the role means.
    public var description: Reason? { EmbeddedFacts.scope.roles.first { $0.id == self }?.means }
}

struct RoleDescription: Codable, Sendable {
    var id: EconomicRole
    var means: Reason
}

/// Whether a product is within the Regulation (Art. 2), asked one question at a time.
public struct ScopeInquiry: Sendable, Hashable {
    public private(set) var inquiry: Inquiry

    /// From stored answers, oldest first.
    public init(answers: [Answer] = []) throws(AnswerError) {
        inquiry = try Inquiry(rules: EmbeddedFacts.scope.scope, answers: answers)
    }

    public var next: Question? { inquiry.next }
    public var answers: [Answer] { inquiry.answers }

    /// Takes an answer; gives back those that no longer follow.
    @discardableResult
    public mutating func answer(_ answer: Answer) throws(AnswerError) -> [Answer] { try inquiry.answer(answer) }

    /// The conclusion; nil while there is a question to ask.
    public var result: ScopeResult? { inquiry.end.map(ScopeResult.init) }
}

/// Whether a product is within the Regulation, and in which role somebody has duties for it.
public struct ScopeResult: Codable, Hashable, Sendable {
    public enum Outcome: String, Codable, Sendable { case inScope = "in", out, undetermined }

    public var outcome: Outcome
    /// Nil while it is not known.
    public var role: EconomicRole?
    /// Whether remote data processing is part of the product (Art. 3(2)); nil while it is not known.
    public var remoteDataProcessing: Bool?
    public var conclusion: InquiryEnd

    init(_ end: InquiryEnd) {
        outcome =
            switch end.verdict {
            case .applies: .inScope
            case .doesNotApply: .out
            case .cannotTellYet: .undetermined
            }
        role = end.findings["role"].flatMap(EconomicRole.init)
        remoteDataProcessing = end.findings["remoteDataProcessing"].map { $0 == "yes" }
        conclusion = end
    }
}
