import Foundation
import Testing

@testable import Evidence

@Suite("An exported ledger")
struct LedgerFileTests {
    private func export(_ entries: Int, in folder: Folder) throws -> (path: String, key: VerifierKey) {
        let ledger = try TestLedger()
        if entries > 0 { try ledger.append(entries) }
        let head = try ledger.sign()
        let path = folder.file("ledger.txt")
        try ledger.database.read { try LedgerFile.write($0, head: head, to: path) }
        return (path, ledger.key.verifier)
    }

    @Test("is whole when nothing was done to it", arguments: [0, 1, 5, 256, 1_000])
    func whole(entries: Int) throws {
        let folder = try Folder()
        let (path, key) = try export(entries, in: folder)
        let report = try LedgerFile.verify(path, key: key)
        #expect(report.isWhole, "\(report.findings)")
        #expect(report.entries == UInt64(entries) && report.signed == UInt64(entries))
    }

    @Test("cut at any byte, it gives a finding", arguments: [0, 5])
    func cut(entries: Int) throws {
        let folder = try Folder()
        let (path, key) = try export(entries, in: folder)
        let content = try bytes(path)
        for length in content.indices {
            try write(Array(content[..<length]), to: path)
            #expect(try !LedgerFile.verify(path, key: key).isWhole, "cut at \(length)")
        }
    }

    @Test("edited at any byte, it gives a finding", arguments: [0, 5])
    func edited(entries: Int) throws {
        let folder = try Folder()
        let (path, key) = try export(entries, in: folder)
        let content = try bytes(path)
        for place in content.indices {
            var edits: [[UInt8]] = ([1, 0x20, 0x80] as [UInt8]).map { bit in
                var changed = content
                changed[place] ^= bit
                return changed
            }
            for byte in [0x0A, 0x20, 0x7D, 0x00] as [UInt8] {
                var changed = content
                changed[place] = byte
                edits.append(changed)
                edits.append(Array(content[..<place]) + [byte] + content[place...])
            }
            edits.append(Array(content[..<place]) + content[(place + 1)...])
            for changed in edits where changed != content {
                try write(changed, to: path)
                #expect(try !LedgerFile.verify(path, key: key).isWhole, "byte \(place)")
            }
        }
        for more in ["\n", "x", String(decoding: content, as: UTF8.self)] {
            try write(content + Array(more.utf8), to: path)
            #expect(try !LedgerFile.verify(path, key: key).isWhole)
        }
    }

    @Test("with whole lines changed, swapped, doubled or left out, it gives a finding")
    func lines() throws {
        let folder = try Folder()
        let (path, key) = try export(6, in: folder)
        let lines = try bytes(path).split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        func check(_ changed: [[UInt8]]) throws {
            try write(Array(changed.joined(separator: [0x0A])), to: path)
            let report = try LedgerFile.verify(path, key: key)
            #expect(!report.isWhole)
        }
        for place in 0..<6 {
            var changed = lines
            changed.remove(at: place)
            try check(changed)
            changed = lines
            changed.insert(lines[place], at: place)
            try check(changed)
            changed = lines
            changed.swapAt(place, (place + 1) % 6)
            try check(changed)
        }
    }

    @Test("anything else is a finding or an error, and never a crash")
    func hostile() throws {
        let folder = try Folder()
        let (_, key) = try export(0, in: folder)
        let path = folder.file("x")
        #expect(throws: LedgerError.self) { try LedgerFile.verify(path, key: key) }
        let seed: UInt64 = 3
        var random = Seeded(state: seed)
        for length in [0, 1, 2, 3, 100, 5_000, 200_000, 3_000_000] {
            try write((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }, to: path)
            #expect(try !LedgerFile.verify(path, key: key).isWhole, "seed \(seed)")
            try write([UInt8](repeating: 0x0A, count: length), to: path)
            #expect(try !LedgerFile.verify(path, key: key).isWhole)
            try write([UInt8](repeating: 0x7B, count: length), to: path)
            #expect(try !LedgerFile.verify(path, key: key).isWhole)
        }
    }
}
