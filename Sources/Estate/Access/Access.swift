import Evidence
import Storage

/// Who was let in.
public struct Principal: Equatable, Codable, Sendable {
    /// The token's name, or that of the person whom a sign-in link was made for.
    public var name: String
    public var role: Role
    /// The token's id; nil for a session.
    public var token: Int64?

    public func may(_ needed: Permission) -> Bool { role.permissions.contains(needed) }
}

/// A token at the only moment its text is known.
public struct IssuedToken: Sendable {
    public var id: Int64
    /// "hf_" and 43 characters. Shown once; only its digest is kept.
    public var token: String
}

/// A session at the only moment its text is known.
public struct IssuedSession: Sendable {
    /// The cookie's value.
    public var secret: String
    public var role: Role
    public var expires: UTCInstant
}

/// A token as it is listed.
public struct TokenRecord: Equatable, Codable, Sendable {
    public var id: Int64
    public var name: String
    public var role: Role
    public var created: UTCInstant
    public var revoked: UTCInstant?
}

/// Why access was not given.
public enum AccessError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name is empty, longer than ``Access/nameLimit`` bytes or holds control characters.
    case name(bytes: Int)
    /// What Holdfast does by itself is recorded under this name.
    case reserved(name: String)

    public var description: String {
        switch self {
        case .name(let bytes): "a name has 1 to \(Access.nameLimit) bytes and no control characters, got \(bytes) bytes"
        case .reserved(let name):
            "\"\(name)\" stands in the ledger for what Holdfast does by itself; give the name of a person or a program"
        }
    }
}

/// API tokens, one-time sign-in links and sessions. Of each secret only the SHA-256 digest is stored.
///
/// Giving and taking access is a change like any other: it is in the ledger, with who did it and why, and never with the secret. A broken
/// ledger does not keep anybody out: what is done meanwhile waits in the store for a whole one.
public struct Access: Sendable {
    /// Bytes that a token's or a person's name may have.
    public static let nameLimit = 64
    /// Seconds that a session lasts.
    public static let sessionSeconds: Int64 = 12 * 3_600

    private static let tokenPrefix = "hf_"
    private static let linkPrefix = "in_"
    private static let sessionPrefix = "se_"

    /// What entries about access are about.
    static let subject = "access"

    private let estate: EstateService
    private var database: Database { estate.database }

    init(estate: EstateService) { self.estate = estate }

    private func recording<Value: Sendable>(
        at now: UTCInstant, _ body: (Connection, inout [LedgerDraft]) throws -> Value
    ) throws -> Value {
        try estate.recording(at: now, .deferred, body)
    }

    private static func check(name: String) throws(AccessError) {
        guard (1...nameLimit).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw .name(bytes: name.utf8.count)
        }
        guard name.lowercased() != Authorship.estate.author else { throw .reserved(name: name) }
    }

    public func issueToken(
        name: String, role: Role, by authorship: Authorship = .estate, at now: UTCInstant
    ) throws -> IssuedToken {
        try Self.check(name: name)
        let secret = Secret.random(prefix: Self.tokenPrefix)
        return try recording(at: now) { connection, drafts in
            let id = try (connection.first("SELECT MAX(id) FROM token") { $0.integer(0) } ?? 0) + 1
            try connection.execute(
                "INSERT INTO token (id, name, scope, digest, created_at) VALUES (?, ?, ?, ?, ?)",
                [.integer(id), .text(name), .text(role.rawValue), .blob(secret.digest), .integer(now.milliseconds)])
            drafts.append(
                try LedgerDraft(
                    "token-issued", authorship, subject: Self.subject, ["token": id, "name": name, "role": role.rawValue]))
            return IssuedToken(id: id, token: secret.text)
        }
    }

    /// Whose token this is; nil when it is unknown, malformed or revoked.
    public func check(token: String, at now: UTCInstant) throws -> Principal? {
        guard let secret = Secret(presented: token, prefix: Self.tokenPrefix) else { return nil }
        return try database.read { connection in
            try connection.first(
                "SELECT id, name, scope FROM token WHERE digest = ? AND revoked_at IS NULL", [.blob(secret.digest)]
            ) { row in
                Role(rawValue: row.text(2)).map { Principal(name: row.text(1), role: $0, token: row.integer(0)) }
            } ?? nil
        }
    }

    /// False when there is no such token or it was revoked before.
    public func revokeToken(id: Int64, by authorship: Authorship = .estate, at now: UTCInstant) throws -> Bool {
        try recording(at: now) { connection, drafts in
            let revoked = try connection.execute(
                "UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [.integer(now.milliseconds), .integer(id)])
            guard revoked == 1 else { return false }
            let (name, role) =
                try connection.first("SELECT name, scope FROM token WHERE id = ?", [.integer(id)]) { ($0.text(0), $0.text(1)) }
                ?? ("", "")
            drafts.append(
                try LedgerDraft("token-revoked", authorship, subject: Self.subject, ["token": id, "name": name, "role": role]))
            return true
        }
    }

    public func tokens() throws -> [TokenRecord] {
        try database.read { connection in
            try connection.all("SELECT id, name, scope, created_at, revoked_at FROM token ORDER BY id") { row in
                TokenRecord(
                    id: row.integer(0), name: row.text(1), role: Role(rawValue: row.text(2)) ?? .viewer,
                    created: UTCInstant(milliseconds: row.integer(3)),
                    revoked: row.optionalInteger(4).map(UTCInstant.init(milliseconds:)))
            }
        }
    }

    /// The code of a link that signs one browser in, once, within `seconds`.
    ///
    /// - Parameter name: of the person whom it is for; what is done in that browser is recorded as theirs.
    public func issueSignInLink(
        name: String, role: Role, validFor seconds: Int64 = 600, by authorship: Authorship = .estate, at now: UTCInstant
    ) throws -> String {
        try Self.check(name: name)
        let secret = Secret.random(prefix: Self.linkPrefix)
        try recording(at: now) { connection, drafts in
            // Links are few; the used and expired ones go when the next is made.
            try connection.execute("DELETE FROM sign_in_link WHERE expires_at < ?", [.integer(now.milliseconds)])
            try connection.execute(
                "INSERT INTO sign_in_link (digest, name, scope, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                [
                    .blob(secret.digest), .text(name), .text(role.rawValue), .integer(now.milliseconds),
                    .integer(now.adding(seconds: seconds).milliseconds),
                ])
            drafts.append(
                try LedgerDraft(
                    "sign-in-link-made", authorship, subject: Self.subject,
                    ["name": name, "role": role.rawValue, "until": now.adding(seconds: seconds).iso8601]))
        }
        return secret.text
    }

    /// A session for a link's code; nil when the code is unknown, was used, or has expired.
    public func redeem(code: String, at now: UTCInstant) throws -> IssuedSession? {
        guard let link = Secret(presented: code, prefix: Self.linkPrefix) else { return nil }
        let session = Secret.random(prefix: Self.sessionPrefix)
        let expires = now.adding(seconds: Self.sessionSeconds)
        return try recording(at: now) { connection, drafts in
            // One statement decides, so that two browsers cannot both win.
            let won = try connection.execute(
                "UPDATE sign_in_link SET redeemed_at = ? WHERE digest = ? AND redeemed_at IS NULL AND expires_at >= ?",
                [.integer(now.milliseconds), .blob(link.digest), .integer(now.milliseconds)])
            guard won == 1 else { return nil }
            let found = try connection.first("SELECT scope, name FROM sign_in_link WHERE digest = ?", [.blob(link.digest)]) {
                (role: Role(rawValue: $0.text(0)), name: $0.text(1))
            }
            guard let found, let role = found.role else { return nil }
            try connection.execute("DELETE FROM session WHERE expires_at < ?", [.integer(now.milliseconds)])
            try connection.execute(
                "INSERT INTO session (digest, name, scope, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                [
                    .blob(session.digest), .text(found.name), .text(role.rawValue), .integer(now.milliseconds),
                    .integer(expires.milliseconds),
                ])
            drafts.append(
                try LedgerDraft(
                    "session-opened", Authorship(found.name), subject: Self.subject,
                    ["name": found.name, "role": role.rawValue, "until": expires.iso8601]))
            return IssuedSession(secret: session.text, role: role, expires: expires)
        }
    }

    /// Who a cookie's value stands for; nil when the session is unknown, ended or expired.
    public func session(_ secret: String, at now: UTCInstant) throws -> Principal? {
        guard let session = Secret(presented: secret, prefix: Self.sessionPrefix) else { return nil }
        return try database.read { connection in
            try connection.first(
                "SELECT scope, name FROM session WHERE digest = ? AND expires_at >= ?",
                [.blob(session.digest), .integer(now.milliseconds)]
            ) { row in
                Role(rawValue: row.text(0)).map { Principal(name: row.text(1), role: $0, token: nil) }
            } ?? nil
        }
    }

    public func endSession(_ secret: String, at now: UTCInstant) throws {
        guard let session = Secret(presented: secret, prefix: Self.sessionPrefix) else { return }
        _ = try database.write { try $0.execute("DELETE FROM session WHERE digest = ?", [.blob(session.digest)]) }
    }
}
