import Cipher
import EUICC
import Resilience
import SecuredPackets
import SmartCard
import TestSupport
import Testing
import Wire

/// Memory that loses power inside its n-th write, after some bytes of it.
private struct CutMemory: NonVolatileMemory {
    var stored: [UInt8]
    var writesLeft = Int.max
    var bytesOfLast = 0
    /// It was only for a moment.
    var recovers = false

    var isDead: Bool { writesLeft < 0 }

    func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        guard writesLeft > 0 else {
            if writesLeft == 0 { stored.append(contentsOf: record.prefix(bytesOfLast)) }
            writesLeft = recovers ? .max : -1
            throw .writeFailed
        }
        writesLeft -= 1
        stored.append(contentsOf: record)
    }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        guard writesLeft > 0 else {
            writesLeft = recovers ? .max : -1
            throw .writeFailed
        }
        writesLeft -= 1
        stored = image
    }
}

@Suite("Management over the air, when things go wrong")
struct RemoteFailureTests {
    /// A card with a counter, 2F40, that everybody may increase, two files beside it, and an EF.ICCID that everybody may write.
    private static func image() throws -> CardImage {
        let rule = hex("80010390008401329000")
        typealias File = ProfileContents.File
        var contents = try Blank.contents()
        contents.files = [
            File(0x3F00, in: 0, .masterFile, ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F06, in: 0, .linearFixed(rule, recordLength: rule.count), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F40, in: 0, .cyclic([UInt8](repeating: 0, count: 9), recordLength: 3), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F41, in: 0, .transparent([UInt8](repeating: 0, count: 120)), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F42, in: 0, .linearFixed([UInt8](repeating: 0, count: 40), recordLength: 20), ruleFile: 0x2F06, ruleRecord: 1),
            File(
                0x2FE2, in: 0, .transparent(try Workbench.subscription(.primary).iccid.coded), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F43, in: 0, .transparent([UInt8](repeating: 0, count: 20_000)), ruleFile: 0x2F06, ruleRecord: 1),
        ]
        var personalisation = try Workbench.personalisation()
        personalisation.remoteManagement = RemoteBench.keys()
        personalisation.euicc = EUICCIdentity(eid: try EID(DomainTests.eid))
        return try personalisation.image().replacing(.primary, with: contents)
    }

    private static let script = hex(
        "00A4000C022F40" + "8032000003000001" + "00A4000C022F41" + "00D6000064" + String(repeating: "A5", count: 100)
            + "00A4000C022F42" + "00DC020414" + String(repeating: "5A", count: 20) + "00A4000C022F40" + "8032000003000001"
            + "00C0000006")

    /// What the script changes, read back.
    private static func state(_ image: CardImage) throws -> (count: UInt8, file: UInt8, record: UInt8) {
        func contents(_ identifier: UInt16) throws -> [[UInt8]] {
            try #require(image.summary(of: .primary)?.files.first { $0.path.last == identifier }).contents
        }
        return (
            try #require(contents(0x2F40).first?.last), try #require(contents(0x2F41).first?.first),
            try #require(contents(0x2F42).last?.first)
        )
    }

    @Test(
        "power is cut after any byte of any write: all of the packet happened or nothing, its counter with it; sent again, it has happened once, and the sender has the answer"
    )
    func powerCuts() throws {
        let image = try Self.image().encoded
        let sender = RemoteSender()
        let envelopes = sender.envelopes(3, Self.script)
        #expect(envelopes.count == 2)
        let wanted = RemoteSender.Answer(0, 3, "099000" + "000002000001")
        var (cuts, executed, repeated) = (0, 0, 0)
        for write in 0..<3 {
            var bytes = 0
            while bytes < 600 {
                var card = try Card<TableAES, CutMemory>(
                    memory: CutMemory(stored: image, writesLeft: write, bytesOfLast: bytes))
                _ = card.reset()
                let reply = card.download(envelopes)
                let isCut = card.memory.isDead
                if write >= 2 {
                    // One write for the packet, one for its answer having been fetched.
                    #expect(!isCut)
                    break
                }
                #expect(isCut && reply.status == (write == 0 ? 0x6581 : 0x9000))
                if write == 0 { #expect(try Self.state(card.image) == (0, 0, 0) && reply.data.isEmpty) }
                var later = try Card<TableAES, CutMemory>(memory: CutMemory(stored: card.memory.stored))
                _ = later.reset()
                let counter = later.image.heldCounters[0].counter.value
                #expect(counter == 0 || counter == 3)
                #expect(try Self.state(later.image) == (counter == 0 ? (0, 0, 0) : (2, 0xA5, 0x5A)))
                if counter == 3 { executed += 1 }
                let again = sender.open(later.download(envelopes).data)
                let isKnown = write == 1 && again == RemoteSender.Answer(2, 3, "")
                #expect(again == wanted || isKnown)
                if isKnown { #expect(sender.open(reply.data) == wanted) }
                if again == wanted && counter == 3 { repeated += 1 }
                #expect(try Self.state(later.image) == (2, 0xA5, 0x5A))
                #expect(later.image.heldCounters[0].counter.value == 3)
                // And it goes on from there.
                #expect(later.manage(sender, 4, "00A4000C022F408032000003000001")?.data == hex("026106"))
                #expect(try Self.state(later.image).count == 3)
                cuts += 1
                if isKnown || (write == 0 && counter == 3) { break }
                bytes += 1
            }
        }
        #expect(executed > 2 && repeated > 2)
        print("\(cuts) power cuts, \(repeated) answers given again")
    }

    @Test("a memory that fails for a moment: nothing happened, and the same message executes afterwards")
    func failure() throws {
        var card = try Card<TableAES, CutMemory>(
            memory: CutMemory(stored: Self.image().encoded, writesLeft: 0, bytesOfLast: 40, recovers: true))
        _ = card.reset()
        let sender = RemoteSender()
        let envelopes = sender.envelopes(1, Self.script)
        #expect(card.download(envelopes) == Reply("", 0x6581))
        #expect(try Self.state(card.image) == (0, 0, 0))
        #expect(card.image.heldCounters[0].counter == .zero)
        #expect(card.send("00A4000C022F40").status == 0x9000)
        #expect(card.send("00B2010403") == Reply("000000", 0x9000))
        // The last part alone: the other is still there.
        let reply = card.download([envelopes[1]])
        #expect(sender.open(reply.data)?.data == hex("099000000002000001"))
        #expect(try Self.state(card.image) == (2, 0xA5, 0x5A))
        #expect(try CardImage(card.memory.contents()) == card.image)
    }

    @Test("a script that ruins what the card needs to start again is undone, and says so; its counter is used up")
    func ruin() throws {
        var card = try TestCard(image: Self.image())
        _ = card.reset()
        let sender = RemoteSender()
        let iccid = Hex.text(try Workbench.subscription(.backup).iccid.coded)
        let script = "00A4000C022F4100D6000001FF" + "00A4000C022FE2" + "00D600000A" + iccid
        #expect(card.manage(sender, 1, script) == RemoteSender.Answer(0, 1, "016985"))
        #expect(try Self.state(card.image) == (0, 0, 0))
        var later = try TestCard(memory: card.memory)
        _ = later.reset()
        #expect(later.image.heldCounters[0].counter.value == 1)
        #expect(later.manage(sender, 2, "00A4000C022F4100D6000001FF")?.data == hex("029000"))
    }

    @Test("a script can change as much as one step can hold: the command that is too much fails, those before it hold")
    func large() throws {
        // Deleting an object in front moves all that follows: 8,000 bytes are written anew each time.
        let small: [UInt8] = [0x80, 0x82, 0x83, 0x84].flatMap { [$0, 0x01, 0x00] as [UInt8] }
        let objects = small + [0x85, 0x82, 0x1F, 0x40] + (0..<8_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }
        var personalisation = try Workbench.personalisation()
        personalisation.remoteManagement = RemoteBench.keys()
        let contents = try Blank.contents(objects: objects, maximumSize: 9_000)
        var card = try TestCard(image: personalisation.image().replacing(.primary, with: contents))
        _ = card.reset()
        let sender = RemoteSender()
        let deletions = ["80", "82", "83", "84"].map { "220680DB008001" + $0 }.joined()
        let reply = card.manage(sender, 1, "AA29" + "220700A4000C022F30" + deletions)
        let answer = try #require(reply)
        let outcomes = try ScriptResponse(answer.data, format: .expanded).outcomes
        #expect(outcomes.map(\.status) == [0x9000, 0x9000, 0x9000, 0x6581])
        let file = try #require(card.image.summary(of: .primary)?.files.first { $0.path.last == 0x2F30 }?.contents.first)
        #expect(file == Array(objects.dropFirst(6)))
        #expect(try CardImage(card.memory.contents()) == card.image)
        // The rest goes in another one.
        #expect(card.manage(sender, 2, "00A4000C022F30" + "80DB00800183")?.data == hex("029000"))
    }

    @Test("a message of more parts than the card keeps is refused")
    func tooManyParts() throws {
        var card = try TestCard(image: Self.image())
        _ = card.reset()
        let sender = RemoteSender()
        let eight = "00A4000C022F43" + (0..<8).map { "00D60" + String($0) + "0064" + String(repeating: "11", count: 100) }.joined()
        let parts = sender.envelopes(1, hex(eight))
        #expect(parts.count == 7)
        #expect(sender.open(card.download(parts).data) == RemoteSender.Answer(0, 1, "099000"))
        let nine = sender.envelopes(2, hex(eight + String(eight.dropFirst(14))))
        #expect(nine.count > 8)
        #expect(card.download(nine).status == 0x6A80)
        #expect(card.image.heldCounters[0].counter.value == 1)
    }

    @Test("100,000 messages, sound, mutated and random: no crash, known status words, and who has no key changes nothing")
    func hostile() throws {
        var seed = Seed.fresh()
        var card = try TestCard(image: Self.image())
        _ = card.reset()
        let sender = RemoteSender()
        // Counters below the one that is held: whatever is executed was forged.
        #expect(card.manage(sender, 1_000, "00A4000C022F41")?.status == 0)
        let image = card.image
        var samples = sender.envelopes(5, Self.script) + sender.envelopes(6, hex("00A4000C022F41"))
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
            if ![0x9000, 0x6A80, 0x6700].contains(reply.status) || reply.data.count > 128 {
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
        var card = try TestCard(image: Self.image())
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
