/// Whether a change is a substantial modification (Art. 3(30)), asked one question at a time.
public struct ModificationInquiry: Sendable, Hashable {
    public private(set) var inquiry: Inquiry

    /// From stored answers, oldest first.
    public init(answers: [Answer] = []) throws(AnswerError) {
        inquiry = try Inquiry(rules: EmbeddedFacts.scope.modification, answers: answers)
    }

    public var next: Question? { inquiry.next }
    public var answers: [Answer] { inquiry.answers }

    /// Takes an answer; gives back those that no longer follow.
    @discardableResult
    public mutating func answer(_ answer: Answer) throws(AnswerError) -> [Answer] { try inquiry.answer(answer) }

    /// The conclusion; nil while there is a question to ask.
    public var result: ModificationResult? { inquiry.end.map(ModificationResult.init) }
}

/// Who makes a change after placing.
public enum Modifier: String, Codable, Hashable, Sendable, CaseIterable {
    case manufacturer
    /// Becomes the manufacturer (Art. 21).
    case importerOrDistributor
    /// Becomes the manufacturer of the part, or of the whole when its security as a whole is affected (Art. 22).
    case other
}

/// Whether a change is a substantial modification, and whom it makes a manufacturer of what.
public struct ModificationResult: Codable, Hashable, Sendable {
    public enum Outcome: String, Codable, Sendable { case substantial, notSubstantial, undetermined }

    public var outcome: Outcome
    public var modifier: Modifier?
    /// Whether the product's security as a whole is affected; nil while it is not known.
    public var affectsWhole: Bool?
    public var conclusion: InquiryEnd

    init(_ end: InquiryEnd) {
        outcome =
            switch end.verdict {
            case .applies: .substantial
            case .doesNotApply: .notSubstantial
            case .cannotTellYet: .undetermined
            }
        modifier = end.findings["modifier"].flatMap(Modifier.init)
        affectsWhole = end.findings["affectsWhole"].map { $0 == "yes" }
        conclusion = end
    }
}
