import Estate
import Foundation
import Testing

@testable import Server

/// Who asks for a pack of evidence, and what is asked.
@Suite("Asking for a pack of evidence") struct EvidenceRequestTests {
    private static let product = "Telecare Hub"

    @Test(
        "days in the wrong order, in the future or too many are refused with the reason",
        arguments: [
            ("2026-03-01", "2026-02-28", "before it begins"), ("2026-03-01", "2026-03-02", "in the future"),
            ("2020-01-01", "2026-03-01", "at most 1830"), ("2026-02-30", "2026-03-01", "2026-"),
        ])
    func refused(from: String, to: String, says: String) async throws {
        try await withHouse { house in
            let headers = ["Authorization": "Bearer \(try house.token(.compliance))", "Content-Type": "application/json"]
            let asked = try await house.ask(
                "POST", "/api/v1/evidence", headers: headers,
                body: "{\"product\": \"\(Self.product)\", \"from\": \"\(from)\", \"to\": \"\(to)\"}")
            #expect(asked.status == 400 && (asked["detail"] as? String)?.contains(says) == true, "\(asked.text)")
            let cookie = try house.signIn(.compliance)
            let seal = try #require(AccessTests.seal(in: try await house.page("/evidence", cookie: cookie).text))
            let page = try await house.form(
                "/evidence", ["seal": seal, "product": Self.product, "from": from, "to": to], headers: ["Cookie": cookie])
            #expect(page.status == 422 && page.text.contains(says) && page.text.contains("value=\"\(from)\""))
            // Nothing was noted.
            #expect(try house.estate.ledgerEntries().allSatisfy { $0.entry.kind != "evidence-built" })
        }
    }

    @Test("is built and downloaded by who keeps the record, and by nobody else")
    func roles() async throws {
        try await withHouse { house in
            let body = "{\"product\": \"\(Self.product)\", \"from\": \"2026-02-01\", \"to\": \"2026-03-01\"}"
            for (role, status) in [(Role.viewer, 403), (.operator, 403), (.compliance, 200)] {
                let headers = ["Authorization": "Bearer \(try house.token(role))", "Content-Type": "application/json"]
                let answer = try await house.ask("POST", "/api/v1/evidence", headers: headers, body: body)
                #expect(answer.status == status)
                guard status == 200 else { continue }
                #expect(answer.header("content-type") == "application/zip" && answer.text.hasPrefix("PK"))
                #expect(
                    answer.header("content-disposition")
                        == "attachment; filename=\"evidence-telecare-hub-2026-02-01-2026-03-01.zip\"")
            }
            let viewer = try house.signIn(.viewer)
            let page = try await house.page("/evidence", cookie: viewer)
            #expect(
                page.status == 200 && !page.text.contains("<select") && page.text.contains(HTML.escape(house.estate.ledgerKey.text))
            )
            let cookie = try house.signIn(.compliance)
            let form = try await house.page("/evidence?product=Telecare+Hub", cookie: cookie)
            let seal = try #require(AccessTests.seal(in: form.text))
            #expect(form.text.contains("<option selected>Telecare Hub</option>"))
            let fields = ["product": Self.product, "from": "2026-03-01", "to": "2026-03-01"]
            #expect(try await house.form("/evidence", fields, headers: ["Cookie": cookie]).status == 403)
            let built = try await house.form("/evidence", fields.merging(["seal": seal]) { $1 }, headers: ["Cookie": cookie])
            #expect(built.status == 200 && built.text.hasPrefix("PK"))
            let unknown = try await house.form(
                "/evidence", fields.merging(["seal": seal, "product": "no such"]) { $1 }, headers: ["Cookie": cookie])
            #expect(unknown.status == 422 && unknown.text.contains("no product called no such"))
            // Each is noted with its author.
            let noted = try house.estate.ledgerEntries().map(\.entry).filter { $0.kind == "evidence-built" }
            #expect(noted.map(\.author) == ["Ada", "test"] && noted.allSatisfy { $0.subject == Self.product })
        }
    }
}
