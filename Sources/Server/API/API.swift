import Estate
import Foundation
import Hummingbird
import NIOPosix

/// The JSON API under `/api/v1`. Instants are integers: milliseconds since 1970-01-01T00:00:00Z.
struct API: Sendable {
    let estate: EstateService
    let threads: NIOThreadPool
    /// Bytes that an import may have.
    let importLimit: Int

    func add(to routes: inout Routes) {
        routes.on(.get, "/api/v1/healthz", .open) { exchange in try await self.health(exchange) }
        routes.on(.get, "/api/v1/overview", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            return try await self.json { try $0.overview(at: exchange.now) }
        }
        routes.on(.get, "/api/v1/devices", .token(.read)) { exchange in
            try exchange.query.allow(only: DeviceSearch.parameters)
            let query = try DeviceSearch.strict(exchange.query)
            return try await self.json { try $0.devices(query, at: exchange.now) }
        }
        routes.on(.get, "/api/v1/devices/:id", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let id = exchange.parameter("id")
            return try await self.json { estate in
                guard let device = try estate.device(id, at: exchange.now) else {
                    throw Problem.notFound("There is no device called \(Problem.quoted(id)).")
                }
                return device
            }
        }
        routes.on(.get, "/api/v1/slices", .token(.read)) { exchange in
            try exchange.query.allow(only: DeviceSearch.filters)
            let filter = try DeviceSearch.strict(exchange.query).filter
            return try await self.json { try $0.slice(filter, at: exchange.now) }
        }
        routes.on(.get, "/api/v1/operators", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            return try await self.json { Listing(items: try $0.operators(at: exchange.now)) }
        }
        routes.on(.get, "/api/v1/events", .token(.read)) { exchange in
            try exchange.query.allow(only: ["after", "limit"])
            let after: Int64 = try exchange.query.integer("after", in: 0...Int64.max) ?? 0
            let limit = try exchange.query.integer("limit", in: 1...1_000) ?? 100
            return try await self.json { Listing(items: try $0.events(after: after, limit: limit)) }
        }
        routes.on(.get, "/api/v1/outages", .token(.read)) { exchange in
            try exchange.query.allow(only: ["open", "limit"])
            let open = try exchange.query.choice("open", of: Choice.self).map { $0 == .true }
            let limit = try exchange.query.integer("limit", in: 1...200) ?? 50
            return try await self.json { Listing(items: try $0.outages(limit: limit, open: open)) }
        }
        addWishes(to: &routes)
        addProducts(to: &routes)
        addNetworks(to: &routes)
        addCases(to: &routes)
        addEvidencePacks(to: &routes)
        routes.on(.post, "/api/v1/import", .token(.operate)) { exchange in try await self.importInventory(exchange) }
        routes.on(.get, "/api/v1/tokens", .token(.administer)) { exchange in
            try exchange.query.allow(only: [])
            return try await self.json { Listing(items: try $0.access.tokens()) }
        }
        routes.on(.post, "/api/v1/tokens", .token(.administer)) { exchange in try await self.issueToken(exchange) }
        routes.on(.post, "/api/v1/sign-in-links", .token(.administer)) { exchange in try await self.issueSignInLink(exchange) }
        routes.on(.delete, "/api/v1/tokens/:id", .token(.administer)) { exchange in try await self.revokeToken(exchange) }
    }

    private enum Choice: String, CaseIterable { case `true`, `false` }

    private struct HealthReport: Encodable {
        /// "ok", or "degraded" where the ledger is broken: devices are answered, changes are refused.
        var status: String
        /// "broken"; absent while it is not.
        var ledger: String?

        init(_ standing: LedgerStanding) {
            status = standing.isWhole ? "ok" : "degraded"
            ledger = standing.isWhole ? nil : "broken"
        }
    }

    private func health(_ exchange: Exchange) async throws -> Response {
        let estate = estate
        // A cheap read that goes through the store: a server whose database is gone is not healthy.
        do {
            _ = try await threads.runIfActive { try estate.latestEvents(limit: 1) }
        } catch {
            throw Problem.later(.serviceUnavailable, seconds: 5, detail: "The store does not answer.")
        }
        return try .json(HealthReport(estate.ledgerStanding))
    }
}

extension API {
    private func importInventory(_ exchange: Exchange) async throws -> Response {
        try exchange.query.allow(only: [])
        let format: ImportFormat
        switch exchange.mediaType {
        case "text/csv": format = .csv
        case "application/json": format = .json
        default:
            throw Problem(
                .unsupportedMediaType, detail: "An import is sent as text/csv or application/json; set Content-Type to one of them."
            )
        }
        let body = try await exchange.body(upTo: importLimit, within: .seconds(120))
        let estate = estate
        let (author, now) = (exchange.authorship, exchange.now)
        let report = try await threads.runIfActive {
            try estate.importInventory(Array(body.readableBytesView), format: format, by: author, at: now)
        }
        return try .json(report)
    }

    private struct AccessRequest: Decodable {
        var name: String
        var role: String
        /// Why, for the ledger.
        var reason: String?

        static let example =
            "{\"name\": \"...\", \"role\": one of \(Role.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))}"
    }

    private func accessRequest(_ exchange: Exchange) async throws -> (wanted: AccessRequest, role: Role) {
        let wanted = try await body(AccessRequest.self, of: exchange, example: AccessRequest.example)
        guard let role = Role(rawValue: wanted.role) else { throw Problem.badRequest("Expected \(AccessRequest.example).") }
        return (wanted, role)
    }

    private struct TokenAnswer: Encodable {
        var id: Int64
        var token: String
    }

    private func issueToken(_ exchange: Exchange) async throws -> Response {
        let (wanted, role) = try await accessRequest(exchange)
        let access = estate.access
        let (author, now) = (exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        do {
            let issued = try await threads.runIfActive {
                try access.issueToken(name: wanted.name, role: role, by: author, at: now)
            }
            return try .json(TokenAnswer(id: issued.id, token: issued.token), status: .created)
        } catch let error as AccessError {
            throw Problem.badRequest("The name does not do: \(error).")
        }
    }

    private struct LinkAnswer: Encodable {
        var path: String
        var validSeconds: Int64
    }

    /// A running server is the estate's one owner: it alone can let another browser in.
    private func issueSignInLink(_ exchange: Exchange) async throws -> Response {
        let (wanted, role) = try await accessRequest(exchange)
        let access = estate.access
        let (author, now) = (exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        let validSeconds: Int64 = 600
        do {
            let code = try await threads.runIfActive {
                try access.issueSignInLink(name: wanted.name, role: role, validFor: validSeconds, by: author, at: now)
            }
            return try .json(LinkAnswer(path: "/sign-in?code=\(code)", validSeconds: validSeconds), status: .created)
        } catch let error as AccessError {
            throw Problem.badRequest("The name does not do: \(error).")
        }
    }

    private func revokeToken(_ exchange: Exchange) async throws -> Response {
        guard let id = Int64(exchange.parameter("id")) else { throw Problem.badRequest("A token's id is a whole number.") }
        let access = estate.access
        let (author, now) = (exchange.authorship(reason: exchange.query.text("reason") ?? ""), exchange.now)
        guard try await threads.runIfActive({ try access.revokeToken(id: id, by: author, at: now) }) else {
            throw Problem.notFound("There is no token with the id \(id), or it is revoked already.")
        }
        return Response(status: .noContent)
    }
}
