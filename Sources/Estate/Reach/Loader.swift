import Beacon
import Reachability
import Storage
import Wire

/// Brings an estate from the store into memory.
struct Loader {
    let key: EstateKey
    let settings: EstateSettings

    /// Fills `live`, and gives the contexts of each responder.
    func load(into live: inout Live, from database: Database, at now: UTCInstant) throws -> [ContextTable] {
        var contexts = [ContextTable](repeating: ContextTable(), count: EstateService.responders)
        try database.read { connection in
            try live.names.load(connection)
            try connection.each("SELECT id, name, plmn FROM operator ORDER BY id") { row in
                guard row.int(0) == live.operators.count else {
                    throw EstateError.contradiction(
                        detail: "operator \(row.text(1)) has number \(row.int(0)), expected \(live.operators.count)")
                }
                live.operators.append(OperatorRef(id: row.int(0), name: row.text(1), plmn: row.text(2)))
            }
            try live.connectivities.load(connection)
            live.guestOperators = try guestOperators(connection)
            let count = try connection.first("SELECT COUNT(*) FROM device") { $0.int(0) } ?? 0
            live.reserve(count)
            for index in contexts.indices { contexts[index].reserve(count) }
            try devices(into: &live, &contexts, connection)
            guard live.count == count else {
                throw EstateError.contradiction(
                    detail: "\(count) devices, of which \(live.count) have a card, a profile and a row of reach")
            }
            try live.loadWishes(connection, at: now)
            try outages(into: &live, connection)
            // What fell silent while nobody looked is not news; from now on silence is counted anew.
            let alive = try connection.first("SELECT value FROM setting WHERE name = 'alive'") { row in
                Int64(String(decoding: row.blob(0), as: UTF8.self))
            }
            let heard = try connection.first("SELECT MAX(proof_at) FROM reach") { $0.integer(0) } ?? 0
            let last = UTCInstant(milliseconds: max((alive ?? nil) ?? 0, heard))
            if live.count > 0, last.milliseconds > 0 {
                live.table.scan(min(last, now).seconds) { _ in }
                live.table.resumed(at: now.seconds)
            }
        }
        return contexts
    }

    private func devices(into live: inout Live, _ contexts: inout [ContextTable], _ connection: Connection) throws {
        try connection.each(
            """
            SELECT d.id, d.product, d.firmware, d.country, d.area, d.tags, d.expected_s, c.number, c.wanted_policy, c.contexts,
                p.operator, b.operator, r.slot, r.proof_primary, r.proof_backup, r.reason, r.moves,
                r.highest_0, r.window_0, r.highest_1, r.window_1, d.connectivity
            FROM device d
                JOIN card c ON c.device = d.id
                JOIN reach r ON r.device = d.id
                JOIN profile p ON p.device = d.id AND p.slot = 0
                LEFT JOIN profile b ON b.device = d.id AND b.slot = 1
            ORDER BY d.id
            """
        ) { row in
            let id = UInt32(truncatingIfNeeded: row.integer(0))
            guard row.int(0) == live.count else {
                throw EstateError.contradiction(detail: "device number \(row.int(0)), expected \(live.count)")
            }
            let number = UInt64(truncatingIfNeeded: row.integer(7))
            let device = ReachabilityTable.Device(
                primary: UInt16(truncatingIfNeeded: row.integer(10)),
                backup: row.optionalInteger(11).map { UInt16(truncatingIfNeeded: $0) },
                interval: UInt32(truncatingIfNeeded: row.integer(6)), area: UInt16(truncatingIfNeeded: row.integer(4)),
                product: UInt16(truncatingIfNeeded: row.integer(1)), country: UInt16(truncatingIfNeeded: row.integer(3)),
                firmware: UInt16(truncatingIfNeeded: row.integer(2)), tags: UInt64(bitPattern: row.integer(5)))
            guard live.connectivities.all.indices.contains(row.int(21)) else {
                throw EstateError.contradiction(detail: "device number \(id) has connectivity \(row.int(21)), which is not there")
            }
            try live.append(
                device, card: number, wanted: row.optionalInteger(8).map { UInt32(truncatingIfNeeded: $0) },
                connectivity: UInt16(truncatingIfNeeded: row.integer(21)))
            let standing = ReachabilityTable.Standing(
                slot: row.int(12) == 1 ? .backup : .primary, primaryProof: Self.seconds(row.optionalInteger(13)),
                backupProof: Self.seconds(row.optionalInteger(14)), reason: UInt8(truncatingIfNeeded: row.integer(15)),
                moves: UInt32(truncatingIfNeeded: row.integer(16)))
            try live.table.restore(id, standing)
            let opened = try row.withBlob(9) { try key.unseal(Array($0), for: CardSeal.contexts(of: number)) }
            for responder in contexts.indices {
                let start = responder * SecurityKeys.size
                guard opened.count >= start + SecurityKeys.size,
                    let keys = SecurityKeys(Array(opened[start..<start + SecurityKeys.size])),
                    let window = ReplayWindow(
                        highest: UInt64(bitPattern: row.integer(Int32(17 + 2 * responder))),
                        mask: UInt64(bitPattern: row.integer(Int32(18 + 2 * responder))))
                else { throw EstateError.contradiction(detail: "card \(number) has keys or a replay window that cannot be") }
                contexts[responder].append(keys, window)
            }
        }
    }

    /// An IMSI begins with the PLMN of its home (3GPP TS 23.003, clause 2.2).
    private func guestOperators(_ connection: Connection) throws -> Set<UInt16> {
        let found = try connection.all(
            """
            SELECT DISTINCT p.operator FROM profile p JOIN operator o ON o.id = p.operator
            WHERE substr(p.imsi, 1, length(o.plmn) - 1) <> replace(o.plmn, '-', '')
            """
        ) { UInt16(truncatingIfNeeded: $0.integer(0)) }
        return Set(found)
    }

    private func outages(into live: inout Live, _ connection: Connection) throws {
        let open = try StoredOutage.all("WHERE ended_at IS NULL ORDER BY id", [], connection).map(\.outage)
        let last = try connection.first("SELECT MAX(id) FROM outage") { $0.integer(0) } ?? 0
        live.detector = OutageDetector(parameters: settings.detection, open: open, nextID: last + 1)
    }

    private static func seconds(_ milliseconds: Int64?) -> UInt32 { milliseconds.map { UTCInstant(milliseconds: $0).seconds } ?? 0 }
}

/// What a card's sealed values are sealed for: they open in this card's row only.
enum CardSeal {
    static func secret(of card: UInt64) -> String { "secret of card \(card)" }
    static func contexts(of card: UInt64) -> String { "contexts of card \(card)" }
}
