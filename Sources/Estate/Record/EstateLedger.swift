import Evidence
import Storage

/// The ledger of an estate, without the estate: to check, export and prove it even where the estate itself would not open.
public struct EstateLedger: Sendable {
    /// Where it is. To be read.
    public let store: Database
    /// Checks the signatures of its heads.
    public let publicKey: VerifierKey

    /// - Throws: `EstateError.wrongKey` where the store was sealed with another key, `brokenSeal` where the ledger's key does not open.
    public init(database: Database, key: EstateKey) throws {
        try KeyCheck.run(key, database)
        store = database
        publicKey = try SigningKey.loadOrCreate(key, database).verifier
    }
}
