import Estate
import Foundation
import Hummingbird
import NIOCore
import Regulation

/// Products, risks and readiness, as programs ask for them. Days are "2027-12-11".
extension API {
    func addProducts(to routes: inout Routes) {
        routes.on(.get, "/api/v1/products", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let now = exchange.now
            return try await self.json { estate in
                let reports = try estate.products().compactMap { try estate.product($0.name, at: now) }
                let others = try estate.unregisteredProducts().map { ProductList.Other(name: $0.name, units: $0.units) }
                return ProductList(items: reports.map(ProductList.Item.init), unregistered: others)
            }
        }
        routes.on(.post, "/api/v1/products", .token(.record)) { exchange in try await self.register(exchange) }
        routes.on(.get, "/api/v1/products/:name", .token(.read)) { exchange in
            try exchange.query.allow(only: ["on"])
            var day = exchange.now.day
            if let asked = exchange.query.text("on") {
                guard let given = Day(asked) else {
                    throw Problem.badRequest("A day is written as 2027-12-11; came \(Problem.quoted(asked)).")
                }
                day = given
            }
            let (name, now, on) = (exchange.parameter("name"), exchange.now, day)
            return try await self.json { Product(try Self.product(name, $0, at: now), on: on) }
        }
        addProductHistory(to: &routes)
        for kind in ["scope", "tier"] {
            routes.on(.post, "/api/v1/products/:name/\(kind)", .token(.record)) { exchange in try await self.answer(kind, exchange)
            }
        }
        routes.on(.get, "/api/v1/products/:name/annex1", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (name, now) = (exchange.parameter("name"), exchange.now)
            return try await self.json { estate in
                let report = try Self.product(name, estate, at: now)
                return AnnexITable(statements: report.record.statements, evidence: try estate.evidence(of: name, at: now))
            }
        }
        routes.on(.get, "/api/v1/risks", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let now = exchange.now
            return try await self.json { estate in
                RiskList(items: try estate.riskRegister().risks, missing: try estate.dependences(at: now).missing)
            }
        }
        routes.on(.get, "/api/v1/readiness", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let now = exchange.now
            return try await self.json { try $0.readiness(at: now) }
        }
    }

    private struct ProductList: Encodable {
        struct Item: Encodable {
            var name: String
            var units: Int
            var reach24: Share
            var scope: ScopeResult.Outcome?
            var tier: Tier?
            var kind: ProductHistory.Kind
            var missing: String

            init(_ report: ProductReport) {
                name = report.record.name
                units = report.reach.units
                reach24 = report.reach.reach24
                scope = report.scope.result?.outcome
                tier = report.tier.result?.tier
                kind = report.record.history.kind
                missing = Console.missing(in: report)
            }
        }

        struct Other: Encodable {
            var name: String
            var units: Int
        }

        var items: [Item]
        var unregistered: [Other]
    }

    /// A product's record and everything that follows from it.
    struct Product: Encodable, Sendable {
        struct Inquiry<Result: Encodable & Sendable>: Encodable, Sendable {
            var answers: [Regulation.Answer]
            var next: Question?
            var result: Result?
        }

        var record: ProductRecord
        var scope: Inquiry<ScopeResult>
        var tier: Inquiry<TierResult>
        var routes: RouteTable?
        var timeline: Regulation.Timeline
        var reach: ReachSummary

        init(_ report: ProductReport, on day: Day) {
            record = report.record
            scope = Inquiry(answers: report.scope.answers, next: report.scope.next, result: report.scope.result)
            tier = Inquiry(answers: report.tier.answers, next: report.tier.next, result: report.tier.result)
            routes = report.tier.result.flatMap { result in
                result.tier.map {
                    RouteTable(tier: $0, category: result.category?.id, publicFreeSoftware: result.publicFreeSoftware, on: day)
                }
            }
            timeline = report.timeline
            reach = report.reach
        }
    }

    private struct RiskList: Encodable {
        var items: [Risk]
        var missing: [MissingFact]
        var credit = "Dates of withdrawn technologies: Band Atlas · Hyper Nexus, CC BY 4.0"
    }

    static func product(_ name: String, _ estate: EstateService, at now: UTCInstant) throws -> ProductReport {
        guard let report = try estate.product(name, at: now) else { throw ProductError.unknown(name) }
        return report
    }

    private struct Registration: Decodable {
        var name: String
        var kind: ProductHistory.Kind?
        var reason: String?
    }

    private func register(_ exchange: Exchange) async throws -> Response {
        let wanted = try await recordBody(
            Registration.self, of: exchange,
            example: #"{"name": "Telecare Hub", "kind": "device" or "standaloneSoftware", "reason": "..."}"#)
        guard wanted.name != ".", wanted.name != ".." else {
            throw Problem(.unprocessableContent, detail: "A product's name is not made of dots alone.")
        }
        let (author, now) = (exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        return try await json(status: .created) { estate in
            try estate.registerProduct(wanted.name, as: wanted.kind ?? .device, by: author, at: now)
            return Product(try Self.product(wanted.name, estate, at: now), on: now.day)
        }
    }

    struct Given: Decodable {
        var question: String
        var answer: String
        var note: String?
    }

    private func answer(_ kind: String, _ exchange: Exchange) async throws -> Response {
        let given = try await recordBody(
            Given.self, of: exchange, example: "{\"question\": \"S1\", \"answer\": \"hardware\", \"note\": \"...\"}")
        let (name, now, note) = (exchange.parameter("name"), exchange.now, given.note ?? "")
        let author = exchange.authorship(reason: note)
        let value = AnswerValue(code: given.answer)
        return try await json { estate in
            if kind == "scope" {
                try estate.answerScope(of: name, question: given.question, value: value, note: note, by: author, at: now)
            } else {
                try estate.answerTier(of: name, question: given.question, value: value, note: note, by: author, at: now)
            }
            return Product(try Self.product(name, estate, at: now), on: now.day)
        }
    }

    /// A body with texts in it.
    func recordBody<Value: Decodable>(_ type: Value.Type, of exchange: Exchange, example: String) async throws -> Value {
        try await body(type, of: exchange, example: example, upTo: 32_768)
    }
}

extension Problem {
    init(_ error: ProductError) {
        switch error {
        case .unknown(let name): self = .notFound(Console.notRegistered(name))
        case .exists: self = Problem(.conflict, detail: Console.sentence(error.description))
        case .unknownModification, .unknownUpdate: self = .notFound(Console.sentence(error.description))
        default: self = Problem(.unprocessableContent, detail: Console.sentence(error.description))
        }
    }
}
