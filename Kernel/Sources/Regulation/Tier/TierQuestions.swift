/// The core-functionality test as questions: Q1, the kind of product, the families, the categories (Annex IV, class II, class I), and
/// after the verdict Q5 to Q7. Q2 to Q4 are the answers to one category.
enum TierQuestions {
    static let kind = "kind"
    static func family(_ id: String) -> String { "family:\(id)" }

    static let rules: InquiryRules = {
        let file = EmbeddedFacts.categories
        return InquiryRules(
            asOf: file.asOf,
            otherwise: .init(
                verdict: .doesNotApply,
                reason: Reason(
                    "The core functionality matches no category of Annexes III and IV: default.",
                    [Citation("Art. 7(1)", .verified), Citation("Art. 8(1)", .verified)])),
            questions: steps(["Q1"]) + [kindRule] + file.families.map(rule) + file.categories.map(rule) + steps(["Q5", "Q6", "Q7"]))
    }()

    private static func steps(_ ids: [String]) -> [QuestionRule] {
        ids.compactMap { id in
            EmbeddedFacts.categories.test.first { $0.id == id }.map { step in
                var rule = QuestionRule(
                    id: id, text: step.text, explanation: step.explanation, after: [.applies, .doesNotApply, .cannotTellYet],
                    citations: step.citations, effects: [:])
                switch id {
                case "Q1":
                    rule.after = nil
                    rule.options = [.init(id: "stated", text: "Stated in the note")]
                    rule.noteRequired = ["stated"]
                    rule.effects["unknown"] = .init(missing: "the core functionality, in the manufacturer's words")
                case "Q5":
                    rule.effects["yes"] = .init(
                        reason: Reason("Modules that are offered separately are classified each on its own.", step.citations))
                    rule.effects["unknown"] = .init(missing: "whether modules are offered separately", blocks: false)
                case "Q6":
                    rule.effects["no"] = .init(
                        reason: Reason(
                            "Marketing, instructions and documentation tell different stories: the core functionality must not be misrepresented.",
                            step.citations))
                    rule.effects["unknown"] = .init(
                        missing: "whether marketing and documentation tell the same story", blocks: false)
                default:
                    rule.after = [.applies, .cannotTellYet]
                    rule.effects["yes"] = .init(findings: ["publicFOSS": "yes"])
                    rule.effects["no"] = .init(findings: ["publicFOSS": "no"])
                    rule.effects["unknown"] = .init(
                        missing: "whether it is free software with public technical documentation", blocks: false)
                }
                return rule
            }
        }
    }

    private static var kindRule: QuestionRule {
        let hints = EmbeddedFacts.categories.hints
        return QuestionRule(
            id: kind, text: "What is the product closest to?",
            explanation: "This only decides which categories we ask you to look at closely. It decides nothing else.",
            options: hints.map { .init(id: $0.id, text: $0.text) }, citations: [Citation("our reading", .interpretation)],
            effects: [:])
    }

    private static func rule(_ family: CategoryFile.Family) -> QuestionRule {
        QuestionRule(
            id: Self.family(family.id), text: family.text, explanation: family.explanation, citations: family.citations,
            effects: ["no": .init(reason: Reason(family.rejected, family.citations))])
    }

    private static func rule(_ category: Category) -> QuestionRule {
        let test = [Citation("Art. 7(1)", .verified), Citation("guidance pts 136-146", .guidance)]
        let questions = category.questions.joined(separator: " ")
        let near = category.boundaries.joined(separator: "; ")
        return QuestionRule(
            id: category.id, text: "\(category.ref), \(category.title): is that the core functionality?",
            explanation:
                "\(category.description) To decide: \(questions) Near the line: \(near).\(category.note.map { " \($0)" } ?? "")",
            options: [
                .init(id: "yes", text: "Yes, that is its core functionality"),
                .init(id: "no", text: "No"),
                .init(id: "component", text: "Only a component in it does this"),
                .init(id: "exceeds", text: "It goes substantially beyond the description"),
                .init(id: "fallsShort", text: "It falls substantially short of the description"),
            ],
            noteRequired: ["exceeds", "fallsShort"] + (category.documentEitherWay ? ["no"] : []),
            when: [.init(question: Self.family(category.family), answers: ["yes", "unknown"])],
            citations: category.citations,
            effects: [
                "yes": .init(
                    verdict: .applies, findings: ["category": category.id],
                    reason: Reason(
                        "Its core functionality matches \(category.ref): \(category.title).",
                        test + category.citations)),
                "unknown": .init(missing: "whether its core functionality is \(category.ref), \(category.title)"),
            ])
    }
}
