import TestSupport
import Testing
import Wire

@testable import Beacon
@testable import Cipher

/// Datagrams from anybody: each is refused with the code that the standard names, and nothing traps or changes.
@Suite("Hostile input")
struct HostileTests {
    @Test("a million random, truncated and mutated datagrams are refused by the responder with the code that the standard names")
    func responder() throws {
        var seed = Seed.fresh()
        var pair = Fixture()
        let valid = try (0..<64).map { _ in try pair.send() } + [try pair.sealed()]
        let before = pair.server
        var refusals: [String: Int] = [:]
        for round in 0..<1_000_000 {
            let datagram = hostile(valid[seed.below(valid.count)], round, &seed)
            var server = before
            do throws(BeaconError) {
                let card = try BeaconServer.identify(datagram)
                guard card == Fixture.card else { throw BeaconError.unknownCard }
                let request = try BeaconServer.open(datagram, in: &server, with: TableAES.self)
                // Only what OSCORE leaves open can have changed: the header, or a class U or unknown option beside it.
                if request.heartbeat != Fixture.heartbeat { Issue.record("a forgery was opened: \(Hex.text(datagram))") }
                continue
            } catch {
                let refusal = BeaconServer.refusal(for: error, to: datagram)
                let answer = try refusal.map { try CoAPMessage($0) }
                refusals[answer.map { $0.kind == .reset ? "reset" : $0.summary } ?? "silence", default: 0] += 1
                if server != before { Issue.record("\(error) changed the context: \(Hex.text(datagram))") }
                if (refusal?.count ?? 0) > datagram.count { Issue.record("longer than what it refuses: \(Hex.text(datagram))") }
                if !allowed(error, answer) {
                    Issue.record("\(error) was answered \(answer?.summary ?? "with silence"): \(Hex.text(datagram))")
                }
            }
        }
        print("refusals: \(refusals.sorted { $0.value > $1.value }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))")
        #expect(
            refusals.keys.contains("4.00 Decryption failed") && refusals.keys.contains("reset") && refusals.keys.contains("silence")
        )
    }

    @Test("a hundred thousand random, truncated and mutated datagrams are refused by the card")
    func card() throws {
        var seed = Seed.fresh()
        var pair = Fixture()
        let answers = try (0..<4).map { _ in try pair.answer(pair.send()) }
        for round in 0..<100_000 {
            let datagram = hostile(answers[seed.below(4)], round, &seed)
            var client = pair.client
            if let answer = try? client.accept(datagram), answer != Fixture.answer {
                Issue.record("a forgery was accepted: \(Hex.text(datagram))")
            }
        }
    }

    @Test("a hundred thousand random and mutated contents, sealed with the right key, are served or refused under OSCORE")
    func insider() throws {
        var seed = Seed.fresh()
        var pair = Fixture()
        let valid = [0x02, 0xB1, 0x62, 0xFF] + Fixture.heartbeat.encoded
        for round in 0..<100_000 {
            let plaintext = hostile(valid, round, &seed)
            let exchange = OSCOREExchange(requester: Fixture.card.identifier, sequence: UInt64(round))
            let sealed = try pair.client.context.seal(
                plaintext, nonce: pair.client.context.nonce(of: exchange), exchange, with: TableAES.self)
            let option = OSCOREOption(partialIV: exchange.sequence, kid: Fixture.card.identifier)
            let datagram = CoAPMessage(
                .confirmable, .post, id: 1, options: [CoAPOption(CoAPOption.oscore, option.encoded)], payload: sealed[...]
            ).encoded
            do {
                let request = try pair.open(datagram)
                #expect(request.heartbeat.card == Fixture.card)
            } catch {
                switch error {
                case .refused(let fault, let answer):
                    let inner = try pair.client.context.open(response: CoAPMessage(answer), in: exchange, with: TableAES.self)
                    if inner.code != fault.code { Issue.record("\(fault) was answered \(inner.code)") }
                case .oscore(.content):
                    let answer = try CoAPMessage(try #require(BeaconServer.refusal(for: error, to: datagram)))
                    if answer.code != .badRequest { Issue.record("\(error) was answered \(answer.code)") }
                default: Issue.record("\(error)")
                }
            }
            #expect(pair.server.window.highest == UInt64(round))
        }
    }

    /// Random bytes, a part of a valid message, or one with a few bits or bytes changed, put in or taken out.
    private func hostile(_ valid: [UInt8], _ round: Int, _ seed: inout Seed) -> [UInt8] {
        var bytes = valid
        switch round % 4 {
        case 0:
            bytes = seed.bytes(seed.below(64))
            // Half of them start as a confirmable or non-confirmable message of version 1 does, to get beyond the first byte.
            if let first = bytes.first, round % 8 == 0 { bytes[0] = 0x40 | first & 0x1F }
        case 1: bytes.removeLast(1 + seed.below(bytes.count))
        case 2: for _ in 0...seed.below(3) { bytes[seed.below(bytes.count)] ^= 1 << UInt8(seed.below(8)) }
        default:
            for _ in 0...seed.below(3) {
                switch seed.below(3) {
                case 0: bytes[seed.below(bytes.count)] = UInt8(truncatingIfNeeded: seed.next())
                case 1: bytes.insert(UInt8(truncatingIfNeeded: seed.next()), at: seed.below(bytes.count))
                default: if bytes.count > 1 { bytes.remove(at: seed.below(bytes.count)) }
                }
            }
        }
        return bytes
    }

    /// What the standards have a server say to each error.
    private func allowed(_ error: BeaconError, _ answer: CoAPMessage?) -> Bool {
        guard let answer else {
            switch error {
            case .coap, .unexpected, .oscore(.noPayload), .unsupportedOption: return true
            default: return false
            }
        }
        switch error {
        case .coap, .unexpected, .oscore(.noPayload): return answer.kind == .reset && answer.code == .empty
        case .unsupportedOption: return answer.code == .badOption || answer.code == .proxyingNotSupported
        case .oscore(.notProtected), .oscore(.otherContext), .unknownCard, .oscore(.replayed): return answer.code == .unauthorized
        case .oscore(.option): return answer.code == .badOption
        case .oscore(.notAuthentic): return answer.code == .badRequest
        default: return false
        }
    }
}
