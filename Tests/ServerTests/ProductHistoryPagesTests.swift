import Estate
import Foundation
import Testing

@testable import Server

/// Units and versions, changes and updates of a product, as the compliance lead notes them in the browser.
@Suite("Pages of the record: units, changes and updates") struct ProductHistoryPagesTests {
    private let ask = /name="question" value="([^"]+)"/

    @Test("standalone software is asked for versions, each placed by its first offer, and the timeline says by which rule")
    func software() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn(.compliance)
            let form = try await house.page("/products", cookie: cookie).text
            #expect(form.contains("value=\"device\" checked") && form.contains("value=\"standaloneSoftware\">"))
            let strange = try await house.post("/products", ["name": "Agent", "kind": "cloud"], cookie)
            #expect(strange.status == 422 && strange.text.contains("Choose what the product is"))
            let fields = ["name": "Agent", "kind": "standaloneSoftware"]
            #expect(try await house.post("/products", fields, cookie).status == 303)
            #expect(try await house.page("/products/Agent", cookie: cookie).text.contains("This product has no versions on record"))
            #expect(try await house.page("/products", cookie: cookie).text.contains("when versions were first offered"))
            let units = try await house.page("/products/Agent/units", cookie: cookie).text
            #expect(
                units.contains("Versions on the market") && units.contains("First offered on") && !units.contains("name=\"to\""))
            // Handed out on both sides of 11 December 2027, placed on one: nothing is cut.
            for (id, from) in [("1.0", "2027-12-10"), ("2.0", "2027-12-11")] {
                let version = ["id": id, "from": from, "version": "yes", "count": ""]
                #expect(try await house.post("/products/Agent/units", version, cookie).status == 303)
            }
            let listed = try await house.page("/products/Agent/units", cookie: cookie).text
            #expect(listed.contains("data-label=\"First offered\">2027-12-10") && listed.contains("not counted"))
            let product = try await house.page("/products/Agent", cookie: cookie).text
            #expect(product.contains("Registered as standalone software by Ada") && product.contains("Version first offered"))
            #expect(product.contains("A version of standalone software is placed when it is first offered"))
            #expect(product.contains("CE marking") && !product.contains("Placing is judged unit by unit"))
            #expect(product.contains("reporting only") && product.contains("the whole Regulation"))
        }
    }

    @Test("what the record says and what the scope answers say are held against each other; either can be changed")
    func kindConflict() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn(.compliance)
            let scope = "/products/Agent/scope"
            #expect(try await house.post("/products", ["name": "Agent"], cookie).status == 303)
            #expect(try await house.page(scope, cookie: cookie).text.contains("registered as a device"))
            #expect(try await house.post(scope, ["question": "S1", "value": "software"], cookie).status == 303)
            for target in [scope, "/products/Agent", "/products/Agent/units"] {
                #expect(try await house.page(target, cookie: cookie).text.contains("They do not agree"), "\(target)")
            }
            #expect(try await house.page("/products", cookie: cookie).text.contains("agreement on what it is"))
            let kind = "/products/Agent/units/kind"
            #expect(try await house.post(kind, ["kind": ""], cookie).status == 422)
            #expect(try await house.post(kind, ["kind": "standaloneSoftware", "reason": "no hardware"], cookie).status == 303)
            #expect(try await !house.page(scope, cookie: cookie).text.contains("They do not agree"))
            let entry = try #require(try house.estate.ledgerEntries().first?.entry)
            #expect(entry.kind == "kind-changed" && entry.reason == "no hardware")
        }
    }

    @Test("a change is screened one question at a time, with its reasons at the end; an answer can be changed")
    func screen() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn(.compliance)
            #expect(try await house.post("/products", ["name": "Hub"], cookie).status == 303)
            let units = ["id": "old", "from": "2026-01-01", "to": "2026-12-31", "count": "100"]
            #expect(try await house.post("/products/Hub/units", units, cookie).status == 303)
            let form = "/products/Hub/units/modifications"
            #expect(try await house.post(form, ["id": "..", "day": "2028-07-01"], cookie).text.contains("dots alone"))
            let noted = try await house.post(form, ["id": "5G radio", "day": "2028-07-01", "groups": "old"], cookie)
            let path = Console.path(ofChange: "5G radio", to: "Hub")
            #expect(noted.status == 303 && noted.header("location") == path)
            let first = try await house.page(path, cookie: cookie).text
            #expect(first.matches(of: ask).count == 1 && first.contains("Who makes the change?"))
            #expect(first.contains("Change 5G radio of 2028-07-01, reaching old.") && first.contains("class=\"cite\""))
            // Until it has ended, nothing can be said of the units that it reaches.
            #expect(try await house.page("/products/Hub", cookie: cookie).text.contains("cannot tell yet"))
            #expect(try await house.post(path, ["question": "M1", "value": ""], cookie).text.contains("Choose one of the answers"))
            #expect(try await house.post(path, ["question": "M5", "value": "yes"], cookie).status == 422)

            let answers = ["M1": "manufacturer", "M2": "yes", "M3": "no", "M4": "yes", "M5": "no", "M8": "yes", "M9": "after"]
            try await house.walk(path, answers, note: "as built", cookie)
            let end = try await house.page(path, cookie: cookie).text
            #expect(end.contains("Outcome:") && end.contains("</svg>substantial</span>") && end.contains("Rests on"))
            #expect(end.contains("What would change the answer") && end.contains("as built") && end.contains("?change=M5"))
            let list = try await house.page("/products/Hub/units", cookie: cookie).text
            #expect(list.contains("</svg>substantial</span>") && list.contains("The questions and their answers"))
            let timeline = try await house.page("/products/Hub", cookie: cookie).text
            #expect(timeline.contains("counts as newly placed") && timeline.contains("Modification 5G radio: substantial"))

            // Foreseen and treated after all: the later answers fall away.
            #expect(try await house.post(path, ["question": "M5", "value": "yes", "note": "assessed"], cookie).status == 303)
            #expect(try await house.page(path, cookie: cookie).text.contains("</svg>not substantial</span>"))
            // Another day for the same change keeps the answers.
            #expect(try await house.post(form, ["id": "5G radio", "day": "2028-08-01", "groups": "old"], cookie).status == 303)
            #expect(try await house.page(path, cookie: cookie).text.contains("</svg>not substantial</span>"))
            #expect(try await house.page(Console.path(ofChange: "other", to: "Hub"), cookie: cookie).status == 404)

            let viewer = try house.signIn(.viewer)
            let read = try await house.page(path, cookie: viewer)
            #expect(read.status == 200 && read.text.matches(of: ask).isEmpty && read.text.contains("Outcome:"))
            #expect(try await house.form(path, [:], headers: ["Cookie": viewer]).status == 403)
        }
    }

    @Test("an update that was noted wrongly is taken back with a reason, which stays beside it")
    func updates() async throws {
        try await withHouse(rows: []) { house in
            let cookie = try house.signIn(.compliance)
            let (page, updates) = ("/products/Hub/units", "/products/Hub/units/updates")
            #expect(try await house.post("/products", ["name": "Hub"], cookie).status == 303)
            for (id, issued) in [("1.1", "2028-07-01"), ("1.2", "2028-08-01")] {
                #expect(try await house.post(updates, ["id": id, "issued": issued], cookie).status == 303)
            }
            let bare = try await house.post("\(updates)/remove", ["id": "1.1", "reason": " "], cookie)
            #expect(bare.status == 422 && bare.text.contains("with its reason"))
            #expect(try await house.post("\(updates)/remove", ["id": "7", "reason": "x"], cookie).text.contains("no update 7"))
            let long = String(repeating: "x", count: 2_001)
            #expect(try await house.post("\(updates)/remove", ["id": "1.1", "reason": long], cookie).status == 422)
            let taken = try await house.post("\(updates)/remove", ["id": "1.1", "reason": "issued for the <router>"], cookie)
            #expect(taken.status == 303 && taken.header("location") == "\(page)#updates")
            let shown = try await house.page(page, cookie: cookie).text
            #expect(shown.contains("<b>1.2</b>") && !shown.contains("<b>1.1</b>"))
            #expect(shown.contains("<s>1.1</s>") && shown.contains("issued for the &lt;router&gt;") && shown.contains("Taken back"))
            let entry = try #require(try house.estate.ledgerEntries().first?.entry)
            #expect(entry.kind == "update-removed" && entry.author == "Ada" && entry.reason == "issued for the <router>")
            // Corrected: noted anew with the right day.
            #expect(try await house.post(updates, ["id": "1.1", "issued": "2028-07-02"], cookie).status == 303)
            #expect(try await house.page(page, cookie: cookie).text.contains("2028-07-02 <b>1.1</b>"))
        }
    }
}
