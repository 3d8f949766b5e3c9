import Resilience
import SecuredPackets
import SmartCard
import Testing
import Wire

@Suite("REFRESH after files were changed over the air (TS 102 223, clause 6.4.7)")
struct ChangedFilesTests {
    private func terminal(profile: [UInt8] = Terminal.capable) throws -> Terminal {
        let terminal = Terminal(try RemoteBench.card(), profile: profile)
        terminal.boot()
        terminal.run(for: 60_000)
        return terminal
    }

    private func manage(_ terminal: Terminal, _ counter: UInt64, _ script: String, target: UInt32 = 0xB00011) -> UInt8? {
        var sender = RemoteSender()
        sender.target = target
        return sender.open(terminal.receiveMessages(sender.envelopes(counter, hex(script))).data)?.status
    }

    @Test("the terminal is told of the files that are another now, by their full paths, each under all its names")
    func listed() throws {
        let terminal = try terminal()
        // EF.SPN, which DF.GSM shows too, and EF.LI, which stays as it was.
        #expect(manage(terminal, 1, RemoteBench.name("Gamma") + "00A40004026F0500D6000002FFFF") == 0)
        let refresh = try #require(terminal.refreshed.first)
        #expect(terminal.refreshed.count == 1 && refresh.mode == 0x01 && refresh.application.isEmpty)
        #expect(Hex.text(refresh.files).hasPrefix("023f007fff6f46") || refresh.files.first == 1)
        #expect(Hex.text(refresh.files).contains("3f007fff6f46") && !Hex.text(refresh.files).contains("6f05"))
        // The same again changes nothing.
        #expect(manage(terminal, 2, RemoteBench.name("Gamma")) == 0)
        #expect(terminal.refreshed.count == 1 && terminal.boots == 1)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("another IMSI asks for initialisation too; more than a list has room for, for everything to be read")
    func initialised() throws {
        let terminal = try terminal()
        #expect(manage(terminal, 1, "00A40004026F0700D6000009" + "082943051000000081") == 0)
        #expect(terminal.refreshed.map(\.mode) == [0x02])
        #expect(Hex.text(terminal.refreshed[0].files).contains("3f007fff6f07"))
        let files = [
            "6F3E", "6F3F", "6F43", "6F7E", "6F73", "6FE3", "6F08", "6F09", "6F7B", "6F5B", "6FC4", "6F5C", "6F60", "6F61",
            "6F62", "6FD9", "6F05", "6F78", "6F46",
        ]
        var script = files.map { "00A4000C02" + $0 + "00D60000025A5A" }.joined() + "00A4000C025FC0"
        script += ["4F01", "4F02", "4F05", "4F06", "4F0A"].map { "00A4000C02" + $0 + "00D60000025A5A" }.joined()
        #expect(manage(terminal, 2, script) == 0)
        #expect(terminal.refreshed.count == 2 && terminal.refreshed.last?.mode == 0x00)
        #expect(terminal.refreshed.last?.files.isEmpty == true)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("nothing is said of the dormant profile, nor to a terminal that offers no REFRESH")
    func silent() throws {
        let terminal = try terminal()
        #expect(manage(terminal, 1, RemoteBench.name("Gamma"), target: 0xB00013) == 0)
        #expect(terminal.refreshed.isEmpty)
        #expect(manage(terminal, 2, RemoteBench.name("Gamma"), target: 0xB00012) == 0)
        #expect(terminal.refreshed.count == 1)
        let without = try self.terminal(profile: Terminal.without((3, 8)))
        #expect(manage(without, 1, RemoteBench.name("Gamma")) == 0)
        #expect(without.refreshed.isEmpty && without.violations.isEmpty)
    }

    @Test("a busy terminal is told again with STATUS, a few times; one that cannot is left alone")
    func busy() throws {
        let terminal = try terminal()
        terminal.failures[0x01] = 0x20
        #expect(manage(terminal, 1, RemoteBench.name("Gamma")) == 0)
        #expect(terminal.count(0x01) == 1)
        terminal.failures = [:]
        terminal.run(for: 61_000)
        #expect(terminal.refreshed.count == 1)
        terminal.failures[0x01] = 0x20
        #expect(manage(terminal, 2, RemoteBench.name("Delta")) == 0)
        terminal.run(for: 600_000)
        #expect(terminal.count(0x01) == 6)
        terminal.failures[0x01] = 0x31
        #expect(manage(terminal, 3, RemoteBench.name("Gamma")) == 0)
        terminal.run(for: 600_000)
        #expect(terminal.count(0x01) == 7)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }
}
