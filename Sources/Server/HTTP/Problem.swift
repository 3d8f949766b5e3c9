import Estate
import Foundation
import Hummingbird

/// What went wrong with a request, as problem details (RFC 9457). Every error of the API leaves the server in this form.
public struct Problem: Error, Equatable, Sendable {
    /// One thing to mend, for requests in which several can be wrong at once (an import).
    public struct Issue: Equatable, Codable, Sendable {
        /// Where: "line 4" (CSV), a JSON pointer ("/devices/3"), or "file".
        public var place: String
        /// The CSV column or JSON key.
        public var field: String?
        /// What was expected and what came.
        public var problem: String
        /// What to do about it.
        public var remedy: String
    }

    public var status: HTTPResponse.Status
    /// The last part of the `type` URN, e.g. "import-refused". Nil: "about:blank", the status says it all.
    public var kind: String?
    /// A short title that doesn't change from one occurrence to the next.
    public var title: String
    /// What the sender should mend.
    public var detail: String
    public var issues: [Issue] = []
    /// Whether there were more issues than are listed.
    public var moreIssues = false
    /// Header fields that go with the status (`Allow`, `Retry-After`, `WWW-Authenticate`).
    public var headers: HTTPFields = [:]
    /// Whether the connection must end after this answer, because the rest of the request was not read.
    public var closesConnection = false

    public init(_ status: HTTPResponse.Status, kind: String? = nil, title: String? = nil, detail: String) {
        self.status = status
        self.kind = kind
        self.title = title ?? status.reasonPhrase
        self.detail = detail
    }

    /// 400: the request itself must be mended.
    static func badRequest(_ detail: String) -> Problem { Problem(.badRequest, detail: detail) }

    /// 404.
    static func notFound(_ detail: String) -> Problem { Problem(.notFound, detail: detail) }

    /// 405 with the methods that the address knows.
    static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, detail: "\(Self.quoted(method.rawValue)) is not known here; use \(names).")
        problem.headers[.allow] = names
        return problem
    }

    /// 401 for the API.
    static func unauthorized(_ detail: String) -> Problem {
        var problem = Problem(.unauthorized, detail: detail)
        problem.headers[.wwwAuthenticate] = "Bearer realm=\"holdfast\""
        return problem
    }

    /// 413.
    static func tooLarge(limit: Int) -> Problem {
        var problem = Problem(
            .contentTooLarge, detail: "The body may have \(limit) bytes at most; split it or leave out what is not needed.")
        problem.closesConnection = true
        return problem
    }

    /// 429 and 503 tell when to come back.
    static func later(_ status: HTTPResponse.Status, seconds: Int, detail: String) -> Problem {
        var problem = Problem(status, detail: detail)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    /// Text from outside as it may be quoted in an answer: short, and without control characters.
    static func quoted(_ text: some StringProtocol) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(60) {
            kept.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
        }
        return "\"\(String(kept))\(text.unicodeScalars.dropFirst(60).isEmpty ? "" : "…")\""
    }
}

extension Problem {
    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String?
        var issues: [Issue]?
        var moreIssues: Bool?
    }

    /// The answer as `application/problem+json`.
    /// - Parameter instance: the path that was asked for, without its query, which may hold secrets.
    func response(instance: String?) -> Response {
        let body = Body(
            type: kind.map { "urn:holdfast:problem:\($0)" } ?? "about:blank", title: title, status: status.code, detail: detail,
            instance: instance, issues: issues.isEmpty ? nil : issues, moreIssues: moreIssues ? true : nil)
        let bytes = (try? JSON.encode(body)) ?? ByteBuffer()
        var fields = headers
        fields[.contentType] = "application/problem+json"
        return Response(status: status, headers: fields, body: .init(byteBuffer: bytes))
    }
}

extension Problem {
    /// An import that was refused: nothing was changed, and this is what to mend.
    init(_ errors: ImportErrors) {
        let count = "\(errors.more ? "at least " : "")\(Words.count(errors.issues.count, "issue", "issues"))"
        self.init(
            .badRequest, kind: "import-refused", title: "Import refused",
            detail: "Nothing was imported: \(count) to mend. See \"issues\".")
        moreIssues = errors.more
        issues = errors.issues.map { issue in
            let place =
                switch issue.place {
                case .line(let line): "line \(line)"
                case .pointer(let pointer): pointer
                case .file: "file"
                }
            return Issue(place: place, field: issue.field, problem: issue.problem, remedy: issue.remedy)
        }
    }
}
