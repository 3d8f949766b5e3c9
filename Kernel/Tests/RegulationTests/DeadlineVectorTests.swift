import Foundation
import Regulation
import Testing

@Suite("Deadlines: the worked examples")
struct DeadlineVectorTests {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private func clock(_ kind: CaseKind, _ vector: DeadlineVector) throws -> (ReportingClock, LocalClock, LocalClock) {
        let local = try LocalClock(zone: vector.input.timeZone)
        let utc = try LocalClock(zone: "UTC")
        func instant(_ text: String?, _ localText: String? = nil) throws -> Date? {
            guard let text else { return nil }
            let instant = try StatedInstant(text, in: utc).instant
            #expect(utc.text(instant) == text)
            if let localText {
                #expect(try StatedInstant(localText, in: utc).instant == instant)
                #expect(local.text(instant) == localText)
            }
            return instant
        }
        let input = vector.input
        let clock = ReportingClock(
            kind: kind, awareAt: try instant(input.awareAtUTC, input.awareAtLocal),
            measureAvailableAt: try instant(input.measureAvailableAtUTC, input.measureAvailableAtLocal),
            earlyWarningSubmittedAt: try instant(input.earlyWarningSubmittedAtUTC),
            notificationSubmittedAt: try instant(
                input.incidentNotificationSubmittedAtUTC, input.incidentNotificationSubmittedAtLocal),
            zone: input.timeZone, country: input.memberState, size: vector.fineExcludedFor == nil ? nil : .micro)
        return (clock, local, utc)
    }

    private func expect(_ table: DeadlineTable, _ stage: ReportStage, _ hours: DeadlineVector.Hours?, _ local: LocalClock) throws {
        guard let hours else { return }
        let utc = try LocalClock(zone: "UTC")
        let conservative = try #require(table[stage, .conservative])
        #expect(utc.text(conservative.instant) == hours.conservativeUTC)
        #expect(local.text(conservative.instant) == hours.conservativeLocal)
        #expect(Self.weekdays[local.reading(at: conservative.instant).day.weekday - 1] == hours.weekday)
        #expect(!conservative.isExclusive && !conservative.isProvisional)
        let formal = try #require(table[stage, .formal])
        #expect(utc.text(formal.instant) == hours.formalEndExclusiveUTC)
        #expect(local.text(formal.instant) == hours.formalEndExclusiveLocal)
        #expect(formal.isExclusive)
    }

    private func expect(_ table: DeadlineTable, _ days: DeadlineVector.Days, _ local: LocalClock) throws {
        func written(_ day: Day?) -> String { day.map { "\($0) \(Self.weekdays[$0.weekday - 1])" } ?? "none" }
        let utc = try LocalClock(zone: "UTC")
        let conservative = try #require(table[.finalReport, .conservative])
        #expect(utc.text(conservative.instant) == days.conservativeUTC)
        #expect(local.text(conservative.instant) == days.conservativeLocal)
        #expect(conservative.literal.map(utc.text) == days.literalConservativeUTC)
        #expect(conservative.rule.text.contains("goes in with the notification") == (days.rule != nil))
        #expect(!conservative.isProvisional)
        let formal = try #require(table[.finalReport, .formal])
        #expect(written(formal.nominalLastDay) == days.nominalLastDay)
        #expect(written(formal.lastDay) == days.formalLastDay)
        #expect(utc.text(formal.instant) == days.formalEndExclusiveUTC)
        #expect(local.text(formal.instant) == days.formalEndExclusiveLocal)
        #expect(formal.isExclusive)
    }

    @Test("all 29 are here")
    func complete() {
        #expect(DeadlineVector.all.count == 29)
        #expect(Set(DeadlineVector.all.map(\.1.id)).count == 29)
    }

    @Test("each gives what its readings say", arguments: DeadlineVector.all)
    func vector(kind: CaseKind, vector: DeadlineVector) throws {
        let (clock, local, utc) = try clock(kind, vector)
        let table = try clock.table()
        #expect(table.reportability.isReportable == (vector.expectedReportable ?? true))
        try expect(table, .earlyWarning, vector.expected.earlyWarning24h, local)
        try expect(table, .notification, vector.expected.notification72h, local)
        if let days = vector.expected.finalAEV14d ?? vector.expected.finalSI1month { try expect(table, days, local) }
        if let shown = vector.expected.srpDisplayed72hUTC {
            #expect(table[.notification, .platform].map { utc.text($0.instant) } == shown)
        }
        let excluded = Set(table.deadlines.filter(\.isFineExcluded).map(\.stage))
        #expect(excluded == (vector.fineExcludedFor == nil ? [] : [.earlyWarning]))
        if vector.expectedReportable == false { #expect(table.deadlines.isEmpty) }
        if let naive = vector.naiveWallClock24hLocal, let right = table[.earlyWarning, .conservative]?.instant {
            let wallClock = try StatedInstant(naive, in: local).instant
            #expect(vector.naiveIs == (wallClock < right ? "early" : "late"))
        }
        for deadline in table.deadlines { #expect(!deadline.rule.citations.isEmpty && !deadline.rule.text.isEmpty) }
    }
}
