/// Why the ledger refused or could not go on. Nothing was written.
public enum LedgerError: Error, Equatable, Sendable {
    /// A kind is 1 to 64 of a-z, 0-9, "." and "-".
    case kind(String)
    /// The ledger writes entries of this kind by itself.
    case reservedKind(String)
    /// A field that must say something is empty.
    case missing(field: String)
    /// A field is longer than it may be.
    case length(field: String, bytes: Int, limit: Int)
    /// The body has no canonical form.
    case body(CanonicalError)
    /// A time without a year of four digits.
    case time(milliseconds: Int64)
    /// More entries at once than ``LedgerLimits/batch``.
    case batch(count: Int, limit: Int)
    /// The state in memory is of another size than the store: load it again.
    case diverged(memory: UInt64, stored: UInt64)
    /// What was staged does not follow on the state in memory: something else was committed in between.
    case stale(staged: UInt64, memory: UInt64)
    /// An entry is not in the store although later ones are: `holdfast ledger verify` says more.
    case missingEntry(index: UInt64)
    /// The last entry's line cannot be read, so that nothing may follow on it.
    case unreadableEntry(index: UInt64)
    /// A signed head that was asked for is not there.
    case noHead
    /// There is no entry of this number under the head.
    case noSuchEntry(index: UInt64, size: UInt64)
    /// A file cannot be read or written.
    case file(path: String, detail: String)
}

extension LedgerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .kind(let kind): "\"\(kind)\" is no kind of entry: expected 1 to \(LedgerLimits.kind) of a-z, 0-9, \".\" and \"-\""
        case .reservedKind(let kind): "entries of kind \"\(kind)\" are written by the ledger itself"
        case .missing(let field): "the entry's \(field) is empty"
        case .length(let field, let bytes, let limit): "the entry's \(field) has \(bytes) bytes, expected at most \(limit)"
        case .body(let error): "the entry's body: \(error)"
        case .time(let milliseconds): "\(milliseconds) ms is not between the years 0 and 9999"
        case .batch(let count, let limit): "\(count) entries at once, expected at most \(limit)"
        case .diverged(let memory, let stored):
            "the ledger has \(stored) entries in the store and \(memory) in memory: load it again before appending"
        case .stale(let staged, let memory): "entries staged after \(staged) cannot be committed: the ledger has \(memory) by now"
        case .missingEntry(let index): "entry \(index) is missing from the store: run `holdfast ledger verify`"
        case .unreadableEntry(let index): "entry \(index) cannot be read: run `holdfast ledger verify`"
        case .noHead: "the ledger has no signed head yet"
        case .noSuchEntry(let index, let size): "there is no entry \(index) under a head of \(size): entries count from 0"
        case .file(let path, let detail): "\(path): \(detail)"
        }
    }
}
