/// Asks one question at a time and draws the conclusion. A value: its state follows from its answers alone, so that a stored list of
/// answers always gives the same end.
public struct Inquiry: Sendable, Hashable {
    /// The bound on stored answers.
    public static let maximumAnswers = 500
    /// The bound on an answer's author and note together, in characters.
    public static let maximumText = 8_000

    /// The answers that count, in the order of the questions.
    public private(set) var answers: [Answer] = []
    /// Stored answers that no longer follow, because an earlier one was changed or a later one replaced them.
    public private(set) var dropped: [Answer] = []
    /// What to ask now; nil at the end.
    public private(set) var next: Question?
    /// The conclusion; nil while there is a question to ask.
    public private(set) var end: InquiryEnd?
    let rules: InquiryRules

    /// From stored answers, oldest first. Of several to one question the last counts; those that no longer follow are in ``dropped``.
    init(rules: InquiryRules, answers stored: [Answer] = []) throws(AnswerError) {
        self.rules = rules
        guard stored.count <= Self.maximumAnswers else { throw .tooMany(limit: Self.maximumAnswers) }
        for answer in stored { try check(answer) }
        walk(stored)
    }

    /// Takes an answer to the next question, or another answer to an earlier one. Gives back the answers that no longer follow.
    @discardableResult
    public mutating func answer(_ answer: Answer) throws(AnswerError) -> [Answer] {
        try check(answer)
        guard next?.id == answer.question || answers.contains(where: { $0.question == answer.question }) else {
            throw .notAsked(question: answer.question, next: next?.id)
        }
        let before = answers
        walk(before + [answer])
        return before.filter { old in !answers.contains { $0.question == old.question } }
    }

    /// Every question there is, in order, for a page that shows the whole inquiry.
    public var questions: [Question] { rules.questions.map(\.question) }

    private func check(_ answer: Answer) throws(AnswerError) {
        guard let rule = rules.questions.first(where: { $0.id == answer.question }) else { throw .unknownQuestion(answer.question) }
        let question = rule.question
        guard question.options.contains(where: { $0.id == answer.value.code }) else {
            throw .wrongKind(question: rule.id, value: answer.value.code, allowed: question.options.map(\.id))
        }
        guard !isBlank(answer.who) else { throw .authorMissing(question: rule.id) }
        guard answer.who.utf8.count + answer.note.utf8.count <= Self.maximumText else {
            throw .tooLong(question: rule.id, limit: Self.maximumText)
        }
        guard !question.noteRequired.contains(answer.value.code) || !isBlank(answer.note) else {
            throw .noteMissing(question: rule.id)
        }
    }

    private mutating func walk(_ stored: [Answer]) {
        var latest: [String: (index: Int, answer: Answer)] = [:]
        for (index, answer) in stored.enumerated() { latest[answer.question] = (index, answer) }
        var given: [String: String] = [:]
        var kept: Set<Int> = []
        var end = InquiryEnd(asOf: rules.asOf)
        var verdict: Verdict?
        var blocked = false
        answers = []
        next = nil
        self.end = nil

        func follows(_ rule: QuestionRule) -> Bool {
            func holds(_ condition: QuestionRule.Condition) -> Bool {
                given[condition.question].map(condition.answers.contains) ?? false
            }
            return (rule.when ?? []).allSatisfy(holds) && !(rule.unless ?? []).contains(where: holds)
        }
        func take(_ rule: QuestionRule) -> QuestionRule.Effect?? {
            guard let (index, answer) = latest[rule.id] else { return nil }
            kept.insert(index)
            answers.append(answer)
            given[rule.id] = answer.value.code
            return .some(rule.effects[answer.value.code])
        }
        func note(_ effect: QuestionRule.Effect, of rule: QuestionRule) {
            if let reason = effect.reason { end.reasons.append(reason) }
            if let change = effect.wouldChange { end.wouldChange.append(change) }
            end.findings.merge(effect.findings ?? [:]) { _, new in new }
            if let missing = effect.missing {
                let keepsOpen = effect.blocks ?? true
                end.missing.append(MissingFact(missing, from: rule.id, citations: rule.citations, keepsOpen: keepsOpen))
                if keepsOpen { blocked = true }
            }
        }
        defer { dropped = stored.enumerated().filter { !kept.contains($0.offset) }.map(\.element) }

        for rule in rules.questions where rule.after == nil && verdict == nil && follows(rule) {
            guard let effect = take(rule) else {
                next = rule.question
                return
            }
            if let effect {
                note(effect, of: rule)
                verdict = effect.verdict
                if verdict != nil, let reason = effect.reason { end.mark = reason.mark }
            }
        }
        let decided = verdict != nil
        if verdict == nil, !blocked {
            if let reason = rules.otherwise.reason { end.reasons.append(reason) }
            if let change = rules.otherwise.wouldChange { end.wouldChange.append(change) }
            verdict = rules.otherwise.verdict
        }
        if let verdict, verdict != .cannotTellYet {
            // What was still open does not matter once an answer has decided.
            for index in end.missing.indices { end.missing[index].keepsOpen = false }
        }
        end.verdict = verdict ?? .cannotTellYet
        if end.verdict == .cannotTellYet {
            let open = end.missing.filter(\.keepsOpen)
            end.reasons.append(
                Reason(
                    "Not known, and it could decide either way: \(open.map(\.what).joined(separator: "; ")).",
                    open.flatMap(\.citations)))
            end.wouldChange += open.map { Reason("Knowing \($0.what).", $0.citations) }
        }
        if !decided { end.mark = end.reasons.map(\.mark).min() ?? .interpretation }
        for rule in rules.questions where (rule.after?.contains(end.verdict) ?? false) && follows(rule) {
            guard let effect = take(rule) else {
                next = rule.question
                return
            }
            if let effect { note(effect, of: rule) }
        }
        self.end = end
    }
}

/// Whether nothing but white space is there.
func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
