import Beacon
import Cipher
import Resilience
import Testing
import Wire

@testable import SmartCard

/// Power cuts, and whatever comes for a document.
extension PolicyUpdateTests {
    /// What the memory held before and after a step that ends with `holds`.
    private func step(_ terminal: Terminal, atMost: UInt64, until holds: (Terminal) -> Bool) throws -> (
        before: [UInt8], after: [UInt8]
    ) {
        var before = try terminal.card.memory.contents()
        var last = before
        let came = terminal.run(atMost: atMost) { terminal in
            guard !holds(terminal) else { return true }
            before = last
            last = (try? terminal.card.memory.contents()) ?? []
            before = last
            return false
        }
        #expect(came)
        return (before, try terminal.card.memory.contents())
    }

    private func cutEverywhere(
        _ contents: (before: [UInt8], after: [UInt8]), old: (UInt32, PolicyOutcome?), new: (UInt32, PolicyOutcome?)
    ) throws {
        try #require(contents.after.starts(with: contents.before) && contents.after.count > contents.before.count)
        var seen: Set<UInt32> = []
        for length in contents.before.count...contents.after.count {
            let card = try TestCard(memory: InProcessMemory(Array(contents.after.prefix(length))))
            let version = card.policyParameters.version
            seen.insert(version)
            #expect(card.policyOutcome == (version == new.0 ? new.1 : old.1), "after \(length) bytes")
            #expect(version == new.0 || version == old.0)
            #expect((card.applet.updates?.trial != nil) == (card.policyOutcome?.result == .onTrial))
            guard length % 16 == 0 else { continue }
            // And it works.
            let later = Terminal(card)
            later.operators[.primary]?.latency = 100
            later.boot()
            #expect(later.run(atMost: 3_600_000) { !$0.seen.filter { $0.type == 0x43 }.isEmpty })
        }
        #expect(seen == [old.0, new.0])
    }

    @Test("power cut after any byte of the adoption: the old policy, or the new one on trial")
    func cutInAdoption() throws {
        let terminal = try Self.terminal()
        terminal.hint.policyDocument = try Self.document(Self.parameters(version: 2))
        let contents = try step(terminal, atMost: 3_600_000) { $0.card.policyOutcome != nil }
        try cutEverywhere(contents, old: (1, nil), new: (2, PolicyOutcome(version: 2, .onTrial)))
    }

    @Test("power cut after any byte of the rollback: on trial, or back")
    func cutInRollback() throws {
        let terminal = try Self.terminal()
        offer(try Self.document(Self.parameters(version: 2) { $0.movement = .never }), to: terminal)
        terminal.change(.primary) { $0.passesData = false }
        let contents = try step(terminal, atMost: 8 * 3_600_000) { $0.card.policyOutcome?.result == .rolledBack }
        try cutEverywhere(
            contents, old: (2, PolicyOutcome(version: 2, .onTrial)), new: (1, PolicyOutcome(version: 2, .rolledBack)))
    }

    @Test("whatever comes as a document, the card goes on", arguments: [1, 2, 3] as [UInt64])
    func hostile(seed: UInt64) throws {
        print("seed \(seed)")
        var random = Seeded(seed)
        let terminal = try Self.terminal()
        let good = try Self.document(Self.parameters(version: 2))
        for _ in 0..<5_000 {
            var bytes = (0..<Int(random.next() % 240)).map { _ in UInt8(truncatingIfNeeded: random.next() >> 7) }
            if random.next() & 1 == 0 {
                bytes = Array(good[..<98])
                for _ in 0..<1 + random.next() % 6 {
                    bytes[Int(random.next() % 98)] = UInt8(truncatingIfNeeded: random.next() >> 9)
                }
                // Signed as it should be: the estate's own mistakes.
                bytes += CMAC<TableAES>(key: Self.key).tag(bytes).bytes
            }
            let outcome = try #require(Self.adopt(bytes, terminal))
            #expect(outcome.result != .confirmed && outcome.result != .rolledBack)
            #expect(terminal.card.policyParameters.problem == nil)
        }
        let later = try TestCard(memory: terminal.card.memory)
        #expect(later.policyParameters == terminal.card.policyParameters)
    }
}
