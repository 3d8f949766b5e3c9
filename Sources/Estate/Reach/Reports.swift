/// A part of a whole.
public struct Share: Equatable, Codable, Sendable {
    public var part: Int
    public var whole: Int

    public init(part: Int, whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// From 0 to 1; 0 of nothing is 0.
    public var fraction: Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

/// Whether a device is heard from as it should be.
public enum ReachState: String, Codable, CaseIterable, Sendable {
    /// Heard from within what it owes.
    case reachable
    /// A beacon or two are missing.
    case late
    /// Nothing for too long.
    case silent
    /// Nothing yet.
    case never
}

public struct StateCounts: Equatable, Codable, Sendable {
    public var reachable = 0
    public var late = 0
    public var silent = 0
    public var never = 0

    mutating func count(_ state: ReachState) {
        switch state {
        case .reachable: reachable += 1
        case .late: late += 1
        case .silent: silent += 1
        case .never: never += 1
        }
    }
}

/// How many devices an operator carries through one of its cards' profiles.
public struct CarrierCount: Equatable, Codable, Sendable {
    public var `operator`: OperatorRef
    /// 0 for the primary profile, 1 for the backup.
    public var slot: Int
    public var devices: Int
}

/// Reach of the devices that have something in common.
public struct SliceReport: Equatable, Codable, Sendable {
    /// What they have in common: a product's name, a country, ...
    public var value: String
    public var devices: Int
    /// Devices heard from within the last 24 hours.
    public var reach24: Share
    public var reach72: Share
    public var states: StateCounts
}

/// Slices by each concept, the largest first, at most ``limit`` of each.
public struct Slices: Equatable, Codable, Sendable {
    public static let limit = 50

    public var products: [SliceReport]
    public var countries: [SliceReport]
    /// By the operator of the enabled profile.
    public var operators: [SliceReport]
    public var firmware: [SliceReport]
    public var tags: [SliceReport]
}

/// The estate at a glance.
public struct Overview: Equatable, Codable, Sendable {
    public var at: UTCInstant
    public var devices: Int
    public var reach24: Share
    public var reach72: Share
    public var states: StateCounts
    /// The largest first.
    public var carriers: [CarrierCount]
    public var slices: Slices
    public var openOutages: [OutageRecord]
    /// The newest first.
    public var recentEvents: [EventRecord]
    public var desks: [DeskCounters]
    public var ledger: LedgerStanding
}

/// Which devices. What is nil does not restrict.
public struct DeviceFilter: Equatable, Sendable {
    public var product: String?
    public var firmware: String?
    public var country: String?
    public var area: String?
    public var tag: String?
    /// The id of the operator that carries the device now.
    public var `operator`: Int?
    public var state: ReachState?
    /// 0: on its primary profile, 1: on its backup.
    public var slot: Int?
    /// A part of the device's name, its card's number, an ICCID or an IMSI; letters of either case.
    public var text: String?

    public init() {}
}

public struct DeviceQuery: Equatable, Sendable {
    public enum Sort: String, CaseIterable, Sendable { case name, product, lastProof, state, moves }

    public static let sizes = 1...200

    public var filter = DeviceFilter()
    public var sort: Sort = .name
    public var descending = false
    /// From 1.
    public var page = 1
    /// Rows of a page; brought into ``sizes``.
    public var size = 50

    public init() {}
}

public struct DeviceRow: Equatable, Codable, Sendable {
    public var id: String
    public var product: String
    public var firmware: String
    public var country: String
    public var area: String?
    public var tags: [String]
    public var state: ReachState
    /// The enabled profile: 0 primary, 1 backup.
    public var slot: Int
    /// The operator of the enabled profile.
    public var `operator`: OperatorRef
    public var lastProof: UTCInstant?
    /// Seconds since the last proof.
    public var age: Int64?
    /// Changes of profile, as the card counts them.
    public var moves: Int
    /// Seconds between beacons.
    public var interval: Int
}

public struct DevicePage: Equatable, Codable, Sendable {
    public var total: Int
    public var page: Int
    public var size: Int
    public var pages: Int
    public var rows: [DeviceRow]
}

public struct ProfileDetail: Equatable, Codable, Sendable {
    public var slot: Int
    public var iccid: String
    public var imsi: String
    public var `operator`: OperatorRef
    public var lastProof: UTCInstant?
    /// Seconds since the last proof through this profile.
    public var age: Int64?
    public var enabled: Bool
    /// The access point, as the inventory says it; nil when it does not.
    public var apn: String?
}

/// A stretch of time in which one operator carried a device, as its beacons prove it.
public struct CarrierSpan: Equatable, Codable, Sendable {
    public var `operator`: OperatorRef
    public var slot: Int
    public var from: UTCInstant
    /// Nil while it lasts.
    public var until: UTCInstant?
    /// Why the card came here, as a word.
    public var reason: String
}

public struct MoveRecord: Equatable, Codable, Sendable {
    public var at: UTCInstant
    /// Nil for the profile it was first heard on.
    public var from: Int?
    public var to: Int
    public var `operator`: OperatorRef
    public var reason: String
    /// One sentence for people.
    public var text: String
}

public struct DeviceDetail: Equatable, Codable, Sendable {
    public var row: DeviceRow
    public var cardNumber: UInt64
    public var preset: String
    /// The policy version that the card reports.
    public var policyVersion: Int
    public var wantedPolicyVersion: Int?
    public var profiles: [ProfileDetail]
    public var boots: Int
    public var missedBeacons: Int
    public var servingPLMN: String?
    /// "LTE", ...
    public var technology: String?
    public var firstSeen: UTCInstant?
    public var lastMove: MoveRecord?
    /// The newest first, at most 200.
    public var carriers: [CarrierSpan]
    /// The newest first, at most 100.
    public var moves: [MoveRecord]
    /// The newest first, at most 50.
    public var events: [EventRecord]
    /// What its radio can use, as the inventory says it: "4G", "LTE-M", ...; empty when it does not.
    public var technologies: [String]
    /// The last rehearsal that was asked for.
    public var rehearsal: RehearsalRecord?
    /// The last policy document that was sent.
    public var policyDocument: PolicyRecord?
}

/// What a responder did since it was opened, by outcome.
public struct DeskCounters: Equatable, Codable, Sendable {
    public var responder: Int
    public var answered = 0
    /// Identical datagrams that got their identical answer again.
    public var repeated = 0
    public var unknownCard = 0
    public var replayed = 0
    public var forged = 0
    /// Datagrams that are no request of the protocol.
    public var malformed = 0
    /// Requests for something that is not there.
    public var misdirected = 0
    /// Authentic beacons from a profile that the inventory does not have.
    public var contradicting = 0
    /// Requests turned away because there were too many.
    public var overloaded = 0
    /// Datagrams in the last batch.
    public var lastBatch = 0

    init(responder: Int) { self.responder = responder }
}
