/// What gives the hashes of complete subtrees.
public protocol NodeSource {
    /// The hash over the 2^`level` entries from `index` × 2^`level` on, all of which exist.
    func node(level: Int, index: UInt64) throws -> TreeHash
}

/// Why there is no such proof.
public enum TreeError: Error, Equatable, Sendable {
    /// Entries count from 0, so the last of `size` is `size` - 1.
    case noSuchEntry(index: UInt64, size: UInt64)
    /// A consistency proof goes from a smaller tree to one at least as large.
    case backwards(first: UInt64, second: UInt64)
}

extension TreeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noSuchEntry(let index, let size): "there is no entry \(index) in a tree of \(size): entries count from 0"
        case .backwards(let first, let second):
            "a proof of consistency goes from a smaller tree to a larger, not from \(first) to \(second)"
        }
    }
}

extension NodeSource {
    /// MTH(D[a:b]) for a range that the definitions of RFC 9162 lead to: its start is a multiple of the power of two that it splits at.
    func hash(of range: Range<UInt64>) throws -> TreeHash {
        let count = range.upperBound - range.lowerBound
        guard count > 0 else { return .empty }
        if count.nonzeroBitCount == 1 { return try node(level: count.trailingZeroBitCount, index: range.lowerBound / count) }
        let middle = range.lowerBound + split(count)
        return .node(try hash(of: range.lowerBound..<middle), try hash(of: middle..<range.upperBound))
    }

    /// The root of the tree over the first `size` entries (RFC 9162, 2.1.1).
    public func root(size: UInt64) throws -> TreeHash { try hash(of: 0..<size) }

    /// PATH(m, D_n): what takes entry `index` to the root over the first `size` entries (RFC 9162, 2.1.3.1).
    /// - Throws: ``TreeError/noSuchEntry(index:size:)``, and what the source throws.
    public func inclusionProof(of index: UInt64, in size: UInt64) throws -> [TreeHash] {
        guard index < size else { throw TreeError.noSuchEntry(index: index, size: size) }
        var path: [TreeHash] = []
        var range = 0..<size
        while range.upperBound - range.lowerBound > 1 {
            let middle = range.lowerBound + split(range.upperBound - range.lowerBound)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(try hash(of: index < middle ? right : left))
            range = index < middle ? left : right
        }
        return path.reversed()
    }

    /// PROOF(m, D_n): that the tree over `second` entries begins with the one over `first` (RFC 9162, 2.1.4.1). Empty where `first`
    /// is 0 or `second`.
    /// - Throws: ``TreeError/backwards(first:second:)``, and what the source throws.
    public func consistencyProof(from first: UInt64, to second: UInt64) throws -> [TreeHash] {
        guard first <= second else { throw TreeError.backwards(first: first, second: second) }
        guard first > 0, first < second else { return [] }
        var path: [TreeHash] = []
        var range = 0..<second
        var whole = true
        while first < range.upperBound {
            let middle = range.lowerBound + split(range.upperBound - range.lowerBound)
            if first <= middle {
                path.append(try hash(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(try hash(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
                whole = false
            }
        }
        if !whole { path.append(try hash(of: range)) }
        return path.reversed()
    }
}

/// The largest power of two below `count`, which is at least 2: where RFC 9162 splits a tree.
private func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
