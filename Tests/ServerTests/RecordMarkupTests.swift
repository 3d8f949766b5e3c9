import Estate
import Foundation
import Testing

@testable import Server

/// Names and texts come from people and files: none of them may become markup.
@Suite("Pages of the record: hostile texts") struct RecordMarkupTests {
    private func path(_ name: String) -> String { Console.path(ofProduct: name) }

    @Test("no name and no text adds markup to any page of the record")
    func escaping() async throws {
        func markup(_ name: String) async throws -> [(String, [Int])] {
            var counts: [(String, [Int])] = []
            var rows = try House.rows(name)
            rows[2].backup = nil
            try await withHouse(rows: rows) { house in
                let cookie = try house.signIn()
                #expect(try await house.post("/products", ["name": name], cookie).status == 303)
                let hub = path(name)
                try await house.walk(hub + "/scope", RecordAnswers.scope, note: name, cookie)
                try await house.walk(hub + "/tier", ["kind": "telecare-hub", "family:consumer": "yes"], note: name, cookie)
                for (target, fields) in [
                    ("/units", ["id": name, "from": "2028-01-01", "to": "2028-06-30", "count": "1"]),
                    ("/units/updates", ["id": name, "issued": "2028-07-01"]),
                    ("/units/support", ["months": "60", "end": "2034-01", "reason_expectedUse": name]),
                    ("/units/updates", ["id": "wrong", "issued": "2028-07-02"]),
                    ("/units/updates/remove", ["id": "wrong", "reason": name]),
                    ("/units/modifications", ["id": name, "day": "2028-07-01", "groups": name]),
                    ("/annex1", ["point": "I.1.2.a", "applicability": "not", "text": name]),
                    ("/documents/declaration", ["fact_productType": name, "fact_standards": name]),
                ] {
                    #expect(try await house.post(hub + target, fields, cookie).status == 303, "\(target)")
                }
                let screen = ["M1": "other", "M2": "yes", "M3": "yes", "M9": "after"]
                try await house.walk(Console.path(ofChange: name, to: name), screen, note: name, cookie)
                #expect(try await house.post("/risks/compute", [:], cookie).status == 303)
                let id = try #require(
                    try await house.page("/risks", cookie: cookie).text.firstMatch(of: /name="id" value="([^"]+)"/)
                ).1
                let owned = try await house.post("/risks/assign", ["id": String(id), "owner": name, "reason": name], cookie)
                #expect(owned.status == 303)
                let documents = ["declaration", "simplifiedDeclaration", "userInformation", "technicalDocumentation"]
                for target in ["/products", hub, "/risks", "/readiness"]
                    + ["/scope", "/scope?change=S1", "/tier", "/tier?change=Q1", "/units", "/annex1"].map({ hub + $0 })
                    + ["", "?change=M1"].map({ Console.path(ofChange: name, to: name) + $0 })
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
                    let page = try await house.post(target, fields, cookie)
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
}
