/// Beacons a minute over the last two hours.
enum Sparkline {
    /// - Parameter values: oldest first; the last is the minute under way.
    static func svg(_ values: [Int], name: String) -> String {
        let values = Array(values.suffix(240))
        let peak = values.max() ?? 0
        let last = values.last ?? 0
        let span = Double(max(1, values.count - 1))
        let height = 40.0
        let points = values.enumerated().map { index, value in
            let y = height - 1 - Double(max(0, value)) / Double(max(1, peak)) * (height - 4)
            return "\(SVG.number(Double(index))),\(SVG.number(y))"
        }
        var text = SVG.open(
            classes: "spark", height: 44, title: "\(name): beacons per minute, last \(values.count) minutes",
            description: "peak \(peak), now \(last)", viewBox: "0 0 \(SVG.number(span)) \(SVG.number(height))")
        if values.count > 1 {
            text +=
                "<polygon class=\"spark-area\" points=\"0,\(SVG.number(height)) \(points.joined(separator: " ")) "
                + "\(SVG.number(span)),\(SVG.number(height))\"/>"
            text += "<polyline class=\"spark-line\" points=\"\(points.joined(separator: " "))\"/>"
        }
        return text + "</svg>"
    }
}
