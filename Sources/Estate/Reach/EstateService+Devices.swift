import Reachability
import Resilience
import Storage
import Wire

extension EstateService {
    /// Devices that a text search looks at, at most, in each of its columns.
    static let textMatches = 10_000

    /// A page of the devices that a query asks for.
    public func devices(_ query: DeviceQuery, at now: UTCInstant) throws -> DevicePage {
        let size = min(max(query.size, DeviceQuery.sizes.lowerBound), DeviceQuery.sizes.upperBound)
        let texts = try query.filter.text.flatMap { $0.isEmpty ? nil : try devices(matching: $0) }
        var matching = live.withLock { live in
            var found: [UInt32] = []
            guard let slice = live.slice(query.filter) else { return found }
            live.table.forEach(slice) { id in
                if texts?.contains(id) ?? true { found.append(id) }
            }
            live.sort(&found, by: query.sort, descending: query.descending)
            return found
        }
        let pages = max(1, (matching.count + size - 1) / size)
        let page = min(max(1, query.page), pages)
        let range = (page - 1) * size..<min(page * size, matching.count)
        let rows = try database.read { connection in
            if query.sort == .name {
                try Self.sortByName(&matching, upTo: range.upperBound, descending: query.descending, connection)
            }
            return try matching[range].map { ($0, try Self.name(of: $0, connection)) }
        }
        return live.withLock { live in
            DevicePage(
                total: matching.count, page: page, size: size, pages: pages,
                rows: rows.compactMap { live.row(of: $0.0, name: $0.1, at: now) })
        }
    }

    /// Everything about one device, by its name; nil when there is none.
    public func device(_ name: String, at now: UTCInstant) throws -> DeviceDetail? {
        guard name.utf8.count <= ImportLimit.nameBytes else { return nil }
        return try database.read { connection -> DeviceDetail? in
            guard
                let id = try connection.first(
                    "SELECT id FROM device WHERE name = ?", [.text(name)], { UInt32(truncatingIfNeeded: $0.integer(0)) })
            else { return nil }
            let (row, operators, connectivity) = live.withLock {
                ($0.row(of: id, name: name, at: now), $0.operators, $0.connectivities[$0.connectivityNumber(of: id)])
            }
            guard let row else { return nil }
            return try DetailReader(connection: connection, id: id, operators: operators, connectivity: connectivity, now: now)
                .detail(row)
        }
    }

    /// The devices whose name, card number, ICCID or IMSI has this text in it.
    func devices(matching text: String) throws -> Set<UInt32> {
        let wanted = String(text.prefix(ImportLimit.nameBytes)).lowercased()
        let escaped = wanted.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        let pattern = SQLValue.text("%\(escaped)%")
        return try database.read { connection in
            var found: Set<UInt32> = []
            let limit = SQLValue.integer(of: Self.textMatches)
            var searches = ["SELECT id FROM device WHERE lower(name) LIKE ? ESCAPE '\\' LIMIT ?"]
            if wanted.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                searches.append("SELECT device FROM profile WHERE iccid LIKE ? ESCAPE '\\' LIMIT ?")
                searches.append("SELECT device FROM profile WHERE imsi LIKE ? ESCAPE '\\' LIMIT ?")
            }
            for search in searches {
                try connection.each(search, [pattern, limit]) { found.insert(UInt32(truncatingIfNeeded: $0.integer(0))) }
            }
            if let number = Int64(wanted) {
                try connection.each("SELECT device FROM card WHERE number = ?", [.integer(number)]) {
                    found.insert(UInt32(truncatingIfNeeded: $0.integer(0)))
                }
            }
            return found
        }
    }

    private static func name(of id: UInt32, _ connection: Connection) throws -> String {
        try connection.first("SELECT name FROM device WHERE id = ?", [.integer(of: id)]) { $0.text(0) } ?? "?"
    }

    /// Brings the first `count` of the ids into the order of the devices' names, by walking the index of names as far as needed.
    private static func sortByName(_ ids: inout [UInt32], upTo count: Int, descending: Bool, _ connection: Connection) throws {
        let wanted = Set(ids)
        var sorted: [UInt32] = []
        let statement = try connection.prepare("SELECT id FROM device ORDER BY name \(descending ? "DESC" : "ASC")")
        if wanted.isEmpty { return }
        try statement.each { row in
            let id = UInt32(truncatingIfNeeded: row.integer(0))
            if wanted.contains(id) { sorted.append(id) }
            return sorted.count < count
        }
        // An import between the two reads may have added devices; the page is then as it was before.
        ids.replaceSubrange(0..<min(sorted.count, ids.count), with: sorted)
    }
}

extension Live {
    func row(of id: UInt32, name: String, at now: UTCInstant) -> DeviceRow? {
        guard let device = table.device(id), let standing = table.standing(id), let state = table.state(id) else { return nil }
        let last = max(standing.primaryProof, standing.backupProof)
        let area = device.area == 0 ? nil : names.areas[device.area]
        let carrier = standing.slot == .primary ? device.primary : device.backup ?? 0
        return DeviceRow(
            id: name, product: names.products[device.product], firmware: names.firmware[device.firmware],
            country: names.countries[device.country], area: area, tags: names.tags(of: device.tags), state: state.report,
            slot: Int(standing.slot.rawValue), operator: reference(carrier),
            lastProof: last == 0 ? nil : UTCInstant(seconds: Int64(last)),
            age: last == 0 ? nil : max(0, Int64(now.seconds) - Int64(last)), moves: Int(standing.moves),
            interval: Int(device.interval))
    }

    /// Sorts by what is known here; by name only the store can.
    func sort(_ ids: inout [UInt32], by sort: DeviceQuery.Sort, descending: Bool) {
        let key: (UInt32) -> UInt64
        switch sort {
        case .name: return
        case .product:
            // The numbers of products are in the order of import; their texts decide.
            let order = names.products.texts.enumerated().sorted { $0.element < $1.element }
            var rank = [UInt64](repeating: 0, count: order.count)
            for (place, entry) in order.enumerated() { rank[entry.offset] = UInt64(place) }
            key = { id in table.device(id).map { Int($0.product) < rank.count ? rank[Int($0.product)] : 0 } ?? 0 }
        case .lastProof: key = { id in UInt64(table.lastProof(id) ?? 0) }
        case .state: key = { id in UInt64(table.state(id)?.rawValue ?? 0) }
        case .moves: key = { id in UInt64(table.standing(id)?.moves ?? 0) }
        }
        // Equal keys keep the order of import in both directions.
        let keyed = ids.map { (key: key($0), id: $0) }
        ids = keyed.sorted { $0.key != $1.key ? ($0.key < $1.key) != descending : $0.id < $1.id }.map(\.id)
    }
}

/// Reads one device's history.
private struct DetailReader {
    let connection: Connection
    let id: UInt32
    let operators: [OperatorRef]
    let connectivity: Connectivity
    let now: UTCInstant

    private func reference(_ id: Int) -> OperatorRef {
        operators.indices.contains(id) ? operators[id] : OperatorRef(id: 0, name: "unknown", plmn: "")
    }
    private static func instant(_ milliseconds: Int64?) -> UTCInstant? { milliseconds.map(UTCInstant.init(milliseconds:)) }
    private func age(_ proof: UTCInstant?) -> Int64? { proof.map { max(0, now - $0) / 1_000 } }

    func detail(_ row: DeviceRow) throws -> DeviceDetail? {
        let key = [SQLValue.integer(of: id)]
        let profiles = try connection.all("SELECT slot, iccid, imsi, operator FROM profile WHERE device = ? ORDER BY slot", key) {
            found in
            let slot = found.int(0) == 1 ? 1 : 0
            return ProfileDetail(
                slot: slot, iccid: found.text(1), imsi: found.text(2), operator: reference(found.int(3)), lastProof: nil, age: nil,
                enabled: slot == row.slot, apn: (slot == 0 ? connectivity.primaryAPN : connectivity.backupAPN)?.text)
        }
        let spans = try spans(key)
        let moves = moves(spans)
        let events = try EventReader(connection: connection, operators: operators).events(
            "WHERE e.device = ? ORDER BY e.id DESC LIMIT 50", key)
        let rehearsal = try connection.rehearsal(of: id)
        let document = try connection.policyDocument(of: id)
        return try connection.first(
            """
            SELECT c.number, c.wanted_policy, d.preset, r.policy, r.boots, r.missed, r.plmn, r.technology, r.first_at, r.proof_primary,
                r.proof_backup
            FROM device d JOIN card c ON c.device = d.id JOIN reach r ON r.device = d.id WHERE d.id = ?
            """, key
        ) { found in
            let proofs = [Self.instant(found.optionalInteger(9)), Self.instant(found.optionalInteger(10))]
            var row = row
            row.lastProof = proofs.compactMap { $0 }.max()
            row.age = age(row.lastProof)
            return DeviceDetail(
                row: row, cardNumber: UInt64(truncatingIfNeeded: found.integer(0)), preset: found.text(2),
                policyVersion: found.int(3),
                wantedPolicyVersion: found.optionalInt(1),
                profiles: profiles.map { profile in
                    var profile = profile
                    profile.lastProof = proofs[profile.slot]
                    profile.age = age(proofs[profile.slot])
                    return profile
                },
                boots: found.int(4), missedBeacons: found.int(5),
                servingPLMN: found.optionalInteger(6).flatMap { try? PLMN(coded: UInt32(truncatingIfNeeded: $0)) }?.description,
                technology: found.optionalInt(7).map(Self.technology), firstSeen: Self.instant(found.optionalInteger(8)),
                lastMove: moves.first, carriers: spans, moves: moves, events: events,
                technologies: connectivity.technologies.map(\.rawValue), rehearsal: rehearsal, policyDocument: document)
        }
    }

    private func spans(_ key: [SQLValue]) throws -> [CarrierSpan] {
        try connection.all(
            "SELECT operator, slot, since, until, reason FROM carrier_span WHERE device = ? ORDER BY since DESC LIMIT 200", key
        ) { found in
            CarrierSpan(
                operator: reference(found.int(0)), slot: found.int(1), from: UTCInstant(milliseconds: found.integer(2)),
                until: Self.instant(found.optionalInteger(3)),
                reason: MoveReasonText(UInt8(truncatingIfNeeded: found.integer(4))).name)
        }
    }

    /// Each span but the first begins with a move.
    private func moves(_ spans: [CarrierSpan]) -> [MoveRecord] {
        zip(spans, spans.dropFirst()).prefix(100).map { span, before in
            let phrase = MoveReason.allNames[span.reason]?.phrase ?? span.reason
            let verb = span.slot == 0 ? "Returned to" : "Left \(before.operator.name) for"
            return MoveRecord(
                at: span.from, from: before.slot, to: span.slot, operator: span.operator, reason: span.reason,
                text: "\(verb) \(span.operator.name): \(phrase).")
        }
    }

    /// ETSI TS 102 223, 8.61, in the words of the networks' own names.
    private static func technology(_ code: Int) -> String {
        switch code {
        case 0x00: "GSM"
        case 0x03: "UMTS"
        case 0x08: "LTE"
        case 0x0A: "5G"
        default: "technology \(code)"
        }
    }
}
