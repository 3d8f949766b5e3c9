import Evidence
import Foundation
import Measure
import Storage

/// The ledger at its size: entries as a moved device makes them, about 220 bytes a line, in a file on disk.
enum LedgerFigures {
    /// Entries that share a transaction.
    private static let batch = 10_000

    static func measure(database path: String, entries: Int) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw BenchmarkFailure("\(path) exists already") }
        let schema = Schema([Migration(1, "ledger", LedgerStore.tables)])
        let database = try Database.open(path, schema: schema)
        let key = try LedgerKey(name: "bench.example.com/ledger")
        var state = LedgerState()
        try append(entries, database, key, &state)
        let opening = Stopwatch.nanoseconds
        let loaded = try database.read { try LedgerState.load($0) }
        Figure(
            "ledger", "reading the end of \(entries) entries", unit: "ms", values: [Double(Stopwatch.nanoseconds - opening) / 1e6],
            moreIsBetter: false
        ).publish()
        guard loaded.root == state.root else { throw BenchmarkFailure("the root that was read differs") }
        try prove(database, loaded)
        try verify(database, key, entries)
        try database.close()
    }

    private static func draft(_ number: Int) -> LedgerDraft {
        LedgerDraft(
            kind: "device.moved", author: "reach", subject: "meter-\(number % 100_000)",
            reason: "registration lost beyond its grace",
            body: ["from": "00101", "to": "00102", "moves": .integer(Int64(number % 7)), "slot": "backup"])
    }

    private static func append(_ entries: Int, _ database: Database, _ key: LedgerKey, _ state: inout LedgerState) throws {
        var rates: [Double] = []
        var shares: [Double] = []
        let start = Stopwatch.nanoseconds
        var at: Int64 = 1_795_405_447_000
        // A figure for each twentieth, so that a slow end would show.
        let part = max(batch, entries / 20)
        while state.size < UInt64(entries) {
            let (begin, cpu) = (Stopwatch.nanoseconds, Stopwatch.processNanoseconds)
            let before = state.size
            while state.size < min(before + UInt64(part), UInt64(entries)) {
                let first = Int(state.size)
                at += 1_000
                let staged = try database.write { connection in
                    let staged = try state.stage(
                        (first..<min(first + batch, entries)).map { draft($0) }, at: at, on: connection)
                    if first % 1_000_000 == 0 { try staged.state.sign(with: key, at: at, on: connection) }
                    return staged
                }
                try state.commit(staged)
            }
            let wall = Double(Stopwatch.nanoseconds - begin)
            rates.append(Double(state.size - before) / wall * 1e9)
            shares.append(Double(Stopwatch.processNanoseconds - cpu) / wall)
        }
        try database.write { _ = try state.sign(with: key, at: at, on: $0) }
        let seconds = Double(Stopwatch.nanoseconds - start) / 1e9
        Figure(
            "ledger", "append, durable, in batches of \(batch)", unit: "entries/s", values: rates,
            cpuShare: shares.reduce(0, +) / Double(max(shares.count, 1)), goal: 50_000,
            note: "\(entries) entries in \(Int(seconds)) s; each value is a twentieth of them; synchronous=FULL"
        ).publish()
    }

    private static func prove(_ database: Database, _ state: LedgerState) throws {
        var milliseconds: [Double] = []
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let index = UInt64.random(in: 0..<max(state.size, 1), using: &generator)
            let time = try database.read { connection in
                let start = Stopwatch.nanoseconds
                // A new reader each time: nothing is shared between proofs but SQLite's pages.
                let proof = try StoredTree(connection, state: state).inclusionProof(of: index, in: state.size)
                let time = Double(Stopwatch.nanoseconds - start) / 1e6
                let leaf = TreeHash.leaf(try LedgerStore.line(index, connection))
                guard ProofVerification.includes(leaf, at: index, in: state.size, root: state.root, proof: proof) else {
                    throw BenchmarkFailure("the proof of \(index) does not hold")
                }
                return time
            }
            milliseconds.append(time)
        }
        Figure(
            "ledger", "proof of one entry among \(state.size)", unit: "ms", values: milliseconds, goal: 1, moreIsBetter: false,
            note: "entries at random, each proof checked afterwards"
        ).publish()
    }

    private static func verify(_ database: Database, _ key: LedgerKey, _ entries: Int) throws {
        let figure = try measureRate(
            "ledger", "verify all of \(entries)", unit: "entries/s", goal: 300_000, note: "against tiles and every signed head",
            runs: 3, warmUps: 0
        ) {
            let report = try database.read { try LedgerVerifier.verify($0, key: key.verifier) }
            guard report.isWhole, report.entries == UInt64(entries) else { throw BenchmarkFailure("findings: \(report.findings)") }
            return entries
        }
        figure.publish()
    }
}
