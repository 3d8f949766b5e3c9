/// How many devices one operator carries, as their primary and as their backup, against the largest operator.
enum CarrierBar {
    static func svg(name: String, primary: Int, backup: Int, largest: Int) -> String {
        let whole = Double(max(1, largest))
        let first = Double(primary) / whole * 100
        let second = Double(backup) / whole * 100
        return SVG.open(
            classes: "bar carrier", height: 18, title: name, description: "\(primary) on it as primary, \(backup) on it as backup")
            + "<rect class=\"fill-primary\" width=\"\(SVG.percent(first))\" height=\"100%\"/>"
            + "<rect class=\"fill-backup\" x=\"\(SVG.percent(first))\" width=\"\(SVG.percent(second))\" height=\"100%\"/>"
            + "<rect x=\"\(SVG.percent(first))\" width=\"\(SVG.percent(second))\" height=\"100%\" fill=\"url(#hatch)\"/></svg>"
    }
}
