import Estate

/// Which operator carried a device when: a lane for each profile.
struct Timeline {
    /// How far back a timeline looks.
    enum Window: String, CaseIterable {
        case quarter = "15min"
        case hour = "1h"
        case sixHours = "6h"
        case day = "24h"
        case week = "7d"
        case month = "30d"

        var seconds: Int64 {
            switch self {
            case .quarter: 900
            case .hour: 3_600
            case .sixHours: 21_600
            case .day: 86_400
            case .week: 604_800
            case .month: 2_592_000
            }
        }

        var label: String {
            switch self {
            case .quarter: "15 min"
            case .hour: "1 h"
            case .sixHours: "6 h"
            case .day: "24 h"
            case .week: "7 d"
            case .month: "30 d"
            }
        }

        /// The smallest window that shows all there is, at most a day: most questions are about today.
        static func fitting(_ spans: [CarrierSpan], at now: UTCInstant) -> Window {
            guard let first = spans.map(\.from).min() else { return .hour }
            return [.quarter, .hour, .sixHours].first { now - first <= $0.seconds * 1_000 } ?? .day
        }
    }

    var spans: [CarrierSpan]
    var window: Window
    var now: UTCInstant

    private var start: UTCInstant { now.adding(milliseconds: -window.seconds * 1_000) }

    private func x(_ instant: UTCInstant) -> Double {
        let clamped = min(max(instant, start), now)
        return Double(clamped - start) / Double(window.seconds * 1_000) * 100
    }

    var svg: String {
        let shown = spans.filter { ($0.until ?? now) > start && $0.from < now }
        let said = shown.map { span in
            let until = span.until.map { CivilTime($0).clock } ?? "now"
            let from = CivilTime(max(span.from, start)).clock
            return "\(span.operator.name) (\(Words.name(ofSlot: span.slot))) from \(from) to \(until)"
        }
        var text = SVG.open(
            classes: "timeline", height: 92, title: "Carried by, last \(window.label)",
            description: said.isEmpty ? "nothing is known for this time" : said.joined(separator: "; "))
        for lane in 0..<2 {
            text += "<rect class=\"lane\" y=\"\(lane * 34)\" width=\"100%\" height=\"30\" rx=\"3\"/>"
        }
        for span in shown {
            let left = x(span.from)
            let width = x(span.until ?? now) - left
            let y = span.slot == 0 ? 0 : 34
            let frame = "x=\"\(SVG.percent(left))\" y=\"\(y)\" width=\"\(SVG.percent(width))\" height=\"30\""
            text += "<g><title>\(HTML.escape("\(span.operator.name), \(Words.name(ofSlot: span.slot))"))</title>"
            text += "<rect class=\"\(span.slot == 0 ? "fill-primary" : "fill-backup") edge\" \(frame)/>"
            if span.slot != 0 { text += "<rect \(frame) fill=\"url(#hatch)\"/>" }
            text += "</g>"
        }
        for tick in 0...4 {
            let share = Double(tick) / 4
            let instant = start.adding(milliseconds: Int64(share * Double(window.seconds) * 1_000))
            let civil = CivilTime(instant)
            let label = tick == 4 ? "now" : window.seconds > 86_400 ? civil.shortDate : civil.clock
            let anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle"
            text +=
                "<line class=\"tick\" x1=\"\(SVG.percent(share * 100))\" x2=\"\(SVG.percent(share * 100))\" y1=\"0\" y2=\"70\"/>"
            text +=
                "<text class=\"tick-label\" x=\"\(SVG.percent(share * 100))\" y=\"86\" text-anchor=\"\(anchor)\">\(label)</text>"
        }
        return text + "</svg>"
    }
}
