import Resilience
import Storage

/// Reads what a pack says about a product's units out of the store, in one transaction. Nothing is held but counts.
struct EvidenceReader {
    let connection: Connection
    /// The product's number in the inventory.
    let product: UInt16
    let operators: [OperatorRef]
    let names: Names
    let start: UTCInstant
    let until: UTCInstant

    private func reference(_ id: Int) -> OperatorRef {
        operators.indices.contains(id) ? operators[id] : OperatorRef(id: 0, name: "unknown", plmn: "")
    }

    private static func instant(_ milliseconds: Int64?) -> UTCInstant? { milliseconds.map { UTCInstant(milliseconds: $0) } }

    private func span(_ more: SQLValue...) -> [SQLValue] {
        [.integer(start.milliseconds), .integer(until.milliseconds), .integer(of: product)] + more
    }

    /// Each unit, by name.
    func units(_ body: (EvidenceUnit) throws -> Void) throws {
        try connection.each(
            """
            SELECT d.name, d.firmware, d.country, d.area, d.preset, r.policy, p.operator, p.iccid, b.operator, b.iccid, r.slot,
                r.proof_primary, r.proof_backup, r.first_at, r.moved_at, r.moves, r.boots, h.followed_at, h.result,
                k.technologies, k.primary_apn, k.backup_apn
            FROM device d JOIN reach r ON r.device = d.id JOIN profile p ON p.device = d.id AND p.slot = 0
                LEFT JOIN profile b ON b.device = d.id AND b.slot = 1 LEFT JOIN rehearsal h ON h.device = d.id
                LEFT JOIN connectivity k ON k.id = d.connectivity
            WHERE d.product = ? ORDER BY d.name
            """, [.integer(of: product)]
        ) { row in
            try body(
                EvidenceUnit(
                    device: row.text(0), firmware: names.firmware[UInt16(truncatingIfNeeded: row.integer(1))],
                    country: names.countries[UInt16(truncatingIfNeeded: row.integer(2))],
                    area: names.areas[UInt16(truncatingIfNeeded: row.integer(3))], preset: row.text(4), policy: row.int(5),
                    primary: reference(row.int(6)), primaryICCID: row.text(7), backup: row.optionalInt(8).map { reference($0) },
                    backupICCID: row.optionalText(9), isOnBackup: row.int(10) == 1,
                    primaryProof: Self.instant(row.optionalInteger(11)),
                    backupProof: Self.instant(row.optionalInteger(12)), firstHeard: Self.instant(row.optionalInteger(13)),
                    lastMoved: Self.instant(row.optionalInteger(14)), moves: row.int(15), boots: row.int(16),
                    rehearsed: Self.instant(row.optionalInteger(17)), rehearsalResult: row.optionalText(18),
                    technologies: row.optionalText(19) ?? "", primaryAPN: row.optionalText(20), backupAPN: row.optionalText(21)))
        }
    }

    /// A span of a card with the one before it, of which a switch is made.
    private static let switches = """
        SELECT d.id, d.name, d.area, s.since, s.slot, s.operator, s.reason,
            (SELECT q.operator FROM carrier_span q WHERE q.device = s.device AND q.since < s.since ORDER BY q.since DESC LIMIT 1)
        FROM device d JOIN carrier_span s ON s.device = d.id AND s.since >= ? AND s.since < ? WHERE d.product = ?
        """

    /// Each switch of the period, by time. A card's first span is no switch.
    func switches(_ body: (EvidenceSwitch) throws -> Void) throws {
        try connection.each(Self.switches + " ORDER BY s.since, d.name", span()) { row in
            guard let before = row.optionalInt(7) else { return }
            let reason = MoveReasonText(UInt8(truncatingIfNeeded: row.integer(6)))
            try body(
                EvidenceSwitch(
                    device: row.text(1), at: UTCInstant(milliseconds: row.integer(3)), from: reference(before),
                    to: reference(row.int(5)), slot: row.int(4), reason: reason.name, phrase: reason.phrase))
        }
    }

    private static let ofRehearsals: Set<UInt8> = [
        MoveReason.rehearsal.rawValue, MoveReason.rehearsed.rawValue, MoveReason.rehearsalFailed.rawValue,
    ]

    /// Counts what the cards did, in all and in each outage. Rows come device by device, so that one mark an outage is enough to count
    /// each unit once.
    func activity(_ outages: inout [EvidenceOutage]) throws -> EvidenceActivity {
        var activity = EvidenceActivity()
        var device: Int64?
        var marks = [Marks](repeating: Marks(), count: outages.count)
        try connection.each(Self.switches + " ORDER BY s.device, s.since", span()) { row in
            guard let before = row.optionalInt(7) else { return }
            let (id, at, code) = (
                row.integer(0), UTCInstant(milliseconds: row.integer(3)), UInt8(truncatingIfNeeded: row.integer(6))
            )
            activity.switches += 1
            if device != id { activity.unitsThatSwitched += 1 }
            device = id
            let text = MoveReasonText(code)
            activity.reasons[.init(name: text.name, phrase: text.phrase), default: 0] += 1
            let area = names.areas[UInt16(truncatingIfNeeded: row.integer(2))]
            for index in outages.indices {
                let outage = outages[index].record
                guard let carrier = outage.operator?.id, covers(outage, area), at >= outage.began else { continue }
                if before == carrier, at <= outage.ended ?? until, !Self.ofRehearsals.contains(code), marks[index].gone != id {
                    marks[index].gone = id
                    outages[index].left += 1
                }
                if row.int(5) == carrier, marks[index].gone == id, marks[index].back != id {
                    marks[index].back = id
                    outages[index].returned += 1
                }
            }
        }
        try silences(&activity, &outages)
        return activity
    }

    private struct Marks {
        var gone: Int64 = -1
        var back: Int64 = -1
    }

    private func covers(_ outage: OutageRecord, _ area: String) -> Bool { outage.area.map { $0 == area } ?? true }

    private func silences(_ activity: inout EvidenceActivity, _ outages: inout [EvidenceOutage]) throws {
        var marks = [Marks](repeating: Marks(), count: outages.count)
        try connection.each(
            """
            SELECT e.device, d.area, e.at, e.kind, e.operator, e.detail FROM device d JOIN event e ON e.device = d.id
            WHERE e.at >= ? AND e.at < ? AND d.product = ? AND e.kind IN ('silent', 'heard-again', 'rehearsal', 'policy')
            ORDER BY e.device, e.id
            """, span()
        ) { row in
            let (id, at) = (row.integer(0), UTCInstant(milliseconds: row.integer(2)))
            switch EventKind(rawValue: row.text(3)) {
            case .rehearsal: activity.rehearsals[row.text(5), default: 0] += 1
            case .policy: activity.policies[row.text(5), default: 0] += 1
            case .silent:
                activity.silences += 1
                let area = names.areas[UInt16(truncatingIfNeeded: row.integer(1))]
                for index in outages.indices where marks[index].gone != id {
                    let outage = outages[index].record
                    guard at >= outage.began, at <= outage.ended ?? until, covers(outage, area),
                        outage.operator.map({ $0.id == row.int(4) }) ?? true
                    else { continue }
                    marks[index].gone = id
                    outages[index].silent += 1
                }
            case .heardAgain:
                activity.heardAgain += 1
                for index in outages.indices where marks[index].gone == id && marks[index].back != id {
                    marks[index].back = id
                    outages[index].heardAgain += 1
                }
            default: break
            }
        }
    }
}
