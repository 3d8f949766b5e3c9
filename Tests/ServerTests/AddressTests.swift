import Foundation
import Testing

@testable import Server

@Suite("An address") struct AddressTests {
    @Test("that is not there is 404, as problem details for the API and as a page for a browser")
    func notFound() async throws {
        try await withHouse { house in
            let api = try await house.ask("GET", "/api/v1/nothing")
            #expect(api.status == 404)
            #expect(api.header("Content-Type") == "application/problem+json")
            #expect(api["status"] as? Int == 404)
            #expect(api["title"] as? String == "Not Found")
            #expect(api["instance"] as? String == "/api/v1/nothing")
            let page = try await house.ask("GET", "/nothing", headers: ["Accept": "text/html"])
            #expect(page.status == 404)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            let plain = try await house.ask("GET", "/nothing")
            #expect(plain.header("Content-Type") == "application/problem+json")
        }
    }

    @Test("with another method is 405 and says which it takes", arguments: ["PUT", "PATCH", "DELETE", "POST", "BREW"])
    func method(name: String) async throws {
        try await withHouse { house in
            let answer = try await house.ask(name, "/api/v1/overview")
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "GET, HEAD")
            #expect((answer["detail"] as? String)?.contains("GET, HEAD") == true)
        }
    }

    @Test("answers HEAD as GET, without the body")
    func head() async throws {
        try await withHouse { house in
            let answer = try await house.ask("HEAD", "/api/v1/healthz")
            #expect(answer.status == 200)
            #expect(answer.text.isEmpty)
            #expect(answer.header("Content-Length") == "15")
        }
    }

    @Test(
        "that steps about in the path leads nowhere",
        arguments: [
            "/../etc/passwd", "/assets/../console.css", "/assets/%2e%2e/x", "/assets/..%2f..%2fetc%2fpasswd", "//", "/devices//",
            "/assets/",
            "/./", "/assets/%2e", "/assets/C:%5Cx",
        ])
    func traversal(target: String) async throws {
        try await withHouse { house in
            let answer = try await house.ask("GET", target)
            #expect(answer.status == 404)
        }
    }

    @Test(
        "that is broken is 400",
        arguments: ["/devices/%", "/devices/%zz", "/devices/%ff%fe", "/devices/%00", "/devices/a%0d%0aX:y", "x", "*"])
    func broken(target: String) async throws {
        try await withHouse { house in
            let answer = try await house.ask("GET", target)
            #expect(answer.status == 400)
        }
    }

    @Test("that is too long is 414")
    func long() async throws {
        try await withHouse { house in
            let answer = try await house.ask("GET", "/devices?text=\(String(repeating: "a", count: 3_000))")
            #expect(answer.status == 414)
            #expect((answer["detail"] as? String)?.contains("2048") == true)
        }
    }

    @Test(
        "carries the header fields that keep a browser safe, errors too",
        arguments: ["/sign-in", "/api/v1/healthz", "/api/v1/overview", "/nothing"])
    func headers(target: String) async throws {
        try await withHouse { house in
            let answer = try await house.ask("GET", target)
            let policy = try #require(answer.header("Content-Security-Policy"))
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("X-Frame-Options") == "DENY")
            #expect(answer.header("Referrer-Policy") == "same-origin")
            #expect(answer.header("Cache-Control") == "no-store")
        }
    }

    @Test("of a file holds its hash, and is kept for good")
    func assets() async throws {
        try await withHouse { house in
            let page = try await house.ask("GET", "/sign-in")
            let paths = page.text.matches(of: /"(\/assets\/[a-z]+-[0-9a-f]{16}\.(?:css|js|svg))"/).map { String($0.1) }
            #expect(Set(paths).count == 3)
            for path in paths {
                let file = try await house.ask("GET", path)
                #expect(file.status == 200)
                #expect(file.header("Cache-Control") == "public, max-age=31536000, immutable")
            }
            #expect(try await house.ask("GET", "/assets/console-0000000000000000.css").status == 404)
        }
    }
}
