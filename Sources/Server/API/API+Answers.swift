import Estate
import Hummingbird
import NIOCore

/// What every endpoint does with what comes in and goes out.
extension API {
    /// Lists are objects, so that something can be said beside the items later.
    struct Listing<Item: Encodable & Sendable>: Encodable, Sendable { var items: [Item] }

    /// Reads from the estate, or changes it, off the event loops, and answers with what came. What the estate refuses becomes a problem.
    func json<Value: Encodable & Sendable>(
        status: HTTPResponse.Status = .ok, _ body: @escaping @Sendable (EstateService) throws -> Value
    ) async throws -> Response {
        let bytes = try await asking { try JSON.encode(try body($0)) }
        return Response(status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: bytes))
    }

    /// Asks the estate off the event loops. What it refuses becomes a problem.
    func asking<Value: Sendable>(_ body: @escaping @Sendable (EstateService) throws -> Value) async throws -> Value {
        let estate = estate
        do {
            return try await threads.runIfActive { try body(estate) }
        } catch let error as any Refusal {
            throw error.problem
        }
    }

    /// The body as JSON.
    ///
    /// - Parameters:
    ///   - example: what was expected, for who sent something else.
    ///   - limit: bytes.
    func body<Value: Decodable>(
        _ type: Value.Type, of exchange: Exchange, example: String, upTo limit: Int = 4_096, within time: Duration = .seconds(15)
    ) async throws -> Value {
        try exchange.query.allow(only: [])
        guard exchange.mediaType == "application/json" else {
            throw Problem(.unsupportedMediaType, detail: "Send application/json: \(example).")
        }
        let body = try await exchange.body(upTo: limit, within: time)
        guard let value = try? JSON.decode(type, from: body) else { throw Problem.badRequest("Expected \(example).") }
        return value
    }
}

/// An error of the estate of which its sender is told.
protocol Refusal: Error {
    var problem: Problem { get }
}

extension CaseFileError: Refusal {
    var problem: Problem { Problem(self) }
}

extension ProductError: Refusal {
    var problem: Problem { Problem(self) }
}

extension WishError: Refusal {
    var problem: Problem { Problem(self) }
}

extension NetworkFactError: Refusal {
    var problem: Problem { Problem(self) }
}
