import Cipher
import Resilience
import SecuredPackets
import TestSupport
import Testing
import Wire

@testable import SmartCard

@Suite("Secured packets over the bearer independent protocol (ETSI TS 102 225, 7; ETSI TS 102 226, 9)")
struct RemoteChannelTests {
    typealias Answer = RemoteSender.Answer

    /// PUSH: a TCP connection to 198.51.100.7, port 8443.
    static let destination = "3C030220FB" + "3E0521C6336407"
    static func push(_ objects: String = destination, request: String = "03") -> String {
        "80EC01" + request + Hex.text([UInt8(objects.count / 2)]) + objects
    }

    private func terminal(profile: [UInt8] = Terminal.capable) throws -> Terminal {
        let terminal = Terminal(try RemoteBench.card(), profile: profile)
        terminal.boot()
        terminal.run(for: 60_000)
        return terminal
    }

    private func pushed(_ counter: UInt64, _ terminal: Terminal, _ script: String = push()) -> Answer? {
        let sender = RemoteSender()
        return sender.open(terminal.receiveMessages(sender.envelopes(counter, hex(script))).data)
    }

    /// Sends packets on the channel, cut anywhere, and reads the answers.
    private func send(_ packets: [[UInt8]], _ terminal: Terminal, portion: Int = 1_000) -> [Answer] {
        var stream = packets.flatMap { $0 }
        terminal.server.received = []
        while !stream.isEmpty {
            terminal.serverSends(Array(stream.prefix(portion)))
            stream.removeFirst(min(portion, stream.count))
        }
        var answers: [Answer] = []
        var received = terminal.server.received
        while let answer = RemoteSender().next(in: &received) { answers.append(answer) }
        #expect(received.isEmpty)
        return answers
    }

    private func packet(_ counter: UInt64, _ script: String) -> [UInt8] {
        RemoteSender().packet(counter, hex(script), onChannel: true)
    }

    @Test(
        "PUSH in a short message makes the card connect; packets are executed and answered on the channel, until the server closes it"
    )
    func management() throws {
        let terminal = try terminal()
        #expect(pushed(1, terminal) == Answer(0, 1, "019000"))
        #expect(terminal.server.connections == 1 && terminal.isConnected)
        #expect(send([packet(2, RemoteBench.name("Gamma") + "00B0000106")], terminal) == [Answer(0, 2, "03900047616D6D61FF")])
        #expect(RemoteBench.name(of: &terminal.card) == "Gamma")
        #expect(terminal.card.image.heldCounters[0].counter.value == 2)
        // More than a short message has room for, sent in several portions.
        let long = "AA17" + "220700A4000C026F61" + "220500B0000050" + "220500B0000050"
        let answers = send([packet(3, long)], terminal, portion: 7)
        #expect(answers.count == 1)
        let outcomes = try ScriptResponse(try #require(answers.first).data, format: .expanded).outcomes
        #expect(outcomes.map(\.status) == [0x9000, 0x9000, 0x9000] && outcomes.map(\.data.count) == [0, 80, 80])
        terminal.dropLink()
        #expect(!terminal.isConnected && terminal.card.remoteChannel.state == .closed)
        // Beacons go on, and the next PUSH connects again.
        let beacons = terminal.heartbeats.count
        terminal.run(for: 1_300_000)
        #expect(terminal.heartbeats.count >= beacons + 2)
        #expect(pushed(4, terminal, Self.push(request: "01")) == Answer(0, 4, "019000"))
        #expect(terminal.server.connections == 2)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("several packets in one segment are executed in order; a packet may be cut anywhere")
    func segments() throws {
        for portion in [1, 3, 50, 199, 200, 201, 1_000] {
            let terminal = try terminal()
            _ = pushed(1, terminal)
            let packets = [packet(2, RemoteBench.name("Gamma")), packet(3, RemoteBench.name("Delta")), packet(5, "00A40004023F00")]
            let answers = send(packets, terminal, portion: portion)
            #expect(answers.map(\.counter) == [2, 3, 5] && answers.allSatisfy { $0.status == 0 })
            #expect(RemoteBench.name(of: &terminal.card) == "Delta")
            #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        }
    }

    @Test(
        "one counter for both ways; a packet that comes again is answered again and not executed again, also after a loss of power")
    func replay() throws {
        let terminal = try terminal()
        _ = pushed(1, terminal)
        let first = packet(7, "00A4000C022F05" + "00D60000026465")
        let answer = send([first], terminal)
        #expect(answer.map(\.counter) == [7])
        terminal.card.send("00A4000C022F05")
        let image = terminal.card.image
        #expect(send([first], terminal) == answer)
        #expect(terminal.card.image == image)
        #expect(send([packet(6, "00A40004023F00")], terminal) == [Answer(2, 6, "")])
        #expect(RemoteSender().open(terminal.receiveMessages(RemoteSender().envelopes(7, hex(Self.push()))).data)?.status == 2)
        try terminal.cutPower()
        terminal.boot()
        terminal.run(for: 60_000)
        #expect(pushed(8, terminal)?.status == 0)
        // The PUSH was executed since, so the answer before it is gone.
        #expect(send([first], terminal) == [Answer(2, 7, "")])
        #expect(send([packet(9, "00A40004023F00")], terminal).map(\.counter) == [9])
    }

    @Test("a beacon goes first: the channel is closed for it, and asked for again it is opened when the beacon is done")
    func precedence() throws {
        let terminal = try terminal()
        _ = pushed(1, terminal)
        #expect(terminal.isConnected)
        var counter: UInt64 = 1
        let beacons = terminal.heartbeats.count
        // The server keeps the connection busy, so that it is never idle.
        while terminal.isConnected, counter < 100 {
            counter += 1
            #expect(send([packet(counter, "00A40004023F00")], terminal).map(\.status) == [0])
            terminal.run(for: 20_000)
        }
        #expect(counter < 100 && terminal.heartbeats.count == beacons + 1)
        terminal.run(for: 3_600_000)
        #expect(terminal.card.policyMemory.moves == 0 && terminal.heartbeats.count > beacons + 4)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("a channel on which nothing happens is closed")
    func idle() throws {
        let terminal = try terminal()
        _ = pushed(1, terminal)
        terminal.run(for: 150_000)
        #expect(!terminal.isConnected && terminal.card.remoteChannel.state == .closed)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test(
        "what cannot be opened is not asked for",
        arguments: [
            ("80EC0103", 0x6A80), ("80EC010105" + "3C030220FB", 0x6A80), ("80EC010107" + "3E0521C6336407", 0x6A80),
            (push("3C030120FB3E0521C6336407"), 0x6A80), (push("3C030200003E0521C6336407"), 0x6A80),
            (push(destination + "0D0104"), 0x6A80), (push(destination + "3E0521C6336408"), 0x6A80),
            (push(destination + "2401FF"), 0x6A80),
            (push(destination + "05C8" + String(repeating: "41", count: 100)), 0x6A80), ("80EC010200", 0x6A86),
            ("80EC800100", 0x6A86),
        ] as [(String, UInt16)])
    func refused(command: String, status: UInt16) throws {
        let terminal = try terminal()
        let bytes = hex(command)
        let script = [0xAA] + [UInt8(bytes.count + 2)] + [0x22, UInt8(bytes.count)] + bytes
        let answer = try #require(pushed(1, terminal, Hex.text(script)))
        #expect(try ScriptResponse(answer.data, format: .expanded).outcomes.map(\.status) == [status])
        #expect(terminal.server.connections == 0 && terminal.violations.isEmpty)
    }

    @Test("PUSH needs a key with the rights of an administrator, a terminal with TCP, and no other request before it")
    func conditions() throws {
        let terminal = try terminal()
        let narrow = RemoteBench.narrow
        let reply = terminal.receiveMessages(narrow.envelopes(1, hex(Self.push())))
        #expect(narrow.open(reply.data)?.data == hex("016982"))
        _ = pushed(1, terminal)
        #expect(pushed(2, terminal)?.data == hex("016985"))
        let datagrams = try self.terminal(profile: Terminal.without((17, 1)))
        #expect(pushed(1, datagrams)?.data == hex("016985"))
        #expect(datagrams.violations.isEmpty && datagrams.server.connections == 0)
        // A card whose terminal has not said what it can do.
        var card = try RemoteBench.card()
        #expect(card.manage(RemoteSender(), 1, Self.push())?.data == hex("016985"))
    }

    @Test("a busy terminal is asked again with STATUS, a few times; one that refuses is not, and beacons go on")
    func busy() throws {
        let terminal = try terminal()
        terminal.failures[0x40] = 0x20
        _ = pushed(1, terminal)
        #expect(terminal.server.connections == 0)
        terminal.failures = [:]
        terminal.run(for: 61_000)
        #expect(terminal.server.connections == 1)
        terminal.dropLink()
        terminal.failures[0x40] = 0x3A
        _ = pushed(2, terminal)
        terminal.failures = [:]
        let beacons = terminal.heartbeats.count
        terminal.run(for: 1_300_000)
        #expect(terminal.server.connections == 1 && terminal.heartbeats.count >= beacons + 2)
        #expect(terminal.card.remoteChannel.state == .closed)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("whatever a server sends, nothing is executed without the keys, and the card goes on", arguments: [1, 2, 3] as [UInt64])
    func hostile(seed: UInt64) throws {
        print("seed \(seed)")
        var random = Seed(seed)
        let terminal = try terminal()
        var counter: UInt64 = 0
        var closed = 0
        for _ in 0..<200 {
            if !terminal.isConnected {
                counter += 1
                #expect(pushed(counter, terminal)?.data == hex("019000"))
                terminal.run(for: 31_000)
                closed += 1
                continue
            }
            var bytes = packet(counter + 1, RemoteBench.name("Omega"))
            switch random.below(3) {
            case 0: bytes = (0..<random.below(300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            case 1: bytes = Array(bytes.prefix(random.below(bytes.count)))
            default: break
            }
            if !bytes.isEmpty { bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255)) }
            let before = terminal.card.image
            terminal.serverSends(bytes)
            #expect(terminal.card.image == before)
        }
        #expect(closed > 10)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        #expect(terminal.card.policyMemory.moves == 0)
    }
}
