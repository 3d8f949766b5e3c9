import Cipher
import EUICC
import Resilience
import Testing
import Wire

@testable import SmartCard

/// The ISD-R of the card: GSMA SGP.22, 5.7 and GSMA SGP.32, through APDUs.
@Suite("The card as an eUICC")
struct DomainTests {
    static let eid = "89049032123451234512345678901235"

    static func image(privateKey: [UInt8] = []) throws -> CardImage {
        var personalisation = try Workbench.personalisation()
        personalisation.euicc = EUICCIdentity(
            eid: try EID(eid), privateKey: privateKey, notificationAddresses: ["alpha.example", "beta.example"])
        return try personalisation.image()
    }

    static func card() throws -> TestCard {
        var card = try TestCard(image: try image())
        _ = card.reset()
        return card
    }

    static let select = "00A4040010A0000005591010FFFFFFFF8900000100"
    /// ProfileInfo: 5A is the ICCID, 9F70 the state, 9F26 the fallback attribute.
    static let list = "80E2910007BF2D045C025A00"

    @Test("SELECT by its name answers with file control information, whole or in part, on any channel")
    func select() throws {
        var card = try Self.card()
        let answer = card.exchange(Self.select)
        let text = Hex.text(answer.data)
        #expect(answer.status == 0x9000)
        #expect(text.hasPrefix("6f"))
        #expect(text.contains("8410a0000005591010ffffffff8900000100"))
        // Without an answer, as with P2 0C; a partial name; the next one, which there is not.
        #expect(card.send("00A4040C10A0000005591010FFFFFFFF8900000100").status == 0x9000)
        #expect(card.send("00A4040C07A0000005591010").status == 0x9000)
        #expect(card.send("00A4040E07A0000005591010").status == 0x6A82)
        #expect(card.send("00A4040C10A0000005591010FFFFFFFF8900000200").status == 0x6A82)
        #expect(card.send("0070000001") == Reply("01", 0x9000))
        #expect(card.send("01" + Self.select.dropFirst(2)).status & 0xFF00 == 0x6100)
        #expect(card.send("81E2910006BF3E035C015A").status & 0xFF00 == 0x6100)
    }

    @Test("STORE DATA needs the ISD-R on its channel, and the class of a proprietary command")
    func needsSelection() throws {
        var card = try Self.card()
        #expect(card.send("80E2910006BF3E035C015A").status == 0x6985)
        #expect(card.send(Self.select).status & 0xFF00 == 0x6100)
        #expect(card.exchange("80E2910006BF3E035C015A") == Reply("BF3E125A10" + Self.eid, 0x9000))
        #expect(card.send("00E2910006BF3E035C015A").status == 0x6E00)
        #expect(card.send("81E2910006BF3E035C015A").status == 0x6881)
        // Another selection ends it.
        #expect(card.send("00A4000C023F00").status == 0x9000)
        #expect(card.send("80E2910006BF3E035C015A").status == 0x6985)
    }

    @Test("a plain UICC has no ISD-R")
    func plain() throws {
        var card = try Workbench.card()
        #expect(card.send("00A4040410A0000005591010FFFFFFFF8900000100").status == 0x6A82)
        #expect(card.euicc == nil && card.image.eid == nil)
    }

    @Test("GetEID in as many blocks as there are bytes")
    func blocks() throws {
        var card = try Self.card()
        card.send(Self.select)
        let command = hex("BF3E035C015A")
        for (index, byte) in command.enumerated() {
            let isLast = index == command.count - 1
            let number = Hex.text([UInt8(index)])
            let reply = card.exchange("80E2" + (isLast ? "91" : "11") + number + "01" + Hex.text([byte]))
            #expect(reply == (isLast ? Reply("BF3E125A10" + Self.eid, 0x9000) : Reply("", 0x9000)))
        }
        // A block out of order starts all over.
        #expect(card.send("80E2110001BF").status == 0x9000)
        #expect(card.send("80E21102013E").status == 0x6A86)
        #expect(card.send("80E29101013E").status == 0x6A86)
    }

    private func profiles(_ card: inout TestCard) -> [(state: UInt8, isFallback: Bool)] {
        card.send(Self.select)
        let answer = card.exchange("80E291000ABF2D075C055A9F709F26")
        return Hex.text(answer.data).components(by: "e3").dropFirst().map { text in
            (text.contains("9f700101") ? 1 : 0, text.contains("9f2601ff"))
        }
    }

    @Test("a profile that the device enables shows at the next reset, and the applet stays on it")
    func enable() throws {
        var card = try Self.card()
        #expect(profiles(&card).map(\.state) == [1, 0])
        #expect(profiles(&card).map(\.isFallback) == [false, true])
        // EnableProfile by ISD-P AID with refreshFlag.
        let enabled = card.exchange("80E291001ABF3117A0124F10A0000005591010FFFFFFFF89000011008101FF")
        #expect(enabled == Reply("BF3103800100", 0x9000))
        #expect(card.enabled == .backup && card.visible == .primary)
        #expect(card.policyMemory.lastMove == .appointed)
        #expect(profiles(&card).map(\.state) == [0, 1])
        _ = card.reset()
        #expect(card.visible == .backup)
        #expect(card.euicc?.enabled == 1 && card.euicc?.leftBehind == nil)
        #expect(card.exchange("80E291001ABF3117A0124F10A0000005591010FFFFFFFF89000011008101FF").status == 0x6985)
        card.send(Self.select)
        // It is enabled already: 2.
        #expect(
            card.exchange("80E291001ABF3117A0124F10A0000005591010FFFFFFFF89000011008101FF") == Reply("BF3103800102", 0x9000))
        // Both profiles' servers are to be told.
        let notifications = card.exchange("80E2910003BF2800")
        #expect(Hex.text(notifications.data).contains(Hex.text(Array("alpha.example".utf8))))
        #expect(Hex.text(notifications.data).contains(Hex.text(Array("beta.example".utf8))))
    }

    @Test("REFRESH is asked for once the answer has been read")
    func refreshFollows() throws {
        let terminal = Terminal(try Self.card())
        terminal.boot()
        terminal.card.send(Self.select)
        let first = terminal.card.send("80E291001ABF3117A0124F10A0000005591010FFFFFFFF89000011008101FF")
        #expect(first.status & 0xFF00 == 0x6100)
        let read = terminal.card.send("80C00000" + Hex.text([UInt8(first.status & 0xFF)]))
        #expect(read.status & 0xFF00 == 0x9100, "\(read)")
    }

    @Test("whoever executes the fallback mechanism, the applet knows the way back")
    func fallback() throws {
        var card = try Self.card()
        card.send(Self.select)
        #expect(card.exchange("80E2910006BF5D03800100") == Reply("BF5D03800100", 0x9000))
        #expect(card.enabled == .backup && card.euicc?.leftBehind == 0)
        _ = card.reset()
        #expect(card.visible == .backup)
        card.send(Self.select)
        #expect(card.exchange("80E2910006BF5E03800100") == Reply("BF5E03800100", 0x9000))
        #expect(card.enabled == .primary && card.euicc?.leftBehind == nil)
    }

    @Test("power cut at every write of a switch: both the eUICC and the applet stand on the same profile")
    func powerCut() throws {
        let commands = [
            "80E291001ABF3117A0124F10A0000005591010FFFFFFFF89000011008101FF", "80E2910006BF5D03800100",
        ]
        for command in commands {
            let memory = try Self.image().encoded
            for bytes in 0..<600 {
                var card = try Card<TableAES, CutMemory>(memory: CutMemory(stored: memory, writesLeft: 0, bytesOfLast: bytes))
                _ = card.reset()
                card.send(Self.select)
                let reply = card.exchange(command)
                #expect(reply.status == 0x6581)
                #expect(card.enabled == .primary && card.euicc?.enabled == 0, "what is not durable is not done")
                let later = try TestCard(memory: InProcessMemory(card.memory.stored))
                #expect(Int(later.enabled.rawValue) == later.euicc?.enabled)
            }
        }
    }

    @Test("two profiles of one ICCID, and a key that is none, are refused when the card is made")
    func contradictions() throws {
        var personalisation = try Workbench.personalisation()
        personalisation.euicc = EUICCIdentity(eid: try EID(Self.eid))
        personalisation.backup = personalisation.primary
        #expect(throws: PersonalisationError.sameICCID) { try personalisation.image() }
        #expect(throws: PersonalisationError.privateKey(length: 32, came: 3)) {
            try Self.image(privateKey: [1, 2, 3])
        }
    }

    @Test("a profile whose EF.ICCID was overwritten is listed by a number of zeros, and the card goes on")
    func overwritten() throws {
        for number in ["FFFFFFFFFFFFFFFFFFFF", "00000000000000000000", "981314400000000020F3"] {
            var image = try Self.image().encoded
            let place = try #require(image.firstRange(of: hex("984411008600000010F8")))
            image.replaceSubrange(place, with: hex(number))
            let checksum = CardImage.checksum(of: &image)
            image.set(UInt64(checksum), at: 16, size: 4)
            var card = try TestCard(image: try CardImage(image))
            _ = card.reset()
            #expect(profiles(&card).map(\.state) == [1, 0])
        }
    }

    @Test("whatever is stored, the answer is a status word and the card goes on", arguments: [1, 2, 3] as [UInt64])
    func hostile(seed: UInt64) throws {
        print("seed \(seed)")
        var random = Seeded(seed)
        var card = try Self.card()
        card.send(Self.select)
        let tags: [[UInt8]] = [
            [0xBF, 0x20], [0xBF, 0x22], [0xBF, 0x2D], [0xBF, 0x31], [0xBF, 0x32], [0xBF, 0x51], [0xBF, 0x55], [0xBF, 0x57],
            [0xBF, 0x5D], [0xBF, 0x5E], [0xBF, 0x29], [0xBF, 0x2B], [0xBF, 0x30], [0xBF, 0x58],
        ]
        for _ in 0..<20_000 {
            var body = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next() >> 11) }
            if random.next() & 1 == 0 { body = tags[Int(random.next() % UInt64(tags.count))] + [UInt8(body.count & 0x7F)] + body }
            let p1: UInt8 = [0x11, 0x91, 0x91, 0x91, 0x00][Int(random.next() % 5)]
            let reply = card.exchange(Hex.text([0x80, 0xE2, p1, UInt8(random.next() % 3), UInt8(body.count)] + body))
            #expect([0x90, 0x91, 0x61, 0x6A, 0x69, 0x67, 0x62].contains(reply.status >> 8), "\(reply)")
            #expect(Int(card.enabled.rawValue) == card.euicc?.enabled)
            if random.next() % 500 == 0 {
                _ = card.reset()
                card.send(Self.select)
            }
        }
    }
}

extension String {
    fileprivate func components(by separator: String) -> [Substring] {
        var parts: [Substring] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) {
                parts.append(self[start..<index])
                index = self.index(index, offsetBy: separator.count)
                start = index
            } else {
                index = self.index(index, offsetBy: 2, limitedBy: endIndex) ?? endIndex
            }
        }
        parts.append(self[start...])
        return parts
    }
}
