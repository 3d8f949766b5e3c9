import Estate

/// A bar of the states that devices are in, in SVG.
enum StateBar {
    /// - Parameter slim: for a table's row.
    static func svg(_ counts: StateCounts, label: String, slim: Bool = false) -> String {
        let parts: [(ReachState, Int)] = [
            (.reachable, counts.reachable), (.late, counts.late), (.silent, counts.silent), (.never, counts.never),
        ]
        let whole = parts.reduce(0) { $0 + $1.1 }
        let said = parts.filter { $0.1 > 0 }.map { "\($0.1) \(Words.name(of: $0.0))" }.joined(separator: ", ")
        var text = SVG.open(
            classes: "bar\(slim ? " slim" : "")", height: slim ? 8 : 18,
            title: label.isEmpty ? "Devices by state" : "\(label): devices by state",
            description: said.isEmpty ? "no devices" : said)
        text += "<rect class=\"fill-none\" width=\"100%\" height=\"100%\"/>"
        var x = 0.0
        for (state, count) in parts where count > 0 {
            let width = Double(count) / Double(whole) * 100
            let frame = "x=\"\(SVG.percent(x))\" width=\"\(SVG.percent(width))\" height=\"100%\""
            text += "<rect class=\"fill-\(state.rawValue)\" \(frame)/>"
            // Red and green look alike to many: what is silent is hatched too.
            if state == .silent { text += "<rect \(frame) fill=\"url(#hatch)\"/>" }
            x += width
        }
        return text + "</svg>"
    }
}
