import Foundation
import Logging
import NIOPosix
import Regulation
import Testing

@testable import Estate
@testable import Server

/// What people see of a case whose rows do not decode: that it is there, what is wrong, and everything else.
@Suite("A case that cannot be read, in the console and the API") struct UnreadableCaseTests {
    private func withBrokenCase(_ body: (House) async throws -> Void) async throws {
        try await withHouse { house in
            let start = try #require(UTCInstant(iso8601: "2026-10-06T12:00:00.000Z"))
            house.advance(seconds: (start - house.now) / 1_000)
            let ada = Authorship("Ada")
            try house.estate.registerProduct("Telecare Hub", by: ada, at: house.now)
            for title in ["Broken radio", "Sound radio"] {
                try house.estate.openCase(
                    CaseRequest(
                        kind: .vulnerability, title: title, products: [AffectedProduct(product: "Telecare Hub")],
                        signal: CaseSignal(receivedAt: house.now.date, source: "CISA KEV", text: "Exploited."), owner: "Ada"),
                    by: ada, at: house.now)
            }
            _ = try house.estate.database.write {
                try $0.execute(
                    "UPDATE case_action SET body = '<b>' WHERE file = (SELECT id FROM case_file WHERE identifier = '2026-001')")
            }
            try await body(house)
        }
    }

    @Test("the list names it with what is wrong and what to do; the other case stands there as ever")
    func pages() async throws {
        try await withBrokenCase { house in
            let cookie = try house.signIn(.compliance)
            let list = try await house.page("/cases", cookie: cookie)
            #expect(list.status == 200 && list.text.contains("Cannot be read") && list.text.contains("Sound radio"))
            #expect(list.text.contains("2026-001") && list.text.contains("Action 0 of its history"))
            #expect(list.text.contains("backup") && !list.text.contains("<td data-label=\"What is wrong\"><b>"))
            let product = try await house.page("/products/Telecare%20Hub", cookie: cookie)
            #expect(product.status == 200 && product.text.contains("cannot be read") && product.text.contains("Sound radio"))
            #expect(try await house.page("/products/Telecare%20Hub/annex1", cookie: cookie).text.contains("1 that cannot be read"))
            #expect(try await house.page("/cases/new", cookie: cookie).status == 200)
            #expect(try await house.page("/cases/2026-002", cookie: cookie).status == 200)
            for target in ["/cases/2026-001", "/cases/2026-001/dark.csv", "/cases/2026-001/reports/earlyWarning"] {
                let page = try await house.page(target, cookie: cookie)
                #expect(page.status == 500 && page.text.contains("Case 2026-001 cannot be read"), "\(target)")
            }
        }
    }

    @Test("the API lists it beside the others and says so when it is asked for; the calendar has the others' deadlines")
    func api() async throws {
        try await withBrokenCase { house in
            for target in ["/api/v1/cases", "/api/v1/cases?open=true", "/api/v1/cases?open=false"] {
                let list = try await house.api(target)
                let broken = try #require((list["unreadable"] as? [[String: Any]])?.first)
                #expect(list.status == 200 && broken["number"] as? String == "2026-001" && broken["remedy"] != nil)
                #expect((list["items"] as? [Any])?.count == (target.hasSuffix("false") ? 0 : 1), "\(target)")
            }
            for target in ["", "/dark", "/dark.csv", "/reports/earlyWarning"] {
                let answer = try await house.api("/api/v1/cases/2026-001\(target)")
                #expect(answer.status == 500 && answer["type"] as? String == "urn:holdfast:problem:case-unreadable", "\(target)")
            }
            try house.estate.act(in: "2026-002", .startAssessment, by: Authorship("Ada"), at: house.now)
            try house.estate.act(
                in: "2026-002", .declareAware(decision: AwareDecision(since: house.now.date, evidence: "Logs.")),
                by: Authorship("Ada", reason: "Certain."), at: house.now)
            let feed = try await house.api("/api/v1/cases.ics")
            #expect(feed.status == 200 && feed.text.contains("2026-002") && !feed.text.contains("2026-001"))
        }
    }

    @Test("the log says once of each that nobody is told of it")
    func log() async throws {
        try await withBrokenCase { house in
            let log = LogBook()
            let service = AlertService(
                estate: house.estate, threads: .singleton, ways: [], console: nil, clock: { house.now },
                logger: Logger(label: "alerts", factory: { _ in log.handler }))
            func said() -> Int { log.text.components(separatedBy: "a case cannot be read").count - 1 }
            await service.round()
            await service.round()
            #expect(said() == 1 && log.text.contains("2026-001"))
            _ = try house.estate.database.write { try $0.execute("UPDATE case_action SET body = 'x'") }
            await service.round()
            #expect(said() == 2 && log.text.contains("2026-002"))
        }
    }
}
