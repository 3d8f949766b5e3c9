import Storage
import Testing

@testable import Evidence

@Suite("Verifying a ledger in its store")
struct LedgerVerifierTests {
    /// 1,000 entries, signed at 300, 600 and 900.
    private func ledger() throws -> TestLedger {
        let ledger = try TestLedger()
        for round in Int64(1)...3 {
            try ledger.append(300, at: noon + round * 60_000)
            try ledger.sign(at: noon + round * 60_000)
        }
        try ledger.append(100, at: noon + 240_000)
        return ledger
    }

    private func only(_ report: LedgerReport) throws -> LedgerFinding {
        #expect(report.findingsInAll == 1, "\(report.findings)")
        return try #require(report.findings.first)
    }

    @Test("a whole one has no finding; what is not signed yet is told")
    func whole() throws {
        let ledger = try ledger()
        let report = try ledger.verify()
        #expect(report.isWhole && report.entries == 1_000 && report.signed == 900 && report.heads == 3)
        #expect(report.root == ledger.state.root.description)
        #expect(report.lastHead == HeadMark(size: 900, at: "2026-11-23T03:47:07.000Z"))
        #expect(try TestLedger().verify().isWhole)
    }

    @Test("an altered entry is named, with the heads before and after it", arguments: [0, 255, 256, 299, 300, 511, 599, 767])
    func altered(index: Int) throws {
        let ledger = try ledger()
        try ledger.tamper("UPDATE ledger_entry SET line = replace(line, '00102', '00103') WHERE id = ?", [.integer(Int64(index))])
        let finding = try only(try ledger.verify())
        #expect(finding.kind == .altered && finding.index == UInt64(index))
        #expect(finding.wholeUnder?.size == (index < 300 ? nil : index < 600 ? 300 : 600))
        #expect(finding.contradicts?.size == (index < 300 ? 300 : index < 600 ? 600 : 900))
    }

    @Test("one that has no complete tile yet is found by the head after it")
    func alteredAtTheEnd() throws {
        let ledger = try ledger()
        try ledger.tamper("UPDATE ledger_entry SET line = replace(line, '00102', '00103') WHERE id = 880")
        let finding = try only(try ledger.verify())
        #expect(finding.kind == .contradictsHead && finding.index == 600 && finding.count == 300)
        #expect(finding.wholeUnder?.size == 600 && finding.contradicts?.size == 900)
    }

    @Test("one that was altered with its tiles is found by the heads")
    func alteredWithTiles() throws {
        let ledger = try ledger()
        try ledger.tamper("UPDATE ledger_entry SET line = replace(line, '00102', '00103') WHERE id = 400")
        let line = try ledger.database.read { try LedgerStore.line(400, $0) }
        var tile = try #require(try ledger.database.read { try LedgerStore.storedTile(level: 0, 1, $0) })
        tile[400 - 256] = .leaf(line)
        try ledger.tamper("UPDATE ledger_tile SET hashes = ? WHERE level = 0 AND id = 1", [.blob(Tile.bytes(tile))])
        let finding = try only(try ledger.verify())
        #expect(finding.kind == .contradictsHead && finding.index == 300 && finding.count == 300)
    }

    @Test("one that is not signed yet can be rewritten unseen, unless a head of it was kept elsewhere")
    func rewritten() throws {
        let ledger = try ledger()
        let kept = try ledger.key.sign(size: 1_000, root: ledger.state.root, at: LedgerTime(milliseconds: noon)).note
        try ledger.tamper("UPDATE ledger_entry SET line = replace(line, '00102', '00103') WHERE id = 990")
        #expect(try ledger.verify().isWhole)
        let finding = try only(try ledger.verify(kept: [kept]))
        #expect(finding.kind == .contradictsHead && finding.index == 900 && finding.count == 100)
    }

    @Test("deleted entries are named", arguments: [0, 100, 255, 500, 767])
    func missing(index: Int) throws {
        let ledger = try ledger()
        try ledger.tamper("DELETE FROM ledger_entry WHERE id IN (?, ?)", [.integer(Int64(index)), .integer(Int64(index) + 1)])
        let report = try ledger.verify()
        let finding = try #require(report.findings.first { $0.kind == .missing })
        #expect(finding.index == UInt64(index) && finding.count == 2)
        #expect(report.entries == 998)
        // Where the tile holds their hashes, everything else is shown to be whole.
        if index != 767 { #expect(report.findingsInAll == 1 && report.signed == 900) }
    }

    @Test("an end that was cut off is told by the heads, and by the tiles")
    func truncated() throws {
        let ledger = try ledger()
        try ledger.tamper("DELETE FROM ledger_entry WHERE id >= 700")
        let report = try ledger.verify()
        let finding = try #require(report.findings.first { $0.kind == .truncated })
        #expect(finding.index == 700 && finding.count == 200 && finding.wholeUnder?.size == 600 && finding.contradicts?.size == 900)
        #expect(report.findings.contains { $0.kind == .tileUnexpected })
        try ledger.tamper("DELETE FROM ledger_entry")
        #expect(try ledger.verify().findings.contains { $0.kind == .truncated && $0.index == 0 && $0.count == 900 })
    }

    @Test("swapped entries, foreign text and rows out of range are findings")
    func nonsense() throws {
        let ledger = try ledger()
        let lines = try ledger.database.read { connection in
            try [299, 300].map { String(decoding: try LedgerStore.line($0, connection), as: UTF8.self) }
        }
        try ledger.tamper("UPDATE ledger_entry SET line = ? WHERE id = 299", [.text(lines[1])])
        try ledger.tamper("UPDATE ledger_entry SET line = ? WHERE id = 300", [.text(lines[0])])
        try ledger.tamper("UPDATE ledger_entry SET line = 'nonsense' WHERE id = 10")
        try ledger.tamper("UPDATE ledger_entry SET line = x'ff00' WHERE id = 11")
        try ledger.tamper("UPDATE ledger_entry SET line = '' WHERE id = 12")
        try ledger.tamper("UPDATE ledger_entry SET line = line || ' ' WHERE id = 13")
        try ledger.tamper("INSERT INTO ledger_entry (id, line) VALUES (-5, 'x'), (9223372036854775807, 'x')")
        let report = try ledger.verify()
        #expect(Set(report.findings.filter { $0.kind == .altered }.compactMap(\.index)) == [10, 11, 12, 13, 299, 300])
        #expect(report.findings.filter { $0.kind == .notCanonical }.compactMap(\.index) == [10, 11, 12, 13])
        #expect(report.findings.contains { $0.kind == .outOfOrder && $0.index == 300 })
        #expect(report.findings.filter { $0.kind == .unexpected }.count == 2)
        #expect(report.signed == 900)
    }

    @Test("a changed tile is told from a changed entry")
    func tiles() throws {
        let ledger = try ledger()
        var tile = try #require(try ledger.database.read { try LedgerStore.storedTile(level: 0, 1, $0) })
        tile[4] = .empty
        try ledger.tamper("UPDATE ledger_tile SET hashes = ? WHERE level = 0 AND id = 1", [.blob(Tile.bytes(tile))])
        let altered = try only(try ledger.verify())
        #expect(altered.kind == .tileAltered && altered.index == 260)
        try ledger.tamper("UPDATE ledger_tile SET hashes = x'00' WHERE level = 0 AND id = 1")
        #expect(try only(try ledger.verify()).kind == .tileMissing)
        try ledger.tamper("DELETE FROM ledger_tile WHERE level = 0 AND id = 1")
        #expect(try only(try ledger.verify()).kind == .tileMissing)
    }

    @Test("tiles of higher levels are compared too")
    func higherTiles() throws {
        let ledger = try TestLedger()
        try ledger.append(66_000)
        try ledger.sign()
        #expect(try ledger.verify().isWhole)
        var tile = try #require(try ledger.database.read { try LedgerStore.storedTile(level: 1, 0, $0) })
        tile[7] = .empty
        try ledger.tamper("UPDATE ledger_tile SET hashes = ? WHERE level = 1", [.blob(Tile.bytes(tile))])
        let finding = try only(try ledger.verify())
        #expect(finding.kind == .tileAltered && finding.index == 7 * 256 && finding.count == 256)
    }

    @Test("changed, foreign and shrinking heads are findings")
    func heads() throws {
        let ledger = try ledger()
        try ledger.tamper("UPDATE ledger_head SET note = replace(note, '600', '601') WHERE id = 1")
        #expect(try only(try ledger.verify()).kind == .headUnreadable)
        try ledger.tamper("DELETE FROM ledger_head WHERE id = 1")
        try ledger.tamper("UPDATE ledger_head SET size = 5 WHERE id = 0")
        #expect(try only(try ledger.verify()).kind == .headOutOfOrder)
        let stranger = try LedgerKey(name: ledger.key.name)
        let report = try ledger.database.read { try LedgerVerifier.verify($0, key: stranger.verifier) }
        #expect(report.findings.allSatisfy { $0.kind == .headUnreadable } && report.findingsInAll == 2)
    }

    @Test("findings are bounded, and counted")
    func bounded() throws {
        let ledger = try TestLedger()
        try ledger.append(2_048)
        try ledger.tamper("UPDATE ledger_entry SET line = 'x'")
        let report = try ledger.verify()
        #expect(report.findings.count == LedgerVerifier.mostFindings && report.findingsInAll == 4_096)
    }
}
