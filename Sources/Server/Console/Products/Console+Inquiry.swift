import Estate
import Hummingbird
import Regulation

/// The scope and the tier of a product and the screen of a change to it, asked one question at a time.
extension Console {
    private enum Subject: Sendable {
        case scope, tier
        /// Whether a change is a substantial modification, by the change's name.
        case modification(String)

        var title: String {
            switch self {
            case .scope: "Is it in scope?"
            case .tier: "Which tier is it in?"
            case .modification: "Is the change substantial?"
            }
        }

        /// In the title of the window.
        var name: String {
            switch self {
            case .scope: "scope"
            case .tier: "tier"
            case .modification(let change): "change \(change)"
            }
        }

        func path(ofProduct name: String) -> String {
            let product = Console.path(ofProduct: name)
            return switch self {
            case .scope: "\(product)/scope"
            case .tier: "\(product)/tier"
            case .modification(let change): "\(product)/modifications/\(PercentEncoding.encode(change))"
            }
        }
    }

    /// What there is to show of an inquiry.
    private struct Found {
        var inquiry: Inquiry
        var verdict: VerdictModel
        var conclusion: InquiryEnd?
        /// What it is about, where that is not the product.
        var about: String?
        /// What else to know before answering.
        var hint: String?
        var links: [Model.Link]
    }

    private struct Model {
        struct Option {
            var id: String
            var text: String
            var chosen: Bool
            var first: Bool
            var noteNeeded: Bool
        }

        struct Ask {
            var id: String
            var text: String
            var explanation: String
            var citations: [CitationModel]
            var options: [Option]
            var note: String
            var noteMayBeNeeded: Bool
            var changing: Bool
            var refused: String?
        }

        struct Given {
            var text: String
            var answer: String
            var who: String
            var when: AgeModel
            var note: String?
            var change: String
        }

        struct Link {
            var path: String
            var text: String
        }

        var name: String
        var productPath: String
        var path: String
        var title: String
        var about: String?
        var hint: String?
        var links: [Link]
        var question: Ask?
        /// What was not taken, when there is no question beside which it could stand.
        var problem: String?
        var verdict: VerdictModel
        var ended: Bool
        var conclusion: ConclusionModel?
        var answers: [Given]
        var noAnswers: Bool
        var mayWrite: Bool
        var seal: String
    }

    func addInquiries(to routes: inout Routes) {
        func add(_ pattern: String, _ subject: @escaping @Sendable (Exchange) -> Subject) {
            routes.on(.get, "/products/:name/\(pattern)", .session(.read)) { exchange in
                try await self.inquiry(subject(exchange), exchange)
            }
            routes.on(.post, "/products/:name/\(pattern)", .session(.record)) { exchange in
                try await self.answer(subject(exchange), exchange)
            }
        }
        add("scope") { _ in .scope }
        add("tier") { _ in .tier }
        add("modifications/:change") { .modification($0.parameter("change")) }
    }

    /// Where the screen of a change is.
    static func path(ofChange change: String, to product: String) -> String {
        Subject.modification(change).path(ofProduct: product)
    }

    private static func find(_ subject: Subject, in report: ProductReport) throws -> Found {
        let record = report.record
        let product = path(ofProduct: record.name)
        switch subject {
        case .scope:
            let words = record.history.kind.words
            return Found(
                inquiry: report.scope.inquiry, verdict: .scope(report.scope.result), conclusion: report.scope.result?.conclusion,
                hint: report.kindConflict.map { "They do not agree: \($0). Change the one that is wrong." }
                    ?? (report.scope.result == nil ? "The product is registered as \(words)." : nil),
                links: [.init(path: "\(product)/tier", text: "Tier questions")])
        case .tier:
            return Found(
                inquiry: report.tier.inquiry, verdict: .tier(report.tier.result), conclusion: report.tier.result?.conclusion,
                links: [.init(path: "\(product)/scope", text: "Scope questions")])
        case .modification(let id):
            guard let change = record.history.modifications.first(where: { $0.id == id }) else {
                throw Problem.notFound(
                    "There is no change \(Problem.quoted(id)) on record for this product. Note it under Units, support and updates."
                )
            }
            let screen = try ModificationInquiry(answers: record.modificationAnswers[id] ?? [])
            let reached = change.groups.isEmpty ? "no group of units yet" : change.groups.joined(separator: ", ")
            return Found(
                inquiry: screen.inquiry, verdict: .modification(screen.result), conclusion: screen.result?.conclusion,
                about: "Change \(id) of \(change.day), reaching \(reached).",
                hint: screen.result == nil
                    ? "Until the questions have an end, the timeline cannot say what applies to the units that the change reaches."
                    : nil,
                links: [.init(path: "\(product)/units#modifications", text: "All changes")])
        }
    }

    private func inquiry(_ subject: Subject, _ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil)
        async throws -> Response
    {
        let report = try await report(exchange)
        let found = try Self.find(subject, in: report)
        let inquiry = found.inquiry
        let name = report.record.name
        let path = subject.path(ofProduct: name)
        let questions = Dictionary(inquiry.questions.map { ($0.id, $0) }) { $1 }
        let wanted = typed.map { $0["question"] } ?? exchange.query.text("change")
        let changed = wanted.flatMap { id in inquiry.answers.first { $0.question == id } }
        let asked = changed.flatMap { questions[$0.question] } ?? inquiry.next
        let model = Model(
            name: name, productPath: Self.path(ofProduct: name), path: path, title: subject.title, about: found.about,
            hint: found.hint, links: found.links,
            question: mayRecord(exchange) ? asked.map { ask($0, changed, typed, refusal) } : nil,
            problem: asked == nil ? refusal?.text : nil,
            verdict: found.verdict, ended: inquiry.end != nil, conclusion: found.conclusion.map(ConclusionModel.init),
            answers: inquiry.answers.map { answer in
                let question = questions[answer.question]
                return Model.Given(
                    text: question?.text ?? answer.question,
                    answer: question?.options.first { $0.id == answer.value.code }?.text ?? answer.value.code, who: answer.who,
                    when: AgeModel(UTCInstant(answer.when), at: exchange.now), note: answer.note.isEmpty ? nil : answer.note,
                    change: "\(path)?change=\(PercentEncoding.encode(answer.question))")
            }, noAnswers: inquiry.answers.isEmpty, mayWrite: mayRecord(exchange), seal: sealValue(exchange))
        return recordPage(
            "product_inquiry", title: "\(name): \(subject.name)", place: "/products", exchange, refused: refusal != nil, model)
    }

    private func ask(_ question: Question, _ given: Regulation.Answer?, _ typed: RecordForm?, _ refusal: RecordRefusal?)
        -> Model.Ask
    {
        let chosen = typed.map { $0["value"] } ?? given?.value.code
        return Model.Ask(
            id: question.id, text: question.text, explanation: question.explanation,
            citations: question.citations.map(CitationModel.init),
            options: question.options.enumerated().map { index, option in
                Model.Option(
                    id: option.id, text: option.text, chosen: option.id == chosen, first: index == 0,
                    noteNeeded: question.noteRequired.contains(option.id))
            }, note: typed.map { $0["note"] } ?? given?.note ?? "", noteMayBeNeeded: !question.noteRequired.isEmpty,
            changing: given != nil, refused: refusal?.text)
    }

    private func answer(_ subject: Subject, _ exchange: Exchange) async throws -> Response {
        let form = try await sealedForm(exchange)
        let (name, author, now) = (exchange.parameter("name"), exchange.authorship(reason: form["note"]), exchange.now)
        let (question, value, note) = (form["question"], form["value"], form["note"])
        let refusal = try await change("answer") { estate in
            guard !value.isEmpty else { throw RecordRefusal(field: "answer", text: "Choose one of the answers.") }
            let code = AnswerValue(code: value)
            switch subject {
            case .scope: try estate.answerScope(of: name, question: question, value: code, note: note, by: author, at: now)
            case .tier: try estate.answerTier(of: name, question: question, value: code, note: note, by: author, at: now)
            case .modification(let change):
                try estate.answerModification(
                    change, of: name, question: question, value: code, note: note, by: author, at: now)
            }
        }
        if let refusal { return try await inquiry(subject, exchange, typed: form, refusal: refusal) }
        return .seeOther(subject.path(ofProduct: name))
    }
}
