import SmartCard
import Testing
import Wire

@Suite("Files (TS 102 221, clauses 11.1.3 to 11.1.6; TS 31.102)")
struct FileTests {
    @Test("the identity that a terminal reads: ICCID, IMSI, network code digits, access class, PLMNs, name")
    func identity() throws {
        var card = try Workbench.card()
        #expect(card.read("2FE2", count: 10) == Reply("984411008600000010f8", 0x9000))
        card.selectApplication()
        // 234150000000017: odd, 8 bytes.
        #expect(try IMSI(coded: card.read("7FFF6F07", count: 9).data[...]) == IMSI("234150000000017"))
        #expect(card.read("7FFF6FAD", count: 4) == Reply("00000002", 0x9000))
        #expect(card.read("7FFF6F78", count: 2) == Reply("0080", 0x9000))
        #expect(card.read("7FFF6F62", count: 5) == Reply("32f451c880", 0x9000))
        #expect(card.read("7FFF6FD9", count: 3) == Reply("32f451", 0x9000))
        #expect(card.read("7FFF6F46", count: 17).data == [0] + Array("Alpha".utf8) + [UInt8](repeating: 0xFF, count: 11))
    }

    @Test("EF.DIR names the USIM")
    func directory() throws {
        var card = try Workbench.card()
        card.send("00A4000C022F00")
        let record = card.send("00B2010426")
        #expect(record.status == 0x9000)
        #expect(Array(record.data.prefix(26)) == hex("61184F10A0000000871002FFFFFFFF890709000050045553494D"))
    }

    @Test("EF.UST tells the truth: a service is on only where its files are")
    func serviceTable() throws {
        var card = try Workbench.card()
        card.selectApplication()
        let table = card.read("7FFF6F38", count: 17).data
        func has(_ service: Int) -> Bool { table[(service - 1) / 8] & 1 << UInt8((service - 1) % 8) != 0 }
        let files: [(service: Int, paths: [String])] = [
            (10, ["6F3C", "6F43"]), (12, ["6F42"]), (17, ["6F3E"]), (18, ["6F3F"]), (19, ["6F46"]), (20, ["6F60"]), (21, ["6F40"]),
            (34, ["6F56"]), (42, ["6F61"]), (43, ["6F62"]), (71, ["6FD9"]), (85, ["6FE3", "6FE4"]),
            (122, ["5FC04F01", "5FC04F02", "5FC04F03", "5FC04F04"]),
            (123, ["5FC04F05"]), (124, ["5FC04F07", "5FC04F0A"]), (126, ["5FC04F06"]),
        ]
        for (service, paths) in files {
            #expect(has(service), "service \(service)")
            for path in paths {
                let length = Hex.text([UInt8(path.count / 2 + 2)])
                #expect(card.send("00A4080C" + length + "7FFF" + path).status == 0x9000, "file \(path)")
            }
        }
        #expect(has(33))
        // No GSM access, no GSM security context, no SUCI in the card, no phone book, no CSG lists.
        for service in [1, 27, 38, 86, 125] { #expect(!has(service), "service \(service)") }
    }

    @Test("READ BINARY: lengths, offsets, short identifiers")
    func readBinary() throws {
        var card = try Workbench.card()
        #expect(card.send("00B0000000").status == 0x6986)
        card.send("00A4000C022FE2")
        #expect(card.send("00B0000000").status == 0x6C0A)
        #expect(card.send("00B000000B").status == 0x6C0A)
        #expect(card.send("00B0000003") == Reply("984411", 0x9000))
        #expect(card.send("00B0000802") == Reply("10f8", 0x9000))
        #expect(card.send("00B0000803").status == 0x6C02)
        #expect(card.send("00B0000A01").status == 0x6B00)
        #expect(card.send("00B07FFF01").status == 0x6B00)
        // A short identifier selects the file.
        card.send("00A4000C023F00")
        #expect(card.send("00B082000A").data.count == 10)
        #expect(card.send("00B0000801") == Reply("10", 0x9000))
        #expect(card.send("00B09F0001").status == 0x6A82)
        #expect(card.send("00B0A20001").status == 0x6A86)
        // Without Le, and with an extended one, there is no length to get wrong.
        #expect(card.send("00B00000").data.count == 10)
        #expect(card.send("00B00000000100").data.count == 10)
        // Not a transparent file.
        card.send("00A4000C022F00")
        #expect(card.send("00B0000001").status == 0x6981)
    }

    @Test("UPDATE BINARY is durable before it is answered, and refused past the end")
    func updateBinary() throws {
        var card = try Workbench.card()
        card.selectApplication()
        card.send("00A4000C026F7E")
        let before = card.memory.appends
        #expect(card.send("00D6000004DEADBEEF") == Reply("", 0x9000))
        #expect(card.memory.appends == before + 1)
        #expect(card.send("00B0000004") == Reply("deadbeef", 0x9000))
        // Writing what is there already costs nothing.
        #expect(card.send("00D6000004DEADBEEF") == Reply("", 0x9000))
        #expect(card.memory.appends == before + 1)
        #expect(card.send("00D6000802AABB").status == 0x9000)
        #expect(card.send("00D6000A02AABB").status == 0x6700)
        #expect(card.send("00D6000B01AA").status == 0x6B00)
        #expect(card.send("00D60000").status == 0x6700)
        var later = try TestCard(memory: card.memory)
        _ = later.reset()
        later.selectApplication()
        #expect(later.read("7FFF6F7E", count: 4) == Reply("deadbeef", 0x9000))
    }

    @Test("records: absolute, current, next, previous, by short identifier")
    func records() throws {
        var card = try Workbench.card()
        card.selectApplication()
        card.send("00A4000C026FB7")
        #expect(card.send("00B2010400").status == 0x6C04)
        #expect(card.send("00B2010404") == Reply("11f2ff00", 0x9000))
        #expect(card.send("00B2020404") == Reply("ffffffff", 0x9000))
        #expect(card.send("00B2030404").status == 0x6A83)
        // No current record yet; an absolute number sets none.
        #expect(card.send("00B2000404").status == 0x6A83)
        #expect(card.send("00B2000204") == Reply("11f2ff00", 0x9000))
        #expect(card.send("00B2000404") == Reply("11f2ff00", 0x9000))
        #expect(card.send("00B2000204") == Reply("ffffffff", 0x9000))
        #expect(card.send("00B2000204").status == 0x6A83)
        #expect(card.send("00B2000304") == Reply("11f2ff00", 0x9000))
        #expect(card.send("00B2000304").status == 0x6A83)
        // Selecting the file anew forgets the pointer; previous then means last.
        card.send("00A4000C026FB7")
        #expect(card.send("00B2000304") == Reply("ffffffff", 0x9000))
        // EF.ECC is short identifier 01.
        card.send("00A4000C027FFF")
        #expect(card.send("00B2010C04") == Reply("11f2ff00", 0x9000))
        #expect(card.send("00B2020404") == Reply("ffffffff", 0x9000))
        #expect(card.send("00B2010504").status == 0x6A86)
        #expect(card.send("00B201FC04").status == 0x6A86)
        #expect(card.send("00B0000001").status == 0x6981)
        card.send("00A4000C026F07")
        #expect(card.send("00B2010404").status == 0x6981)
    }

    @Test("UPDATE RECORD takes whole records only")
    func updateRecord() throws {
        var card = try Workbench.card()
        card.selectApplication()
        card.send("00A4000C026F42")
        let record = Hex.text([UInt8](repeating: 0x5A, count: 40))
        #expect(card.send("00DC010428" + record).status == 0x9000)
        #expect(card.send("00B2010428").data == hex(record))
        #expect(card.send("00DC010427" + record.dropLast(2)).status == 0x6700)
        #expect(card.send("00DC020428" + record).status == 0x6A83)
    }
}
