import Estate
import Foundation
import Testing

@testable import Server

/// Annex I and the documents of a product, in the browser.
@Suite("Pages of the record: Annex I and documents") struct AnnexPagesTests {
    private func path(_ name: String) -> String { Console.path(ofProduct: name) }

    @Test("Annex I shows all 22 points with live evidence and its age; a statement stands with who made it")
    func annexI() async throws {
        try await withHouse { house in
            let cookie = try house.signIn()
            let hub = path("Telecare Hub")
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            house.advance(seconds: 120)
            _ = try await house.post("/products", ["name": "Telecare Hub"], cookie)
            let text = "The card moves to its backup.\nTwice tested."
            #expect(
                try await house.post(hub + "/annex1", ["point": "I.1.2.h", "applicability": "applies", "text": text], cookie)
                    .status == 303)
            let page = try await house.page(hub + "/annex1", cookie: cookie).text
            #expect(page.contains("How do Annex I requirements map to the connectivity architecture?"))
            #expect(page.components(separatedBy: "data-label=\"Cannot show\"").count == 23)
            #expect(page.contains("50.0 % of 2 units heard within 24 h") && page.contains(", 2 min old"))
            #expect(page.contains("Nothing held") && page.contains(text) && page.contains("1 of 22 points stated"))
        }
    }

    @Test("documents are filled from the record; what is missing is marked, and the text is the same")
    func documents() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn()
            let declaration = path("Hub") + "/documents/declaration"
            _ = try await house.post("/products", ["name": "Hub"], cookie)
            let first = try await house.page(declaration, cookie: cookie).text
            #expect(first.contains("<b>Draft.</b>") && first.contains("Missing: Postal address") && first.contains(">Hub</p>"))
            let long = String(repeating: "Ä line of text.\n", count: 900)
            let fields = [
                "fact_manufacturerPostal": "1 Way\r\nTown", "fact_standards": long, "not_notifiedBody": "yes", "reason": "new",
            ]
            #expect(try await house.post(declaration, fields, cookie).status == 303)
            let second = try await house.page(declaration, cookie: cookie).text
            #expect(second.contains("<p class=\"value\">Town</p>") && !second.contains("Missing: Postal address"))
            #expect(second.contains("does not concern the product"))
            let text = try await house.page(declaration + "?format=text", cookie: cookie)
            #expect(
                text.header("content-type") == "text/plain; charset=utf-8"
                    && text.text.contains("[MISSING: Type; from the product's page]"))
            let tooLong = try await house.post(declaration, ["fact_standards": String(repeating: "x", count: 200_001)], cookie)
            #expect(tooLong.status == 422 && tooLong.text.contains("at most 200000 bytes"))
        }
    }
}
