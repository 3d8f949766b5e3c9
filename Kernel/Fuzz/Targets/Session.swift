import Resilience
import SmartCard
import Wire

/// A card in use, and what must hold after each step: an answer's form, counters that only a good value raises, SQN that never
/// falls, and a memory that says the same as the card.
struct Session {
    private var card: FuzzedCard
    private var status: UInt16 = 0
    private var counters: [Counter] = []
    /// The profile that the counters are of.
    private var shown = Slot.primary
    /// The highest SEQ accepted for each index value, by profile (TS 33.102, annex C.2).
    private var accepted: [Slot: [UInt64]] = [:]

    init(_ image: [UInt8]) throws {
        card = try FuzzedCard(memory: InProcessMemory(image))
        _ = card.reset()
        shown = card.visible
        counters = readCounters()
    }

    /// The tries left of a PIN and of its unblock value.
    private struct Counter: Equatable {
        var tries: UInt16
        var unblockTries: UInt16
    }

    private static let references: [UInt8] = [0x01, 0x81, 0x0A]

    /// Asks a copy of the card, so that the question leaves no trace.
    private func readCounters() -> [Counter] {
        var copy = card
        return Session.references.map { reference in
            Counter(
                tries: Session.status(copy.transmit([0x00, 0x20, 0x00, reference, 0x00])),
                unblockTries: Session.status(copy.transmit([0x00, 0x2C, 0x00, reference, 0x00])))
        }
    }

    private static func status(_ answer: [UInt8]) -> UInt16 { answer.suffix(2).reduce(0) { $0 << 8 | UInt16($1) } }

    mutating func send(_ command: [UInt8]) throws {
        let answer = card.transmit(command)
        try hold(answer.count >= 2 && answer.count <= 258, "\(Hex.text(command)) is answered with \(answer.count) bytes")
        status = Session.status(answer)
        try hold(Session.isWellFormed(status), "\(Hex.text(command)) is answered \(Hex.text(answer))")
        // An error brings no data (TS 102 221, clause 10.2.1).
        if !Session.isSuccess(status), status & 0xFF00 != 0x6200 {
            try hold(answer.count == 2, "\(Hex.text(command)) is refused with data: \(Hex.text(answer))")
        }
        guard command.count > 1 else { return }
        let after = readCounters()
        let concernsPIN = [0x20, 0x24, 0x26, 0x28, 0x2C].contains(command[1])
        for (before, now) in zip(counters, after) where before != now {
            try hold(concernsPIN, "\(Hex.text(command)) changed a counter")
            try hold(
                now.tries <= before.tries && now.unblockTries <= before.unblockTries || Session.isSuccess(status),
                "\(Hex.text(command)) raised a counter, and was answered \(Hex.text(answer))")
        }
        counters = after
    }

    /// Brings a script in secured packets: each is executed once, and answered. It may do what a terminal may not, to codes too.
    mutating func manage(_ script: [UInt8]) throws {
        guard let held = card.image.heldCounters.first?.counter.value, !script.isEmpty else { return }
        let envelopes = try Specimen.envelopes(script, counter: held + 1)
        for _ in 0..<2 {
            for envelope in envelopes {
                let answer = card.transmit(envelope)
                status = Session.status(answer)
                try hold(answer.count == 2 && Session.isWellFormed(status), "a packet is answered \(Hex.text(answer))")
            }
            try hold(card.image.heldCounters.first?.counter.value == held + 1, "a genuine packet is not executed exactly once")
        }
        counters = readCounters()
    }

    /// Sends a good challenge: an SQN that was accepted once, or a lower one of the same index, is never accepted again.
    mutating func challenge(_ number: UInt64) throws {
        let number = number & 0xFFFF_FFFF_FFFF
        try send(Specimen.authenticate(number))
        guard status >> 8 == 0x61 else { return }
        var copy = card
        guard copy.transmit([0x00, 0xC0, 0x00, 0x00, UInt8(truncatingIfNeeded: status)]).first == 0xDB else { return }
        let (sequence, index) = (number >> 5, Int(number & 31))
        var highest = accepted[shown] ?? [UInt64](repeating: 0, count: 32)
        try hold(sequence > highest[index], "SEQ \(sequence) of index \(index) is accepted after \(highest[index])")
        highest[index] = sequence
        accepted[shown] = highest
    }

    /// Fetches what the last answer announced.
    mutating func fetch() throws {
        let length = UInt8(truncatingIfNeeded: status)
        switch status >> 8 {
        case 0x61: try send([0x00, 0xC0, 0x00, 0x00, length])
        case 0x9F: try send([0xA0, 0xC0, 0x00, 0x00, length])
        case 0x91:
            try send([0x80, 0x12, 0x00, 0x00, length])
            try hold(Session.isSuccess(status), "FETCH of what was announced is answered \(status)")
        default: break
        }
    }

    mutating func reset() throws {
        _ = card.reset()
        status = 0
        try hold(card.enabled == card.visible, "another profile is visible after a reset than is enabled")
        let now = readCounters()
        // A switch shows the other profile's.
        if shown == card.visible { try hold(now == counters, "a reset changed a counter") }
        shown = card.visible
        counters = now
    }

    /// The card comes back from its memory, and is the same.
    mutating func losePower() throws {
        let before = card.image
        let restarted = try FuzzedCard(memory: card.memory)
        try hold(restarted.image == before, "the memory says something else than the card")
        card = restarted
        try reset()
    }

    private static func isSuccess(_ status: UInt16) -> Bool {
        status == 0x9000 || [0x61, 0x91, 0x9F].contains(status >> 8)
    }

    /// The status words of TS 102 221, clause 10.2.1, and, for class A0, of TS 51.011, clause 9.4. 60 is no status: with T=0 it means
    /// to wait.
    private static func isWellFormed(_ status: UInt16) -> Bool {
        switch status >> 8 {
        case 0x61...0x6F: true
        case 0x90: status == 0x9000
        case 0x91, 0x92, 0x93, 0x94, 0x98, 0x9F: true
        default: false
        }
    }
}
