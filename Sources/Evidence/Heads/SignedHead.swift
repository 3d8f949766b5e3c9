/// A signed tree head: how many entries there were at a time, and the tree's root over them.
///
/// It is a checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note), with one extension line for the time:
///
///     holdfast.example.com/ledger
///     20852163
///     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///     at 2026-11-23T03:44:07.000Z
///
///     — holdfast.example.com/ledger Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
public struct SignedHead: Equatable, Sendable {
    /// The name of the ledger's key.
    public let origin: String
    public let size: UInt64
    public let root: TreeHash
    public let at: LedgerTime
    /// The whole note.
    public let note: String

    /// Bytes of a note.
    public static let longest = 2_000

    private static func text(_ origin: String, _ size: UInt64, _ root: TreeHash, _ at: LedgerTime) -> String {
        "\(origin)\n\(size)\n\(StrictBase64.text(root.bytes))\nat \(at)\n"
    }

    init(signing size: UInt64, root: TreeHash, at: LedgerTime, with key: LedgerKey) throws {
        origin = key.name
        self.size = size
        self.root = root
        self.at = at
        let text = Self.text(key.name, size, root, at)
        let signature = try key.signature(of: Array(text.utf8))
        note = "\(text)\n— \(key.name) \(StrictBase64.text(key.verifier.id + signature))\n"
    }

    /// Reads a note and checks its signature. The note must be written as Holdfast writes it, so that every byte counts.
    public init(_ note: String, key: VerifierKey) throws(HeadError) {
        guard note.utf8.count <= Self.longest else {
            throw .malformed("\(note.utf8.count) bytes, expected at most \(Self.longest)")
        }
        // On bytes: Swift takes "\r\n" for one character.
        let lines = note.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard lines.count == 7, lines[4].isEmpty, lines[6].isEmpty else {
            throw .malformed("expected four lines, an empty one, and one signature")
        }
        guard let size = UInt64(lines[1]), String(size) == lines[1], size <= UInt64(Int64.max) else {
            throw .malformed("the second line is not a number of entries")
        }
        guard let bytes = StrictBase64.bytes(lines[2]), let root = TreeHash(bytes) else {
            throw .malformed("the third line is not 32 bytes in base64")
        }
        guard lines[3].hasPrefix("at "), let at = LedgerTime(String(lines[3].dropFirst(3))) else {
            throw .malformed("the fourth line is not \"at\" and a time")
        }
        let parts = lines[5].split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, Array(parts[0].utf8) == [0xE2, 0x80, 0x94], let signed = StrictBase64.bytes(String(parts[2])),
            signed.count == 68
        else { throw .malformed("the last line is not \"— name signature\"") }
        guard lines[0] == key.name else { throw .origin(found: lines[0], expected: key.name) }
        guard parts[1] == key.name, Array(signed.prefix(4)) == key.id else {
            throw .otherKey(found: "\(parts[1])+\(Hexadecimal.text(Array(signed.prefix(4))))", expected: key.label)
        }
        let text = Self.text(lines[0], size, root, at)
        // Compared as bytes: characters that Swift holds to be the same may be written differently.
        guard note.utf8.elementsEqual("\(text)\n— \(key.name) \(StrictBase64.text(signed))\n".utf8) else {
            throw .malformed("it is not written as a head is")
        }
        guard key.isValid(Array(signed.dropFirst(4)), of: Array(text.utf8)) else { throw .signature }
        origin = key.name
        self.size = size
        self.root = root
        self.at = at
        self.note = note
    }
}
