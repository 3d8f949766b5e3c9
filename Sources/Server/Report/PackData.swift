import Estate
import Evidence
import Foundation
import Regulation

/// The data behind the report's figures, written into a folder as it comes.
final class PackData {
    /// Rows of switches that a pack holds; the oldest are kept, and how many there are is said.
    static let mostSwitches = 500_000

    let folder: URL
    private let units: GuardedCSV
    private let switches: GuardedCSV
    /// Switches beyond the limit.
    private(set) var switchesLeftOut = 0
    /// The first switches, for the report.
    private(set) var firstSwitches: [EvidenceSwitch] = []
    /// The files, with their rows.
    private(set) var files: [(name: String, rows: Int, url: URL)] = []

    init(_ folder: URL) throws {
        self.folder = folder
        units = try GuardedCSV(
            folder.appendingPathComponent("units.csv"),
            header: [
                "device", "firmware", "country", "area", "preset", "policy_version", "primary_operator", "primary_plmn",
                "primary_iccid",
                "backup_operator", "backup_plmn", "backup_iccid", "enabled_profile", "last_proof", "primary_last_proof",
                "backup_last_proof", "first_heard", "last_moved", "moves", "boots", "last_rehearsal", "last_rehearsal_result",
                "technologies", "primary_apn", "backup_apn",
            ])
        switches = try GuardedCSV(
            folder.appendingPathComponent("switches.csv"),
            header: ["at", "device", "to_profile", "from_operator", "from_plmn", "to_operator", "to_plmn", "reason", "reason_text"])
    }

    static func time(_ instant: UTCInstant?) -> String { instant?.iso8601 ?? "" }

    func add(_ unit: EvidenceUnit) throws {
        try units.add([
            unit.device, unit.firmware, unit.country, unit.area, unit.preset, String(unit.policy), unit.primary.name,
            unit.primary.plmn,
            unit.primaryICCID, unit.backup?.name ?? "", unit.backup?.plmn ?? "", unit.backupICCID ?? "",
            unit.isOnBackup ? "backup" : "primary", Self.time(unit.lastProof), Self.time(unit.primaryProof),
            Self.time(unit.backupProof),
            Self.time(unit.firstHeard), Self.time(unit.lastMoved), String(unit.moves), String(unit.boots),
            Self.time(unit.rehearsed),
            unit.rehearsalResult ?? "", unit.technologies, unit.primaryAPN ?? "", unit.backupAPN ?? "",
        ])
    }

    func add(_ change: EvidenceSwitch) throws {
        guard switches.rows < Self.mostSwitches else {
            switchesLeftOut += 1
            return
        }
        if firstSwitches.count < ReportModel.Limit.switches { firstSwitches.append(change) }
        try switches.add([
            Self.time(change.at), change.device, Words.name(ofSlot: change.slot), change.from.name, change.from.plmn,
            change.to.name,
            change.to.plmn, change.reason, change.phrase,
        ])
    }

    /// Writes everything else, once all units and switches are there.
    func finish(_ record: EvidenceRecord, _ hours: ReachHours, _ annex: AnnexITable) throws {
        for (name, csv) in [("units.csv", units), ("switches.csv", switches)] {
            try csv.close()
            files.append((name, csv.rows, csv.url))
        }
        try table("reach-hours.csv", ["at", "sampled", "units", "heard_24", "heard_72", "on_backup"]) { csv in
            for hour in hours.all {
                let point = hour.point
                try csv.add(
                    [Self.time(hour.at), point == nil ? "no" : "yes"]
                        + [point?.units, point?.heard24, point?.heard72, point?.onBackup].map { $0.map(String.init) ?? "" })
            }
        }
        try table(
            "outages.csv",
            [
                "id", "scope", "operator", "plmn", "area", "began", "detected", "ended", "ending", "estate_devices", "estate_moved",
                "estate_silent", "product_left", "product_returned", "product_silent", "product_heard_again", "reason", "text",
            ]
        ) { csv in
            for outage in record.outages {
                let found = outage.record
                try csv.add([
                    String(found.id), found.scope.rawValue, found.operator?.name ?? "", found.operator?.plmn ?? "",
                    found.area ?? "",
                    Self.time(found.began), Self.time(found.detected), Self.time(found.ended), found.ending ?? "",
                    String(found.devices),
                    String(found.moved), String(found.silent), String(outage.left), String(outage.returned), String(outage.silent),
                    String(outage.heardAgain), found.reason, found.text,
                ])
            }
        }
        try table(
            "risks.csv",
            [
                "id", "kind", "subject", "units", "of", "units_with_alternative", "earliest", "present", "status", "owner",
                "treatment",
                "due", "review", "first_seen", "last_seen", "evidence", "last_event", "last_reason",
            ]
        ) { csv in
            for risk in record.risks {
                let found = risk.dependence
                let measures: [String] = [String(found.units), String(found.of), String(found.unitsWithAlternative)]
                let decided: [String] = [
                    found.earliest?.description ?? "", risk.present ? "yes" : "no", risk.status.rawValue, risk.owner ?? "",
                    risk.treatment?.rawValue ?? "", risk.due?.description ?? "", risk.review?.description ?? "",
                    risk.firstSeen.description, risk.lastSeen.description,
                ]
                let last: [String] = [
                    found.evidence.joined(separator: "\n"), risk.history.last?.what ?? "", risk.history.last?.reason ?? "",
                ]
                try csv.add([risk.id, found.kind.rawValue, found.subject] + measures + decided + last)
            }
        }
        try json("cases.json", record.cases.map { CaseData($0) }, rows: record.cases.count)
        try json("product.json", ProductData(record), rows: 1)
        try json("annex1.json", annex, rows: annex.rows.count)
        files.sort { $0.name < $1.name }
    }

    var items: [PackItem] { files.map { PackItem("data/\($0.name)", file: $0.url) } }

    private func table(_ name: String, _ header: [String], _ body: (GuardedCSV) throws -> Void) throws {
        let csv = try GuardedCSV(folder.appendingPathComponent(name), header: header)
        try body(csv)
        try csv.close()
        files.append((name, csv.rows, csv.url))
    }

    private func json(_ name: String, _ value: some Encodable, rows: Int) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let url = folder.appendingPathComponent(name)
        try (encoder.encode(value) + Data("\n".utf8)).write(to: url)
        files.append((name, rows, url))
    }
}

/// A case as its file in the pack has it.
private struct CaseData: Encodable {
    struct Reach: Encodable {
        var at: String
        var product: String
        var versions: [String]
        var summary: ReachSummary
        var digest: String
    }

    var identifier: String
    var isDrill: Bool
    var phase: CasePhase
    var owner: String
    var deputy: String
    var country: String?
    var history: [CaseAction]
    var entriesAfterThePeriod: Int
    var deadlines: [Deadline]
    var owed: [CaseClock]
    var done: [CaseRecord]
    var reach: [Reach]

    init(_ found: EvidenceCase) {
        let file = found.file
        identifier = file.identifier
        isDrill = file.case.isDrill
        phase = file.case.phase
        owner = file.owner
        deputy = file.deputy
        country = file.case.state.country
        history = file.case.history
        entriesAfterThePeriod = found.laterEntries
        deadlines = file.case.deadlines?.deadlines ?? []
        owed = file.case.openClocks
        done = file.case.records
        reach = found.snapshots.map {
            Reach(
                at: $0.at.iso8601, product: $0.selection.product, versions: $0.selection.versions, summary: $0.summary,
                digest: $0.digest)
        }
    }
}

/// The product as its file in the pack has it.
private struct ProductData: Encodable {
    struct Count: Encodable {
        var what: [String]
        var units: Int
    }

    var product: String
    var from: Day
    var to: Day
    var until: String
    var readAt: String
    var isRegistered: Bool
    var record: ProductRecord?
    var scope: ScopeResult?
    var tier: TierResult?
    var routes: RouteTable?
    var timeline: Regulation.Timeline?
    var units: Int
    var unitsWithBackup: Int
    var unitsOnBackup: Int
    var networks: [Count]
    var policies: [Count]
    var firmware: [Count]
    var countries: [Count]
    var technologies: [Count]
    /// What people say about its networks and APNs.
    var saidOfNetworks: NetworkFacts

    init(_ record: EvidenceRecord) {
        product = record.product
        (from, to) = (record.period.from, record.period.to)
        until = record.until.iso8601
        readAt = record.asOf.iso8601
        isRegistered = record.report != nil
        self.record = record.report?.record
        scope = record.report?.scope.result
        tier = record.report?.tier.result
        routes = record.report?.routes
        timeline = record.report?.timeline
        let inventory = record.inventory
        units = inventory.units
        unitsWithBackup = inventory.withBackup
        unitsOnBackup = inventory.onBackup
        networks = Self.sorted(inventory.pairs) {
            [$0.primary.name, $0.primary.plmn, $0.backup?.name ?? "", $0.backup?.plmn ?? ""]
        }
        policies = Self.sorted(inventory.policies) { [$0.preset, String($0.version)] }
        firmware = Self.sorted(inventory.firmware) { [$0] }
        countries = Self.sorted(inventory.countries) { [$0] }
        technologies = Self.sorted(inventory.technologies) { [$0] }
        saidOfNetworks = record.networks
    }

    private static func sorted<Key>(_ counts: [Key: Int], _ name: (Key) -> [String]) -> [Count] {
        counts.map { Count(what: name($0.key), units: $0.value) }
            .sorted { $0.units != $1.units ? $0.units > $1.units : $0.what.lexicographicallyPrecedes($1.what) }
    }
}
