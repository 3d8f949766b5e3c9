import SmartCard
import Testing
import Wire

@Suite("BER-TLV structure EFs: RETRIEVE DATA and SET DATA (TS 102 221, clauses 8.2.2.4 and 11.3)")
struct DataObjectTests {
    private static let three = hex("8003010203" + "8100" + "9F1F01AA")

    /// Sends RETRIEVE DATA for the first block of an object and fetches the answer.
    private func retrieve(_ tag: String, _ card: inout TestCard, p2: String = "80") -> Reply {
        card.exchange("80CB00" + p2 + Hex.text([UInt8(tag.count / 2)]) + tag)
    }

    private func set(_ object: [UInt8], _ card: inout TestCard, p2: String = "80", channel: UInt8 = 0) -> UInt16 {
        card.send(Hex.text([0x80 | channel, 0xDB, 0x00]) + p2 + Hex.text([UInt8(object.count)]) + Hex.text(object)).status
    }

    @Test("an object comes with tag and length, 5C asks for the tags, and what is not there is 6A88")
    func retrieving() throws {
        var card = try Blank.card(objects: Self.three)
        card.send("00A4000C022F30")
        #expect(retrieve("80", &card) == Reply("8003010203", 0x9000))
        #expect(retrieve("81", &card) == Reply("8100", 0x9000))
        #expect(retrieve("9F1F", &card) == Reply("9F1F01AA", 0x9000))
        #expect(retrieve("5C", &card) == Reply("5C0480819F1F", 0x9000))
        #expect(retrieve("82", &card).status == 0x6A88)
        // By short identifier, which makes the file current; and the link shows the same.
        card.send("00A4000C022FE2")
        card.send("00A4000C022F06")
        #expect(retrieve("80", &card, p2: "85") == Reply("8003010203", 0x9000))
        #expect(retrieve("81", &card) == Reply("8100", 0x9000))
        card.send("00A4000C022F32")
        #expect(retrieve("80", &card) == Reply("8003010203", 0x9000))
    }

    @Test("status words: structure, parameters, data, nothing selected, nothing under way")
    func statusWords() throws {
        var card = try Blank.card(objects: Self.three)
        #expect(retrieve("80", &card).status == 0x6986)
        card.send("00A4000C022F35")
        #expect(retrieve("80", &card).status == 0x6981)
        #expect(set([0x80, 0x00], &card) == 0x6981)
        card.send("00A4000C022F30")
        #expect(card.send("00B0000000").status == 0x6981)
        #expect(card.send("00B2010400").status == 0x6981)
        #expect(card.send("80CB01800180").status == 0x6A86)
        #expect(card.send("80CB00400180").status == 0x6A86)
        #expect(card.send("80CB009F0180").status == 0x6A86)
        #expect(card.send("00CB00800180").status == 0x6E00)
        #expect(card.send("80CB0080").status == 0x6700)
        #expect(card.send("80CB000000").status == 0x6985)
        #expect(card.send("80CB00C000").status == 0x6985)
        #expect(card.send("80CB0080029F1F").status & 0xFF00 == 0x6100)
        #expect(retrieve("9F", &card).status == 0x6A80)
        #expect(retrieve("8080", &card).status == 0x6A80)
        #expect(retrieve("80", &card, p2: "9E").status == 0x6A82)
        #expect(set([0x80], &card, p2: "00") == 0x6985)
        #expect(card.send("80DB0080").status == 0x6700)
        // Not DER, no tag, the tag of the list, more than the length says.
        for wrong in ["80810100", "008001", "5C0180", "80010203", "808000", "9F818101"] {
            #expect(set(hex(wrong), &card) == 0x6A80, "\(wrong)")
        }
        // Nothing of that has changed anything.
        #expect(retrieve("5C", &card) == Reply("5C0480819F1F", 0x9000))
    }

    @Test("SET DATA creates, replaces and deletes; the file control parameters tell what is used and what there may be")
    func setting() throws {
        var card = try Blank.card(objects: Self.three)
        let template = card.exchange("00A40004022F30").data
        #expect(Hex.text(template).hasSuffix("8002000b8102025a880128"))
        #expect(Hex.text(template).contains("82027921"))
        #expect(Hex.text(template).contains("a50b840101850202588602" + "0258"))
        #expect(Int(template[1]) == template.count - 2)
        #expect(set(hex("A002DEAD"), &card) == 0x9000)
        #expect(set(hex("8001FF"), &card) == 0x9000)
        #expect(set(hex("81"), &card) == 0x9000)
        #expect(set(hex("81"), &card) == 0x6A88)
        #expect(retrieve("5C", &card) == Reply("5C04809F1FA0", 0x9000))
        #expect(retrieve("80", &card) == Reply("8001FF", 0x9000))
        #expect(retrieve("A0", &card) == Reply("A002DEAD", 0x9000))
        // And it is durable.
        var again = try TestCard(memory: card.memory)
        _ = again.reset()
        again.send("00A4000C022F30")
        #expect(retrieve("5C", &again) == Reply("5C04809F1FA0", 0x9000))
        let file = try #require(again.image.summary(of: .primary)?.files.first { $0.path.last == 0x2F30 })
        #expect(file.structure == "BER-TLV")
        #expect(file.contents == [hex("8001FF" + "9F1F01AA" + "A002DEAD")])
    }

    private static let long: [UInt8] = hex("9F208201F4") + (0..<500).map { UInt8(truncatingIfNeeded: $0) }

    @Test("an object in blocks is not there before its last one, to nobody")
    func blocks() throws {
        var card = try Blank.card(objects: Self.three)
        #expect(card.send("0070000001").data == [1])
        card.send("01A4000C022F30")
        card.send("00A4000C022F30")
        #expect(set(Array(Self.long[..<200]), &card) == 0x63F1)
        #expect(card.exchange("80CB0080029F20").status == 0x6A88)
        #expect(card.exchange("80CB00800180").status == 0x9000)
        // That was another object: the current tag is another one, and the transfer is over.
        #expect(set(Array(Self.long[200..<400]), &card, p2: "00") == 0x6985)
        #expect(set(Array(Self.long[..<200]), &card) == 0x63F1)
        #expect(set(Array(Self.long[200..<400]), &card, p2: "00") == 0x63F1)
        #expect(card.send("81CB0080029F20").status == 0x6A88)
        #expect(set(Array(Self.long[400...]), &card, p2: "00") == 0x9000)
        #expect(card.send("81CB0080029F20").status == 0x6100)
        // Retrieved in blocks, the last one asked for with a length that is too long first.
        let first = card.exchange("80CB0080029F20")
        #expect(first.status == 0x62F1)
        #expect(first.data == Array(Self.long[..<256]))
        #expect(card.send("80CB000000").status == 0x6CF9)
        #expect(card.send("80CB000064") == Reply(Hex.text(Array(Self.long[256..<356])), 0x62F1))
        #expect(card.send("80CB00C064") == Reply(Hex.text(Array(Self.long[256..<356])), 0x62F1))
        #expect(card.send("80CB000095") == Reply(Hex.text(Array(Self.long[356...])), 0x9000))
        #expect(card.send("80CB000001").status == 0x6985)
    }

    @Test("what ends a transfer: another file, the same file again, a reset; a block can be sent again; too much is refused")
    func interrupted() throws {
        var card = try Blank.card(objects: Self.three)
        for interruption in ["00A4000C022F35", "00A4000C022F30", "00B0860001"] {
            card.send("00A4000C022F30")
            #expect(set(Array(Self.long[..<200]), &card) == 0x63F1)
            card.send(interruption)
            card.send("00A4000C022F30")
            #expect(set(Array(Self.long[200..<400]), &card, p2: "00") == 0x6985)
        }
        // What does not touch the current file does not matter.
        #expect(set(Array(Self.long[..<200]), &card) == 0x63F1)
        card.send("80F2000C")
        card.send("0020000108" + Workbench.pin("1234"))
        #expect(set(Array(Self.long[100..<300]), &card, p2: "00") == 0x63F1)
        #expect(set(Array(Self.long[200..<400]), &card, p2: "C0") == 0x63F1)
        #expect(set(Array(Self.long[400...]), &card, p2: "00") == 0x9000)
        #expect(card.exchange("80CB0080029F20").data == Array(Self.long[..<256]))
        #expect(set([0x80, 0x02, 0x01], &card) == 0x63F1)
        #expect(set([0x01, 0x02], &card, p2: "00") == 0x6A80)
        #expect(set([0x02], &card, p2: "00") == 0x6985)
        // 600 bytes are all there is: 505 and the three.
        #expect(set(hex("9F2181500000"), &card) == 0x6A80)
        #expect(set(hex("9F215000"), &card) == 0x63F1)
        #expect(set(hex("9F21817F00"), &card) == 0x6A80)
        #expect(set(hex("9F2181E000"), &card) == 0x6A84)
        _ = card.reset()
        card.send("00A4000C022F30")
        #expect(retrieve("5C", &card).data.suffix(2) == [0x9F, 0x20])
    }

    @Test("the access rule is for both ways: a subscriber may not write what asks for the PIN")
    func access() throws {
        var card = try Blank.card()
        card.send("00A4000C022F31")
        #expect(retrieve("80", &card) == Reply("8000", 0x9000))
        #expect(set([0x80, 0x01, 0x01], &card) == 0x6982)
        #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x9000)
        #expect(set([0x80, 0x01, 0x01], &card) == 0x9000)
    }

    @Test("a file whose area is not made of objects is no card")
    func hostileImage() throws {
        for objects in ["80", "8005", "00", "9F", "8000FF"] {
            #expect(throws: PersonalisationError.self) { try Blank.card(objects: hex(objects)) }
        }
    }

    @Test("power that goes while an object is written leaves the old one or the new one")
    func powerCut() throws {
        var card = try Blank.card(objects: Self.three)
        card.send("00A4000C022F30")
        let before = try card.memory.contents()
        #expect(set(hex("8005A1A2A3A4A5"), &card) == 0x9000)
        let after = try card.memory.contents()
        #expect(after.starts(with: before))
        for count in before.count...after.count {
            var later = try TestCard(memory: InProcessMemory(Array(after.prefix(count))))
            _ = later.reset()
            later.send("00A4000C022F30")
            let isWhole = count == after.count
            #expect(retrieve("80", &later) == Reply(isWhole ? "8005A1A2A3A4A5" : "8003010203", 0x9000), "\(count)")
            #expect(retrieve("9F1F", &later) == Reply("9F1F01AA", 0x9000))
        }
    }

    @Test("ten thousand random objects against a dictionary")
    func model() throws {
        let seed: UInt64 = 0x5EED_0B17
        print("seed \(seed)")
        var random = Seeded(seed)
        var card = try Blank.card(maximumSize: 400)
        card.send("00A4000C022F30")
        var model: [(tag: UInt8, object: [UInt8])] = []
        for _ in 0..<10_000 {
            let tag = 0x80 + UInt8(random.next() % 8)
            let place = model.firstIndex { $0.tag == tag }
            if random.next() % 4 == 0 {
                #expect(set([tag], &card) == (place == nil ? 0x6A88 : 0x9000))
                if let place { model.remove(at: place) }
            } else {
                let count = Int(random.next() % 100)
                let object = [tag, UInt8(count)] + (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                let used = model.reduce(0) { $0 + $1.object.count } - (place.map { model[$0].object.count } ?? 0)
                let fits = used + object.count <= 400
                if random.next() % 2 == 0 || count < 2 {
                    #expect(set(object, &card) == (fits ? 0x9000 : 0x6A84))
                } else {
                    let cut = 2 + Int(random.next() % UInt64(count))
                    #expect(set(Array(object[..<cut]), &card) == (fits ? 0x63F1 : 0x6A84))
                    if fits { #expect(set(Array(object[cut...]), &card, p2: "00") == 0x9000) }
                }
                if fits {
                    if let place { model[place].object = object } else { model.append((tag, object)) }
                }
            }
            let whole = card.image.summary(of: .primary)?.files.first { $0.path.last == 0x2F30 }?.contents.first
            if random.next() % 50 == 0 { #expect(whole == model.flatMap { $0.object }) }
            #expect(retrieve("5C", &card).data.dropFirst(2) == ArraySlice(model.map { $0.tag }))
        }
        #expect(try CardImage(card.memory.contents()) == card.image)
    }
}
