import Estate
import Foundation
import Testing

@testable import Server

/// The register of risks, and the five questions that rest on it, in the browser.
@Suite("Pages of the record: risks and readiness") struct RiskPagesTests {
    @Test("the register is computed from the inventory, decided with reasons, and exported")
    func risks() async throws {
        let rows = try [SampleCard.row(1, device: "HF-0001", isSingle: true), SampleCard.row(2, device: "HF-0002")]
        try await withHouse(rows: rows) { house in
            let cookie = try house.signIn(.compliance)
            #expect(try await house.page("/risks", cookie: cookie).text.contains("The register is empty"))
            #expect(try await house.post("/risks/compute", [:], cookie).status == 303)
            let page = try await house.page("/risks", cookie: cookie).text
            #expect(page.contains("1 of 2") && page.contains("nobody") && page.contains("Band Atlas · Hyper Nexus"))
            let id = try #require(page.firstMatch(of: /name="id" value="(one-profile[^"]+)"/)).1
            let risk = ["id": String(id)]
            func decide(_ what: String, _ fields: [String: String]) async throws -> House.Answer {
                try await house.post("/risks/\(what)", fields.merging(risk) { $1 }, cookie)
            }
            let early = try await decide("treat", ["treatment": "reduce", "due": "2026-06-01", "reason": "second profile"])
            #expect(early.status == 422 && early.text.contains("name an owner first"))
            #expect(try await decide("assign", ["owner": "Bo"]).text.contains("give a reason"))
            #expect(try await decide("assign", ["owner": "Bo", "reason": "runs the estate"]).status == 303)
            #expect(try await decide("treat", ["treatment": "reduce", "reason": "x"]).text.contains("give the day"))
            #expect(try await decide("treat", ["treatment": "reduce", "due": "2026-02-01", "reason": "x"]).status == 422)
            #expect(try await decide("treat", ["treatment": "burn", "reason": "x"]).text.contains("Choose what is done"))
            #expect(
                try await decide("treat", ["treatment": "reduce", "due": "2026-06-01", "reason": "second profile"]).status == 303)
            #expect(try await decide("close", ["reason": "done"]).text.contains("still depend on it"))
            #expect(try await house.post("/risks/close", ["id": "nothing", "reason": "x"], cookie).status == 404)
            let later = try await house.page("/risks", cookie: cookie).text
            #expect(later.contains("in treatment</span>") && later.contains("second profile"))
            let csv = try await house.page("/risks.csv", cookie: cookie)
            #expect(csv.text.hasPrefix("id,product,kind,subject,units") && csv.text.contains(",Bo,reduce,2026-06-01,"))
            #expect(csv.header("content-type") == "text/csv; charset=utf-8")
        }
    }

    @Test("five questions are answered from the estate, each with its next step")
    func readiness() async throws {
        try await withHouse { house in
            let page = try await house.page("/readiness", cookie: try house.signIn(.viewer)).text
            #expect(page.components(separatedBy: "Next step:").count == 6)
            #expect(page.contains("No product is on record.") && page.contains("were never heard through it"))
        }
    }
}
