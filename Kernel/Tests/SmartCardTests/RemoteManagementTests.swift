import Cipher
import Resilience
import SecuredPackets
import SmartCard
import Testing
import Wire

@Suite("Management over the air: what packets do")
struct RemoteManagementTests {
    typealias Answer = RemoteSender.Answer

    /// pySim's tests/unittests/test_ota.py: AES128-SJA5-CIPHERED-CC.
    @Test("the tests' sender makes the packet that pySim makes, and reads the answer of a real card")
    func sender() {
        let sender = RemoteSender(spi: [0x06, 0x19])
        let packet = sender.packet(0, hex("00a40004023f00"))
        #expect(Hex.text(packet) == "00281506192222b00011e87cceebb2d93083011ce294f93fc4d8de80da1abae8c37ca3e72ec4432e5058")
        let answer = sender.open(hex("027100002412b00011ebc6b497e2cad7aedf36ace0e3a29b38853f0fe9ccde81913be5702b73abce1f"))
        #expect(answer == Answer(0, 0, "016132"))
    }

    @Test("a script changes a file; the answer waits for GET RESPONSE, and what the terminal has selected stays")
    func update() throws {
        var card = try RemoteBench.card()
        card.selectApplication()
        #expect(card.send("00A4000C026F07").status == 0x9000)
        let sender = RemoteSender()
        let first = Reply(card.transmit(sender.envelopes(5, hex(RemoteBench.name("Gamma") + "00B0000106"))[0]))
        #expect(first.status & 0xFF00 == 0x6100 && first.data.isEmpty)
        let second = card.send("00C00000" + Hex.text([UInt8(first.status & 0xFF)]))
        #expect(second.status == 0x9000)
        #expect(second.data.count <= 128)
        #expect(sender.open(second.data) == Answer(0, 5, "03900047616D6D61FF"))
        // Still EF.IMSI.
        #expect(card.send("00B0000009") == Reply(Hex.text(try Workbench.subscription(.primary).imsi.coded), 0x9000))
        #expect(RemoteBench.name(of: &card) == "Gamma")
        #expect(card.image.heldCounters.map(\.counter.value) == [5, 0])
        // It is there for good.
        var later = try TestCard(memory: card.memory)
        _ = later.reset()
        #expect(RemoteBench.name(of: &later) == "Gamma")
        #expect(later.image.heldCounters == card.image.heldCounters)
    }

    @Test("compact, definite and indefinite scripts (ETSI TS 102 226, 5)")
    func formats() throws {
        var card = try RemoteBench.card()
        let sender = RemoteSender()
        // Compact: SELECT leaves its template waiting; READ BINARY with P3 00 gives what there is.
        #expect(card.manage(sender, 1, "00A40004026F46")?.data.prefix(2) == [0x01, 0x61])
        #expect(card.manage(sender, 2, "00A4000C026F4600B0000000")?.data.count == 3 + 17)
        // Definite: the answer of a command with Le comes with it.
        let definite = "AA1A" + "220800A40004026F4600" + "220700A4000C026FAD" + "220500B0000000"
        let answerReply = card.manage(sender, 3, definite)
        let answer = try #require(answerReply)
        let response = try ScriptResponse(answer.data, format: .expanded)
        #expect(response.executed == 3)
        #expect(response.outcomes.map(\.status) == [0x9000, 0x9000, 0x9000])
        #expect(response.outcomes[0].data.first == 0x62)
        #expect(response.outcomes[2].data == [0, 0, 0, 2])
        let indefiniteReply = card.manage(sender, 4, "AE80" + "220700A4000C02FFFF" + "220500B0000000" + "0000")
        let indefinite = try #require(indefiniteReply)
        #expect(try ScriptResponse(indefinite.data, format: .indefinite).outcomes.map(\.status) == [0x6A82])
        // A longer answer than one message is cut, and says so.
        let long = "AA12" + "220700A4000C026F3C" + "220700B20104B0" + ""
        #expect(card.manage(sender, 5, long)?.status == 0)
        let cutReply = card.manage(sender, 6, "AA10" + "220700A4000C026F3C" + "220500B20104B0")
        let cut = try #require(cutReply)
        #expect(try ScriptResponse(cut.data, format: .expanded).isCut)
    }

    @Test("a message in parts is executed when its last part comes, in any order; without one of them nothing happens")
    func parts() throws {
        let sender = RemoteSender()
        let networks = (0..<16).map { "13001" + String($0 % 10) + "FF" + "4080" }.joined()
        #expect(networks.count == 160 + 32)
        let list = String(networks.prefix(160))
        let script = hex(
            "00A4000C026F6100D6000050" + list + "00A4000C026F6200D6000005" + String(list.prefix(10)) + "00A4000C026F6100B0000050")
        let envelopes = sender.envelopes(1, script)
        #expect(envelopes.count == 2)
        for order in [[0, 1], [1, 0], [0, 0, 1], [1, 1, 0]] {
            var card = try RemoteBench.card()
            for index in order.dropLast() {
                #expect(card.send(Hex.text(envelopes[index])) == Reply("", 0x9000))
            }
            #expect(card.image.heldCounters[0].counter == .zero)
            let reply = card.download([envelopes[order[order.count - 1]]])
            let answer = try #require(sender.open(reply.data))
            #expect(answer == Answer(0, 1, "069000" + list))
            card.selectApplication()
            #expect(Hex.text(card.read("7FFF6F61", count: 80).data).uppercased() == list)
        }
        // Cut off by a reset: parts live in RAM.
        var card = try RemoteBench.card()
        card.send(Hex.text(envelopes[0]))
        _ = card.reset()
        #expect(card.send(Hex.text(envelopes[1])) == Reply("", 0x9000))
        #expect(card.image.heldCounters[0].counter == .zero)
        // What was lost comes again.
        let reply = card.download([envelopes[0]])
        #expect(sender.open(reply.data)?.status == 0)
    }

    @Test("a named profile's files, while the other one is in use: nothing of one shows in the other")
    func otherProfile() throws {
        var card = try RemoteBench.card()
        var sender = RemoteSender()
        sender.target = 0xB00013
        #expect(card.manage(sender, 1, RemoteBench.name("Delta"))?.data == hex("029000"))
        // EF.LOCI of the dormant profile.
        #expect(card.manage(sender, 2, "00A4000C026F7E00D60000020102")?.data == hex("029000"))
        #expect(RemoteBench.name(of: &card) == "Alpha")
        #expect(card.read("7FFF6F7E", count: 2).data == [0xFF, 0xFF])
        let summary = try #require(card.image.summary(of: .backup))
        let names = summary.files.filter { $0.path.last == 0x6F46 }.flatMap(\.contents)
        #expect(names.allSatisfy { $0.starts(with: [0x00] + Array("Delta".utf8)) } && !names.isEmpty)
        sender.target = 0xB00012
        #expect(card.manage(sender, 3, "00A4000C026F4600B0000106")?.data == hex("029000416C706861FF"))
        // A card with one profile has no such application.
        var single = try Workbench.personalisation(parameters: Parameters.standard.withoutMoving(), hasBackup: false)
        single.remoteManagement = RemoteBench.keys()
        #expect(throws: PersonalisationError.remoteManagement(.application(ToolkitApplicationReference(0xB00013)))) {
            try single.image()
        }
    }

    @Test("a key set may do what its rights say, and nobody what a rule allows nobody")
    func rights() throws {
        var card = try RemoteBench.card(isPINEnabled: true)
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        // EF.IMSI: read with PIN 1.
        #expect(card.manage(RemoteBench.narrow, 1, "00A4000C026F0700B0000009")?.data.count == 3 + 9)
        // EF.SPN: updated with ADM1.
        #expect(card.manage(RemoteBench.narrow, 2, RemoteBench.name("Gamma"))?.data == hex("026982"))
        #expect(card.manage(RemoteSender(), 1, RemoteBench.name("Gamma"))?.status == 0)
        // EF.ICCID: updated by nobody.
        #expect(card.manage(RemoteSender(), 2, "00A4080C022FE200D6000001FF")?.data == hex("026982"))
        // The terminal has gained nothing by it.
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        #expect(RemoteBench.name(of: &card) == "Gamma")
    }

    @Test("a code that is blocked is unblocked from afar by its unblock value; what the terminal has verified stays verified")
    func codes() throws {
        var card = try RemoteBench.card(isPINEnabled: true)
        for _ in 0..<3 { card.send("0020000108" + Workbench.pin("0000")) }
        #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x6983)
        #expect(card.send("0020000A08" + Workbench.pin("55555555")).status == 0x9000)
        let unblock = "002C000110" + Workbench.pin("12345678") + Workbench.pin("4321")
        #expect(card.manage(RemoteSender(), 1, unblock)?.data == hex("019000"))
        #expect(card.send("0020000100").status == 0x63C3)
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        #expect(card.send("00A4000C026F46").status == 0x9000)
        #expect(card.send("00D600000100").status == 0x9000)
        #expect(card.send("0020000108" + Workbench.pin("4321")).status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
    }

    @Test(
        "commands that are none of file management are not there for a script",
        arguments: [
            "00880081221022334455667788990011223344556677"
                + "1000112233445566778899001122334455", "80F2000C", "0070000001",
            "8010000001FF", "80C2000003D60100", "8012000010", "80E29100", "8076000004003C010A",
        ])
    func foreignCommands(command: String) throws {
        var card = try RemoteBench.card()
        let before = card.image.summary(of: .primary)
        let bytes = hex(command)
        let script = [0xAA, UInt8(bytes.count + 2), 0x22, UInt8(bytes.count)] + bytes
        let answerReply = card.manage(RemoteSender(), 1, Hex.text(script))
        let answer = try #require(answerReply)
        #expect(try ScriptResponse(answer.data, format: .expanded).outcomes.map(\.status) == [0x6D00])
        #expect(card.image.summary(of: .primary) == before)
    }

    @Test("a policy document is the data of its own application, and needs its own signature besides the packet's")
    func policy() throws {
        var card = try RemoteBench.card()
        var sender = RemoteSender()
        sender.target = RemoteManagementKeys.policy.value
        let document = try PolicyUpdateTests.document(PolicyUpdateTests.parameters(version: 7))
        let forged = try PolicyUpdateTests.document(PolicyUpdateTests.parameters(version: 8), key: Workbench.key)
        #expect(card.manage(sender, 1, Hex.text(forged))?.data == [0x01, 0x69, 0x82])
        #expect(card.manage(sender, 2, Hex.text(document))?.data == [0x01, 0x90, 0x00])
        // Neither the packet nor the document is taken again.
        #expect(card.manage(sender, 2, Hex.text(document))?.status == 0x02)
        #expect(card.manage(sender, 3, "00")?.data == [0x01, 0x6A, 0x80])
    }

    @Test("a replaced profile leaves the keys and counters as they are")
    func replacing() throws {
        var card = try RemoteBench.card()
        #expect(card.manage(RemoteSender(), 7, RemoteBench.name("Gamma"))?.status == 0)
        let image = try card.image.replacing(.backup, with: Blank.contents())
        #expect(image.heldCounters.map(\.counter.value) == [7, 0])
        var later = try TestCard(image: image)
        _ = later.reset()
        #expect(later.manage(RemoteSender(), 7, RemoteBench.name("Delta"))?.status == 2)
        #expect(later.manage(RemoteSender(), 8, RemoteBench.name("Delta"))?.status == 0)
    }

    @Test("key sets and applications that cannot be are refused with their name")
    func problems() throws {
        func problem(_ change: (inout RemoteManagementKeys) -> Void) throws -> RemoteManagementKeys.Problem? {
            var personalisation = try Workbench.personalisation()
            var keys = RemoteBench.keys()
            change(&keys)
            personalisation.remoteManagement = keys
            do {
                _ = try personalisation.image()
                return nil
            } catch PersonalisationError.remoteManagement(let problem) { return problem }
        }
        let files = RemoteManagementKeys.files
        #expect(try problem { $0.keySets[1].version = 2 } == .keySet(version: 2))
        #expect(try problem { $0.keySets[0].version = 16 } == .keySet(version: 16))
        #expect(try problem { $0.keySets[0].integrity = $0.keySets[0].ciphering } == .keySet(version: 2))
        #expect(try problem { $0.applications[1].target = files } == .application(files))
        #expect(try problem { $0.applications[0].minimum = MinimumSecurityLevel(spi1: 0x06) } == .application(files))
        #expect(
            try problem { keys in keys.applications += keys.applications + [keys.applications[0]] }
                == .tooManyApplications(limit: 8, came: 9))
        #expect(try problem { keys in keys.keySets += keys.keySets + [keys.keySets[0]] } == .tooManyKeySets(limit: 4, came: 5))
    }
}
