import CSQLite3
import Foundation

/// The SQLite file before it is opened for writing: made whole at once, or examined without a byte of it changing.
struct StoreFile {
    let path: String

    static let migrationTable = """
        CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL)
        """

    /// Makes an empty store under another name and moves it into place, so that a crash cannot leave half a file at `path`.
    func create() throws(StorageError) {
        let draft = path + "-new"
        try? FileManager.default.removeItem(atPath: draft)
        let handle = try Handle(draft, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, named: path)
        _ = try handle.value("PRAGMA application_id=\(Schema.applicationID)")
        _ = try handle.value(Self.migrationTable)
        handle.close()
        guard rename(draft, path) == 0 else { throw .inaccessible(path: path, detail: "cannot be made: \(reason())") }
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
    }

    /// Refuses a file that must not be written to.
    func examine(against schema: Schema, thorough: Bool) throws(StorageError) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .inaccessible(path: path, detail: "cannot be read: \(reason())")
        }
        defer { try? file.close() }
        let header: Data
        do { header = try file.read(upToCount: 16) ?? Data() } catch {
            throw .inaccessible(path: path, detail: "cannot be read: \(error)")
        }
        guard !header.isEmpty else { throw .empty(path: path) }
        guard header == Data("SQLite format 3\0".utf8) else {
            throw .corrupt(
                path: path, detail: "the header is not SQLite's (\(header.count) bytes read, expected \"SQLite format 3\")")
        }
        // Without a log the file is complete as it stands, and "immutable" keeps the reader from making side files next to it.
        let log = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? 0
        let handle: Handle
        if log == 0, let name = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) {
            handle = try Handle("file:\(name)?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, named: path)
        } else {
            handle = try Handle(path, SQLITE_OPEN_READONLY, named: path)
        }
        defer { handle.close() }
        let application = try handle.value("PRAGMA application_id").flatMap { Int32($0) } ?? 0
        guard application == Schema.applicationID else { throw .foreign(path: path, found: application) }
        let verdict = try handle.value(thorough ? "PRAGMA quick_check(1)" : "SELECT 'ok' FROM sqlite_master LIMIT 1") ?? "no answer"
        guard verdict == "ok" else { throw .corrupt(path: path, detail: verdict) }
        let found = try handle.value("SELECT MAX(number) FROM schema_migration").flatMap { Int($0) } ?? 0
        guard found <= schema.version else { throw .newerSchema(path: path, found: found, known: schema.version) }
        for migration in schema.migrations where migration.number <= found {
            let name = try handle.value("SELECT name FROM schema_migration WHERE number=\(migration.number)") ?? "nothing"
            guard name == migration.name else {
                throw .divergentSchema(path: path, number: migration.number, found: name, known: migration.name)
            }
        }
    }

    private func reason() -> String { String(cString: strerror(errno)) }

    /// A bare SQLite handle, so that nothing but what is asked happens to the file.
    private struct Handle {
        private let database: OpaquePointer
        private let path: String

        init(_ name: String, _ flags: Int32, named path: String) throws(StorageError) {
            var database: OpaquePointer?
            let code = sqlite3_open_v2(name, &database, flags | SQLITE_OPEN_NOMUTEX, nil)
            guard code == SQLITE_OK, let database else {
                let detail = database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "out of memory"
                sqlite3_close_v2(database)
                throw .inaccessible(path: path, detail: "cannot be opened: \(detail)")
            }
            self.database = database
            self.path = path
        }

        func close() { sqlite3_close_v2(database) }

        /// The first column of the first row as text. Any failure here means that the file cannot be trusted.
        func value(_ sql: String) throws(StorageError) -> String? {
            var statement: OpaquePointer?
            defer { sqlite3_finalize(statement) }
            var code = sqlite3_prepare_v2(database, sql, -1, &statement, nil)
            if code == SQLITE_OK { code = sqlite3_step(statement) }
            switch code {
            case SQLITE_ROW: return sqlite3_column_text(statement, 0).map { String(cString: $0) }
            case SQLITE_DONE: return nil
            default: throw .corrupt(path: path, detail: String(cString: sqlite3_errmsg(database)))
            }
        }
    }
}
