import Estate
import Hummingbird
import Regulation

/// What is said about networks as a whole: whose core carries an operator, who made it, and how an APN is exposed.
extension API {
    func addNetworks(to routes: inout Routes) {
        routes.on(.get, "/api/v1/networks", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            return try await self.json { try $0.networkFacts() }
        }
        routes.on(.put, "/api/v1/networks/operators/:plmn", .token(.record)) { exchange in
            let wanted = try await self.fact(
                CoreStatement.self, of: exchange,
                example: "{\"carrier\": \"262-01\", \"vendor\": \"...\", \"reason\": \"...\"}; what is left out is taken back")
            let (plmn, author, now) = (exchange.parameter("plmn"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
            return try await self.say {
                try $0.sayCore(of: plmn, carrier: wanted.carrier, vendor: wanted.vendor, by: author, at: now)
            }
        }
        routes.on(.put, "/api/v1/networks/apns/:apn", .token(.record)) { exchange in
            let wanted = try await self.fact(
                ExposureStatement.self, of: exchange,
                example: "{\"exposure\": \"public\", \"private\" or \"unknown\", \"reason\": \"...\"}")
            let (apn, author, now) = (exchange.parameter("apn"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
            return try await self.say { try $0.sayExposure(of: apn, wanted.exposure, by: author, at: now) }
        }
    }

    private struct CoreStatement: Decodable, Sendable {
        /// The PLMN or the name of the operator whose core it is; its own PLMN for its own.
        var carrier: String?
        var vendor: String?
        var reason: String?
    }

    private struct ExposureStatement: Decodable, Sendable {
        var exposure: Exposure
        var reason: String?
    }

    private func fact<Value: Decodable>(_ type: Value.Type, of exchange: Exchange, example: String) async throws -> Value {
        try exchange.query.allow(only: [])
        guard exchange.mediaType == "application/json" else {
            throw Problem(.unsupportedMediaType, detail: "Send application/json: \(example).")
        }
        let body = try await exchange.body(upTo: 16_384, within: .seconds(15))
        guard let value = try? JSON.decode(type, from: body) else { throw Problem.badRequest("Expected \(example).") }
        return value
    }

    /// Answers with everything that is said then.
    private func say(_ body: @escaping @Sendable (EstateService) throws -> Void) async throws -> Response {
        try await json { estate in
            do { try body(estate) } catch let error as NetworkFactError { throw Problem(error) }
            return try estate.networkFacts()
        }
    }
}
