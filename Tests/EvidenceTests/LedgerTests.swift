import Foundation
import Storage
import Testing

@testable import Evidence

private struct Refused: Error {}

@Suite("Appending to the ledger")
struct LedgerTests {
    @Test("an entry is one canonical line, and its hash is the leaf's")
    func line() throws {
        let ledger = try TestLedger()
        try ledger.append(1)
        let line = try ledger.database.read { try LedgerStore.line(0, $0) }
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"at":"2026-11-23T03:44:07.000Z","author":"reach","body":{"from":"00101","moves":0,"to":"00102"},"kind":"device.moved","reason":"primäres Netz ✗","subject":"meter-0"}"#
        )
        #expect(ledger.state.root == TreeHash.leaf(line))
        let entry = try LedgerEntry(line: line)
        #expect(entry.subject == "meter-0" && entry.reason == "primäres Netz ✗" && entry.at.milliseconds == noon)
    }

    @Test("whatever the sizes of the batches, the tree is the same, and so is the state that is loaded")
    func batches() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let ledger = try TestLedger(path)
        let whole = try TestLedger()
        try whole.append(1_000)
        for count in [0, 1, 2, 250, 3, 1, 255, 256, 0, 232] { try ledger.append(count) }
        #expect(ledger.state.size == 1_000 && ledger.state.root == whole.state.root)
        try ledger.database.close()
        let reopened = try TestLedger(path)
        #expect(
            reopened.state.size == 1_000 && reopened.state.root == whole.state.root
                && reopened.state.lastTime == whole.state.lastTime)
        try reopened.append(100)
        try whole.append(100)
        #expect(reopened.state.root == whole.state.root)
    }

    @Test("what was staged in a transaction that failed leaves nothing")
    func rollback() throws {
        let ledger = try TestLedger()
        try ledger.append(300)
        let root = ledger.state.root
        #expect(throws: Refused.self) {
            try ledger.database.write {
                _ = try ledger.state.stage((0..<400).map { TestLedger.draft($0) }, at: noon, on: $0)
                throw Refused()
            }
        }
        #expect(ledger.state.root == root)
        try ledger.append(400)
        try ledger.sign()
        #expect(try ledger.verify().isWhole)
        #expect(ledger.state.size == 700)
    }

    @Test("several stages in one transaction are committed at once; one out of turn is refused")
    func stages() throws {
        let ledger = try TestLedger()
        let (first, second) = try ledger.database.write { connection in
            let first = try ledger.state.stage([TestLedger.draft(1)], at: noon, on: connection)
            return (first, try first.stage([TestLedger.draft(2)], at: noon, on: connection))
        }
        #expect(first.indices == 0..<1 && second.indices == 1..<2)
        try ledger.state.commit(second)
        #expect(throws: LedgerError.stale(staged: 0, memory: 2)) { try ledger.state.commit(first) }
        #expect(throws: LedgerError.diverged(memory: 0, stored: 2)) {
            try ledger.database.write { try LedgerState().stage([TestLedger.draft(3)], at: noon, on: $0) }
        }
    }

    @Test("a clock that was set back is an entry of its own, and nothing is refused")
    func clockBack() throws {
        let ledger = try TestLedger()
        try ledger.append(2, at: noon)
        let staged = try ledger.database.write { try ledger.state.stage([TestLedger.draft(2)], at: noon - 60_000, on: $0) }
        try ledger.state.commit(staged)
        #expect(staged.indices == 3..<4)
        try ledger.append(1, at: noon - 60_000)
        let clock = try LedgerEntry(line: try ledger.database.read { try LedgerStore.line(2, $0) })
        #expect(clock.kind == "clock" && clock.at.milliseconds == noon - 60_000)
        #expect(clock.body == ["before": "2026-11-23T03:44:07.000Z", "now": "2026-11-23T03:43:07.000Z"])
        #expect(ledger.state.size == 5)
        #expect(try ledger.verify().isWhole)
    }

    @Test("what is beyond a limit is refused by its name, and nothing is written")
    func limits() throws {
        let ledger = try TestLedger()
        func refused(_ error: LedgerError, at milliseconds: Int64 = noon, _ change: (inout LedgerDraft) -> Void) {
            var draft = TestLedger.draft(1)
            change(&draft)
            #expect(throws: error) {
                try ledger.database.write { try ledger.state.stage([TestLedger.draft(0), draft], at: milliseconds, on: $0) }
            }
        }
        refused(.kind("")) { $0.kind = "" }
        refused(.kind("Device")) { $0.kind = "Device" }
        refused(.kind(String(repeating: "a", count: 65))) { $0.kind = String(repeating: "a", count: 65) }
        refused(.reservedKind("clock")) { $0.kind = "clock" }
        refused(.missing(field: "author")) { $0.author = "" }
        refused(.missing(field: "subject")) { $0.subject = "" }
        refused(.length(field: "author", bytes: 201, limit: 200)) { $0.author = String(repeating: "a", count: 201) }
        refused(.length(field: "reason", bytes: 4_001, limit: 4_000)) { $0.reason = String(repeating: "a", count: 4_001) }
        refused(.length(field: "body", bytes: 65_537, limit: 65_536)) {
            $0.body = ["a": .string(String(repeating: "a", count: 65_529))]
        }
        refused(.body(.key("ä"))) { $0.body = ["ä": 1] }
        refused(.body(.integerTooLarge(.max))) { $0.body = ["a": .integer(.max)] }
        refused(.time(milliseconds: .max), at: .max) { _ in }
        #expect(throws: LedgerError.batch(count: 100_001, limit: 100_000)) {
            try ledger.database.write {
                try ledger.state.stage([LedgerDraft](repeating: TestLedger.draft(0), count: 100_001), at: noon, on: $0)
            }
        }
        #expect(try ledger.database.read { try LedgerStore.size($0) } == 0)
        // The longest line that can be is within the limit that readers have.
        let text = String(repeating: "\u{1}", count: 200)
        let longest = LedgerDraft(
            kind: String(repeating: "a", count: 64), author: text, subject: text, reason: String(repeating: "\u{1}", count: 4_000),
            body: ["a": .string(String(repeating: "a", count: 65_528))])
        let staged = try ledger.database.write { try ledger.state.stage([longest], at: noon, on: $0) }
        try ledger.state.commit(staged)
        #expect(try ledger.database.read { try LedgerStore.line(0, $0).count } <= LedgerLimits.line)
        #expect(try ledger.verify().isWhole)
    }

    @Test("proofs from the store hold at every size, also where a tile is lost")
    func proofs() throws {
        let ledger = try TestLedger()
        try ledger.append(70_000)
        let seed: UInt64 = 70_000
        var random = Seeded(state: seed)
        for lost in [false, true] {
            if lost { try ledger.tamper("DELETE FROM ledger_tile WHERE id = 0") }
            try ledger.database.read { connection in
                let state = try LedgerState.load(connection)
                #expect(state.root == ledger.state.root)
                let tree = try StoredTree(connection)
                for round in 0..<(lost ? 3 : 100) {
                    let second = round == 0 ? 70_000 : UInt64.random(in: 1...70_000, using: &random)
                    let first = UInt64.random(in: 0...second, using: &random)
                    let index = round == 1 ? 0 : UInt64.random(in: 0..<second, using: &random)
                    let (firstRoot, secondRoot) = (try tree.root(size: first), try tree.root(size: second))
                    let leaf = TreeHash.leaf(try LedgerStore.line(index, connection))
                    #expect(
                        ProofVerification.includes(
                            leaf, at: index, in: second, root: secondRoot, proof: try tree.inclusionProof(of: index, in: second)),
                        "seed \(seed)")
                    #expect(
                        ProofVerification.isConsistent(
                            first: first, firstRoot: firstRoot, second: second, secondRoot: secondRoot,
                            proof: try tree.consistencyProof(from: first, to: second)), "seed \(seed)")
                }
                #expect(try tree.root(size: 70_000) == ledger.state.root)
                #expect(throws: (any Error).self) { try tree.root(size: 70_001) }
            }
        }
    }

    @Test("however an append is killed, no acknowledged entry is lost, and what is left is whole")
    func killed() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let ledger = try TestLedger(path)
        try ledger.database.checkpoint()
        let file = try bytes(path)
        // What the log was when each append had been acknowledged.
        var acknowledged: [(length: Int, size: UInt64)] = [(0, 0)]
        for round in 0..<12 {
            try ledger.append(round % 4 == 3 ? 300 : 5)
            if round % 3 == 2 { try ledger.sign() }
            acknowledged.append((try bytes(path + "-wal").count, ledger.state.size))
        }
        let log = try bytes(path + "-wal")
        try ledger.database.close()
        let seed: UInt64 = 14
        var random = Seeded(state: seed)
        var lengths = acknowledged.flatMap { [$0.length, $0.length - 1, $0.length + 1, $0.length + 24] }
        for _ in 0..<30 { lengths.append(Int.random(in: 0...log.count, using: &random)) }
        for length in lengths where length >= 0 && length <= log.count {
            let copy = folder.file("cut-\(length)-\(random.next()).db")
            try write(file, to: copy)
            try write(Array(log.prefix(length)), to: copy + "-wal")
            let survivor = try TestLedger(copy)
            let least = acknowledged.last { $0.length <= length }?.size ?? 0
            #expect(survivor.state.size >= least, "seed \(seed), length \(length)")
            #expect(acknowledged.contains { $0.size == survivor.state.size })
            #expect(try survivor.verify().isWhole, "seed \(seed), length \(length)")
            try survivor.append(1)
            try survivor.database.close()
        }
    }

    /// A ledger of 1,000 entries, 700 of them under its one head.
    private func signed() throws -> TestLedger {
        let ledger = try TestLedger()
        try ledger.append(700)
        try ledger.sign()
        try ledger.append(300)
        return ledger
    }

    @Test("loaded with its key, the end of a whole ledger fits the last head, whatever came after it")
    func loadedWithHead() throws {
        let ledger = try signed()
        let key = ledger.key.verifier
        let loaded = try ledger.database.read { try LedgerState.load($0, key: key) }
        #expect(loaded.size == 1_000 && loaded.root == ledger.state.root)
        let empty = try TestLedger()
        #expect(try empty.database.read { try LedgerState.load($0, key: key) }.size == 0)
        try empty.sign()
        #expect(try empty.database.read { try LedgerState.load($0, key: key) }.size == 0)
    }

    @Test(
        "a ledger that its last head contradicts is refused, with what is wrong",
        arguments: [
            ("DELETE FROM ledger_entry WHERE id >= 690", LedgerError.truncated(stored: 690, signed: 700)),
            ("DELETE FROM ledger_entry", .truncated(stored: 0, signed: 700)),
            ("DELETE FROM ledger_entry WHERE id = 900", .missingEntry(index: 900)),
            ("UPDATE ledger_entry SET line = 'x' WHERE id = 999", .unreadableEntry(index: 999)),
            ("UPDATE ledger_head SET note = replace(note, 'at 2026', 'at 2025')", .head(detail: "\(HeadError.signature)")),
        ])
    func contradicted(change: String, error: LedgerError) throws {
        let ledger = try signed()
        let key = ledger.key.verifier
        try ledger.tamper(change)
        #expect(error.meansBroken && !"\(error)".isEmpty)
        #expect(throws: error) { try ledger.database.read { try LedgerState.load($0, key: key) } }
    }

    @Test("a line that was altered under the head is refused as far as no complete tile hides it")
    func altered() throws {
        let ledger = try TestLedger()
        try ledger.append(300)
        try ledger.sign()
        try ledger.tamper("UPDATE ledger_entry SET line = replace(line, 'meter-299', 'meter-298') WHERE id = 299")
        #expect(throws: LedgerError.contradictsHead(size: 300)) {
            try ledger.database.read { try LedgerState.load($0, key: ledger.key.verifier) }
        }
    }

    @Test("an entry that is refused says nothing about the ledger; rows that somebody touched do, and a full disk does not")
    func breaking() {
        #expect(LedgerError(breaking: LedgerError.kind("")) == nil)
        #expect(LedgerError(breaking: LedgerError.noHead) == nil)
        #expect(LedgerError(breaking: LedgerError.diverged(memory: 2, stored: 1)) == .diverged(memory: 2, stored: 1))
        for code in [1, 11, 19, 20, 1_555, 2_067] {
            #expect(LedgerError(breaking: StorageError.statement(code: code, message: "m", sql: nil)) != nil, "\(code)")
        }
        for code in [5, 7, 10, 13, 778] {
            #expect(LedgerError(breaking: StorageError.statement(code: code, message: "m", sql: nil)) == nil, "\(code)")
        }
        #expect(LedgerError(breaking: StorageError.closed) == nil)
        #expect(LedgerError(breaking: Refused()) == nil)
    }
}
