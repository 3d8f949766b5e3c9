import Storage

/// The tree in the store, for proofs. It belongs to the transaction that it was made in.
public final class StoredTree: NodeSource {
    private struct Place: Hashable {
        let level: Int
        let number: UInt64
    }

    private let state: LedgerState
    private let connection: Connection
    /// Neighbouring proofs read the same tiles.
    private var trees: [Place: TileTree] = [:]

    /// Tiles that are kept in memory: about 4 MiB.
    static let mostTiles = 256

    /// - Parameter state: of this store; loaded from it where nil.
    public init(_ connection: Connection, state: LedgerState? = nil) throws {
        self.connection = connection
        self.state = try state ?? LedgerState.load(connection)
    }

    /// Entries in the tree.
    public var size: UInt64 { state.size }

    public func node(level: Int, index: UInt64) throws -> TreeHash {
        let (tileLevel, row) = (level / Tile.height, level % Tile.height)
        let first = index << UInt64(row)
        let tree = try tree(Place(level: tileLevel, number: first >> UInt64(Tile.height)))
        let column = Int(truncatingIfNeeded: index & UInt64(Tile.width >> row - 1))
        guard row < tree.rows.count, column < tree.rows[row].count else {
            throw LedgerError.missingEntry(index: index << UInt64(min(level, 63)))
        }
        return tree.rows[row][column]
    }

    private func tree(_ place: Place) throws -> TileTree {
        if let known = trees[place] { return known }
        let complete = state.size >> UInt64(Tile.height * (place.level + 1))
        let hashes: [TreeHash]
        if place.number < complete {
            hashes = try LedgerStore.tile(level: place.level, place.number, connection)
        } else if place.number == complete, place.level < state.stack.levels.count {
            hashes = state.stack.levels[place.level]
        } else {
            throw LedgerError.missingEntry(index: place.number << UInt64(Tile.height * (place.level + 1)))
        }
        if trees.count >= Self.mostTiles { trees.removeAll(keepingCapacity: true) }
        let made = TileTree(hashes)
        trees[place] = made
        return made
    }
}
