/// Why the estate refused to open or to act. Whatever it is, nothing was changed.
public enum EstateError: Error, Equatable, Sendable {
    /// The estate's secrets were sealed under another key than the one given.
    case wrongKey(source: String)
    /// No key was given: `HOLDFAST_KEY` is not set, or the file is not there.
    case missingKey(source: String)
    /// What was given is no key: `came` says what it looks like, never what it is.
    case malformedKey(source: String, came: String)
    /// The key file cannot be read or made.
    case keyFile(path: String, detail: String)
    /// A new key may not replace a key file that exists.
    case keyFileExists(path: String)
    /// A sealed value does not open: the database was changed by something that does not know the key.
    case brokenSeal(purpose: String)
    /// The store holds something that this version cannot read.
    case contradiction(detail: String)
    /// The ledger is not what was written, and what people change must be in it.
    case ledgerBroken(LedgerFault)
}

extension EstateError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongKey(let source):
            "the key from \(source) is not the one this estate was sealed with. Nothing was changed: give the key that was in use "
                + "when the database was made, or restore it from its backup."
        case .missingKey(let source):
            "no estate key in \(source): expected 32 bytes as 64 hexadecimal digits (make one with: openssl rand -hex 32)"
        case .malformedKey(let source, let came):
            "\(source) holds no estate key: expected 32 bytes as 64 hexadecimal digits, got \(came)"
        case .keyFile(let path, let detail): "the key file \(path): \(detail)"
        case .keyFileExists(let path):
            "the key file \(path) exists already; it is not replaced, because what it sealed would be lost"
        case .brokenSeal(let purpose):
            "the sealed \(purpose) does not open: the database was altered, or a part of it comes from another estate"
        case .contradiction(let detail): "the store contradicts itself: \(detail)"
        case .ledgerBroken(let fault): "nothing was changed: \(fault)"
        }
    }
}
