/// A tile: the hashes of 256 neighbouring nodes, as they lie in the store. A tile of level L holds nodes of the tree's level 8 L.
///
/// With complete tiles stored, a proof among ten million entries reads a handful of rows, not a path of 24 scattered ones.
enum Tile {
    /// Hashes of a complete tile.
    static let width = 256
    /// Levels of the tree in a tile: 256 is 2^8.
    static let height = 8
    /// Bytes of a complete tile.
    static let length = width * TreeHash.length

    /// The hash over `hashes`, whose count is a power of two.
    static func root(_ hashes: ArraySlice<TreeHash>) -> TreeHash {
        var row = Array(hashes)
        while row.count > 1 { row = parents(row) }
        return row.first ?? .empty
    }

    /// The complete nodes one level above.
    static func parents(_ row: [TreeHash]) -> [TreeHash] {
        var result: [TreeHash] = []
        result.reserveCapacity(row.count / 2)
        var index = 0
        while index + 1 < row.count {
            result.append(.node(row[index], row[index + 1]))
            index += 2
        }
        return result
    }

    static func bytes(_ hashes: [TreeHash]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: hashes.count * TreeHash.length) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for (index, hash) in hashes.enumerated() { hash.store(to: raw, at: index * TreeHash.length) }
            count = hashes.count * TreeHash.length
        }
    }

    /// The hashes of a complete tile; nil where the bytes are not one.
    static func hashes(_ bytes: UnsafeRawBufferPointer) -> [TreeHash]? {
        guard bytes.count == length, let start = bytes.baseAddress else { return nil }
        return (0..<width).map { TreeHash(reading: start + $0 * TreeHash.length) }
    }
}

/// Every complete node inside one tile, so that neighbouring proofs share the work.
struct TileTree {
    /// Row h has the nodes h levels above the tile's own.
    let rows: [[TreeHash]]

    init(_ hashes: [TreeHash]) {
        var rows = [hashes]
        while let last = rows.last, last.count > 1 { rows.append(Tile.parents(last)) }
        self.rows = rows
    }
}

/// The right edge of a tree in tiles: what must be in memory to append, at most 255 hashes a level.
struct TileStack: Sendable {
    private(set) var size: UInt64 = 0
    /// The hashes of the incomplete tile of each level.
    private(set) var levels: [[TreeHash]] = []

    init() {}

    init(size: UInt64, levels: [[TreeHash]]) {
        self.size = size
        self.levels = levels
    }

    /// Adds one entry. `complete` is told of each tile that became complete: its level, number and hashes.
    mutating func append(_ leaf: TreeHash, _ complete: (Int, UInt64, [TreeHash]) throws -> Void) rethrows {
        try append(leaf, level: 0, complete)
        size += 1
    }

    /// Adds 256 entries at once where the size is a multiple of 256; their tile's `root` is known.
    mutating func append(tile: [TreeHash], root: TreeHash, _ complete: (Int, UInt64, [TreeHash]) throws -> Void) rethrows {
        if levels.isEmpty { levels.append([]) }
        try complete(0, size >> UInt64(Tile.height), tile)
        try append(root, level: 1, complete)
        size += UInt64(Tile.width)
    }

    private mutating func append(_ hash: TreeHash, level: Int, _ complete: (Int, UInt64, [TreeHash]) throws -> Void) rethrows {
        while levels.count <= level { levels.append([]) }
        levels[level].append(hash)
        guard levels[level].count == Tile.width else { return }
        let full = levels[level]
        levels[level].removeAll(keepingCapacity: true)
        // Entries before this one, in whole tiles of this level.
        try complete(level, size >> UInt64(Tile.height * (level + 1)), full)
        try append(Tile.root(full[...]), level: level + 1, complete)
    }

    /// The root over all entries.
    var root: TreeHash {
        var result: TreeHash?
        for hashes in levels {
            // From the right: the smallest complete subtree first.
            var end = hashes.count
            while end > 0 {
                let count = 1 << end.trailingZeroBitCount
                let peak = Tile.root(hashes[(end - count)..<end])
                result = result.map { .node(peak, $0) } ?? peak
                end -= count
            }
        }
        return result ?? .empty
    }

    /// The root once `more` entries are added; the stack stays as it is.
    func root(adding more: ArraySlice<TreeHash>) -> TreeHash {
        var copy = self
        for hash in more { copy.append(hash) { _, _, _ in } }
        return copy.root
    }
}
