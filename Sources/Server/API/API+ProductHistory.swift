import Estate
import Hummingbird
import Regulation

/// What a product is, its updates, and the screens of changes to it, as programs note them. Each answers with what follows.
extension API {
    func addProductHistory(to routes: inout Routes) {
        routes.on(.post, "/api/v1/products/:name/kind", .token(.record)) { exchange in
            let wanted = try await self.recordBody(
                KindChange.self, of: exchange, example: #"{"kind": "device" or "standaloneSoftware", "reason": "..."}"#)
            return try await self.product(exchange, reason: wanted.reason) { estate, name, author, now in
                try estate.setKind(wanted.kind, of: name, by: author, at: now)
            }
        }
        routes.on(.post, "/api/v1/products/:name/updates", .token(.record)) { exchange in
            let wanted = try await self.recordBody(
                Update.self, of: exchange, example: #"{"id": "1.4.2", "issued": "2028-07-01", "reason": "..."}"#)
            let update = IssuedUpdate(id: try Self.identifier(wanted.id), issued: wanted.issued)
            return try await self.product(exchange, reason: wanted.reason) { estate, name, author, now in
                try estate.noteUpdate(update, of: name, by: author, at: now)
            }
        }
        routes.on(.post, "/api/v1/products/:name/updates/remove", .token(.record)) { exchange in
            let wanted = try await self.recordBody(
                Removal.self, of: exchange, example: #"{"id": "1.4.2", "reason": "noted for the wrong product"}"#)
            return try await self.product(exchange, reason: wanted.reason) { estate, name, author, now in
                try estate.removeUpdate(wanted.id, of: name, by: author, at: now)
            }
        }
        routes.on(.post, "/api/v1/products/:name/modifications", .token(.record)) { exchange in
            let wanted = try await self.recordBody(
                Change.self, of: exchange,
                example: #"{"id": "5G radio", "day": "2028-07-01", "groups": ["2026 batch"], "reason": "..."}"#)
            let id = try Self.identifier(wanted.id)
            return try await self.screen(id, exchange, reason: wanted.reason) { estate, name, author, now in
                try estate.noteModification(id: id, on: wanted.day, groups: wanted.groups, of: name, by: author, at: now)
            }
        }
        routes.on(.get, "/api/v1/products/:name/modifications/:change", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            return try await self.screen(exchange.parameter("change"), exchange, reason: nil) { _, _, _, _ in }
        }
        routes.on(.post, "/api/v1/products/:name/modifications/:change", .token(.record)) { exchange in
            let given = try await self.recordBody(
                Given.self, of: exchange, example: #"{"question": "M1", "answer": "manufacturer", "note": "..."}"#)
            let id = exchange.parameter("change")
            return try await self.screen(id, exchange, reason: given.note) { estate, name, author, now in
                try estate.answerModification(
                    id, of: name, question: given.question, value: AnswerValue(code: given.answer), note: given.note ?? "",
                    by: author, at: now)
            }
        }
    }

    private struct KindChange: Decodable {
        var kind: ProductHistory.Kind
        var reason: String?
    }

    private struct Update: Decodable {
        var id: String
        var issued: Day
        var reason: String?
    }

    private struct Removal: Decodable {
        var id: String
        var reason: String
    }

    private struct Change: Decodable {
        var id: String
        var day: Day
        var groups: [String]
        var reason: String?
    }

    /// A change with its screen.
    private struct Screen: Encodable, Sendable {
        var modification: Modification
        var screen: Product.Inquiry<ModificationResult>
    }

    private typealias Edit = @Sendable (EstateService, String, Authorship, UTCInstant) throws -> Void

    /// Changes a product's record and answers with the product.
    private func product(_ exchange: Exchange, reason: String?, _ edit: @escaping Edit) async throws -> Response {
        let (name, now, author) = (exchange.parameter("name"), exchange.now, exchange.authorship(reason: reason ?? ""))
        return try await json { estate in
            try edit(estate, name, author, now)
            return Product(try Self.product(name, estate, at: now), on: now.day)
        }
    }

    /// Changes a product's record and answers with one of its changes and what is asked about it next.
    private func screen(_ id: String, _ exchange: Exchange, reason: String?, _ edit: @escaping Edit) async throws -> Response {
        let (name, now, author) = (exchange.parameter("name"), exchange.now, exchange.authorship(reason: reason ?? ""))
        return try await json { estate in
            try edit(estate, name, author, now)
            let record = try Self.product(name, estate, at: now).record
            guard let modification = record.history.modifications.first(where: { $0.id == id }) else {
                throw ProductError.unknownModification(id)
            }
            let inquiry = try ModificationInquiry(answers: record.modificationAnswers[id] ?? [])
            return Screen(
                modification: modification,
                screen: Product.Inquiry(answers: inquiry.answers, next: inquiry.next, result: inquiry.result))
        }
    }

    /// A name that can stand in an address and in a list with commas.
    private static func identifier(_ text: String) throws(Problem) -> String {
        guard (1...120).contains(text.utf8.count), !text.contains(","), text != ".", text != "..",
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw Problem(
                .unprocessableContent,
                detail: "An id has 1 to 120 bytes, no comma and no control character, and is not made of dots alone.")
        }
        return text
    }
}
