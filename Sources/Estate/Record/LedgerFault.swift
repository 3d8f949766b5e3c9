import Evidence

/// A ledger that is not what was written. From then on nothing is appended to it and no head is signed over it, until the estate is opened
/// with a whole one. Beacons, outages and events go on.
public struct LedgerFault: Equatable, Sendable {
    public let error: LedgerError
    /// When it was noticed; it may have been done long before.
    public let found: UTCInstant
}

extension LedgerFault: CustomStringConvertible {
    public var description: String {
        """
        the ledger is broken, noticed at \(found.iso8601): \(error). Devices are answered as before; what people change is refused until the \
        ledger is whole. Stop the server, run `holdfast ledger verify`, and restore a backup of the database (docs/evidence.md, "When the \
        ledger is broken")
        """
    }
}

/// Whether the ledger can be relied on, as far as the estate has noticed.
public struct LedgerStanding: Equatable, Codable, Sendable {
    public var isWhole: Bool
    /// What is wrong, for people; nil while nothing is.
    public var problem: String?
    /// When that was noticed.
    public var found: UTCInstant?

    init(_ fault: LedgerFault?) {
        isWhole = fault == nil
        problem = fault.map { "\($0.error)" }
        found = fault?.found
    }
}

/// What becomes of a transaction when the ledger cannot take its entries.
enum LedgerDuty {
    /// A change by people: it is refused. What the estate notes by itself in the same way is stored without its entries.
    case required
    /// What devices and networks did: it is stored without its entries, as events.
    case observed
    /// What must be possible with a broken ledger too: it is done, and its entries wait in the store for a whole one.
    case deferred
}
