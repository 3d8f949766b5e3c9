/// What the charts have in common. Lengths are percentages of the element, so that text in and around a chart keeps its size on
/// any screen.
enum SVG {
    /// The opening tag with its accessible name.
    static func open(classes: String, height: Int, title: String, description: String, viewBox: String? = nil) -> String {
        let box = viewBox.map { " viewBox=\"\($0)\" preserveAspectRatio=\"none\"" } ?? ""
        let name = HTML.escape("\(title): \(description)")
        return """
            <svg class="\(classes)" width="100%" height="\(height)"\(box) role="img" aria-label="\(name)">\
            <title>\(HTML.escape(title))</title><desc>\(HTML.escape(description))</desc>
            """
    }

    /// "12.34%"
    static func percent(_ value: Double) -> String { "\(number(value))%" }

    /// At most two decimals.
    static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e9 else { return "0" }
        let scaled = Int64((value * 100).rounded())
        let fraction = scaled.magnitude % 100
        let sign = scaled < 0 ? "-" : ""
        return fraction == 0
            ? "\(sign)\(scaled.magnitude / 100)" : "\(sign)\(scaled.magnitude / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
