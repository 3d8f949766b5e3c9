import Estate
import Hummingbird
import Regulation

/// How the 22 points of Annex I map to the connectivity of a product: what is stated, what is held, and what that cannot show.
extension Console {
    private struct Model {
        struct Line {
            var kind: String
            var shows: String
            var held: Held?
        }

        struct Held {
            var figure: String
            var age: String?
        }

        struct Row {
            var id: String
            var ref: String
            var title: String
            var requirement: String
            var applicability: String
            var relevance: String
            var mark: MarkModel
            var citations: [CitationModel]
            var stated: Bool
            var notApplicable: Bool
            var statement: String?
            var who: String?
            var when: AgeModel?
            var missing: [ReasonModel]
            var evidence: [Line]
            var cannotShow: String
            var responsibility: String
            var naAllowed: Bool
            var typed: String
            var typedNotApplicable: Bool
            var problem: String?
        }

        struct Carrier {
            var name: String
            var units: String
            var onBackup: String
        }

        var name: String
        var productPath: String
        var path: String
        var now: AgeModel
        var asOf: String
        var units: String
        var anyUnits: Bool
        var reach24: String
        var reach72: String
        var carriers: [Carrier]
        var stated: Int
        var all: Int
        var rows: [Row]
        var notes: [ReasonModel]
        var relevanceMark: MarkModel
        var mayWrite: Bool
        var seal: String
    }

    func addAnnexI(to routes: inout Routes) {
        routes.on(.get, "/products/:name/annex1", .session(.read)) { exchange in try await self.annexI(exchange) }
        routes.on(.post, "/products/:name/annex1", .session(.record)) { exchange in try await self.statePoint(exchange) }
    }

    private func annexI(_ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil) async throws -> Response {
        let report = try await report(exchange)
        let (name, now) = (report.record.name, exchange.now)
        let evidence = try await read { try $0.evidence(of: name, at: now) }
        let table = AnnexITable(statements: report.record.statements, evidence: evidence)
        let path = Self.path(ofProduct: name)
        let model = Model(
            name: name, productPath: path, path: "\(path)/annex1", now: AgeModel(now, at: now), asOf: table.asOf.description,
            units: Words.count(report.reach.units, "unit", "units"), anyUnits: report.reach.units > 0,
            reach24: Words.percent(report.reach.reach24), reach72: Words.percent(report.reach.reach72),
            carriers: report.reach.carriers.map {
                Model.Carrier(name: $0.operator.name, units: Words.grouped($0.units), onBackup: Words.grouped($0.onBackup))
            }, stated: table.rows.count { $0.statement != nil }, all: table.rows.count,
            rows: table.rows.map { row($0, refusal == nil || typed?["point"] != $0.point.id ? nil : typed, refusal, at: now) },
            notes: table.notes.map(ReasonModel.init),
            relevanceMark: MarkModel(table.rows.map(\.connectivityMark).min() ?? .interpretation), mayWrite: mayRecord(exchange),
            seal: sealValue(exchange))
        return recordPage("annex1", title: "\(name): Annex I", place: "/products", exchange, refused: refusal != nil, model)
    }

    private func row(_ row: AnnexIRow, _ typed: RecordForm?, _ refusal: RecordRefusal?, at now: UTCInstant) -> Model.Row {
        var justification: String?
        if case .notApplicable(let text)? = row.statement?.applicability { justification = text }
        let said = justification ?? row.statement.flatMap { $0.statement.isEmpty ? nil : $0.statement }
        return Model.Row(
            id: row.point.id, ref: row.point.ref, title: row.point.title, requirement: row.point.requirement,
            applicability: row.point.applicability.words, relevance: row.point.connectivity.words, mark: MarkModel(row.mark),
            citations: row.point.citations.map(CitationModel.init), stated: row.statement != nil,
            notApplicable: justification != nil,
            statement: said, who: row.statement?.who, when: row.statement.map { AgeModel(UTCInstant($0.when), at: now) },
            missing: row.missing.map(ReasonModel.init),
            evidence: row.evidence.map { line in
                Model.Line(
                    kind: line.kind.words, shows: line.shows,
                    held: line.held.map { held in
                        Model.Held(figure: held.figure, age: held.age.map { "\(Words.age(seconds: Int64($0))) old" })
                    })
            }, cannotShow: row.point.cannotShow, responsibility: row.point.responsibility, naAllowed: row.point.naAllowed,
            typed: typed.map { $0["text"] } ?? said ?? "",
            typedNotApplicable: typed.map { $0["applicability"] == "not" } ?? (justification != nil),
            problem: typed == nil ? nil : refusal?.text)
    }

    private func statePoint(_ exchange: Exchange) async throws -> Response {
        let form = try await sealedForm(exchange)
        let (name, author, now) = (exchange.parameter("name"), exchange.authorship, exchange.now)
        let (point, text, isNot) = (form["point"], form["text"], form["applicability"] == "not")
        guard AnnexIPoint.all.contains(where: { $0.id == point }) else {
            throw Problem.badRequest("Annex I has no point \(Problem.quoted(point)); reload the page and send the form again.")
        }
        let refusal = try await change("annex1") { estate in
            guard !text.isEmpty else {
                throw RecordRefusal(
                    field: "annex1", text: isNot ? "Say why the point does not apply." : "Say how the point is met.")
            }
            try estate.state(
                point, isNot ? .notApplicable(justification: text) : .applicable, isNot ? "" : text, of: name, by: author, at: now)
        }
        if let refusal { return try await annexI(exchange, typed: form, refusal: refusal) }
        return .seeOther("\(Self.path(ofProduct: name))/annex1#\(PercentEncoding.encode(point))")
    }
}

extension AnnexIPoint.Applicability {
    var words: String {
        switch self {
        case .always: "always"
        case .riskBased: "where the risk assessment finds it applicable"
        case .supportPeriod: "through the support period"
        }
    }
}

extension AnnexIPoint.Relevance {
    var words: String {
        switch self {
        case .direct: "touches the connectivity directly"
        case .supporting: "the connectivity supports it"
        case .none: "the connectivity has no part in it"
        }
    }
}
