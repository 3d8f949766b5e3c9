/// Which units something is about: those of a product, with all of its firmware versions or some.
public struct UnitSelection: Hashable, Codable, Sendable {
    /// Versions that one selection may name.
    public static let versionLimit = 64

    public var product: String
    /// Empty for all.
    public var versions: [String]

    public init(product: String, versions: [String] = []) {
        self.product = product
        self.versions = versions
    }
}

/// How many of some units could be reached at one moment, and through whom.
public struct ReachSummary: Equatable, Codable, Sendable {
    /// The units that one operator carried.
    public struct Carrier: Equatable, Codable, Sendable {
        public var `operator`: OperatorRef
        public var units: Int
        public var heard24: Int
        /// Of `units`, those on their backup profile.
        public var onBackup: Int
    }

    public var units = 0
    /// Heard from within the 24 hours before.
    public var heard24 = 0
    public var heard72 = 0
    public var onBackup = 0
    /// Silent for longer than they owe, without those never heard.
    public var silent = 0
    public var never = 0
    /// By the operator of the enabled profile, the largest first.
    public var carriers: [Carrier] = []

    public var reach24: Share { Share(part: heard24, whole: units) }
    public var reach72: Share { Share(part: heard72, whole: units) }
}

/// Who of some units could be reached at one moment, frozen unit by unit so that it can be held against any later one.
public struct ReachSnapshot: Equatable, Codable, Sendable {
    public var id: Int64
    public var at: UTCInstant
    public var selection: UnitSelection
    public var summary: ReachSummary
    /// SHA-256 over the frozen units as they are stored, in hex.
    public var digest: String
}

/// What has become of a snapshot's units.
public struct SnapshotProgress: Equatable, Codable, Sendable {
    public var at: UTCInstant
    /// The same units as they are now. What has left the inventory counts as never heard.
    public var now: ReachSummary
    /// Units that were heard from since the snapshot.
    public var heardSince: Int
    /// Units not heard from within the last 24 hours.
    public var dark: Int
    /// Of those that were heard within 24 hours then, how many are dark now.
    public var lost: Int
    /// Of those that were not, how many have been heard since.
    public var found: Int
}

/// A unit of a snapshot that was not heard from within the last 24 hours.
public struct DarkUnit: Equatable, Codable, Sendable {
    public var device: String
    /// Nil when it was never heard, or has left the inventory.
    public var lastProof: UTCInstant?
    /// The operator that carried it last.
    public var `operator`: OperatorRef
    /// 0 primary, 1 backup.
    public var slot: Int
    /// How it stood when the snapshot was taken.
    public var proofThen: UTCInstant?
    public var firmware: String
    public var country: String
    public var hasBackup: Bool
}

/// Why a snapshot cannot be taken.
public enum SnapshotError: Error, Equatable, Sendable {
    case tooManyVersions(Int)
    case unknownSnapshot(Int64)
}
