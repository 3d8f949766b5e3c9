import Evidence
import Storage

/// The one key with which calendars read the open deadlines. Calendars cannot sign in, and an address with a token in it would give away
/// all that the token may do: this key opens the feed and nothing else.
extension EstateService {
    private static let calendarSetting = "calendar-key"
    private static let calendarPrefix = "cal_"

    /// Makes the key, or replaces it: the old one opens nothing from then on. It is given once; only its digest is kept.
    public func makeCalendarKey(by authorship: Authorship, at now: UTCInstant) throws -> String {
        let secret = Secret.random(prefix: Self.calendarPrefix)
        try recording(at: now) { connection, drafts in
            try connection.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(Self.calendarSetting), .blob(secret.digest)])
            drafts.append(try LedgerDraft("calendar-key-made", authorship, subject: "calendar", [:]))
        }
        return secret.text
    }

    /// Takes the key away.
    public func revokeCalendarKey(by authorship: Authorship, at now: UTCInstant) throws {
        try recording(at: now) { connection, drafts in
            guard try connection.execute("DELETE FROM setting WHERE name = ?", [.text(Self.calendarSetting)]) == 1 else { return }
            drafts.append(try LedgerDraft("calendar-key-revoked", authorship, subject: "calendar", [:]))
        }
    }

    /// Whether there is a key.
    public func hasCalendarKey() throws -> Bool { try calendarDigest() != nil }

    /// Whether this is the key.
    public func opensCalendar(_ key: String) throws -> Bool {
        guard let secret = Secret(presented: key, prefix: Self.calendarPrefix) else { return false }
        return try calendarDigest() == secret.digest
    }

    private func calendarDigest() throws -> [UInt8]? {
        try database.read { connection in
            try connection.first("SELECT value FROM setting WHERE name = ?", [.text(Self.calendarSetting)]) { Array($0.blob(0)) }
        }
    }
}
