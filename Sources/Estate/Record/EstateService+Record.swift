import Evidence
import Storage

extension EstateService {
    /// Writes a change of the record and what the ledger says about it in one transaction: neither is ever there without the other.
    func recording<Value: Sendable>(
        at now: UTCInstant, _ body: (Connection, inout [LedgerDraft]) throws -> Value
    ) throws -> Value {
        try turn.withLock { turn in
            let (value, staged) = try database.write { connection in
                var drafts: [LedgerDraft] = []
                let value = try body(connection, &drafts)
                return (value, try stage(signed: drafts, turn.ledger, at: now, connection))
            }
            try turn.ledger.commit(staged)
            return value
        }
    }

    /// Puts entries into the ledger and signs it with them: what people do is under a signature from the first moment, so that no later hand
    /// can change it unseen. What beacons tell comes under the next one, within the hour.
    func stage(
        signed drafts: [LedgerDraft], _ ledger: LedgerState, at now: UTCInstant, _ connection: Connection
    ) throws -> LedgerState.Staged {
        let staged = try ledger.stage(drafts, at: now.milliseconds, on: connection)
        if !drafts.isEmpty { try staged.state.sign(with: signing, at: now.milliseconds, on: connection) }
        return staged
    }

    /// The ledger's entries so far.
    public var ledgerSize: UInt64 { turn.withLock { $0.ledger.size } }

    /// The public key with which the ledger's heads are checked, in the text form of C2SP signed-note.
    public var ledgerKey: VerifierKey { signing.verifier }

    /// Signs the ledger as it is. Without new entries the last head stands.
    @discardableResult
    public func signLedger(at now: UTCInstant) throws -> SignedHead {
        try turn.withLock { turn in
            let ledger = turn.ledger
            return try database.write { connection in
                if let note = try LedgerStore.lastNote(connection), let head = try? SignedHead(note, key: signing.verifier),
                    head.size == ledger.size
                {
                    return head
                }
                return try ledger.sign(with: signing, at: now.milliseconds, on: connection)
            }
        }
    }

    /// Reads the whole ledger and checks it against its tree and its signed heads.
    public func verifyLedger(progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }) throws -> LedgerReport {
        try database.read { try LedgerVerifier.verify($0, key: signing.verifier, progress: progress) }
    }

    /// The newest entries, the newest first, of one subject or of all.
    public func ledgerEntries(limit: Int = 100, before: UInt64? = nil) throws -> [(index: UInt64, entry: LedgerEntry)] {
        let size = ledgerSize
        let end = min(before ?? size, size)
        let start = end > UInt64(max(0, min(limit, 1_000))) ? end - UInt64(max(0, min(limit, 1_000))) : 0
        return try database.read { connection in
            try (start..<end).reversed().map { ($0, try LedgerEntry(line: try LedgerStore.line($0, connection))) }
        }
    }
}

/// The key that signs the ledger's heads: made with the estate, sealed under the estate's key.
enum SigningKey {
    private static let name = "ledger-key"
    /// The name that stands in heads and in the public key.
    static let origin = "holdfast/ledger"

    static func loadOrCreate(_ key: EstateKey, _ database: Database) throws -> LedgerKey {
        if let sealed = try database.read({
            try $0.first("SELECT value FROM setting WHERE name = ?", [.text(name)]) { Array($0.blob(0)) }
        }) {
            return try LedgerKey(name: origin, bytes: try key.unseal(sealed, for: name))
        }
        let made = try LedgerKey(name: origin)
        let sealed = try key.seal(made.bytes, for: name)
        _ = try database.write { try $0.execute("INSERT INTO setting (name, value) VALUES (?, ?)", [.text(name), .blob(sealed)]) }
        return made
    }
}
