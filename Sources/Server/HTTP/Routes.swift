import Estate
import Hummingbird

/// Which address is answered by whom. Hummingbird's router knows no 405; this one answers it with `Allow`, and takes path
/// parameters apart only after splitting, so that an id may hold a "/".
struct Routes: Sendable {
    /// Who may ask.
    enum Admission: Sendable {
        /// Anybody.
        case open
        /// A bearer token with this scope.
        case token(Permission)
        /// A signed-in browser with this scope.
        case session(Permission)
    }

    typealias Handler = @Sendable (Exchange) async throws -> Response

    struct Endpoint: Sendable {
        var admission: Admission
        var handler: Handler
    }

    struct Route: Sendable {
        /// As declared, for the log.
        var pattern: String
        fileprivate var segments: [String]
        var endpoints: [HTTPRequest.Method: Endpoint]
    }

    private var routes: [Route] = []

    /// - Parameter pattern: "/devices/:id"; a segment that begins with ":" takes any one segment.
    mutating func on(_ method: HTTPRequest.Method, _ pattern: String, _ admission: Admission, _ handler: @escaping Handler) {
        let endpoint = Endpoint(admission: admission, handler: handler)
        if let index = routes.firstIndex(where: { $0.pattern == pattern }) {
            routes[index].endpoints[method] = endpoint
        } else {
            let segments = pattern.split(separator: "/").map(String.init)
            routes.append(Route(pattern: pattern, segments: segments, endpoints: [method: endpoint]))
        }
    }

    /// The route of a path and what its ":" segments took.
    func find(_ segments: [String]) -> (route: Route, captured: [String: String])? {
        for route in routes where route.segments.count == segments.count {
            var captured: [String: String] = [:]
            var fits = true
            for (wanted, came) in zip(route.segments, segments) {
                if wanted.first == ":" {
                    captured[String(wanted.dropFirst())] = came
                } else if wanted != came {
                    fits = false
                    break
                }
            }
            if fits { return (route, captured) }
        }
        return nil
    }

    /// The decoded segments of a request's path.
    static func segments(of path: String) throws(Problem) -> [String] {
        guard path.utf8.first == UInt8(ascii: "/") else { throw .badRequest("The path must begin with \"/\".") }
        if path.utf8.count == 1 { return [] }
        var segments: [String] = []
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = PercentEncoding.decode(part) else {
                throw .badRequest("The path has a broken percent-escape or is not UTF-8; encode it anew.")
            }
            if segment.isEmpty || segment == "." || segment == ".." {
                throw .notFound("There is nothing at this address: it has an empty segment, \".\" or \"..\".")
            }
            if segment.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                throw .badRequest("The path holds a control character; leave it out.")
            }
            segments.append(segment)
        }
        return segments
    }
}
