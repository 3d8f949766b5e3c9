/// Checks what somebody else says about a tree. Any input gives an answer; none is trusted.
public enum ProofVerification {
    /// Whether the entry with the hash `leaf` is number `index` under `root` over `size` entries: RFC 9162, 2.1.3.2, step by step.
    public static func includes(
        _ leaf: TreeHash, at index: UInt64, in size: UInt64, root: TreeHash, proof: [TreeHash]
    ) -> Bool {
        guard index < size else { return false }
        var position = Position(first: index, second: size - 1)
        var hash = leaf
        for step in proof {
            if position.second == 0 { return false }
            if position.goesLeft {
                hash = .node(step, hash)
                position.skip()
            } else {
                hash = .node(hash, step)
            }
            position.rise()
        }
        return position.second == 0 && hash == root
    }

    /// Whether the tree with `secondRoot` over `second` entries begins with the one with `firstRoot` over `first`: RFC 9162, 2.1.4.2.
    /// An empty tree is the beginning of every tree.
    public static func isConsistent(
        first: UInt64, firstRoot: TreeHash, second: UInt64, secondRoot: TreeHash, proof: [TreeHash]
    ) -> Bool {
        if first == second { return proof.isEmpty && firstRoot == secondRoot && (first > 0 || firstRoot == .empty) }
        guard first < second else { return false }
        if first == 0 { return proof.isEmpty && firstRoot == .empty }
        guard let head = proof.first else { return false }
        var position = Position(first: first - 1, second: second - 1)
        while position.first & 1 == 1 { position.rise() }
        let isPower = first.nonzeroBitCount == 1
        var older = isPower ? firstRoot : head
        var newer = older
        for step in isPower ? proof[...] : proof.dropFirst() {
            if position.second == 0 { return false }
            if position.goesLeft {
                older = .node(step, older)
                newer = .node(step, newer)
                position.skip()
            } else {
                newer = .node(newer, step)
            }
            position.rise()
        }
        return position.second == 0 && older == firstRoot && newer == secondRoot
    }

    /// fn and sn of RFC 9162.
    private struct Position {
        var first: UInt64
        var second: UInt64

        var goesLeft: Bool { first & 1 == 1 || first == second }
        mutating func rise() {
            first >>= 1
            second >>= 1
        }
        /// Past the levels on which a node at the right edge has no sibling.
        mutating func skip() { while first & 1 == 0, first != 0 { rise() } }
    }
}
