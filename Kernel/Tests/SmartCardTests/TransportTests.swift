import SmartCard
import Testing
import Wire

@Suite("Class, instruction, lengths and GET RESPONSE (TS 102 221, clauses 7.3 and 10.1)")
struct TransportTests {
    @Test("a wrong class is 6E00, an unknown instruction 6D00, secure messaging 6882, a closed channel 6881")
    func refusals() throws {
        var card = try Workbench.card()
        #expect(card.send("A1A40000023F00").status == 0x6E00)
        #expect(card.send("10A40004023F00").status == 0x6E00)
        #expect(card.send("FFA40004023F00").status == 0x6E00)
        #expect(card.send("80A40004023F00").status == 0x6E00)
        #expect(card.send("00F2000C").status == 0x6E00)
        #expect(card.send("0060000000").status == 0x6D00)
        #expect(card.send("009A000000").status == 0x6D00)
        #expect(card.send("00FF0000").status == 0x6D00)
        #expect(card.send("04A40004023F00").status == 0x6882)
        #expect(card.send("60A40004023F00").status == 0x6882)
        #expect(card.send("01A40004023F00").status == 0x6881)
        #expect(card.send("40A40004023F00").status == 0x6881)
    }

    @Test("lengths that contradict each other are 6700")
    func lengths() throws {
        var card = try Workbench.card()
        for command in [
            "", "00", "00A400", "00A40004033F00", "00A40004023F000000", "00A4000400000000", "00A400040002", "00A4000400000300",
        ] {
            #expect(card.send(command).status == 0x6700, "\(command)")
        }
        // Extended Lc.
        #expect(card.send("00A4000C0000023F00") == Reply("", 0x9000))
    }

    @Test("GET RESPONSE in both classes, less leaves the rest, more is 6CXX, another command drops it")
    func getResponse() throws {
        var card = try Workbench.card()
        #expect(card.send("00C0000010").status == 0x6985)
        let length = Int(card.send("00A40004023F00").status & 0xFF)
        #expect(card.send("80C0000004").data == [0x62, UInt8(length - 2), 0x82, 0x02])
        #expect(card.send("00C0000002") == Reply("7821", 0x6100 | UInt16(length - 6)))
        #expect(card.send("00C00000FF").status == 0x6C00 | UInt16(length - 6))
        #expect(card.send("00C00000" + Hex.text([UInt8(length - 6)])).status == 0x9000)
        #expect(card.send("00C0000001").status == 0x6985)
        card.send("00A40004023F00")
        card.send("80F2000C")
        #expect(card.send("00C0000001").status == 0x6985)
        // A refused command drops it too.
        card.send("00A40004023F00")
        #expect(card.send("00B0000001").status == 0x6986)
        #expect(card.send("00C0000001").status == 0x6985)
    }

    @Test("MANAGE CHANNEL opens nineteen more channels, each with a selection of its own")
    func channels() throws {
        var card = try Workbench.card()
        card.selectApplication()
        #expect(card.send("0070000001") == Reply("01", 0x9000))
        #expect(card.send("0070000000").status == 0x6C01)
        #expect(card.send("0070000001") == Reply("02", 0x9000))
        #expect(card.send("0070000300") == Reply("", 0x9000))
        for number: UInt8 in 4...19 { #expect(card.send("0070000001").data == [number]) }
        #expect(card.send("0070000001").status == 0x6A81)
        // Channels 4 to 19 have class bytes of their own.
        #expect(card.send("40A4000C022FE2").status == 0x9000)
        #expect(card.send("4FA4000C022FE2").status == 0x9000)
        #expect(card.send("4FB0000001").data == [0x98])
        #expect(card.send("5FB0000001").status == 0x6E00)
        // From the basic channel: the MF.
        #expect(card.send("01A4000C026F07").status == 0x6A82)
        #expect(card.send("01A4040C07A0000000871002").status == 0x9000)
        #expect(card.send("01A4000C026F07").status == 0x9000)
        #expect(card.send("01B0000009").status == 0x9000)
        #expect(card.send("00B0000009").status == 0x6986)
        // From another channel: that one's directory.
        #expect(card.send("0070800200").status == 0x9000)
        #expect(card.send("02A4000C023F00").status == 0x6881)
        #expect(card.send("0170000001") == Reply("02", 0x9000))
        #expect(card.send("02A4000C026F07").status == 0x9000)
        // An answer waits on its own channel.
        #expect(card.send("01A40004026F07").status & 0xFF00 == 0x6100)
        #expect(card.send("00C0000001").status == 0x6985)
        #expect(card.send("0070800000").status == 0x6A81)
        _ = card.reset()
        #expect(card.send("01A4000C023F00").status == 0x6881)
        // The toolkit lives on the basic channel.
        card.send("0070000001")
        #expect(card.send("81C2000002D600").status == 0x6881)
    }

    @Test("answers into the host's own memory are the same, and once there is room no other memory is taken for them")
    func caller() throws {
        var card = try Workbench.card()
        var other = card
        var response: [UInt8] = []
        response.reserveCapacity(512)
        let place = response.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        for command in [
            "00A4040C07A0000000871002", "00A4000C026F07", "00B0000009", "00B0870009", "00B2010C04", "00A40004026F07", "00C0000020",
            "A0", "80F2000C",
        ] {
            let bytes = hex(command)
            card.transmit(bytes.span, into: &response)
            #expect(response == other.transmit(bytes))
            #expect(response.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } == place)
        }
    }
}
