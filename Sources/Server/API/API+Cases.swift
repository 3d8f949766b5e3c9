import Estate
import Hummingbird
import Regulation

/// Article 14 cases. Instants go out as milliseconds, as everywhere; what comes in may also be RFC 3339 with its offset.
extension API {
    func addCases(to routes: inout Routes) {
        routes.on(.get, "/api/v1/cases", .token(.read)) { exchange in
            try exchange.query.allow(only: ["open"])
            let open = try exchange.query.choice("open", of: OpenChoice.self).map { $0 == .true }
            let now = exchange.now
            return try await self.json { estate in
                let list = try estate.caseList(open: open)
                return CaseListing(items: list.files.map { CaseSummary($0, at: now) }, unreadable: list.unreadable)
            }
        }
        routes.on(.post, "/api/v1/cases", .token(.record)) { exchange in try await self.openCase(exchange) }
        routes.on(.get, "/api/v1/cases.ics", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let now = exchange.now
            return Console.calendar(try await self.asking { try Console.feed(of: $0, at: now) })
        }
        routes.on(.get, "/api/v1/cases/:number", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (number, now) = (exchange.parameter("number"), exchange.now)
            return try await self.json { try CaseDetail(Self.file(number, $0), $0, at: now) }
        }
        routes.on(.post, "/api/v1/cases/:number/actions", .token(.record)) { exchange in try await self.act(exchange) }
        routes.on(.post, "/api/v1/cases/:number/assignment", .token(.record)) { exchange in try await self.assign(exchange) }
        routes.on(.get, "/api/v1/cases/:number/dark", .token(.read)) { exchange in try await self.dark(exchange) }
        routes.on(.get, "/api/v1/cases/:number/dark.csv", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (number, now) = (exchange.parameter("number"), exchange.now)
            let (text, identifier) = try await self.asking { estate in
                let file = try Self.file(number, estate)
                return (try DarkList.text(of: file, estate, at: now), file.identifier)
            }
            return Console.csv(text, name: "case-\(identifier)-dark.csv")
        }
        routes.on(.get, "/api/v1/cases/:number/reports/:stage", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (number, text) = (exchange.parameter("number"), exchange.parameter("stage"))
            guard let stage = ReportStage(rawValue: text) else {
                throw Problem.notFound(
                    "There is no report called \(Problem.quoted(text)); there are \(ReportStage.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            return try await self.json { estate in
                let draft = try Self.file(number, estate).draft(of: stage)
                return ReportAnswer(draft: draft, completeness: draft.completeness(), text: draft.text())
            }
        }
    }

    private enum OpenChoice: String, CaseIterable { case `true`, `false` }

    private static func file(_ number: String, _ estate: EstateService) throws -> CaseFile {
        guard let file = try estate.caseFile(number) else { throw Problem.notFound("There is no case \(Problem.quoted(number)).") }
        return file
    }

    private struct OpenRequest: Decodable {
        var kind: CaseKind
        var title: String
        var products: [Product]
        var signal: CaseSignal
        var isDrill: Bool?
        var zone: String?
        var country: String?
        var size: ReportingClock.Size?
        var twoPersonClosing: Bool?
        var owner: String
        var deputy: String?
        var reason: String?

        struct Product: Decodable {
            var product: String
            var versions: [String]?
        }

        static let example =
            #"{"kind": "vulnerability" or "incident", "title": "...", "products": [{"product": "...", "versions": []}], "#
            + #""signal": {"receivedAt": "2026-10-06T12:20:00Z", "source": "...", "text": "..."}, "owner": "..."}"#
    }

    private func openCase(_ exchange: Exchange) async throws -> Response {
        let wanted = try await caseBody(OpenRequest.self, of: exchange, example: OpenRequest.example)
        let request = CaseRequest(
            kind: wanted.kind, title: wanted.title,
            products: wanted.products.map { AffectedProduct(product: $0.product, versions: $0.versions ?? []) },
            signal: wanted.signal,
            isDrill: wanted.isDrill ?? false, zone: wanted.zone ?? "UTC", country: wanted.country, size: wanted.size,
            twoPersonClosing: wanted.twoPersonClosing ?? false, owner: wanted.owner, deputy: wanted.deputy ?? "")
        let (author, now) = (exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        return try await json(status: .created) { estate in
            let number = try estate.openCase(request, by: author, at: now)
            return Opened(number: number, path: CaseFile.path(of: number))
        }
    }

    private struct ActionRequest: Decodable {
        var step: CaseStep
        var reason: String?

        static let example =
            #"{"step": {"declareAware": {"decision": {"since": "2026-10-06T12:20:00Z", "evidence": "...", "criteria": []}}}, "reason": "..."}"#
    }

    private func act(_ exchange: Exchange) async throws -> Response {
        let wanted = try await caseBody(ActionRequest.self, of: exchange, example: ActionRequest.example)
        let (number, author, now) = (exchange.parameter("number"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        let step = wanted.step
        return try await json { CaseSummary(try $0.act(in: number, step, by: author, at: now), at: now) }
    }

    private struct AssignRequest: Decodable {
        var owner: String
        var deputy: String?
        var reason: String?
    }

    private func assign(_ exchange: Exchange) async throws -> Response {
        let wanted = try await caseBody(
            AssignRequest.self, of: exchange, example: #"{"owner": "...", "deputy": "...", "reason": "..."}"#)
        let (number, author, now) = (exchange.parameter("number"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        let (owner, deputy) = (wanted.owner, wanted.deputy ?? "")
        return try await json { estate in
            try estate.assign(number, owner: owner, deputy: deputy, by: author, at: now)
            return CaseSummary(try Self.file(number, estate), at: now)
        }
    }

    private func dark(_ exchange: Exchange) async throws -> Response {
        try exchange.query.allow(only: ["page", "size"])
        let page = try exchange.query.integer("page", in: 1...1_000_000) ?? 1
        let size = try exchange.query.integer("size", in: 1...1_000) ?? 200
        let (number, now) = (exchange.parameter("number"), exchange.now)
        return try await json { estate in
            let items = try Self.file(number, estate).reach.flatMap { reach in
                try estate.darkUnits(of: reach.snapshot, at: now).map { DarkPage.Item(product: reach.product, unit: $0) }
            }
            return DarkPage(
                total: items.count, page: page, size: size, items: Array(items.dropFirst((page - 1) * size).prefix(size)))
        }
    }

    private func caseBody<Value: Decodable>(_ type: Value.Type, of exchange: Exchange, example: String) async throws -> Value {
        try await body(type, of: exchange, example: example, upTo: 1 << 20, within: .seconds(30))
    }
}

extension Problem {
    init(_ error: CaseFileError) {
        let detail = error.description
        switch error {
        case .unknownCase: self = .notFound(detail)
        case .unreadable:
            self.init(.internalServerError, kind: "case-unreadable", title: "The case cannot be read", detail: detail)
        case .action(.outOfTurn), .action(.alreadyRecorded), .action(.notRecorded), .action(.outstanding), .action(.samePerson),
            .action(.stageBefore):
            self.init(.conflict, kind: "case-refused", title: "The case does not take this now", detail: detail)
        case .unknownProduct, .action, .draft, .ownerMissing, .nameTooLong:
            self.init(.unprocessableContent, kind: "case-refused", title: "The case does not take this", detail: detail)
        }
    }
}
