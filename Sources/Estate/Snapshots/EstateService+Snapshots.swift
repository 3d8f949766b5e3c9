import Reachability
import Storage

extension EstateService {
    /// The units of a selection as they stand now, without keeping that.
    public func reach(of selection: UnitSelection, at now: UTCInstant) -> ReachSummary {
        live.withLock { FrozenUnits(selection, $0, at: now).summary }
    }

    /// A snapshot as it was taken.
    public func snapshot(_ id: Int64) throws -> ReachSnapshot {
        guard
            let text = try database.read({ try $0.first("SELECT body FROM snapshot WHERE id = ?", [.integer(id)]) { $0.text(0) } })
        else { throw SnapshotError.unknownSnapshot(id) }
        return try StoredJSON.value(ReachSnapshot.self, text)
    }

    /// A snapshot's units as they stand now.
    public func progress(of id: Int64, at now: UTCInstant) throws -> SnapshotProgress {
        let taken = try snapshot(id).at
        let chunks = try database.read { try FrozenUnits.chunks(of: id, $0) }
        return live.withLock { $0.progress(of: chunks, taken: taken, at: now) }
    }

    /// The units of a snapshot that are dark now, in the order of their names.
    ///
    /// - Parameter limit: how many at most, those that were imported first; nil for all.
    public func darkUnits(of id: Int64, at now: UTCInstant, limit: Int? = nil) throws -> [DarkUnit] {
        _ = try snapshot(id)
        let chunks = try database.read { try FrozenUnits.chunks(of: id, $0) }
        let dark = live.withLock { $0.dark(of: chunks, at: now, limit: limit ?? .max) }
        var units = try database.read { connection in
            try dark.map { id, unit in
                var unit = unit
                unit.device =
                    try connection.first("SELECT name FROM device WHERE id = ?", [.integer(of: id)]) { $0.text(0) } ?? "(removed)"
                return unit
            }
        }
        units.sort { $0.device < $1.device }
        return units
    }
}

extension Live {
    fileprivate func progress(of chunks: [[UInt8]], taken: UTCInstant, at now: UTCInstant) -> SnapshotProgress {
        var tally = FrozenUnits.Tally()
        var progress = SnapshotProgress(at: now, now: ReachSummary(), heardSince: 0, dark: 0, lost: 0, found: 0)
        FrozenUnits.each(in: chunks) { unit in
            let current = current(unit)
            tally.count(
                proof: current.proof, carrier: current.carrier, slot: current.slot, state: table.state(unit.device), at: now)
            let wasHeard = !Live.isDark(proof: unit.proof, at: taken)
            let isHeardSince = current.proof > taken.seconds
            if isHeardSince { progress.heardSince += 1 }
            if Live.isDark(proof: current.proof, at: now) {
                progress.dark += 1
                if wasHeard { progress.lost += 1 }
            }
            if !wasHeard, isHeardSince { progress.found += 1 }
        }
        progress.now = tally.summary(self)
        return progress
    }

    fileprivate func dark(of chunks: [[UInt8]], at now: UTCInstant, limit: Int) -> [(UInt32, DarkUnit)] {
        func instant(_ proof: UInt32) -> UTCInstant? { proof > 0 ? UTCInstant(seconds: Int64(proof)) : nil }
        var dark: [(UInt32, DarkUnit)] = []
        FrozenUnits.each(in: chunks) { unit in
            let current = current(unit)
            guard dark.count < limit, Live.isDark(proof: current.proof, at: now) else { return }
            let device = table.device(unit.device)
            dark.append(
                (
                    unit.device,
                    DarkUnit(
                        device: "", lastProof: instant(current.proof), operator: reference(current.carrier),
                        slot: Int(current.slot.rawValue), proofThen: instant(unit.proof),
                        firmware: device.map { names.firmware[$0.firmware] } ?? "",
                        country: device.map { names.countries[$0.country] } ?? "", hasBackup: device?.backup != nil)
                ))
        }
        return dark
    }

    /// A frozen unit as it stands now.
    fileprivate func current(_ unit: FrozenUnit) -> (proof: UInt32, carrier: UInt16, slot: ReachabilityTable.Slot) {
        guard let device = table.device(unit.device), let standing = table.standing(unit.device) else {
            return (0, unit.operator, ReachabilityTable.Slot(rawValue: unit.slot) ?? .primary)
        }
        let carrier = standing.slot == .primary ? device.primary : device.backup ?? device.primary
        return (max(standing.primaryProof, standing.backupProof), carrier, standing.slot)
    }

    /// Nothing was heard within the last 24 hours.
    static func isDark(proof: UInt32, at now: UTCInstant) -> Bool {
        proof == 0 || now.seconds > proof && now.seconds - proof > spans.0
    }
}
