import Regulation

/// A product's timeline in SVG. Each lane has its own pattern besides its colour, and its name beside it: it reads in black and white.
struct ProductBar {
    private struct Span {
        var from: Day
        /// Nil: no end.
        var until: Day?
    }

    private struct Lane {
        var name: String
        var style: String
        var spans: [Span]
    }

    private static let laneHeight = 38
    private let lanes: [Lane]
    private let first: Int
    private let last: Int
    private let today: Day
    private let end: Day?

    init(_ timeline: Regulation.Timeline, support: SupportEnd?, today: Day) {
        let groups = timeline.groups
        let full = groups.filter { $0.fullFrom != nil }
        end = full.isEmpty ? nil : support?.lastDay
        let kept = timeline.items.filter { $0.kind == .retention || $0.kind == .updateAvailability }.map(\.day).max()
        let supportEnd = end
        var lanes = [
            Lane(
                name: "Placed on the market", style: "placed", spans: groups.map { Span(from: $0.placedFrom, until: $0.placedTo) }),
            Lane(
                name: "Article 14: reports", style: "reporting",
                spans: groups.map { Span(from: max($0.placedFrom, Regulation.Timeline.reportingDay), until: nil) }),
            Lane(
                name: "The whole Regulation, to the end of support", style: "full",
                spans: full.compactMap { group in
                    group.fullFrom.map { from in Span(from: from, until: supportEnd.map { max($0, from) }) }
                }),
        ]
        if let kept, let from = full.compactMap(\.fullFrom).min() {
            lanes.append(
                Lane(name: "Documents, information and updates kept", style: "kept", spans: [Span(from: from, until: kept)]))
        }
        self.lanes = lanes.filter { !$0.spans.isEmpty }
        self.today = today
        let days =
            timeline.items.map(\.day.ordinal) + [today.ordinal]
            + lanes.flatMap(\.spans).flatMap { [$0.from, $0.until ?? $0.from] }.map(\.ordinal)
        let low = days.min() ?? today.ordinal
        let high = days.max() ?? today.ordinal
        first = low - 60
        last = max(high, low + 730) + max(120, (high - low) / 20)
    }

    private func x(_ day: Day) -> Double { min(max(Double(day.ordinal - first) / Double(last - first) * 100, 0), 100) }

    var svg: String {
        guard !lanes.isEmpty else { return "" }
        let bottom = lanes.count * Self.laneHeight
        var text = SVG.open(
            classes: "timeline product-bar", height: bottom + 24, title: "What applies when", description: words)
        for (tick, label) in ticks {
            let at = SVG.percent(x(tick))
            text += "<line class=\"tick\" x1=\"\(at)\" x2=\"\(at)\" y1=\"0\" y2=\"\(bottom)\"/>"
            text += "<text class=\"tick-label\" x=\"\(at)\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(label)</text>"
        }
        for (index, lane) in lanes.enumerated() {
            let top = index * Self.laneHeight
            text += "<text class=\"lane-label\" x=\"0\" y=\"\(top + 13)\">\(HTML.escape(lane.name))</text>"
            for span in lane.spans {
                let from = x(span.from)
                let width = max((span.until.map { x($0) } ?? 100) - from, 0.4)
                let frame =
                    "x=\"\(SVG.percent(from))\" y=\"\(top + 18)\" width=\"\(SVG.percent(min(width, 100 - from)))\" height=\"13\""
                text += "<rect class=\"span-\(lane.style)\" \(frame)/>"
                if lane.style == "reporting" { text += "<rect \(frame) fill=\"url(#hatch)\"/>" }
                if span.until == nil {
                    text += "<text class=\"lane-label\" x=\"100%\" y=\"\(top + 13)\" text-anchor=\"end\">no end →</text>"
                }
            }
        }
        let now = SVG.percent(x(today))
        text += "<line class=\"today\" x1=\"\(now)\" x2=\"\(now)\" y1=\"0\" y2=\"\(bottom)\"/>"
        return text + "</svg>"
    }

    /// First days of years, at most nine.
    private var ticks: [(Day, String)] {
        let years = Day(ordinal: first).year + 1...max(Day(ordinal: first).year + 1, Day(ordinal: last).year)
        let step = max(1, (years.count + 8) / 9)
        return years.enumerated().filter { $0.offset % step == 0 }
            .compactMap { _, year in Day(year: year, month: 1, day: 1).map { ($0, String(year)) } }
    }

    private var words: String {
        let said = lanes.map { lane in
            let from = lane.spans.map(\.from).min()?.description ?? ""
            let until =
                lane.spans.contains { $0.until == nil }
                ? "without end" : "to \(lane.spans.compactMap(\.until).max()?.description ?? "")"
            return "\(lane.name) from \(from) \(until)"
        }
        return (said + ["today is \(today)"]).joined(separator: "; ")
    }
}
