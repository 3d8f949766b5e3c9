import Estate
import Foundation
import Testing

@testable import Server

/// Facts about networks, as people and programs say them.
@Suite("Facts about networks: page and API") struct NetworkFactsTests {
    /// Two devices with technologies and APNs.
    private func rows() throws -> [InventoryRow] {
        try (UInt64(1)...2).map { number in
            var row = try SampleCard.row(number, device: "HF-000\(number)")
            row.technologies = [.twoG, .lte]
            row.primary.apn = try APN("iot.maker")
            row.backup?.apn = try APN("internet")
            return row
        }
    }

    private func post(_ house: House, _ target: String, _ fields: [String: String], _ cookie: String) async throws -> House.Answer {
        let seal = try #require(AccessTests.seal(in: try await house.page("/risks", cookie: cookie).text))
        return try await house.form(target, fields.merging(["seal": seal]) { $1 }, headers: ["Cookie": cookie])
    }

    @Test("what is missing can be said on the page; the register finds more with it, and a refusal keeps what was typed")
    func page() async throws {
        try await withHouse(rows: try rows()) { house in
            let cookie = try house.signIn(.compliance)
            let before = try await house.page("/risks", cookie: cookie).text
            #expect(before.contains("whether the APN internet is public or private (2 units)"))
            #expect(before.contains("whose core carries Alder Mobile (001-01) (2 units)"))
            #expect(before.contains("<a href=\"#networks\">Say it</a>") && before.contains("action=\"/risks/core#operator-1\""))
            let device = try await house.page("/devices/HF-0001", cookie: cookie).text
            #expect(device.contains(">iot.maker</td>") && device.contains(">internet</td>") && device.contains("2G, 4G"))

            let reason = ["reason": "their letter"]
            func say(_ what: String, _ fields: [String: String]) async throws -> House.Answer {
                try await post(house, "/risks/\(what)", fields.merging(reason) { first, _ in first }, cookie)
            }
            let said = try await say("apn", ["apn": "internet", "exposure": "public"])
            #expect(said.status == 303 && said.header("location") == "/risks#networks")
            #expect(try await say("apn", ["apn": "iot.maker", "exposure": "private"]).status == 303)
            for plmn in ["001-01", "001-02"] {
                #expect(try await say("core", ["plmn": plmn, "whose": "own", "carrier": "", "vendor": "Acme"]).status == 303)
            }
            let after = try await house.page("/risks", cookie: cookie).text
            #expect(after.contains("The inventory now shows 2 dependences") && !after.contains("What the inventory does not say"))
            #expect(after.contains("Ada, 2026-03-01") && after.contains("their letter") && after.contains("its own"))
            #expect(try await post(house, "/risks/compute", [:], cookie).status == 303)
            let register = try await house.page("/risks", cookie: cookie).text
            #expect(register.contains("shared core vendor</span>") && register.contains("public APN</span>"))

            let other = ["plmn": "001-02", "whose": "other", "carrier": "Alder Mobile", "vendor": ""]
            #expect(try await say("core", other).status == 303)
            #expect(try await house.page("/risks", cookie: cookie).text.contains("Alder Mobile (001-01)</td>"))

            for (what, fields, says) in [
                (
                    "core", ["plmn": "001-01", "whose": "other", "carrier": "", "vendor": "Typed"],
                    "Name the operator whose core it is"
                ),
                ("core", ["plmn": "001-01", "whose": "", "carrier": "X", "vendor": "Typed"], "An operator is named"),
                ("core", ["plmn": "001-01", "whose": "mine", "vendor": "Typed"], "Choose its own"),
                ("core", ["plmn": "001-01", "whose": "other", "carrier": "001-02", "vendor": "Typed"], "in a circle"),
                ("core", ["plmn": "001-01", "whose": "own", "vendor": "Typed", "reason": " "], "Give a reason"),
                (
                    "core", ["plmn": "001-01", "whose": "own", "vendor": "Typed" + String(repeating: "x", count: 64)],
                    "69 bytes, expected at most 64"
                ),
                ("apn", ["apn": "internet", "exposure": "open", "reason": "Typed"], "Choose public, private or not known"),
            ] {
                let refused = try await say(what, fields)
                #expect(refused.status == 422, "\(says)")
                #expect(refused.text.contains(says) && refused.text.contains("value=\"Typed"), "\(says)")
            }
            #expect(try await say("core", ["plmn": "262-01", "whose": "own"]).status == 404)
            #expect(try await say("apn", ["apn": "none", "exposure": "public"]).status == 404)

            // Taken back.
            #expect(try await say("apn", ["apn": "internet", "exposure": "unknown"]).status == 303)
            #expect(
                try await house.page("/risks", cookie: cookie).text.contains(
                    "whether the APN internet is public or private (2 units)"))
        }
    }

    @Test("who may not record sees what is said and no form, and cannot say anything")
    func roles() async throws {
        try await withHouse(rows: try rows()) { house in
            let author = Authorship("Ada", reason: "their letter")
            try house.estate.sayExposure(of: "internet", .publicInternet, by: author, at: house.now)
            let viewer = try house.signIn(.viewer)
            let page = try await house.page("/risks", cookie: viewer).text
            #expect(page.contains("their letter") && !page.contains("/risks/apn") && !page.contains("Say it"))
            for role in [Role.viewer, .operator] {
                let cookie = try house.signIn(role)
                let fields = ["apn": "internet", "exposure": "private", "reason": "x"]
                #expect(try await post(house, "/risks/apn", fields, cookie).status == 403)
                #expect(try await put(house, "apns/internet", #"{"exposure": "private", "reason": "x"}"#, role).status == 403)
            }
            // A form that no page of this session sent.
            let cookie = try house.signIn(.compliance)
            let forged = try await house.form(
                "/risks/apn", ["apn": "internet", "exposure": "private", "reason": "x"], headers: ["Cookie": cookie])
            #expect(forged.status == 403)
            #expect(try house.estate.networkFacts().accessPoints.first { $0.apn == "internet" }?.exposure == .publicInternet)
        }
    }

    private func put(_ house: House, _ target: String, _ body: String, _ role: Role = .compliance) async throws -> House.Answer {
        try await house.ask(
            "PUT", "/api/v1/networks/\(target)",
            headers: ["Authorization": "Bearer \(try house.token(role))", "Content-Type": "application/json"], body: body)
    }

    @Test("programs read and say the same facts")
    func api() async throws {
        try await withHouse(rows: try rows()) { house in
            let bare = try await house.api("/api/v1/networks")
            let operators = try #require(bare["operators"] as? [[String: Any]])
            #expect(operators.count == 2 && operators.allSatisfy { $0["units"] as? Int == 2 && $0["carrier"] == nil })
            #expect((bare["accessPoints"] as? [[String: Any]])?.compactMap { $0["apn"] as? String } == ["internet", "iot.maker"])

            let said = try await put(
                house, "operators/001-02", #"{"carrier": "001-01", "vendor": "Acme", "reason": "contract"}"#)
            #expect(said.status == 200)
            let birch = try #require((said["operators"] as? [[String: Any]])?.first { $0["carrier"] != nil })
            #expect(birch["carrierName"] as? String == "Alder Mobile (001-01)" && birch["isOwn"] as? Bool == false)
            let word = birch["said"] as? [String: Any]
            #expect(word?["author"] as? String == "test" && word?["reason"] as? String == "contract")
            #expect((word?["at"] as? NSNumber)?.int64Value == house.now.milliseconds)
            #expect(try await put(house, "apns/Internet", #"{"exposure": "public", "reason": "seen"}"#).status == 200)
            let points = try await house.api("/api/v1/networks")["accessPoints"] as? [[String: Any]]
            #expect(points?.first { $0["apn"] as? String == "internet" }?["exposure"] as? String == "public")
            let device = try await house.api("/api/v1/devices/HF-0001")
            #expect(device["technologies"] as? [String] == ["2G", "4G"])
            #expect((device["profiles"] as? [[String: Any]])?.compactMap { $0["apn"] as? String } == ["iot.maker", "internet"])

            for (target, body, status) in [
                ("operators/001-02", #"{"carrier": "001-01"}"#, 422),
                ("operators/001-01", #"{"carrier": "001-02", "reason": "x"}"#, 422),
                ("operators/262-01", #"{"vendor": "Acme", "reason": "x"}"#, 404), ("operators/001-01", "[]", 400),
                ("operators/001-01", #"{"vendor": 1, "reason": "x"}"#, 400),
                ("apns/none", #"{"exposure": "public", "reason": "x"}"#, 404),
                ("apns/internet", #"{"exposure": "open", "reason": "x"}"#, 400),
                ("apns/internet", #"{"exposure": "private"}"#, 422),
            ] {
                let answer = try await put(house, target, body)
                #expect(answer.status == status, "\(target) \(body): \(answer.text)")
                #expect(answer.header("content-type") == "application/problem+json")
            }
            #expect(try await put(house, "operators/001-02", #"{"reason": "wrong"}"#).status == 200)
            #expect(try house.estate.networkFacts().operators.allSatisfy { $0.said == nil })
        }
    }

    @Test("no name and no text adds markup to the page")
    func escaping() async throws {
        func markup(_ name: String) async throws -> [[Int]] {
            var counts: [[Int]] = []
            var rows = try House.rows(name)
            rows[2].primary.apn = try APN("iot.maker")
            rows[2].technologies = [.twoG]
            try await withHouse(rows: rows) { house in
                let cookie = try house.signIn()
                func count(_ page: House.Answer) {
                    counts.append("<>\"'".utf8.map { mark in page.text.utf8.count { $0 == mark } })
                    #expect(page.text.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil)
                }
                count(try await house.page("/risks", cookie: cookie))
                let core = ["plmn": "001-03", "whose": "other", "carrier": name, "vendor": name, "reason": name]
                #expect(try await post(house, "/risks/core", core, cookie).status == 303)
                let point = ["apn": "iot.maker", "exposure": "public", "reason": name]
                #expect(try await post(house, "/risks/apn", point, cookie).status == 303)
                count(try await house.page("/risks", cookie: cookie))
                #expect(try await post(house, "/risks/compute", [:], cookie).status == 303)
                count(try await house.page("/risks", cookie: cookie))
                count(try await house.page("/readiness", cookie: cookie))
                let refused = try await post(
                    house, "/risks/core", core.merging(["whose": name, "vendor": name + name]) { $1 }, cookie)
                #expect(refused.status == 422)
                count(refused)
                let unknown = try await post(house, "/risks/core", core.merging(["plmn": name, "whose": "own"]) { $1 }, cookie)
                #expect(unknown.status == 404)
                count(unknown)
            }
            return counts
        }
        #expect(try await markup("HF-0003 plain") == markup(House.hostileName))
    }
}
