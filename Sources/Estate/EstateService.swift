import Evidence
import Reachability
import Storage
import Synchronization

/// An estate: its inventory, who is reachable and through whom, its operators' outages, and who may ask.
///
/// One process owns it. Everything that changes is durable before anybody is told; everything that is asked often is answered from
/// memory. Time is a parameter of every call, so that a drill in virtual time runs the same code.
public final class EstateService: Sendable {
    /// How many responders share the estate; each has keys of its own with every card.
    public static let responders = 2

    let database: Database
    let key: EstateKey
    /// Signs the heads of the ledger.
    let signing: LedgerKey

    let feed = ChangeFeed()
    // Taken in this order, and never another: the desks in order, the turn to write, what is live. Nothing is waited for while
    // `live` is held.
    let desks: [Desk]
    let turn: Mutex<Turn>
    let live: Mutex<Live>
    /// Set once, by who finds the ledger broken; held for a moment, and nothing is taken meanwhile.
    let fault: Mutex<LedgerFault?>

    /// Opens the estate in a store. A broken ledger does not keep it from opening: see ``ledgerFault``.
    ///
    /// - Throws: `EstateError.wrongKey` when the store was sealed with another key, `brokenSeal` or `contradiction` when it was
    ///   altered. Nothing was changed then.
    public init(database: Database, key: EstateKey, settings: EstateSettings = EstateSettings(), at now: UTCInstant) throws {
        self.database = database
        self.key = key
        try KeyCheck.run(key, database)
        signing = try SigningKey.loadOrCreate(key, database)
        desks = (0..<Self.responders).map { Desk(responder: UInt8($0)) }
        var loaded = Live(thresholds: settings.thresholds, parameters: settings.detection)
        let contexts = try Loader(key: key, settings: settings).load(into: &loaded, from: database, at: now)
        for (desk, contexts) in zip(desks, contexts) { desk.state.withLock { $0.contexts = contexts } }
        live = Mutex(loaded)
        let signing = signing
        let (opened, found) = try database.read { connection in
            let (ledger, error) = try Self.ledger(of: connection, signing.verifier)
            return (Turn(events: try EventLog(connection), ledger: ledger, sampled: try ReachSampler.last(connection)), error)
        }
        turn = Mutex(opened)
        fault = Mutex(found.map { LedgerFault(error: $0, found: now) })
        try takeInWaitingEntries(at: now)
    }

    /// The end of the ledger; an empty one, and what is wrong, where it is broken.
    private static func ledger(of connection: Connection, _ key: VerifierKey) throws -> (LedgerState, LedgerError?) {
        do { return (try LedgerState.load(connection, key: key), nil) } catch {
            guard let cause = LedgerError(breaking: error) else { throw error }
            return (LedgerState(), cause)
        }
    }

    /// API tokens, sign-in links and sessions.
    public var access: Access { Access(estate: self) }

    /// The desk of one responder; nil when there is none with this number.
    public func beacon(responder: UInt8) -> BeaconDesk? { BeaconDesk(self, responder: responder) }

    /// A stream of what changes from now on. Each subscriber has its own; a slow one misses the oldest changes and nothing else.
    public func changes() -> AsyncStream<Change> { feed.subscribe() }

    /// Bytes held in memory for the devices: contexts, replay windows, the live table and the index.
    public var residentBytes: Int {
        desks.reduce(live.withLock { $0.bytes }) { sum, desk in sum + desk.state.withLock { $0.contexts.bytes } }
    }

    /// How many devices there are.
    public var count: Int { live.withLock { $0.count } }
}

/// What whoever holds the turn to write owns.
struct Turn {
    var events: EventLog
    var ledger: LedgerState
    /// The last hour of which reach was sampled.
    var sampled: UTCInstant?
    /// Events that a tick found and could not yet write.
    var pending: [Event] = []
    /// Outages that changed and are not yet written, by id.
    var changedOutages: [Int64: StoredOutage] = [:]
    /// When it was last noted that the estate is alive.
    var notedAlive: UTCInstant?
    /// Whether the store has it that the ledger is broken.
    var hasNotedFault = false
}

/// Whether a key is the one that an estate was sealed with.
enum KeyCheck {
    private static let purpose = "key check"
    private static let text = Array("holdfast".utf8)

    static func run(_ key: EstateKey, _ database: Database) throws {
        let sealed = try database.read { try $0.first("SELECT value FROM setting WHERE name = 'key-check'") { $0.blob(0) } }
        if let sealed {
            guard (try? key.unseal(sealed, for: purpose)) == text else { throw EstateError.wrongKey(source: key.source) }
            return
        }
        let cards = try database.read { try $0.first("SELECT COUNT(*) FROM card") { $0.int(0) } ?? 0 }
        guard cards == 0 else { throw EstateError.contradiction(detail: "there are sealed cards, and no mark of the key") }
        let mark = try key.seal(text, for: purpose)
        _ = try database.write { try $0.execute("INSERT INTO setting (name, value) VALUES ('key-check', ?)", [.blob(mark)]) }
    }
}
