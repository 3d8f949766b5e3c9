import Cipher
import Resilience
import SecuredPackets
import TestSupport
import Testing
import Wire

@testable import SmartCard

@Suite("Management over the air, when things go wrong")
struct RemoteFailureTests {
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
        let image = try RemoteBench.counting().encoded
        let sender = RemoteSender()
        let envelopes = sender.envelopes(3, RemoteBench.script)
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
            memory: CutMemory(stored: RemoteBench.counting().encoded, writesLeft: 0, bytesOfLast: 40, recovers: true))
        _ = card.reset()
        let sender = RemoteSender()
        let envelopes = sender.envelopes(1, RemoteBench.script)
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

    @Test("a script that gives one profile the number of the other is done, and the card starts again all the same")
    func ruin() throws {
        try ruin(Hex.text(try Workbench.subscription(.backup).iccid.coded))
    }

    @Test("so it does when a number is written that stands for the other profile where that has none of its own")
    func ruinBoth() throws {
        for (own, other) in [("00000000000000000010", "FFFFFFFFFFFFFFFFFFFF"), ("00000000000000000010", "00000000000000000010")] {
            var bytes = try RemoteBench.counting().encoded
            let place = try #require(bytes.firstRange(of: try Workbench.subscription(.backup).iccid.coded))
            bytes.replaceSubrange(place, with: hex(other))
            let checksum = CardImage.checksum(of: &bytes)
            bytes.set(UInt64(checksum), at: 16, size: 4)
            try ruin(own, of: try CardImage(bytes))
        }
    }

    private func ruin(_ iccid: String, of image: CardImage? = nil) throws {
        var card = try TestCard(image: try image ?? RemoteBench.counting())
        _ = card.reset()
        let sender = RemoteSender()
        let script = "00A4000C022F4100D6000001FF" + "00A4000C022FE2" + "00D600000A" + iccid
        #expect(card.manage(sender, 1, script)?.data == hex("049000"))
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
        var card = try TestCard(image: RemoteBench.counting())
        _ = card.reset()
        let sender = RemoteSender()
        let eight = "00A4000C022F43" + (0..<8).map { "00D60" + String($0) + "0064" + String(repeating: "11", count: 100) }.joined()
        let parts = sender.envelopes(1, hex(eight))
        #expect(parts.count == 7)
        #expect(sender.open(card.download(parts).data) == RemoteSender.Answer(0, 1, "099000"))
        let nine = sender.envelopes(2, hex(eight + String(eight.dropFirst(14))))
        #expect(nine.count > 8)
        // RP-ERROR (3GPP TS 31.111, 7.1.1.1).
        #expect(card.download(nine).status == 0x6200)
        #expect(card.image.heldCounters[0].counter.value == 1)
    }
}
