import Beacon
import Reachability
import Storage
import Wire

/// One import between its parsing and its end: what the store has, what changes, and what becomes live after the commit.
struct ImportWork {
    /// A device as the store has it.
    private struct Known {
        var id: UInt32
        var device: ReachabilityTable.Device
        var preset: String
        var card: UInt64
        var wanted: Int64?
        var fingerprint: [UInt8]
        var profiles: [String?]
        var connectivity: UInt16
    }

    /// A device as it is to be.
    private struct Target {
        var place: ImportIssue.Place
        var row: InventoryRow
        var known: Known?
        var id: UInt32
        var device: ReachabilityTable.Device
        var connectivity: UInt16
        /// Nil keeps the sealed secret.
        var fingerprint: [UInt8]?
        /// Whether the card, by number and secret, is another one than before.
        var hasNewCard: Bool
        var hasNewProfiles: Bool
        /// Whether the enabled profile is another operator's now, so that nothing is known of it yet.
        var startsAnew = false
        var keys: [SecurityKeys] = []
        var windows: [ReplayWindow] = []
    }

    private let rows: [InventoryParser.Placed]
    private let key: EstateKey
    private let now: UTCInstant
    private let namesBefore: Names
    private let operatorsBefore: [OperatorRef]
    private var names: Names
    private var operators: [OperatorRef]
    private var operatorIDs: [String: UInt16] = [:]
    private let connectivitiesBefore: ConnectivityTable
    private var connectivities: ConnectivityTable
    private var guestOperators: Set<UInt16> = []
    private var nextID: UInt32
    private var issues = IssueList()
    private var targets: [Target] = []
    private(set) var report = ImportReport(added: 0, updated: 0, unchanged: 0)

    init(rows: [InventoryParser.Placed], live: borrowing Live, key: EstateKey, at now: UTCInstant) {
        self.rows = rows
        self.key = key
        self.now = now
        namesBefore = live.names
        names = live.names
        operatorsBefore = live.operators
        operators = live.operators
        connectivitiesBefore = live.connectivities
        connectivities = live.connectivities
        for reference in operators.dropFirst() { operatorIDs[reference.plmn] = UInt16(reference.id) }
        nextID = UInt32(live.count)
    }

    /// What there is to tell, when anything changed.
    var event: Event? {
        guard report.added + report.updated > 0 else { return nil }
        return Event(
            at: now, kind: .imported, severity: .info, device: nil, operator: nil, outage: nil,
            text:
                "Imported an inventory: \(report.added) devices new, \(report.updated) changed, \(report.unchanged) as they were.",
            detail: nil)
    }

    /// Does the import's part of the transaction.
    ///
    /// - Parameter windows: the replay windows of a device's card, one a responder.
    mutating func run(_ connection: Connection, windows: (UInt32) -> [ReplayWindow]) throws {
        for placed in rows {
            if let target = try target(of: placed, connection) { targets.append(target) }
            if issues.isFull { break }
        }
        try issues.check()
        for target in targets { try makeWay(for: target, windows, connection) }
        for target in targets where !issues.isFull { try findConflicts(of: target, connection) }
        try issues.check()
        try names.write(since: namesBefore, connection)
        try connectivities.write(since: connectivitiesBefore, connection)
        try writeOperators(connection)
        for index in targets.indices {
            // Changed outside of the array: changing it in place while `self` is read would copy the whole array each time.
            var target = targets[index]
            try write(&target, connection)
            targets[index] = target
        }
    }

    private mutating func target(of placed: InventoryParser.Placed, _ connection: Connection) throws -> Target? {
        let row = placed.row
        let known = try known(row.device, connection)
        guard let device = resolve(placed), let connectivity = connectivityNumber(of: placed) else { return nil }
        let fingerprint = row.secret.map { key.fingerprint(CardSeal.identity(card: row.card, $0)) }
        let hasNewCard = known == nil || known?.card != row.card || (fingerprint != nil && fingerprint != known?.fingerprint)
        if hasNewCard && fingerprint == nil {
            issues.add(
                placed.place, .secret, "no value, and card \(row.card) is new to this device",
                "Give the card's OSCORE master secret")
            return nil
        }
        let profiles = [
            row.primary.iccid.description, row.primary.imsi.description, row.backup?.iccid.description,
            row.backup?.imsi.description,
        ]
        let hasNewProfiles = known.map { $0.profiles != profiles } ?? true
        let id: UInt32
        if let known {
            id = known.id
            let isSame =
                !hasNewCard && !hasNewProfiles && known.device == device && known.preset == row.preset.rawValue
                && known.wanted == row.policyVersion.map { Int64($0) } && known.connectivity == connectivity
            if isSame {
                report.unchanged += 1
                return nil
            }
            report.updated += 1
        } else {
            guard Int(nextID) < ImportLimit.devices else {
                issues.add(placed.place, "more than \(ImportLimit.devices) devices", "Use a second estate")
                return nil
            }
            id = nextID
            nextID += 1
            report.added += 1
        }
        return Target(
            place: placed.place, row: row, known: known, id: id, device: device, connectivity: connectivity,
            fingerprint: fingerprint, hasNewCard: hasNewCard, hasNewProfiles: hasNewProfiles)
    }

    private func known(_ name: String, _ connection: Connection) throws -> Known? {
        try connection.first(
            """
            SELECT d.id, d.product, d.firmware, d.country, d.area, d.tags, d.preset, d.expected_s, c.number, c.wanted_policy,
                c.fingerprint, p.iccid, p.imsi, p.operator, b.iccid, b.imsi, b.operator, d.connectivity
            FROM device d
                JOIN card c ON c.device = d.id
                JOIN profile p ON p.device = d.id AND p.slot = 0
                LEFT JOIN profile b ON b.device = d.id AND b.slot = 1
            WHERE d.name = ?
            """, [.text(name)]
        ) { row in
            Known(
                id: UInt32(truncatingIfNeeded: row.integer(0)),
                device: ReachabilityTable.Device(
                    primary: UInt16(truncatingIfNeeded: row.integer(13)),
                    backup: row.optionalInteger(16).map { UInt16(truncatingIfNeeded: $0) },
                    interval: UInt32(truncatingIfNeeded: row.integer(7)), area: UInt16(truncatingIfNeeded: row.integer(4)),
                    product: UInt16(truncatingIfNeeded: row.integer(1)), country: UInt16(truncatingIfNeeded: row.integer(3)),
                    firmware: UInt16(truncatingIfNeeded: row.integer(2)), tags: UInt64(bitPattern: row.integer(5))),
                preset: row.text(6), card: UInt64(truncatingIfNeeded: row.integer(8)), wanted: row.optionalInteger(9),
                fingerprint: row.blob(10),
                profiles: [row.text(11), row.text(12), row.optionalText(14), row.optionalText(15)],
                connectivity: UInt16(truncatingIfNeeded: row.integer(17)))
        }
    }

    /// The row's texts as the numbers that the live table knows them by.
    private mutating func resolve(_ placed: InventoryParser.Placed) -> ReachabilityTable.Device? {
        let row = placed.row
        func number(_ table: inout NameTable, _ text: String, _ field: InventoryField) -> UInt16? {
            if let number = table.add(text) { return number }
            issues.add(
                placed.place, field, "more than \(table.limit) different values in the estate", "Use one that is there already")
            return nil
        }
        let product = number(&names.products, row.product, .product)
        let firmware = number(&names.firmware, row.firmware, .firmware)
        let country = number(&names.countries, row.country, .country)
        let area = row.area.map { number(&names.areas, $0, .area) } ?? 0
        var tags: UInt64 = 0
        for tag in row.tags {
            guard let bit = number(&names.tags, tag, .tags) else { return nil }
            tags |= 1 << UInt64(bit)
        }
        let primary = operatorID(of: row.primary, placed.place, .primaryPLMN)
        let backup = row.backup.map { operatorID(of: $0, placed.place, .backupPLMN) }
        guard let product, let firmware, let country, let area, let primary else { return nil }
        if case .some(.none) = backup { return nil }
        return ReachabilityTable.Device(
            primary: primary, backup: backup ?? nil, interval: UInt32(clamping: row.expectedInterval), area: area, product: product,
            country: country, firmware: firmware, tags: tags)
    }

    private mutating func connectivityNumber(of placed: InventoryParser.Placed) -> UInt16? {
        if let number = connectivities.add(Connectivity(placed.row)) { return number }
        issues.add(
            placed.place, .technologies,
            "more than \(ConnectivityTable.limit) different combinations of technologies, primary and backup APN in the estate",
            "Use one that is there already")
        return nil
    }

    private mutating func operatorID(of profile: InventoryProfile, _ place: ImportIssue.Place, _ field: InventoryField) -> UInt16? {
        let id = number(of: profile, place, field)
        if let id, !profile.imsi.description.hasPrefix(profile.plmn.description.replacing("-", with: "")) {
            guestOperators.insert(id)
        }
        return id
    }

    private mutating func number(of profile: InventoryProfile, _ place: ImportIssue.Place, _ field: InventoryField) -> UInt16? {
        let plmn = profile.plmn.description
        if let id = operatorIDs[plmn] {
            // The last row that names the operator wins.
            if let name = profile.operatorName { operators[Int(id)].name = name }
            return id
        }
        guard operators.count < Int(ReachabilityTable.operatorLimit) else {
            issues.add(
                place, field, "more than \(ReachabilityTable.operatorLimit - 1) operators in the estate",
                "Use one that is there already")
            return nil
        }
        let id = UInt16(operators.count)
        operators.append(OperatorRef(id: Int(id), name: profile.operatorName ?? plmn, plmn: plmn))
        operatorIDs[plmn] = id
        return id
    }

    /// Takes what a device gives up out of the unique columns, so that devices of one file can swap cards; a card that leaves its
    /// device is remembered with its windows.
    private func makeWay(for target: Target, _ windows: (UInt32) -> [ReplayWindow], _ connection: Connection) throws {
        guard let known = target.known else { return }
        if target.hasNewCard {
            let last = windows(known.id)
            try connection.execute(
                """
                INSERT INTO retired_card (number, fingerprint, highest_0, window_0, highest_1, window_1) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (number, fingerprint) DO UPDATE SET highest_0 = excluded.highest_0, window_0 = excluded.window_0,
                    highest_1 = excluded.highest_1, window_1 = excluded.window_1
                """,
                [.integer(of: known.card), .blob(known.fingerprint)]
                    + last.flatMap { [.integer(of: $0.highest), .integer(of: $0.mask)] })
            try connection.execute(
                "UPDATE card SET number = ? WHERE device = ?", [.integer(-1 - Int64(known.id)), .integer(of: known.id)])
        }
        if target.hasNewProfiles {
            for slot in 0..<Int64(2) {
                let void = "#\(known.id)/\(slot)"
                try connection.execute(
                    "UPDATE profile SET iccid = ?, imsi = ? WHERE device = ? AND slot = ?",
                    [.text(void), .text(void), .integer(of: known.id), .integer(slot)])
            }
        }
    }

    private mutating func findConflicts(of target: Target, _ connection: Connection) throws {
        if target.hasNewCard {
            try check(
                "SELECT d.name FROM card c JOIN device d ON d.id = c.device WHERE c.number = ?", .integer(of: target.row.card),
                .card, target,
                connection)
        }
        guard target.hasNewProfiles else { return }
        let iccid = "SELECT d.name FROM profile p JOIN device d ON d.id = p.device WHERE p.iccid = ?"
        let imsi = "SELECT d.name FROM profile p JOIN device d ON d.id = p.device WHERE p.imsi = ?"
        try check(iccid, .text(target.row.primary.iccid.description), .primaryICCID, target, connection)
        try check(imsi, .text(target.row.primary.imsi.description), .primaryIMSI, target, connection)
        if let backup = target.row.backup {
            try check(iccid, .text(backup.iccid.description), .backupICCID, target, connection)
            try check(imsi, .text(backup.imsi.description), .backupIMSI, target, connection)
        }
    }

    private mutating func check(
        _ sql: String, _ value: SQLValue, _ field: InventoryField, _ target: Target, _ connection: Connection
    ) throws {
        if let owner = try connection.first(sql, [value], { $0.text(0) }) {
            issues.add(
                target.place, field, "it belongs to device \(owner.quoted) already",
                "Give that one another in the same file, or correct the row")
        }
    }

    private func writeOperators(_ connection: Connection) throws {
        for (id, reference) in operators.enumerated() where id > 0 {
            if id < operatorsBefore.count, operatorsBefore[id] == reference { continue }
            try connection.execute(
                "INSERT INTO operator (id, plmn, name) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                [.integer(of: id), .text(reference.plmn), .text(reference.name)])
        }
    }

    private func write(_ target: inout Target, _ connection: Connection) throws {
        let row = target.row
        let id = SQLValue.integer(of: target.id)
        try connection.execute(
            """
            INSERT INTO device (
                id, name, product, firmware, country, area, tags, preset, expected_s, imported_at, updated_at, connectivity)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET product = excluded.product, firmware = excluded.firmware, country = excluded.country,
                area = excluded.area, tags = excluded.tags, preset = excluded.preset, expected_s = excluded.expected_s,
                updated_at = excluded.updated_at, connectivity = excluded.connectivity
            """,
            [
                id, .text(row.device), .integer(of: target.device.product), .integer(of: target.device.firmware),
                .integer(of: target.device.country), .integer(of: target.device.area), .integer(of: target.device.tags),
                .text(row.preset.rawValue), .integer(of: target.device.interval), .integer(now.milliseconds),
                .integer(now.milliseconds), .integer(of: target.connectivity),
            ])
        try writeProfile(0, row.primary, target.device.primary, id, connection)
        if let backup = row.backup, let operatorID = target.device.backup {
            try writeProfile(1, backup, operatorID, id, connection)
        } else if target.known?.device.backup != nil {
            try connection.execute("DELETE FROM profile WHERE device = ? AND slot = 1", [id])
        }
        if target.hasNewCard {
            try writeCard(&target, connection)
        } else {
            try connection.execute(
                "UPDATE card SET wanted_policy = ? WHERE device = ?", [.optional(row.policyVersion.map { Int64($0) }), id])
        }
        try writeReach(&target, connection)
    }

    private func writeProfile(
        _ slot: Int64, _ profile: InventoryProfile, _ operatorID: UInt16, _ id: SQLValue, _ connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO profile (device, slot, iccid, imsi, operator) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (device, slot) DO UPDATE SET iccid = excluded.iccid, imsi = excluded.imsi, operator = excluded.operator
            """,
            [
                id, .integer(slot), .text(profile.iccid.description), .text(profile.imsi.description),
                .integer(of: operatorID),
            ])
    }

    private func writeCard(_ target: inout Target, _ connection: Connection) throws {
        guard let secret = target.row.secret, let fingerprint = target.fingerprint, let card = CardNumber(target.row.card) else {
            return
        }
        target.keys = (0..<EstateService.responders).compactMap { secret.responderKeys(card: card, responder: UInt8($0)) }
        guard target.keys.count == EstateService.responders else {
            throw EstateError.contradiction(detail: "the keys of card \(card) cannot be derived")
        }
        let number = target.row.card
        try connection.execute(
            """
            INSERT INTO card (device, number, wanted_policy, fingerprint, secret, contexts) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (device) DO UPDATE SET number = excluded.number, wanted_policy = excluded.wanted_policy,
                fingerprint = excluded.fingerprint, secret = excluded.secret, contexts = excluded.contexts
            """,
            [
                .integer(of: target.id), .integer(of: number), .optional(target.row.policyVersion.map { Int64($0) }),
                .blob(fingerprint),
                .blob(try key.seal(secret.encoded, for: CardSeal.secret(of: number))),
                .blob(try key.seal(target.keys.flatMap(\.bytes), for: CardSeal.contexts(of: number))),
            ])
        // A card that was in the estate before goes on where it was: a window that began anew would take its old requests for new
        // ones.
        let identity = [SQLValue.integer(of: number), .blob(fingerprint)]
        let kept = try connection.first(
            "SELECT highest_0, window_0, highest_1, window_1 FROM retired_card WHERE number = ? AND fingerprint = ?", identity
        ) { row in
            (0..<2).map {
                ReplayWindow(highest: UInt64(bitPattern: row.integer($0 * 2)), mask: UInt64(bitPattern: row.integer($0 * 2 + 1)))
            }
        }
        target.windows = kept?.compactMap { $0 } ?? []
        if target.windows.count != EstateService.responders {
            target.windows = [ReplayWindow](repeating: ReplayWindow(), count: EstateService.responders)
        }
        try connection.execute("DELETE FROM retired_card WHERE number = ? AND fingerprint = ?", identity)
    }

    private func writeReach(_ target: inout Target, _ connection: Connection) throws {
        let id = SQLValue.integer(of: target.id)
        let windows = target.windows.flatMap { [SQLValue.integer(of: $0.highest), .integer(of: $0.mask)] }
        guard let known = target.known else {
            try connection.execute(
                """
                INSERT INTO reach (device, slot, reason, moves, boots, missed, policy, highest_0, window_0, highest_1, window_1)
                VALUES (?, 0, 0, 0, 0, 0, 0, ?, ?, ?, ?)
                """, [id] + windows)
            return
        }
        if target.hasNewCard {
            try connection.execute("DELETE FROM rehearsal WHERE device = ?", [id])
            try connection.execute("DELETE FROM policy_document WHERE device = ?", [id])
            try connection.execute(
                """
                UPDATE reach SET reason = 0, moves = 0, boots = 0, missed = 0, policy = 0,
                    highest_0 = ?, window_0 = ?, highest_1 = ?, window_1 = ? WHERE device = ?
                """, windows + [id])
        }
        // A proof is of an operator: when the profile is another one's, it says nothing any more.
        let before = [known.device.primary, known.device.backup]
        let after = [target.device.primary, target.device.backup]
        guard before != after else { return }
        let slot = try connection.first("SELECT slot FROM reach WHERE device = ?", [id]) { $0.int(0) == 1 ? 1 : 0 } ?? 0
        target.startsAnew = before[slot] != after[slot]
        if target.startsAnew {
            try connection.execute(
                "UPDATE reach SET slot = 0, proof_at = NULL, proof_primary = NULL, proof_backup = NULL WHERE device = ?", [id])
            try connection.execute(
                "UPDATE carrier_span SET until = ? WHERE device = ? AND until IS NULL", [.integer(now.milliseconds), id])
        } else {
            let column = slot == 0 ? "proof_backup" : "proof_primary"
            try connection.execute("UPDATE reach SET \(column) = NULL WHERE device = ?", [id])
        }
    }

    /// The import is durable: the live table follows.
    func apply(to live: inout Live) throws {
        live.names = names
        live.operators = operators
        live.connectivities = connectivities
        live.guestOperators.formUnion(guestOperators)
        live.reserve(Int(nextID))
        var cards: [(id: UInt32, number: UInt64)] = []
        for target in targets {
            guard let known = target.known else {
                try live.append(
                    target.device, card: target.row.card, wanted: target.row.policyVersion, connectivity: target.connectivity)
                continue
            }
            if known.device != target.device { try live.table.update(target.id, target.device) }
            live.setWanted(target.row.policyVersion, of: target.id)
            live.setConnectivity(target.connectivity, of: target.id)
            if target.hasNewCard {
                cards.append((target.id, target.row.card))
                // What was asked was asked of the card that was there.
                live.wishes[target.id] = nil
            }
            if target.startsAnew {
                try live.table.restore(target.id, ReachabilityTable.Standing(slot: .primary, primaryProof: 0, backupProof: 0))
            } else if target.hasNewCard, var standing = live.table.standing(target.id) {
                standing.moves = 0
                standing.reason = 0
                try live.table.restore(target.id, standing)
            }
        }
        live.cards.replace(cards)
    }

    /// The same for one responder's contexts.
    func apply(to contexts: inout ContextTable, responder: Int) {
        contexts.reserve(Int(nextID))
        for target in targets where target.hasNewCard {
            if target.known == nil {
                contexts.append(target.keys[responder], target.windows[responder])
            } else {
                contexts.replace(target.id, target.keys[responder], target.windows[responder])
            }
        }
    }
}

extension CardSeal {
    /// What a card is recognised by: its number and its secret.
    static func identity(card: UInt64, _ secret: CardSecret) -> [UInt8] {
        withUnsafeBytes(of: card.bigEndian) { Array($0) } + secret.encoded
    }
}
