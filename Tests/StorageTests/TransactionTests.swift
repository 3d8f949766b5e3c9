import Storage
import Testing

private struct Refused: Error {}

@Suite("Transactions, rows and values")
struct TransactionTests {
    @Test("every value comes back as it went in")
    func values() throws {
        let database = try Database.inMemory(schema: ledger)
        let rows: [[SQLValue]] = [
            [1, "plain", .blob([0, 1, 255]), .real(0.5)],
            [.integer(.max), "naïve 网络 \u{0}inside", .blob([]), .null],
            [.integer(.min), "", .null, .real(-1e300)],
            [.integer(of: UInt64.max), "bits", .null, .null],
        ]
        try database.write { connection in
            for row in rows { try connection.execute("INSERT INTO entry (id, text, body, weight) VALUES (?, ?, ?, ?)", row) }
        }
        let found = try database.read { connection in
            try connection.all("SELECT id, text, body, weight FROM entry ORDER BY id") { row in (0..<4).map { row.value($0) } }
        }
        #expect(found == [rows[2], rows[3], rows[0], rows[1]])
        #expect(found[1][0] == -1)
    }

    @Test("a write that throws leaves nothing behind")
    func rollback() throws {
        let database = try Database.inMemory(schema: ledger)
        #expect(throws: Refused.self) {
            try database.write { connection in
                try insert(1, "one", connection)
                throw Refused()
            }
        }
        #expect(try count(database) == 0)
    }

    @Test("a savepoint that throws leaves the transaction around it whole")
    func savepoint() throws {
        let database = try Database.inMemory(schema: ledger)
        try database.write { connection in
            try insert(1, "one", connection)
            #expect(throws: StorageError.self) {
                try connection.savepoint {
                    try insert(2, "two", $0)
                    try insert(3, "one", $0)
                }
            }
            try insert(4, "four", connection)
        }
        #expect(try database.read { try $0.all("SELECT id FROM entry ORDER BY id") { $0.int(0) } } == [1, 4])
    }

    @Test("a duplicate is told apart from other failures, and an error quotes the statement")
    func duplicate() throws {
        let database = try Database.inMemory(schema: ledger)
        try database.write { try insert(1, "one", $0) }
        for (id, text) in [(Int64(1), "new"), (2, "one")] {
            do {
                try database.write { try insert(id, text, $0) }
                Issue.record("accepted a duplicate")
            } catch let error as StorageError {
                #expect(error.isDuplicate)
                #expect(error.description.contains("INSERT INTO entry"))
            }
        }
        do {
            _ = try database.write { try $0.execute("UPDATE nowhere SET a = 1") }
            Issue.record("accepted an unknown table")
        } catch let error as StorageError {
            #expect(!error.isDuplicate)
        }
    }

    @Test("the hot path binds and steps the same statement for many rows")
    func hotPath() throws {
        let database = try Database.inMemory(schema: ledger)
        try database.write { connection in
            let statement = try connection.prepare("INSERT INTO entry (id, text, body) VALUES (?, ?, ?)")
            for id in 0..<1_000 {
                statement.bind(1, id)
                statement.bind(2, "entry \(id)")
                statement.bind(3, [UInt8(truncatingIfNeeded: id)])
                try statement.run()
            }
        }
        #expect(try count(database) == 1_000)
        #expect(try database.read { try $0.first("SELECT body FROM entry WHERE id = ?", [300]) { $0.blob(0) } } == [44])
    }
}

@Suite("Group commit")
struct GroupCommitTests {
    @Test("many writers share transactions, and each is told of its own outcome")
    func shares() async throws {
        let folder = try Folder()
        let database = try Database.open(folder.file("a.db"), schema: ledger)
        let group = GroupCommit(database)
        let refused = await withTaskGroup(of: Int.self) { tasks in
            for id in Int64(0)..<500 {
                tasks.addTask {
                    do {
                        return try await group.submit { connection in
                            try insert(id, "entry \(id)", connection)
                            if id % 5 == 0 { throw Refused() }
                            return 0
                        }
                    } catch {
                        return error is Refused ? 1 : 1_000
                    }
                }
            }
            return await tasks.reduce(0, +)
        }
        #expect(refused == 100)
        #expect(try count(database) == 400)
        #expect(group.commits <= 500)
        try database.close()
    }

    @Test("when the store is gone, every writer is told")
    func failure() async throws {
        let folder = try Folder()
        let database = try Database.open(folder.file("a.db"), schema: ledger)
        let group = GroupCommit(database)
        try database.close()
        await #expect(throws: (any Error).self) { try await group.submit { try insert(1, "one", $0) } }
    }
}
