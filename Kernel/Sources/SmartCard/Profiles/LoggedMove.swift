import Resilience

/// A move of the card from one profile to the other, as its log keeps it.
///
/// The log is the cyclic file 6F01 in the card's own directory, DF 7F4D under the MF, with 16 records of 20 bytes; record 1 is the
/// newest. Who has verified PIN 1 may read it; no command writes it. Both profiles have it, with the same moves. A record holds, with
/// numbers big-endian: the count of moves with this one (4), how often a terminal had booted the card (4), seconds on the card's own
/// time line, which begins at each power-on and stands still where the terminal gives no time (4), the reason (1, ``MoveReason``), the
/// slot that was left (1) and the one that was taken (1), 0 for the primary, the network's three coded bytes (3; FFFFFF when unknown),
/// the access technology (1; FF when unknown), FF (1). A record that was never written is all FF.
public struct LoggedMove: Equatable, Sendable {
    public static let directory: UInt16 = 0x7F4D
    public static let file: UInt16 = 0x6F01
    public static let recordLength = 20
    public static let records = 16

    /// The card's count of moves, this one included.
    public var number: UInt32
    /// How often a terminal had booted the card.
    public var boot: UInt32
    /// Seconds since power-on, as the card knows them.
    public var seconds: UInt32
    public var reason: MoveReason
    public var from: Slot
    public var to: Slot
    /// Where the card was registered when it left, as far as it knew.
    public var network: ServingNetwork?

    public init(number: UInt32, boot: UInt32, seconds: UInt32, reason: MoveReason, from: Slot, to: Slot, network: ServingNetwork?) {
        self.number = number
        self.boot = boot
        self.seconds = seconds
        self.reason = reason
        self.from = from
        self.to = to
        self.network = network
    }

    /// Reads a record; nil for one that was never written, or that is none.
    public init?(_ record: [UInt8]) {
        guard record.count == LoggedMove.recordLength, let reason = MoveReason(rawValue: record[12]),
            let from = Slot(rawValue: record[13]),
            let to = Slot(rawValue: record[14])
        else { return nil }
        number = UInt32(truncatingIfNeeded: record.number(at: 0, size: 4))
        boot = UInt32(truncatingIfNeeded: record.number(at: 4, size: 4))
        seconds = UInt32(truncatingIfNeeded: record.number(at: 8, size: 4))
        self.reason = reason
        self.from = from
        self.to = to
        let plmn = UInt32(truncatingIfNeeded: record.number(at: 15, size: 3))
        network =
            plmn == 0xFF_FFFF ? nil : ServingNetwork(plmn: plmn, technology: AccessTechnology(rawValue: record[18]) ?? .other)
    }

    /// The record.
    public var encoded: [UInt8] {
        var record: [UInt8] = []
        record.append(UInt64(number), size: 4)
        record.append(UInt64(boot), size: 4)
        record.append(UInt64(seconds), size: 4)
        record.append(contentsOf: [reason.rawValue, from.rawValue, to.rawValue])
        record.append(UInt64(network?.plmn ?? 0xFF_FFFF), size: 3)
        record.append(contentsOf: [network?.technology.rawValue ?? 0xFF, 0xFF])
        return record
    }
}

extension ImageStore {
    /// Stages a move as the newest record of the log, in every profile that has one.
    mutating func stageMove(_ move: LoggedMove) {
        let record = move.encoded
        for profile in layout.profiles {
            guard let index = profile.cardFile(LoggedMove.file, .cyclic, in: bytes),
                let node = FileNode(bytes, at: profile.node(index), base: profile.base), node.recordLength == record.count,
                let oldest = node.record(node.records)
            else { continue }
            stage(record.span, at: oldest.lowerBound)
            stage(
                UInt64((node.newest + node.records - 1) % node.records), size: 1,
                at: profile.node(index) + FileNode.newestPlace)
        }
    }
}

extension ResilienceApplet {
    /// What the log says of the move that the policy has just decided.
    func logged(from slot: Slot) -> LoggedMove {
        LoggedMove(
            number: policy.memory.moves, boot: boots, seconds: UInt32(clamping: clock.now.milliseconds / 1_000),
            reason: policy.memory.lastMove, from: slot, to: enabled, network: network)
    }
}
