import Crypto
import Reachability
import Storage
import Wire

/// A unit as it stood when it was frozen: 12 bytes, little-endian.
struct FrozenUnit {
    static let size = 12

    var device: UInt32
    /// Seconds; zero for never.
    var proof: UInt32
    var `operator`: UInt16
    var slot: UInt8
    var state: UInt8
}

/// The units of a selection, on their way into the store.
struct FrozenUnits {
    /// Units of one row.
    static let chunk = 65_536

    let selection: UnitSelection
    let at: UTCInstant
    private(set) var bytes: [UInt8] = []
    private(set) var summary = ReachSummary()

    /// Takes the units from memory. About 30 ns a unit.
    init(_ selection: UnitSelection, _ live: borrowing Live, at now: UTCInstant) {
        self.selection = selection
        at = now
        var tally = Tally()
        var bytes: [UInt8] = []
        live.each(of: selection) { id in
            guard let device = live.table.device(id), let standing = live.table.standing(id), let state = live.table.state(id)
            else {
                return
            }
            let slot = standing.slot
            let proof = max(standing.primaryProof, standing.backupProof)
            let carrier = slot == .primary ? device.primary : device.backup ?? device.primary
            let unit = FrozenUnit(device: id, proof: proof, operator: carrier, slot: slot.rawValue, state: state.rawValue)
            bytes.append(unit)
            tally.count(proof: proof, carrier: carrier, slot: slot, state: state, at: now)
        }
        self.bytes = bytes
        summary = tally.summary(live)
    }

    /// Writes the snapshot, and gives it its id.
    func write(_ connection: Connection) throws -> ReachSnapshot {
        let id = try (connection.first("SELECT MAX(id) FROM snapshot") { $0.integer(0) } ?? 0) + 1
        let digest = Hex.text(Array(SHA256.hash(data: bytes)))
        let snapshot = ReachSnapshot(id: id, at: at, selection: selection, summary: summary, digest: digest)
        try connection.execute(
            "INSERT INTO snapshot (id, at, body) VALUES (?, ?, ?)",
            [.integer(id), .integer(at.milliseconds), .text(try StoredJSON.text(snapshot))])
        let step = Self.chunk * FrozenUnit.size
        for (sequence, start) in stride(from: 0, to: bytes.count, by: step).enumerated() {
            try connection.execute(
                "INSERT INTO snapshot_chunk (snapshot, sequence, units) VALUES (?, ?, ?)",
                [.integer(id), .integer(of: sequence), .blob(Array(bytes[start..<min(start + step, bytes.count)]))])
        }
        return snapshot
    }

    /// A snapshot's units as they are stored.
    static func chunks(of snapshot: Int64, _ connection: Connection) throws -> [[UInt8]] {
        try connection.all("SELECT units FROM snapshot_chunk WHERE snapshot = ? ORDER BY sequence", [.integer(snapshot)]) { row in
            let bytes = Array(row.blob(0))
            guard bytes.count % FrozenUnit.size == 0 else {
                throw EstateError.contradiction(detail: "snapshot \(snapshot) has a row of \(bytes.count) bytes")
            }
            return bytes
        }
    }

    static func each(in chunks: [[UInt8]], _ body: (FrozenUnit) -> Void) {
        for bytes in chunks {
            for start in stride(from: 0, to: bytes.count, by: FrozenUnit.size) { body(FrozenUnit(bytes, at: start)) }
        }
    }

    /// The SHA-256 of the units as they are stored, in hex.
    static func digest(of snapshot: Int64, _ connection: Connection) throws -> String {
        var hash = SHA256()
        try connection.each("SELECT units FROM snapshot_chunk WHERE snapshot = ? ORDER BY sequence", [.integer(snapshot)]) { row in
            hash.update(data: Array(row.blob(0)))
        }
        return Hex.text(Array(hash.finalize()))
    }

    /// Counts units into a summary.
    struct Tally {
        private var result = ReachSummary()
        private var carriers: [UInt16: (units: Int, heard24: Int, onBackup: Int)] = [:]

        mutating func count(
            proof: UInt32, carrier: UInt16, slot: ReachabilityTable.Slot, state: ReachabilityTable.State?, at now: UTCInstant
        ) {
            let age = now.seconds > proof ? now.seconds - proof : 0
            let isHeard = proof > 0 && age <= Live.spans.0
            result.units += 1
            if isHeard { result.heard24 += 1 }
            if proof > 0, age <= Live.spans.1 { result.heard72 += 1 }
            if slot == .backup { result.onBackup += 1 }
            if proof == 0 { result.never += 1 } else if state == .silent { result.silent += 1 }
            var entry = carriers[carrier] ?? (0, 0, 0)
            entry.units += 1
            if isHeard { entry.heard24 += 1 }
            if slot == .backup { entry.onBackup += 1 }
            carriers[carrier] = entry
        }

        func summary(_ live: borrowing Live) -> ReachSummary {
            var summary = result
            for (id, entry) in carriers {
                summary.carriers.append(
                    ReachSummary.Carrier(
                        operator: live.reference(id), units: entry.units, heard24: entry.heard24, onBackup: entry.onBackup))
            }
            summary.carriers.sort { ($0.units, $1.operator.id) > ($1.units, $0.operator.id) }
            return summary
        }
    }
}

extension FrozenUnit {
    init(_ bytes: [UInt8], at start: Int) {
        func word(_ offset: Int) -> UInt32 {
            (0..<4 as Range<Int>).reduce(0) { $0 | UInt32(bytes[start + offset + $1]) << (8 * UInt32($1)) }
        }
        device = word(0)
        proof = word(4)
        `operator` = UInt16(bytes[start + 8]) | UInt16(bytes[start + 9]) << 8
        slot = bytes[start + 10]
        state = bytes[start + 11]
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ unit: FrozenUnit) {
        for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: unit.device >> shift)) }
        for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: unit.proof >> shift)) }
        append(UInt8(truncatingIfNeeded: unit.operator))
        append(UInt8(truncatingIfNeeded: unit.operator >> 8))
        append(unit.slot)
        append(unit.state)
    }
}

extension Live {
    /// Calls `body` with the units of a selection, in the order of their ids: one pass over the table, however many versions are named.
    func each(of selection: UnitSelection, _ body: (UInt32) -> Void) {
        guard let product = names.products.number(of: selection.product) else { return }
        var slice = ReachabilityTable.Slice()
        slice.product = product
        guard !selection.versions.isEmpty else { return table.forEach(slice, body) }
        let versions = Set(selection.versions.compactMap { names.firmware.number(of: $0) })
        table.forEach(slice) { id in
            if let firmware = table.device(id)?.firmware, versions.contains(firmware) { body(id) }
        }
    }
}
