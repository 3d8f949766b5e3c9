import Reachability
import Storage

/// An outage as the store keeps it: all that the detector needs to go on after a restart, and how it ended.
struct StoredOutage: Equatable {
    var outage: Outage
    /// Second in which it ended.
    var ended: UInt32?
    var ending: String?

    private static let columns = """
        id, scope, operator, area, began_at, detected_at, ended_at, ending, peak_moved, peak_silent, moved, silent, background_moved,
        background_silent, population, reason
        """

    static func all(_ condition: String, _ values: [SQLValue], _ connection: Connection) throws -> [StoredOutage] {
        try connection.all("SELECT \(columns) FROM outage \(condition)", values) { row in
            let scope = try Self.scope(row.text(1), operatorID: row.optionalInteger(2), area: row.optionalInteger(3))
            let outage = Outage(
                id: row.integer(0), scope: scope, began: row.second(4), detected: row.second(5),
                affected: Outage.Affected(moved: row.count(10), silent: row.count(11)),
                peak: Outage.Affected(moved: row.count(8), silent: row.count(9)),
                population: row.count(14), reason: UInt8(truncatingIfNeeded: row.integer(15)),
                background: Outage.Affected(moved: row.count(12), silent: row.count(13)))
            return StoredOutage(outage: outage, ended: row.isNull(6) ? nil : row.second(6), ending: row.optionalText(7))
        }
    }

    func write(_ connection: Connection) throws {
        func instant(_ second: UInt32) -> SQLValue { .integer(UTCInstant(seconds: Int64(second)).milliseconds) }
        try connection.execute(
            """
            INSERT INTO outage (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, operator = excluded.operator, area = excluded.area,
                began_at = excluded.began_at, detected_at = excluded.detected_at, ended_at = excluded.ended_at, ending = excluded.ending,
                peak_moved = excluded.peak_moved, peak_silent = excluded.peak_silent, moved = excluded.moved, silent = excluded.silent,
                background_moved = excluded.background_moved, background_silent = excluded.background_silent,
                population = excluded.population, reason = excluded.reason
            """,
            [
                .integer(outage.id), .text(OutageScope(outage.scope).rawValue), .optional(outage.scope.operator.map { Int64($0) }),
                .optional(outage.scope.area.map { Int64($0) }), instant(outage.began), instant(outage.detected),
                ended.map(instant) ?? .null, .optional(ending), .integer(of: outage.peak.moved), .integer(of: outage.peak.silent),
                .integer(of: outage.affected.moved), .integer(of: outage.affected.silent), .integer(of: outage.background.moved),
                .integer(of: outage.background.silent), .integer(of: outage.population), .integer(of: outage.reason),
            ])
    }

    private static func scope(_ name: String, operatorID: Int64?, area: Int64?) throws -> Outage.Scope {
        let operatorID = operatorID.flatMap { UInt16(exactly: $0) }
        let area = area.flatMap { UInt16(exactly: $0) }
        switch (OutageScope(rawValue: name), operatorID, area) {
        case (.network, let operatorID?, _): return .network(operatorID)
        case (.area, let operatorID?, let area?): return .area(operatorID, area: area)
        case (.subscriptions, let operatorID?, _): return .subscriptions(operatorID)
        case (.place, _, let area?): return .place(area)
        case (.responder, _, _): return .responder
        default: throw EstateError.contradiction(detail: "an outage of the unknown scope \(name)")
        }
    }
}

extension Row {
    fileprivate func count(_ column: Int32) -> UInt32 { UInt32(clamping: integer(column)) }
    fileprivate func second(_ column: Int32) -> UInt32 { UTCInstant(milliseconds: integer(column)).seconds }
}

extension OutageScope {
    init(_ scope: Outage.Scope) {
        switch scope {
        case .network: self = .network
        case .area: self = .area
        case .subscriptions: self = .subscriptions
        case .place: self = .place
        case .responder: self = .responder
        }
    }
}

extension Outage.Ending {
    var name: String {
        switch self {
        case .recovered: "recovered"
        case .faded: "faded"
        case .merged: "merged"
        case .heardAgain: "heard-again"
        case .closed: "closed"
        }
    }
}

extension OutageRecord {
    init(_ stored: StoredOutage, operators: [OperatorRef], areas: NameTable) {
        let outage = stored.outage
        let reference = outage.scope.operator.map { operators.indices.contains(Int($0)) ? operators[Int($0)] : operators[0] }
        let area = outage.scope.area.map { areas[$0] }
        self.init(
            id: outage.id, scope: OutageScope(outage.scope), operator: reference, area: area,
            began: UTCInstant(seconds: Int64(outage.began)), detected: UTCInstant(seconds: Int64(outage.detected)),
            ended: stored.ended.map { UTCInstant(seconds: Int64($0)) }, ending: stored.ending, devices: Int(outage.peak.total),
            moved: Int(outage.peak.moved), silent: Int(outage.peak.silent),
            affectedNow: stored.ended == nil ? Int(outage.affected.total) : 0, population: Int(outage.population),
            reason: MoveReasonText(outage.reason).name,
            text: OutageText(outage, operatorName: reference?.name, area: area).sentence)
    }
}

/// An outage in words.
struct OutageText {
    /// What fails, as the subject of a sentence.
    let subject: String
    let sentence: String

    init(_ outage: Outage, operatorName: String?, area: String?) {
        let name = operatorName ?? "an operator"
        let place = area ?? "one area"
        switch outage.scope {
        case .network: subject = name
        case .area: subject = "\(name) in \(place)"
        case .subscriptions: subject = "\(name), for some of its cards,"
        case .place: subject = "Every operator in \(place)"
        case .responder: subject = "Our own responder"
        }
        let verb = if case .responder = outage.scope { "hears nobody" } else { "does not deliver" }
        var evidence: [String] = []
        if outage.peak.moved > 0 {
            let reason = outage.reason == 0 ? "" : " (\(MoveReasonText(outage.reason).phrase))"
            evidence.append("\(outage.peak.moved) cards left\(reason)")
        }
        if outage.peak.silent > 0 { evidence.append("\(outage.peak.silent) devices fell silent") }
        let proof = evidence.isEmpty ? "" : ": " + evidence.joined(separator: ", ") + ", of \(outage.population)"
        sentence = "\(subject) \(verb)\(proof)."
    }
}
