import Estate
import Evidence
import Foundation
import Regulation

/// What the report's template shows. Nothing in it is of today: its times are those of the period and of the last head.
struct ReportModel {
    /// Rows that the report shows of a table whose file in the pack has them all.
    enum Limit {
        static let outages = 60
        static let switches = 30
        static let gaps = 40
        static let parts = 62
        static let names = 20
        static let history = 60
        static let drills = 60
    }

    struct Count {
        var name: String
        var units: String
        var share: String
    }

    struct File {
        var name: String
        var rows: String
        var about: String
    }

    var style: String
    var product: String
    var from: String
    var to: String
    /// Where the last day was not over when the pack was built.
    var cut: String?
    var asOf: String
    var headSize: String
    var headRoot: String
    var keyText: String
    var headline: [Figure]
    var part: ProductPart
    var network: NetworkPart
    var reach: ReachPart
    var outages: OutagePart
    var activity: ActivityPart
    var cases: CasePart
    var drills: CasePart
    /// Cases that the store holds and that could not be read.
    var unreadableCases: [String]
    var labDrills: LabDrillPart
    var risks: RiskPart
    var annex: AnnexPart
    var limits: [String]
    var files: [File]
    var entries: String
    var entriesCut: String?
    var hasPDF: Bool

    struct Figure {
        var value: String
        var label: String
    }

    init(
        _ record: EvidenceRecord, _ hours: ReachHours, _ annex: AnnexITable, _ data: PackData, key: VerifierKey, style: String,
        hasPDF: Bool
    ) {
        self.style = style
        self.hasPDF = hasPDF
        product = record.product
        (from, to) = (record.period.from.description, record.period.to.description)
        cut = record.until < record.period.end ? Self.time(record.until) : nil
        asOf = Self.time(record.asOf)
        headSize = Words.grouped(record.lastHead.size)
        // The third line of a head's note is its root.
        headRoot =
            record.lastHead.note.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init) ?? ""
        keyText = key.text
        part = ProductPart(record)
        network = NetworkPart(record)
        reach = ReachPart(hours)
        outages = OutagePart(record)
        activity = ActivityPart(record, data)
        cases = CasePart(record.cases.filter { !$0.file.case.isDrill }, until: record.until)
        drills = CasePart(record.cases.filter(\.file.case.isDrill), until: record.until)
        unreadableCases = record.unreadableCases.map {
            "Case \($0.number) concerns the product and could not be read: \($0.problem)"
        }
        labDrills = LabDrillPart(record.labDrills)
        risks = RiskPart(record)
        self.annex = AnnexPart(annex, record)
        limits = Self.notShown
        files = data.files.map { File(name: "data/\($0.name)", rows: Words.grouped($0.rows), about: Self.about($0.name)) }
        entries = Words.count(record.entryCount, "entry", "entries")
        entriesCut =
            record.entriesInAll > record.entryCount
            ? "The period has \(Words.grouped(record.entriesInAll)) entries about the product; the newest \(Words.grouped(record.entryCount)) are in the pack, because it has a limit. The others are in the ledger."
            : nil
        let whole = hours.whole
        headline = [
            Figure(
                value: whole.lowest24.map { "\(Words.percent(Share(part: $0.heard24, whole: $0.units))) %" } ?? "–",
                label: "lowest reach-24 of an hour"),
            Figure(
                value: whole.units > 0 ? "\(Words.percent(Share(part: whole.heard24, whole: whole.units))) %" : "–",
                label: "mean reach-24 over sampled hours"),
            Figure(value: "\(Words.grouped(hours.sampled)) / \(Words.grouped(hours.all.count))", label: "hours sampled"),
            Figure(value: Words.grouped(record.inventory.units), label: "units in the inventory"),
            Figure(value: Words.grouped(record.outages.count + record.moreOutages), label: "outages that concerned it"),
            Figure(value: Words.grouped(record.activity.switches), label: "switches of profile"),
            Figure(value: Words.grouped(record.cases.count { !$0.file.case.isDrill }), label: "cases"),
            Figure(value: Words.grouped(record.cases.count { $0.file.case.isDrill }), label: "drills on paper"),
        ]
    }

    /// "2026-11-22 18:20:05", UTC.
    static func time(_ instant: UTCInstant) -> String {
        let civil = CivilTime(instant)
        return "\(civil.date) \(civil.time)"
    }

    static func time(_ date: Date) -> String { time(UTCInstant(date)) }

    static func name(of mark: Mark) -> String { MarkModel(mark).word }

    /// Names with their units, the most first; a last row stands for those that are not shown.
    static func counts(_ counts: [String: Int], of whole: Int, limit: Int = Limit.names) -> [Count] {
        let sorted = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        func count(_ name: String, _ units: Int) -> Count {
            Count(name: name, units: Words.grouped(units), share: Words.percent(Share(part: units, whole: whole)))
        }
        let shown = sorted.prefix(limit).map { count($0.key.isEmpty ? "(not said)" : $0.key, $0.value) }
        let rest = sorted.dropFirst(limit)
        guard !rest.isEmpty else { return shown }
        return shown + [count("\(Words.grouped(rest.count)) others", rest.reduce(0) { $0 + $1.value })]
    }

    private static func about(_ name: String) -> String {
        switch name {
        case "units.csv": "each unit with its profiles, policy and proofs; one row a unit"
        case "switches.csv": "each switch of the period; one row a switch"
        case "reach-hours.csv": "each hour of the period, sampled or not; one row an hour"
        case "outages.csv": "each outage with what the product's units did; one row an outage"
        case "risks.csv": "the product's rows of the risk register"
        case "cases.json": "cases and drills with their whole history, clocks and frozen reach"
        case "product.json": "the product's answers, scope, tier, routes, timeline and inventory figures"
        case "annex1.json": "the 22 points of Annex I, what is stated and what is held"
        default: ""
        }
    }
}
