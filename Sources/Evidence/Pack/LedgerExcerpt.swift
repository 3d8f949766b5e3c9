import Foundation
import Storage

/// What a pack says about the ledger: the heads at both ends of the period, that the second begins with the first, and entries with
/// their proofs of inclusion under the second.
public struct LedgerExcerpt: Sendable {
    let items: [PackItem]
    let key: VerifierKey

    /// Entries that an excerpt may have: each takes about a kilobyte and a half.
    public static let mostEntries = 200_000

    /// Writes an excerpt into a folder, where its entries stay until the pack is built.
    /// - Parameters:
    ///   - indices: the entries, in ascending order and each once; all under `last`.
    ///   - folder: exists, and is the caller's to remove.
    /// - Throws: ``LedgerError/noSuchEntry(index:size:)``, ``TreeError``, ``HeadError`` where the heads are not the ledger's.
    public static func write(
        _ indices: some Sequence<UInt64>, first: SignedHead, last: SignedHead, key: VerifierKey, state: LedgerState? = nil,
        on connection: Connection, into folder: URL
    ) throws -> LedgerExcerpt {
        let tree = try StoredTree(connection, state: state)
        guard last.size <= tree.size else { throw LedgerError.noSuchEntry(index: last.size, size: tree.size) }
        let consistency = try tree.consistencyProof(from: first.size, to: last.size)
        let path = folder.appendingPathComponent("ledger-entries.jsonl").path
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw LedgerError.file(path: path, detail: "cannot be made")
        }
        defer { try? file.close() }
        var text: [UInt8] = []
        var previous: UInt64?
        var count = 0
        for index in indices {
            guard index < last.size, previous.map({ $0 < index }) ?? true else {
                throw LedgerError.noSuchEntry(index: index, size: last.size)
            }
            previous = index
            count += 1
            guard count <= mostEntries else { throw LedgerError.batch(count: count, limit: mostEntries) }
            text +=
                ProvenEntry(
                    index: index, line: try LedgerStore.line(index, connection),
                    proof: try tree.inclusionProof(of: index, in: last.size)
                ).bytes
            text.append(0x0A)
            if text.count >= PackLimits.chunk {
                try file.write(contentsOf: text)
                text.removeAll(keepingCapacity: true)
            }
        }
        try file.write(contentsOf: text)
        return LedgerExcerpt(
            items: [
                PackItem(PackName.firstHead, Array(first.note.utf8)), PackItem(PackName.lastHead, Array(last.note.utf8)),
                PackItem(PackName.consistency, Array(consistency.map { "\(StrictBase64.text($0.bytes))\n" }.joined().utf8)),
                PackItem(PackName.entries, file: URL(fileURLWithPath: path)),
            ], key: key)
    }
}

/// An entry with its proof, as one line of canonical JSON: `{"entry":{...},"index":5,"proof":["...",...]}`. The entry's own
/// line stands in it as it is.
public struct ProvenEntry: Equatable, Sendable {
    public let index: UInt64
    public let line: [UInt8]
    public let proof: [TreeHash]

    /// Hashes of the longest proof: a tree of 2^63 entries.
    static let longestProof = 63
    /// Bytes of a line with its proof.
    static let longest = LedgerLimits.line + 64 * longestProof + 100

    public init(index: UInt64, line: [UInt8], proof: [TreeHash]) {
        self.index = index
        self.line = line
        self.proof = proof
    }

    public var bytes: [UInt8] {
        var bytes = Array(#"{"entry":"#.utf8)
        bytes += line
        let hashes = proof.map { "\"\(StrictBase64.text($0.bytes))\"" }.joined(separator: ",")
        bytes += #","index":\#(index),"proof":[\#(hashes)]}"#.utf8
        return bytes
    }

    /// Reads exactly what ``bytes`` writes.
    public init(_ text: [UInt8]) throws(CanonicalError) {
        let result: Result<ProvenEntry, CanonicalError> = text.withUnsafeBytes { buffer in
            do throws(CanonicalError) { return .success(try ProvenEntry(buffer)) } catch { return .failure(error) }
        }
        self = try result.get()
    }

    private init(_ text: UnsafeRawBufferPointer) throws(CanonicalError) {
        var reader = CanonicalReader(text)
        try reader.expect(#"{"entry":"#)
        let start = reader.offset
        _ = try reader.value(building: false)
        line = reader.text(since: start)
        try reader.expect(#","index":"#)
        guard let index = UInt64(exactly: try reader.integer()) else { throw .text(offset: reader.offset, expected: "an index") }
        self.index = index
        try reader.expect(#","proof":"#)
        guard case .array(let elements) = try reader.value(building: true), elements.count <= Self.longestProof else {
            throw .text(offset: reader.offset, expected: "a proof of at most \(Self.longestProof) hashes")
        }
        var proof: [TreeHash] = []
        for element in elements {
            guard case .string(let text) = element, let bytes = StrictBase64.bytes(text), let hash = TreeHash(bytes) else {
                throw .text(offset: reader.offset, expected: "hashes in base64")
            }
            proof.append(hash)
        }
        self.proof = proof
        try reader.expect("}")
        try reader.end()
        _ = try LedgerEntry(line: line)
    }

    /// Whether the entry is where it says under a head.
    public func isIncluded(under head: SignedHead) -> Bool {
        ProofVerification.includes(.leaf(line), at: index, in: head.size, root: head.root, proof: proof)
    }
}
