import Foundation
import Logging
import NIOConcurrencyHelpers
import Storage
import Testing

@testable import Estate
@testable import Server

/// A server whose ledger somebody cut: it answers, and says plainly what is wrong.
@Suite("A server with a broken ledger") struct LedgerFaultTests {
    private static let title = "The ledger is broken"

    private func rows() throws -> [InventoryRow] {
        try (1...3).map { try SampleCard.row(UInt64($0), device: "HF-000\($0)") }
    }

    private func cut(_ house: House) throws {
        _ = try house.estate.database.write { try $0.execute("DELETE FROM ledger_entry") }
    }

    @Test("answers beacons; console and API say what is wrong, and refuse what people change")
    func says() async throws {
        try await withHouse(rows: try rows()) { house in
            var cards = try [SampleCard(1), SampleCard(2)]
            try house.beacon(try cards[0].beacon())
            let cookie = try house.signIn()
            for path in ["/", "/evidence", "/products"] {
                #expect(try await !house.page(path, cookie: cookie).text.contains(Self.title))
            }
            let whole = try await house.api("/api/v1/overview")
            #expect((whole["ledger"] as? [String: Any])?["isWhole"] as? Bool == true)

            try cut(house)
            house.advance(seconds: 60)
            let answers = try house.estate.beacon(responder: 0)?.answer([try cards[1].beacon()], at: house.now)
            #expect(answers?.first??.isEmpty == false)
            #expect(try house.estate.device("HF-0002", at: house.now)?.row.lastProof == house.now)

            for path in ["/", "/evidence", "/products", "/events"] {
                let page = try await house.page(path, cookie: cookie)
                #expect(page.status == 200, "\(path)")
                // In words and with a shape.
                for said in [
                    Self.title, "href=\"#mark-critical\"", "holdfast ledger verify", "rows were removed", "2026-03-01 12:01:00",
                ] {
                    #expect(page.text.contains(said), "\(path): \(said)")
                }
            }
            let evidence = try await house.page("/evidence", cookie: cookie)
            #expect(evidence.text.contains("No pack can be built") && !evidence.text.contains("<select"))

            let overview = try #require(try await house.api("/api/v1/overview")["ledger"] as? [String: Any])
            #expect(
                overview["isWhole"] as? Bool == false && (overview["problem"] as? String)?.contains("rows were removed") == true)
            let health = try await house.ask("GET", "/api/v1/healthz")
            #expect(health.status == 200 && health["status"] as? String == "degraded" && health["ledger"] as? String == "broken")

            let headers = ["Authorization": "Bearer \(try house.token(.compliance))", "Content-Type": "application/json"]
            let refused = try await house.ask(
                "POST", "/api/v1/evidence", headers: headers,
                body:
                    "{\"product\": \"\(try SampleCard.row(1, device: "x").product)\", \"from\": \"2026-03-01\", \"to\": \"2026-03-01\"}"
            )
            #expect(refused.status == 503 && refused["type"] as? String == "urn:holdfast:problem:ledger-broken")
            #expect((refused["detail"] as? String)?.hasPrefix("Nothing was changed: the ledger is broken") == true)
        }
    }

    @Test("lets an administrator in, and notes for later that it did")
    func access() async throws {
        try await withHouse(rows: try rows()) { house in
            try cut(house)
            let headers = ["Authorization": "Bearer \(try house.token(.administrator))", "Content-Type": "application/json"]
            let link = try await house.ask(
                "POST", "/api/v1/sign-in-links", headers: headers,
                body: #"{"name": "Ada", "role": "administrator", "reason": "to mend it"}"#)
            #expect(link.status == 201)
            let code = try #require((link["path"] as? String)?.split(separator: "=").last.map(String.init))
            #expect(try await house.form("/sign-in", ["code": code]).status == 303)
            // The token, the link and the session.
            #expect(try house.estate.waitingEntries() == 3)
            let reasons = try house.estate.database.read {
                try $0.all("SELECT reason FROM ledger_waiting ORDER BY id") { $0.text(0) }
            }
            #expect(reasons == ["", "to mend it", ""])
        }
    }

    @Test("who gives and takes access through the API is recorded by name, with the reason")
    func recorded() async throws {
        try await withHouse(rows: try rows()) { house in
            let headers = ["Authorization": "Bearer \(try house.token(.administrator))", "Content-Type": "application/json"]
            let issued = try await house.ask(
                "POST", "/api/v1/tokens", headers: headers, body: #"{"name": "wall", "role": "viewer", "reason": "for the wall"}"#)
            let id = try #require(issued["id"] as? Int)
            #expect(try await house.ask("DELETE", "/api/v1/tokens/\(id)?reason=moved", headers: headers).status == 204)
            let entries = try house.estate.ledgerEntries(limit: 2).map(\.entry)
            #expect(entries.map(\.kind) == ["token-revoked", "token-issued"])
            #expect(entries.allSatisfy { $0.author == "test" } && entries.map(\.reason) == ["moved", "for the wall"])
        }
    }

    @Test("is told to the log when it starts")
    func log() async throws {
        try await withHouse(rows: try rows()) { house in
            try cut(house)
            #expect(throws: EstateError.self) { try house.estate.signLedger(at: house.now) }
            #expect(!house.log.text.contains("the ledger is broken"))
            let book = LogBook()
            let again = try HoldfastServer(
                estate: house.estate, settings: House.quietSettings, logger: Logger(label: "test", factory: { _ in book.handler }))
            await again.close()
            #expect(book.text.contains("error the ledger is broken, noticed at 2026-03-01T12:00:00.000Z"))
            #expect(book.text.contains("holdfast ledger verify"))
        }
    }
}
