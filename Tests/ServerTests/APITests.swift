import Estate
import Foundation
import Testing

@testable import Server

@Suite("The API") struct APITests {
    @Test("tells how the estate fares")
    func overview() async throws {
        try await withHouse { house in
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            house.advance(seconds: 10)
            let overview = try await house.api("/api/v1/overview")
            #expect(overview.status == 200)
            #expect(overview["devices"] as? Int == 3)
            let reach = try #require(overview["reach24"] as? [String: Any])
            #expect(reach["part"] as? Int == 1)
            #expect(reach["whole"] as? Int == 3)
        }
    }

    @Test("finds, sorts and pages devices")
    func devices() async throws {
        try await withHouse(rows: try (1...7).map { try SampleCard.row(UInt64($0), device: "HF-000\($0)") }) { house in
            let page = try await house.api("/api/v1/devices?size=3&page=2&order=desc")
            #expect(page["total"] as? Int == 7)
            let rows = try #require(page["rows"] as? [[String: Any]])
            #expect(rows.map { $0["id"] as? String } == ["HF-0004", "HF-0003", "HF-0002"])
            let one = try await house.api("/api/v1/devices?text=HF-0005")
            #expect(one["total"] as? Int == 1)
            let far = try await house.api("/api/v1/devices?page=1000000&size=200")
            #expect(far.status == 200)
            #expect((far["rows"] as? [Any])?.isEmpty != nil)
        }
    }

    @Test(
        "refuses a parameter that it does not understand, and says what it takes",
        arguments: [
            ("devices?page=0", "from 1 to 1000000"), ("devices?page=-1", "came \"-1\""), ("devices?page=1e3", "\"1e3\""),
            ("devices?size=201", "from 1 to 200"), ("devices?state=fine", "reachable, late, silent, never"),
            ("devices?sort=%3Cscript%3E", "name, product"),
            ("devices?order=up", "asc, desc"), ("devices?profile=2", "primary, backup"), ("devices?operator=x", "whole number"),
            ("devices?statee=late", "known: text, product"), ("events?limit=0", "from 1 to 1000"), ("events?after=-1", "from 0"),
            ("events?after=9223372036854775808", "from 0"), ("outages?open=maybe", "true, false"), ("overview?x=1", "known: none"),
            ("slices?page=1", "not known"),
        ])
    func parameters(target: String, hint: String) async throws {
        try await withHouse { house in
            let answer = try await house.api("/api/v1/\(target)")
            #expect(answer.status == 400)
            #expect(answer.header("Content-Type") == "application/problem+json")
            let detail = try #require(answer["detail"] as? String)
            #expect(detail.contains(hint), "\(detail)")
        }
    }

    @Test("tells everything about one device, whatever its name")
    func device() async throws {
        try await withHouse { house in
            let answer = try await house.api("/api/v1/devices/\(PercentEncoding.encode(House.hostileName))")
            #expect(answer.status == 200)
            #expect((answer["row"] as? [String: Any])?["id"] as? String == House.hostileName)
            #expect((answer["profiles"] as? [Any])?.count == 2)
            let missing = try await house.api("/api/v1/devices/HF-9999")
            #expect(missing.status == 404)
            #expect(missing["detail"] as? String == "There is no device called \"HF-9999\".")
        }
    }

    @Test("lists operators, events, outages and slices")
    func lists() async throws {
        try await withHouse { house in
            let operators = try await house.items("/api/v1/operators")
            #expect(operators.count == 4)
            #expect(try await !house.items("/api/v1/events?limit=5").isEmpty)
            #expect(try await house.items("/api/v1/outages?open=true").isEmpty)
            #expect(try await house.api("/api/v1/slices?product=Telecare+Hub&country=IE")["devices"] as? Int == 1)
        }
    }

    @Test("is healthy, and says so to anybody")
    func health() async throws {
        try await withHouse { house in
            let answer = try await house.ask("GET", "/api/v1/healthz")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status":"ok"}"#)
        }
    }
}

@Suite("An import") struct ImportTests {
    private func send(_ house: House, _ type: String?, _ body: String) async throws -> House.Answer {
        var headers = ["Authorization": "Bearer \(try house.token(.administrator))"]
        headers["Content-Type"] = type
        return try await house.ask("POST", "/api/v1/import", headers: headers, body: body)
    }

    @Test("adds devices, and changes nothing the second time")
    func adds() async throws {
        try await withHouse(rows: []) { house in
            let csv = String(decoding: InventoryCSV.write([try SampleCard.row(7, device: "HF-0007")]), as: UTF8.self)
            let first = try await send(house, "text/csv; charset=utf-8", csv)
            #expect(first.status == 200)
            #expect(first["added"] as? Int == 1)
            #expect(try await send(house, "TEXT/CSV", csv)["unchanged"] as? Int == 1)
            #expect(try await house.api("/api/v1/devices/HF-0007").status == 200)
        }
    }

    @Test("that is wrong is refused as a whole, with every issue by line and field")
    func lines() async throws {
        try await withHouse(rows: []) { house in
            var lines = String(
                decoding: InventoryCSV.write(try (1...3).map { try SampleCard.row(UInt64($0), device: "HF-\($0)") }), as: UTF8.self
            )
            .split(separator: "\r\n").map(String.init)
            lines[2] = lines[2].replacing("Telecare Hub", with: "")
            lines[3] = lines[3].replacing("001-01", with: "1-1")
            let answer = try await send(house, "text/csv", lines.joined(separator: "\n"))
            #expect(answer.status == 400)
            #expect(answer["type"] as? String == "urn:holdfast:problem:import-refused")
            let issues = try #require(answer["issues"] as? [[String: Any]])
            #expect(issues.contains { $0["place"] as? String == "line 3" && $0["field"] as? String == "product" })
            #expect(issues.contains { $0["place"] as? String == "line 4" && $0["field"] as? String == "primary_plmn" })
            #expect(
                issues.allSatisfy { ($0["problem"] as? String)?.isEmpty == false && ($0["remedy"] as? String)?.isEmpty == false })
            #expect(try await house.api("/api/v1/devices")["total"] as? Int == 0)
        }
    }

    @Test(
        "that is broken is refused",
        arguments: [
            "", "{", "[", "null", "[1]", "[{}]", "{\"devices\": 3}", "\u{0}", "[{\"device\": {}}]",
            String(repeating: "[", count: 100_000),
        ])
    func brokenJSON(body: String) async throws {
        try await withHouse(rows: []) { house in
            let answer = try await send(house, "application/json", body)
            #expect(answer.status == 400)
            #expect((answer["issues"] as? [Any])?.isEmpty == false)
        }
    }

    @Test("that is random bytes is refused and breaks nothing")
    func random() async throws {
        try await withHouse(rows: []) { house in
            var generator = SplitMix(seed: 0xB00C)
            for _ in 0..<200 {
                let text = String(
                    (0..<Int.random(in: 1...200, using: &generator)).map { _ in
                        "device,\"\n\r{}[]:0\u{301}".randomElement(using: &generator) ?? ","
                    })
                for type in ["text/csv", "application/json"] {
                    let status = try await send(house, type, text).status
                    #expect(status == 400 || status == 200)
                }
            }
            #expect(try await house.api("/api/v1/devices")["total"] as? Int == 0)
        }
    }

    @Test("of another type is 415")
    func type() async throws {
        try await withHouse(rows: []) { house in
            for type in [nil, "text/plain", "multipart/form-data; boundary=x", "text/csv2"] {
                let answer = try await send(house, type, "device\n")
                #expect(answer.status == 415)
                #expect((answer["detail"] as? String)?.contains("text/csv") == true)
            }
        }
    }

    @Test("that is too long is 413 and says the limit")
    func tooLong() async throws {
        var settings = House.quietSettings
        settings.importLimit = 1_000
        try await withHouse(rows: [], settings: settings) { house in
            let answer = try await send(house, "text/csv", String(repeating: "x", count: 1_001))
            #expect(answer.status == 413)
            #expect((answer["detail"] as? String)?.contains("1000 bytes") == true)
        }
    }
}
