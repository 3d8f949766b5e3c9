import Estate
import Foundation
import Testing

@testable import Server

/// What the estate asks of cards, as a program and as a person asks for it.
@Suite("Rehearsals and policies that are asked for") struct WishesTests {
    private func post(_ house: House, _ target: String, _ body: String, role: Role = .administrator) async throws -> House.Answer {
        try await house.ask(
            "POST", target, headers: ["Authorization": "Bearer \(try house.token(role))", "Content-Type": "application/json"],
            body: body)
    }

    /// Two devices with a backup and one without.
    private static func rows() throws -> [InventoryRow] {
        [
            try SampleCard.row(1, device: "HF-0001"), try SampleCard.row(2, device: "HF-0002"),
            try SampleCard.row(3, device: "HF-0003", isSingle: true),
        ]
    }

    @Test("a rehearsal is asked for once, goes out with the answer to the next beacon, and its outcome is counted")
    func rehearsal() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            let before = try await house.api("/api/v1/proofs?days=30")
            #expect(before["neverProved"] as? Int == 2 && before["single"] as? Int == 1)
            let first = try await post(house, "/api/v1/rehearsals", #"{"olderThanDays": 30}"#)
            #expect(first.status == 200)
            #expect(first["asked"] as? Int == 2 && first["single"] as? Int == 1)
            let again = try await post(house, "/api/v1/rehearsals", #"{"olderThanDays": 30}"#)
            #expect(again["asked"] as? Int == 0 && again["pending"] as? Int == 2)
            // The card goes, and is heard from over there.
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            house.advance(seconds: 60)
            try house.beacon(try card.beacon(on: .backup, moved: 12))
            let after = try await house.api("/api/v1/proofs?days=30")
            #expect(after["fresh"] as? Int == 1 && after["neverProved"] as? Int == 1)
            let overview = try await house.page("/", cookie: try house.signIn()).text
            for (label, count) in [("within 30 days", 1), ("longer ago", 0), ("never", 1), ("no backup", 1)] {
                #expect(overview.contains("<th scope=\"row\">\(label)</th><td class=\"num\">\(count)</td>"), "\(label)")
            }
        }
    }

    @Test(
        "what cannot be asked for is refused, and says what can",
        arguments: [
            ("rehearsals", "{}", "at least one"), ("rehearsals", "[]", "Expected"),
            ("rehearsals", #"{"device": "a", "product": "b"}"#, "not both"),
            ("rehearsals", #"{"olderThanDays": -1}"#, "0 to 3650"), ("rehearsals", #"{"olderThanDays": 3651}"#, "0 to 3650"),
            ("rehearsals", #"{"device": "HF-0001", "windowSeconds": 604801}"#, "604800"),
            ("rehearsals", #"{"device": "HF-0001", "windowSeconds": -1}"#, "windowSeconds"),
            ("rehearsals", #"{"device": "HF-0003"}"#, "no backup"),
            ("devices/HF-0001/policy", #"{"preset": "reckless"}"#, "alarm, standard, frugal"),
            ("devices/HF-0001/policy", #"{"preset": 7}"#, "Expected"),
        ])
    func refused(target: String, body: String, hint: String) async throws {
        try await withHouse(rows: try Self.rows()) { house in
            let answer = try await post(house, "/api/v1/\(target)", body)
            #expect(answer.status == 400)
            let detail = try #require(answer["detail"] as? String)
            #expect(detail.contains(hint), "\(detail)")
        }
    }

    @Test("an unknown device is 404; who may only read is refused")
    func notAllowed() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            let (rehearsal, policy) = (#"{"device": "HF-0001"}"#, #"{"preset": "alarm"}"#)
            for (target, body, role, status) in [
                ("rehearsals", #"{"device": "HF-9999"}"#, Role.administrator, 404),
                ("devices/HF-9999/policy", policy, .operator, 404),
                ("rehearsals", rehearsal, .viewer, 403), ("devices/HF-0001/policy", policy, .compliance, 403),
            ] {
                let answer = try await post(house, "/api/v1/\(target)", body, role: role)
                #expect(answer.status == status, "\(target)")
            }
        }
    }

    @Test("a preset becomes a document with a higher version each time")
    func policy() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            let first = try await post(house, "/api/v1/devices/HF-0001/policy", #"{"preset": "frugal"}"#)
            #expect(first.status == 200)
            let second = try await post(house, "/api/v1/devices/HF-0001/policy", #"{"preset": "alarm"}"#)
            let versions = [first, second].compactMap { $0["version"] as? Int }
            #expect(versions.count == 2 && versions[1] > versions[0])
        }
    }

    @Test("the device's page offers both by forms that need its own seal, and tells what became of them; a reader sees no form")
    func page() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            let cookie = try house.signIn()
            let page = try await house.page("/devices/HF-0001", cookie: cookie)
            let seal = try #require(AccessTests.seal(in: page.text))
            #expect(page.text.contains("/devices/HF-0001/rehearsal") && page.text.contains("/devices/HF-0001/policy"))
            for (target, fields) in [("rehearsal", [:]), ("policy", ["preset": "alarm"])] {
                let headers = ["Cookie": cookie]
                #expect(try await house.form("/devices/HF-0001/\(target)", fields, headers: headers).status == 403)
                let asked = try await house.form(
                    "/devices/HF-0001/\(target)", fields.merging(["seal": seal]) { $1 }, headers: headers)
                #expect(asked.status == 303)
            }
            let later = try await house.page("/devices/HF-0001", cookie: cookie).text
            #expect(later.contains("not followed yet") && later.contains("not taken yet"))
            let single = try await house.page("/devices/HF-0003", cookie: cookie)
            #expect(!single.text.contains("/rehearsal"))
            let reader = try await house.page("/devices/HF-0001", cookie: try house.signIn(.viewer))
            #expect(!reader.text.contains("/rehearsal") && !reader.text.contains("/policy\""))
        }
    }
}
