import Cipher
import Resilience
import SecuredPackets
import SmartCard
import Testing
import Wire

@Suite("Management over the air: what is refused, and how it is answered")
struct RemoteAnswerTests {
    typealias Answer = RemoteSender.Answer

    @Test("a packet without a counter, pySim's for one, is refused for its security level")
    func insufficient() throws {
        var card = try RemoteBench.card()
        #expect(card.manage(RemoteSender(spi: [0x06, 0x19]), 0, "00a40004023f00")?.status == 0x0A)
        #expect(card.manage(RemoteSender(spi: [0x12, 0x19]), 1, "00a40004023f00")?.status == 0x0A)
        #expect(card.image.heldCounters.map(\.counter.value) == [0, 0])
    }

    @Test("a wrong key, an old counter, an unknown application: refused, and reported as the packet asks")
    func refusals() throws {
        var card = try RemoteBench.card()
        let sender = RemoteSender()
        #expect(card.manage(sender, 10, RemoteBench.name("Gamma"))?.status == 0)
        #expect(card.send("0020000A08" + Workbench.pin("55555555")).status == 0x9000)
        let image = card.image
        // Authentic, so sealed: the counter is low.
        #expect(card.manage(sender, 10, RemoteBench.name("Delta")) == Answer(2, 10, ""))
        #expect(card.manage(sender, 9, RemoteBench.name("Delta")) == Answer(2, 9, ""))
        // Anybody could have sent these: in clear.
        var stranger = sender
        stranger.integrity[0] ^= 1
        let clear = Answer(1, 0, "", isProtected: false)
        #expect(stranger.open(card.download(stranger.envelopes(11, hex(RemoteBench.name("Delta")))).data) == clear)
        var elsewhere = sender
        elsewhere.target = 0x123456
        #expect(card.manage(elsewhere, 11, "00A40004023F00")?.status == 9)
        var unknown = sender
        unknown.version = 9
        #expect(card.manage(unknown, 11, "00A40004023F00")?.status == 6)
        // Who asks for no answer gets none, and the network is told of an error (TS 31.111, clause 7.1.1.1).
        var silent = sender
        silent.spi[1] = 0x00
        #expect(card.download(silent.envelopes(10, hex(RemoteBench.name("Delta")))) == Reply("", 0x6200))
        #expect(card.image == image)
        silent.spi[1] = 0x00
        #expect(card.download(silent.envelopes(11, hex(RemoteBench.name("Delta")))) == Reply("", 0x9000))
        #expect(RemoteBench.name(of: &card) == "Delta")
    }

    @Test("a message that comes again is answered again while nobody has the answer, and refused once it was fetched")
    func replay() throws {
        var card = try RemoteBench.card()
        let sender = RemoteSender()
        let envelope = sender.envelopes(1, hex(RemoteBench.name("Gamma")))[0]
        let first = Reply(card.transmit(envelope))
        #expect(first.status & 0xFF00 == 0x6100)
        // The power goes before GET RESPONSE; meanwhile somebody else changes the file.
        card = try TestCard(memory: card.memory)
        _ = card.reset()
        #expect(card.send("0020000A08" + Workbench.pin("55555555")).status == 0x9000)
        card.selectApplication()
        card.send("00A4000C026F46")
        #expect(card.send("00D6000106" + Hex.text(Array("Omega".utf8)) + "FF").status == 0x9000)
        #expect(sender.open(card.download([envelope]).data) == Answer(0, 1, "029000"))
        #expect(RemoteBench.name(of: &card) == "Omega")
        // It was fetched: from now on it is a replay, also after a reset.
        #expect(sender.open(card.download([envelope]).data) == Answer(2, 1, ""))
        card = try TestCard(memory: card.memory)
        _ = card.reset()
        #expect(sender.open(card.download([envelope]).data) == Answer(2, 1, ""))
        #expect(RemoteBench.name(of: &card) == "Omega")
        // Another packet of the same counter is not the one that the answer is held for.
        let last = Reply(card.transmit(sender.envelopes(2, hex(RemoteBench.name("Gamma")))[0]))
        #expect(last.status & 0xFF00 == 0x6100)
        #expect(card.manage(sender, 2, RemoteBench.name("Delta")) == Answer(2, 2, ""))
    }

    @Test("an answer by SMS-SUBMIT is a proactive command to the originator, and is offered again until it has gone")
    func submit() throws {
        var card = try RemoteBench.card()
        var sender = RemoteSender()
        sender.spi[1] = 0x39
        var profile = [UInt8](repeating: 0, count: 20)
        profile[3] = 0x02
        let boot = "80100000" + Hex.text([UInt8(profile.count)] + profile)
        #expect(card.send(boot).status == 0x9000)
        let offered = card.download(sender.envelopes(1, hex(RemoteBench.name("Gamma"))))
        #expect(offered.data.isEmpty && offered.status & 0xFF00 == 0x9100)
        for result in ["20", "00"] {
            let status = result == "20" ? offered.status : card.send(boot).status
            #expect(status & 0xFF00 == 0x9100)
            let command = card.send("80120000" + Hex.text([UInt8(status & 0xFF)]))
            var outer = ByteReader(command.data)
            let object = try #require(try outer.berTLV())
            let objects = ByteReader(command.data, in: object.range)
            let details = Array(try #require(try objects.comprehensionTLV(tagged: 0x01)).value)
            #expect(details.dropFirst() == [0x13, 0x00])
            #expect(Array(try #require(try objects.comprehensionTLV(tagged: 0x02)).value) == [0x81, 0x83])
            let tpdu = Array(try #require(try objects.comprehensionTLV(tagged: 0x0B)).value)
            // SMS-SUBMIT with a header, to the originator, 8-bit data.
            #expect(tpdu.starts(with: [0x41, 0x00] + sender.originator + [0x00, 0xF6]))
            #expect(sender.open(Array(tpdu.dropFirst(11))) == Answer(0, 1, "029000"))
            let response = "810301" + "1300" + "02028281" + "0301" + result
            let number = Hex.text([details[0]])
            #expect(card.send("80140000" + "0C" + "8103" + number + response.dropFirst(6)).status == 0x9000)
            card = try TestCard(memory: card.memory)
            _ = card.reset()
        }
        #expect(card.send(boot).status == 0x9000)
    }

    @Test("a terminal that can send no message gets such an answer in the acknowledgement")
    func submitImpossible() throws {
        var card = try RemoteBench.card()
        var sender = RemoteSender()
        sender.spi[1] = 0x39
        #expect(card.manage(sender, 1, RemoteBench.name("Gamma")) == Answer(0, 1, "029000"))
        #expect(card.send("80F2000C").status == 0x9000)
    }

    @Test("a card without keys takes the message and does nothing; its service table offers nothing")
    func plain() throws {
        var card = try Workbench.card()
        let before = card.image
        #expect(card.download(RemoteSender().envelopes(1, hex(RemoteBench.name("Gamma")))) == Reply("", 0x9000))
        #expect(card.image == before)
        card.selectApplication()
        #expect(card.read("7FFF6F38", count: 17).data[3] & 0x08 == 0)
        var managed = try RemoteBench.card()
        managed.selectApplication()
        #expect(managed.read("7FFF6F38", count: 17).data[3] & 0x08 == 0x08)
    }

    @Test("what is no command packet is taken and passed over; what cannot be read is said to be wrong")
    func otherMessages() throws {
        var card = try RemoteBench.card()
        let sender = RemoteSender()
        #expect(card.send(Hex.text(sender.envelope([0x02, 0x71, 0x00, 1, 2, 3]))) == Reply("", 0x9000))
        #expect(card.send(Hex.text(sender.envelope([0x01, 0x00]))) == Reply("", 0x6200))
        #expect(card.send(Hex.text(sender.envelope([0x02, 0x70, 0x00, 0x00, 0x10]))) == Reply("", 0x6200))
        #expect(card.send("80C2000006D10482028381").status == 0x6A80)
        // Not for the card: another protocol identifier.
        var other = sender.envelopes(1, hex(RemoteBench.name("Gamma")))[0]
        let place = try #require(other.indices.first { other[$0...].starts(with: [0x7F, 0xF6]) })
        other[place] = 0x00
        #expect(card.send(Hex.text(other)) == Reply("", 0x9000))
        #expect(card.image.heldCounters[0].counter == .zero)
    }
}
