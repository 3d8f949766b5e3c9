import Foundation
import Reachability
import Regulation
import Storage

extension EstateService {
    /// What the estate holds about a product, kind by kind, with the age of its newest datum. A kind of which nothing is held is absent.
    public func evidence(of product: String, at now: UTCInstant) throws -> [EvidenceSummary] {
        let units = live.withLock { $0.unitsAsEvidence(of: product, at: now) }
        var found = units.summaries(at: now)
        found += try storedEvidence(of: product, units, at: now)
        found += try riskEvidence(of: product, at: now)
        found += try caseEvidence(of: product, at: now)
        if let record = try self.record(of: product), let last = record.history.updates.map(\.issued).max() {
            let count = record.history.updates.count
            found.append(
                EvidenceSummary(
                    kind: .updateAvailability,
                    figure: "\(count) update\(count == 1 ? "" : "s") on record, the last issued on \(last)",
                    age: now.day.seconds(since: last), count: count))
        }
        if let ledger = try ledgerEvidence(at: now) { found.append(ledger) }
        let order = EvidenceKind.allCases
        return found.filter { $0.count > 0 }.sorted {
            (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0)
        }
    }

    private func ledgerEvidence(at now: UTCInstant) throws -> EvidenceSummary? {
        if ledgerFault == nil {
            do {
                guard let newest = try keeping(at: now, { try ledgerEntries(limit: 1).first }) else { return nil }
                return EvidenceSummary(
                    kind: .ledger, figure: "\(newest.index + 1) entries of the whole estate, chained in a signed tree",
                    age: UTCInstant(milliseconds: newest.entry.at.milliseconds).age(at: now),
                    count: Int(clamping: newest.index &+ 1))
            } catch EstateError.ledgerBroken {}
        }
        // Held, and of no worth as it is: it is not left out, or the page would look as if there had never been one.
        return ledgerFault.map { fault in
            EvidenceSummary(
                kind: .ledger,
                figure: "BROKEN, noticed at \(fault.found.iso8601): \(fault.error). It shows nothing until it is whole",
                age: nil, count: 1)
        }
    }

    /// A product's record; nil when it is not registered.
    public func record(of product: String) throws -> ProductRecord? {
        try database.read { try $0.first("SELECT body FROM product WHERE name = ?", [.text(product)]) { $0.text(0) } }
            .map { try StoredJSON.value(ProductRecord.self, $0) }
    }

    private func storedEvidence(of product: String, _ units: UnitsAsEvidence, at now: UTCInstant) throws -> [EvidenceSummary] {
        guard let number = live.withLock({ $0.names.products.number(of: product) }) else { return [] }
        let value = SQLValue.integer(of: number)
        return try database.read { connection in
            var found: [EvidenceSummary] = []
            func count(_ sql: String, _ values: [SQLValue]) throws -> (count: Int, last: UTCInstant?) {
                try connection.first(sql, values) { ($0.int(0), $0.optionalInteger(1).map { UTCInstant(milliseconds: $0) }) } ?? (
                    0, nil
                )
            }
            func add(_ kind: EvidenceKind, _ counted: (count: Int, last: UTCInstant?), _ figure: (Int) -> String) {
                guard counted.count > 0 else { return }
                found.append(
                    EvidenceSummary(
                        kind: kind, figure: figure(counted.count), age: counted.last.map { $0.age(at: now) },
                        count: counted.count))
            }
            add(
                .switches,
                try count(
                    "SELECT COUNT(*), MAX(e.at) FROM event e JOIN device d ON d.id = e.device WHERE d.product = ? AND e.kind = ?",
                    [value, .text(EventKind.moved.rawValue)])
            ) { "\($0) move\($0 == 1 ? "" : "s") to another profile on record, each with its reason" }
            add(
                .policyChanges,
                try count(
                    """
                    SELECT COUNT(*), MAX(COALESCE(p.outcome_at, p.asked_at)) FROM policy_document p JOIN device d ON d.id = p.device
                    WHERE d.product = ?
                    """, [value])
            ) { "\($0) unit\($0 == 1 ? " was" : "s were") sent a new switching policy" }
            let followed = try count(
                """
                SELECT COUNT(*), MAX(r.followed_at) FROM rehearsal r JOIN device d ON d.id = r.device
                WHERE d.product = ? AND r.followed_at IS NOT NULL
                """, [value])
            if units.withBackup > 0 {
                let last = [followed.last, units.lastBackupProof].compactMap(\.self).max()
                found.append(
                    EvidenceSummary(
                        kind: .rehearsals,
                        figure: "the backup of \(units.backupProved) of \(units.withBackup) units was heard on the air; "
                            + "\(followed.count) followed a rehearsal",
                        age: last.map { $0.age(at: now) }, count: max(units.backupProved, followed.count)))
            }
            if !units.operators.isEmpty {
                let places = units.operators.map { _ in "?" }.joined(separator: ", ")
                let outages = try count(
                    "SELECT COUNT(*), MAX(COALESCE(ended_at, detected_at)) FROM outage WHERE operator IN (\(places))",
                    units.operators.sorted().map { .integer(of: $0) })
                let open = try count(
                    "SELECT COUNT(*), NULL FROM outage WHERE ended_at IS NULL AND operator IN (\(places))",
                    units.operators.sorted().map { .integer(of: $0) })
                add(.outages, outages) {
                    "\($0) outage\($0 == 1 ? "" : "s") found on networks that its units use, \(open.count) open now"
                }
            }
            let known = try count("SELECT COUNT(*), MAX(updated_at) FROM device WHERE product = ?", [value])
            if !units.versions.isEmpty {
                let largest = units.versions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                let named = largest.prefix(3).map { "\($0.key.isEmpty ? "(none)" : $0.key) on \($0.value)" }.joined(separator: ", ")
                let more = largest.count > 3 ? " and \(largest.count - 3) more" : ""
                add(.unitVersions, known) {
                    "versions of \($0) unit\($0 == 1 ? "" : "s") as the inventory has them: \(named)\(more)"
                }
            }
            return found
        }
    }

    private func riskEvidence(of product: String, at now: UTCInstant) throws -> [EvidenceSummary] {
        let risks = try riskRegister().risks.filter { $0.dependence.product == product }
        guard !risks.isEmpty else { return [] }
        let open = risks.filter { $0.status != .closed }
        let owned = open.count { $0.owner != nil }
        return [
            EvidenceSummary(
                kind: .riskRegister,
                figure:
                    "\(risks.count) risk\(risks.count == 1 ? "" : "s") on the register, \(open.count) not closed, \(owned) of these with an owner",
                age: risks.map(\.lastSeen).max().map { now.day.seconds(since: $0) }, count: risks.count)
        ]
    }

    private func caseEvidence(of product: String, at now: UTCInstant) throws -> [EvidenceSummary] {
        let list = try caseList().concerning(product)
        let files = list.files
        guard !files.isEmpty || !list.unreadable.isEmpty else { return [] }
        let broken = list.unreadable.isEmpty ? "" : "; \(list.unreadable.count) that cannot be read"
        let drills = files.count { $0.case.isDrill }
        let real = files.filter { !$0.case.isDrill }
        let open = real.count { $0.case.phase != .closed && $0.case.phase != .notACase }
        let last = files.compactMap { $0.case.history.last?.at }.max().map { UTCInstant($0) }
        var found = [
            EvidenceSummary(
                kind: .cases,
                figure: "\(real.count) case\(real.count == 1 ? "" : "s"), \(open) open; \(drills) on paper as drills\(broken)",
                age: last.map { $0.age(at: now) }, count: files.count + list.unreadable.count)
        ]
        let notices = real.flatMap(\.case.state.notices)
        if let newest = notices.map(\.at).max() {
            found.append(
                EvidenceSummary(
                    kind: .userNotices, figure: "\(notices.count) notice\(notices.count == 1 ? "" : "s") to users on record",
                    age: UTCInstant(newest).age(at: now), count: notices.count))
        }
        return found
    }
}

extension UTCInstant {
    /// Whole seconds that have passed since; none when it lies ahead.
    func age(at now: UTCInstant) -> Int { Int(clamping: max(0, now - self) / 1_000) }
}

extension Day {
    /// Whole days as seconds; an event that has a day only has no finer age.
    fileprivate func seconds(since day: Day) -> Int { max(0, ordinal - day.ordinal) * 86_400 }
}

/// A product's units as the live table has them, counted for evidence.
struct UnitsAsEvidence {
    var summary = ReachSummary()
    var heard = 0
    var lastProof: UTCInstant?
    var withBackup = 0
    var backupProved = 0
    var lastBackupProof: UTCInstant?
    /// Operators on their cards.
    var operators: Set<UInt16> = []
    /// Units by firmware version.
    var versions: [String: Int] = [:]

    func summaries(at now: UTCInstant) -> [EvidenceSummary] {
        guard summary.units > 0 else { return [] }
        let age = lastProof.map { $0.age(at: now) }
        var found = [
            EvidenceSummary(
                kind: .reach,
                figure: "\(Self.percent(summary.heard24, of: summary.units)) of \(summary.units) units heard within 24 h, "
                    + "\(Self.percent(summary.heard72, of: summary.units)) within 72 h",
                age: age, count: summary.units)
        ]
        if heard > 0 {
            found.append(
                EvidenceSummary(
                    kind: .beacons, figure: "authenticated heartbeats of \(heard) of \(summary.units) units", age: age, count: heard
                ))
        }
        return found
    }

    /// "97.2 %", rounded down, so that 100.0 means all.
    private static func percent(_ part: Int, of whole: Int) -> String {
        let tenths = whole > 0 ? part * 1_000 / whole : 0
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension Live {
    fileprivate func unitsAsEvidence(of product: String, at now: UTCInstant) -> UnitsAsEvidence {
        let selection = UnitSelection(product: product)
        var units = UnitsAsEvidence()
        units.summary = FrozenUnits(selection, self, at: now).summary
        var versions: [UInt16: Int] = [:]
        var (last, lastBackup) = (UInt32(0), UInt32(0))
        each(of: selection) { id in
            guard let device = table.device(id), let standing = table.standing(id) else { return }
            let proof = max(standing.primaryProof, standing.backupProof)
            if proof > 0 { units.heard += 1 }
            last = max(last, proof)
            units.operators.insert(device.primary)
            if let backup = device.backup {
                units.operators.insert(backup)
                units.withBackup += 1
                if standing.backupProof > 0 { units.backupProved += 1 }
                lastBackup = max(lastBackup, standing.backupProof)
            }
            versions[device.firmware, default: 0] += 1
        }
        units.lastProof = last > 0 ? UTCInstant(seconds: Int64(last)) : nil
        units.lastBackupProof = lastBackup > 0 ? UTCInstant(seconds: Int64(lastBackup)) : nil
        units.versions = Dictionary(versions.map { (names.firmware[$0.key], $0.value) }, uniquingKeysWith: +)
        return units
    }
}
