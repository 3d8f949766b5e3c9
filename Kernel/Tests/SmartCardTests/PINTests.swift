import SmartCard
import Testing
import Wire

@Suite("PINs (TS 102 221, clauses 9.5 and 11.1.9 to 11.1.13)")
struct PINTests {
    private let right = "0020000108" + Workbench.pin("1234")
    private let wrong = "0020000108" + Workbench.pin("9999")

    @Test("an empty VERIFY tells the tries and uses none")
    func emptyVerify() throws {
        var card = try Workbench.card(isPINEnabled: true)
        for _ in 0..<5 { #expect(card.send("0020000100").status == 0x63C3) }
        #expect(card.send("00200001").status == 0x63C3)
        #expect(card.send(wrong).status == 0x63C2)
        #expect(card.send("0020000100").status == 0x63C2)
        #expect(card.send("0020000A00").status == 0x63CA)
        #expect(card.send("0020000700").status == 0x6A88)
        #expect(card.send("0020010100").status == 0x6A86)
    }

    @Test("the rules of EF.ARR hold: nothing of the subscriber before PIN1, emergency numbers and ICCID always")
    func accessRules() throws {
        var card = try Workbench.card(isPINEnabled: true)
        #expect(card.read("2FE2", count: 10).status == 0x9000)
        card.selectApplication()
        #expect(card.send("00B2010C04").status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        #expect(card.read("7FFF5FC04F01", count: 20).status == 0x6982)
        #expect(card.send(right).status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
        #expect(card.read("7FFF5FC04F01", count: 20).status == 0x9000)
        // IMSI is the administrator's to write, ICCID nobody's.
        #expect(card.send("00A4080C047FFF6F07").status == 0x9000)
        #expect(card.send("00D600000108").status == 0x6982)
        #expect(card.send("0020000A08" + Workbench.pin("55555555")).status == 0x9000)
        #expect(card.send("00D600000108").status == 0x9000)
        card.send("00A4080C022FE2")
        #expect(card.send("00D600000198").status == 0x6982)
        // Verification ends with a reset.
        _ = card.reset()
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
    }

    @Test("a rule that cannot be found allows nothing")
    func missingRule() throws {
        var card = try Workbench.card()
        #expect(card.send("0020000A08" + Workbench.pin("55555555")).status == 0x9000)
        // The administrator wipes the rule that EF.ICCID names.
        card.send("00A4080C022F06")
        let rule = card.send("00B2010418")
        #expect(rule.status == 0x9000)
        #expect(card.send("00DC010418" + Hex.text([UInt8](repeating: 0xFF, count: 24))).status == 0x9000)
        #expect(card.read("2FE2", count: 10).status == 0x6982)
    }

    @Test("after three wrong tries the PIN is blocked, UNBLOCK sets a new one")
    func unblock() throws {
        var card = try Workbench.card(isPINEnabled: true)
        card.selectApplication()
        for left in [2, 1, 0] { #expect(card.send(wrong).status == 0x63C0 | UInt16(left)) }
        #expect(card.send(right).status == 0x6983)
        #expect(card.send("0024000110" + Workbench.pin("1234") + Workbench.pin("4321")).status == 0x6983)
        #expect(card.send("0026000108" + Workbench.pin("1234")).status == 0x6983)
        #expect(card.send("0020000100").status == 0x63C0)
        #expect(card.send("002C000100").status == 0x63CA)
        #expect(card.send("002C000110" + Workbench.pin("00000000") + Workbench.pin("4321")).status == 0x63C9)
        #expect(card.send("002C000110" + Workbench.pin("12345678") + Workbench.pin("4321")).status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
        _ = card.reset()
        #expect(card.send("0020000108" + Workbench.pin("4321")).status == 0x9000)
        #expect(card.send("002C000100").status == 0x63CA)
    }

    @Test("a used up unblock value stays used up, and ADM has none")
    func unblockBlocked() throws {
        var card = try Workbench.card(isPINEnabled: true)
        for left in (0..<10).reversed() {
            #expect(card.send("002C000110" + Workbench.pin("00000000") + Workbench.pin("4321")).status == 0x63C0 | UInt16(left))
        }
        #expect(card.send("002C000110" + Workbench.pin("12345678") + Workbench.pin("4321")).status == 0x6983)
        #expect(card.send("002C000A00").status == 0x6A88)
    }

    @Test("CHANGE, DISABLE and ENABLE verify the old value")
    func change() throws {
        var card = try Workbench.card(isPINEnabled: true)
        card.selectApplication()
        #expect(card.send("0024000110" + Workbench.pin("9999") + Workbench.pin("4321")).status == 0x63C2)
        #expect(card.send("0024000110" + Workbench.pin("1234") + Workbench.pin("4321")).status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
        #expect(card.send("0020000100").status == 0x63C3)
        #expect(card.send("0026000108" + Workbench.pin("1234")).status == 0x63C2)
        #expect(card.send("0026000108" + Workbench.pin("4321")).status == 0x9000)
        _ = card.reset()
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
        // Off: VERIFY and CHANGE and DISABLE are 6984, ENABLE turns it on.
        #expect(card.send("0020000108" + Workbench.pin("4321")).status == 0x6984)
        #expect(card.send("0024000110" + Workbench.pin("4321") + Workbench.pin("1234")).status == 0x6984)
        #expect(card.send("0026000108" + Workbench.pin("4321")).status == 0x6984)
        #expect(card.send("0028000108" + Workbench.pin("4321")).status == 0x9000)
        #expect(card.send("0028000108" + Workbench.pin("4321")).status == 0x6985)
        _ = card.reset()
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        // The second PIN cannot be switched off.
        #expect(card.send("0026008108" + Workbench.pin("5678")).status == 0x6A88)
    }

    @Test("a PIN is eight bytes, nothing else")
    func length() throws {
        var card = try Workbench.card(isPINEnabled: true)
        #expect(card.send("002000010431323334").status == 0x6700)
        #expect(card.send("0024000108" + Workbench.pin("1234")).status == 0x6700)
        #expect(card.send("0020000100").status == 0x63C3)
    }

    @Test("the try is counted durably before the value is compared: cutting the power saves none")
    func durable() throws {
        var card = try Workbench.card(isPINEnabled: true)
        let before = try card.memory.contents()
        #expect(card.send(right).status == 0x9000)
        let after = try card.memory.contents()
        // Two records: the count goes down, then up again. A cut between them leaves one try less.
        var between = try TestCard(memory: InProcessMemory(Array(after.prefix(before.count + (after.count - before.count) / 2))))
        _ = between.reset()
        #expect(between.send("0020000100").status == 0x63C2)
        var wrongly = try TestCard(memory: InProcessMemory(before))
        _ = wrongly.reset()
        #expect(wrongly.send(wrong).status == 0x63C2)
        var again = try TestCard(memory: wrongly.memory)
        _ = again.reset()
        #expect(again.send("0020000100").status == 0x63C2)
    }
}
