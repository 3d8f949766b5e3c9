import TestSupport
import Testing
import Wire

@testable import EUICC

@Suite("Hostile commands")
struct HostileInputTests {
    private func check(_ outcome: Outcome, _ note: String) {
        if case .data(let data) = outcome.answer {
            // Every answer is one data object, whatever came.
            let objects = try? DERObject.all(in: data[...])
            #expect(objects?.count == 1, "\(note)")
        }
        if let state = outcome.state { #expect(EUICCState(state.encoded) == state, "\(note)") }
    }

    @Test("a command that is cut off anywhere changes nothing")
    func truncation() throws {
        var bench = try Bench()
        for step in ES10Vectors.steps {
            let command = try Hex.bytes(step.command)
            for length in 0..<command.count {
                let outcome = bench.euicc.handle(Array(command.prefix(length)), catBusy: false) { Bench.challenge }
                #expect(outcome.state == nil, "\(step.name) to \(length)")
                guard case .refused = outcome.answer else {
                    Issue.record("\(step.name) to \(length) was answered")
                    continue
                }
            }
            _ = bench.send(command)
        }
    }

    @Test("200,000 commands that are random or were damaged never trap, and leave a sound state")
    func random() throws {
        var seed = Seed.fresh()
        let corpus = try ES10Vectors.steps.map { try Hex.bytes($0.command) }
        var bench = try Bench()
        var eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        for round in 0..<200_000 {
            var command = corpus[seed.below(corpus.count)]
            switch seed.below(8) {
            case 0: command = seed.bytes(seed.below(60))
            case 1: command = [0xBF, UInt8(0x20 + seed.below(0x48))] + seed.bytes(seed.below(30))
            case 2:
                let body = seed.bytes(seed.below(40))
                command = [0xBF, UInt8(0x20 + seed.below(0x48)), UInt8(body.count)] + body
            case 3:
                // Signed rubbish gets further.
                let body =
                    seed.below(2) == 0
                    ? seed.bytes(seed.below(40))
                    : HostileInputTests.damaged(Array(corpus[seed.below(corpus.count)].dropFirst(3)), &seed)
                eim.counter = bench.state.associations.first { $0.identifier == eim.identifier }?.counter ?? 0
                if eim.counter < 0x7FFF_FFFF { command = eim.package(body, list: seed.below(2) == 0 ? 0xA0 : 0xA1) }
            case 4:
                let list: [UInt8] = [0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB]
                let body = seed.bytes(seed.below(20))
                eim.counter = bench.state.associations.first { $0.identifier == eim.identifier }?.counter ?? 0
                if eim.counter < 0x7FFF_FFFF {
                    command = eim.package(
                        [list[seed.below(list.count)], UInt8(body.count)] + body, list: seed.below(2) == 0 ? 0xA0 : 0xA1)
                }
            default: command = HostileInputTests.damaged(command, &seed)
            }
            let outcome = bench.euicc.handle(command, catBusy: seed.below(2) == 0) { Bench.challenge }
            check(outcome, "round \(round)")
            if let state = outcome.state { bench.euicc.commit(state) }
            if bench.state.associations.isEmpty {
                eim.counter = 0
                eim.token = 1
                _ = bench.send(eim.association)
                eim.token = bench.state.associations.first?.token
            }
        }
    }

    private static func damaged(_ command: [UInt8], _ seed: inout Seed) -> [UInt8] {
        var command = command
        for _ in 0..<seed.below(4) where !command.isEmpty {
            let place = seed.below(command.count)
            switch seed.below(4) {
            case 0: command[place] = UInt8(truncatingIfNeeded: seed.next())
            case 1: command[place] ^= 1 << UInt8(seed.below(8))
            case 2: command.remove(at: place)
            default: command.insert(UInt8(truncatingIfNeeded: seed.next()), at: place)
            }
        }
        return command
    }
}
