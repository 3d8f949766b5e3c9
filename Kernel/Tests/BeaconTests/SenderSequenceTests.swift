import TestSupport
import Testing

@testable import Beacon

@Suite("SenderSequence, RFC 8613 appendix B.1.1")
struct SenderSequenceTests {
    @Test("counts from 0, and asks for one write in every 64 numbers")
    func writes() throws {
        var sequence = SenderSequence()
        var ceilings: [UInt64] = []
        for number in 0..<200 as Range<UInt64> {
            #expect(try sequence.take() == number)
            #expect(sequence.ceiling > number)
            if ceilings.last != sequence.ceiling { ceilings.append(sequence.ceiling) }
        }
        #expect(ceilings == [64, 128, 192, 256])
    }

    @Test("goes on from the ceiling after a restart, and leaves a margin out when it is told to")
    func restart() throws {
        var sequence = SenderSequence(ceiling: 64)
        #expect(try sequence.take() == 64)
        #expect(sequence.ceiling == 128)
        var margin = SenderSequence(ceiling: 64, margin: 1 << 32)
        #expect(try margin.take() == 64 + 1 << 32)
    }

    @Test("never takes a number twice, wherever the power goes", arguments: [1, 2, 64, 1_000] as [UInt64])
    func powerCuts(step: UInt64) throws {
        var seed = Seed.fresh()
        var memory: UInt64 = 0
        var used = Set<UInt64>()
        var sequence = SenderSequence(ceiling: memory, step: step)
        for _ in 0..<20_000 {
            let number = try sequence.take()
            let cut = seed.below(50)
            // Power goes before the write: the number was not used.
            if cut == 0 {
                sequence = SenderSequence(ceiling: memory, step: step)
                continue
            }
            memory = sequence.ceiling
            // Power goes between the write and the use.
            if cut == 1 {
                sequence = SenderSequence(ceiling: memory, step: step)
                continue
            }
            #expect(used.insert(number).inserted)
            #expect(number < memory)
            if cut == 2 { sequence = SenderSequence(ceiling: memory, step: step) }
        }
    }

    @Test("ends after 2^40 numbers, and does not start again")
    func exhausted() throws {
        var sequence = SenderSequence(ceiling: (1 << 40) - 2)
        #expect(try sequence.take() == (1 << 40) - 2)
        #expect(sequence.ceiling == 1 << 40)
        #expect(try sequence.take() == (1 << 40) - 1)
        #expect(throws: OSCOREError.sequenceExhausted) { try sequence.take() }
        #expect(throws: OSCOREError.sequenceExhausted) { try sequence.take() }
        var restarted = SenderSequence(ceiling: sequence.ceiling, margin: .max)
        #expect(throws: OSCOREError.sequenceExhausted) { try restarted.take() }
        var beyond = SenderSequence(ceiling: .max, step: .max)
        #expect(throws: OSCOREError.sequenceExhausted) { try beyond.take() }
    }
}
