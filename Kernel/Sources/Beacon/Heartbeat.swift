import Wire

/// What a card says of itself in a beacon: a CBOR map with small unsigned keys, in ascending order.
///
/// A reader skips keys that it does not know, so that newer cards can talk to older estates.
public struct Heartbeat: Equatable, Sendable {
    /// Which of the card's two profiles is enabled.
    public enum Profile: UInt8, Equatable, Sendable {
        case primary = 0
        case backup = 1
    }

    /// Key 1: who it is; the same number as the OSCORE identifier.
    public var card: CardNumber
    /// Key 2: the profile that is enabled.
    public var profile: Profile
    /// Key 3: why the card last moved from one profile to the other; the codes are those of the switching policy.
    public var lastMove: UInt8
    /// Key 4: how often it has moved since it was personalised.
    public var moves: UInt32
    /// Key 5: how often it was switched on since then.
    public var boots: UInt32
    /// Key 6: how many beacons were not answered since then.
    public var missed: UInt32
    /// Key 7: the version of the switching policy's parameters that the card follows.
    public var policy: UInt32
    /// Key 8: seconds since the last move, as the card counts them; nil when it can't tell.
    public var sinceMove: UInt32?
    /// Key 9: the network that serves it, in the three bytes of 3GPP TS 24.008, 10.5.1.3.
    public var network: PLMN?
    /// Key 10: the access technology (ETSI TS 102 223, 8.61).
    public var technology: UInt8?
    /// Key 11: which responder the beacon is meant for.
    public var responder: UInt8
    /// Key 12: the number of the last rehearsal of the backup that the card has followed; zero, and then not said, for none.
    public var rehearsed: UInt8
    /// Keys 13 and 14: what came of the last policy document; nil when there is nothing that the estate has not heard yet.
    public var outcome: PolicyOutcome?

    /// The longest map that is read, in bytes.
    public static var sizeLimit: Int { 256 }
    /// The most pairs that are read.
    public static var pairLimit: Int { 32 }

    public init(
        card: CardNumber, profile: Profile, lastMove: UInt8 = 0, moves: UInt32 = 0, boots: UInt32 = 0, missed: UInt32 = 0,
        policy: UInt32 = 0, sinceMove: UInt32? = nil, network: PLMN? = nil, technology: UInt8? = nil, responder: UInt8 = 0,
        rehearsed: UInt8 = 0, outcome: PolicyOutcome? = nil
    ) {
        self.card = card
        self.profile = profile
        self.lastMove = lastMove
        self.moves = moves
        self.boots = boots
        self.missed = missed
        self.policy = policy
        self.sinceMove = sinceMove
        self.network = network
        self.technology = technology
        self.responder = responder
        self.rehearsed = rehearsed
        self.outcome = outcome
    }

    /// The CBOR map: at most 68 bytes.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 80)
        let known = (sinceMove == nil ? 0 : 1) + (network == nil ? 0 : 1) + (technology == nil ? 0 : 1)
        writer.map(8 + known + (rehearsed == 0 ? 0 : 1) + (outcome == nil ? 0 : 2))
        writer.pair(1, card.value)
        writer.pair(2, UInt64(profile.rawValue))
        writer.pair(3, UInt64(lastMove))
        writer.pair(4, UInt64(moves))
        writer.pair(5, UInt64(boots))
        writer.pair(6, UInt64(missed))
        writer.pair(7, UInt64(policy))
        if let sinceMove { writer.pair(8, UInt64(sinceMove)) }
        if let network {
            writer.uint(9)
            writer.bytes(network.bytes)
        }
        if let technology { writer.pair(10, UInt64(technology)) }
        writer.pair(11, UInt64(responder))
        if rehearsed != 0 { writer.pair(12, UInt64(rehearsed)) }
        if let outcome {
            writer.pair(13, UInt64(outcome.version))
            writer.pair(14, UInt64(outcome.result.rawValue))
        }
        return writer.bytes
    }

    /// Reads the CBOR map.
    public init(_ payload: ArraySlice<UInt8>) throws(PayloadError) {
        var card: UInt64?
        var profile: Profile?
        var lastMove: UInt8?
        var counters: (moves: UInt32?, boots: UInt32?, missed: UInt32?, policy: UInt32?)
        var sinceMove: UInt32?
        var network: PLMN?
        var technology: UInt8?
        var responder: UInt8?
        var rehearsed: UInt8 = 0
        var document: (version: UInt32?, result: PolicyOutcome.Result?)
        do throws(CBORError) {
            guard payload.count <= Heartbeat.sizeLimit else {
                throw .tooLarge(value: UInt64(payload.count), limit: UInt64(Heartbeat.sizeLimit), offset: payload.startIndex)
            }
            var reader = CBORReader([UInt8](payload))
            var previous: UInt64?
            for _ in 0..<(try reader.map(max: Heartbeat.pairLimit)) {
                let key = try reader.key(after: previous)
                previous = key
                switch key {
                case 1: card = try reader.uint(max: CardNumber.limit)
                case 2: profile = try reader.uint(max: 1) == 1 ? .backup : .primary
                case 3: lastMove = try reader.uint8()
                case 4: counters.moves = try reader.uint32()
                case 5: counters.boots = try reader.uint32()
                case 6: counters.missed = try reader.uint32()
                case 7: counters.policy = try reader.uint32()
                case 8: sinceMove = try reader.uint32()
                case 9: network = try reader.plmn()
                case 10: technology = try reader.uint8()
                case 11: responder = try reader.uint8()
                case 12: rehearsed = try reader.uint8()
                case 13: document.version = try reader.uint32()
                case 14: document.result = PolicyOutcome.Result(rawValue: try reader.uint8())
                default: try reader.skip()
                }
            }
            try reader.finish()
        } catch {
            throw .cbor(error)
        }
        guard let card, let number = CardNumber(card) else { throw .missing(key: 1) }
        guard let profile else { throw .missing(key: 2) }
        guard let lastMove else { throw .missing(key: 3) }
        guard let moves = counters.moves else { throw .missing(key: 4) }
        guard let boots = counters.boots else { throw .missing(key: 5) }
        guard let missed = counters.missed else { throw .missing(key: 6) }
        guard let policy = counters.policy else { throw .missing(key: 7) }
        guard let responder else { throw .missing(key: 11) }
        var outcome: PolicyOutcome?
        if let version = document.version, let result = document.result { outcome = PolicyOutcome(version: version, result) }
        self.init(
            card: number, profile: profile, lastMove: lastMove, moves: moves, boots: boots, missed: missed, policy: policy,
            sinceMove: sinceMove, network: network, technology: technology, responder: responder, rehearsed: rehearsed,
            outcome: outcome)
    }
}

extension CBORWriter {
    mutating func pair(_ key: UInt64, _ value: UInt64) {
        uint(key)
        uint(value)
    }
}

extension CBORReader {
    mutating func uint8() throws(CBORError) -> UInt8 { UInt8(truncatingIfNeeded: try uint(max: 0xFF)) }

    /// A network in three bytes. One whose digits are none is taken for no network: terminals report such when they have none.
    mutating func plmn() throws(CBORError) -> PLMN? {
        let start = offset
        let bytes = try bytes(max: 3)
        guard bytes.count == 3 else {
            throw .truncated(Truncation(needed: 3, left: bytes.count, offset: start))
        }
        do throws(NumberingError) { return try PLMN(bytes: bytes) } catch { return nil }
    }
}
