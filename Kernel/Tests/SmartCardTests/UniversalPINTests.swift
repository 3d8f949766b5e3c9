import SmartCard
import Testing
import Wire

@Suite("The universal PIN and rules by security environment (TS 102 221, clauses 9.2.7, 9.3, 9.4.1 and 11.1.11)")
struct UniversalPINTests {
    private func read(_ identifier: String, _ card: inout TestCard) -> UInt16 {
        card.send("00A4000C02" + identifier)
        return card.send("00B0000001").status
    }

    private let application = "0020000108" + Workbench.pin("1234")
    private let universal = "0020001108" + Workbench.pin("9876")
    private let replace = "0026910108" + Workbench.pin("1234")

    @Test(
        "the reference to EF.ARR names each environment that has a rule; the PIN status template tells the use of the universal PIN"
    )
    func template() throws {
        var card = try Blank.card()
        #expect(Hex.text(card.exchange("00A40004022F33").data).contains("8b062f0601030004"))
        #expect(Hex.text(card.exchange("00A40004022F34").data).contains("8b042f060103"))
        #expect(Hex.text(card.exchange("00A40004022F35").data).contains("8b032f0603"))
        #expect(Hex.text(card.exchange("00A40004023F00").data).contains("c60c9001c0830101950100830111"))
        #expect(card.send(replace).status == 0x9000)
        #expect(Hex.text(card.exchange("00A40004023F00").data).contains("c60c900140830101950108830111"))
    }

    @Test("with the PIN on, environment 01 holds; with it off, environment 00: and where that has no rule, nothing is allowed")
    func environments() throws {
        var card = try Blank.card()
        for file in ["2F33", "2F34", "2F35"] { #expect(read(file, &card) == 0x6982) }
        #expect(card.send(universal).status == 0x9000)
        for file in ["2F33", "2F34", "2F35"] { #expect(read(file, &card) == 0x6982) }
        #expect(card.send(application).status == 0x9000)
        for file in ["2F33", "2F34", "2F35"] { #expect(read(file, &card) == 0x9000) }
        // Off, and nothing in its place.
        #expect(card.send("0026000108" + Workbench.pin("1234")).status == 0x9000)
        #expect(read("2F33", &card) == 0x9000)
        #expect(read("2F34", &card) == 0x6982)
        #expect(read("2F35", &card) == 0x9000)
        _ = card.reset()
        #expect(read("2F33", &card) == 0x6982)
        #expect(read("2F35", &card) == 0x9000)
        #expect(card.send(universal).status == 0x9000)
        #expect(read("2F33", &card) == 0x9000)
    }

    @Test("the universal PIN replaces the application's: what asked for that one asks for this one, over power cuts too")
    func replacement() throws {
        var card = try Blank.card()
        #expect(card.send(replace).status == 0x9000)
        #expect(read("2F35", &card) == 0x6982)
        card = try TestCard(memory: card.memory)
        _ = card.reset()
        #expect(card.send(application).status == 0x6984)
        #expect(read("2F35", &card) == 0x6982)
        #expect(read("2F33", &card) == 0x6982)
        #expect(card.send(universal).status == 0x9000)
        #expect(read("2F35", &card) == 0x9000)
        #expect(read("2F33", &card) == 0x9000)
        #expect(read("2F34", &card) == 0x6982)
        // Back again: the universal PIN no longer helps.
        #expect(card.send("0028000108" + Workbench.pin("1234")).status == 0x9000)
        _ = card.reset()
        #expect(card.send(universal).status == 0x9000)
        #expect(read("2F35", &card) == 0x6982)
    }

    @Test("what cannot be replaced, or by nothing, is refused and uses no try")
    func refusals() throws {
        var card = try Blank.card()
        #expect(card.send("0026911108" + Workbench.pin("9876")).status == 0x6A86)
        #expect(card.send("0026900108" + Workbench.pin("1234")).status == 0x6A86)
        #expect(card.send("0026910208" + Workbench.pin("1234")).status == 0x6A88)
        #expect(card.send("0028910108" + Workbench.pin("1234")).status == 0x6A86)
        #expect(card.send("0026910108" + Workbench.pin("0000")).status == 0x63C2)
        #expect(card.send("0026001108" + Workbench.pin("9876")).status == 0x9000)
        #expect(card.send("0028001108" + Workbench.pin("9876")).status == 0x9000)
        var without = try Workbench.card(isPINEnabled: true)
        #expect(without.send(replace).status == 0x6A88)
        #expect(without.send("0020001100").status == 0x6A88)
        #expect(without.send("0020000100").status == 0x63C3)
    }

    @Test("it belongs to no application: the end of an application's session does not touch it")
    func applicationSession() throws {
        var personalisation = try Workbench.personalisation(isPINEnabled: true)
        personalisation.codes.universalPIN = AccessCodes.Code("9876")
        personalisation.codes.unblockUniversalPIN = AccessCodes.Code("11223344")
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        card.selectApplication()
        #expect(card.send(replace).status == 0x9000)
        #expect(card.send(universal).status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
        #expect(card.send("00A4044C07A0000000871002").status == 0x9000)
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
        for left in [2, 1, 0] {
            #expect(card.send("0020001108" + Workbench.pin("0000")).status == 0x63C0 | UInt16(left))
        }
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        #expect(card.send("002C001110" + Workbench.pin("11223344") + Workbench.pin("4321")).status == 0x9000)
        #expect(card.read("7FFF6F07", count: 9).status == 0x9000)
    }
}
