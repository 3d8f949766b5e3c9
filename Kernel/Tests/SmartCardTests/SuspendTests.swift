import Resilience
import SmartCard
import Testing
import Wire

@Suite("SUSPEND UICC (TS 102 221, clause 11.1.22)")
struct SuspendTests {
    private let suspend = "8076000004" + "003C" + "010A"

    private func resume(_ token: [UInt8]) -> String { "8076010008" + Hex.text(token) }

    @Test("the session goes on after the power was away: the selected file, the PINs, the channels")
    func resumed() throws {
        var card = try Workbench.card(isPINEnabled: true)
        card.selectApplication()
        #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x9000)
        #expect(card.send("00A4000C026F07").status == 0x9000)
        #expect(card.send("0070000001").data == [1])
        let imsi = card.send("00B0000009")
        #expect(card.send(suspend).status == 0x610A)
        let answer = card.send("00C000000A")
        #expect(answer.status == 0x9000)
        #expect(answer.data.prefix(2) == [0x01, 0x0A])
        let token = Array(answer.data.dropFirst(2))
        #expect(token.count == 8)
        // Another host, with nothing but the memory.
        card = try TestCard(memory: card.memory)
        _ = card.reset()
        #expect(card.send("80AA000005A903830107").status == 0x9000)
        #expect(card.send(resume(token.reversed())).status == 0x6982)
        #expect(card.send("807601000701020304050607").status == 0x6700)
        #expect(card.send(resume(token)).status == 0x9000)
        #expect(card.send("00B0000009") == imsi)
        #expect(card.send("01A4000C022FE2").status == 0x9000)
        #expect(card.send("02A4000C022FE2").status == 0x6881)
        // Once only.
        #expect(card.send(resume(token)).status == 0x6985)
        _ = card.reset()
        #expect(card.send(resume(token)).status == 0x6985)
    }

    @Test("another command after power-on begins anew: the status is gone for good, and nothing of it shows")
    func abandoned() throws {
        var card = try Workbench.card(isPINEnabled: true)
        card.selectApplication()
        #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x9000)
        for other in ["00A4000C023F00", "80F2000C", "A0A40000023F00", "0020000100", "8076020000"] {
            #expect(card.send(suspend).status == 0x610A)
            let token = Array(card.send("00C000000A").data.dropFirst(2))
            _ = card.reset()
            card.send(other)
            if other == "8076020000" {
                #expect(card.send(resume(token)).status == 0x9000)
                continue
            }
            #expect(card.send(resume(token)).status == 0x6985)
            #expect(card.read("7FFF6F07", count: 9).status != 0x9000)
            var again = try TestCard(memory: card.memory)
            _ = again.reset()
            #expect(again.send(resume(token)).status == 0x6985)
        }
    }

    @Test("tokens never come again, also when the power goes right after one was told")
    func tokens() throws {
        var card = try Workbench.card()
        var seen: Set<[UInt8]> = []
        for _ in 0..<200 {
            #expect(card.send(suspend).status == 0x610A)
            #expect(seen.insert(card.send("00C000000A").data).inserted)
            card = try TestCard(memory: card.memory)
            _ = card.reset()
        }
        // A resume before any power-off is none.
        #expect(card.send(suspend).status == 0x610A)
        let token = Array(card.send("00C000000A").data.dropFirst(2))
        #expect(card.send(resume(token)).status == 0x6985)
    }

    @Test("durations and parameters that make no sense are refused; a card whose EF.UMPC offers none does not know the command")
    func refused() throws {
        var card = try Workbench.card()
        #expect(card.send("8076000004" + "050100FF").status == 0x6A80)
        #expect(card.send("8076000004" + "010A003C").status == 0x6A80)
        #expect(card.send("8076000003" + "003C01").status == 0x6700)
        #expect(card.send("8076000104" + "003C010A").status == 0x6A86)
        #expect(card.send("0076000004" + "003C010A").status == 0x6E00)
        card.send("0020000A08" + Workbench.pin("55555555"))
        card.send("00A4000C022F08")
        #expect(card.send("00B0000005").data == hex("3C00020000"))
        #expect(card.send("00D600020100").status == 0x9000)
        #expect(card.send(suspend).status == 0x6D00)
    }

    @Test("a card that has something to say refuses; resumed, the toolkit begins anew without another TERMINAL PROFILE")
    func toolkit() throws {
        let terminal = Terminal(try Workbench.card())
        #expect(
            terminal.card.send("80100000" + Hex.text([UInt8(Terminal.capable.count)] + Terminal.capable)).status & 0xFF00 == 0x9100)
        #expect(terminal.card.send(suspend).status == 0x6985)
        terminal.boot()
        terminal.run(for: 90_000)
        // The next beacon is due in less than ten minutes: so long the card may be away.
        #expect(terminal.card.send("8076000004" + "0001" + "031E").status == 0x610A)
        let answer = terminal.card.send("00C000000A")
        let seconds = Int(answer.data[1]) * (answer.data[0] == 0 ? 1 : 60)
        #expect(answer.data[0] <= 1)
        #expect(seconds > 60 && seconds <= 660)
        _ = terminal.card.reset()
        #expect(terminal.card.send(resume(Array(answer.data.dropFirst(2)))).status & 0xFF00 == 0x9100)
    }
}
