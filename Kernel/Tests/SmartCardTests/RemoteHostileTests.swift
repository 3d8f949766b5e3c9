import SecuredPackets
import SmartCard
import TestSupport
import Testing
import Wire

@Suite("Management over the air: input that nobody should send")
struct RemoteHostileTests {
    @Test("100,000 messages, sound, mutated and random: no crash, known status words, and who has no key changes nothing")
    func hostile() throws {
        var seed = Seed.fresh()
        var card = try TestCard(image: RemoteBench.counting())
        _ = card.reset()
        let sender = RemoteSender()
        // Counters below the one that is held: whatever is executed was forged.
        #expect(card.manage(sender, 1_000, "00A4000C022F41")?.status == 0)
        let image = card.image
        var samples = sender.envelopes(5, RemoteBench.script) + sender.envelopes(6, hex("00A4000C022F41"))
        samples.append(sender.envelope([0x02, 0x70, 0x00, 0x00, 0x0F]))
        var refused = 0
        for round in 0..<100_000 {
            var bytes = samples[seed.below(samples.count)]
            if round % 8 == 0 {
                let noise = seed.bytes(seed.below(200))
                bytes = sender.envelope(round % 16 == 0 ? [0x02, 0x70, 0x00] + noise.prefix(137) : Array(noise.prefix(140)))
            }
            for _ in 0..<seed.below(4) {
                let place = 5 + seed.below(bytes.count - 5)
                switch seed.below(3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: seed.next())
                case 1: bytes[place] ^= 1 << UInt8(seed.below(8))
                default: bytes = Array(bytes.prefix(place + 1))
                }
            }
            bytes[4] = UInt8(clamping: bytes.count - 5)
            let reply = card.exchange(Hex.text(bytes))
            if ![0x9000, 0x6200, 0x6A80, 0x6700].contains(reply.status) || reply.data.count > 128 {
                Issue.record("\(Hex.text(bytes)) -> \(reply)")
                return
            }
            if reply.data.count > 0 { refused += 1 }
            if seed.below(1_000) == 0 { _ = card.reset() }
        }
        #expect(card.image == image)
        #expect(refused > 1_000)
    }

    @Test("20,000 scripts of somebody who has the key and sends anything: the card stays a card, and no counter goes back")
    func anyScript() throws {
        var seed = Seed.fresh()
        var card = try TestCard(image: RemoteBench.counting())
        _ = card.reset()
        let sender = RemoteSender()
        let commands = [
            "00A4000C022F40", "8032000003000001", "00A4000C022F41", "00D6000004A5A5A5A5", "00B0000010", "00B2010403", "00C0000006",
            "00A4000C022FE2", "00D6000002FFFF", "00A4000C022F42", "00DC020414" + String(repeating: "5A", count: 20),
            "00A40004022F42",
            "00A2010401A5", "0044000000", "0004000000", "0020000108" + Workbench.pin("1234"), "80E2910003BF2800", "00A4000C023F00",
            "00A4040C07A0000000871002", "00A4080C047F4D6F01",
        ].map(hex)
        var counter: UInt64 = 0
        var executed = 0
        for _ in 0..<20_000 {
            var script: [UInt8] = []
            let form = seed.below(3)
            for _ in 0..<seed.below(6) {
                var command = commands[seed.below(commands.count)]
                if seed.below(3) == 0 { command[seed.below(command.count)] = UInt8(truncatingIfNeeded: seed.next()) }
                script += form == 0 ? command : [0x22, UInt8(command.count)] + command
            }
            if form == 1 {
                script = [0xAA] + (script.count < 128 ? [UInt8(script.count)] : [0x81, UInt8(clamping: script.count)]) + script
            }
            if form == 2 { script = [0xAE, 0x80] + script + [0, 0] }
            if seed.below(8) == 0, !script.isEmpty { script[seed.below(script.count)] ^= 1 << UInt8(seed.below(8)) }
            counter += 1 + UInt64(seed.below(3))
            let before = card.image.heldCounters[0].counter
            guard let answer = sender.open(card.download(sender.envelopes(counter, script)).data) else {
                Issue.record("no answer to \(Hex.text(script))")
                return
            }
            #expect(answer.status == 0 && answer.counter == counter)
            if answer.data.count > 0 { executed += 1 }
            #expect(card.image.heldCounters[0].counter > before)
            if seed.below(100) == 0 {
                let visible = card.image
                card = try TestCard(memory: card.memory)
                _ = card.reset()
                #expect(card.image == visible)
            }
        }
        #expect(executed > 10_000)
    }
}
