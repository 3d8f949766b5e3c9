/// The sequence numbers a USIM has accepted, one for each index value (3GPP TS 33.102, annex C.1 and C.2).
///
/// SQN has 48 bits: SEQ, then IND in the low `indexBits` bits. Networks that each use an index of their own cannot push each other
/// out of step.
struct SequenceNumbers: Sendable {
    /// The most index bits: 32 slots.
    static let mostIndexBits = 5
    /// How far SEQ may run ahead of the highest one accepted, so that a wrong challenge cannot use the numbers up (annex C.2.1).
    static let furthestAhead: UInt64 = 1 << 28

    let indexBits: Int
    /// The highest SQN accepted so far, zero before the first.
    private(set) var highest: UInt64 = 0

    init(_ bytes: [UInt8], layout: ProfileLayout) {
        indexBits = Int(bytes.byte(at: layout.indexBits))
        for slot in 0..<(1 << indexBits) {
            let sequence = bytes.number(at: SequenceNumbers.place(slot, in: layout), size: ProfileLayout.sequenceSize)
            if sequence > 0 { highest = max(highest, sequence << UInt64(indexBits) | UInt64(slot)) }
        }
    }

    static func place(_ slot: Int, in layout: ProfileLayout) -> Int { layout.sequences + slot * ProfileLayout.sequenceSize }

    func slot(of number: UInt64) -> Int { Int(number & ((1 << UInt64(indexBits)) - 1)) }

    func sequence(of number: UInt64) -> UInt64 { number >> UInt64(indexBits) }

    /// Whether a challenge with this SQN is fresh.
    func isFresh(_ number: UInt64, in bytes: [UInt8], layout: ProfileLayout) -> Bool {
        let sequence = sequence(of: number)
        let accepted = bytes.number(at: SequenceNumbers.place(slot(of: number), in: layout), size: ProfileLayout.sequenceSize)
        let highest = self.sequence(of: self.highest)
        if sequence > highest, sequence - highest > SequenceNumbers.furthestAhead { return false }
        return sequence > accepted
    }

    /// Takes note of an accepted SQN that has been made durable.
    mutating func accept(_ number: UInt64) {
        if sequence(of: number) > sequence(of: highest) { highest = number }
    }
}
