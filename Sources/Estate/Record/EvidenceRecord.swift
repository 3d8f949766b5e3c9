import Evidence
import Regulation

/// Everything that a pack says about a product over a period, read in one go.
///
/// What happened is that of the period. What is a state (the inventory, the product's answers, the risk register) is as it stood when it was
/// read, and no history of it is claimed.
public struct EvidenceRecord: Sendable {
    public var product: String
    public var period: EvidencePeriod
    /// Where the period ends for this pack: its end, or the last head's time where that is earlier.
    public var until: UTCInstant
    /// The last head's time: when the record was read.
    public var asOf: UTCInstant
    /// The last signed head before the period; where there is none, the first of all.
    public var firstHead: SignedHead
    /// The head that the pack is under.
    public var lastHead: SignedHead
    /// Nil where nobody has registered the product.
    public var report: ProductReport?
    public var inventory = EvidenceInventory()
    /// What people say about the networks and the APNs of its units, with how many of them have each.
    public var networks = NetworkFacts(operators: [], accessPoints: [])
    /// The hours that were sampled, the oldest first.
    public var reach: [ReachPoint] = []
    /// How many of them, from the first on, were sampled before any unit of the product had been heard. An estate that was just set up has
    /// reached nobody yet: these hours say nothing about its networks, and none of them is the lowest.
    public var hoursBeforeFirstHeard: Int {
        guard let first = inventory.firstHeard else { return 0 }
        return reach.prefix { $0.heard72 == 0 && $0.at <= first }.count
    }
    public var outages: [EvidenceOutage] = []
    /// Outages beyond ``EvidenceOutage/limit``, which are not listed.
    public var moreOutages = 0
    public var activity = EvidenceActivity()
    /// Those of the product, as they stood when they were read.
    public var risks: [Risk] = []
    /// Cases that concern the product, as they stood at the end of the period, drills among them.
    public var cases: [EvidenceCase] = []
    /// Cases of the product that cannot be read, of whatever time.
    public var unreadableCases: [UnreadableCase] = []
    /// What was done with drills of the lab in the period, in the order of the ledger.
    public var labDrills: [EvidenceDrill] = []
    /// Entries of the ledger that go into the pack, ascending.
    var entries: [UInt64] = []
    /// Entries that concern the product in the period; more than go in where the excerpt is cut.
    public var entriesInAll = 0
    public var entryCount: Int { entries.count }
}

/// The product's units by what matters for their connection.
public struct EvidenceInventory: Sendable {
    /// Units with the same operators.
    public struct Pair: Hashable, Sendable {
        public var primary: OperatorRef
        public var backup: OperatorRef?
    }

    public struct Policy: Hashable, Sendable {
        public var preset: String
        /// The version that the card has reported.
        public var version: Int
    }

    public var units = 0
    public var withBackup = 0
    public var onBackup = 0
    public var never = 0
    /// When the first of them was heard for the first time.
    public var firstHeard: UTCInstant?
    public var pairs: [Pair: Int] = [:]
    public var enabled: [OperatorRef: Int] = [:]
    public var policies: [Policy: Int] = [:]
    public var firmware: [String: Int] = [:]
    public var countries: [String: Int] = [:]
    /// By what their radios can use; "" where nobody says it.
    public var technologies: [String: Int] = [:]
    /// Units that have the APN for one of their profiles; "" for those of which nobody says any.
    public var accessPoints: [String: Int] = [:]
    /// Of the units with a backup, by the age of the backup's last proof: within 30 days, within 90, longer ago, never.
    public var backupProofs = [0, 0, 0, 0]
    /// Of all units, by the age of the last proof: within 24 hours, 72 hours, 30 days, longer ago, never.
    public var proofs = [0, 0, 0, 0, 0]

    mutating func count(_ unit: EvidenceUnit, at asOf: UTCInstant) {
        units += 1
        if unit.backup != nil { withBackup += 1 }
        if unit.isOnBackup { onBackup += 1 }
        pairs[Pair(primary: unit.primary, backup: unit.backup), default: 0] += 1
        enabled[unit.isOnBackup ? unit.backup ?? unit.primary : unit.primary, default: 0] += 1
        policies[Policy(preset: unit.preset, version: unit.policy), default: 0] += 1
        firmware[unit.firmware, default: 0] += 1
        countries[unit.country, default: 0] += 1
        technologies[unit.technologies, default: 0] += 1
        let points = Set([unit.primaryAPN, unit.backupAPN].compactMap(\.self))
        for apn in points.isEmpty ? [""] : points { accessPoints[apn, default: 0] += 1 }
        let hour: Int64 = 3_600_000
        if unit.backup != nil { backupProofs[Self.place(unit.backupProof, [720 * hour, 2_160 * hour], at: asOf)] += 1 }
        if unit.lastProof == nil { never += 1 }
        if let heard = unit.firstHeard { firstHeard = min(firstHeard ?? heard, heard) }
        proofs[Self.place(unit.lastProof, [24 * hour, 72 * hour, 720 * hour], at: asOf)] += 1
    }

    /// The first limit that an age keeps within; behind them one place for older ones and one for never.
    private static func place(_ proof: UTCInstant?, _ limits: [Int64], at asOf: UTCInstant) -> Int {
        guard let proof else { return limits.count + 1 }
        return limits.firstIndex { asOf - proof <= $0 } ?? limits.count
    }
}

/// A unit as the pack lists it.
public struct EvidenceUnit: Sendable {
    public var device: String
    public var firmware: String
    public var country: String
    public var area: String
    public var preset: String
    public var policy: Int
    public var primary: OperatorRef
    public var primaryICCID: String
    public var backup: OperatorRef?
    public var backupICCID: String?
    public var isOnBackup: Bool
    public var primaryProof: UTCInstant?
    public var backupProof: UTCInstant?
    public var firstHeard: UTCInstant?
    public var lastMoved: UTCInstant?
    public var moves: Int
    public var boots: Int
    /// The last rehearsal that the card has followed.
    public var rehearsed: UTCInstant?
    public var rehearsalResult: String?
    /// What its radio can use, as the inventory has it: "2G LTE-M"; empty when nobody says it.
    public var technologies: String
    public var primaryAPN: String?
    public var backupAPN: String?

    public var lastProof: UTCInstant? { [primaryProof, backupProof].compactMap(\.self).max() }
}

/// A card's change from one profile to the other.
public struct EvidenceSwitch: Sendable {
    public var device: String
    public var at: UTCInstant
    public var from: OperatorRef
    public var to: OperatorRef
    /// The profile that was enabled: 0 primary, 1 backup.
    public var slot: Int
    /// A word that programs can rely on.
    public var reason: String
    /// The same for people.
    public var phrase: String
}

/// An outage that concerned the product's operators, with what the product's own units did.
public struct EvidenceOutage: Sendable {
    /// Outages that a pack lists.
    public static let limit = 1_000

    public var record: OutageRecord
    /// Units of the product that left the operator while it lasted, rehearsals left out.
    public var left = 0
    /// Of those, how many came back to it before the end of the period.
    public var returned = 0
    /// Units that were noted as silent while it lasted.
    public var silent = 0
    /// Of those, how many were heard again before the end of the period.
    public var heardAgain = 0
}

/// What the product's cards did in the period.
public struct EvidenceActivity: Sendable {
    public struct Reason: Hashable, Sendable {
        public var name: String
        public var phrase: String
    }

    public var switches = 0
    public var unitsThatSwitched = 0
    public var reasons: [Reason: Int] = [:]
    public var silences = 0
    public var heardAgain = 0
    /// Rehearsals that were followed, by their result.
    public var rehearsals: [String: Int] = [:]
    /// What cards told about policy documents, by outcome.
    public var policies: [String: Int] = [:]
}

/// A case as it stood at the end of the period.
public struct EvidenceCase: Sendable {
    public var file: CaseFile
    /// Entries that were made after the period, which are not part of it.
    public var laterEntries: Int
    /// The reach that was frozen when it opened.
    public var snapshots: [ReachSnapshot]
}
