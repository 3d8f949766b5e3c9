import Estate
import Foundation
import Hummingbird

/// What the estate asks of cards: rehearsals of their backups, and new parameters for their switching policy.
extension API {
    func addWishes(to routes: inout Routes) {
        routes.on(.get, "/api/v1/proofs", .token(.read)) { exchange in
            try exchange.query.allow(only: ["days"])
            let days: Int64 = try exchange.query.integer("days", in: 1...3_650) ?? 30
            let limit = exchange.now.adding(seconds: -days * 86_400)
            return try await self.json { $0.proofs(olderThan: limit) }
        }
        routes.on(.post, "/api/v1/rehearsals", .token(.operate)) { exchange in try await self.rehearse(exchange) }
        routes.on(.post, "/api/v1/devices/:id/policy", .token(.operate)) { exchange in try await self.pushPolicy(exchange) }
    }

    private struct Rehearsals: Decodable {
        var device: String?
        var product: String?
        var olderThanDays: Int64?
        var windowSeconds: Int64?
    }

    private func rehearse(_ exchange: Exchange) async throws -> Response {
        let example = "{\"device\" or \"product\": \"...\", \"olderThanDays\": 30, \"windowSeconds\": 3600}"
        let wanted = try await body(Rehearsals.self, of: exchange, example: example)
        guard wanted.device == nil || wanted.product == nil else {
            throw Problem.badRequest("Name a device or a product, not both.")
        }
        guard wanted.device != nil || wanted.product != nil || wanted.olderThanDays != nil else {
            throw Problem.badRequest("Which devices? Expected \(example), at least one of the first three.")
        }
        var request = RehearsalRequest()
        request.device = wanted.device
        request.filter.product = wanted.product
        if let days = wanted.olderThanDays {
            guard (0...3_650).contains(days) else { throw Problem.badRequest("olderThanDays is from 0 to 3650.") }
            request.provenBefore = exchange.now.adding(seconds: -days * 86_400)
        }
        request.window = wanted.windowSeconds ?? 0
        let (wish, author, now) = (request, exchange.authorship, exchange.now)
        return try await json { try $0.rehearse(wish, by: author, at: now) }
    }

    private struct Push: Decodable { var preset: String }

    private struct Pushed: Encodable { var version: UInt32 }

    private func pushPolicy(_ exchange: Exchange) async throws -> Response {
        let wanted = try await body(Push.self, of: exchange, example: "{\"preset\": \"standard\"}")
        guard let preset = Preset(rawValue: wanted.preset) else {
            throw Problem.badRequest("The preset is one of \(Preset.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let (device, author, now) = (exchange.parameter("id"), exchange.authorship, exchange.now)
        return try await json { Pushed(version: try $0.pushPolicy(preset.parameters, to: device, by: author, at: now)) }
    }
}

extension Problem {
    init(_ error: WishError) {
        switch error {
        case .unknownDevice(let name): self = .notFound("There is no device called \(Problem.quoted(name)).")
        case .noBackup(let name): self = .badRequest("\(Problem.quoted(name)) has no backup that could be rehearsed.")
        case .window(let came, let allowed):
            self = .badRequest("windowSeconds is from \(allowed.lowerBound) to \(allowed.upperBound); \(came) came.")
        case .parameters(let problem): self = .badRequest("A card would refuse these parameters: \(problem).")
        case .noHigherVersion: self = .badRequest("The card has reported the highest policy version that there is.")
        }
    }
}
