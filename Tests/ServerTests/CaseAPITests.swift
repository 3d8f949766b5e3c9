import Estate
import Foundation
import Regulation
import Testing

@testable import Server

/// Cases over the API.
@Suite("The API of cases") struct CaseAPITests {
    private func post(_ house: House, _ target: String, _ body: String, role: Role = .compliance) async throws -> House.Answer {
        try await house.ask(
            "POST", target, headers: ["Authorization": "Bearer \(try house.token(role))", "Content-Type": "application/json"],
            body: body)
    }

    private static let opening = #"""
        {"kind": "vulnerability", "title": "Radio", "products": [{"product": "Telecare Hub"}], "zone": "Europe/Berlin", "owner": "Ada",
         "signal": {"receivedAt": "2026-10-06T13:30:00+02:00", "source": "CISA KEV", "text": "Exploited."}}
        """#

    private func withCases(_ body: (House) async throws -> Void) async throws {
        try await withHouse { house in
            let start = try #require(UTCInstant(iso8601: "2026-10-06T12:00:00.000Z"))
            house.advance(seconds: (start - house.now) / 1_000)
            try house.estate.registerProduct("Telecare Hub", by: Authorship("Ada"), at: house.now)
            try await body(house)
        }
    }

    @Test("opens a case, takes steps, and gives its clocks in milliseconds with its reach then and now")
    func life() async throws {
        try await withCases { house in
            let opened = try await post(house, "/api/v1/cases", Self.opening)
            #expect(opened.status == 201 && opened["number"] as? String == "2026-001", "\(opened.text)")
            let path = "/api/v1/cases/2026-001"
            #expect(try await post(house, "\(path)/actions", #"{"step": {"startAssessment": {}}}"#).status == 200)
            let aware = try await post(
                house, "\(path)/actions",
                #"{"step": {"declareAware": {"decision": {"since": 1791288000000, "evidence": "Logs.", "criteria": []}}}, "reason": "Certain."}"#
            )
            #expect(aware.status == 200, "\(aware.text)")
            let clocks = try #require(aware["clocks"] as? [[String: Any]])
            #expect(clocks.first?["stage"] as? String == "earlyWarning" && clocks.first?["secondsLeft"] as? Int == 86_400)
            #expect(clocks.first?["due"] as? Int == 1_791_374_400_000)
            let detail = try await house.api(path)
            #expect((detail["history"] as? [Any])?.count == 3)
            let reach = try #require((detail["reach"] as? [[String: Any]])?.first)
            #expect(((reach["then"] as? [String: Any])?["summary"] as? [String: Any])?["units"] as? Int == 2)
            let table = try #require(detail["deadlines"] as? [String: Any])
            let readings = try #require(table["deadlines"] as? [[String: Any]]).compactMap { $0["reading"] as? String }
            #expect(Set(readings).isSuperset(of: ["conservative", "formal"]))
            #expect(try await house.items("/api/v1/cases?open=true").count == 1)
            #expect(try await house.items("/api/v1/cases?open=false").isEmpty)
            let dark = try await house.api("\(path)/dark?size=1&page=2")
            #expect(dark["total"] as? Int == 2 && (dark["items"] as? [Any])?.count == 1)
            #expect(try await house.api("\(path)/dark.csv").text.split(separator: "\r\n").count == 3)
            #expect(try await house.api("\(path)/reports/finalReport").status == 200)
            let given = try await post(house, "\(path)/assignment", #"{"owner": "Grace", "reason": "Ada is away."}"#)
            #expect(given["owner"] as? String == "Grace")
            #expect(try house.estate.caseFile("2026-001")?.case.history.last?.author == "test")
        }
    }

    @Test(
        "what a case does not take is a problem with its reason",
        arguments: [
            ("/actions", #"{"step": {"close": {"leaving": []}}, "reason": "r"}"#, 409, "Cannot close it"),
            ("/actions", #"{"step": {"declareNoCase": {"evidence": "e"}}, "reason": "r"}"#, 409, "the assessment comes first"),
            ("/actions", #"{"step": {"note": {"text": ""}}}"#, 422, "The text is missing"),
            ("/actions", #"{"step": {"dance": {}}}"#, 400, "Expected"), ("/actions", "[]", 400, "Expected"),
            ("/actions", #"{"step": {"recordMeasure": {"availableAt": "2026-10-06T12:00"}}}"#, 400, "Expected"),
            (
                "/actions", #"{"step": {"recordMeasure": {"availableAt": 9223372036854775807}}}"#, 409,
                "Cannot record when a measure"
            ),
            ("/assignment", #"{"owner": ""}"#, 422, "on call"),
        ])
    func refused(target: String, body: String, status: Int, hint: String) async throws {
        try await withCases { house in
            #expect(try await post(house, "/api/v1/cases", Self.opening).status == 201)
            let answer = try await post(house, "/api/v1/cases/2026-001\(target)", body)
            #expect(answer.status == status)
            let detail = try #require(answer["detail"] as? String)
            #expect(detail.contains(hint), "\(detail)")
            #expect(try house.estate.caseFile("2026-001")?.case.history.count == 1)
        }
    }

    @Test("an unknown case is 404, an unknown product 422, a reader may not open one")
    func unknown() async throws {
        try await withCases { house in
            for target in ["", "/dark", "/dark.csv", "/reports/earlyWarning"] {
                let answer = try await house.api("/api/v1/cases/2026-009\(target)")
                #expect(answer.status == 404, "\(target)")
            }
            #expect(try await post(house, "/api/v1/cases/2026-009/actions", #"{"step": {"startAssessment": {}}}"#).status == 404)
            let other = Self.opening.replacing("Telecare Hub", with: "Toaster")
            #expect(try await post(house, "/api/v1/cases", other).status == 422)
            #expect(
                try await post(house, "/api/v1/cases", Self.opening.replacing("Europe/Berlin", with: "Mars/Base")).status == 422)
            #expect(try await post(house, "/api/v1/cases", Self.opening, role: .viewer).status == 403)
            #expect(try await post(house, "/api/v1/cases", Self.opening, role: .operator).status == 403)
        }
    }
}
