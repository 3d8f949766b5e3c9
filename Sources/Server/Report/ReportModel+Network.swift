import Estate
import Regulation

extension ReportModel {
    /// How the units are connected, as the inventory has it.
    struct NetworkPart {
        struct Pair {
            var primary: String
            var primaryCode: String
            var backup: String?
            var backupCode: String?
            var units: String
            var share: String
        }

        /// An operator's core, as people say it.
        struct Core {
            var `operator`: String
            var code: String
            var carrier: String?
            var vendor: String?
            var said: String?
            var units: String
        }

        struct AccessPoint {
            var apn: String
            var exposure: String
            var said: String?
            var units: String
            var share: String
        }

        struct Policy {
            var preset: String
            var version: String
            var units: String
        }

        var units: String
        var withBackup: String
        var withBackupShare: String
        var onBackup: String
        var never: String
        var responders: Int
        var pairs: [Pair]
        var morePairs: Int?
        var policies: [Policy]
        var enabled: [Count]
        var firmware: [Count]
        var countries: [Count]
        var technologies: [Count]
        var cores: [Core]
        var accessPoints: [AccessPoint]
        var moreAccessPoints: Int?
        /// Units of which nobody says an APN.
        var withoutAPN: String?
        var isEmpty: Bool

        init(_ record: EvidenceRecord) {
            let inventory = record.inventory
            let whole = inventory.units
            isEmpty = whole == 0
            units = Words.grouped(whole)
            withBackup = Words.grouped(inventory.withBackup)
            withBackupShare = Words.percent(Share(part: inventory.withBackup, whole: whole))
            onBackup = Words.grouped(inventory.onBackup)
            never = Words.grouped(inventory.never)
            responders = EstateService.responders
            let sorted = inventory.pairs.sorted { left, right in
                if left.value != right.value { return left.value > right.value }
                return (left.key.primary.id, left.key.backup?.id ?? -1) < (right.key.primary.id, right.key.backup?.id ?? -1)
            }
            pairs = sorted.prefix(Limit.names).map { pair, count in
                Pair(
                    primary: pair.primary.name, primaryCode: pair.primary.plmn, backup: pair.backup?.name,
                    backupCode: pair.backup?.plmn, units: Words.grouped(count),
                    share: Words.percent(Share(part: count, whole: whole)))
            }
            morePairs = sorted.count > Limit.names ? sorted.count - Limit.names : nil
            policies = inventory.policies.sorted { left, right in
                if left.value != right.value { return left.value > right.value }
                return (left.key.preset, left.key.version) < (right.key.preset, right.key.version)
            }.prefix(Limit.names).map {
                Policy(preset: $0.key.preset, version: String($0.key.version), units: Words.grouped($0.value))
            }
            let carriers = Dictionary(inventory.enabled.map { ("\($0.key.name) (\($0.key.plmn))", $0.value) }) { $0 + $1 }
            enabled = ReportModel.counts(carriers, of: whole)
            firmware = ReportModel.counts(inventory.firmware, of: whole)
            countries = ReportModel.counts(inventory.countries, of: whole)
            technologies = ReportModel.counts(inventory.technologies, of: whole)
            cores = record.networks.operators.prefix(Limit.names).map { core in
                Core(
                    operator: core.operator.name, code: core.operator.plmn,
                    carrier: core.isOwn == true ? "its own" : core.carrierName,
                    vendor: core.vendor, said: core.said.map(Self.said), units: Words.grouped(core.units))
            }
            let points = record.networks.accessPoints
            accessPoints = points.prefix(Limit.names).map { point in
                AccessPoint(
                    apn: point.apn, exposure: Self.words(point.exposure), said: point.said.map(Self.said),
                    units: Words.grouped(point.units), share: Words.percent(Share(part: point.units, whole: whole)))
            }
            moreAccessPoints = points.count > Limit.names ? points.count - Limit.names : nil
            withoutAPN = inventory.accessPoints[""].map { Words.count($0, "unit", "units") }
        }

        private static func said(_ said: NetworkFacts.Said) -> String {
            "\(said.author), \(CivilTime(said.at).date): \(said.reason)"
        }

        private static func words(_ exposure: Exposure) -> String {
            switch exposure {
            case .publicInternet: "reachable from the public internet"
            case .privateNetwork: "private"
            case .unknown: "not known"
            }
        }
    }

    /// Reach over the period, with its gaps.
    struct ReachPart {
        struct Row {
            var label: String
            var sampled: String
            var low24: String
            var mean24: String
            var low72: String
            var mean72: String
        }

        struct Gap {
            var from: String
            var until: String
            var hours: String
        }

        var chart: String
        var byWhat: String
        var rows: [Row]
        var gaps: [Gap]
        var moreGaps: String?
        var missing: String
        /// Hours before the first unit was heard, where there are any.
        var new: String?

        init(_ hours: ReachHours) {
            chart = ReachChart(hours: hours).svg
            let (isByDay, parts) = hours.table
            byWhat = isByDay ? "Day" : "Month"
            rows = parts.prefix(Limit.parts).map {
                Self.row($0, isByDay ? CivilTime($0.from).date : String(CivilTime($0.from).date.dropLast(3)))
            }
            gaps = hours.gaps.prefix(Limit.gaps).map {
                Gap(from: ReportModel.time($0.from), until: ReportModel.time($0.until), hours: Words.grouped($0.hours))
            }
            moreGaps = hours.gaps.count > Limit.gaps ? Words.grouped(hours.gaps.count - Limit.gaps) : nil
            missing = Words.count(hours.missing, "hour", "hours")
            new = hours.newHours > 0 ? Words.count(hours.newHours, "sampled hour", "sampled hours") : nil
        }

        private static func row(_ part: ReachHours.Part, _ label: String) -> Row {
            func low(_ point: ReachPoint?, _ heard: (ReachPoint) -> Int) -> String {
                point.map {
                    "\(Words.percent(Share(part: heard($0), whole: $0.units))) % (\(Words.grouped(heard($0))) of \(Words.grouped($0.units)))"
                } ?? "–"
            }
            func mean(_ heard: Int) -> String { part.units > 0 ? "\(Words.percent(Share(part: heard, whole: part.units))) %" : "–" }
            return Row(
                label: label, sampled: "\(part.sampled) of \(part.hours)", low24: low(part.lowest24) { $0.heard24 },
                mean24: mean(part.heard24), low72: low(part.lowest72) { $0.heard72 }, mean72: mean(part.heard72))
        }
    }

    /// Outages and what the product's units did.
    struct OutagePart {
        struct Row {
            var began: String
            var ended: String
            var lasting: String
            var subject: String
            var area: String?
            var text: String
            var left: String
            var returned: String
            var silent: String
            var heardAgain: String
        }

        var rows: [Row]
        var more: String?

        init(_ record: EvidenceRecord) {
            // The most units first where not all are shown; then by time.
            let shown = record.outages.enumerated().sorted {
                let (left, right) = ($0.element.left + $0.element.silent, $1.element.left + $1.element.silent)
                return left != right ? left > right : $0.offset < $1.offset
            }.prefix(Limit.outages).sorted { $0.offset < $1.offset }
            rows = shown.map { Self.row($0.element, record.until) }
            let rest = record.outages.count + record.moreOutages - rows.count
            more = rest > 0 ? Words.grouped(rest) : nil
        }

        private static func row(_ outage: EvidenceOutage, _ until: UTCInstant) -> Row {
            let found = outage.record
            let isOver = found.ended.map { $0 < until } ?? false
            let end = isOver ? found.ended ?? until : until
            return Row(
                began: ReportModel.time(found.began), ended: isOver ? ReportModel.time(end) : "lasting at the end of the period",
                lasting: Words.age(seconds: (end - found.began) / 1_000),
                subject: found.operator.map { "\($0.name) (\($0.plmn))" }
                    ?? (found.scope == .responder ? "our own responders" : "every operator there"),
                area: found.area, text: found.text, left: Words.grouped(outage.left), returned: Words.grouped(outage.returned),
                silent: Words.grouped(outage.silent), heardAgain: Words.grouped(outage.heardAgain))
        }
    }

    /// Switches, silence, rehearsals and the age of proofs.
    struct ActivityPart {
        struct Row {
            var name: String
            var count: String
        }

        struct Change {
            var at: String
            var device: String
            var from: String
            var to: String
            var slot: String
            var why: String
        }

        var switches: String
        var units: String
        var silences: String
        var heardAgain: String
        var reasons: [Row]
        var changes: [Change]
        var moreChanges: String?
        var leftOut: String?
        var rehearsals: [Row]
        var policies: [Row]
        var proofs: [Row]
        var backupProofs: [Row]
        var single: String

        init(_ record: EvidenceRecord, _ data: PackData) {
            let activity = record.activity
            switches = Words.count(activity.switches, "switch", "switches")
            units = Words.count(activity.unitsThatSwitched, "unit", "units")
            silences = Words.grouped(activity.silences)
            heardAgain = Words.grouped(activity.heardAgain)
            reasons = activity.reasons.sorted { ($0.value, $1.key.name) > ($1.value, $0.key.name) }.map {
                Row(name: $0.key.phrase, count: Words.grouped($0.value))
            }
            changes = data.firstSwitches.map {
                Change(
                    at: ReportModel.time($0.at), device: $0.device, from: $0.from.name, to: $0.to.name,
                    slot: Words.name(ofSlot: $0.slot), why: $0.phrase)
            }
            let more = activity.switches - changes.count
            moreChanges = more > 0 ? Words.grouped(more) : nil
            leftOut = data.switchesLeftOut > 0 ? Words.grouped(data.switchesLeftOut) : nil
            func rows(_ counts: [String: Int]) -> [Row] {
                counts.sorted { $0.key < $1.key }.map {
                    Row(
                        name: $0.key.isEmpty ? "without a result" : $0.key.replacing("-", with: " "), count: Words.grouped($0.value)
                    )
                }
            }
            rehearsals = rows(activity.rehearsals)
            policies = rows(activity.policies)
            func ages(_ counts: [Int], _ names: [String]) -> [Row] {
                zip(names, counts).map { Row(name: $0, count: Words.grouped($1)) }
            }
            proofs = ages(
                record.inventory.proofs, ["within 24 hours", "within 72 hours", "within 30 days", "longer ago", "never"])
            backupProofs = ages(record.inventory.backupProofs, ["within 30 days", "within 90 days", "longer ago", "never"])
            single = Words.grouped(record.inventory.units - record.inventory.withBackup)
        }
    }
}
