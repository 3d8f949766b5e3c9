import Storage

/// The last rehearsal of its backup that a card was asked for.
public struct RehearsalRecord: Equatable, Codable, Sendable {
    public var asked: UTCInstant
    /// Not before.
    public var due: UTCInstant
    /// Nil until the card has told how it went.
    public var followed: UTCInstant?
    public var result: RehearsalResult?
}

/// The last policy document that a card was sent.
public struct PolicyRecord: Equatable, Codable, Sendable {
    public var version: Int
    public var asked: UTCInstant
    /// "on-trial", "confirmed", "refused-old", "refused-signature", "refused-content" or "rolled-back"; nil until the card has said.
    public var outcome: String?
    public var told: UTCInstant?
}

extension Connection {
    func rehearsal(of device: UInt32) throws -> RehearsalRecord? {
        try first("SELECT asked_at, due_at, followed_at, result FROM rehearsal WHERE device = ?", [.integer(of: device)]) { row in
            RehearsalRecord(
                asked: UTCInstant(milliseconds: row.integer(0)), due: UTCInstant(milliseconds: row.integer(1)),
                followed: row.optionalInteger(2).map { UTCInstant(milliseconds: $0) },
                result: row.optionalText(3).flatMap { RehearsalResult(rawValue: $0) })
        }
    }

    func policyDocument(of device: UInt32) throws -> PolicyRecord? {
        try first("SELECT version, asked_at, outcome, outcome_at FROM policy_document WHERE device = ?", [.integer(of: device)]) {
            row in
            PolicyRecord(
                version: row.int(0), asked: UTCInstant(milliseconds: row.integer(1)), outcome: row.optionalText(2),
                told: row.optionalInteger(3).map { UTCInstant(milliseconds: $0) })
        }
    }
}
