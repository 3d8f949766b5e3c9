/// Why the store refused or failed. Whatever is refused at opening is left on disk exactly as it was found.
public enum StorageError: Error, Equatable, Sendable {
    /// The file exists and has no content: what a full disk or a broken copy leaves behind. A new store is never made on top of it.
    case empty(path: String)
    /// The file is not a database, or its pages contradict each other; `detail` is what the engine said.
    case corrupt(path: String, detail: String)
    /// A sound database that another program made: `found` is its application id.
    case foreign(path: String, found: Int32)
    /// The schema was written by a newer Holdfast: `found` is its last migration, `known` ours.
    case newerSchema(path: String, found: Int, known: Int)
    /// A migration that this build has under one name is recorded under another: the two histories are not the same.
    case divergentSchema(path: String, number: Int, found: String, known: String)
    /// Another process has the store open. What is live in its memory would contradict a second writer's.
    case inUse(path: String)
    /// The operating system did not let us read, make or lock the file.
    case inaccessible(path: String, detail: String)
    /// `PRAGMA synchronous` did not stay at FULL (2): an acknowledged write could be lost with the power.
    case notDurable(synchronous: Int)
    /// Too many writes are waiting; nothing was written. `limit` is ``GroupCommit/maximumWaiting``.
    case overloaded(limit: Int)
    /// The store was closed.
    case closed
    /// A statement failed: SQLite's extended result code, its message, and the statement.
    case statement(code: Int, message: String, sql: String?)
}

extension StorageError {
    /// Whether a unique or primary key refused the row.
    public var isDuplicate: Bool {
        // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE
        if case .statement(let code, _, _) = self { return code == 1555 || code == 2067 }
        return false
    }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty(let path):
            "\(path) is empty (0 bytes), expected a Holdfast database. It was left as it is: restore a backup, or remove it to begin anew."
        case .corrupt(let path, let detail):
            "\(path) is not a sound database: \(detail). It was left as it is: keep a copy, and restore a backup."
        case .foreign(let path, let found):
            "\(path) is another program's database (application id \(found)), expected \(Schema.applicationID). It was left as it is."
        case .newerSchema(let path, let found, let known):
            "\(path) has schema \(found); this Holdfast knows up to \(known). It was left as it is: run the newer version."
        case .divergentSchema(let path, let number, let found, let known):
            "\(path) records migration \(number) as \"\(found)\", expected \"\(known)\". It was left as it is."
        case .inUse(let path):
            "\(path) is open in another Holdfast process. Stop that one, or talk to it through its API."
        case .inaccessible(let path, let detail):
            "\(path): \(detail)"
        case .notDurable(let synchronous):
            "synchronous reads back as \(synchronous), expected 2 (FULL): writes would not survive a power cut"
        case .overloaded(let limit):
            "\(limit) writes are waiting for the store; try again later"
        case .closed:
            "the store is closed"
        case .statement(let code, let message, let sql):
            "SQLite \(code): \(message)" + (sql.map { " in: \($0)" } ?? "")
        }
    }
}
