/// What the policy must find again after power loss. Written only when it changes; see ``Cost/writesPerDay``.
public struct Memory: Equatable, Sendable {
    /// What the enabled profile is to the card.
    public enum Phase: UInt8, Equatable, Sendable {
        /// On the primary, which delivered.
        case home = 0
        /// On the backup, which delivered.
        case away = 1
        /// On the primary to see whether it delivers again, the backup being known to.
        case trial = 2
        /// On a profile because the other one failed; this one has not delivered yet.
        case looking = 3
        /// Neither profile delivered; waiting on this one before the next look at the other.
        case resting = 4
        /// On the backup for one beacon, the primary delivering, because the estate asked for it.
        case rehearsal = 5
    }

    /// The profile that is enabled, or will be once the terminal obeys.
    public internal(set) var enabled: Slot = .primary
    /// What that profile is to the card.
    public internal(set) var phase: Phase = .home
    /// Why it last moved.
    public internal(set) var lastMove: MoveReason = .none
    /// How often it has moved in its life.
    public internal(set) var moves: UInt32 = 0
    /// How many times the hold before a trial return has been doubled.
    public internal(set) var holdStep: UInt8 = 0
    /// How many profiles in a row were tried and did not deliver.
    public internal(set) var fruitless: UInt8 = 0
    /// Moves the budget still allows.
    public internal(set) var allowance: UInt8 = .max
    /// The profile through which a beacon was last answered.
    public internal(set) var lastProven: Slot = .primary
    /// A channel has worked once on this terminal, so that its failure is evidence.
    public internal(set) var channelProven: Bool = false
    /// Power sessions in a row that were cut while nothing had been delivered, at most 3.
    public internal(set) var cutShort: UInt8 = 0
    /// The number of the last rehearsal that was followed; zero before the first.
    public internal(set) var rehearsed: UInt8 = 0
    /// Power sessions in a row in which a beacon went unanswered and none was answered, up to ``Parameters/misses``.
    public internal(set) var unanswered: UInt8 = 0
    /// The responder that answered when that count last ended: the first to be asked after power-on.
    public internal(set) var firstResponder: UInt8 = 0
    /// How often the card had been switched on when it last moved.
    public internal(set) var movedAt: UInt32 = 0
    /// How far the last failed attempt got on the primary, and on the backup.
    var reachPrimary = Reach.unknown
    var reachBackup = Reach.unknown

    /// How far into an operator a terminal got.
    enum Reach: UInt8, Equatable, Comparable, Sendable {
        case unknown = 0
        case noService = 1
        case registered = 2
        case connected = 3

        static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
    }

    func reach(of slot: Slot) -> Reach { slot == .primary ? reachPrimary : reachBackup }

    mutating func remember(_ reach: Reach, of slot: Slot) {
        if slot == .primary { reachPrimary = reach } else { reachBackup = reach }
    }

    /// The memory of a card that has never been used.
    public init() {}

    /// The size of the encoded form in bytes.
    public static let encodedSize = 23
    /// Format 1 had no rehearsals, format 2 no count of power sessions.
    private static let olderSizes = (first: 16, second: 17)

    /// Format 3, 23 bytes: version, enabled, phase, last move, moves (4, big-endian), hold step, fruitless, allowance,
    /// last proven, channel proven, cut short, how far the primary and the backup got, the last rehearsal's number, sessions
    /// unanswered, first responder, moved at (4, big-endian).
    public var encoded: [UInt8] {
        [
            3, enabled.rawValue, phase.rawValue, lastMove.rawValue,
            UInt8(truncatingIfNeeded: moves >> 24), UInt8(truncatingIfNeeded: moves >> 16),
            UInt8(truncatingIfNeeded: moves >> 8), UInt8(truncatingIfNeeded: moves),
            holdStep, fruitless, allowance, lastProven.rawValue, channelProven ? 1 : 0, cutShort,
            reachPrimary.rawValue, reachBackup.rawValue, rehearsed,
            unanswered, firstResponder,
            UInt8(truncatingIfNeeded: movedAt >> 24), UInt8(truncatingIfNeeded: movedAt >> 16),
            UInt8(truncatingIfNeeded: movedAt >> 8), UInt8(truncatingIfNeeded: movedAt),
        ]
    }

    /// Reads the encoded form. Of an older format it knows no power sessions: what was waited for is taken to be nearly over.
    ///
    /// Returns nil for another length or version, a value outside its range, or a combination that the policy cannot have
    /// written; the card then starts with a fresh memory on its primary.
    public init?(_ bytes: [UInt8]) {
        let format: UInt8
        switch bytes.count {
        case Memory.olderSizes.first: format = 1
        case Memory.olderSizes.second: format = 2
        case Memory.encodedSize: format = 3
        default: return nil
        }
        guard bytes[0] == format, format < 3 || bytes[18] <= 1, let enabled = Slot(rawValue: bytes[1]),
            let phase = Phase(rawValue: bytes[2]),
            let lastMove = MoveReason(rawValue: bytes[3]), bytes[8] <= 31,
            let lastProven = Slot(rawValue: bytes[11]), bytes[12] <= 1, bytes[13] <= 3,
            let reachPrimary = Reach(rawValue: bytes[14]), let reachBackup = Reach(rawValue: bytes[15])
        else { return nil }
        switch phase {
        case .home, .trial: guard enabled == .primary else { return nil }
        case .away, .rehearsal: guard enabled == .backup else { return nil }
        case .looking, .resting: break
        }
        self.enabled = enabled
        self.phase = phase
        self.lastMove = lastMove
        moves = UInt32(bytes[4]) << 24 | UInt32(bytes[5]) << 16 | UInt32(bytes[6]) << 8 | UInt32(bytes[7])
        holdStep = bytes[8]
        fruitless = bytes[9]
        allowance = bytes[10]
        self.lastProven = lastProven
        channelProven = bytes[12] == 1
        cutShort = bytes[13]
        self.reachPrimary = reachPrimary
        self.reachBackup = reachBackup
        if format >= 2 { rehearsed = bytes[16] }
        if format >= 3 {
            unanswered = bytes[17]
            firstResponder = bytes[18]
            movedAt = UInt32(bytes[19]) << 24 | UInt32(bytes[20]) << 16 | UInt32(bytes[21]) << 8 | UInt32(bytes[22])
        }
    }
}
