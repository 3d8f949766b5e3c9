import SmartCard
import Testing
import Wire

@Suite("The card as a SIM (3GPP TS 51.011, class A0)")
struct SIMTests {
    @Test(
        "SELECT answers 9FXX; a directory's answer has its counts and the CHV status, a file's its size, conditions and structure")
    func select() throws {
        var card = try Workbench.card(isPINEnabled: true)
        #expect(card.send("A0A40000023F00").status == 0x9F17)
        let master = card.send("A0C0000017").data
        #expect(Array(master[4..<7]) == hex("3F0001"))
        #expect(master[12] == 10)
        // CHV1 enabled; two directories; three tries and ten unblock tries, initialised.
        #expect(master[13] & 0x80 == 0)
        // DF.GSM, DF.TELECOM and the card's own.
        #expect(master[14] == 3)
        #expect(Array(master[18..<22]) == [0x83, 0x8A, 0x83, 0x8A])
        #expect(card.send("A0A40000027F20").status == 0x9F17)
        #expect(Array(card.send("A0C0000017").data[4..<7]) == hex("7F2002"))
        #expect(card.send("A0A40000026F07").status == 0x9F0F)
        // IMSI: 9 bytes, read CHV1, update ADM, transparent.
        #expect(card.send("A0C000000F").data == hex("000000096F070400 14FFFF 01 02 00 00".replacing(" ", with: "")))
        // Short messages: linear fixed, records of 176 bytes.
        card.send("A0A40000023F00")
        card.send("A0A40000027F10")
        #expect(card.send("A0A40000026F3C").status == 0x9F0F)
        #expect(Array(card.send("A0C000000F").data[12...]) == [2, 1, 176])
        #expect(card.send("A0A4000002AAAA").status == 0x9404)
        #expect(card.send("A0A40000013F").status == 0x6700)
    }

    @Test("its files are the USIM's: read through one, written through the other")
    func links() throws {
        var card = try Workbench.card()
        card.send("A0A40000027F20")
        card.send("A0A40000026F07")
        let imsi = card.send("A0B0000009").data
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).data == imsi)
        card.send("A0A40000023F00")
        card.send("A0A40000027F20")
        card.send("A0A40000026F7B")
        #expect(card.send("A0D600000332F451").status == 0x9000)
        card.selectApplication()
        #expect(Array(card.read("7FFF6F7B", count: 12).data.prefix(3)) == hex("32F451"))
        card.send("A0A40000023F00")
        card.send("A0A40000022FE2")
        #expect(card.send("A0B000000A").data == card.read("2FE2", count: 10).data)
    }

    @Test("status words are TS 51.011's: 9400, 9402, 9404, 9408, 9802, 9804, 9808, 9840, 67XX, 6D00")
    func statusWords() throws {
        var card = try Workbench.card(isPINEnabled: true)
        #expect(card.send("A0B0000001").status == 0x9400)
        card.send("A0A40000027F20")
        card.send("A0A40000026F07")
        #expect(card.send("A0B0000009").status == 0x9804)
        #expect(card.send("A0200001080000FFFFFFFFFFFF").status == 0x9804)
        #expect(card.send("A020000108" + Workbench.pin("1234")).status == 0x9000)
        #expect(card.send("A0B0000009").status == 0x9000)
        #expect(card.send("A0B000000A").status == 0x6709)
        #expect(card.send("A0B0001001").status == 0x9402)
        #expect(card.send("A0B2010401").status == 0x9408)
        #expect(card.send("A0D6000001FF").status == 0x9804)
        #expect(card.send("A020000308" + Workbench.pin("1234")).status == 0x9802)
        #expect(card.send("A026000108" + Workbench.pin("1234")).status == 0x9000)
        #expect(card.send("A020000108" + Workbench.pin("1234")).status == 0x9808)
        for _ in 0..<3 { card.send("A020000208" + Workbench.pin("0000")) }
        #expect(card.send("A020000208" + Workbench.pin("5678")).status == 0x9840)
        // UNBLOCK CHV2 is 2 too; CHV1 is 0.
        #expect(card.send("A02C000210" + Workbench.pin("87654321") + Workbench.pin("5678")).status == 0x9000)
        #expect(card.send("A02C000010" + Workbench.pin("12345678") + Workbench.pin("1234")).status == 0x9000)
        #expect(card.send("A088000010" + String(repeating: "00", count: 16)).status == 0x6D00)
    }

    @Test("EF.SST names the services that are there")
    func serviceTable() throws {
        var card = try Workbench.card()
        card.send("A0A40000027F20")
        card.send("A0A40000026F38")
        let table = card.send("A0B000000B").data
        func state(_ service: Int) -> UInt8 { table[(service - 1) / 4] >> UInt8((service - 1) % 4 * 2) & 3 }
        for service in [1, 4, 7, 9, 12, 14, 15, 17, 42, 43] { #expect(state(service) == 3, "service \(service)") }
        for service in [2, 3, 5, 10, 25, 38] { #expect(state(service) == 0, "service \(service)") }
    }
}
