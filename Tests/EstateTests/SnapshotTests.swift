import Testing

@testable import Estate

/// Who could be reached at one moment, and what became of them.
@Suite("Snapshots of reach")
struct SnapshotTests {
    private func hour(_ count: Int64) -> UTCInstant { noon.adding(seconds: count * 3_600) }

    private func freeze(_ estate: EstateService, _ selection: UnitSelection, at now: UTCInstant) throws -> ReachSnapshot {
        let frozen = estate.live.withLock { FrozenUnits(selection, $0, at: now) }
        return try estate.database.write { try frozen.write($0) }
    }

    @Test("a frozen unit keeps how it stood; what has changed since is told from it, unit by unit")
    func progress() throws {
        let estate = try makeEstate(try rows(4))
        var cards = try cards(4)
        let product = try #require(try estate.device("dev-0", at: noon)).row.product
        // dev-0 and dev-1 are heard now, dev-2 was heard two days before, dev-3 never.
        try cards[2].beacon(estate, at: hour(-48))
        try cards[0].beacon(estate, at: noon)
        try cards[1].beacon(estate, at: noon)
        let snapshot = try freeze(estate, UnitSelection(product: product), at: hour(1))
        #expect(snapshot.summary.units == 4 && snapshot.summary.heard24 == 2 && snapshot.summary.heard72 == 3)
        #expect(snapshot.summary.never == 1 && snapshot.summary.onBackup == 0)
        #expect(snapshot.summary.carriers.map(\.units) == [4])
        // A day later dev-0 has moved, dev-2 is back, dev-1 is lost.
        cards[0].move(to: .backup, .noRegistration)
        try cards[0].beacon(estate, at: hour(20))
        try cards[2].beacon(estate, at: hour(26))
        let progress = try estate.progress(of: snapshot.id, at: hour(27))
        #expect(progress.heardSince == 2 && progress.dark == 2 && progress.lost == 1 && progress.found == 1)
        #expect(progress.now.onBackup == 1 && progress.now.heard24 == 2)
        #expect(try estate.darkUnits(of: snapshot.id, at: hour(27)).map(\.device) == ["dev-1", "dev-3"])
        #expect(try estate.darkUnits(of: snapshot.id, at: hour(27)).map(\.lastProof) == [noon, nil])
        #expect(try estate.darkUnits(of: snapshot.id, at: hour(27), limit: 1).count == 1)
        // What was frozen has not moved.
        #expect(try estate.snapshot(snapshot.id) == snapshot)
        #expect(try estate.database.read { try FrozenUnits.digest(of: snapshot.id, $0) } == snapshot.digest)
    }

    @Test("versions choose; what is not there has no units; a snapshot that was not taken is unknown")
    func selection() throws {
        let estate = try makeEstate(try rows(3))
        let row = try #require(try estate.device("dev-0", at: noon)).row
        // Named twice, counted once.
        let same = [row.firmware, row.firmware]
        let units = try (0..<3).filter { try estate.device("dev-\($0)", at: noon)?.row.firmware == row.firmware }.count
        #expect(estate.reach(of: UnitSelection(product: row.product, versions: same), at: noon).units == units)
        #expect(estate.reach(of: UnitSelection(product: row.product), at: noon).units == 3)
        #expect(estate.reach(of: UnitSelection(product: row.product, versions: ["0.0"]), at: noon).units == 0)
        #expect(estate.reach(of: UnitSelection(product: "nothing"), at: noon) == ReachSummary())
        #expect(throws: SnapshotError.unknownSnapshot(7)) { try estate.progress(of: 7, at: noon) }
    }
}
