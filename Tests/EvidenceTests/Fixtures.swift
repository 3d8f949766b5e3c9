import Foundation
import Storage

@testable import Evidence

/// A folder that is gone after the test.
final class Folder {
    let url: URL
    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-evidence-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: url) }
    func file(_ name: String) -> String { url.appendingPathComponent(name).path }
}

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

/// Numbers that are the same in every run with the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// A tree in memory, by the definitions of RFC 9162 and nothing else.
struct PlainTree: NodeSource {
    var leaves: [TreeHash]

    static func numbers(_ count: Int) -> PlainTree { PlainTree(leaves: (0..<count).map { .leaf(Array("entry \($0)".utf8)) }) }

    static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        guard leaves.count > 1 else { return leaves.first ?? .empty }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let middle = leaves.startIndex + half
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    func node(level: Int, index: UInt64) throws -> TreeHash {
        let start = Int(index) << level
        return Self.root(leaves[start..<(start + 1 << level)])
    }
}

/// 2026-11-23T03:44:07.000Z
let noon: Int64 = 1_795_405_447_000

/// A ledger in a store of its own.
final class TestLedger {
    let database: Database
    let key: LedgerKey
    var state = LedgerState()

    static let schema = Schema([Migration(1, "ledger", LedgerStore.tables)])
    static let keyBytes: [UInt8] = Array(1...32)

    init(_ path: String? = nil) throws {
        database = try path.map { try Database.open($0, schema: Self.schema) } ?? Database.inMemory(schema: Self.schema)
        key = try LedgerKey(name: "holdfast.example.com/ledger", bytes: Self.keyBytes)
        state = try database.read { try LedgerState.load($0) }
    }

    static func draft(_ number: Int) -> LedgerDraft {
        LedgerDraft(
            kind: "device.moved", author: "reach", subject: "meter-\(number)", reason: number % 3 == 0 ? "primäres Netz ✗" : "",
            body: ["from": "00101", "to": "00102", "moves": .integer(Int64(number))])
    }

    /// Appends this many entries and commits them.
    func append(_ count: Int, at milliseconds: Int64 = noon) throws {
        let first = Int(state.size)
        let staged = try database.write {
            try state.stage((first..<(first + count)).map { TestLedger.draft($0) }, at: milliseconds, on: $0)
        }
        try state.commit(staged)
    }

    @discardableResult
    func sign(at milliseconds: Int64 = noon) throws -> SignedHead {
        try database.write { try state.sign(with: key, at: milliseconds, on: $0) }
    }

    func verify(kept: [String] = []) throws -> LedgerReport {
        try database.read { try LedgerVerifier.verify($0, key: key.verifier, kept: kept) }
    }

    func tamper(_ sql: String, _ values: [SQLValue] = []) throws { _ = try database.write { try $0.execute(sql, values) } }
}
