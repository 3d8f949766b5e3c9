import CSQLite3
import GRDB

/// What a transaction works with. Handed to the closures of ``Database/read(_:)`` and ``Database/write(_:)``; not to be kept.
///
/// Placeholders are `?`, in order. The SQL is what SQLite and PostgreSQL both speak: `ON CONFLICT ... DO UPDATE` and never `INSERT
/// OR REPLACE`, no row ids, no type other than ``Migration`` names.
public struct Connection {
    let database: GRDB.Database

    /// A prepared statement, cached by its text for as long as the connection is open.
    public func prepare(_ sql: String) throws -> Statement {
        do { return try Statement(database.cachedStatement(sql: sql)) } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// Runs one statement and returns how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: [SQLValue] = []) throws -> Int {
        let statement = try prepare(sql)
        statement.bind(values)
        try statement.run()
        return Int(sqlite3_changes64(database.sqliteConnection))
    }

    /// Calls `body` with each row of a query.
    public func each(_ sql: String, _ values: [SQLValue] = [], _ body: (borrowing Row) throws -> Void) throws {
        let statement = try prepare(sql)
        statement.bind(values)
        try statement.each { row in
            try body(row)
            return true
        }
    }

    /// All rows of a query, each made by `make`.
    public func all<T>(_ sql: String, _ values: [SQLValue] = [], _ make: (borrowing Row) throws -> T) throws -> [T] {
        var result: [T] = []
        try each(sql, values) { result.append(try make($0)) }
        return result
    }

    /// The first row of a query, made by `make`; nil when there is none.
    public func first<T>(_ sql: String, _ values: [SQLValue] = [], _ make: (borrowing Row) throws -> T) throws -> T? {
        let statement = try prepare(sql)
        statement.bind(values)
        var result: T?
        try statement.each { row in
            result = try make(row)
            return false
        }
        return result
    }

    /// Runs `body` so that its changes alone are undone when it throws; the transaction around it goes on.
    public func savepoint<T>(_ body: (Connection) throws -> T) throws -> T {
        try execute("SAVEPOINT step")
        do {
            let result = try body(self)
            try execute("RELEASE SAVEPOINT step")
            return result
        } catch {
            try execute("ROLLBACK TO SAVEPOINT step")
            try execute("RELEASE SAVEPOINT step")
            throw error
        }
    }
}

extension StorageError {
    init(_ error: DatabaseError) {
        self = .statement(code: Int(error.extendedResultCode.rawValue), message: error.message ?? "unknown error", sql: error.sql)
    }
}
