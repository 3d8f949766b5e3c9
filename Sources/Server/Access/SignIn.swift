import Estate
import Foundation
import Hummingbird
import NIOPosix

/// Signing in by a one-time link, and out.
struct SignIn: Sendable {
    let access: Access
    let threads: NIOThreadPool
    let throttle: Throttle
    let seal: FormSeal
    let pages: Pages
    /// Whether the cookie is only for TLS: right when a proxy in front speaks it.
    let secureCookies: Bool

    func add(to routes: inout Routes) {
        routes.on(.get, "/sign-in", .open) { exchange in try await self.page(exchange) }
        routes.on(.post, "/sign-in", .open) { exchange in try await self.redeem(exchange) }
        routes.on(.post, "/sign-out", .session(.read)) { exchange in try await self.signOut(exchange) }
    }

    /// The link itself changes nothing: mail scanners and previews open links too, and would use it up.
    private func page(_ exchange: Exchange) async throws -> Response {
        .html(pages.signIn(code: exchange.query.text("code"), refused: false))
    }

    private func redeem(_ exchange: Exchange) async throws -> Response {
        try CrossSite.refuse(exchange.request)
        let form = try await exchange.form()
        let now = exchange.now
        let access = access
        guard let code = form.text("code"), code.utf8.count <= Doorkeeper.secretLimit,
            let session = try await threads.runIfActive({ try access.redeem(code: code, at: now) })
        else {
            try throttle.failed(exchange.peer, at: now)
            return .html(pages.signIn(code: nil, refused: true), status: .forbidden)
        }
        var response = Response.seeOther("/")
        response.headers[.setCookie] = cookie(session.secret, seconds: max(0, (session.expires - now) / 1_000))
        return response
    }

    private func signOut(_ exchange: Exchange) async throws -> Response {
        try seal.check(try await exchange.form(), of: exchange.caller)
        if let session = exchange.caller?.session {
            let access = access
            let now = exchange.now
            try await threads.runIfActive { try access.endSession(session, at: now) }
        }
        var response = Response.seeOther("/sign-in")
        response.headers[.setCookie] = cookie("", seconds: 0)
        return response
    }

    private func cookie(_ value: String, seconds: Int64) -> String {
        "\(Doorkeeper.cookie)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secureCookies ? "; Secure" : "")"
    }
}
