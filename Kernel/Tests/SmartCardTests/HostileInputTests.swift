import SmartCard
import Testing
import Wire

@Suite("Hostile input")
struct HostileInputTests {
    /// Commands to mutate: each of them does something on a card.
    private static let seeds: [[UInt8]] = [
        "00A40004023F00", "00A4040407A0000000871002", "00A4080C047FFF6F07", "00A4030C", "00A40004026FB7", "00A40004025FC000",
        "80F2000000", "80F2000C",
        "80F20000000168", "00B0000009", "00B0820000", "00B2010404", "00B2000200", "00D6000004DEADBEEF", "00DC01040411F2FF00",
        "00C0000020",
        "00A20104020000", "00A2010603040400", "8032000001FF", "00040000", "00440000", "00DC000304DEADBEEF", "A0A40000023F00",
        "A0A40000027F20", "A0A40000026F07", "A0B0000009", "A0C000000F", "A0F2000017", "A0D6000002FFFF", "A0B2010404",
        "A020000108" + Workbench.pin("1234"), "A02C000010" + Workbench.pin("12345678") + Workbench.pin("1234"),
        "0070000001", "00708001", "0020000100", "0020000108" + Workbench.pin("1234"),
        "0024000110" + Workbench.pin("1234") + Workbench.pin("1234"),
        "0026000108" + Workbench.pin("1234"), "0028000108" + Workbench.pin("1234"),
        "002C000110" + Workbench.pin("12345678") + Workbench.pin("1234"),
        "00880081221023553cbe9637a89d218ae64dae47bf35105555555555558000aaaaaaaaaaaaaaaa", "80AA000005A903830107",
        "80100000" + "24" + Hex.text(Terminal.capable), "8012000000", "80120000" + "2b",
        "80140000" + "0C" + "810301270002028281030100",
        "801400001681030140010202828183010038028100350103390202" + "00", "8014000011810301260002028281030100130732f45100010002",
        "80C2000009D70782028281240101", "80C200000FD70D82028281a40101a503000100",
        "80C2000013D61119010302028281" + "1b0100930732f45100010002",
        "80C200000DD60B19010982028281b8028100", "80C2000012D610190112820283817d0532f4510001f50108",
        "80C200000FD60D19011d820283811d01012e011b",
        "00A4000C022F30", "80CB00800180", "80CB0080015C", "80CB000000", "80CB00C000", "80DB0080038001AA", "80DB008006820400112233",
        "80DB00000144", "80DB0080049F208203", "80DB00800180", "80DB00C00255AA", "8076000004003C010A", "80760100080102030405060708",
        "0026910108" + Workbench.pin("1234"), "0020001108" + Workbench.pin("9876"), "00A4080C047F4D6F01", "00B2010414",
        "00A4040C07A0000000871004", DomainTests.select, DomainTests.list,
        "80E291001ABF3117A0124F10A0000005591010FFFFFFFF89000011008101FF",
        "80E2910006BF5D03800100", "80E2910006BF5E03800100", "80E2110003BF5D03",
    ].map(hex)

    /// One command: a seed, a mutated seed, or noise.
    static func command(_ random: inout Seeded) -> [UInt8] {
        let choice = random.next() % 16
        if choice == 0 { return (0..<Int(random.next() % 24)).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
        var bytes = seeds[Int(random.next() % UInt64(seeds.count))]
        if choice < 6 { return bytes }
        for _ in 0...(random.next() % 3) where !bytes.isEmpty {
            let place = Int(random.next() % UInt64(bytes.count))
            switch random.next() % 5 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes[place] ^= 1 << UInt8(random.next() % 8)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            default: bytes = Array(bytes.prefix(place))
            }
        }
        return bytes
    }

    /// The status words of TS 102 221, clause 10.2, that this card may give.
    static func isKnown(_ status: UInt16) -> Bool {
        switch status {
        case 0x9000, 0x6581, 0x6700, 0x6881, 0x6882, 0x6981, 0x6982, 0x6983, 0x6984, 0x6985, 0x6986, 0x6A80, 0x6A81, 0x6A82, 0x6A83,
            0x6A84, 0x6A86, 0x6A88, 0x62F1, 0x62F2, 0x63F1, 0x63F2,
            0x6B00, 0x6D00, 0x6E00, 0x9862, 0x9864:
            true
        case 0x6282, 0x6283, 0x9850: true
        // Class A0: TS 51.011, clause 9.4.
        case 0x9400, 0x9402, 0x9404, 0x9408, 0x9802, 0x9804, 0x9808, 0x9810, 0x9840, 0x6701...0x67FF, 0x9F00...0x9FFF: true
        case 0x6100...0x61FF, 0x6C00...0x6CFF, 0x9100...0x91FF, 0x63C0...0x63CF: true
        default: false
        }
    }

    @Test("a terminal that answers nonsense in the middle of everything, and then behaves again, is served again")
    func nonsense() throws {
        let seed: UInt64 = 0x5EED_0003
        print("seed \(seed)")
        var random = Seeded(seed)
        for _ in 0..<40 {
            let terminal = Terminal(try Workbench.card())
            terminal.boot()
            terminal.run(for: 60_000)
            for _ in 0..<500 {
                var command = Self.command(&random)
                // Not the subscriber's data, nor its PINs: they would be lost for good.
                if command.count > 1, [0x04, 0x32, 0xD6, 0xDC, 0x20, 0x24, 0x26, 0x28, 0x2C].contains(command[1]) {
                    command[1] = 0xF2
                }
                _ = terminal.card.transmit(command)
            }
            terminal.boot()
            let before = terminal.heartbeats.count
            #expect(terminal.run(atMost: 8 * 3_600_000) { $0.heartbeats.count > before })
        }
    }
}
