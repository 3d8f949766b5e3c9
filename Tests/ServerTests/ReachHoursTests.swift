import Testing

@testable import Estate
@testable import Server

/// Hours of reach, sampled and not, as the report counts and draws them.
@Suite("Hours of reach") struct ReachHoursTests {
    @Test("every hour is sampled or part of a gap, whatever the period")
    func gaps() throws {
        let start = UTCInstant(milliseconds: 1_772_323_200_000)
        func point(_ hour: Int64, _ heard: Int) -> ReachPoint {
            ReachPoint(at: start.adding(seconds: hour * 3_600), units: 10, heard24: heard, heard72: 10, onBackup: 0)
        }
        let hours = ReachHours(from: start, until: start.adding(seconds: 5 * 3_600 + 1), [point(1, 9), point(2, 4), point(4, 10)])
        #expect(hours.all.count == 6 && hours.sampled == 3 && hours.missing == 3)
        #expect(hours.gaps.map(\.hours) == [1, 1, 1])
        #expect(hours.whole.lowest24?.heard24 == 4 && hours.whole.heard24 == 23)
        #expect(ReachHours(from: start, until: start, []).all.isEmpty)
        for count in [0, 1, 700, 9_000] as [Int64] {
            let chart = ReachChart(hours: ReachHours(from: start, until: start.adding(seconds: count * 3_600), [point(0, 5)])).svg
            #expect(chart.hasPrefix("<svg") && chart.hasSuffix("</svg>") && !chart.contains("nan"))
        }
    }
}
