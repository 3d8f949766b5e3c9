import Beacon
import Foundation
import Reachability
import Resilience
import Storage
import Testing

@testable import Estate

@Suite("Reach, silence and slices")
struct ReachTests {
    @Test("reach-24 and reach-72 of the estate and of any slice")
    func slices() throws {
        let rows = try (0..<12).map {
            try row($0, product: $0 < 8 ? "meter" : "gateway", country: $0 % 2 == 0 ? "GB" : "FR", area: $0 < 4 ? "Leeds" : nil)
        }
        let estate = try makeEstate(rows)
        var cards = try cards(12)
        for index in 0..<4 { try cards[index].beacon(estate, at: noon) }
        for index in 4..<9 { try cards[index].beacon(estate, at: noon.adding(seconds: 30 * 3_600)) }
        let now = noon.adding(seconds: 48 * 3_600)
        try estate.tick(at: now)
        let overview = try estate.overview(at: now)
        #expect(overview.devices == 12)
        #expect(overview.reach24 == Share(part: 5, whole: 12))
        #expect(overview.reach72 == Share(part: 9, whole: 12))
        #expect(overview.states == StateCounts(reachable: 0, late: 0, silent: 9, never: 3))
        #expect(overview.slices.products.map(\.value) == ["meter", "gateway"])
        #expect(overview.slices.products.map(\.reach24) == [Share(part: 4, whole: 8), Share(part: 1, whole: 4)])
        #expect(overview.slices.products.map(\.reach72) == [Share(part: 8, whole: 8), Share(part: 1, whole: 4)])
        #expect(overview.slices.countries.map(\.value) == ["FR", "GB"])
        #expect(overview.slices.tags.map(\.devices) == [12])
        #expect(overview.carriers.map(\.operator.name) == ["Alpha"])
        #expect(overview.recentEvents.first?.kind == .silent)
        var filter = DeviceFilter()
        filter.product = "meter"
        filter.country = "GB"
        #expect(try estate.slice(filter, at: now).reach24 == Share(part: 2, whole: 4))
        filter.area = "Leeds"
        #expect(try estate.slice(filter, at: now).reach72 == Share(part: 2, whole: 2))
        filter.text = "dev-2"
        #expect(try estate.slice(filter, at: now).reach72 == Share(part: 1, whole: 1))
        filter.product = "no such product"
        #expect(try estate.slice(filter, at: now).devices == 0)
    }

    @Test("silence is an event, once, and so is being heard again")
    func silence() throws {
        let estate = try makeEstate(try rows(5))
        var cards = try cards(5)
        for index in cards.indices { try cards[index].beacon(estate, at: noon) }
        for second in stride(from: Int64(0), through: 600, by: 1) {
            let now = noon.adding(seconds: second)
            try estate.tick(at: now)
            if second % 30 == 0 { for index in 1..<5 { try cards[index].beacon(estate, at: now) } }
            if second == 89 { #expect(try estate.device("dev-0", at: now)?.row.state == .reachable) }
            if second == 92 { #expect(try estate.device("dev-0", at: now)?.row.state == .late) }
        }
        let now = noon.adding(seconds: 600)
        #expect(try estate.device("dev-0", at: now)?.row.state == .silent)
        let silent = try estate.events(limit: 1_000).filter { $0.kind == .silent }
        #expect(silent.map(\.device) == ["dev-0"])
        // Four intervals of 30 s and 60 s of grace.
        #expect(silent.first?.at == noon.adding(seconds: 181))
        #expect(silent.first?.severity == .warning)
        try cards[0].beacon(estate, at: now)
        #expect(try estate.events(limit: 1_000).last?.kind == .heardAgain)
        #expect(try estate.device("dev-0", at: now)?.row.state == .reachable)
    }

    @Test("devices are found, filtered, sorted and paged")
    func query() throws {
        let estate = try makeEstate(try (0..<25).map { try row($0, product: $0 % 2 == 0 ? "meter" : "alarm") })
        var cards = try cards(25)
        cards[7].move(to: .backup, .rejected)
        for index in 0..<10 { try cards[index].beacon(estate, at: noon.adding(seconds: Int64(index))) }
        var query = DeviceQuery()
        query.size = 10
        var page = try estate.devices(query, at: noon)
        #expect((page.total, page.pages, page.rows.count) == (25, 3, 10))
        #expect(
            page.rows.map(\.id) == [
                "dev-0", "dev-1", "dev-10", "dev-11", "dev-12", "dev-13", "dev-14", "dev-15", "dev-16", "dev-17",
            ])
        query.page = 3
        page = try estate.devices(query, at: noon)
        #expect(page.rows.map(\.id) == ["dev-5", "dev-6", "dev-7", "dev-8", "dev-9"])
        query.page = 99
        #expect(try estate.devices(query, at: noon).page == 3)
        query = DeviceQuery()
        query.sort = .lastProof
        query.descending = true
        #expect(try estate.devices(query, at: noon).rows.first?.id == "dev-9")
        query.filter.slot = 1
        #expect(try estate.devices(query, at: noon).rows.map(\.operator.name) == ["Beta"])
        query.filter = DeviceFilter()
        query.filter.state = .never
        query.filter.product = "alarm"
        query.sort = .name
        #expect(
            try estate.devices(query, at: noon).rows.map(\.id) == [
                "dev-23", "dev-21", "dev-19", "dev-17", "dev-15", "dev-13", "dev-11",
            ])
        query.filter = DeviceFilter()
        query.filter.text = "DEV-2"
        #expect(try estate.devices(query, at: noon).total == 6)
        query.filter.text = try row(13).primary.imsi.description
        #expect(try estate.devices(query, at: noon).rows.map(\.id) == ["dev-13"])
        query.filter.text = "1003"
        #expect(try estate.devices(query, at: noon).rows.map(\.id).contains("dev-3"))
        for hostile in ["%", "_", "'; DROP TABLE device; --", "\\", String(repeating: "x", count: 10_000)] {
            query.filter.text = hostile
            #expect(try estate.devices(query, at: noon).total == 0, "\(hostile.prefix(20))")
        }
        query = DeviceQuery()
        query.size = 1_000_000
        query.page = .min
        #expect(try estate.devices(query, at: noon).size == 200)
        #expect(try estate.device("no such device", at: noon) == nil)
    }

    @Test("events can be followed, and read backwards")
    func events() throws {
        let estate = try makeEstate(try rows(30))
        var cards = try cards(30)
        for index in cards.indices { try cards[index].beacon(estate, at: noon) }
        let first = try estate.events(limit: 10)
        #expect(first.map(\.id) == Array(1...10))
        let rest = try estate.events(after: 10, limit: 100)
        #expect(rest.map(\.id) == Array(11...31))
        #expect(try estate.latestEvents(limit: 3).map(\.id) == [31, 30, 29])
        #expect(try estate.latestEvents(limit: 3, before: 29).map(\.id) == [28, 27, 26])
        #expect(try estate.events(after: .max).isEmpty)
    }

    @Test("subscribers are told of beacons, devices and events; a slow one loses the oldest and stops nobody")
    func changes() async throws {
        let estate = try makeEstate(try rows(2))
        let slow = estate.changes()
        let quick = estate.changes()
        var card = try TestCard(0)
        try card.beacon(estate, at: noon)
        for second in 1...400 { try card.beacon(estate, at: noon.adding(seconds: Int64(second))) }
        var iterator = quick.makeAsyncIterator()
        guard case .beacons(let count, let at)? = await iterator.next() else { throw Unexpected() }
        #expect(count == 1)
        // 401 changes and the first event were sent, 256 wait.
        #expect(at > noon.adding(seconds: 100))
        var fresh = estate.changes().makeAsyncIterator()
        card.move(to: .backup, .bearerLost)
        try card.beacon(estate, at: noon.adding(seconds: 500))
        guard case .event(let event)? = await fresh.next() else { throw Unexpected() }
        #expect(event.kind == .moved)
        #expect(event.device == "dev-0")
        #expect(event == (try estate.latestEvents(limit: 1).first))
        guard case .device("dev-0")? = await fresh.next() else { throw Unexpected() }
        withExtendedLifetime(slow) {}
    }

    private struct Unexpected: Error {}
}

@Suite("Inferring outages")
struct OutageTests {
    /// A hundred devices at home with Alpha, three dozen with Beta, all with a backup; a virtual clock that beacons for them.
    private struct Drill {
        let estate: EstateService
        var cards: [TestCard]
        var now = noon
        /// Cards whose operator does not deliver now.
        var dark: Set<Int> = []

        init() throws {
            var rows = try rows(136)
            for index in 100..<136 {
                guard let backup = rows[index].backup else { continue }
                (rows[index].primary, rows[index].backup) = (backup, rows[index].primary)
            }
            estate = try makeEstate(rows)
            cards = try (0..<136).map { try TestCard($0) }
        }

        /// Lets time pass; each card that is not dark beacons every 30 seconds.
        mutating func run(seconds: Int64) throws {
            guard let desk = estate.beacon(responder: 0) else { return }
            for _ in 0..<seconds {
                now = now.adding(seconds: 1)
                let turn = Int(now.milliseconds / 1_000 % 30)
                var batch: [[UInt8]] = []
                for index in cards.indices where index % 30 == turn && !dark.contains(index) {
                    batch.append(try cards[index].request())
                }
                _ = try desk.answer(batch, at: now)
                try estate.tick(at: now)
            }
        }

        func kinds() throws -> [EventKind] {
            try estate.events(limit: 1_000).map(\.kind).filter { [.outageBegan, .outageEnded, .outageRecovering].contains($0) }
        }
    }

    @Test("many devices that leave an operator show its outage, and their return its end; the hints say so")
    func outage() throws {
        var drill = try Drill()
        try drill.run(seconds: 120)
        #expect(try drill.estate.operators(at: drill.now).map(\.health) == [.healthy, .healthy])
        for index in 0..<100 { drill.cards[index].move(to: .backup, .dataPathDead) }
        try drill.run(seconds: 60)
        let open = try drill.estate.outages(open: true)
        #expect(open.map(\.operator?.name) == ["Alpha"])
        #expect(open.first?.scope == .network)
        #expect(open.first?.reason == "data-path-dead")
        #expect((open.first?.moved ?? 0) > 30)
        let reports = try drill.estate.operators(at: drill.now)
        #expect(reports.map(\.health) == [.failing, .healthy])
        #expect(reports.map(\.homeDevices) == [100, 36])
        #expect(reports.map(\.hereNow) == [0, 136])
        #expect(reports.map(\.away) == [100, 0])
        #expect(reports.map(\.visiting) == [0, 100])
        #expect(reports[0].outage?.id == open.first?.id)
        #expect(reports[1].heardLast5Minutes == 136)
        #expect(reports[0].beaconsPerMinute.count == 120 && reports[0].beaconsPerMinute.contains { $0 > 0 })
        #expect(try drill.estate.overview(at: drill.now).openOutages.count == 1)
        // Of many cards nearly all hear "failing"; a few go on trying by themselves.
        var failing = 0
        for index in 0..<40 where try drill.cards[index].beacon(drill.estate, at: drill.now).primary == .failing { failing += 1 }
        #expect(failing > 20)
        #expect(try drill.cards[120].beacon(drill.estate, at: drill.now).primary == .healthy)

        for index in 0..<20 { drill.cards[index].move(to: .primary, .trialReturn) }
        try drill.run(seconds: 240)
        #expect(try drill.estate.outages(open: true).isEmpty)
        let ended = try #require(try drill.estate.outages(open: false).first)
        #expect(ended.ending == "recovered")
        #expect(ended.ended.map { $0 > ended.began } == true)
        #expect(try drill.kinds() == [.outageBegan, .outageRecovering, .outageEnded])
        let answer = try drill.cards[50].beacon(drill.estate, at: drill.now)
        #expect(answer.primary == .healthy)
        #expect(answer.returnWindow >= 10)
    }

    @Test("one device that leaves, or falls silent, shows nothing")
    func oneDevice() throws {
        var drill = try Drill()
        try drill.run(seconds: 120)
        drill.cards[3].move(to: .backup, .dataPathDead)
        drill.dark = [4]
        try drill.run(seconds: 400)
        #expect(try drill.estate.outages().isEmpty)
        #expect(try drill.estate.events(limit: 1_000).filter { $0.kind == .silent }.map(\.device) == ["dev-4"])
        #expect(try drill.estate.operators(at: drill.now).map(\.health) == [.healthy, .healthy])
    }

    @Test("our own downtime is nobody's outage")
    func downtime() throws {
        var drill = try Drill()
        try drill.run(seconds: 120)
        drill.now = drill.now.adding(seconds: 3_600)
        try drill.estate.resumed(at: drill.now)
        try drill.run(seconds: 60)
        #expect(try drill.estate.outages().isEmpty)
        #expect(try drill.estate.events(limit: 1_000).filter { $0.kind == .silent }.isEmpty)
        #expect(try drill.estate.events(limit: 1_000).contains { $0.kind == .resumed })
    }
}
