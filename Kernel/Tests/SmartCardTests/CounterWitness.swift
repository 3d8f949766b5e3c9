import Cipher
import Resilience
import SmartCard
import TestSupport
import Wire

/// Sees what a card is sent and answers, and says when a counter is not what it must be: tries that rise only with a value that was
/// right, SQN that is never accepted twice and never falls, and neither changed by a reset or a loss of power.
struct CounterWitness {
    private struct Counter: Equatable {
        var tries: UInt16
        var unblockTries: UInt16
    }

    private static let references: [UInt8] = [0x01, 0x81, 0x0A, 0x11]
    private static let random = hex("23553cbe9637a89d218ae64dae47bf35")

    private var counters: [Slot: [Counter]] = [:]
    /// The highest SEQ accepted for each index value.
    private var accepted: [Slot: [UInt64]] = [:]
    private var highest: [Slot: UInt64] = [:]
    private(set) var challengesAccepted = 0
    private(set) var challengesRefused = 0

    init(_ card: TestCard) {
        counters[card.visible] = Self.read(card)
    }

    /// Asks a copy of the card, so that the question leaves no trace.
    private static func read(_ card: TestCard) -> [Counter] {
        var copy = card
        return references.map { reference in
            Counter(
                tries: Reply(copy.transmit([0x00, 0x20, 0x00, reference, 0x00])).status,
                unblockTries: Reply(copy.transmit([0x00, 0x2C, 0x00, reference, 0x00])).status)
        }
    }

    /// A command was answered. Returns what is wrong.
    mutating func saw(_ command: [UInt8], answered status: UInt16, by card: TestCard) -> String? {
        guard command.count > 1, [0x20, 0x24, 0x26, 0x28, 0x2C].contains(command[1]) else { return nil }
        let now = Self.read(card)
        defer { counters[card.visible] = now }
        let isDone = status == 0x9000 || status >> 8 == 0x91
        for (before, now) in zip(counters[card.visible] ?? now, now) {
            if !isDone && (now.tries > before.tries || now.unblockTries > before.unblockTries) { return "a counter rose" }
        }
        // A wrong value that was compared is counted; only asking costs nothing, also with an extended Le.
        let hasValue = command.count > 5 && command[4] != 0
        if status >> 8 == 0x63, hasValue, command[0] == 0x00, counters[card.visible] == now {
            return "a wrong value was not counted"
        }
        return nil
    }

    /// The card was reset, or lost its power.
    mutating func sawReset(of card: TestCard) -> String? {
        let now = Self.read(card)
        defer { counters[card.visible] = now }
        guard let before = counters[card.visible], before != now else { return nil }
        return "a reset changed a counter"
    }

    /// Sends a good challenge with an SQN around the highest one.
    mutating func challenge(_ card: inout TestCard, _ seed: inout Seed) -> String? {
        let slot = card.visible
        let algorithm = Milenage<TableAES>(
            key: slot == .primary ? Workbench.key : Workbench.backupKey,
            operatorConstant: slot == .primary ? Workbench.operatorConstant : Workbench.backupConstant)
        let challenge = algorithm.challenge(Block(Self.random))
        let top = highest[slot] ?? 0
        let number = max(0, Int64(top) + Int64(seed.below(400)) - 200)
        var token = ByteWriter()
        token.uint(UInt64(number) ^ algorithm.response(challenge).anonymityKey, size: 6)
        token.uint16(0x8000)
        token.uint64(algorithm.codes(challenge, sequence: UInt64(number), management: 0x8000).authentication)
        let reply = card.exchange("008800812210" + Hex.text(Self.random) + "10" + Hex.text(token.bytes))
        let (sequence, index) = (UInt64(number) >> 5, Int(number & 31))
        var sequences = accepted[slot] ?? [UInt64](repeating: 0, count: 32)
        switch reply.data.first {
        case 0xDB:
            if sequence <= sequences[index] { return "SQN \(number) is accepted, after \(sequences[index]) of its index" }
            sequences[index] = sequence
            accepted[slot] = sequences
            if sequence > top >> 5 { highest[slot] = UInt64(number) }
            challengesAccepted += 1
        case 0xDC:
            if sequence > sequences[index] { return "SQN \(number) is refused, after \(sequences[index]) of its index" }
            let key = algorithm.resynchronisationKey(challenge)
            let told = reply.data.dropFirst(2).prefix(6).reduce(0) { $0 << 8 | UInt64($1) } ^ key
            if told >> 5 != top >> 5 { return "the card says that SQN was \(told), and it was \(top)" }
            challengesRefused += 1
        default: break
        }
        return nil
    }
}
