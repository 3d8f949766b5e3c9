import Storage

/// The ledger's tables and what is read from them.
public enum LedgerStore {
    /// For the migration of the store that the ledger is to live in.
    public static let tables = [
        // A line is stored exactly as it is hashed. Entries count from 0.
        "CREATE TABLE ledger_entry (id BIGINT PRIMARY KEY NOT NULL, line TEXT NOT NULL)",
        // Complete tiles only: 256 hashes of 32 bytes.
        "CREATE TABLE ledger_tile (level BIGINT NOT NULL, id BIGINT NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, id))",
        // Signed heads in the order in which they were signed.
        "CREATE TABLE ledger_head (id BIGINT PRIMARY KEY NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL, note TEXT NOT NULL)",
    ]

    /// How many entries there are, if none is missing.
    public static func size(_ connection: Connection) throws -> UInt64 {
        try connection.first("SELECT id FROM ledger_entry ORDER BY id DESC LIMIT 1") { UInt64(clamping: $0.integer(0)) + 1 } ?? 0
    }

    /// An entry's line as it is stored.
    public static func line(_ index: UInt64, _ connection: Connection) throws -> [UInt8] {
        guard
            let line = try connection.first(
                "SELECT line FROM ledger_entry WHERE id = ?", [.integer(of: index)], { row in row.blob(0) })
        else { throw LedgerError.missingEntry(index: index) }
        return line
    }

    /// The notes of all signed heads, the oldest first.
    public static func notes(_ connection: Connection) throws -> [String] {
        try connection.all("SELECT note FROM ledger_head ORDER BY id") { $0.text(0) }
    }

    /// The note of the first signed head at or after a time, in milliseconds since 1970; nil when there is none.
    public static func firstNote(from milliseconds: Int64, _ connection: Connection) throws -> String? {
        try connection.first("SELECT note FROM ledger_head WHERE at >= ? ORDER BY id LIMIT 1", [.integer(milliseconds)]) {
            $0.text(0)
        }
    }

    /// The note of the last signed head up to a time, in milliseconds since 1970; nil when there is none.
    public static func lastNote(until milliseconds: Int64, _ connection: Connection) throws -> String? {
        try connection.first("SELECT note FROM ledger_head WHERE at <= ? ORDER BY id DESC LIMIT 1", [.integer(milliseconds)]) {
            $0.text(0)
        }
    }

    /// The note of the last signed head; nil when there is none.
    public static func lastNote(_ connection: Connection) throws -> String? {
        try connection.first("SELECT note FROM ledger_head ORDER BY id DESC LIMIT 1") { $0.text(0) }
    }

    static func write(_ head: SignedHead, _ connection: Connection) throws {
        let id = try connection.first("SELECT MAX(id) FROM ledger_head") { $0.optionalInteger(0).map { $0 &+ 1 } ?? 0 } ?? 0
        try connection.execute(
            "INSERT INTO ledger_head (id, size, at, note) VALUES (?, ?, ?, ?)",
            [.integer(id), .integer(of: head.size), .integer(head.at.milliseconds), .text(head.note)])
    }

    static func storedTile(level: Int, _ number: UInt64, _ connection: Connection) throws -> [TreeHash]? {
        let found = try connection.first(
            "SELECT hashes FROM ledger_tile WHERE level = ? AND id = ?", [.integer(of: level), .integer(of: number)]
        ) { $0.withBlob(0) { Tile.hashes($0) } }
        return found ?? nil
    }

    /// The hashes of a complete tile; made from what is below where its row is gone, so that a lost tile costs time and nothing else.
    static func tile(level: Int, _ number: UInt64, _ connection: Connection) throws -> [TreeHash] {
        if let stored = try storedTile(level: level, number, connection) { return stored }
        return try (0..<UInt64(Tile.width)).map { place in
            let index = number << UInt64(Tile.height) | place
            return level == 0
                ? .leaf(try line(index, connection)) : Tile.root(try tile(level: level - 1, index, connection)[...])
        }
    }
}
