import Foundation
import Regulation
import TestSupport
import Testing

@Suite("Deadlines: conditions and bad input")
struct ReportingClockTests {
    private func at(_ text: String) throws -> Date { try StatedInstant(text, in: try LocalClock(zone: "UTC")).instant }

    private func table(
        _ kind: CaseKind, aware: String? = nil, measure: String? = nil, warned: String? = nil, notified: String? = nil,
        zone: String = "Europe/Berlin", country: String? = "DE", size: ReportingClock.Size? = nil
    ) throws -> DeadlineTable {
        try ReportingClock(
            kind: kind, awareAt: try aware.map(at), measureAvailableAt: try measure.map(at),
            earlyWarningSubmittedAt: try warned.map(at), notificationSubmittedAt: try notified.map(at), zone: zone,
            country: country, size: size
        ).table()
    }

    @Test("an incident's final report is provisional until its notification is in, and is then counted from there")
    func provisional() throws {
        let before = try table(.incident, aware: "2026-11-03T07:00:00Z")
        let final = try #require(before[.finalReport, .conservative])
        #expect(final.isProvisional && before[.finalReport, .formal]?.isProvisional == true)
        #expect(final.instant == (try at("2026-12-06T07:00:00Z")))
        #expect(before[.finalReport, .platform] == nil)
        let after = try table(.incident, aware: "2026-11-03T07:00:00Z", notified: "2026-11-03T12:00:00Z")
        #expect(after[.finalReport, .conservative]?.isProvisional == false)
        #expect(after[.finalReport, .conservative]?.instant == (try at("2026-12-03T12:00:00Z")))
        #expect(after[.finalReport, .platform]?.instant == (try at("2026-12-03T12:00:00Z")))
    }

    @Test("a vulnerability's final report waits for a measure, whatever was submitted")
    func waits() throws {
        let table = try table(.vulnerability, aware: "2026-11-03T07:00:00Z", notified: "2026-11-04T07:00:00Z")
        #expect(table[.finalReport, .conservative] == nil)
        #expect(table.waiting.map(\.stage) == [.finalReport])
    }

    @Test("contested points are named where they matter")
    func contested() throws {
        let table = try table(.vulnerability, aware: "2026-11-02T10:00:00Z", measure: "2026-09-20T08:00:00Z")
        func points(_ deadline: Deadline?) -> [String] { deadline?.notes.compactMap(\.identifier) ?? [] }
        #expect(points(table[.notification, .conservative]) == ["K1"])
        #expect(points(table[.finalReport, .conservative]) == ["K4", "K3"])
        #expect(points(table[.finalReport, .formal]) == ["K4", "K3", "K2"])
        var slow = table.clock
        slow.signalAt = try at("2026-11-01T10:00:00Z")
        #expect(points(try slow.table()[.earlyWarning, .conservative]) == ["K5"])
    }

    @Test("only micro and small enterprises are spared a fine, only for the 24 hours; the limit stays")
    func fines() throws {
        for size in ReportingClock.Size.allCases {
            let table = try table(.incident, aware: "2026-11-03T07:00:00Z", size: size)
            let spared = size == .micro || size == .small
            #expect(table[.earlyWarning, .conservative]?.isFineExcluded == spared)
            #expect(table[.notification, .conservative]?.isFineExcluded == false)
            #expect(table[.earlyWarning, .conservative]?.instant == (try at("2026-11-04T07:00:00Z")))
        }
    }

    @Test("without a table of holidays weekends alone move the last day, and the result says so")
    func noTable() throws {
        func last(_ country: String?) throws -> (Day?, [String]) {
            let formal = try table(.vulnerability, measure: "2027-03-12T09:00:00Z", country: country)[.finalReport, .formal]
            return (formal?.lastDay, formal?.notes.map(\.reason.text) ?? [])
        }
        #expect(try last("DE").0 == Day("2027-03-30"))
        #expect(try last("DE").1.contains { $0.contains("from memory") })
        for country in ["AT", "FI", nil] {
            #expect(try last(country).0 == Day("2027-03-26"))
            #expect(try last(country).1.contains { $0.contains("only Saturdays and Sundays") })
        }
    }

    @Test("the day of application is read in local time, and where that is behind UTC the earlier day counts")
    func application() throws {
        #expect(try table(.vulnerability, aware: "2026-09-10T22:00:00Z").reportability.isReportable)
        #expect(try !table(.vulnerability, aware: "2026-09-10T21:59:59Z").reportability.isReportable)
        #expect(try table(.vulnerability, aware: "2026-09-11T00:00:00Z", zone: "America/New_York").reportability.isReportable)
        #expect(try table(.vulnerability, aware: "2026-09-10T21:59:59Z").reportability.reason.mark == .guidance)
    }

    @Test("what is impossible is refused with what to change")
    func refused() throws {
        func error(_ body: () throws -> DeadlineTable) -> ClockError? {
            do {
                _ = try body()
                return nil
            } catch { return error as? ClockError }
        }
        let aware = "2026-11-03T07:00:00Z"
        for zone in ["Europe/Nowhere", "", "../../etc/passwd", "GMT+5", "Europe/Berlin\u{0}", String(repeating: "A/", count: 999)] {
            #expect(error { try table(.incident, aware: aware, zone: zone) } == .unknownZone(zone))
        }
        for country in ["US", "", "D", "DEU", "NO", "ß", "🇩🇪"] {
            #expect(error { try table(.incident, aware: aware, country: country) } == .unknownCountry(country))
        }
        #expect(try table(.incident, aware: aware, country: "EL").deadlines.isEmpty == false)
        #expect(
            error { try table(.incident, aware: aware, notified: "2026-11-03T06:59:59Z") }
                == .before(.notification, than: .awareness))
        #expect(
            error { try table(.vulnerability, aware: aware, warned: "2025-11-03T07:00:00Z") }
                == .before(.earlyWarning, than: .awareness))
        #expect(
            error { try table(.incident, aware: aware, warned: "2026-11-04T07:00:00Z", notified: "2026-11-04T06:00:00Z") }
                == .before(.notification, than: .earlyWarning))
        #expect(error { try table(.incident, aware: aware, measure: aware) } == .measureOfIncident)
        #expect(error { try table(.incident) } == .nothingStarted)
        #expect(error { try table(.vulnerability, notified: aware) } == .nothingStarted)
        for seconds in [Double.nan, .infinity, -.infinity, -1e300, 1e300, 5_680_281_600, 631_151_999] {
            let clock = ReportingClock(
                kind: .vulnerability, awareAt: try at(aware), measureAvailableAt: Date(timeIntervalSince1970: seconds), zone: "UTC")
            #expect(error { try clock.table() } == .outOfRange(.measure))
        }
    }

    @Test("every instant within the limits has deadlines in order, in every Member State's zone")
    func property() throws {
        let number = UInt64.random(in: 0...UInt64.max)
        var seed = Seed(number)
        for _ in 0..<2_000 {
            let place = try #require(Coordinator.list.coordinators.randomElement(using: &seed))
            let aware = Date(timeIntervalSince1970: Double(Int.random(in: 1_790_000_000...5_670_000_000, using: &seed)))
            let measure = Date(timeIntervalSince1970: Double(Int.random(in: 631_152_000..<5_680_281_600, using: &seed)))
            let vulnerability = try ReportingClock(
                kind: .vulnerability, awareAt: aware, measureAvailableAt: measure, zone: place.zone, country: place.memberState
            ).table()
            let incident = try ReportingClock(
                kind: .incident, awareAt: aware, notificationSubmittedAt: aware, zone: place.zone, country: place.memberState
            ).table()
            for table in [vulnerability, incident] {
                for stage in ReportStage.reports {
                    let conservative = try #require(table[stage, .conservative], "seed \(number)")
                    let formal = try #require(table[stage, .formal], "seed \(number)")
                    // The one exception: a final report that goes in with the notification.
                    #expect(conservative.literal != nil || conservative.instant < formal.instant, "seed \(number)")
                }
            }
            #expect(vulnerability[.earlyWarning, .conservative]?.instant == aware + 86_400, "seed \(number)")
            let days = try #require(incident[.finalReport, .conservative]).instant.timeIntervalSince(aware) / 86_400
            #expect(days > 26.9 && days < 31.1, "seed \(number)")
        }
    }
}
