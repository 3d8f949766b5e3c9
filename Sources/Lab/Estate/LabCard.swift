import Beacon
import Cipher
import Resilience
import SmartCard
import Synchronization

/// A card of ours in a terminal of the lab. It forgets everything but its non-volatile memory whenever it loses power.
public struct LabCard: UICC {
    /// Stands for the power supply: it can be set to fail in the middle of a write.
    public final class Fuse: Sendable {
        struct State {
            /// Which write from now on fails, 1 for the next, and how many of its bytes still get written.
            var cut: (write: Int, after: Int)?
            var isBlown = false
        }

        let state = Mutex(State())

        /// The power fails within the `write`-th write from now, after so many of its bytes.
        public func arm(write: Int, after bytes: Int) {
            state.withLock { $0.cut = (max(1, write), max(0, bytes)) }
        }

        /// Whether the power has failed and was not restored yet.
        public var isBlown: Bool { state.withLock { $0.isBlown } }

        func restore() { state.withLock { $0 = State() } }

        /// How much of a write of so many bytes gets through: nil for all of it.
        func pass(_ count: Int) -> Int? {
            state.withLock { state in
                if state.isBlown { return 0 }
                guard let cut = state.cut else { return nil }
                guard cut.write <= 1 else {
                    state.cut = (cut.write - 1, cut.after)
                    return nil
                }
                state.cut = nil
                state.isBlown = true
                return min(cut.after, count)
            }
        }
    }

    /// Memory behind a ``Fuse``.
    public struct Memory: NonVolatileMemory {
        private var stored: [UInt8]
        let fuse: Fuse

        init(_ contents: [UInt8], fuse: Fuse) {
            stored = contents
            self.fuse = fuse
        }

        public func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

        public mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
            guard let kept = fuse.pass(record.count) else { return stored += record }
            stored += record.prefix(kept)
            throw .writeFailed
        }

        public mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
            // Atomic: a cut leaves the old image or the new one, by how far it had come.
            if let kept = fuse.pass(image.count) {
                if kept * 2 > image.count { stored = image }
                throw .writeFailed
            }
            stored = image
        }
    }

    public let fuse: Fuse
    fileprivate var card: Card<TableAES, Memory>
    private var isPowered = false

    public init(image: CardImage) throws(CardImageError) {
        fuse = Fuse()
        card = try Card(memory: Memory(image.encoded, fuse: fuse))
    }

    /// A cold reset reads the memory afresh; a memory that no longer makes a card gives no answer to reset.
    public mutating func reset() -> [UInt8] {
        if !isPowered {
            guard let fresh = try? Card<TableAES, Memory>(memory: card.memory) else { return [] }
            card = fresh
            isPowered = true
        }
        return card.reset()
    }

    public mutating func transmit(_ command: [UInt8]) -> [UInt8] {
        guard isPowered, !fuse.isBlown else { return [] }
        let answer = card.transmit(command)
        return fuse.isBlown ? [] : answer
    }

    public mutating func powerOff() {
        isPowered = false
        fuse.restore()
    }
}

extension LabCard {
    /// What the switching policy on the card remembers; for onlookers, a terminal must not know it.
    public var policyMemory: Resilience.Memory { card.policyMemory }
    /// The parameters that the card follows.
    public var policyParameters: Parameters { card.policyParameters }
    /// What came of the last policy document.
    public var policyOutcome: PolicyOutcome? { card.policyOutcome }
}
