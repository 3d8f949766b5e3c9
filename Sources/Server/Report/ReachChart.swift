import Estate

/// Reach over a period, hour by hour, for a page of paper: shades of grey, a full line for reach-24 and a broken one for reach-72, and hatched
/// where nobody looked. Where there are more hours than columns, a column shows the lowest of its hours.
struct ReachChart {
    private static let width = 720.0
    private static let height = 210.0
    private static let left = 44.0
    private static let bottom = 182.0
    private static let top = 8.0
    private static let columns = 676

    let hours: ReachHours

    private struct Column {
        var low24: Double?
        var low72: Double?
        var isGap = false
    }

    private var data: [Column] {
        let count = hours.all.count
        let columns = min(count, Self.columns)
        guard columns > 0 else { return [] }
        return (0..<columns).map { index in
            let part = hours.all[(index * count / columns)..<((index + 1) * count / columns)]
            var column = Column()
            for hour in part {
                guard let point = hour.point, point.units > 0 else {
                    column.isGap = true
                    continue
                }
                guard !hour.isNew else { continue }
                let (short, long) = (Double(point.heard24) / Double(point.units), Double(point.heard72) / Double(point.units))
                column.low24 = min(column.low24 ?? 1, short)
                column.low72 = min(column.low72 ?? 1, long)
            }
            return column
        }
    }

    private static func y(_ share: Double) -> Double { bottom - (bottom - top) * share }

    var svg: String {
        let data = data
        let step = (Self.width - Self.left) / Double(max(1, data.count))
        var text = """
            <svg viewBox="0 0 \(SVG.number(Self.width)) \(SVG.number(Self.height))" width="100%" role="img" \
            aria-label="\(HTML.escape(said))"><title>\(HTML.escape(said))</title>
            """
        text +=
            "<rect x=\"\(SVG.number(Self.left))\" y=\"\(SVG.number(Self.top))\" width=\"\(SVG.number(Self.width - Self.left))\" "
        text += "height=\"\(SVG.number(Self.bottom - Self.top))\" fill=\"#ffffff\" stroke=\"#000000\" stroke-width=\"0.7\"/>"
        text += gaps(data, step)
        for percent in [0, 25, 50, 75, 100] {
            let y = SVG.number(Self.y(Double(percent) / 100))
            text +=
                "<path d=\"M\(SVG.number(Self.left)) \(y)H\(SVG.number(Self.width))\" stroke=\"#999999\" stroke-width=\"0.4\" fill=\"none\"/>"
            text +=
                "<text x=\"\(SVG.number(Self.left - 5))\" y=\"\(y)\" dy=\"3\" font-size=\"9\" text-anchor=\"end\">\(percent) %</text>"
        }
        text += line(data, step, \.low72, "stroke=\"#666666\" stroke-width=\"1.3\" stroke-dasharray=\"5 3\"")
        text += line(data, step, \.low24, "stroke=\"#000000\" stroke-width=\"1.7\"")
        return text + axis + "</svg>"
    }

    /// Oblique strokes over what was not sampled; a pattern would not survive every printer.
    private func gaps(_ data: [Column], _ step: Double) -> String {
        var text = ""
        var index = 0
        while index < data.count {
            guard data[index].isGap else {
                index += 1
                continue
            }
            var end = index
            while end < data.count, data[end].isGap { end += 1 }
            let (from, to) = (Self.left + Double(index) * step, Self.left + Double(end) * step)
            let height = Self.bottom - Self.top
            text += "<rect x=\"\(SVG.number(from))\" y=\"\(SVG.number(Self.top))\" width=\"\(SVG.number(to - from))\" "
            text += "height=\"\(SVG.number(height))\" fill=\"#e4e4e4\"/>"
            var path = ""
            var x = from - height
            while x < to {
                // A stroke upwards to the right, cut to the gap.
                let (start, stop) = (max(x, from), min(x + height, to))
                if stop > start {
                    path +=
                        "M\(SVG.number(start)) \(SVG.number(Self.bottom - (start - x)))L\(SVG.number(stop)) \(SVG.number(Self.bottom - (stop - x)))"
                }
                x += 8
            }
            text += "<path d=\"\(path)\" stroke=\"#8a8a8a\" stroke-width=\"0.6\" fill=\"none\"/>"
            index = end
        }
        return text
    }

    private func line(_ data: [Column], _ step: Double, _ value: KeyPath<Column, Double?>, _ style: String) -> String {
        var path = ""
        var isDrawing = false
        for (index, column) in data.enumerated() {
            guard let share = column[keyPath: value] else {
                isDrawing = false
                continue
            }
            let (from, to) = (Self.left + Double(index) * step, Self.left + Double(index + 1) * step)
            path += isDrawing ? "V\(SVG.number(Self.y(share)))" : "M\(SVG.number(from)) \(SVG.number(Self.y(share)))"
            path += "H\(SVG.number(to))"
            isDrawing = true
        }
        return path.isEmpty ? "" : "<path d=\"\(path)\" fill=\"none\" \(style)/>"
    }

    private var axis: String {
        guard let first = hours.all.first?.at, let last = hours.all.last?.at else { return "" }
        let end = last.adding(milliseconds: ReachHours.hour)
        var text = ""
        for tick in 0...4 {
            let share = Double(tick) / 4
            let civil = CivilTime(first.adding(milliseconds: Int64(share * Double(end - first))))
            let x = Self.left + share * (Self.width - Self.left)
            let label = hours.all.count <= 72 ? "\(civil.shortDate) \(civil.clock)" : civil.date
            let anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle"
            text +=
                "<path d=\"M\(SVG.number(x)) \(SVG.number(Self.bottom))v4\" stroke=\"#000000\" stroke-width=\"0.7\" fill=\"none\"/>"
            text += "<text x=\"\(SVG.number(x))\" y=\"197\" font-size=\"9\" text-anchor=\"\(anchor)\">\(label)</text>"
        }
        return text
    }

    private var said: String {
        let whole = hours.whole
        let low =
            whole.lowest24.map { "lowest reach-24 \(Words.percent(Share(part: $0.heard24, whole: $0.units))) %" }
            ?? "no hour was sampled"
        return "Reach over the period: \(low); \(hours.sampled) of \(hours.all.count) hours sampled"
    }
}
