import Estate
import Foundation
import Hummingbird
import Logging
import NIOCore

/// What Hummingbird knows of a connection before the request is looked at.
struct Visit: InitializableFromSource, Sendable {
    let peer: String
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
        self.init(peer: source.channel.remoteAddress?.ipAddress ?? "unknown", logger: source.logger)
    }

    init(peer: String, logger: Logger) {
        self.peer = peer
        self.logger = logger
    }
}

/// Everything that is served over HTTP: finds the route, lets the caller in or not, and turns every error into an answer.
/// It needs no socket, so that tests ask it directly.
struct Site: HTTPResponder {
    typealias Context = Visit

    /// Bytes of path and query together.
    static let targetLimit = 2_048

    let routes: Routes
    let doorkeeper: Doorkeeper
    let clock: @Sendable () -> UTCInstant
    /// The error page of a browser; nil for who asks for something else than HTML.
    let errorPage: @Sendable (Problem) -> String

    func respond(to request: Request, context: Visit) async -> Response {
        var pattern = "-"
        do throws(Refusal) {
            var response = try await answer(request, context, &pattern)
            harden(&response, forAPI: isAPI(request))
            context.logger.debug(
                "answered", metadata: ["method": "\(request.method)", "route": "\(pattern)", "status": "\(response.status.code)"])
            return response
        } catch {
            let problem = problem(for: error.cause, pattern: pattern, context)
            context.logger.debug(
                "refused",
                metadata: [
                    "method": "\(Problem.quoted(request.method.rawValue))", "route": "\(pattern)",
                    "status": "\(problem.status.code)",
                ])
            var response = rendered(problem, for: request)
            harden(&response, forAPI: isAPI(request))
            return response
        }
    }

    /// Any error on its way to becoming an answer.
    private struct Refusal: Error {
        var cause: any Error
    }

    private func answer(_ request: Request, _ context: Visit, _ pattern: inout String) async throws(Refusal) -> Response {
        do {
            if request.uri.string.utf8.count > Self.targetLimit {
                var problem = Problem(
                    .uriTooLong, detail: "Path and query may have \(Self.targetLimit) bytes together; shorten them.")
                problem.closesConnection = true
                throw problem
            }
            let segments = try Routes.segments(of: request.uri.path)
            guard let (route, captured) = routes.find(segments) else {
                throw Problem.notFound("There is nothing at this address.")
            }
            pattern = route.pattern
            // HEAD is GET without the body; what streams has no HEAD.
            let wanted = request.method == .head ? .get : request.method
            guard let endpoint = route.endpoints[wanted] else {
                var allowed = Array(route.endpoints.keys)
                if allowed.contains(.get) { allowed.append(.head) }
                throw Problem.methodNotAllowed(request.method, allowed: allowed)
            }
            let now = clock()
            let caller = try await doorkeeper.admit(request, to: endpoint.admission, peer: context.peer, at: now)
            let exchange = Exchange(
                request: request, now: now, captured: captured, query: try Query(request.uri.query ?? ""), peer: context.peer,
                caller: caller)
            let response = try await endpoint.handler(exchange)
            return request.method == .head ? response.createHeadResponse() : response
        } catch {
            throw Refusal(cause: error)
        }
    }

    private func problem(for error: any Error, pattern: String, _ context: Visit) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let errors as ImportErrors: return Problem(errors)
        case EstateError.ledgerBroken(let fault):
            return Problem(
                .serviceUnavailable, kind: "ledger-broken", title: "The ledger is broken", detail: "Nothing was changed: \(fault).")
        default:
            // The text of the error goes to the operator's log, not to the sender; the number joins the two.
            let incident = String(UInt32.random(in: .min ... .max), radix: 16)
            context.logger.error(
                "request failed", metadata: ["route": "\(pattern)", "incident": "\(incident)", "error": "\(error)"])
            return Problem(
                .internalServerError,
                detail:
                    "The server failed to answer; nothing is wrong with the request. Its log tells why under incident \(incident).")
        }
    }

    private func isAPI(_ request: Request) -> Bool { request.uri.path.hasPrefix("/api/") }

    private func rendered(_ problem: Problem, for request: Request) -> Response {
        var response: Response
        if !isAPI(request), request.headers[.accept]?.contains("text/html") == true {
            if problem.status == .unauthorized, request.method == .get {
                response = Response(status: .seeOther, headers: [.location: "/sign-in"])
            } else {
                var fields = problem.headers
                fields[.contentType] = "text/html; charset=utf-8"
                response = Response(
                    status: problem.status, headers: fields, body: .init(byteBuffer: ByteBuffer(string: errorPage(problem))))
            }
        } else {
            response = problem.response(instance: request.uri.path)
        }
        if request.method == .head { response = response.createHeadResponse() }
        if problem.closesConnection { response = response.closingConnection() }
        return response
    }

    /// The header fields that every answer carries.
    private func harden(_ response: inout Response, forAPI: Bool) {
        response.headers[.contentSecurityPolicy] =
            forAPI ? "default-src 'none'; frame-ancestors 'none'" : Self.contentSecurityPolicy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.xFrameOptions] = "DENY"
        // Not "no-referrer": with it browsers send "Origin: null" with our own forms.
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }

    /// Nothing from elsewhere, nothing inline.
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

extension Response {
    /// The same answer, after which the connection ends: what remains of the request is not read.
    fileprivate func closingConnection() -> Response {
        let body = self.body
        var fields = headers
        fields[.connection] = "close"
        return Response(
            status: status, headers: fields,
            body: ResponseBody(contentLength: body.contentLength) { writer in
                try await body.write(writer)
                // Throwing is how Hummingbird is told to end a connection.
                throw ConnectionEnds()
            })
    }

    private struct ConnectionEnds: Error {}

    /// A page.
    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A value as JSON.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: try JSON.encode(value)))
    }

    /// Sends a browser on after a form.
    static func seeOther(_ path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }
}
