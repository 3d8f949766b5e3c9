import Foundation

/// Goes over a ledger from the first entry to the last, and compares it with its tiles and its signed heads.
///
/// It keeps two trees: one of the lines as they are, one in which a line that contradicts its stored tile is replaced by what the tile
/// says was appended. A signed head decides which of the two is right, so that a changed line is told from a changed tile, and
/// everything else is known to be whole.
struct LedgerAudit {
    private(set) var report = LedgerReport()
    private let heads: [SignedHead]
    private var nextHead = 0
    /// What each head, in the order of size, fits: the lines, or the lines with the tiles in their place.
    private var verdicts: [(head: SignedHead, fitsLines: Bool, fitsTiles: Bool)] = []
    private var lines = TileStack()
    private var tiles = TileStack()
    /// Whether the two trees differ.
    private var differs = false
    /// An entry of which nothing is known is in both trees as a hash of nothing: no head can fit any more.
    private var hasGap = false
    /// Lines that are not what their tile says.
    private var mismatches: [UInt64] = []
    private var mismatchesInAll = 0
    private var missing: [Range<UInt64>] = []
    private var lastTime: LedgerTime?
    /// Reads a stored tile of a level above 0.
    typealias StoredTile = (_ level: Int, _ number: UInt64) throws -> [TreeHash]?

    /// - Parameter heads: with good signatures, in the order of size.
    init(heads: [SignedHead]) {
        self.heads = heads
        report.heads = heads.count
        while nextHead < heads.count, heads[nextHead].size == 0 {
            let fits = heads[nextHead].root == .empty
            verdicts.append((heads[nextHead], fits, fits))
            nextHead += 1
        }
    }

    var size: UInt64 { tiles.size }

    mutating func note(_ finding: LedgerFinding) { report.add(finding) }

    /// Takes blocks that follow on what was taken, all full but the last. The work on each is spread over the cores.
    /// - Parameter tiles: the stored tile of each block; nil where none is kept (an exported file, or the end of the ledger).
    mutating func add(
        _ blocks: [LineBlock], tiles stored: [[TreeHash]?], storedTile: StoredTile?
    ) throws {
        var results = [LineBlock.Result](repeating: LineBlock.Result(), count: blocks.count)
        results.withUnsafeMutableBufferPointer { results in
            // Unsafe only to the compiler: each iteration writes its own element, and nobody reads before all have ended.
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: blocks.count) { index in results[index] = blocks[index].examine() }
        }
        for (index, result) in results.enumerated() { try add(blocks[index], result, stored[index], storedTile) }
    }

    private mutating func add(
        _ block: LineBlock, _ result: LineBlock.Result, _ stored: [TreeHash]?, _ storedTile: StoredTile?
    ) throws {
        noteForm(of: block, result)
        var asLines: [TreeHash] = []
        var asTiles: [TreeHash] = []
        asLines.reserveCapacity(block.count)
        asTiles.reserveCapacity(block.count)
        var blockDiffers = false
        for (place, leaf) in result.leaves.enumerated() {
            let index = block.start + UInt64(place)
            let kept = stored?[place]
            if leaf == nil {
                if let last = missing.last, last.upperBound == index {
                    missing[missing.count - 1] = last.lowerBound..<(index + 1)
                } else {
                    missing.append(index..<(index + 1))
                }
                if kept == nil { hasGap = true }
            } else {
                report.entries += 1
            }
            if let leaf, let kept, leaf != kept {
                blockDiffers = true
                mismatchesInAll += 1
                if mismatches.count < LedgerVerifier.mostFindings { mismatches.append(index) }
            }
            asLines.append(leaf ?? kept ?? .empty)
            asTiles.append(kept ?? leaf ?? .empty)
        }
        if blockDiffers, !differs {
            differs = true
            lines = tiles
        }
        judge(until: block.start + UInt64(block.count), asLines, asTiles)
        var wrongTiles: [LedgerFinding] = []
        let compare = { (level: Int, number: UInt64, hashes: [TreeHash]) throws in
            guard level > 0, let storedTile else { return }
            try Self.compare(level, number, hashes, try storedTile(level, number)) { wrongTiles.append($0) }
        }
        if block.isFull {
            try tiles.append(
                tile: asTiles, root: blockDiffers ? Tile.root(asTiles[...]) : result.root ?? Tile.root(asTiles[...]), compare)
            if differs { lines.append(tile: asLines, root: Tile.root(asLines[...])) { _, _, _ in } }
        } else {
            for hash in asTiles { try tiles.append(hash, compare) }
            if differs { for hash in asLines { lines.append(hash) { _, _, _ in } } }
        }
        for finding in wrongTiles { note(finding) }
    }

    private mutating func noteForm(of block: LineBlock, _ result: LineBlock.Result) {
        for (place, error) in result.malformed {
            note(LedgerFinding(.notCanonical, index: block.start + UInt64(place), "\(error)"))
        }
        func disorder(_ place: UInt64, _ before: LedgerTime, _ at: LedgerTime) -> LedgerFinding {
            LedgerFinding(
                .outOfOrder, index: block.start + place, "its time is \(at), after \(before), and no clock entry says why")
        }
        if let first = result.first, let lastTime, first.at < lastTime, first.back?.from != lastTime || first.back?.to != first.at {
            note(disorder(0, lastTime, first.at))
        }
        for (place, before, at) in result.disordered { note(disorder(UInt64(place), before, at)) }
        lastTime = result.last ?? lastTime
    }

    private static func compare(
        _ level: Int, _ number: UInt64, _ hashes: [TreeHash], _ stored: [TreeHash]?, _ note: (LedgerFinding) -> Void
    ) throws {
        let width = UInt64(1) << UInt64(Tile.height * level)
        let start = number << UInt64(Tile.height * (level + 1))
        guard let stored else {
            note(
                LedgerFinding(.tileMissing, index: start, count: width << 8, "tile \(number) of level \(level) is gone or no tile"))
            return
        }
        for (place, hash) in hashes.enumerated() where hash != stored[place] {
            note(
                LedgerFinding(
                    .tileAltered, index: start + UInt64(place) * width, count: width,
                    "hash \(place) of tile \(number) of level \(level) does not fit the entries below it"))
        }
    }

    /// Compares the heads that end in this block.
    private mutating func judge(until end: UInt64, _ asLines: [TreeHash], _ asTiles: [TreeHash]) {
        while nextHead < heads.count, heads[nextHead].size <= end {
            let head = heads[nextHead]
            let count = Int(head.size - tiles.size)
            let fitsTiles = !hasGap && tiles.root(adding: asTiles[..<count]) == head.root
            let fitsLines = differs ? !hasGap && lines.root(adding: asLines[..<count]) == head.root : fitsTiles
            verdicts.append((head, fitsLines, fitsTiles))
            nextHead += 1
        }
    }

    /// What it came to, once everything was added.
    mutating func finish() -> LedgerReport {
        // Heads up to this one fit, one after the other.
        let fitting = verdicts.prefix { $0.fitsLines || $0.fitsTiles }
        func whole(_ index: UInt64) -> HeadMark? { fitting.last { $0.head.size <= index }.map { HeadMark($0.head) } }
        func next(_ index: UInt64) -> (head: SignedHead, fitsLines: Bool, fitsTiles: Bool)? {
            verdicts.first { $0.head.size > index }
        }
        for range in missing {
            note(
                LedgerFinding(
                    .missing, index: range.lowerBound, count: UInt64(range.count), "missing from the store",
                    wholeUnder: whole(range.lowerBound), contradicts: next(range.lowerBound).map { HeadMark($0.head) }))
        }
        for index in mismatches {
            let head = next(index)
            if let head, head.fitsLines, !head.fitsTiles {
                note(LedgerFinding(.tileAltered, index: index, "the line is what was signed; its hash in the stored tile is not"))
            } else {
                note(
                    LedgerFinding(
                        .altered, index: index, "the line is not the one that was appended", wholeUnder: whole(index),
                        contradicts: head.map { HeadMark($0.head) }))
            }
        }
        report.findingsInAll += mismatchesInAll - mismatches.count
        let contradicting = verdicts.dropFirst(fitting.count).filter { !$0.fitsLines && !$0.fitsTiles }
        if let first = contradicting.first, !hasGap {
            let start = fitting.last?.head.size ?? 0
            note(
                LedgerFinding(
                    .contradictsHead, index: start < first.head.size ? start : nil,
                    count: start < first.head.size ? first.head.size - start : nil,
                    "one or more are not what was signed, and neither are their tiles (\(contradicting.count) signed heads say so)",
                    wholeUnder: fitting.last.map { HeadMark($0.head) }, contradicts: HeadMark(first.head)))
        }
        if let longest = heads.last, longest.size > size {
            note(
                LedgerFinding(
                    .truncated, index: size, count: longest.size - size, "signed, but the entries end before",
                    wholeUnder: whole(size), contradicts: heads.first { $0.size > size }.map { HeadMark($0) }))
        }
        report.root = (differs ? lines.root : tiles.root).description
        report.signed = fitting.last?.head.size ?? 0
        report.lastHead = fitting.last.map { HeadMark($0.head) }
        return report
    }
}
