import Estate
import Regulation

/// A place in the law with how well it is known, as the partials `reason` and `citation` show it.
struct CitationModel: Sendable {
    var place: String
    var mark: MarkModel
    /// It was checked against the Official Journal: pages with very many citations leave the mark out then.
    var isVerified: Bool

    init(_ citation: Citation) {
        place = citation.place
        mark = MarkModel(citation.mark)
        isVerified = citation.mark == .verified
    }

    /// Stands where nothing is cited.
    static let ownReading = CitationModel(Citation("our own reading", .interpretation))
}

/// How well something is known, in a word.
struct MarkModel: Sendable {
    var key: String
    var word: String
    var meaning: String

    init(_ mark: Mark) {
        key = mark.rawValue
        (word, meaning) =
            switch mark {
            case .verified: ("verified", "checked against the text in the Official Journal")
            case .guidance: ("guidance", "the Commission's guidance or its answers, which bind nobody")
            case .secondary: ("secondary source", "from a summary or a list by somebody else")
            case .memory: ("from memory", "not looked up")
            case .interpretation: ("our reading", "nobody has confirmed it")
            }
    }
}

/// Something that is said, with what it rests on.
struct ReasonModel: Sendable {
    var text: String
    var citations: [CitationModel]

    init(_ reason: Reason) {
        text = reason.text
        citations = reason.citations.map(CitationModel.init)
        if citations.isEmpty, !text.isEmpty { citations = [.ownReading] }
    }

    init(_ text: String, _ citations: [Citation]) { self.init(Reason(text, citations)) }

    /// A missing fact, and where it would come from.
    init(_ fact: MissingFact) {
        text = "\(fact.what) (from \(fact.from))"
        citations = fact.citations.map(CitationModel.init)
    }
}

/// A verdict: a shape and a word; the colour only repeats them.
struct VerdictModel: Sendable {
    var tone: String
    var shape: String
    var word: String

    static func yes(_ word: String) -> VerdictModel { VerdictModel(tone: "healthy", shape: "healthy", word: word) }
    static func no(_ word: String) -> VerdictModel { VerdictModel(tone: "late", shape: "silent", word: word) }
    static func open(_ word: String) -> VerdictModel { VerdictModel(tone: "unknown", shape: "unknown", word: word) }
    static func warning(_ word: String) -> VerdictModel { VerdictModel(tone: "silent", shape: "warning", word: word) }

    static func of(_ verdict: Verdict, _ yes: String, _ no: String, _ open: String = "cannot tell yet") -> VerdictModel {
        switch verdict {
        case .applies: .yes(yes)
        case .doesNotApply: .no(no)
        case .cannotTellYet: .open(open)
        }
    }

    static func scope(_ result: ScopeResult?) -> VerdictModel {
        switch result?.outcome {
        case .inScope: .yes("in scope")
        case .out: .no("out of scope")
        case .undetermined: .open("undetermined")
        case nil: .open("not asked to the end")
        }
    }

    static func modification(_ result: ModificationResult?) -> VerdictModel {
        switch result?.outcome {
        case .substantial: .warning("substantial")
        case .notSubstantial: .yes("not substantial")
        case .undetermined: .open("undetermined")
        case nil: .open("not asked to the end")
        }
    }

    static func tier(_ result: TierResult?) -> VerdictModel {
        guard let result else { return .open("not asked to the end") }
        guard let tier = result.tier else { return .open("undetermined") }
        return .yes(tier.title)
    }
}

/// How an inquiry came out.
struct ConclusionModel: Sendable {
    var mark: MarkModel
    var asOf: String
    var reasons: [ReasonModel]
    var hasMissing: Bool
    var missing: [ReasonModel]
    var wouldChange: [ReasonModel]

    init(_ end: InquiryEnd) {
        mark = MarkModel(end.mark)
        asOf = end.asOf.description
        reasons = end.reasons.map(ReasonModel.init)
        missing = end.missing.map(ReasonModel.init)
        hasMissing = !missing.isEmpty
        wouldChange = end.wouldChange.map(ReasonModel.init)
    }
}

extension ProductHistory.Kind {
    /// "a device"
    var words: String {
        switch self {
        case .device: "a device, or hardware with its software"
        case .standaloneSoftware: "standalone software"
        }
    }
}

extension EconomicRole {
    var words: String {
        switch self {
        case .manufacturer: "manufacturer"
        case .authorisedRepresentative: "authorised representative"
        case .importer: "importer"
        case .distributor: "distributor"
        case .ownBrandOrModifier: "manufacturer, by own brand or substantial modification"
        case .steward: "open-source software steward"
        }
    }
}

extension EvidenceKind {
    /// "policy changes"
    var words: String { rawValue.replacing("-", with: " ") }
}
