import Storage

/// Reads every entry of a ledger in a store and compares it with its hash, the tiles, and every signed head.
///
/// What only the store says can be rewritten by whoever owns the store, up to the last head that somebody else keeps: give such heads as
/// `kept`, and they are held against the entries like those in the store.
public struct LedgerVerifier {
    /// Findings that are told one by one.
    public static let mostFindings = 1_000
    /// Entries in a row whose absence is looked at; behind a larger gap nothing is read.
    public static let largestGap: UInt64 = 1 << 26
    /// Blocks of 256 lines that are read before they are worked on, and bytes.
    private static let blocksAtOnce = 64
    private static let bytesAtOnce = 32 << 20

    private let connection: Connection
    private let progress: ((_ done: UInt64, _ of: UInt64) -> Void)?
    private var audit: LedgerAudit
    private var blocks: [LineBlock] = []
    private var open = LineBlock(start: 0)
    private var bytes = 0
    private let total: UInt64

    /// Verifies a ledger.
    /// - Parameters:
    ///   - key: of the ledger; not taken from the store that is being checked.
    ///   - kept: notes of heads that were kept elsewhere.
    ///   - progress: told now and then how many entries were read, of how many.
    /// - Throws: ``StorageError``; whatever is wrong with the ledger itself is a finding.
    public static func verify(
        _ connection: Connection, key: VerifierKey, kept: [String] = [], progress: ((_ done: UInt64, _ of: UInt64) -> Void)? = nil
    ) throws -> LedgerReport {
        var findings: [LedgerFinding] = []
        let heads = try readHeads(connection, key, kept) { findings.append($0) }
        var verifier = try LedgerVerifier(connection, heads, progress)
        for finding in findings { verifier.audit.note(finding) }
        return try verifier.run()
    }

    private init(_ connection: Connection, _ heads: [SignedHead], _ progress: ((UInt64, UInt64) -> Void)?) throws {
        self.connection = connection
        self.progress = progress
        audit = LedgerAudit(heads: heads)
        total = try LedgerStore.size(connection)
    }

    private static func readHeads(
        _ connection: Connection, _ key: VerifierKey, _ kept: [String], _ note: (LedgerFinding) -> Void
    ) throws -> [SignedHead] {
        var heads: [SignedHead] = []
        try connection.each("SELECT id, size, at, note FROM ledger_head ORDER BY id") { row in
            let id = row.integer(0)
            do throws(HeadError) {
                let head = try SignedHead(row.text(3), key: key)
                if row.integer(1) != Int64(clamping: head.size) || row.integer(2) != head.at.milliseconds {
                    note(LedgerFinding(.headOutOfOrder, "head \(id): its row says another size or time than its note"))
                }
                if let last = heads.last, head.size < last.size {
                    note(LedgerFinding(.headOutOfOrder, "head \(id): \(head.size) entries, after one of \(last.size)"))
                }
                heads.append(head)
            } catch {
                note(LedgerFinding(.headUnreadable, "head \(id): \(error)"))
            }
        }
        for (place, text) in kept.enumerated() {
            do throws(HeadError) { heads.append(try SignedHead(text, key: key)) } catch {
                note(LedgerFinding(.headUnreadable, "head \(place + 1) of those kept elsewhere: \(error)"))
            }
        }
        // A stable order: heads of one size stay in the order in which they were signed.
        return heads.enumerated().sorted { ($0.element.size, $0.offset) < ($1.element.size, $1.offset) }.map(\.element)
    }

    private mutating func run() throws -> LedgerReport {
        let below = try connection.first("SELECT COUNT(*) FROM ledger_entry WHERE id < 0") { $0.int(0) } ?? 0
        if below > 0 { audit.note(LedgerFinding(.unexpected, "\(below) rows have a negative index")) }
        var expected: UInt64 = 0
        var tooFar = false
        try connection.prepare("SELECT id, line FROM ledger_entry WHERE id >= 0 ORDER BY id").each { row in
            let index = UInt64(clamping: row.integer(0))
            guard index - expected <= Self.largestGap else {
                tooFar = true
                return false
            }
            while expected < index {
                open.appendMissing()
                expected += 1
                try closeBlock()
            }
            row.withBlob(1) { line in
                open.append(line)
                bytes += line.count
            }
            expected += 1
            try closeBlock()
            return true
        }
        if open.count > 0 {
            blocks.append(open)
            open = LineBlock(start: 0)
        }
        try flush()
        if tooFar {
            audit.note(
                LedgerFinding(
                    .unexpected, index: expected,
                    "the next row's index is more than \(Self.largestGap) further; nothing behind it was read"))
        }
        try checkTiles(expected)
        return audit.finish()
    }

    private mutating func closeBlock() throws {
        guard open.isFull else { return }
        blocks.append(open)
        open = LineBlock(start: open.start + UInt64(Tile.width))
        if blocks.count >= Self.blocksAtOnce || bytes >= Self.bytesAtOnce { try flush() }
    }

    private mutating func flush() throws {
        guard !blocks.isEmpty else { return }
        var stored: [[TreeHash]?] = []
        for block in blocks {
            guard block.isFull else {
                stored.append(nil)
                continue
            }
            let number = block.start >> UInt64(Tile.height)
            let tile = try LedgerStore.storedTile(level: 0, number, connection)
            if tile == nil {
                audit.note(
                    LedgerFinding(
                        .tileMissing, index: block.start, count: UInt64(Tile.width), "tile \(number) of level 0 is gone or no tile")
                )
            }
            stored.append(tile)
        }
        let connection = connection
        try audit.add(blocks, tiles: stored) { try LedgerStore.storedTile(level: $0, $1, connection) }
        blocks.removeAll(keepingCapacity: true)
        bytes = 0
        progress?(audit.size, total)
    }

    /// Tiles over entries that are not there: what is left where entries were cut off.
    private mutating func checkTiles(_ size: UInt64) throws {
        var unexpected: [(level: Int64, number: Int64)] = []
        try connection.each("SELECT level, MAX(id), MIN(id) FROM ledger_tile GROUP BY level") { row in
            let level = row.integer(0)
            let complete = (0...6).contains(level) ? size >> UInt64(8 * (level + 1)) : 0
            if row.integer(1) >= Int64(clamping: complete) { unexpected.append((level, row.integer(1))) }
            if row.integer(2) < 0 { unexpected.append((level, row.integer(2))) }
        }
        for (level, number) in unexpected {
            audit.note(LedgerFinding(.tileUnexpected, "tile \(number) of level \(level) is over entries that are not there"))
        }
    }
}
