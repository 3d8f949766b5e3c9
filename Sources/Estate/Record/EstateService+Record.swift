import Evidence
import Storage

extension EstateService {
    /// Writes a change of the record and what the ledger says about it in one transaction: neither is ever there without the other.
    ///
    /// - Parameter body: makes the change and adds its entries. It may run a second time, in a transaction of its own, when the ledger
    ///   turns out to be broken.
    /// - Throws: `EstateError.ledgerBroken(_:)` for a change by people that a broken ledger cannot take; nothing was changed then.
    func recording<Value: Sendable>(
        at now: UTCInstant, _ duty: LedgerDuty = .required, _ body: (Connection, inout [LedgerDraft]) throws -> Value
    ) throws -> Value {
        try turn.withLock { try writing(&$0.ledger, duty, at: now, body) }
    }

    /// One transaction with its entries in the ledger, for who holds the turn to write.
    ///
    /// An error of the ledger undoes the transaction as a whole, and the ledger counts as broken from then on. What must not depend on the
    /// ledger is then written once more without it.
    func writing<Value>(
        _ ledger: inout LedgerState, _ duty: LedgerDuty, at now: UTCInstant,
        _ body: (Connection, inout [LedgerDraft]) throws -> Value
    ) throws -> Value {
        if ledgerFault == nil {
            do {
                let state = ledger
                let (value, staged) = try database.write { connection in
                    var drafts: [LedgerDraft] = []
                    let value = try body(connection, &drafts)
                    return (value, try stage(drafts, isSigned: duty != .observed, state, at: now, connection))
                }
                do throws(LedgerError) {
                    if let staged { try ledger.commit(staged) }
                } catch {
                    // The transaction has succeeded: only what follows can be without the ledger.
                    breakLedger(error, at: now)
                }
                return value
            } catch EstateError.ledgerBroken {
                // Nothing was written. Below, the same without the ledger, where that may be.
            } catch let error as LedgerError where duty == .observed {
                // An entry of our own that the ledger refuses: from here on it would have a gap that nobody sees.
                breakLedger(error, at: now)
            }
        }
        return try database.write { connection in
            var drafts: [LedgerDraft] = []
            let value = try body(connection, &drafts)
            switch duty {
            case .observed: break
            case .required:
                if let fault = ledgerFault, !drafts.allSatisfy(\.isByEstate) { throw EstateError.ledgerBroken(fault) }
            case .deferred: try WaitingEntries.add(drafts, at: now, connection)
            }
            return value
        }
    }

    /// Puts entries into the ledger; nil where there are none.
    private func stage(
        _ drafts: [LedgerDraft], isSigned: Bool, _ ledger: LedgerState, at now: UTCInstant, _ connection: Connection
    ) throws -> LedgerState.Staged? {
        if drafts.isEmpty { return nil }
        if isSigned { return try stage(signed: drafts, ledger, at: now, connection) }
        return try keeping(at: now) { try ledger.stage(drafts, at: now.milliseconds, on: connection) }
    }

    /// Puts entries into the ledger and signs it with them: what people do is under a signature from the first moment, so that no later hand
    /// can change it unseen. What beacons tell comes under the next one, within the hour.
    /// - Throws: `EstateError.ledgerBroken(_:)`, after which the transaction must not succeed.
    func stage(
        signed drafts: [LedgerDraft], _ ledger: LedgerState, at now: UTCInstant, _ connection: Connection
    ) throws -> LedgerState.Staged {
        if let fault = ledgerFault { throw EstateError.ledgerBroken(fault) }
        return try keeping(at: now) {
            let staged = try ledger.stage(drafts, at: now.milliseconds, on: connection)
            if !drafts.isEmpty { try staged.state.sign(with: signing, at: now.milliseconds, on: connection) }
            return staged
        }
    }

    /// Notes it where what is done with the ledger shows that it is broken.
    func keeping<Value>(at now: UTCInstant, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch {
            guard let cause = LedgerError(breaking: error) else { throw error }
            throw EstateError.ledgerBroken(breakLedger(cause, at: now))
        }
    }

    /// From now on nothing is appended and nothing signed. The first fault stands.
    @discardableResult
    func breakLedger(_ cause: LedgerError, at now: UTCInstant) -> LedgerFault {
        fault.withLock { known in
            let fault = known ?? LedgerFault(error: cause, found: now)
            known = fault
            return fault
        }
    }

    /// What is wrong with the ledger, as far as it was noticed; nil while nothing is. Asked often, it waits for no transaction.
    public var ledgerFault: LedgerFault? { fault.withLock { $0 } }

    /// The same for who shows it.
    public var ledgerStanding: LedgerStanding { LedgerStanding(ledgerFault) }

    /// The ledger's entries so far.
    public var ledgerSize: UInt64 { turn.withLock { $0.ledger.size } }

    /// The public key with which the ledger's heads are checked, in the text form of C2SP signed-note.
    public var ledgerKey: VerifierKey { signing.verifier }

    /// Signs the ledger as it is. Without new entries the last head stands.
    /// - Throws: `EstateError.ledgerBroken(_:)`: no head is signed over entries that are not those in the store.
    @discardableResult
    public func signLedger(at now: UTCInstant) throws -> SignedHead {
        try turn.withLock { turn in
            if let fault = ledgerFault { throw EstateError.ledgerBroken(fault) }
            let ledger = turn.ledger
            return try database.write { connection in
                try keeping(at: now) {
                    let stored = try LedgerStore.size(connection)
                    guard stored == ledger.size else { throw LedgerError.diverged(memory: ledger.size, stored: stored) }
                    if let note = try LedgerStore.lastNote(connection), let head = try? SignedHead(note, key: signing.verifier),
                        head.size == ledger.size
                    {
                        return head
                    }
                    return try ledger.sign(with: signing, at: now.milliseconds, on: connection)
                }
            }
        }
    }

    /// Reads the whole ledger and checks it against its tree and its signed heads.
    public func verifyLedger(progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }) throws -> LedgerReport {
        try database.read { try LedgerVerifier.verify($0, key: signing.verifier, progress: progress) }
    }

    /// The newest entries, the newest first.
    /// - Throws: `LedgerError` for one that is not there or cannot be read.
    public func ledgerEntries(limit: Int = 100, before: UInt64? = nil) throws -> [(index: UInt64, entry: LedgerEntry)] {
        let size = ledgerSize
        let end = min(before ?? size, size)
        let start = end > UInt64(max(0, min(limit, 1_000))) ? end - UInt64(max(0, min(limit, 1_000))) : 0
        return try database.read { connection in
            try (start..<end).reversed().map { index in
                let line = try LedgerStore.line(index, connection)
                do throws(CanonicalError) { return (index, try LedgerEntry(line: line)) } catch {
                    throw LedgerError.unreadableEntry(index: index)
                }
            }
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
