import Estate
import Foundation
import Testing

@testable import Server

/// Products, from their registration to what follows, as the compliance lead meets them in the browser.
@Suite("Pages of the record: products") struct ProductPagesTests {
    private func path(_ name: String) -> String { Console.path(ofProduct: name) }

    private func section(_ id: String, of page: String) throws -> Substring {
        let start = try #require(page.range(of: "<h2 id=\"\(id)\">"))
        let end = page.range(of: "</section>", range: start.upperBound..<page.endIndex)?.lowerBound ?? page.endIndex
        return page[start.lowerBound..<end]
    }

    struct Example: Sendable {
        var name: String
        var tier: [String: String]
        var title: String
        /// A route that can be gone today: module A.
        var isOpen: Bool
    }

    private static let examples = [
        Example(
            name: "Telecare hub", tier: ["kind": "telecare-hub", "family:consumer": "yes"], title: "default", isOpen: true),
        Example(
            name: "Cellular router", tier: ["kind": "cellular-router", "family:network": "yes", "III-I-12": "yes"],
            title: "important, class I", isOpen: false),
        Example(
            name: "EV charger", tier: ["kind": "ev-charger", "family:security-hardware": "yes", "IV-1": "component"],
            title: "default",
            isOpen: true),
    ]

    @Test("from an empty estate to scope, tier, routes and a timeline with their reasons", arguments: examples)
    func example(_ example: Example) async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn(.compliance)
            let empty = try await house.page("/products", cookie: cookie).text
            #expect(empty.contains("No product is on record yet") && empty.contains("holdfast import"))
            let registered = try await house.post("/products", ["name": example.name], cookie)
            #expect(registered.status == 303 && registered.header("location") == path(example.name))
            let bare = try await house.page(path(example.name), cookie: cookie).text
            #expect(bare.contains("has no units on record") && bare.contains("not asked to the end"))

            try await house.walk(path(example.name) + "/scope", RecordAnswers.scope, cookie)
            try await house.walk(path(example.name) + "/tier", example.tier, cookie)
            for (id, from, to) in [("old", "2026-01-01", "2026-12-31"), ("new", "2028-01-01", "2028-06-30")] {
                let fields = ["id": id, "from": from, "to": to, "count": "100"]
                #expect(try await house.post(path(example.name) + "/units", fields, cookie).status == 303)
            }
            let support = ["months": "96", "end": "2033-07", "reason_expectedUse": "Units stay in homes for eight years."]
            #expect(try await house.post(path(example.name) + "/units/support", support, cookie).status == 303)

            let page = try await house.page(path(example.name) + "?on=2026-11-23", cookie: cookie).text
            #expect(try section("scope", of: page).contains("in scope</span>"))
            let tier = try section("tier", of: page)
            #expect(tier.contains("\(example.title)</span>") && tier.contains("All 26 categories considered"))
            #expect(tier.components(separatedBy: "data-label=\"Outcome\"").count == 27)
            #expect(tier.contains("class=\"cite\"") && tier.contains("tag mark-"))
            let routes = try section("routes", of: page)
            #expect(routes.contains("Conformity routes on 2026-11-23"))
            #expect(routes.contains("</svg>open</span>") == example.isOpen)
            let timeline = try section("timeline", of: page)
            #expect(timeline.contains("class=\"timeline product-bar\"") && timeline.contains("Article 14 applies"))
            #expect(timeline.contains("Tell the users that support ends in 12 months"))
            let units = try section("units", of: page)
            #expect(units.contains("reporting only") && units.contains("the whole Regulation"))
            // Eight years of expected use are more than five of support.
            #expect(try section("support", of: page).contains("shorter than the expected use"))
            #expect(!page.lowercased().contains("compliant"))
            let list = try await house.page("/products", cookie: cookie).text
            #expect(list.contains(example.name) && list.contains("points of Annex I"))
            let wizard = try await house.page(path(example.name) + "/scope", cookie: cookie).text
            #expect(wizard.contains("Outcome:") && wizard.contains("Ada, ") && wizard.contains("?change=S1"))
        }
    }

    @Test("an answer can be changed, and says who gave it; one that needs its reasoning is not taken without")
    func inquiry() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn(.compliance)
            let target = path("Hub") + "/tier"
            _ = try await house.post("/products", ["name": "Hub"], cookie)
            let refused = try await house.post(target, ["question": "Q1", "value": "stated", "note": " "], cookie)
            #expect(refused.status == 422 && refused.text.contains("write the reasoning into the note"))
            #expect(refused.text.contains("value=\"stated\" required checked"))
            #expect(try await house.post(target, ["question": "Q1"], cookie).text.contains("Choose one of the answers."))
            #expect(
                try await house.post(target, ["question": "Q1", "value": "stated", "note": "Calls for help"], cookie).status == 303
            )
            let early = try await house.post(target, ["question": "III-I-17", "value": "yes"], cookie)
            #expect(early.status == 422 && early.text.contains("does not arise now"))
            let again = try await house.page(target + "?change=Q1", cookie: cookie).text
            #expect(again.contains("Calls for help</textarea>") && again.contains("Leave it as it is"))
            let strange = try await house.post(target, ["question": "kind", "value": "<b>"], cookie)
            #expect(strange.status == 422 && strange.text.contains("does not take &lt;b&gt;"))
        }
    }

    @Test("what cannot be is refused with its own words, and what was typed stays")
    func refusals() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn()
            let hub = path("Hub")
            #expect(try await house.page(hub, cookie: cookie).status == 404)
            #expect(try await house.post(hub + "/units", ["id": "a"], cookie).status == 404)
            #expect(try await house.post("/products", ["name": "Hub"], cookie).status == 303)
            for (target, fields, hint) in [
                ("/products", ["name": "Hub"], "already"), ("/products", ["name": ""], "1 to 120 bytes"),
                ("/products", ["name": ".."], "dots alone"),
                (hub + "/units", ["id": "a", "from": "2028-01-02", "to": "2028-01-01", "count": "1"], "before the first"),
                (hub + "/units", ["id": "a", "from": "2028-02-30", "to": "2028-03-01", "count": "1"], "2028-02-30"),
                (hub + "/units", ["id": "a", "from": "2028-01-01", "to": "2028-01-01", "count": "many"], "digits"),
                (hub + "/units/remove", ["id": "b"], "no group"), (hub + "/units/support", ["end": "2033"], "a year alone"),
                (hub + "/units/support", ["months": "1201"], "1 to 1200"),
                (hub + "/units/modifications", ["id": "m", "day": "2028-01-01", "groups": "none"], "which are not there"),
                (hub + "/units/updates", ["id": "u", "issued": "soon"], "2027-12-11"),
                (hub + "/annex1", ["point": "I.2.1", "applicability": "not", "text": "no need"], "applies to every product"),
                (hub + "/annex1", ["point": "I.1.2.h", "applicability": "not"], "does not apply"),
            ] {
                let answer = try await house.post(target, fields, cookie)
                #expect(answer.status == 422, "\(target) \(fields)")
                #expect(answer.text.contains(hint), "\(target) \(fields)")
                #expect(answer.text.contains("class=\"problem\""), "\(target)")
            }
            let kept = try await house.post(
                hub + "/units", ["id": "batch & 7", "from": "2028-01-02", "to": "2028-01-01", "count": "12"], cookie)
            #expect(kept.text.contains("value=\"batch &amp; 7\"") && kept.text.contains("value=\"2028-01-02\""))
            // A form without its seal, and one that is none.
            #expect(try await house.form("/products", ["name": "x"], headers: ["Cookie": cookie]).status == 403)
            #expect(try await house.post(hub + "/annex1", ["point": "I.9"], cookie).status == 400)
            #expect(try await house.page(hub + "/documents/nothing", cookie: cookie).status == 404)
            #expect(try await house.page(hub + "?on=2028-02-30", cookie: cookie).text.contains("Not understood"))
        }
    }

    @Test("who may not change the record sees no form, and is refused", arguments: [Role.viewer, .operator])
    func roles(_ role: Role) async throws {
        try await withHouse { house in
            let lead = try house.signIn(.compliance)
            _ = try await house.post("/products", ["name": "Telecare Hub"], lead)
            let cookie = try house.signIn(role)
            let hub = path("Telecare Hub")
            for target in [
                "/products", hub, hub + "/scope", hub + "/tier", hub + "/units", hub + "/annex1", hub + "/documents/declaration",
                "/risks",
            ] {
                let page = try await house.page(target, cookie: cookie)
                #expect(page.status == 200)
                let forms = page.text.matches(of: /<form method="post" action="([^"]+)"/).map { String($0.1) }
                #expect(forms == ["/sign-out"], "\(target)")
            }
            for target in [
                "/products", hub + "/scope", hub + "/units", hub + "/annex1", hub + "/documents/declaration", "/risks/compute",
            ] {
                #expect(try await house.form(target, [:], headers: ["Cookie": cookie]).status == 403, "\(target)")
            }
        }
    }
}
