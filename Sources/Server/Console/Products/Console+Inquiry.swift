import Estate
import Hummingbird
import Regulation

/// The scope and the tier of a product, asked one question at a time.
extension Console {
    private enum Kind: String, Sendable {
        case scope, tier

        var title: String { self == .scope ? "Is it in scope?" : "Which tier is it in?" }
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

        var name: String
        var productPath: String
        var path: String
        var title: String
        var isTier: Bool
        var otherPath: String
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
        for kind in [Kind.scope, .tier] {
            routes.on(.get, "/products/:name/\(kind.rawValue)", .session(.read)) { exchange in
                try await self.inquiry(kind, exchange)
            }
            routes.on(.post, "/products/:name/\(kind.rawValue)", .session(.record)) { exchange in
                try await self.answer(kind, exchange)
            }
        }
    }

    private func inquiry(_ kind: Kind, _ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil) async throws
        -> Response
    {
        let report = try await report(exchange)
        let inquiry = kind == .scope ? report.scope.inquiry : report.tier.inquiry
        let name = report.record.name
        let path = "\(Self.path(ofProduct: name))/\(kind.rawValue)"
        let questions = Dictionary(inquiry.questions.map { ($0.id, $0) }) { $1 }
        let wanted = typed.map { $0["question"] } ?? exchange.query.text("change")
        let changed = wanted.flatMap { id in inquiry.answers.first { $0.question == id } }
        let asked = changed.flatMap { questions[$0.question] } ?? inquiry.next
        let model = Model(
            name: name, productPath: Self.path(ofProduct: name), path: path, title: kind.title, isTier: kind == .tier,
            otherPath: "\(Self.path(ofProduct: name))/\(kind == .scope ? "tier" : "scope")",
            question: mayRecord(exchange) ? asked.map { ask($0, changed, typed, refusal) } : nil,
            problem: asked == nil ? refusal?.text : nil,
            verdict: kind == .scope ? .scope(report.scope.result) : .tier(report.tier.result), ended: inquiry.end != nil,
            conclusion: (kind == .scope ? report.scope.result?.conclusion : report.tier.result?.conclusion).map(
                ConclusionModel.init),
            answers: inquiry.answers.map { answer in
                let question = questions[answer.question]
                return Model.Given(
                    text: question?.text ?? answer.question,
                    answer: question?.options.first { $0.id == answer.value.code }?.text ?? answer.value.code, who: answer.who,
                    when: AgeModel(UTCInstant(answer.when), at: exchange.now), note: answer.note.isEmpty ? nil : answer.note,
                    change: "\(path)?change=\(PercentEncoding.encode(answer.question))")
            }, noAnswers: inquiry.answers.isEmpty, mayWrite: mayRecord(exchange), seal: sealValue(exchange))
        return recordPage(
            "product_inquiry", title: "\(name): \(kind.rawValue)", place: "/products", exchange, refused: refusal != nil, model)
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

    private func answer(_ kind: Kind, _ exchange: Exchange) async throws -> Response {
        let form = try await sealedForm(exchange)
        let (name, author, now) = (exchange.parameter("name"), exchange.authorship(reason: form["note"]), exchange.now)
        let (question, value, note) = (form["question"], form["value"], form["note"])
        let refusal = try await change("answer") { estate in
            guard !value.isEmpty else { throw RecordRefusal(field: "answer", text: "Choose one of the answers.") }
            let code = AnswerValue(code: value)
            switch kind {
            case .scope: try estate.answerScope(of: name, question: question, value: code, note: note, by: author, at: now)
            case .tier: try estate.answerTier(of: name, question: question, value: code, note: note, by: author, at: now)
            }
        }
        if let refusal { return try await inquiry(kind, exchange, typed: form, refusal: refusal) }
        return .seeOther("\(Self.path(ofProduct: name))/\(kind.rawValue)")
    }
}
