import Storage

extension EstateService {
    /// The most events that one call gives.
    public static let eventLimit = 1_000

    /// Events after one id, the oldest first: for somebody who follows.
    public func events(after: Int64 = 0, limit: Int = 100) throws -> [EventRecord] {
        try readEvents("WHERE e.id > ? ORDER BY e.id LIMIT ?", [.integer(after), Self.clamped(limit)])
    }

    /// The newest events first: for pages. `before` goes on where the last page ended.
    public func latestEvents(limit: Int = 100, before: Int64? = nil) throws -> [EventRecord] {
        try readEvents("WHERE e.id < ? ORDER BY e.id DESC LIMIT ?", [.integer(before ?? .max), Self.clamped(limit)])
    }

    private static func clamped(_ limit: Int) -> SQLValue { .integer(of: min(max(limit, 0), eventLimit)) }

    private func readEvents(_ condition: String, _ values: [SQLValue]) throws -> [EventRecord] {
        let operators = live.withLock { $0.operators }
        return try database.read { try EventReader(connection: $0, operators: operators).events(condition, values) }
    }
}

/// Reads events out of the store.
struct EventReader {
    let connection: Connection
    let operators: [OperatorRef]

    /// - Parameter condition: what follows FROM; the event is `e`.
    func events(_ condition: String, _ values: [SQLValue]) throws -> [EventRecord] {
        try connection.all(
            """
            SELECT e.id, e.at, e.kind, e.severity, d.name, e.operator, e.outage, e.text, e.detail
            FROM event e LEFT JOIN device d ON d.id = e.device \(condition)
            """, values
        ) { row in
            guard let kind = EventKind(rawValue: row.text(2)), let severity = Severity(rawValue: row.int(3)) else {
                throw EstateError.contradiction(detail: "event \(row.integer(0)) is of an unknown kind, \(row.text(2))")
            }
            let carrier = row.optionalInt(5).flatMap { operators.indices.contains($0) ? operators[$0] : nil }
            return EventRecord(
                id: row.integer(0), at: UTCInstant(milliseconds: row.integer(1)), kind: kind, severity: severity,
                device: row.optionalText(4),
                operator: carrier, outage: row.optionalInteger(6), text: row.text(7), detail: row.optionalText(8))
        }
    }
}
