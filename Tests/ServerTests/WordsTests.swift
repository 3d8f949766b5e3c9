import Testing

@testable import Estate
@testable import Server

@Suite("Words") struct WordsTests {
    @Test(
        "for ages",
        arguments: [
            (-5, "0 s"), (0, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min"), (3_600, "1 h"), (3_660, "1 h 1 min"),
            (86_400, "1 d"), (100_000, "1 d 3 h"),
        ])
    func ages(seconds: Int, words: String) { #expect(Words.age(seconds: Int64(seconds)) == words) }

    @Test(
        "for measured seconds",
        arguments: [(1.25, "1.3 s"), (48.4, "48 s"), (200, "3 min 20 s"), (.infinity, "–"), (.nan, "–"), (-1, "–"), (1e300, "–")]
            as [(Double, String)])
    func seconds(value: Double, words: String) { #expect(Words.seconds(value) == words) }

    @Test("for shares never round up to all")
    func percent() {
        #expect(Words.percent(Share(part: 999_999, whole: 1_000_000)) == "99.9")
        #expect(Words.percent(Share(part: 7, whole: 7)) == "100.0")
        #expect(Words.percent(Share(part: 0, whole: 0)) == "–")
        #expect(Words.percent(Share(part: .max, whole: .max)) == "100.0")
    }

    @Test(
        "group digits",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "−1,234,567"), (.min, "−9,223,372,036,854,775,808")])
    func grouped(value: Int, words: String) { #expect(Words.grouped(value) == words) }

    @Test(
        "for instants are UTC",
        arguments: [
            ("1970-01-01T00:00:00.000Z", "1970-01-01 00:00:00"), ("2024-02-29T23:59:59.000Z", "2024-02-29 23:59:59"),
            ("2000-03-01T00:00:00.000Z", "2000-03-01 00:00:00"), ("2026-12-31T12:00:00.000Z", "2026-12-31 12:00:00"),
            ("2100-03-01T00:00:00.000Z", "2100-03-01 00:00:00"),
        ])
    func instants(iso: String, words: String) throws {
        let civil = CivilTime(try #require(UTCInstant(iso8601: iso)))
        #expect("\(civil.date) \(civil.time)" == words)
    }

    @Test("for instants at the ends of time do not trap")
    func extremes() {
        _ = CivilTime(UTCInstant(milliseconds: .max)).date
        _ = CivilTime(UTCInstant(milliseconds: .min)).date
    }
}

@Suite("A chart") struct ChartTests {
    @Test("holds no length that is not a number")
    func lengths() {
        let charts = [
            StateBar.svg(StateCounts(), label: "none"), CarrierBar.svg(name: "x", primary: 0, backup: 0, largest: 0),
            CarrierBar.svg(name: "x", primary: .max, backup: -1, largest: 1), Sparkline.svg([], name: "x"),
            Sparkline.svg([3], name: "x"),
            Sparkline.svg([0, 0, 0], name: "x"), Sparkline.svg([-1, .max], name: "x"),
        ]
        for chart in charts {
            #expect(chart.hasPrefix("<svg"))
            #expect(chart.contains("<title>"))
            #expect(!chart.contains("nan") && !chart.contains("inf"))
        }
    }

    @Test("of the carriers clips what is outside its window")
    func timeline() throws {
        let now = try #require(UTCInstant(iso8601: "2026-03-01T12:00:00.000Z"))
        let ref = OperatorRef(id: 1, name: "<Alder>", plmn: "001-01")
        let spans = [
            CarrierSpan(operator: ref, slot: 0, from: now.adding(milliseconds: 5_000), until: nil, reason: ""),
            CarrierSpan(operator: ref, slot: 1, from: now.adding(milliseconds: -1_800_000), until: nil, reason: ""),
            CarrierSpan(
                operator: ref, slot: 0, from: UTCInstant(milliseconds: 0), until: now.adding(milliseconds: -1_800_000), reason: ""),
        ]
        let chart = Timeline(spans: spans, window: .hour, now: now).svg
        #expect(!chart.contains("<Alder>"))
        #expect(chart.contains("x=\"50%\" y=\"34\" width=\"50%\""))
        #expect(chart.contains("x=\"0%\" y=\"0\" width=\"50%\""))
        #expect(Timeline.Window.fitting(spans, at: now) == .day)
    }
}
