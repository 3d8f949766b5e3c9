import Evidence
import Regulation
import Storage

extension EstateService {
    /// What is said about the networks that the inventory names, with the units that use them.
    public func networkFacts() throws -> NetworkFacts {
        let (cores, points) = try database.read { (try Self.statedCores($0), try Self.statedExposures($0)) }
        return live.withLock { live in
            var users: [UInt16: Int] = [:]
            var apns: [String: Int] = [:]
            for (group, units) in live.connectionGroups() {
                users[group.primary, default: 0] += units
                if let backup = group.backup, backup != group.primary { users[backup, default: 0] += units }
                let connectivity = live.connectivities[group.connectivity]
                for apn in Set([connectivity.primaryAPN, connectivity.backupAPN].compactMap(\.self)) {
                    apns[apn.text, default: 0] += units
                }
            }
            let facts = CoreFacts(cores, live.operators)
            let operators = live.operators.compactMap { reference -> NetworkFacts.Core? in
                let units = users[UInt16(truncatingIfNeeded: reference.id), default: 0]
                let stated = cores[reference.plmn]
                guard !reference.plmn.isEmpty, units > 0 || stated != nil else { return nil }
                let core = facts.core(of: reference.plmn)
                let carrier = stated?.carrier.map { facts.resolve($0) }
                return NetworkFacts.Core(
                    operator: reference, units: units, carrier: stated?.carrier,
                    carrierName: stated?.carrier.map { text in (carrier ?? nil).map(CoreFacts.label) ?? text },
                    isOwn: carrier.map { $0?.plmn == reference.plmn }, vendor: core.vendor, saidVendor: stated?.vendor,
                    said: stated?.said)
            }
            let accessPoints = Set(apns.keys).union(points.keys).map { apn in
                NetworkFacts.AccessPoint(
                    apn: apn, units: apns[apn, default: 0], exposure: points[apn]?.exposure ?? .unknown, said: points[apn]?.said)
            }
            return NetworkFacts(
                operators: operators.sorted { ($1.units, $0.operator.plmn) < ($0.units, $1.operator.plmn) },
                accessPoints: accessPoints.sorted { ($1.units, $0.apn) < ($0.units, $1.apn) })
        }
    }

    /// Says whose core carries an operator's traffic, and who made that core. Nil for both takes back what was said.
    ///
    /// - Parameters:
    ///   - plmn: the operator's: "262-01".
    ///   - carrier: the PLMN or the name of the operator whose core it is: its own, another of the inventory, or one that is not in it.
    ///   - vendor: what the maker is called.
    /// - Throws: ``NetworkFactError``.
    public func sayCore(of plmn: String, carrier: String?, vendor: String?, by authorship: Authorship, at now: UTCInstant) throws {
        let carrier = try Self.checked(carrier) { NetworkFactError.carrier($0) }
        let vendor = try Self.checked(vendor) { NetworkFactError.vendor($0) }
        try Self.check(authorship)
        let operators = live.withLock { $0.operators }
        try recording(at: now) { connection, drafts in
            var facts = CoreFacts(try Self.statedCores(connection), operators)
            guard facts.reference(plmn) != nil else { throw NetworkFactError.unknownOperator(plmn) }
            let before = facts.stated[plmn]
            guard carrier != before?.carrier || vendor != before?.vendor else { return }
            facts.stated[plmn] = CoreFacts.Stated(
                carrier: carrier, vendor: vendor,
                said: NetworkFacts.Said(author: authorship.author, at: now, reason: authorship.reason))
            if let circle = facts.circle(from: plmn) {
                throw NetworkFactError.circle(circle.map { facts.reference($0)?.name ?? $0 })
            }
            try connection.execute("DELETE FROM network_core WHERE plmn = ?", [.text(plmn)])
            if carrier != nil || vendor != nil {
                try connection.execute(
                    "INSERT INTO network_core (plmn, carrier, vendor, author, reason, said_at) VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        .text(plmn), .optional(carrier), .optional(vendor), .text(authorship.author), .text(authorship.reason),
                        .integer(now.milliseconds),
                    ])
            }
            drafts.append(
                try LedgerDraft(
                    "core-stated", authorship, subject: plmn,
                    [
                        "carrier": carrier ?? "", "vendor": vendor ?? "", "carrier_before": before?.carrier ?? "",
                        "vendor_before": before?.vendor ?? "",
                    ]))
        }
    }

    /// Says whether addresses of an APN can be reached from the public internet. Unknown takes back what was said.
    ///
    /// - Throws: ``NetworkFactError``.
    public func sayExposure(of apn: String, _ exposure: Exposure, by authorship: Authorship, at now: UTCInstant) throws {
        guard let name = (try? APN(apn))?.text else { throw NetworkFactError.unknownAPN(apn) }
        try Self.check(authorship)
        let isUsed = live.withLock { live in
            live.connectivities.all.contains { $0.primaryAPN?.text == name || $0.backupAPN?.text == name }
        }
        guard isUsed else { throw NetworkFactError.unknownAPN(apn) }
        try recording(at: now) { connection, drafts in
            let before = try Self.statedExposures(connection)[name]?.exposure ?? .unknown
            guard exposure != before else { return }
            try connection.execute("DELETE FROM network_apn WHERE apn = ?", [.text(name)])
            if exposure != .unknown {
                try connection.execute(
                    "INSERT INTO network_apn (apn, exposure, author, reason, said_at) VALUES (?, ?, ?, ?, ?)",
                    [
                        .text(name), .text(exposure.rawValue), .text(authorship.author), .text(authorship.reason),
                        .integer(now.milliseconds),
                    ])
            }
            drafts.append(
                try LedgerDraft(
                    "apn-stated", authorship, subject: name, ["exposure": exposure.rawValue, "before": before.rawValue]))
        }
    }

    /// The inventory with what is said about networks, as the register counts it.
    func connectedUnits() throws -> ConnectedInventory {
        let (cores, points) = try database.read { (try Self.statedCores($0), try Self.statedExposures($0)) }
        return live.withLock { live in
            live.connectedUnits(CoreFacts(cores, live.operators), exposures: points.mapValues(\.exposure))
        }
    }

    private static func check(_ authorship: Authorship) throws(NetworkFactError) {
        guard authorship.reason.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
        let limit = RiskRegister.maximumText
        guard authorship.reason.utf8.count <= limit else { throw .reasonTooLong(limit: limit) }
    }

    /// The text without white space around it; nil when nothing is left.
    private static func checked(
        _ text: String?, _ error: (String) -> NetworkFactError
    ) throws(NetworkFactError) -> String? {
        guard let text else { return nil }
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        guard !rest.isEmpty else { return nil }
        guard rest.utf8.count <= NetworkFactError.textLimit else {
            throw error("\(rest.utf8.count) bytes, expected at most \(NetworkFactError.textLimit)")
        }
        let hidden = rest.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        guard !hidden else { throw error("a character that cannot be seen, in \(String(rest).quoted)") }
        return String(rest)
    }

    private static func statedCores(_ connection: Connection) throws -> [String: CoreFacts.Stated] {
        var stated: [String: CoreFacts.Stated] = [:]
        try connection.each("SELECT plmn, carrier, vendor, author, said_at, reason FROM network_core") { row in
            stated[row.text(0)] = CoreFacts.Stated(
                carrier: row.optionalText(1), vendor: row.optionalText(2),
                said: NetworkFacts.Said(author: row.text(3), at: UTCInstant(milliseconds: row.integer(4)), reason: row.text(5)))
        }
        return stated
    }

    private static func statedExposures(
        _ connection: Connection
    ) throws -> [String: (exposure: Exposure, said: NetworkFacts.Said)] {
        var stated: [String: (exposure: Exposure, said: NetworkFacts.Said)] = [:]
        try connection.each("SELECT apn, exposure, author, said_at, reason FROM network_apn") { row in
            guard let exposure = Exposure(rawValue: row.text(1)) else {
                throw EstateError.contradiction(detail: "the APN \(row.text(0)) has the exposure \(row.text(1).quoted)")
            }
            let said = NetworkFacts.Said(author: row.text(2), at: UTCInstant(milliseconds: row.integer(3)), reason: row.text(4))
            stated[row.text(0)] = (exposure, said)
        }
        return stated
    }
}
