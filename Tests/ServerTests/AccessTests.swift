import Foundation
import Testing

@testable import Server

@Suite("Access") struct AccessTests {
    @Test("to the API takes a token that is known and may")
    func tokens() async throws {
        try await withHouse { house in
            let none = try await house.ask("GET", "/api/v1/overview")
            #expect(none.status == 401)
            #expect(none.header("WWW-Authenticate") == "Bearer realm=\"holdfast\"")
            for field in [
                "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a b", "Bearer hf_wrong",
                "Bearer \(String(repeating: "x", count: 9_000))",
            ] {
                #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": field]).status == 401)
            }
            let read = try house.token(.viewer)
            #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "bearer \(read)"]).status == 200)
            let refused = try await house.ask(
                "POST", "/api/v1/import", headers: ["Authorization": "Bearer \(read)", "Content-Type": "text/csv"])
            #expect(refused.status == 403)
            #expect((refused["detail"] as? String)?.contains("operator or administrator") == true)
            // A browser's session is no key to the API, whose requests other sites could forge.
            #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Cookie": try house.signIn()]).status == 401)
        }
    }

    @Test("through the API issues tokens and revokes them")
    func issuing() async throws {
        try await withHouse { house in
            let headers = ["Authorization": "Bearer \(try house.token(.administrator))", "Content-Type": "application/json"]
            let issued = try await house.ask(
                "POST", "/api/v1/tokens", headers: headers, body: #"{"name": "dashboards", "role": "viewer"}"#)
            #expect(issued.status == 201)
            let token = try #require(issued["token"] as? String)
            let id = try #require(issued["id"] as? Int)
            #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer \(token)"]).status == 200)
            let list = try await house.ask("GET", "/api/v1/tokens", headers: headers)
            #expect(list.text.contains("dashboards"))
            #expect(!list.text.contains(token))
            #expect(try await house.ask("DELETE", "/api/v1/tokens/\(id)", headers: headers).status == 204)
            #expect(try await house.ask("DELETE", "/api/v1/tokens/\(id)", headers: headers).status == 404)
            #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer \(token)"]).status == 401)
            for body in [
                "", "{", "[]", "{}", #"{"name": 1, "role": "viewer"}"#, #"{"name": "x", "role": "all"}"#,
                #"{"name": "", "role": "viewer"}"#,
            ] {
                #expect(try await house.ask("POST", "/api/v1/tokens", headers: headers, body: body).status == 400)
            }
        }
    }

    @Test("that is guessed at is slowed down, and the right token still passes")
    func throttle() async throws {
        try await withHouse { house in
            let token = try house.token(.viewer)
            var last = 0
            for _ in 0...Throttle.limit {
                last = try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer hf_guess"]).status
            }
            #expect(last == 429)
            let waiting = try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer hf_guess"])
            #expect(waiting.header("Retry-After").flatMap { Int($0) }.map { (1...60).contains($0) } == true)
            #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer \(token)"]).status == 200)
            #expect(
                try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer hf_guess"], peer: "192.0.2.2")
                    .status == 401)
            house.advance(seconds: 60)
            #expect(try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer hf_guess"]).status == 401)
        }
    }

    @Test("to the console begins with a link that works once, and that looking at does not use up")
    func signIn() async throws {
        try await withHouse { house in
            let sent = try await house.page("/", cookie: "")
            #expect(sent.status == 303)
            #expect(sent.header("Location") == "/sign-in")
            let code = try house.estate.access.issueSignInLink(name: "Ada", role: .administrator, at: house.now)
            for _ in 0..<3 {
                let page = try await house.ask("GET", "/sign-in?code=\(code)", headers: ["Accept": "text/html"])
                #expect(page.status == 200)
                #expect(page.text.contains("value=\"\(code)\""))
            }
            let answer = try await house.form("/sign-in", ["code": code])
            #expect(answer.status == 303)
            let cookie = try #require(answer.header("Set-Cookie"))
            #expect(cookie.contains("; HttpOnly"))
            #expect(cookie.contains("; SameSite=Lax"))
            #expect(cookie.contains("; Path=/"))
            let secret = try #require(cookie.split(separator: ";").first.map(String.init))
            #expect(try await house.page("/", cookie: "other=1; \(secret)").status == 200)
            let again = try await house.form("/sign-in", ["code": code])
            #expect(again.status == 403)
            #expect(again.header("Set-Cookie") == nil)
        }
    }

    @Test("through the API lets another browser in")
    func link() async throws {
        try await withHouse { house in
            let headers = ["Authorization": "Bearer \(try house.token(.administrator))", "Content-Type": "application/json"]
            let answer = try await house.ask(
                "POST", "/api/v1/sign-in-links", headers: headers, body: #"{"name": "Ada", "role": "viewer"}"#)
            #expect(answer.status == 201)
            let path = try #require(answer["path"] as? String)
            let code = try #require(path.split(separator: "=").last.map(String.init))
            #expect(try await house.form("/sign-in", ["code": code]).status == 303)
        }
    }

    @Test("ends with the session: by signing out, and by time")
    func ending() async throws {
        try await withHouse { house in
            let cookie = try house.signIn()
            let page = try await house.page("/", cookie: cookie)
            let seal = try #require(Self.seal(in: page.text))
            let answer = try await house.form("/sign-out", ["seal": seal], headers: ["Cookie": cookie])
            #expect(answer.status == 303)
            #expect(answer.header("Set-Cookie")?.contains("Max-Age=0") == true)
            #expect(try await house.page("/", cookie: cookie).status == 303)

            let other = try house.signIn()
            #expect(try await house.page("/", cookie: other).status == 200)
            house.advance(seconds: 13 * 3_600)
            #expect(try await house.page("/", cookie: other).status == 303)
        }
    }

    @Test("by a form takes the session's own seal, from our own page")
    func crossSite() async throws {
        try await withHouse(drills: QuietDrills()) { house in
            let cookie = try house.signIn()
            let seal = try #require(Self.seal(in: try await house.page("/drill", cookie: cookie).text))
            let other = try #require(Self.seal(in: try await house.page("/drill", cookie: try house.signIn()).text))
            #expect(seal != other)
            let fields = ["seal": seal, "name": "storm"]
            for wrong in [
                ["name": "storm"], ["seal": "", "name": "storm"], ["seal": other, "name": "storm"],
                ["seal": String(seal.dropLast()), "name": "storm"],
            ] {
                #expect(try await house.form("/drill/start", wrong, headers: ["Cookie": cookie]).status == 403)
            }
            for from in [
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://elsewhere.example"],
                ["Origin": "null"],
            ] {
                #expect(
                    try await house.form("/drill/start", fields, headers: from.merging(["Cookie": cookie]) { $1 }).status == 403)
            }
            for from in [["Sec-Fetch-Site": "same-origin"], ["Origin": "http://console.example"], [:]] {
                #expect(
                    try await house.form("/drill/start", fields, headers: from.merging(["Cookie": cookie]) { $1 }).status == 303)
            }
            let reader = try house.signIn(.viewer)
            let page = try await house.page("/drill", cookie: reader)
            #expect(!page.text.contains("/drill/start"))
            let readerSeal = try #require(Self.seal(in: page.text))
            #expect(
                try await house.form("/drill/start", ["seal": readerSeal, "name": "storm"], headers: ["Cookie": reader]).status
                    == 403)
            // Signing in is guarded too: a forged one would put our browser into somebody else's session.
            let code = try house.estate.access.issueSignInLink(name: "Ada", role: .administrator, at: house.now)
            #expect(try await house.form("/sign-in", ["code": code], headers: ["Sec-Fetch-Site": "cross-site"]).status == 403)
            #expect(try await house.form("/sign-in", ["code": code]).status == 303)
        }
    }

    @Test("leaves no secret in the log")
    func log() async throws {
        try await withHouse { house in
            let token = try house.token(.administrator)
            let code = try house.estate.access.issueSignInLink(name: "Ada", role: .administrator, at: house.now)
            _ = try await house.ask("GET", "/api/v1/overview", headers: ["Authorization": "Bearer \(token)"])
            _ = try await house.ask("GET", "/api/v1/overview?token=\(token)", headers: ["Authorization": "Bearer \(token)x"])
            _ = try await house.ask("GET", "/sign-in?code=\(code)")
            let answer = try await house.form("/sign-in", ["code": code])
            let secret = try #require(
                answer.header("Set-Cookie")?.split(separator: ";").first?.split(separator: "=").last.map(String.init))
            _ = try await house.page("/devices/\(secret)", cookie: "\(Doorkeeper.cookie)=\(secret)")
            let log = house.log.text
            #expect(log.contains("/api/v1/overview"))
            #expect(!log.contains(token))
            #expect(!log.contains(code))
            #expect(!log.contains(secret))
        }
    }

    /// The seal in a page's form.
    static func seal(in page: String) -> String? {
        page.firstMatch(of: /name="seal" value="([0-9a-f]{64})"/).map { String($0.1) }
    }
}

/// Drills that do nothing.
struct QuietDrills: DrillControl {
    func list() async -> [DrillSummary] {
        [DrillSummary(name: "storm", title: "Storm <b>\"\u{301}", source: "record <i>", about: "about <u>")]
    }
    func start(_ name: String) async throws(DrillRefusal) { if name != "storm" { throw .unknown(name: name) } }
    func stop() async {}
    func status() async -> DrillStatus {
        DrillStatus(
            name: "storm", isRunning: true, elapsed: 12, duration: 60, phase: "phase <b>\"\u{301}",
            groups: [
                DrillGroup(
                    name: "resilient <b>", cards: 10, reachable: 9, onPrimary: 2, onBackup: 7, dark: 1,
                    detection: DrillQuantiles(p50: 1.25, p99: 130),
                    switchesPerCard: 0.7, darkMinutes: 0.3),
                DrillGroup(
                    name: "strange", cards: 0, reachable: 5, onPrimary: -3, onBackup: 9, dark: 9,
                    move: DrillQuantiles(p50: .nan, p99: .infinity)),
            ], events: [DrillEvent(at: 3, text: "event <b>\"\u{301}")])
    }
}
