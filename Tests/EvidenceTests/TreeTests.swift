import Testing

@testable import Evidence

@Suite("The tree of RFC 9162")
struct TreeTests {
    /// The entries, roots and proofs that implementations of Certificate Transparency have in common (certificate-transparency-go,
    /// transparency-dev/merkle: testonly).
    private static let entries = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map { hexadecimal($0) }
    private static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private static func hexadecimal(_ text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test("roots of the known entries, and of none")
    func knownRoots() throws {
        #expect(TreeHash.empty.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let tree = PlainTree(leaves: Self.entries.map { .leaf($0) })
        var stack = TileStack()
        for size in 1...8 {
            stack.append(tree.leaves[size - 1]) { _, _, _ in }
            #expect(try tree.root(size: UInt64(size)).description == Self.roots[size - 1])
            #expect(stack.root.description == Self.roots[size - 1])
        }
    }

    @Test("known proofs: entry 0 among 8, and 6 as the beginning of 8")
    func knownProofs() throws {
        let tree = PlainTree(leaves: Self.entries.map { .leaf($0) })
        #expect(
            try tree.inclusionProof(of: 0, in: 8).map(\.description) == [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ])
        #expect(
            try tree.consistencyProof(from: 6, to: 8).map(\.description) == [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
    }

    @Test("every proof of inclusion in trees up to 70 leads to the root, and to no other entry, size or place")
    func inclusion() throws {
        let tree = PlainTree.numbers(70)
        for size in UInt64(1)...70 {
            let root = try tree.root(size: size)
            #expect(root == PlainTree.root(tree.leaves[..<Int(size)]))
            for index in 0..<size {
                let proof = try tree.inclusionProof(of: index, in: size)
                let leaf = tree.leaves[Int(index)]
                func holds(_ leaf: TreeHash, _ index: UInt64, _ size: UInt64, _ proof: [TreeHash]) -> Bool {
                    ProofVerification.includes(leaf, at: index, in: size, root: root, proof: proof)
                }
                #expect(holds(leaf, index, size, proof))
                #expect(!holds(tree.leaves[Int((index + 1) % 70)], index, size, proof))
                #expect(!holds(leaf, index, size, proof + [leaf]))
                if !proof.isEmpty { #expect(!holds(leaf, index, size, proof.dropLast())) }
                #expect(!holds(leaf, size, size, proof))
                if size > 1 { #expect(!holds(leaf, (index + 1) % size, size, proof)) }
            }
        }
        #expect(throws: TreeError.noSuchEntry(index: 70, size: 70)) { try tree.inclusionProof(of: 70, in: 70) }
    }

    @Test("every proof of consistency in trees up to 70 holds, for these sizes and roots only")
    func consistency() throws {
        let tree = PlainTree.numbers(70)
        let roots = try (0...70).map { try tree.root(size: UInt64($0)) }
        for second in 0...70 {
            for first in 0...second {
                let proof = try tree.consistencyProof(from: UInt64(first), to: UInt64(second))
                func holds(_ first: Int, _ firstRoot: TreeHash, _ second: Int, _ secondRoot: TreeHash, _ proof: [TreeHash]) -> Bool
                {
                    ProofVerification.isConsistent(
                        first: UInt64(first), firstRoot: firstRoot, second: UInt64(second), secondRoot: secondRoot, proof: proof)
                }
                #expect(holds(first, roots[first], second, roots[second], proof))
                #expect(!holds(first, roots[first], second, roots[second], proof + [roots[1]]))
                let other = TreeHash.leaf([])
                #expect(!holds(first, other, second, roots[second], proof))
                if first > 0 { #expect(!holds(first, roots[first], second, other, proof)) }
                if !proof.isEmpty { #expect(!holds(first, roots[first], second, roots[second], proof.dropLast())) }
            }
        }
        #expect(throws: TreeError.backwards(first: 2, second: 1)) { try tree.consistencyProof(from: 2, to: 1) }
    }

    @Test("a proof with any one bit changed is refused")
    func oneBit() throws {
        let tree = PlainTree.numbers(13)
        func changes(_ proof: [TreeHash], _ body: ([TreeHash]) -> Void) throws {
            for place in proof.indices {
                for bit in 0..<256 {
                    var bytes = proof[place].bytes
                    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                    var changed = proof
                    changed[place] = try #require(TreeHash(bytes))
                    body(changed)
                }
            }
        }
        for size in UInt64(2)...13 {
            let root = try tree.root(size: size)
            for index in 0..<size {
                try changes(try tree.inclusionProof(of: index, in: size)) {
                    #expect(!ProofVerification.includes(tree.leaves[Int(index)], at: index, in: size, root: root, proof: $0))
                }
                guard index > 0 else { continue }
                let first = try tree.root(size: index)
                try changes(try tree.consistencyProof(from: index, to: size)) {
                    #expect(
                        !ProofVerification.isConsistent(first: index, firstRoot: first, second: size, secondRoot: root, proof: $0))
                }
            }
        }
    }

    @Test("sizes and proofs from anywhere give an answer")
    func hostile() {
        let seed: UInt64 = 9_162
        var random = Seeded(state: seed)
        let hashes = PlainTree.numbers(4).leaves
        for _ in 0..<20_000 {
            func size() -> UInt64 { random.next() >> UInt64.random(in: 0..<64, using: &random) }
            let proof = (0..<Int.random(in: 0..<70, using: &random)).map { hashes[$0 % 4] }
            let (one, two) = (size(), size())
            #expect(!ProofVerification.includes(hashes[0], at: one, in: two, root: .empty, proof: proof), "seed \(seed)")
            _ = ProofVerification.isConsistent(first: one, firstRoot: hashes[0], second: two, secondRoot: hashes[1], proof: proof)
        }
        for (one, two) in [(UInt64.max, UInt64.max), (UInt64.max - 1, .max), (0, .max), (.max, 0)] {
            _ = ProofVerification.includes(hashes[0], at: one, in: two, root: .empty, proof: hashes)
            _ = ProofVerification.isConsistent(first: one, firstRoot: hashes[0], second: two, secondRoot: hashes[1], proof: hashes)
        }
    }

    @Test("the tiles' tree has the same root at every size over two levels")
    func tiles() throws {
        let tree = PlainTree.numbers(700)
        var stack = TileStack()
        var complete: [UInt64] = []
        for size in 1...700 {
            stack.append(tree.leaves[size - 1]) { level, number, hashes in
                #expect(level == 0 && hashes == Array(tree.leaves[(Int(number) * 256)..<(Int(number) * 256 + 256)]))
                complete.append(number)
            }
            if size % 37 == 0 || size > 690 || (250..<260).contains(size) || (510..<515).contains(size) {
                #expect(stack.root == PlainTree.root(tree.leaves[..<size]))
            }
        }
        #expect(complete == [0, 1])
    }
}
