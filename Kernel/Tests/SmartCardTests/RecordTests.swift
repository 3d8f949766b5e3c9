import Testing
import Wire

@testable import SmartCard

@Suite("Records, cyclic files and activation (TS 102 221, clauses 8.2.2.3, 11.1.5 to 11.1.8, 11.1.14, 11.1.15)")
struct RecordTests {
    /// A card whose EF.PLMNwAcT (6F60: eight entries of five bytes, updated under the PIN) is a file with records instead, so that every
    /// command has a file to work on; `rule` replaces the record of EF.ARR by which it is updated.
    private func card(_ kind: FileKind, rule: String? = nil) throws -> TestCard {
        var image = try Workbench.personalisation().image()
        let layout = image.layout.profiles[0]
        for index in 0..<layout.nodeCount {
            let place = layout.node(index)
            guard let node = FileNode(image.bytes, at: place, base: layout.base) else { continue }
            if node.identifier == 0x6F60 {
                image.bytes[place + 4] = kind.rawValue
                image.bytes.set(5, at: place + 18, size: 2)
                for entry in 0..<node.size / 5 {
                    image.bytes.replaceSubrange(
                        node.offset + entry * 5..<node.offset + entry * 5 + 5, with: [0, 0, 0, 0, UInt8(entry)])
                }
            }
            if node.identifier == 0x6F06, let rule, let record = node.record(5) {
                let bytes = hex(rule)
                image.bytes.replaceSubrange(record.lowerBound..<record.lowerBound + bytes.count, with: bytes)
            }
        }
        var card = try TestCard(image: CardImage(image.encoded))
        _ = card.reset()
        card.selectApplication()
        card.send("00A4000C026F60")
        return card
    }

    @Test("FCP of a cyclic file: 46, record length and count")
    func template() throws {
        var card = try card(.cyclic)
        let template = card.exchange("00A40004026F60").data
        #expect(Array(template[2..<9]) == hex("82054621000508"))
    }

    @Test("next and previous go round in a cyclic file and end in a linear one; current is record 0")
    func pointer() throws {
        var linear = try card(.linearFixed)
        #expect(linear.send("00B2000405").status == 0x6A83)
        #expect(linear.send("00B2000305").data == [0, 0, 0, 0, 7])
        #expect(linear.send("00B2000205").status == 0x6A83)
        #expect(linear.send("00B2000405").data == [0, 0, 0, 0, 7])
        var cyclic = try card(.cyclic)
        #expect(cyclic.send("00B2000305").data == [0, 0, 0, 0, 7])
        #expect(cyclic.send("00B2000205").data == [0, 0, 0, 0, 0])
        #expect(cyclic.send("00B2000305").data == [0, 0, 0, 0, 7])
        // An absolute number leaves the pointer where it is.
        #expect(cyclic.send("00B2030405").data == [0, 0, 0, 0, 2])
        #expect(cyclic.send("00B2000405").data == [0, 0, 0, 0, 7])
        #expect(cyclic.send("00B2090405").status == 0x6A83)
    }

    @Test("a cyclic file is written by previous alone: the oldest record becomes record 1, also after a reset")
    func update() throws {
        var card = try card(.cyclic)
        #expect(card.send("00DC010405AABBCCDDEE").status == 0x6A86)
        #expect(card.send("00DC000205AABBCCDDEE").status == 0x6A86)
        #expect(card.send("00DC000304AABBCCDD").status == 0x6700)
        #expect(card.send("00DC000305AABBCCDDEE").status == 0x9000)
        #expect(card.send("00B2010405").data == hex("AABBCCDDEE"))
        #expect(card.send("00B2020405").data == [0, 0, 0, 0, 0])
        #expect(card.send("00B2080405").data == [0, 0, 0, 0, 6])
        for number: UInt8 in 1...20 { #expect(card.send("00DC0003050000000A" + Hex.text([number])).status == 0x9000) }
        var again = try TestCard(image: card.image)
        _ = again.reset()
        again.selectApplication()
        again.send("00A4000C026F60")
        for age: UInt8 in 1...8 { #expect(again.send("00B2" + Hex.text([age]) + "0405").data == [0, 0, 0, 0x0A, 21 - age]) }
    }

    @Test("INCREASE adds to the newest value, answers sum and addend, and stops at the largest value")
    func increase() throws {
        let rule = "800103A40683010195010884013290 00".replacing(" ", with: "")
        var card = try card(.cyclic, rule: rule)
        #expect(card.exchange("80320000030000FF") == Reply("00000000FF0000FF", 0x9000))
        #expect(card.exchange("803200000102") == Reply("000000010102", 0x9000))
        #expect(card.send("00B2010405").data == hex("0000000101"))
        #expect(card.send("00B2020405").data == hex("00000000FF"))
        #expect(card.exchange("8032000005FFFFFFFFFF").status == 0x9850)
        #expect(card.send("00B2010405").data == hex("0000000101"))
        #expect(card.send("803200000600000000000A").status == 0x6700)
        card.send("00A4000C026FB7")
        #expect(card.send("803200000101").status == 0x6981)
        // A rule that does not name INCREASE does not allow it.
        var closed = try self.card(.cyclic)
        #expect(closed.send("803200000101").status == 0x6982)
    }

    @Test("SEARCH RECORD: forward, backward, from an offset, after a byte, from the next; nothing found is 6282")
    func search() throws {
        var card = try card(.linearFixed)
        #expect(card.exchange("00A20104020003") == Reply("04", 0x9000))
        // The record that was found is the current one now.
        #expect(card.send("00B2000405").data == [0, 0, 0, 0, 3])
        #expect(card.exchange("00A20104020000") == Reply("0102030405060708", 0x9000))
        #expect(card.exchange("00A20305020000") == Reply("030201", 0x9000))
        #expect(card.exchange("00A2010403000003").data == [4])
        #expect(card.send("00A2010402FFFF").status == 0x6282)
        // Enhanced: from offset 4 only the last byte is left; after the first 03 nothing is.
        #expect(card.exchange("00A2010603040400").data == [1])
        #expect(card.send("00A20106030C0300").status == 0x6282)
        #expect(card.exchange("00A20106030C0005").data == [6])
        // From the record after the current one, 6.
        #expect(card.exchange("00A2000603060000").data == [7, 8])
        #expect(card.exchange("00A2000603070000").data == [6, 5, 4, 3, 2, 1])
        #expect(card.send("00A2010402").status == 0x6700)
        #expect(card.send("00A20904020000").status == 0x6A83)
        #expect(card.send("00A20107020000").status == 0x6A86)
        card.send("00A4000C026F07")
        #expect(card.send("00A20104020000").status == 0x6981)
    }

    @Test("DEACTIVATE FILE closes a file until ACTIVATE FILE, for good, and SELECT warns with 6283")
    func activation() throws {
        // Read and update with the PIN, activate and deactivate always.
        var card = try card(.linearFixed, rule: "80011B9000FFFF")
        #expect(card.send("00040000").status == 0x9000)
        #expect(card.send("00B2010405").status == 0x6984)
        #expect(card.send("00DC0104050000000000").status == 0x6984)
        var again = try TestCard(image: card.image)
        _ = again.reset()
        again.selectApplication()
        #expect(again.send("00A40004026F60").status == 0x6283)
        let template = again.send("00C0000000")
        #expect(template.status & 0xFF00 == 0x6C00)
        #expect(again.send("00C00000" + Hex.text([UInt8(template.status & 0xFF)])).data.contains([0x8A, 0x01, 0x04]))
        #expect(again.send("00A4000C026F60").status == 0x6283)
        #expect(again.send("0044000000").status == 0x9000)
        #expect(again.send("00B2010405").status == 0x9000)
        // By path, without having selected it.
        again.send("00A4000C023F00")
        #expect(again.send("00040800047FFF6F60").status == 0x9000)
        #expect(again.send("00B2010405").status == 0x6984)
        // Not without the right, not a directory, not nothing.
        #expect(again.send("00A4000C022FE2").status == 0x6A82)
        again.send("00A4000C023F00")
        #expect(again.send("00040000").status == 0x6986)
        again.send("00A4000C022FE2")
        #expect(again.send("00040000").status == 0x6982)
        #expect(again.send("00040000025FC0").status == 0x6A82)
    }

    @Test("power lost at any byte of a cyclic update leaves the old records or the new ones, never a mixture")
    func powerCut() throws {
        let whole = try card(.cyclic)
        let before = (1...8).map { number in [0, 0, 0, 0, UInt8(number - 1)] as [UInt8] }
        let after = [hex("AABBCCDDEE")] + before.dropLast()
        var changed = whole
        changed.send("00DC000305AABBCCDDEE")
        let (short, long) = (try whole.memory.contents(), try changed.memory.contents())
        #expect(long.count > short.count)
        for size in short.count...long.count {
            var card = try TestCard(memory: InProcessMemory(Array(long.prefix(size))))
            _ = card.reset()
            card.selectApplication()
            card.send("00A4000C026F60")
            let records = (1...8).map { card.send("00B2" + Hex.text([UInt8($0)]) + "0405").data }
            #expect(records == (size == long.count ? after : before), "\(size) of \(long.count) bytes")
        }
    }
}
