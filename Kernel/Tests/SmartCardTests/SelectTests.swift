import SmartCard
import Testing
import Wire

@Suite("SELECT and STATUS (TS 102 221, clauses 8.4, 11.1.1 and 11.1.2)")
struct SelectTests {
    /// The data objects of an FCP template in order.
    private func template(_ reply: Reply) throws -> [BERTLV] {
        var reader = ByteReader(reply.data)
        let outer = try #require(try reader.berTLV())
        #expect(outer.tag == 0x62)
        #expect(reader.isAtEnd)
        var inner = ByteReader(reply.data, in: outer.range)
        var objects: [BERTLV] = []
        while let object = try inner.berTLV() { objects.append(object) }
        return objects
    }

    @Test("by identifier answers 61XX, and GET RESPONSE gives an FCP template in the standard's order")
    func masterFile() throws {
        var card = try Workbench.card()
        let selected = card.send("00A40004023F00")
        #expect(selected.status & 0xFF00 == 0x6100)
        let objects = try template(card.send("00C00000" + Hex.text([UInt8(selected.status & 0xFF)])))
        #expect(objects.map(\.tag) == [0x82, 0x83, 0xA5, 0x8A, 0x8B, 0xC6])
        #expect(Array(objects[0].value) == [0x78, 0x21])
        #expect(Array(objects[1].value) == [0x3F, 0x00])
        // PIN status: three references, PIN1 off, PIN2 and ADM1 on.
        #expect(Array(objects[5].value) == hex("900160830101 830181 83010A"))
    }

    @Test("of an application gives its DF name; of an elementary file its size, records and short identifier")
    func kinds() throws {
        var card = try Workbench.card(isPINEnabled: true)
        let application = try template(card.exchange("00A4040407A0000000871002"))
        #expect(application.map(\.tag) == [0x82, 0x83, 0x84, 0x8A, 0x8B, 0xC6])
        #expect(Array(application[2].value).prefix(7) == hex("A0000000871002")[...])
        #expect(Array(application[5].value.prefix(3)) == [0x90, 0x01, 0xE0])
        let imsi = try template(card.exchange("00A40004026F07"))
        #expect(imsi.map(\.tag) == [0x82, 0x83, 0x8A, 0x8B, 0x80, 0x88])
        #expect(Array(imsi[0].value) == [0x41, 0x21])
        #expect(Array(imsi[4].value) == [0x00, 0x09])
        #expect(Array(imsi[5].value) == [0x07 << 3])
        let emergency = try template(card.exchange("00A40004026FB7"))
        #expect(Array(emergency[0].value) == hex("4221000402"))
        let name = try template(card.exchange("00A40004026F46"))
        #expect(name.last?.tag == 0x88)
        #expect(name.last?.value.isEmpty == true)
    }

    @Test("accepts a trailing Le and still answers 61XX; P2 0C answers nothing")
    func caseFour() throws {
        var card = try Workbench.card()
        #expect(card.send("00A40004023F0000").status & 0xFF00 == 0x6100)
        #expect(card.send("00A4000C023F00") == Reply("", 0x9000))
        #expect(card.send("00A4000C023F0000") == Reply("", 0x9000))
        #expect(card.send("00A40000023F00").status == 0x6A86)
    }

    @Test("finds by identifier the MF, the current directory, its parent, children and siblings, and 7FFF; nothing else")
    func byIdentifier() throws {
        var card = try Workbench.card()
        // 7FFF before an application is active.
        #expect(card.send("00A4000C027FFF").status == 0x6A82)
        // IMSI is not under the MF.
        #expect(card.send("00A4000C026F07").status == 0x6A82)
        card.selectApplication()
        #expect(card.send("00A4000C026F07").status == 0x9000)
        #expect(card.send("00A4000C025FC0").status == 0x9000)
        // Inside DF.5GS: a child, itself, and not the application's files.
        #expect(card.send("00A4000C024F01").status == 0x9000)
        #expect(card.send("00A4000C025FC0").status == 0x9000)
        #expect(card.send("00A4000C026F07").status == 0x6A82)
        #expect(card.send("00A4000C027FFF").status == 0x9000)
        #expect(card.send("00A4000C026F07").status == 0x9000)
        // The application is still 7FFF after the MF was selected.
        #expect(card.send("00A4000C023F00").status == 0x9000)
        #expect(card.send("00A4000C027FFF").status == 0x9000)
        #expect(card.send("00A4000C00").status == 0x9000)
        #expect(card.send("80F20000FF").status & 0xFF00 == 0x6C00)
    }

    @Test("by path from the MF and from the current directory, child and parent")
    func byPath() throws {
        var card = try Workbench.card()
        card.selectApplication()
        #expect(card.send("00A4080C047FFF6F07").status == 0x9000)
        #expect(card.send("00A4080C067FFF5FC04F07").status == 0x9000)
        #expect(card.send("00A4080C023F00").status == 0x6A82)
        #expect(card.send("00A4080C03 7FFF6F").status == 0x6700)
        #expect(card.send("00A4030C").status == 0x9000)
        #expect(card.send("00A4090C045FC04F01").status == 0x9000)
        #expect(card.send("00A4030C00").status == 0x9000)
        #expect(card.send("00A4010C025FC0").status == 0x9000)
        #expect(card.send("00A4010C024F01").status == 0x6A82)
        card.send("00A4000C023F00")
        #expect(card.send("00A4030C").status == 0x6A82)
    }

    @Test("by DF name takes the whole name or its beginning, first, last, next and previous")
    func byName() throws {
        var card = try Workbench.card()
        #expect(card.send("00A4040C10A0000000871002FFFFFFFF8907090000").status == 0x9000)
        #expect(card.send("00A4040C05A000000087").status == 0x9000)
        #expect(card.send("00A4040C05A000000086").status == 0x6A82)
        #expect(card.send("00A4040C04A0000000").status == 0x6700)
        #expect(card.send("00A4040C11A0000000871002FFFFFFFF890709000000").status == 0x6700)
        // It is the only one: nothing comes after it.
        #expect(card.send("00A4040E07A0000000871002").status == 0x6A82)
        #expect(card.send("00A4040F07A0000000871002").status == 0x6A82)
        #expect(card.send("00A4040D07A0000000871002").status == 0x9000)
    }

    @Test("that fails changes nothing")
    func failure() throws {
        var card = try Workbench.card()
        card.selectApplication()
        card.send("00A4000C026F07")
        #expect(card.send("00A4000C021234").status == 0x6A82)
        #expect(card.send("00B0000009").data.count == 9)
        // A directory takes the current file away.
        card.send("00A4000C027FFF")
        #expect(card.send("00B0000009").status == 0x6986)
    }

    @Test("STATUS tells the current directory or the application's name, or nothing, without moving anything")
    func status() throws {
        var card = try Workbench.card()
        card.selectApplication()
        card.send("00A4000C026F07")
        let asked = card.send("80F2000000")
        #expect(asked.status & 0xFF00 == 0x6C00)
        let answer = card.send("80F20000" + Hex.text([UInt8(asked.status & 0xFF)]))
        #expect(answer.status == 0x9000)
        #expect(answer.data.first == 0x62)
        #expect(card.send("80F2000112").data == hex("8410A0000000871002FFFFFFFF8907090000"))
        #expect(card.send("80F2000C") == Reply("", 0x9000))
        #expect(card.send("80F2000C00") == Reply("", 0x9000))
        #expect(card.send("80F2010C").status == 0x9000)
        #expect(card.send("80F2030C").status == 0x6A86)
        #expect(card.send("80F20002").status == 0x6A86)
        // An nRF91 modem asks with an extended length.
        let extended = card.send("80F20000000168")
        #expect(extended == answer)
        #expect(card.send("00B0000009").data.count == 9)
    }

    @Test("ends an application's session when told to, and with it what was verified")
    func terminate() throws {
        var card = try Workbench.card(isPINEnabled: true)
        card.selectApplication()
        #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x9000)
        #expect(card.send("00A4000C026F07").status == 0x9000)
        #expect(card.send("00B0000009").status == 0x9000)
        #expect(card.send("00A4044C07A0000000871002").status == 0x9000)
        card.selectApplication()
        card.send("00A4000C026F07")
        #expect(card.send("00B0000009").status == 0x6982)
    }
}
