import Estate
import Hummingbird
import NIOCore

/// One request with everything about it that is known once it was let in.
struct Exchange: Sendable {
    let request: Request
    /// When it was taken up; the one "now" of its answer.
    let now: UTCInstant
    /// What the route's ":" segments took.
    let captured: [String: String]
    let query: Query
    /// The peer's IP address.
    let peer: String
    let caller: Caller?

    /// A path parameter; the route table sees to it that it is there.
    func parameter(_ name: String) -> String { captured[name] ?? "" }

    /// Who changes something with it, for the record.
    var authorship: Authorship { authorship(reason: "") }

    func authorship(reason: String) -> Authorship { Authorship(caller?.principal.name ?? "nobody", reason: reason) }
}

/// Who was let in, and by what.
struct Caller: Sendable {
    var principal: Principal
    /// The session's secret, when a browser asks: the seal of forms is made from it.
    var session: String?
}

extension Exchange {
    /// The whole body, within a limit of bytes and of time.
    func body(upTo limit: Int, within time: Duration) async throws -> ByteBuffer {
        if let declared = request.headers[.contentLength].flatMap({ Int($0) }), declared > limit {
            throw Problem.tooLarge(limit: limit)
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask {
                var whole = ByteBuffer()
                for try await part in body {
                    if whole.readableBytes + part.readableBytes > limit { throw Problem.tooLarge(limit: limit) }
                    whole.writeImmutableBuffer(part)
                }
                return whole
            }
            group.addTask {
                try await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let whole = first else {
                var problem = Problem(
                    .requestTimeout, detail: "The body did not arrive within \(time.components.seconds) s; send it faster.")
                problem.closesConnection = true
                throw problem
            }
            return whole
        }
    }

    /// A form's fields (`application/x-www-form-urlencoded`).
    func form() async throws -> Query {
        guard mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, detail: "A form is sent as application/x-www-form-urlencoded.")
        }
        let bytes = try await body(upTo: 8_192, within: .seconds(15))
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw Problem.badRequest("The form is not UTF-8.")
        }
        return try Query(text)
    }

    /// The body's media type without parameters, in lower case.
    var mediaType: String? {
        request.headers[.contentType].map {
            String($0.prefix { $0 != ";" }).trimmingPrefix(" ").lowercased().filter { $0 != " " }
        }
    }
}
