import Cipher
import TestSupport
import Testing

@testable import SecuredPackets

@Suite("The card's receiver, ETSI TS 102 225, 5.1.4")
struct ReceiverTests {
    private func bytes(_ packet: CommandPacket, _ keys: Keys = .second) throws -> [UInt8] {
        try packet.seal(with: keys, over: .shortMessage)
    }

    @Test("takes a packet once, and says what to store before it is executed")
    func replay() throws {
        var card = receiver(held: 4)
        let packet = try bytes(.fixture(5))
        let accepted = try #require(card.receive(packet, over: .shortMessage).accepted)
        let stored = try #require(accepted.held)
        #expect(stored == HeldCounter(version: 2, counter: cntr(5)))
        #expect(card.counters.contains(stored))
        let again = try #require(card.receive(packet, over: .shortMessage).refused)
        #expect(again.error == .counterLow(came: cntr(5), held: cntr(5)))
        #expect(again.status == .counterLow && again.isAuthentic)

        // The power goes, and comes back with what was stored.
        let read = try #require(HeldCounter(stored.bytes))
        #expect(read == stored)
        var restarted = receiver(held: read.counter.value)
        #expect(restarted.receive(packet, over: .shortMessage).refused?.status == .counterLow)
        #expect(restarted.receive(try bytes(.fixture(6)), over: .shortMessage).accepted != nil)
    }

    @Test("an authentic refusal is answered as the packet asked")
    func sealedRefusal() throws {
        var card = receiver(held: 9)
        let command = CommandPacket.fixture(9)
        let refused = try #require(card.receive(try bytes(command), over: .shortMessage).refused)
        let answer = try #require(refused.answer)
        let response = try ResponsePacket.open(answer.packet, answering: command, with: Keys.second, over: .shortMessage)
        #expect(response == ResponsePacket(to: command, status: .counterLow))
    }

    @Test(
        "compares the counter as the mode says",
        arguments: [
            (0x16, 10, ResponseStatus.counterLow), (0x16, 11, nil), (0x16, 900, nil), (0x16, 0, .counterLow),
            (0x1E, 10, .counterLow), (0x1E, 11, nil), (0x1E, 12, .counterHigh), (0x1E, 900, .counterHigh),
            (0x06, 3, nil), (0x0E, 3, nil),
        ] as [(UInt8, UInt64, ResponseStatus?)])
    func modes(spi1: UInt8, count: UInt64, status: ResponseStatus?) throws {
        var card = receiver(held: 10, minimum: MinimumSecurityLevel(spi1: 0x06))
        let before = card.counters
        let packet = try bytes(.fixture(count, parameters: SecurityParameters(spi1: spi1, spi2: 0x19)))
        let reception = card.receive(packet, over: .shortMessage)
        #expect(reception.refused?.status == status)
        #expect((reception.accepted != nil) == (status == nil))
        // A counter that nobody checks moves nothing.
        let moves = status == nil && spi1 & 0x10 != 0
        #expect((card.counters == before) == !moves)
        #expect((reception.accepted?.held != nil) == moves)
    }

    @Test("a counter at its end blocks the key set")
    func blocked() throws {
        var card = receiver(held: PacketCounter.maximum.value - 1)
        #expect(card.receive(try bytes(.fixture(PacketCounter.maximum.value)), over: .shortMessage).accepted != nil)
        let refused = card.receive(try bytes(.fixture(PacketCounter.maximum.value)), over: .shortMessage).refused
        #expect(refused?.status == .counterBlocked)
        #expect(PacketCounter.maximum.next == nil)
        #expect(PacketCounter(1 << 40) == nil)
    }

    @Test("each key set has its own counter")
    func keySets() throws {
        var card = receiver(held: 100)
        let first = try CommandPacket.fixture(1, version: 1).seal(with: Keys.first, over: .shortMessage)
        #expect(card.receive(first, over: .shortMessage).accepted?.held == HeldCounter(version: 1, counter: cntr(1)))
        #expect(card.receive(try bytes(.fixture(100)), over: .shortMessage).refused?.status == .counterLow)
        #expect(card.receive(first, over: .shortMessage).refused?.status == .counterLow)
    }

    @Test("the first check that fails decides about the status")
    func order() throws {
        func status(_ card: Receiver<TableAES>, _ packet: [UInt8]) -> ResponseStatus? {
            var card = card
            return card.receive(packet, over: .shortMessage).refused?.status
        }
        var elsewhere = CommandPacket.fixture(1, parameters: SecurityParameters(spi1: 0x02, spi2: 0x01))
        elsewhere.target = ToolkitApplicationReference(0xB00012)
        #expect(status(receiver(), try bytes(elsewhere)) == .targetUnknown)
        let open = CommandPacket.fixture(1, parameters: SecurityParameters(spi1: 0x00, spi2: 0x01))
        #expect(status(receiver(), try bytes(open)) == .insufficientSecurityLevel)
        var third = try bytes(.fixture(1))
        third[5] = 0x32
        third[6] = 0x32
        #expect(status(receiver(), third) == .securityError)
        var des = try bytes(.fixture(1))
        des[5] = 0x25
        #expect(status(receiver(), des) == .securityError)
        #expect(status(receiver(keyVersions: 0b0010), try bytes(.fixture(1))) == .securityError)
        var odd = try bytes(.fixture(1)) + [0]
        odd[1] += 1
        #expect(status(receiver(), odd) == .cipheringError)
        var changed = try bytes(.fixture(1))
        changed[20] ^= 1
        #expect(status(receiver(held: 5), changed) == .checksumFailed)
    }

    @Test("who has no key gets no seal, and no message at the card's cost")
    func strangers() throws {
        var packet = try bytes(.fixture(1))
        packet[20] ^= 1
        var card = receiver()
        let refused = try #require(card.receive(packet, over: .shortMessage).refused)
        #expect(!refused.isAuthentic)
        let answer = try #require(refused.answer)
        #expect(answer.route == .report)
        #expect(text(answer.packet) == "000b0ab0001100000000000001")
        #expect(throws: SecuredPacketError.unprotected(.checksumFailed)) {
            try ResponsePacket.open(answer.packet, answering: .fixture(1), with: Keys.second, over: .shortMessage)
        }
        var bySubmit = try bytes(.fixture(1, parameters: SecurityParameters(spi1: 0x16, spi2: 0x39)))
        bySubmit[20] ^= 1
        #expect(card.receive(bySubmit, over: .shortMessage).refused?.answer == nil)
        card = receiver(unauthenticated: .asAsked)
        #expect(card.receive(bySubmit, over: .shortMessage).refused?.answer?.route == .submit)
        card = receiver(unauthenticated: .nobody)
        #expect(card.receive(packet, over: .shortMessage).refused?.answer == nil)
    }

    @Test("without a checksum there is no counter to check and no seal to be had, whatever the application allows")
    func unauthenticated() throws {
        for (spi1, spi2, taken) in [
            (0x00, 0x01, true), (0x04, 0x01, true), (0x10, 0x01, false), (0x14, 0x01, false), (0x00, 0x09, false),
            (0x04, 0x11, false), (0x00, 0x08, true),
        ] as [(UInt8, UInt8, Bool)] {
            var card = receiver(minimum: MinimumSecurityLevel(spi1: 0))
            let packet = try bytes(.fixture(1, parameters: SecurityParameters(spi1: spi1, spi2: spi2)))
            let reception = card.receive(packet, over: .shortMessage)
            #expect((reception.accepted != nil) == taken)
            if !taken { #expect(reception.refused?.status == .insufficientSecurityLevel) }
        }
    }

    @Test("the minimum security level is met field by field, ETSI TS 102 226, 8.2.1.3.2")
    func minimum() {
        func meets(_ spi1: UInt8, _ least: UInt8) -> Bool {
            MinimumSecurityLevel(spi1: least).isMet(by: SecurityParameters(spi1: spi1, spi2: 0))
        }
        #expect(meets(0x16, 0x16) && meets(0x1E, 0x16) && meets(0x16, 0x12) && meets(0x16, 0x00) && meets(0x02, 0x01))
        #expect(!meets(0x12, 0x16) && !meets(0x0E, 0x16) && !meets(0x15, 0x16) && !meets(0x17, 0x16) && !meets(0x16, 0x1E))
    }

    @Test("answers when it is asked to")
    func proofs() throws {
        for (spi2, onDone, onError) in [(0x00, false, false), (0x01, true, true), (0x02, false, true)] as [(UInt8, Bool, Bool)] {
            var card = receiver()
            let packet = try bytes(.fixture(1, parameters: SecurityParameters(spi1: 0x16, spi2: spi2)))
            let accepted = try #require(card.receive(packet, over: .shortMessage).accepted)
            #expect((try card.answer(to: accepted) != nil) == onDone)
            #expect((try card.answer(to: accepted, status: .insufficientMemory) != nil) == onError)
            #expect((card.answerCapacity(for: accepted) == 0) == (spi2 == 0))
        }
    }

    @Test("an answer of full size fits into one delivery report, and a byte more is refused")
    func capacity() throws {
        for spi2 in [0x01, 0x09, 0x11, 0x19] as [UInt8] {
            var card = receiver()
            let packet = try bytes(.fixture(1, parameters: SecurityParameters(spi1: 0x16, spi2: spi2)))
            let accepted = try #require(card.receive(packet, over: .shortMessage).accepted)
            let capacity = card.answerCapacity(for: accepted)
            let answer = try #require(try card.answer(to: accepted, data: [UInt8](repeating: 1, count: capacity)))
            let parts = try answer.parts(reference: 0)
            #expect(parts.count == 1)
            #expect(parts[0].count <= 140 && parts[0].count > 140 - 16)
            #expect(throws: SecuredPacketError.tooLong(length: capacity + 1, limit: capacity)) {
                try card.answer(to: accepted, data: [UInt8](repeating: 1, count: capacity + 1))
            }
        }
    }

    @Test("a long answer goes out as several messages, and comes together again")
    func longAnswer() throws {
        var card = receiver()
        let command = CommandPacket.fixture(1, parameters: SecurityParameters(spi1: 0x16, spi2: 0x39))
        let accepted = try #require(card.receive(try bytes(command), over: .shortMessage).accepted)
        let data = [UInt8](repeating: 7, count: 500)
        let answer = try #require(try card.answer(to: accepted, data: data))
        #expect(answer.route == .submit)
        let parts = try answer.parts(reference: 3)
        #expect(parts.count == 4)
        let originator = try #require(sender)
        var reassembly = Reassembly()
        var whole: AssembledMessage?
        for part in parts {
            let tpdu = SubmittedMessage(destination: originator, userData: part).tpdu
            #expect(tpdu.count <= 164)
            whole = try reassembly.add(part, from: originator)
        }
        let assembled = try #require(whole)
        #expect(assembled.packet == .response)
        let response = try ResponsePacket.open(assembled.data, answering: command, with: Keys.second, over: .shortMessage)
        #expect(response.data == data)
    }

    @Test("answers on the channel that the command came by, with the same counters")
    func channel() throws {
        var card = receiver()
        let command = CommandPacket.fixture(1)
        let packet = try command.seal(with: Keys.second, over: .channel)
        let accepted = try #require(card.receive(packet, over: .channel).accepted)
        let answer = try #require(try card.answer(to: accepted, data: [UInt8](repeating: 1, count: 1000)))
        #expect(answer.route == .channel)
        #expect(try answer.parts(reference: 0) == [answer.packet])
        let response = try ResponsePacket.open(answer.packet, answering: command, with: Keys.second, over: .channel)
        #expect(response.data.count == 1000)
        #expect(card.receive(try bytes(command), over: .shortMessage).refused?.status == .counterLow)
        // A packet of one way is none of the other.
        var other = receiver()
        #expect(other.receive(packet, over: .shortMessage).unreadable != nil)
        #expect(other.receive(try bytes(command), over: .channel).unreadable != nil)
    }

    @Test("is not made of contradictions")
    func contradictions() {
        let application = RemoteApplication(target: files)
        #expect(Receiver(keySets: [Keys.second, .short], applications: [application]) == nil)
        #expect(Receiver(keySets: [Keys.second], applications: [application, application]) == nil)
        let many = (0..<33).map { RemoteApplication(target: ToolkitApplicationReference($0)) }
        #expect(Receiver(keySets: [Keys.second], applications: many) == nil)
        let stored = [3, 9, 5].map { HeldCounter(version: 2, counter: cntr($0)) }
        let card = Receiver(keySets: [Keys.second], applications: [], counters: stored)
        #expect(card?.counters == [HeldCounter(version: 2, counter: cntr(9))])
        #expect(HeldCounter([0, 0, 0, 0, 0, 1]) == nil && HeldCounter([16, 0, 0, 0, 0, 1]) == nil && HeldCounter([1, 2]) == nil)
        #expect(Keys(version: 0, ciphering: .zero, integrity: .zero) == nil)
        #expect(Keys(version: 16, ciphering: .zero, integrity: .zero) == nil)
    }

    @Test("under a random order of packets nothing is executed twice and nothing goes back")
    func anyOrder() throws {
        var seed = Seed.fresh()
        let packets = try (0..<40).map { try bytes(.fixture(UInt64($0) + 1)) }
        for _ in 0..<50 {
            var card = receiver()
            var last: UInt64 = 0
            for _ in 0..<60 {
                let index = seed.below(packets.count)
                if let accepted = card.receive(packets[index], over: .shortMessage).accepted {
                    #expect(accepted.packet.counter.value > last)
                    last = accepted.packet.counter.value
                    #expect(last == UInt64(index) + 1)
                } else {
                    #expect(UInt64(index) + 1 <= last)
                }
                // Sometimes the card starts again.
                if seed.below(8) == 0 { card = receiver(held: last) }
            }
        }
    }
}
