import Foundation

/// Which tier a product is in, by the core-functionality test, asked one question at a time.
public struct TierInquiry: Sendable, Hashable {
    public private(set) var inquiry: Inquiry

    /// From stored answers, oldest first.
    public init(answers: [Answer] = []) throws(AnswerError) {
        inquiry = try Inquiry(rules: TierQuestions.rules, answers: answers)
    }

    public var next: Question? { inquiry.next }
    public var answers: [Answer] { inquiry.answers }

    /// Takes an answer; gives back those that no longer follow.
    @discardableResult
    public mutating func answer(_ answer: Answer) throws(AnswerError) -> [Answer] { try inquiry.answer(answer) }

    /// What the kind of product suggests to look at; nil before it was answered.
    public var hint: TierHint? {
        inquiry.answers.first { $0.question == TierQuestions.kind }.flatMap { answer in
            TierHint.all.first { $0.id == answer.value.code }
        }
    }

    /// The conclusion; nil while there is a question to ask.
    public var result: TierResult? { inquiry.end.map { TierResult($0, answers: inquiry.answers, hint: hint) } }
}

/// What became of one category.
public struct ConsideredCategory: Codable, Hashable, Sendable {
    public enum Outcome: String, Codable, Sendable {
        case matched
        case rejected
        /// Nobody knows yet.
        case open
        /// Another one matched first, and a product has exactly one core functionality.
        case notReached
    }

    public var category: String
    public var ref: String
    public var title: String
    public var outcome: Outcome
    public var reason: Reason
    /// The reasoning on record.
    public var note: String
    public var who: String?
    public var when: Date?
}

/// The tier of a product, with every category that was considered.
public struct TierResult: Codable, Hashable, Sendable {
    /// Nil: undetermined.
    public var tier: Tier?
    /// The category that matched; nil for default and undetermined.
    public var category: Category?
    /// All 26, in the order of the test.
    public var considered: [ConsideredCategory]
    /// Tiers that are still possible while facts are missing; the one there is otherwise.
    public var possible: [Tier]
    /// Whether it is free software with public technical documentation (Art. 32(5)); nil while it is not known.
    public var publicFreeSoftware: Bool?
    /// What the manufacturer states as core functionality.
    public var coreFunctionality: String
    public var conclusion: InquiryEnd

    init(_ end: InquiryEnd, answers: [Answer], hint: TierHint?) {
        let given = Dictionary(answers.map { ($0.question, $0) }) { _, new in new }
        let matched = end.findings["category"].flatMap { id in Category.all.first { $0.id == id } }
        // An earlier category that is open keeps the tier open: it might be the one core functionality.
        let open = Category.all.filter { given[$0.id]?.value == .unknown }
        category = matched
        considered = Category.all.map { Self.consider($0, given: given, matched: matched) }
        publicFreeSoftware = end.findings["publicFOSS"].map { $0 == "yes" }
        coreFunctionality = given["Q1"]?.note ?? ""
        var end = end
        // Without a stated core functionality there is nothing that a category could match.
        let unstated = given["Q1"]?.value == .unknown
        if end.verdict == .cannotTellYet || !open.isEmpty || unstated {
            tier = nil
            var tiers = Set(open.map(\.tier))
            tiers.insert(matched?.tier ?? .standard)
            possible = Tier.allCases.filter(unstated && matched == nil ? Tier.allCases.contains : tiers.contains)
            if end.verdict != .cannotTellYet {
                end.verdict = .cannotTellYet
                for index in end.missing.indices
                where open.contains(where: { $0.id == end.missing[index].from }) || end.missing[index].from == "Q1" {
                    end.missing[index].keepsOpen = true
                }
                end.reasons.append(
                    Reason(
                        "A category matches, but an answer before it is open, and a product has exactly one core functionality.",
                        [Citation("guidance pt 144", .guidance)]))
                end.wouldChange += end.missing.filter(\.keepsOpen).map { Reason("Knowing \($0.what).", $0.citations) }
                end.mark = min(end.mark, .guidance)
            }
        } else {
            tier = matched?.tier ?? .standard
            possible = tier.map { [$0] } ?? []
        }
        for category in Category.all where hint?.look.contains(category.id) == true && category.id != matched?.id {
            end.wouldChange.append(
                Reason(
                    "A core functionality that matches \(category.ref), \(category.title), would make it \(category.tier.title).",
                    category.citations))
        }
        if let hint, !hint.look.isEmpty { end.reasons.append(hint.reason) }
        end.wouldChange.append(
            Reason(
                matched == nil
                    ? "A changed core functionality, in design or in how the product is sold, asks for the test again."
                    : "A core functionality that goes substantially beyond the description, or falls substantially short of it, leaves the category.",
                [Citation("guidance pts 142-144", .guidance)]))
        end.reasons.append(EmbeddedFacts.categories.tierMeans)
        conclusion = end
    }

    private static func consider(_ category: Category, given: [String: Answer], matched: Category?) -> ConsideredCategory {
        let family = given[TierQuestions.family(category.family)]
        let answer = given[category.id]
        let rule: (ConsideredCategory.Outcome, Reason) =
            switch (answer?.value.code, family?.value.code) {
            case ("yes", _): (.matched, Reason("This is its core functionality.", category.citations))
            case ("no", _):
                (
                    .rejected,
                    Reason("Its core functionality is another one.", category.citations + [Citation("Art. 7(1)", .verified)])
                )
            case ("component", _):
                (
                    .rejected,
                    Reason(
                        "Only an integrated component does this, which does not lift the product.",
                        [Citation("Art. 7(1)", .verified)])
                )
            case ("exceeds", _):
                (.rejected, Reason("It goes substantially beyond the description.", [Citation("guidance pt 142", .guidance)]))
            case ("fallsShort", _):
                (.rejected, Reason("It falls substantially short of the description.", [Citation("guidance pt 142", .guidance)]))
            case ("unknown", _): (.open, Reason("Not known yet.", category.citations))
            case (_, "no"):
                (
                    .rejected,
                    EmbeddedFacts.categories.families.first { $0.id == category.family }.map { Reason($0.rejected, $0.citations) }
                        ?? Reason("Set aside with its family.")
                )
            default:
                matched.map {
                    (
                        .notReached,
                        Reason(
                            "\($0.ref) matched before; a product has exactly one core functionality.",
                            [Citation("guidance pt 144", .guidance)])
                    )
                } ?? (.open, Reason("Not asked yet.", category.citations))
            }
        let source = answer ?? (rule.0 == .rejected ? family : nil)
        return ConsideredCategory(
            category: category.id, ref: category.ref, title: category.title, outcome: rule.0, reason: rule.1,
            note: source?.note ?? "", who: source?.who, when: source?.when)
    }
}
