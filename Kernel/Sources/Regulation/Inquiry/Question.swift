/// One question of an inquiry, ready to be shown.
public struct Question: Codable, Hashable, Sendable, Identifiable {
    public enum Kind: String, Codable, Sendable {
        /// Yes, no, or unknown.
        case yesNo
        /// One of the options, or unknown.
        case choice
    }

    /// One possible answer.
    public struct Option: Codable, Hashable, Sendable, Identifiable {
        /// What an ``Answer`` carries.
        public var id: String
        public var text: String
    }

    public var id: String
    public var text: String
    /// What the question means and how to decide, in plain words.
    public var explanation: String
    public var kind: Kind
    /// Every answer that is taken, unknown among them.
    public var options: [Option]
    /// Answers that are only taken with a note.
    public var noteRequired: [String]
    public var citations: [Citation]
}

/// What the law says about a case: it applies, it does not, or a fact is missing. Never "compliant".
public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    case applies
    case doesNotApply
    case cannotTellYet
}

/// A question with what follows from its answers: data, not code.
struct QuestionRule: Codable, Hashable, Sendable {
    /// What an answer does.
    struct Effect: Codable, Hashable, Sendable {
        /// Decides the inquiry.
        var verdict: Verdict?
        /// Named facts that the answer settles, such as the role.
        var findings: [String: String]?
        var reason: Reason?
        /// The fact that is still missing after this answer.
        var missing: String?
        /// Whether the missing fact keeps the verdict open. True unless said otherwise.
        var blocks: Bool?
        /// What would change the outcome, shown with it.
        var wouldChange: Reason?
    }

    /// Holds when an earlier question has one of these answers.
    struct Condition: Codable, Hashable, Sendable {
        var question: String
        var answers: [String]
    }

    var id: String
    var text: String
    var explanation: String
    /// Absent: yes, no, unknown.
    var options: [Question.Option]?
    var noteRequired: [String]?
    /// All must hold for the question to be asked.
    var when: [Condition]?
    /// None may hold.
    var unless: [Condition]?
    /// Asked after the verdict, and only for these. Absent: the question takes part in the verdict.
    var after: [Verdict]?
    var citations: [Citation]
    /// By answer.
    var effects: [String: Effect]

    var question: Question {
        let yesNo = options == nil
        let listed = options ?? [.init(id: "yes", text: "Yes"), .init(id: "no", text: "No")]
        return Question(
            id: id, text: text, explanation: explanation, kind: yesNo ? .yesNo : .choice,
            options: listed.contains { $0.id == "unknown" } ? listed : listed + [.init(id: "unknown", text: "Not known yet")],
            noteRequired: noteRequired ?? [], citations: citations)
    }
}

/// The questions of an inquiry in order, and its outcome when no answer decides.
struct InquiryRules: Codable, Hashable, Sendable {
    var asOf: Day
    var otherwise: QuestionRule.Effect
    var questions: [QuestionRule]
}
