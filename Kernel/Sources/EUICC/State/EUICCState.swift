/// Everything about an eUICC that must survive a loss of power.
///
/// It is a value: functions return a changed copy, which the card writes atomically before the answer leaves (see ``encoded``).
/// There is always exactly one enabled profile.
public struct EUICCState: Equatable, Sendable {
    /// The most profiles.
    public static let mostProfiles = 4
    /// The longest nickname in bytes of UTF-8.
    public static let longestNickname = 64
    /// The most notifications; when another is made, the oldest gives way.
    public static let mostNotifications = 16
    /// The most eIMs.
    public static let mostAssociations = 2
    /// The most package results that wait for their acknowledgement; when another is made, the oldest gives way, because an IPA that
    /// never acknowledges must not lock its eIM out.
    public static let mostResults = 2
    /// The longest address of a default SM-DP+ in bytes.
    public static let longestAddress = 128

    public let profileCount: Int
    /// The index of the enabled profile.
    public internal(set) var enabled: Int
    /// The profile that has the fallback attribute.
    public internal(set) var fallbackAttribute: Int?
    /// The profile that was left when the fallback mechanism was executed, until it is returned to or another one is enabled. While it
    /// is there, the enabled profile is the one with the fallback attribute.
    public internal(set) var leftBehind: Int?
    /// What ProfileRollback would go back to.
    public internal(set) var rollback: Rollback?
    /// The nickname of each profile, empty when it has none.
    public internal(set) var nicknames: [[UInt8]]
    /// The default SM-DP+, UTF-8, empty when there is none.
    public internal(set) var defaultAddress: [UInt8] = []
    /// Oldest first.
    public internal(set) var notifications: [PendingNotification] = []
    /// Oldest first.
    public internal(set) var results: [PackageResult] = []
    public internal(set) var associations: [EIMAssociation] = []
    /// The sequence number that the next notification or result gets.
    public internal(set) var nextSequenceNumber: UInt32 = 1
    /// The association token that the next eIM gets.
    public internal(set) var nextToken: UInt32 = 1

    /// What has to be remembered so that the IPA can undo an enable that an eIM gave the rollback flag to.
    public struct Rollback: Equatable, Sendable {
        /// The profile that was enabled before.
        public var profile: Int
        /// The profile that had been left behind then.
        public var leftBehind: Int?
        /// The index of the eIM.
        public var association: Int
        /// The counter of its package.
        public var counter: UInt32
        /// The transaction of its package, at most 16 bytes.
        public var transaction: [UInt8]?
    }

    /// The state of a new card.
    ///
    /// - Parameters:
    ///   - profileCount: 1 to ``mostProfiles``; other values are brought into that range.
    ///   - enabled: the enabled profile.
    ///   - fallbackAttribute: the profile to fall back to.
    public init(profileCount: Int, enabled: Int = 0, fallbackAttribute: Int? = nil) {
        let count = min(max(1, profileCount), EUICCState.mostProfiles)
        self.profileCount = count
        self.enabled = min(max(0, enabled), count - 1)
        self.fallbackAttribute = fallbackAttribute.flatMap { (0..<count).contains($0) ? $0 : nil }
        nicknames = [[UInt8]](repeating: [], count: count)
    }

    /// Whether the enabled profile is enabled because the fallback mechanism was executed.
    public var isFallenBack: Bool { leftBehind != nil }

    /// Whether ``executeFallback(in:)`` would succeed: there is a fallback profile, and it is not the enabled one. An eIM that takes
    /// the fallback attribute away, or enables the fallback profile itself, thereby tells the card not to move by itself.
    public var mayFallBack: Bool { fallbackAttribute.map { $0 != enabled } ?? false }

    /// Gives the next sequence number.
    mutating func takeSequenceNumber() -> UInt32 {
        let number = nextSequenceNumber
        // Numbers start again after two thousand million; nobody keeps a notification for that long.
        nextSequenceNumber = number >= EIMAssociation.highestCounter ? 1 : number + 1
        return number
    }

    mutating func takeToken() -> UInt32 {
        let token = nextToken
        nextToken = token >= EIMAssociation.highestCounter ? 1 : token + 1
        return token
    }

    mutating func note(_ event: PendingNotification.Event, of profile: Int, in profiles: [ProfileMetadata]) {
        guard profiles.indices.contains(profile), !profiles[profile].notificationAddress.isEmpty else { return }
        if notifications.count >= EUICCState.mostNotifications { notifications.removeFirst() }
        notifications.append(PendingNotification(sequenceNumber: takeSequenceNumber(), event: event, profile: profile))
    }

    mutating func keep(_ result: PackageResult) {
        if results.count >= EUICCState.mostResults { results.removeFirst() }
        results.append(result)
    }
}
