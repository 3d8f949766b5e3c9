import Estate
import Foundation
import Testing

@testable import Server

/// Products, risks and readiness, as the compliance lead meets them in the browser.
@Suite("Pages of the record: products, risks, readiness") struct ProductPagesTests {
    private static let scope = [
        "S1": "hardware", "S2": "yes", "S3": "yes", "S3a": "yes", "S4": "no", "D1": "yes", "D2": "yes", "D3": "yes",
        "R1": "manufacturer",
    ]

    private func path(_ name: String) -> String { "/products/\(PercentEncoding.encode(name))" }

    private func seal(_ house: House, _ cookie: String) async throws -> String {
        try #require(AccessTests.seal(in: try await house.page("/products", cookie: cookie).text))
    }

    private func post(_ house: House, _ target: String, _ fields: [String: String], _ cookie: String) async throws -> House.Answer {
        let seal = try await seal(house, cookie)
        return try await house.form(target, fields.merging(["seal": seal]) { $1 }, headers: ["Cookie": cookie])
    }

    /// Answers what an inquiry's page asks until it asks no more.
    private func walk(
        _ house: House, _ target: String, _ answers: [String: String], note: String = "as decided", _ cookie: String
    ) async throws {
        for _ in 0..<80 {
            let page = try await house.page(target, cookie: cookie).text
            guard let question = page.firstMatch(of: /name="question" value="([^"]+)"/) else { return }
            let id = String(question.1)
            let value = answers[id] ?? (id == "Q1" ? "stated" : id == "kind" ? "other" : "no")
            let answer = try await post(house, target, ["question": id, "value": value, "note": note], cookie)
            try #require(answer.status == 303, "\(id) \(value): \(answer.status)")
        }
        Issue.record("the inquiry does not end")
    }

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
            let registered = try await post(house, "/products", ["name": example.name], cookie)
            #expect(registered.status == 303 && registered.header("location") == path(example.name))
            let bare = try await house.page(path(example.name), cookie: cookie).text
            #expect(bare.contains("has no units on record") && bare.contains("not asked to the end"))

            try await walk(house, path(example.name) + "/scope", Self.scope, cookie)
            try await walk(house, path(example.name) + "/tier", example.tier, cookie)
            for (id, from, to) in [("old", "2026-01-01", "2026-12-31"), ("new", "2028-01-01", "2028-06-30")] {
                let fields = ["id": id, "from": from, "to": to, "count": "100"]
                #expect(try await post(house, path(example.name) + "/units", fields, cookie).status == 303)
            }
            let support = ["months": "96", "end": "2033-07", "reason_expectedUse": "Units stay in homes for eight years."]
            #expect(try await post(house, path(example.name) + "/units/support", support, cookie).status == 303)

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
            _ = try await post(house, "/products", ["name": "Hub"], cookie)
            let refused = try await post(house, target, ["question": "Q1", "value": "stated", "note": " "], cookie)
            #expect(refused.status == 422 && refused.text.contains("write the reasoning into the note"))
            #expect(refused.text.contains("value=\"stated\" required checked"))
            #expect(try await post(house, target, ["question": "Q1"], cookie).text.contains("Choose one of the answers."))
            #expect(
                try await post(house, target, ["question": "Q1", "value": "stated", "note": "Calls for help"], cookie).status == 303
            )
            let early = try await post(house, target, ["question": "III-I-17", "value": "yes"], cookie)
            #expect(early.status == 422 && early.text.contains("does not arise now"))
            let again = try await house.page(target + "?change=Q1", cookie: cookie).text
            #expect(again.contains("Calls for help</textarea>") && again.contains("Leave it as it is"))
            let strange = try await post(house, target, ["question": "kind", "value": "<b>"], cookie)
            #expect(strange.status == 422 && strange.text.contains("does not take &lt;b&gt;"))
        }
    }

    @Test("what cannot be is refused with its own words, and what was typed stays")
    func refusals() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn()
            let hub = path("Hub")
            #expect(try await house.page(hub, cookie: cookie).status == 404)
            #expect(try await post(house, hub + "/units", ["id": "a"], cookie).status == 404)
            #expect(try await post(house, "/products", ["name": "Hub"], cookie).status == 303)
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
                let answer = try await post(house, target, fields, cookie)
                #expect(answer.status == 422, "\(target) \(fields)")
                #expect(answer.text.contains(hint), "\(target) \(fields)")
                #expect(answer.text.contains("class=\"problem\""), "\(target)")
            }
            let kept = try await post(
                house, hub + "/units", ["id": "batch & 7", "from": "2028-01-02", "to": "2028-01-01", "count": "12"], cookie)
            #expect(kept.text.contains("value=\"batch &amp; 7\"") && kept.text.contains("value=\"2028-01-02\""))
            // A form without its seal, and one that is none.
            #expect(try await house.form("/products", ["name": "x"], headers: ["Cookie": cookie]).status == 403)
            #expect(try await post(house, hub + "/annex1", ["point": "I.9"], cookie).status == 400)
            #expect(try await house.page(hub + "/documents/nothing", cookie: cookie).status == 404)
            #expect(try await house.page(hub + "?on=2028-02-30", cookie: cookie).text.contains("Not understood"))
        }
    }

    @Test("who may not change the record sees no form, and is refused", arguments: [Role.viewer, .operator])
    func roles(_ role: Role) async throws {
        try await withHouse { house in
            let lead = try house.signIn(.compliance)
            _ = try await post(house, "/products", ["name": "Telecare Hub"], lead)
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

    @Test("Annex I shows all 22 points with live evidence and its age; a statement stands with who made it")
    func annexI() async throws {
        try await withHouse { house in
            let cookie = try house.signIn()
            let hub = path("Telecare Hub")
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            house.advance(seconds: 120)
            _ = try await post(house, "/products", ["name": "Telecare Hub"], cookie)
            let text = "The card moves to its backup.\nTwice tested."
            #expect(
                try await post(house, hub + "/annex1", ["point": "I.1.2.h", "applicability": "applies", "text": text], cookie)
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
            _ = try await post(house, "/products", ["name": "Hub"], cookie)
            let first = try await house.page(declaration, cookie: cookie).text
            #expect(first.contains("<b>Draft.</b>") && first.contains("Missing: Postal address") && first.contains(">Hub</p>"))
            let long = String(repeating: "Ä line of text.\n", count: 900)
            let fields = [
                "fact_manufacturerPostal": "1 Way\r\nTown", "fact_standards": long, "not_notifiedBody": "yes", "reason": "new",
            ]
            #expect(try await post(house, declaration, fields, cookie).status == 303)
            let second = try await house.page(declaration, cookie: cookie).text
            #expect(second.contains("<p class=\"value\">Town</p>") && !second.contains("Missing: Postal address"))
            #expect(second.contains("does not concern the product"))
            let text = try await house.page(declaration + "?format=text", cookie: cookie)
            #expect(
                text.header("content-type") == "text/plain; charset=utf-8"
                    && text.text.contains("[MISSING: Type; from the product's page]"))
            let tooLong = try await post(house, declaration, ["fact_standards": String(repeating: "x", count: 200_001)], cookie)
            #expect(tooLong.status == 422 && tooLong.text.contains("at most 200000 bytes"))
        }
    }

    @Test("the register is computed from the inventory, decided with reasons, and exported")
    func risks() async throws {
        let rows = try [SampleCard.row(1, device: "HF-0001", isSingle: true), SampleCard.row(2, device: "HF-0002")]
        try await withHouse(rows: rows) { house in
            let cookie = try house.signIn(.compliance)
            #expect(try await house.page("/risks", cookie: cookie).text.contains("The register is empty"))
            #expect(try await post(house, "/risks/compute", [:], cookie).status == 303)
            let page = try await house.page("/risks", cookie: cookie).text
            #expect(page.contains("1 of 2") && page.contains("nobody") && page.contains("Band Atlas · Hyper Nexus"))
            let id = try #require(page.firstMatch(of: /name="id" value="(one-profile[^"]+)"/)).1
            let risk = ["id": String(id)]
            func decide(_ what: String, _ fields: [String: String]) async throws -> House.Answer {
                try await post(house, "/risks/\(what)", fields.merging(risk) { $1 }, cookie)
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
            #expect(try await post(house, "/risks/close", ["id": "nothing", "reason": "x"], cookie).status == 404)
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

    @Test("no name and no text adds markup to any page of the record")
    func escaping() async throws {
        func markup(_ name: String) async throws -> [(String, [Int])] {
            var counts: [(String, [Int])] = []
            var rows = try House.rows(name)
            rows[2].backup = nil
            try await withHouse(rows: rows) { house in
                let cookie = try house.signIn()
                #expect(try await post(house, "/products", ["name": name], cookie).status == 303)
                let hub = path(name)
                try await walk(house, hub + "/scope", Self.scope, note: name, cookie)
                try await walk(house, hub + "/tier", ["kind": "telecare-hub", "family:consumer": "yes"], note: name, cookie)
                for (target, fields) in [
                    ("/units", ["id": name, "from": "2028-01-01", "to": "2028-06-30", "count": "1"]),
                    ("/units/updates", ["id": name, "issued": "2028-07-01"]),
                    ("/units/support", ["months": "60", "end": "2034-01", "reason_expectedUse": name]),
                    (
                        "/units/modifications",
                        ["id": name, "day": "2028-07-01", "groups": name, "answer_M1": "other", "note": name]
                    ),
                    ("/annex1", ["point": "I.1.2.a", "applicability": "not", "text": name]),
                    ("/documents/declaration", ["fact_productType": name, "fact_standards": name]),
                ] {
                    #expect(try await post(house, hub + target, fields, cookie).status == 303, "\(target)")
                }
                #expect(try await post(house, "/risks/compute", [:], cookie).status == 303)
                let id = try #require(
                    try await house.page("/risks", cookie: cookie).text.firstMatch(of: /name="id" value="([^"]+)"/)
                ).1
                let owned = try await post(house, "/risks/assign", ["id": String(id), "owner": name, "reason": name], cookie)
                #expect(owned.status == 303)
                let documents = ["declaration", "simplifiedDeclaration", "userInformation", "technicalDocumentation"]
                for target in ["/products", hub, "/risks", "/readiness"]
                    + ["/scope", "/scope?change=S1", "/tier", "/tier?change=Q1", "/units", "/annex1"].map({ hub + $0 })
                    + documents.map({ "\(hub)/documents/\($0)" })
                {
                    let page = try await house.page(target, cookie: cookie)
                    #expect(page.status == 200, "\(target)")
                    counts.append((target, "<>\"'".utf8.map { mark in page.text.utf8.count { $0 == mark } }))
                    #expect(
                        page.text.firstMatch(of: /<[^>]*\sstyle=/) == nil && page.text.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil)
                }
                for (target, fields) in [
                    ("/products", ["name": name]), (hub + "/units", ["id": name, "from": name, "to": name, "count": name]),
                    (hub + "/scope", ["question": name, "value": name, "note": name]),
                    ("/risks/treat", ["id": String(id), "treatment": "accept", "reason": name]),
                ] {
                    let page = try await post(house, target, fields, cookie)
                    #expect(page.status == 422, "\(target)")
                    counts.append((target, "<>\"'".utf8.map { mark in page.text.utf8.count { $0 == mark } }))
                }
            }
            return counts
        }
        let plain = try await markup("HF-0003 plain")
        let hostile = try await markup(House.hostileName)
        for (left, right) in zip(plain, hostile) { #expect(left.1 == right.1, "\(right.0)") }
    }

    @Test("programs register, answer and read the same record")
    func api() async throws {
        try await withHouse { house in
            func send(_ target: String, _ body: String, _ role: Role = .compliance) async throws -> House.Answer {
                try await house.ask(
                    "POST", "/api/v1/\(target)",
                    headers: ["Authorization": "Bearer \(try house.token(role))", "Content-Type": "application/json"], body: body)
            }
            let list = try await house.api("/api/v1/products")
            #expect((list["unregistered"] as? [Any])?.count == 2)
            #expect(try await send("products", #"{"name": "Telecare Hub"}"#, .operator).status == 403)
            #expect(try await send("products", #"{"name": "Telecare Hub"}"#).status == 201)
            #expect(try await send("products", #"{"name": "Telecare Hub"}"#).status == 409)
            #expect(try await send("products", #"{"name": ""}"#).status == 422)
            #expect(try await send("products", "[]").status == 400)
            let answered = try await send("products/Telecare%20Hub/scope", #"{"question": "S1", "answer": "hardware"}"#)
            #expect(answered.status == 200)
            let next = (answered["scope"] as? [String: Any])?["next"] as? [String: Any]
            #expect(next?["id"] as? String == "S2")
            #expect(try await send("products/Telecare%20Hub/tier", #"{"question": "Q1", "answer": "stated"}"#).status == 422)
            #expect(try await send("products/Other/scope", #"{"question": "S1", "answer": "hardware"}"#).status == 404)
            let product = try await house.api("/api/v1/products/Telecare%20Hub?on=2026-11-23")
            #expect(product.status == 200 && product["timeline"] != nil && product["reach"] != nil)
            let record = product["record"] as? [String: Any]
            let answer = (record?["scopeAnswers"] as? [[String: Any]])?.first
            #expect((answer?["when"] as? NSNumber)?.int64Value == house.now.milliseconds && answer?["who"] as? String == "test")
            #expect(try await house.api("/api/v1/products/Telecare%20Hub?on=x").status == 400)
            #expect(try await house.api("/api/v1/products/Other").status == 404)
            #expect((try await house.api("/api/v1/products/Telecare%20Hub/annex1")["rows"] as? [Any])?.count == 22)
            #expect((try await house.api("/api/v1/readiness")["answers"] as? [Any])?.count == 5)
            #expect((try await house.items("/api/v1/risks")).isEmpty)
        }
    }
}
