import Foundation
import NIOConcurrencyHelpers
import Regulation
import Testing

@testable import Estate
@testable import Evidence
@testable import Server

/// Drills that do as they are told, and say what the test has them say.
private final class ToyDrills: DrillControl {
    let said = NIOLockedValueBox(DrillStatus(phase: "well"))

    private static let groups = [
        DrillGroup(
            name: "resilient", cards: 10, reachable: 9, onPrimary: 2, onBackup: 7, dark: 1,
            detection: DrillQuantiles(p50: 12.5, p99: 30), move: DrillQuantiles(p50: .nan, p99: .infinity), darkMinutes: 0.3)
    ]

    func list() async -> [DrillSummary] {
        [DrillSummary(name: "storm", title: "The storm", source: "Alder Mobile, 2025", about: "about")]
    }

    func start(_ name: String) async throws(DrillRefusal) {
        guard name == "storm" else { throw .unknown(name: name) }
        begin(by: nil)
    }

    func stop() async { said.withLockedValue { $0.isRunning = false } }

    func status() async -> DrillStatus { said.withLockedValue { $0 } }

    func begin(by person: String?) {
        said.withLockedValue {
            $0 = DrillStatus(
                name: "storm", isRunning: true, elapsed: 1, duration: 180, phase: "struck", groups: Self.groups, startedBy: person)
        }
    }
}

@Suite("Drills in the record") struct DrillRecordTests {
    private func entries(_ house: House) throws -> [LedgerEntry] {
        try house.estate.ledgerEntries().map(\.entry).filter { $0.kind == "drill" }.reversed()
    }

    private func body(_ entry: LedgerEntry, _ name: String) -> CanonicalValue? {
        guard case .object(let body) = entry.body else { return nil }
        return body[name]
    }

    @Test("who starts and who stops one is in the ledger, with its parameters and what it showed; the report lists it")
    func people() async throws {
        let drills = ToyDrills()
        try await withHouse(rows: [try SampleCard.row(1, device: "HF-0001")], drills: drills) { house in
            let cookie = try house.signIn()
            let seal = try #require(AccessTests.seal(in: try await house.page("/drill", cookie: cookie).text))
            func send(_ path: String, _ fields: [String: String] = [:]) async throws -> House.Answer {
                try await house.form(path, fields.merging(["seal": seal]) { $1 }, headers: ["Cookie": cookie])
            }
            // Nothing runs, and a drill that nobody knows is none: nothing is noted.
            #expect(try await send("/drill/stop").status == 303)
            #expect(try await send("/drill/start", ["name": "no"]).status == 409)
            #expect(try entries(house).isEmpty)

            #expect(try await send("/drill/start", ["name": "storm"]).status == 303)
            let recorder = try #require(house.server.drills)
            await recorder.look(at: house.now)
            house.advance(seconds: 20)
            #expect(try await send("/drill/stop").status == 303)
            for _ in 0..<3 { await recorder.look(at: house.now) }
            let noted = try entries(house)
            #expect(noted.map { body($0, "step") } == ["started", "stopped"])
            #expect(noted.allSatisfy { $0.author == "Ada" && $0.reason.hasSuffix("in the console") })
            let started = try #require(noted.first)
            #expect(body(started, "title") == "The storm" && body(started, "seconds") == 180 && body(started, "cards") == 10)
            #expect(body(started, "groups") == [])
            let group: CanonicalValue = [
                "name": "resilient", "cards": 10, "reachable": 9, "onPrimary": 2, "onBackup": 7, "dark": 1,
                "detection": ["p50": 12_500, "p99": 30_000], "darkSeconds": 18,
            ]
            #expect(try body(#require(noted.last), "groups") == .array([group]))

            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            let day = try #require(Day("2026-03-01"))
            let path = folder.url.appendingPathComponent("pack.zip").path
            _ = try EvidencePack.build(
                product: try SampleCard.row(1, device: "x").product, over: try EvidencePeriod(from: day, to: day, at: house.now),
                from: house.estate, by: Authorship("Ada"), at: house.now, printer: nil, to: path)
            #expect(try PackVerifier.verify(path, key: house.estate.ledgerKey).isWhole)
            let archive = try PackArchive(path) { _ in }
            var page: [UInt8] = []
            try archive.read(try #require(archive.entry("report.html"))) { page += $0 }
            let text = String(decoding: page, as: UTF8.self)
            for said in [
                "Drills of the lab", "The storm", "stopped before its end", "9 of 10 cards reachable", "after Alder Mobile, 2025",
            ] {
                #expect(text.contains(said), "\(said)")
            }
        }
    }

    @Test("what was started at the terminal, and what ended by itself, is noted too")
    func elsewhere() async throws {
        let drills = ToyDrills()
        try await withHouse(rows: [], drills: drills) { house in
            let recorder = try #require(house.server.drills)
            await recorder.look(at: house.now)
            drills.begin(by: "ben")
            for _ in 0..<3 { await recorder.look(at: house.now) }
            house.advance(seconds: 180)
            await drills.stop()
            for _ in 0..<3 { await recorder.look(at: house.now) }
            let noted = try entries(house)
            #expect(noted.map { body($0, "step") } == ["started", "ended"])
            #expect(noted.map(\.author) == ["ben", "holdfast"])
            #expect(try house.estate.verifyLedger().isWhole)
        }
    }

    @Test("with a broken ledger none is started, and the page says why; one that runs can be stopped")
    func broken() async throws {
        let drills = ToyDrills()
        try await withHouse(rows: [], drills: drills) { house in
            let cookie = try house.signIn()
            let seal = try #require(AccessTests.seal(in: try await house.page("/drill", cookie: cookie).text))
            let fields = ["seal": seal, "name": "storm"]
            #expect(try await house.form("/drill/start", fields, headers: ["Cookie": cookie]).status == 303)
            _ = try house.estate.database.write { try $0.execute("DELETE FROM ledger_entry") }
            #expect(try await house.form("/drill/stop", ["seal": seal], headers: ["Cookie": cookie]).status == 303)
            #expect(try house.estate.waitingEntries() == 1)
            let refused = try await house.form("/drill/start", fields, headers: ["Cookie": cookie])
            #expect(refused.status == 409 && refused.text.contains("No drill was started: the ledger is broken"))
            #expect(await !drills.status().isRunning)
        }
    }

    @Test("what a control says a moment late is not taken for an end or a beginning")
    func late() {
        func status(_ running: Bool, _ name: String = "storm") -> DrillStatus { DrillStatus(name: name, isRunning: running) }
        var watch = DrillWatch()
        #expect(watch.look(DrillStatus()) == [])
        watch.started("storm")
        #expect(watch.look(status(false)) == [] && watch.look(status(true)) == [])
        #expect(watch.look(status(false)) == [.ended("storm")] && watch.look(status(false)) == [])
        watch.started("storm")
        watch.stopped("storm")
        #expect(watch.look(status(true)) == [] && watch.look(status(false)) == [] && watch.look(status(false)) == [])
        #expect(watch.look(status(true)) == [.began("storm")])
        // Another one in its place: the first is over.
        #expect(watch.look(status(true, "flood")) == [.ended("storm"), .began("flood")])
        // One that was started and is never seen to run is over after a while.
        watch = DrillWatch()
        watch.started("storm")
        for _ in 1..<DrillWatch.patience { #expect(watch.look(status(false)) == []) }
        #expect(watch.look(status(false)) == [.ended("storm")])
    }

    @Test("hours before the first unit was heard are neither the lowest nor drawn")
    func newHours() {
        let start = UTCInstant(milliseconds: 1_772_323_200_000)
        func point(_ hour: Int64, _ heard: Int) -> ReachPoint {
            ReachPoint(at: start.adding(seconds: hour * 3_600), units: 10, heard24: heard, heard72: heard, onBackup: 0)
        }
        let points = [point(0, 0), point(1, 0), point(2, 7), point(3, 9)]
        let until = start.adding(seconds: 4 * 3_600)
        let hours = ReachHours(from: start, until: until, points, newHours: 2)
        #expect(hours.all.map(\.isNew) == [true, true, false, false] && hours.sampled == 4)
        #expect(hours.whole.lowest24?.heard24 == 7 && hours.whole.lowest72?.heard72 == 7 && hours.whole.heard24 == 16)
        #expect(ReachHours(from: start, until: until, points).whole.lowest24?.heard24 == 0)
        let all = ReachHours(from: start, until: until, Array(points.prefix(2)), newHours: 2)
        #expect(all.whole.lowest24 == nil && all.all.map(\.isNew) == [true, true, false, false])
        #expect(ReachChart(hours: all).svg.hasSuffix("</svg>"))
    }
}
