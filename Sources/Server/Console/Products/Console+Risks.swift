import Estate
import Hummingbird
import NIOCore
import Regulation

/// The register of single-network dependence.
extension Console {
    private struct Model {
        struct Event {
            var day: String
            var who: String
            var what: String
            var reason: String
        }

        struct Treatment {
            var id: String
            var chosen: Bool
        }

        struct Row {
            var id: String
            var anchor: String
            var product: String
            var kind: String
            var subject: String
            var units: String
            var of: String
            var alternative: String?
            var earliest: String?
            var evidence: [String]
            var owner: String?
            var treatment: String?
            var due: String?
            var review: String?
            var status: VerdictModel
            var overdue: Bool
            var gone: Bool
            var closed: Bool
            var history: [Event]
            var treatments: [Treatment]
            var problem: String?
            var typed: [String: String]
        }

        /// A fact that is missing, and whether it is said on this page.
        struct Missing {
            var text: String
            var citations: [CitationModel]
            var saidHere: Bool
        }

        var empty: Bool
        var noUnits: Bool
        var rows: [Row]
        var absent: String?
        var missing: [Missing]
        var moreMissing: String?
        var anyMissing: Bool
        var networks: NetworkFactsModel?
        var mayWrite: Bool
        var seal: String
    }

    /// Missing facts that are listed.
    private static let missingShown = 60

    func addRisks(to routes: inout Routes) {
        routes.on(.get, "/risks", .session(.read)) { exchange in try await self.risks(exchange) }
        routes.on(.get, "/risks.csv", .session(.read)) { exchange in
            let register = try await self.read { try $0.riskRegister() }
            return Response(
                status: .ok,
                headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"risks.csv\""],
                body: .init(byteBuffer: ByteBuffer(string: register.csv)))
        }
        routes.on(.post, "/risks/compute", .session(.record)) { exchange in
            _ = try await self.sealedForm(exchange)
            let now = exchange.now
            _ = try await self.read { try $0.updateRisks(at: now) }
            return .seeOther("/risks")
        }
        routes.on(.post, "/risks/assign", .session(.record)) { exchange in
            try await self.changeRisk(exchange) { form, author, now in
                let (id, owner) = (form["id"], form["owner"])
                return { try $0.assignRisk(id, owner: owner, by: author, at: now) }
            }
        }
        routes.on(.post, "/risks/treat", .session(.record)) { exchange in
            try await self.changeRisk(exchange) { form, author, now in
                guard let treatment = Risk.Treatment(rawValue: form["treatment"]) else {
                    throw RecordRefusal(field: form["id"], text: "Choose what is done: accept, reduce, avoid or transfer.")
                }
                func day(_ name: String) throws(RecordRefusal) -> Day? {
                    guard !form[name].isEmpty else { return nil }
                    guard let day = Day(form[name]) else {
                        throw RecordRefusal(
                            field: form["id"],
                            text: "A day is written as 2027-12-11, from 1970 to 2199; came \(Problem.quoted(form[name])).")
                    }
                    return day
                }
                let (id, due, review) = (form["id"], try day("due"), try day("review"))
                return { try $0.treatRisk(id, treatment, due: due, review: review, by: author, at: now) }
            }
        }
        routes.on(.post, "/risks/close", .session(.record)) { exchange in
            try await self.changeRisk(exchange) { form, author, now in
                let id = form["id"]
                return { try $0.closeRisk(id, by: author, at: now) }
            }
        }
    }

    private typealias RiskChange = @Sendable (EstateService) throws -> Void

    private func changeRisk(_ exchange: Exchange, _ read: (RecordForm, Authorship, UTCInstant) throws -> RiskChange) async throws
        -> Response
    {
        let form = try await sealedForm(exchange)
        let refusal: RecordRefusal?
        do {
            let change = try read(form, exchange.authorship(reason: form["reason"]), exchange.now)
            refusal = try await self.change(form["id"], change)
        } catch let error as RecordRefusal {
            refusal = error
        }
        if let refusal { return try await risks(exchange, typed: form, refusal: refusal) }
        return .seeOther("/risks")
    }

    func risks(
        _ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil, fact: NetworkFactsModel.Refused? = nil
    ) async throws -> Response {
        let now = exchange.now
        let (register, report, facts, units) = try await read {
            (try $0.riskRegister(), try $0.dependences(at: now), try $0.networkFacts(), $0.count)
        }
        let known = Set(register.risks.map(\.id))
        if let refusal, !known.contains(refusal.field) { throw Problem.notFound(refusal.text) }
        let absent = report.findings.count { !known.contains($0.id) }
        let model = Model(
            empty: register.risks.isEmpty, noUnits: units == 0,
            rows: register.risks.enumerated().map { index, risk in
                let mine = refusal?.field == risk.id ? refusal : nil
                return row(risk, anchor: "risk-\(index + 1)", mine, mine == nil ? [:] : typed?.values ?? [:], on: now.day)
            }, absent: absent > 0 ? Words.count(absent, "dependence", "dependences") : nil,
            missing: report.missing.prefix(Self.missingShown).map { fact in
                let reason = ReasonModel(fact)
                return Model.Missing(
                    text: reason.text, citations: reason.citations,
                    saidHere: fact.from == MissingFact.networks && mayRecord(exchange))
            },
            moreMissing: report.missing.count > Self.missingShown ? Words.grouped(report.missing.count - Self.missingShown) : nil,
            anyMissing: !report.missing.isEmpty, networks: NetworkFactsModel(facts, refused: fact, at: now),
            mayWrite: mayRecord(exchange), seal: sealValue(exchange))
        return recordPage("risks", title: "Risks", place: "/risks", exchange, refused: refusal != nil || fact != nil, model)
    }

    private func row(_ risk: Risk, anchor: String, _ refusal: RecordRefusal?, _ typed: [String: String], on day: Day) -> Model.Row {
        let finding = risk.dependence
        return Model.Row(
            id: risk.id, anchor: anchor, product: finding.product.isEmpty ? "(none)" : finding.product, kind: finding.kind.words,
            subject: finding.subject, units: Words.grouped(finding.units), of: Words.grouped(finding.of),
            alternative: finding.unitsWithAlternative > 0 ? Words.grouped(finding.unitsWithAlternative) : nil,
            earliest: finding.earliest?.description, evidence: finding.evidence, owner: risk.owner,
            treatment: risk.treatment?.rawValue,
            due: risk.due?.description, review: risk.review?.description, status: risk.status.verdict,
            overdue: risk.isOverdue(on: day),
            gone: !risk.present, closed: risk.status == .closed,
            history: risk.history.reversed().map {
                Model.Event(day: $0.day.description, who: $0.who, what: $0.what, reason: $0.reason)
            },
            treatments: Risk.Treatment.allCases.map {
                Model.Treatment(id: $0.rawValue, chosen: $0.rawValue == typed["treatment"] ?? risk.treatment?.rawValue)
            }, problem: refusal?.text, typed: typed)
    }
}

extension Dependence.Kind {
    var words: String {
        switch self {
        case .oneCore: "one core"
        case .oneProfile: "one profile"
        case .sunset: "technology withdrawn"
        case .publicAPN: "public APN"
        case .sharedVendor: "shared core vendor"
        }
    }
}

extension Risk.Status {
    var verdict: VerdictModel {
        switch self {
        case .open: .warning("open")
        case .inTreatment: .open("in treatment")
        case .accepted: .no("accepted")
        case .closed: .yes("closed")
        }
    }
}
