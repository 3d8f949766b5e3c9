import TestSupport
import Testing
import Wire

@testable import Beacon
@testable import Cipher

/// Both sides lose power at random moments, the network loses, repeats and delays, and all the time no nonce is used twice.
@Suite("Restarts")
struct RestartTests {
    @Test(
        "no nonce is used twice by either side, and no beacon counts twice, wherever the power goes",
        arguments: [1, 3, 64] as [UInt64])
    func powerCuts(step: UInt64) throws {
        var seed = Seed.fresh()
        for _ in 0..<60 {
            var world = World(step: step)
            try world.run(steps: 400, seed: &seed)
        }
    }

    /// What is durable is apart from what a power cut takes away.
    struct World {
        let step: UInt64
        var ceiling: UInt64 = 0
        var window = ReplayWindow().encoded
        var pair: Fixture
        var answered = AnsweredRequests(capacity: 16)
        var wire: [[UInt8]] = []
        var backWire: [[UInt8]] = []
        /// What went out under each of the card's numbers, and under each of them from the responder.
        var sent: [UInt64: [UInt8]] = [:]
        var answers: [UInt64: [UInt8]] = [:]
        var counted = Set<UInt64>()

        init(step: UInt64) {
            self.step = step
            pair = Fixture(step: step)
        }

        mutating func run(steps: Int, seed: inout Seed) throws {
            for _ in 0..<steps {
                switch seed.below(6) {
                case 0, 1: try beat(&seed)
                case 2, 3: if !wire.isEmpty { try serve(wire[seed.below(wire.count)], &seed) }
                case 4: if !backWire.isEmpty { _ = try? pair.client.accept(backWire[seed.below(backWire.count)]) }
                default:
                    if seed.below(4) == 0 { restartCard() }
                    if seed.below(4) == 0 { restartServer() }
                    // Old datagrams may turn up again at any time; forget some, keep some.
                    if wire.count > 30 { wire.removeFirst(10) }
                    if backWire.count > 30 { backWire.removeFirst(10) }
                }
            }
        }

        mutating func beat(_ seed: inout Seed) throws {
            var heartbeat = Fixture.heartbeat
            heartbeat.missed = UInt32(truncatingIfNeeded: seed.next())
            let request = try pair.client.request(heartbeat)
            if request.ceiling != nil, seed.below(5) == 0 { return restartCard() }
            if let raised = request.ceiling { ceiling = raised }
            if seed.below(10) == 0 { return restartCard() }
            let number = try #require(try OSCOREOption(of: CoAPMessage(request.bytes)).partialIV)
            #expect(number == request.sequence && number < ceiling)
            #expect(sent.updateValue(request.bytes, forKey: number) == nil, "the card used number \(number) twice")
            wire.append(request.bytes)
        }

        mutating func serve(_ datagram: [UInt8], _ seed: inout Seed) throws {
            if let again = answered.answer(to: datagram) {
                backWire.append(again)
                return
            }
            do {
                var request = try pair.open(datagram)
                // Power goes before the commit: nothing was counted and nothing was answered.
                if seed.below(6) == 0 { return restartServer() }
                window = pair.server.window.encoded
                #expect(counted.insert(request.sequence).inserted, "beacon \(request.sequence) counted twice")
                // Power goes after the commit and before the answer: the beacon counts, and is never answered.
                if seed.below(6) == 0 { return restartServer() }
                let answer = Answer(primary: .healthy, returnWindow: UInt32(truncatingIfNeeded: seed.next()))
                let bytes = try request.answer(answer, in: pair.server, with: TableAES.self)
                #expect(
                    answers.updateValue(bytes, forKey: request.sequence) == nil,
                    "the responder used nonce \(request.sequence) twice")
                answered.insert(bytes, to: datagram)
                backWire.append(bytes)
            } catch {
                guard case BeaconError.oscore(.replayed(let number)) = error else { throw error }
                #expect(counted.contains(number) || pair.server.window.highest >= number + 64)
            }
        }

        mutating func restartCard() {
            pair.client = BeaconClient(card: Fixture.card, keys: Fixture.cardKeys, ceiling: ceiling, step: step)
        }

        mutating func restartServer() {
            guard let stored = ReplayWindow(encoded: window[...]) else {
                Issue.record("the stored window can't be read")
                return
            }
            pair.server = BeaconServer.context(for: Fixture.card, keys: Fixture.cardKeys.mirrored, window: stored)
            answered = AnsweredRequests(capacity: 16)
        }
    }
}
