import Estate
import Hummingbird
import NIOPosix

/// Lets callers in: bearer tokens for the API, session cookies for the console.
struct Doorkeeper: Sendable {
    /// The name of the session's cookie.
    static let cookie = "holdfast_session"
    /// Longest secret that is looked up at all; real ones have 46 bytes.
    static let secretLimit = 128

    let access: Access
    let threads: NIOThreadPool
    let throttle: Throttle

    /// - Throws: ``Problem`` 401 (who are you), 403 (not with this role, or not from this page), 429 (too many wrong secrets).
    func admit(_ request: Request, to admission: Routes.Admission, peer: String, at now: UTCInstant) async throws -> Caller? {
        switch admission {
        case .open: return nil
        case .token(let permission): return try await admitToken(request, permission, peer, now)
        case .session(let permission): return try await admitSession(request, permission, now)
        }
    }

    private func admitToken(_ request: Request, _ permission: Permission, _ peer: String, _ now: UTCInstant) async throws -> Caller
    {
        guard let field = request.headers[.authorization] else {
            throw Problem.unauthorized("Send a token: \"Authorization: Bearer hf_...\". `holdfast token` issues one.")
        }
        let parts = field.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem.unauthorized("The Authorization field must be \"Bearer\", a space, and a token.")
        }
        let token = String(parts[1])
        let access = access
        let principal =
            token.utf8.count > Self.secretLimit ? nil : try await threads.runIfActive { try access.check(token: token, at: now) }
        guard let principal else {
            try throttle.failed(peer, at: now)
            throw Problem.unauthorized("This token is not known, or it was revoked.")
        }
        guard principal.may(permission) else {
            throw Problem(
                .forbidden,
                detail: "This token has the role \(principal.role.rawValue); this needs the role \(Role.having(permission)).")
        }
        return Caller(principal: principal)
    }

    private func admitSession(_ request: Request, _ permission: Permission, _ now: UTCInstant) async throws -> Caller {
        guard let secret = Self.session(of: request), secret.utf8.count <= Self.secretLimit else {
            throw Problem(.unauthorized, detail: "Sign in first: open a sign-in link. The server prints one when it starts.")
        }
        let access = access
        guard let principal = try await threads.runIfActive({ try access.session(secret, at: now) }) else {
            throw Problem(.unauthorized, detail: "The session has ended. Open a new sign-in link.")
        }
        guard principal.may(permission) else {
            throw Problem(
                .forbidden,
                detail: "You are signed in as \(principal.role.rawValue); this needs the role \(Role.having(permission)).")
        }
        if request.method != .get, request.method != .head { try CrossSite.refuse(request) }
        return Caller(principal: principal, session: secret)
    }

    /// The session's secret as the browser sent it.
    static func session(of request: Request) -> String? {
        for field in request.headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0].drop(while: { $0 == " " }) == cookie { return String(parts[1]) }
            }
        }
        return nil
    }
}
