import CSQLite3
import Foundation
import GRDB

/// The store: one SQL behind one seam. Today it is SQLite (a file in WAL mode, or memory for tests and drills); a shared PostgreSQL
/// takes its place here, and nothing above this type changes.
///
/// A write is durable when ``write(_:)`` returns: `synchronous` is FULL, and read back to be sure.
public final class Database: Sendable {
    private let writer: any DatabaseWriter
    private let lock: FileLock?
    /// Where the file is; nil in memory.
    public let path: String?

    /// Pages that may wait in the write-ahead log before they are copied into the file (4 KiB each, so about 64 MiB): a page that
    /// many beacons touch is copied once for all of them.
    static let pagesBeforeCheckpoint = 16_000
    /// Memory for the pages of the connection that writes, in KiB. SQLite's own 2 MiB would read and spill a page for each beacon of
    /// a large estate.
    static let writerCache = 65_536

    private init(writer: any DatabaseWriter, lock: FileLock?, path: String?) {
        self.writer = writer
        self.lock = lock
        self.path = path
    }

    /// Opens the store at `path`, or makes it where no file is, and brings its schema up to date.
    ///
    /// The file is examined through a read-only handle first: a file that is empty, damaged, another program's or newer than
    /// `schema` is refused and stays as it was, byte for byte.
    /// - Parameter thorough: whether every page is checked at opening (about a second per 300 MB) and not only the header and the
    ///   schema.
    public static func open(_ path: String, schema: Schema, thorough: Bool = true) throws(StorageError) -> Database {
        let lock = try FileLock(beside: path)
        if FileManager.default.fileExists(atPath: path) {
            try StoreFile(path: path).examine(against: schema, thorough: thorough)
        } else {
            try StoreFile(path: path).create()
        }
        do {
            var configuration = Configuration()
            configuration.label = "holdfast"
            configuration.busyMode = .timeout(10)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // After opening, not in prepareDatabase: the pool itself sets the writer to NORMAL while it opens.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous=FULL")
                try database.execute(sql: "PRAGMA wal_autocheckpoint=\(pagesBeforeCheckpoint)")
                try database.execute(sql: "PRAGMA cache_size=-\(writerCache)")
            }
            let store = Database(writer: pool, lock: lock, path: path)
            let synchronous = try store.synchronous
            guard synchronous == 2 else { throw StorageError.notDurable(synchronous: synchronous) }
            try store.migrate(to: schema)
            return store
        } catch let error as DatabaseError {
            throw StorageError(error)
        } catch let error as StorageError {
            throw error
        } catch {
            throw .inaccessible(path: path, detail: "\(error)")
        }
    }

    /// A store that is gone when it is released: the same SQL, no file.
    public static func inMemory(schema: Schema) throws(StorageError) -> Database {
        do {
            let store = Database(writer: try DatabaseQueue(), lock: nil, path: nil)
            _ = try store.write { try $0.execute(StoreFile.migrationTable) }
            try store.migrate(to: schema)
            return store
        } catch let error as StorageError {
            throw error
        } catch {
            throw .inaccessible(path: ":memory:", detail: "\(error)")
        }
    }

    /// Reads one consistent state. Readers do not wait for a writer (in memory they do).
    public func read<T>(_ body: (Connection) throws -> T) throws -> T {
        do { return try writer.read { try body(Connection(database: $0)) } } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// One transaction: all of `body`'s changes, durable when this returns, or none of them when it throws.
    public func write<T>(_ body: (Connection) throws -> T) throws -> T {
        do { return try writer.write { try body(Connection(database: $0)) } } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// What `PRAGMA synchronous` reads back on the connection that writes: 2 is FULL.
    public var synchronous: Int {
        get throws { try writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }
    }

    /// The number of the last migration recorded in the store.
    public var schemaVersion: Int {
        get throws { try read { try $0.first("SELECT MAX(number) FROM schema_migration") { $0.int(0) } ?? 0 } }
    }

    /// Copies the write-ahead log into the file and empties it, as far as no reader still needs it.
    public func checkpoint() throws {
        guard let pool = writer as? DatabasePool else { return }
        do { try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// Closes the store: the log is copied into the file and the lock is let go. Reads and writes fail afterwards.
    public func close() throws {
        // The last connection to close may be a reader, which cannot empty the log.
        try? checkpoint()
        do { try writer.close() } catch let error as DatabaseError { throw StorageError(error) }
        lock?.release()
    }

    private func migrate(to schema: Schema) throws {
        let recorded = try schemaVersion
        for migration in schema.migrations where migration.number > recorded {
            try write { connection in
                for statement in migration.statements { try connection.execute(Self.inOwnWords(statement)) }
                try connection.execute(
                    "INSERT INTO schema_migration (number, name) VALUES (?, ?)",
                    [.integer(of: migration.number), .text(migration.name)])
            }
        }
    }

    private static func inOwnWords(_ statement: String) -> String {
        statement.replacingOccurrences(of: "BIGINT PRIMARY KEY", with: "INTEGER PRIMARY KEY")
    }
}
