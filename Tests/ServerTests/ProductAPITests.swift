import Estate
import Foundation
import Testing

@testable import Server

/// The record of products over the API.
@Suite("The API of products") struct ProductAPITests {
    @Test("says what a product is, notes its updates, and takes a wrong one back with a reason")
    func history() async throws {
        try await withHouse(rows: []) { house in
            #expect(try await house.send("products", #"{"name": "Agent", "kind": "standaloneSoftware"}"#).status == 201)
            #expect(try await house.send("products", #"{"name": "Other", "kind": "cloud"}"#).status == 400)
            let kinds = try await house.items("/api/v1/products").compactMap { ($0 as? [String: Any])?["kind"] as? String }
            #expect(kinds == ["standaloneSoftware"])
            func history(_ answer: House.Answer) -> [String: Any]? {
                (answer["record"] as? [String: Any])?["history"] as? [String: Any]
            }
            let device = try await house.send("products/Agent/kind", #"{"kind": "device", "reason": "typed wrongly"}"#)
            #expect(device.status == 200 && history(device)?["kind"] as? String == "device")
            for (id, issued) in [("1.1", "2028-07-01"), ("1.2", "2028-08-01")] {
                let noted = try await house.send("products/Agent/updates", #"{"id": "\#(id)", "issued": "\#(issued)"}"#)
                #expect(noted.status == 200, "\(noted.text)")
            }
            #expect(try await house.send("products/Agent/updates", #"{"id": "1.1", "issued": "2028-07-01"}"#).status == 422)
            #expect(try await house.send("products/Agent/updates", #"{"id": "1.3", "issued": "soon"}"#).status == 400)
            #expect(try await house.send("products/Agent/updates", #"{"id": "a,b", "issued": "2028-07-01"}"#).status == 422)
            #expect(try await house.send("products/Agent/updates/remove", #"{"id": "1.1"}"#).status == 400)
            #expect(try await house.send("products/Agent/updates/remove", #"{"id": "1.1", "reason": " "}"#).status == 422)
            #expect(try await house.send("products/Agent/updates/remove", #"{"id": "9", "reason": "no"}"#).status == 404)
            let wrong = #"{"id": "1.1", "reason": "was another product's"}"#
            #expect(try await house.send("products/Agent/updates/remove", wrong, .operator).status == 403)
            let removed = try await house.send("products/Agent/updates/remove", wrong)
            #expect((history(removed)?["updates"] as? [[String: Any]])?.compactMap { $0["id"] as? String } == ["1.2"])
            let kept = ((removed["record"] as? [String: Any])?["removedUpdates"] as? [[String: Any]])?.first
            #expect(kept?["reason"] as? String == "was another product's" && kept?["removedBy"] as? String == "test")
            let corrected = try await house.send("products/Agent/updates", #"{"id": "1.1", "issued": "2028-07-03"}"#)
            #expect(corrected.status == 200)
        }
    }

    @Test("a change is screened question by question; the timeline has what came out")
    func screen() async throws {
        try await withHouse(rows: []) { house in
            #expect(try await house.send("products", #"{"name": "Hub"}"#).status == 201)
            let changes = "products/Hub/modifications"
            let change = #"{"id": "5G radio", "day": "2028-07-01", "groups": []}"#
            let noted = try await house.send(changes, change)
            func next(_ answer: House.Answer) -> String? {
                ((answer["screen"] as? [String: Any])?["next"] as? [String: Any])?["id"] as? String
            }
            func outcome(_ answer: House.Answer) -> String? { (answer["modification"] as? [String: Any])?["outcome"] as? String }
            #expect(noted.status == 200 && next(noted) == "M1" && outcome(noted) == "undetermined")
            #expect(try await house.send(changes, #"{"id": "..", "day": "2028-07-01", "groups": []}"#).status == 422)
            #expect(try await house.send(changes, #"{"id": "b", "day": "2028-07-01", "groups": ["none"]}"#).status == 422)
            let path = "\(changes)/5G%20radio"
            #expect(try await house.send(path, #"{"question": "M3", "answer": "yes"}"#).status == 422)
            #expect(try await house.send("\(changes)/other", #"{"question": "M1", "answer": "other"}"#).status == 404)
            for (question, answer, after) in [("M1", "manufacturer", "M2"), ("M2", "yes", "M3"), ("M3", "yes", "M8")] {
                let given = try await house.send(path, #"{"question": "\#(question)", "answer": "\#(answer)", "note": "as built"}"#)
                #expect(given.status == 200 && next(given) == after, "\(given.text)")
            }
            for (question, answer) in [("M8", "no"), ("M9", "after"), ("M10", "no")] {
                let given = try await house.send(path, #"{"question": "\#(question)", "answer": "\#(answer)"}"#)
                #expect(given.status == 200)
            }
            let shown = try await house.api("/api/v1/\(path)")
            #expect(next(shown) == nil && outcome(shown) == "substantial")
            #expect(((shown["screen"] as? [String: Any])?["answers"] as? [Any])?.count == 6)
        }
    }

    @Test("programs register, answer and read the same record")
    func api() async throws {
        try await withHouse { house in
            let list = try await house.api("/api/v1/products")
            #expect((list["unregistered"] as? [Any])?.count == 2)
            #expect(try await house.send("products", #"{"name": "Telecare Hub"}"#, .operator).status == 403)
            #expect(try await house.send("products", #"{"name": "Telecare Hub"}"#).status == 201)
            #expect(try await house.send("products", #"{"name": "Telecare Hub"}"#).status == 409)
            #expect(try await house.send("products", #"{"name": ""}"#).status == 422)
            #expect(try await house.send("products", "[]").status == 400)
            let answered = try await house.send("products/Telecare%20Hub/scope", #"{"question": "S1", "answer": "hardware"}"#)
            #expect(answered.status == 200)
            let next = (answered["scope"] as? [String: Any])?["next"] as? [String: Any]
            #expect(next?["id"] as? String == "S2")
            #expect(try await house.send("products/Telecare%20Hub/tier", #"{"question": "Q1", "answer": "stated"}"#).status == 422)
            #expect(try await house.send("products/Other/scope", #"{"question": "S1", "answer": "hardware"}"#).status == 404)
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
