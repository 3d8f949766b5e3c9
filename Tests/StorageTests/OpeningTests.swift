import Foundation
import Storage
import Testing

@Suite("Opening a store")
struct OpeningTests {
    @Test("a new store is durable, and its migrations are recorded")
    func new() throws {
        let folder = try Folder()
        let database = try Database.open(folder.file("a.db"), schema: ledger)
        #expect(try database.synchronous == 2)
        #expect(try database.schemaVersion == 2)
        #expect(
            try database.read { try $0.all("SELECT name FROM schema_migration ORDER BY number") { $0.text(0) } } == [
                "entries", "unique texts",
            ])
        #expect(try database.read { try $0.first("PRAGMA journal_mode") { $0.text(0) } } == "wal")
        try database.close()
    }

    @Test("what was written is there after reopening, and a later migration is applied once")
    func reopening() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let first = try Database.open(path, schema: Schema(Array(ledger.migrations.prefix(1))))
        try first.write { try insert(1, "one", $0) }
        #expect(try first.schemaVersion == 1)
        try first.close()
        for _ in 0..<2 {
            let database = try Database.open(path, schema: ledger)
            #expect(try database.schemaVersion == 2)
            #expect(try database.synchronous == 2)
            #expect(try count(database) == 1)
            try database.close()
        }
    }

    @Test("a failing migration leaves the store at the one before")
    func failingMigration() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let broken = Schema(
            ledger.migrations + [Migration(3, "broken", ["CREATE TABLE half (id BIGINT)", "CREATE TABLE entry (id BIGINT)"])])
        #expect(throws: StorageError.self) { try Database.open(path, schema: broken) }
        let database = try Database.open(path, schema: ledger)
        #expect(try database.schemaVersion == 2)
        #expect(try database.read { try $0.first("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'") { $0.int(0) } } == 0)
        try database.close()
    }

    @Test("a newer schema is refused and left as it is")
    func newer() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        try Database.open(path, schema: ledger).close()
        let before = try bytes(path)
        let older = Schema(Array(ledger.migrations.prefix(1)))
        #expect(throws: StorageError.newerSchema(path: path, found: 2, known: 1)) { try Database.open(path, schema: older) }
        #expect(try bytes(path) == before)
    }

    @Test("another history under the same number is refused")
    func divergent() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        try Database.open(path, schema: ledger).close()
        let other = Schema([Migration(1, "entries", []), Migration(2, "something else", [])])
        #expect(throws: StorageError.divergentSchema(path: path, number: 2, found: "unique texts", known: "something else")) {
            try Database.open(path, schema: other)
        }
    }

    @Test("another program's database is refused and left as it is")
    func foreign() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        try Database.open(path, schema: ledger).close()
        var content = try bytes(path)
        content[68] = 0  // the application id, SQLite file format 1.3
        try write(content, to: path)
        #expect(throws: StorageError.foreign(path: path, found: 0x004F_4C44)) { try Database.open(path, schema: ledger) }
        #expect(try bytes(path) == content)
    }

    @Test("an empty file is refused: it may be what a full disk left of a store")
    func empty() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        try write([], to: path)
        #expect(throws: StorageError.empty(path: path)) { try Database.open(path, schema: ledger) }
        #expect(try bytes(path) == [])
    }

    @Test("a file that cannot be made or read is an error, not a crash")
    func inaccessible() throws {
        let folder = try Folder()
        #expect(throws: StorageError.self) { try Database.open(folder.file("missing/a.db"), schema: ledger) }
        #expect(throws: StorageError.self) { try Database.open(folder.path, schema: ledger) }
    }

    @Test("a second opener is refused until the first has closed")
    func lock() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let first = try Database.open(path, schema: ledger)
        #expect(throws: StorageError.inUse(path: path)) { try Database.open(path, schema: ledger) }
        try first.close()
        try Database.open(path, schema: ledger).close()
    }
}

@Suite("A damaged store")
struct DamageTests {
    private func sound(_ path: String, rows: Int64 = 2_000) throws -> [UInt8] {
        let database = try Database.open(path, schema: ledger)
        try database.write { connection in
            for id in 0..<rows { try insert(id, "the text of entry \(id), long enough to fill some pages", connection) }
        }
        try database.close()
        return try bytes(path)
    }

    @Test("is refused and left as it is, wherever it was cut", arguments: [1, 15, 16, 99, 100, 512, 4_095, 4_096, 8_192, 40_000])
    func truncated(length: Int) throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let content = Array(try sound(path).prefix(length))
        try write(content, to: path)
        #expect(throws: StorageError.self) { try Database.open(path, schema: ledger) }
        #expect(try bytes(path) == content)
    }

    @Test("is refused and left as it is, whichever page was overwritten")
    func overwritten() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let whole = try sound(path)
        for page in 0..<min(whole.count / 4_096, 12) {
            var content = whole
            for index in 0..<512 { content[page * 4_096 + index] = 0xA5 }
            try write(content, to: path)
            #expect(throws: StorageError.self, "page \(page)") { try Database.open(path, schema: ledger) }
            #expect(try bytes(path) == content)
        }
    }

    @Test("is refused as corrupt when it is something else altogether")
    func nonsense() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let content = [UInt8](repeating: 0x5A, count: 10_000)
        try write(content, to: path)
        do {
            _ = try Database.open(path, schema: ledger)
            Issue.record("opened nonsense")
        } catch {
            guard case .corrupt = error else { throw error }
            #expect(error.description.contains(path))
        }
        #expect(try bytes(path) == content)
    }

    @Test("copies of the file and its log, taken after each commit, hold every committed row")
    func copiedAfterEachCommit() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let database = try Database.open(path, schema: ledger)
        for id in Int64(0)..<20 {
            try database.write { try insert(id, "entry \(id)", $0) }
            let copy = folder.file("copy-\(id).db")
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            let reopened = try Database.open(copy, schema: ledger)
            #expect(try count(reopened) == Int(id) + 1)
            try reopened.close()
        }
        try database.close()
    }

    @Test("a log cut anywhere costs no more than the commits that were in its lost part")
    func logCut() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let database = try Database.open(path, schema: ledger)
        for id in Int64(0)..<10 { try database.write { try insert(id, "entry \(id)", $0) } }
        let file = try bytes(path)
        let log = try bytes(path + "-wal")
        try database.close()
        let seed: UInt64 = 2_018
        var state = seed
        var last = 0
        var lengths: [Int] = []
        for _ in 0..<20 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            lengths.append(Int(state >> 33) % log.count)
        }
        for (index, length) in lengths.sorted().enumerated() {
            let copy = folder.file("cut-\(index).db")
            try write(file, to: copy)
            try write(Array(log.prefix(length)), to: copy + "-wal")
            // The schema itself may be in the lost part; what is left must open or be refused, and never shrink with a longer log.
            if let reopened = try? Database.open(copy, schema: ledger) {
                let found = try count(reopened)
                #expect(found >= last, "seed \(seed), length \(length)")
                last = found
                try reopened.close()
            }
        }
    }
}
