/// A signed head as findings speak of it.
public struct HeadMark: Codable, Equatable, Sendable {
    /// Entries under the head.
    public let size: UInt64
    /// When it was signed, as 2026-11-23T03:44:07.000Z.
    public let at: String

    init(size: UInt64, at: String) {
        self.size = size
        self.at = at
    }

    init(_ head: SignedHead) { self.init(size: head.size, at: head.at.description) }
}

/// Something about a ledger that is not as it was written.
public struct LedgerFinding: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable {
        /// Entries are gone, and later ones are there.
        case missing
        /// An entry's line is not the one that was appended.
        case altered
        /// An entry's line is not written as the ledger writes.
        case notCanonical
        /// An entry is earlier than the one before it, and no clock entry says why.
        case outOfOrder
        /// An entry with an index that no entry has.
        case unexpected
        /// A stored tile is gone.
        case tileMissing
        /// A stored tile does not fit what is below it.
        case tileAltered
        /// A stored tile over entries that are not there.
        case tileUnexpected
        /// A head cannot be read, or its signature does not fit.
        case headUnreadable
        /// A head says less than the one before it, or its row is not what the note says.
        case headOutOfOrder
        /// Entries and tiles agree with each other, but not with a signed head.
        case contradictsHead
        /// The entries end before a signed head does.
        case truncated
        /// The file is not a ledger file, or was cut.
        case file
    }

    public let kind: Kind
    /// The first entry that the finding is about.
    public let index: UInt64?
    /// How many entries it is about.
    public let count: UInt64?
    public let detail: String
    /// The last signed head under which everything was still whole.
    public let wholeUnder: HeadMark?
    /// The first signed head that says otherwise.
    public let contradicts: HeadMark?

    init(
        _ kind: Kind, index: UInt64? = nil, count: UInt64? = nil, _ detail: String, wholeUnder: HeadMark? = nil,
        contradicts: HeadMark? = nil
    ) {
        self.kind = kind
        self.index = index
        self.count = count
        self.detail = detail
        self.wholeUnder = wholeUnder
        self.contradicts = contradicts
    }
}

extension LedgerFinding: CustomStringConvertible {
    public var description: String {
        var text = ""
        if let index {
            text = count ?? 1 > 1 ? "entries \(index) to \(index + (count ?? 1) - 1): " : "entry \(index): "
        }
        text += detail
        if let wholeUnder { text += "; whole under the head of \(wholeUnder.at) (\(wholeUnder.size) entries)" }
        if let contradicts { text += "; the head of \(contradicts.at) (\(contradicts.size) entries) vouches for another content" }
        return text
    }
}

/// What a verification of a ledger came to.
public struct LedgerReport: Codable, Equatable, Sendable {
    /// Entries that are there.
    public internal(set) var entries: UInt64 = 0
    /// Entries under the last signed head that fits; those after it are not signed yet.
    public internal(set) var signed: UInt64 = 0
    /// The tree's root over the entries, in hexadecimal.
    public internal(set) var root = ""
    /// Signed heads that were checked, and the last that fits.
    public internal(set) var heads = 0
    public internal(set) var lastHead: HeadMark?
    /// The first ``LedgerVerifier/mostFindings`` findings.
    public internal(set) var findings: [LedgerFinding] = []
    /// How many there are in all.
    public internal(set) var findingsInAll = 0

    public var isWhole: Bool { findingsInAll == 0 }

    mutating func add(_ finding: LedgerFinding) {
        findingsInAll += 1
        if findings.count < LedgerVerifier.mostFindings { findings.append(finding) }
    }
}
