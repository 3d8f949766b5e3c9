import Storage

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
    /// The state in memory is of another size than the store: rows were removed, or added by something else.
    case diverged(memory: UInt64, stored: UInt64)
    /// What was staged does not follow on the state in memory: something else was committed in between.
    case stale(staged: UInt64, memory: UInt64)
    /// An entry is not in the store although later ones are: `holdfast ledger verify` says more.
    case missingEntry(index: UInt64)
    /// The last entry's line cannot be read, so that nothing may follow on it.
    case unreadableEntry(index: UInt64)
    /// There are fewer entries than the last signed head vouches for.
    case truncated(stored: UInt64, signed: UInt64)
    /// The entries are not those that the last signed head vouches for.
    case contradictsHead(size: UInt64)
    /// The last signed head cannot be read, or was not signed with the ledger's key.
    case head(detail: String)
    /// The ledger's tables do not take an entry or cannot be read.
    case store(detail: String)
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
            "the store has \(stored) entries where \(memory) were written: rows were removed, or added by something else"
        case .stale(let staged, let memory): "entries staged after \(staged) cannot be committed: the ledger has \(memory) by now"
        case .missingEntry(let index): "entry \(index) is missing from the store: run `holdfast ledger verify`"
        case .unreadableEntry(let index): "entry \(index) cannot be read: run `holdfast ledger verify`"
        case .truncated(let stored, let signed):
            "there are \(stored) entries, and the last signed head vouches for \(signed): the end of the ledger was removed"
        case .contradictsHead(let size):
            "the last signed head vouches for \(size) entries, and they are not those in the store: rows were altered"
        case .head(let detail): "the last signed head: \(detail)"
        case .store(let detail): "the ledger's tables: \(detail)"
        case .noHead: "the ledger has no signed head yet"
        case .noSuchEntry(let index, let size): "there is no entry \(index) under a head of \(size): entries count from 0"
        case .file(let path, let detail): "\(path): \(detail)"
        }
    }
}

extension LedgerError {
    /// Whether what is in the store is not what was written, so that nothing may follow on it. Otherwise it is the entry that is
    /// refused, or the question.
    public var meansBroken: Bool {
        switch self {
        case .diverged, .stale, .missingEntry, .unreadableEntry, .truncated, .contradictsHead, .head, .store: true
        case .kind, .reservedKind, .missing, .length, .body, .time, .batch, .noHead, .noSuchEntry, .file: false
        }
    }

    /// What an error of reading or appending says about the ledger itself; nil where it is the entry that is refused, or where the
    /// store as a whole failed (a full disk, a lock): that says nothing about the ledger.
    public init?(breaking error: any Error) {
        switch error {
        case let error as LedgerError where error.meansBroken: self = error
        case let error as StorageError where error.isAboutRows: self = .store(detail: "\(error)")
        default: return nil
        }
    }
}

extension StorageError {
    /// SQLITE_ERROR (a table that is not there), SQLITE_CORRUPT, SQLITE_CONSTRAINT and SQLITE_MISMATCH: what somebody did to the rows, and not
    /// the state of the machine.
    fileprivate var isAboutRows: Bool {
        guard case .statement(let code, _, _) = self else { return false }
        return [1, 11, 19, 20].contains(code & 0xFF)
    }
}
