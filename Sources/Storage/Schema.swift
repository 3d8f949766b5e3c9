/// One step of the schema's history. Steps are numbered from 1 without a gap, only ever added, and never undone.
///
/// The text is the SQL that SQLite and PostgreSQL both speak, in these types: `BIGINT`, `TEXT`, `BLOB`, `DOUBLE PRECISION`.
/// An engine may rewrite a type into its own word for it, nothing else (SQLite reads `BIGINT PRIMARY KEY` as `INTEGER PRIMARY KEY`,
/// the same 64-bit key, by which it then files the rows).
public struct Migration: Sendable {
    public let number: Int
    /// What the step brings, in a few words; recorded in the store and compared at each opening.
    public let name: String
    public let statements: [String]

    public init(_ number: Int, _ name: String, _ statements: [String]) {
        self.number = number
        self.name = name
        self.statements = statements
    }
}

/// The tables that a store has, as the list of steps that made them.
public struct Schema: Sendable {
    /// "HOLD": marks a SQLite file as ours, so that another program's database is never migrated.
    public static let applicationID: Int32 = 0x484F_4C44

    public let migrations: [Migration]

    /// - Parameter migrations: numbered 1, 2, 3 ... in this order.
    public init(_ migrations: [Migration]) {
        for (index, migration) in migrations.enumerated() {
            precondition(
                migration.number == index + 1, "migration \(migration.name) has number \(migration.number), expected \(index + 1)")
        }
        self.migrations = migrations
    }

    /// The number of the last step; 0 for a schema without any.
    public var version: Int { migrations.count }
}
