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
            let wanted = try await self.body(
                CoreStatement.self, of: exchange,
                example: "{\"carrier\": \"262-01\", \"vendor\": \"...\", \"reason\": \"...\"}; what is left out is taken back",
                upTo: 16_384)
            let (plmn, author, now) = (exchange.parameter("plmn"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
            return try await self.say {
                try $0.sayCore(of: plmn, carrier: wanted.carrier, vendor: wanted.vendor, by: author, at: now)
            }
        }
        routes.on(.put, "/api/v1/networks/apns/:apn", .token(.record)) { exchange in
            let wanted = try await self.body(
                ExposureStatement.self, of: exchange,
                example: "{\"exposure\": \"public\", \"private\" or \"unknown\", \"reason\": \"...\"}", upTo: 16_384)
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

    /// Answers with everything that is said then.
    private func say(_ body: @escaping @Sendable (EstateService) throws -> Void) async throws -> Response {
        try await json { estate in
            try body(estate)
            return try estate.networkFacts()
        }
    }
}
