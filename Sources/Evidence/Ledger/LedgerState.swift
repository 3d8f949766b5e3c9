import Storage

/// The end of the ledger, to which entries are appended: its size, and the incomplete tiles.
///
/// Appending happens inside the caller's own transaction, so that an entry is durable with the change that it records:
/// ``stage(_:at:on:)`` writes, and ``commit(_:)`` makes it the state in memory once the transaction has succeeded. What was staged in a
/// transaction that failed is dropped, and leaves nothing.
public struct LedgerState: Sendable {
    var stack: TileStack
    /// When the last entry was made; nil in an empty ledger.
    public private(set) var lastTime: LedgerTime?

    /// Entries so far, and the index of the next.
    public var size: UInt64 { stack.size }
    /// The tree's root over all entries.
    public var root: TreeHash { stack.root }

    /// An empty ledger.
    public init() {
        stack = TileStack()
        lastTime = nil
    }

    /// Reads the end of the ledger from the store; a few hundred rows.
    /// - Throws: ``LedgerError/missingEntry(index:)`` and ``LedgerError/unreadableEntry(index:)`` where nothing can follow.
    public static func load(_ connection: Connection) throws -> LedgerState {
        var state = LedgerState()
        let size = try LedgerStore.size(connection)
        guard size > 0 else { return state }
        var levels: [[TreeHash]] = []
        var count = size
        while count > 0 {
            // From the last complete tile of this level on.
            let start = count / UInt64(Tile.width) * UInt64(Tile.width)
            let level = levels.count
            levels.append(
                try (start..<count).map { index in
                    level == 0
                        ? .leaf(try LedgerStore.line(index, connection))
                        : Tile.root(try LedgerStore.tile(level: level - 1, index, connection)[...])
                })
            count /= UInt64(Tile.width)
        }
        state.stack = TileStack(size: size, levels: levels)
        guard let last = try? LedgerEntry(line: try LedgerStore.line(size - 1, connection)) else {
            throw LedgerError.unreadableEntry(index: size - 1)
        }
        state.lastTime = last.at
        return state
    }

    /// Reads the end of the ledger and holds it against the last signed head: a few hundred rows more.
    /// - Parameter key: of the ledger.
    /// - Throws: ``LedgerError`` where the ledger is not what was written, as far as its end tells. What was altered further back only
    ///   ``LedgerVerifier`` finds.
    public static func load(_ connection: Connection, key: VerifierKey) throws -> LedgerState {
        let state = try load(connection)
        guard let note = try LedgerStore.lastNote(connection) else { return state }
        let head: SignedHead
        do throws(HeadError) { head = try SignedHead(note, key: key) } catch { throw LedgerError.head(detail: "\(error)") }
        guard head.size <= state.size else { throw LedgerError.truncated(stored: state.size, signed: head.size) }
        guard try StoredTree(connection, state: state).root(size: head.size) == head.root else {
            throw LedgerError.contradictsHead(size: head.size)
        }
        return state
    }

    /// Entries that were written in a transaction which has not succeeded yet.
    public struct Staged: Sendable {
        /// The size before.
        public let base: UInt64
        /// The state once this is committed; more can be staged on it in the same transaction, and committed at once.
        public fileprivate(set) var state: LedgerState
        /// The indices of the caller's entries.
        public fileprivate(set) var indices: Range<UInt64>

        /// Writes more in the same transaction.
        public func stage(_ drafts: [LedgerDraft], at milliseconds: Int64, on connection: Connection) throws -> Staged {
            let next = try state.stage(drafts, at: milliseconds, on: connection)
            return Staged(base: base, state: next.state, indices: next.indices)
        }
    }

    /// Writes entries at the end, all of one time. Where that time lies before the last entry's, an entry of kind "clock" goes before
    /// them and says both.
    /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
    /// - Throws: ``LedgerError``, before anything is written; ``StorageError``, after which the transaction must not succeed.
    public func stage(_ drafts: [LedgerDraft], at milliseconds: Int64, on connection: Connection) throws -> Staged {
        guard drafts.count <= LedgerLimits.batch else { throw LedgerError.batch(count: drafts.count, limit: LedgerLimits.batch) }
        let time = try LedgerTime(milliseconds: milliseconds)
        var lines: [[UInt8]] = []
        lines.reserveCapacity(drafts.count + 1)
        if let lastTime, time < lastTime, !drafts.isEmpty {
            let clock = LedgerDraft(
                kind: LedgerDraft.clock, author: "ledger", subject: "clock", reason: "the clock went back",
                body: ["before": .string(lastTime.description), "now": .string(time.description)])
            lines.append(try clock.unchecked(at: time))
        }
        let own = UInt64(lines.count)
        for draft in drafts { lines.append(try draft.line(at: time)) }
        let stored = try LedgerStore.size(connection)
        guard stored == size else { throw LedgerError.diverged(memory: size, stored: stored) }
        var next = self
        let entry = try connection.prepare("INSERT INTO ledger_entry (id, line) VALUES (?, ?)")
        for line in lines {
            entry.bind(1, next.size)
            entry.bind(2, String(decoding: line, as: UTF8.self))
            try entry.run()
            try next.stack.append(.leaf(line)) { level, number, hashes in
                try connection.execute(
                    "INSERT INTO ledger_tile (level, id, hashes) VALUES (?, ?, ?)",
                    [.integer(of: level), .integer(of: number), .blob(Tile.bytes(hashes))])
            }
        }
        if !lines.isEmpty { next.lastTime = time }
        return Staged(base: size, state: next, indices: (size + own)..<next.size)
    }

    /// The state after a transaction that succeeded.
    /// - Throws: ``LedgerError/stale(staged:memory:)`` where something else was committed in between.
    public mutating func commit(_ staged: Staged) throws(LedgerError) {
        guard staged.base == size else { throw .stale(staged: staged.base, memory: size) }
        self = staged.state
    }

    /// Signs the tree as it is, and stores the head in the caller's transaction.
    /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
    @discardableResult
    public func sign(with key: LedgerKey, at milliseconds: Int64, on connection: Connection) throws -> SignedHead {
        let head = try key.sign(size: size, root: root, at: try LedgerTime(milliseconds: milliseconds))
        try LedgerStore.write(head, connection)
        return head
    }
}
