import Cipher
import Resilience
import SmartCard
import Testing
import Wire

@Suite("Power cuts and damaged images")
struct PowerCutTests {
    /// A session that writes: PINs, files, records, authentication.
    private static let commands: [String] = {
        let algorithm = Milenage<TableAES>(key: Workbench.key, operatorConstant: Workbench.operatorConstant)
        let random = hex("23553cbe9637a89d218ae64dae47bf35")
        func authenticate(_ sequence: UInt64) -> String {
            let challenge = algorithm.challenge(Block(random))
            var token = ByteWriter()
            token.uint(sequence ^ algorithm.response(challenge).anonymityKey, size: 6)
            token.uint16(0x8000)
            token.uint64(algorithm.codes(challenge, sequence: sequence, management: 0x8000).authentication)
            return "008800812210" + Hex.text(random) + "10" + Hex.text(token.bytes)
        }
        return [
            "0020000108" + Workbench.pin("9999"), "0020000108" + Workbench.pin("1234"), "00A4040C07A0000000871002",
            "00A4000C026F7E",
            "00D600000B0102030405060708090A0B", authenticate(0x21), authenticate(0x42),
            "0024000110" + Workbench.pin("1234") + Workbench.pin("4321"), "00A4000C026F42",
            "00DC010428" + String(repeating: "A5", count: 40), "002C000110" + Workbench.pin("12345678") + Workbench.pin("1111"),
            "0026000108" + Workbench.pin("1111"),
        ]
    }()

    @Test(
        "inside any write, after any byte: the card comes back as the last completed step left it, and counters are never restored")
    func everyByte() throws {
        let image = try Workbench.personalisation(isPINEnabled: true).image().encoded
        // What the memory holds after each whole write.
        var states: [[UInt8]] = []
        var write = 0
        var isDone = false
        while !isDone {
            var card = try Card<TableAES, CutMemory>(memory: CutMemory(stored: image, writesLeft: write, bytesOfLast: 0))
            _ = card.reset()
            for command in Self.commands where card.memory.writesLeft >= 0 { card.send(command) }
            isDone = card.memory.writesLeft >= 0
            states.append(card.image.encoded)
            write += 1
        }
        #expect(states.count == 14)
        var cuts = 0
        for write in 0..<states.count - 1 {
            var bytes = 0
            var isWhole = false
            while !isWhole {
                var card = try Card<TableAES, CutMemory>(
                    memory: CutMemory(stored: image, writesLeft: write, bytesOfLast: bytes))
                _ = card.reset()
                var last = Reply("", 0)
                for command in Self.commands where card.memory.writesLeft >= 0 { last = card.send(command) }
                #expect(last.status == 0x6581)
                let stored = card.memory.stored
                var later = try Card<TableAES, CutMemory>(
                    memory: CutMemory(stored: stored, writesLeft: 100, bytesOfLast: 0))
                let recovered = later.image.encoded
                #expect(recovered == states[write] || recovered == states[write + 1])
                isWhole = recovered == states[write + 1]
                // It works, and what it writes next is read back too.
                _ = later.reset()
                #expect(later.send("0020000A08" + Workbench.pin("00000000")).status & 0xFFF0 == 0x63C0)
                let next = try Card<TableAES, CutMemory>(
                    memory: CutMemory(stored: later.memory.stored, writesLeft: 0, bytesOfLast: 0))
                #expect(next.image == later.image)
                bytes += 1
                cuts += 1
                if bytes > 400 { break }
            }
            #expect(isWhole)
        }
        print("\(cuts) power cuts in \(states.count - 1) writes")
    }

    @Test("a memory that cannot write is answered 6581, and the card's state is the old one")
    func failure() throws {
        let image = try Workbench.personalisation(isPINEnabled: true).image().encoded
        var card = try Card<TableAES, CutMemory>(memory: CutMemory(stored: image, writesLeft: 0, bytesOfLast: 0))
        _ = card.reset()
        #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x6581)
        card.selectApplication()
        #expect(card.read("7FFF6F07", count: 9).status == 0x6982)
        #expect(card.send("0020000100").status == 0x63C3)
    }

    @Test("in the middle of a switch: always one whole profile, and the switch happens sooner or later")
    func duringSwitch() throws {
        for cut in 0..<12 {
            let terminal = Terminal(try Workbench.card())
            terminal.boot()
            terminal.run(for: 300_000)
            terminal.change(.primary) { $0.passesData = false }
            terminal.refresh = .ignore
            // Cut at one write after the other around the decision.
            let writes = terminal.card.memory.appends
            #expect(
                terminal.run(atMost: 1_200_000) { $0.card.memory.appends > writes + UInt64(cut / 4) || $0.card.enabled == .backup })
            if cut % 4 > 0 { terminal.run(for: UInt64(cut % 4) * 500) }
            try terminal.cutPower()
            terminal.refresh = .obey
            terminal.boot()
            #expect(terminal.run(atMost: 1_800_000) { $0.slot == .backup && $0.heartbeats.last?.heartbeat.profile == .backup })
            terminal.card.selectApplication()
            let imsi = try IMSI(coded: terminal.card.read("7FFF6F07", count: 9).data[...])
            let iccid = try ICCID(coded: terminal.card.read("2FE2", count: 10).data[...])
            #expect(imsi == (try Workbench.subscription(.backup).imsi))
            #expect(iccid == (try Workbench.subscription(.backup).iccid))
            #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        }
    }

    @Test("the journal is folded into the image before it outgrows it")
    func folding() throws {
        var card = try Workbench.card()
        let size = try card.memory.contents().count
        card.selectApplication()
        card.send("00A4000C026F7E")
        for index in 0..<20_000 {
            let value = Hex.text([UInt8(index >> 8), UInt8(index & 0xFF)])
            #expect(card.send("00D6000002" + value).status == 0x9000)
        }
        #expect(card.memory.replacements > 10)
        #expect(try card.memory.contents().count <= 2 * size)
        var later = try TestCard(memory: card.memory)
        _ = later.reset()
        later.selectApplication()
        #expect(later.read("7FFF6F7E", count: 2) == Reply("4e1f", 0x9000))
        print("an image has \(size) bytes")
    }

    @Test("any flipped bit of an image is reported, and the memory stays untouched")
    func flippedBits() throws {
        let image = try Workbench.personalisation().image().encoded
        for offset in stride(from: 0, to: image.count, by: 7) {
            var damaged = image
            damaged[offset] ^= 1 << UInt8(offset % 8)
            #expect(throws: CardImageError.self) { try CardImage(damaged) }
        }
        for length in stride(from: 0, to: image.count, by: 101) {
            #expect(throws: CardImageError.self) { try CardImage(Array(image.prefix(length))) }
        }
        #expect(throws: CardImageError.notACardImage(came: 0x0102_0304)) { try CardImage(hex("01020304") + image.dropFirst(4)) }
        #expect(throws: CardImageError.unknownVersion(expected: CardImage.formatVersion, came: 9)) {
            try CardImage(image.prefix(5) + [9] + image.dropFirst(6))
        }
        #expect(throws: CardImageError.tooShort(expected: 20, came: 0)) { try CardImage([]) }
    }

    @Test("a damaged record that others follow is reported, a cut one at the end is not")
    func damagedJournal() throws {
        var card = try Workbench.card()
        var ends = [try card.memory.contents().count]
        card.selectApplication()
        card.send("00A4000C026F7E")
        for index in 1...3 {
            #expect(card.send("00D60000041122334\(index)").status == 0x9000)
            ends.append(try card.memory.contents().count)
        }
        let whole = try card.memory.contents()
        #expect(try CardImage(whole) == card.image)
        for offset in ends[0]..<ends[3] {
            var damaged = whole
            damaged[offset] ^= 0x10
            // A length has its own check, so it cannot make the rest look cut off.
            if offset < ends[2] + 4 {
                #expect(throws: CardImageError.self) { try CardImage(damaged) }
            } else {
                #expect(try CardImage(damaged).endsInCutRecord)
            }
        }
        #expect(try CardImage(whole + [0, 0, 0, 0, 0, 0, 0, 0]).endsInCutRecord)
    }

    @Test("random contents never stop the reader, whatever their checksum says")
    func randomImages() throws {
        let seed: UInt64 = 7
        print("seed \(seed)")
        var random = Seeded(seed)
        let image = try Workbench.personalisation().image().encoded
        for _ in 0..<3_000 {
            var damaged = image
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                damaged[Int.random(in: 5..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                for _ in 0..<4 { damaged[Int.random(in: 20..<1_500, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            }
            // With a checksum that is right, so that the structure itself must be doubted.
            let resealed = Self.resealed(damaged)
            do {
                var card = try TestCard(image: CardImage(resealed))
                _ = card.reset()
                for command in Self.commands + ["80F2000C", "00B2010404", "00A40004022F06"] {
                    #expect(card.send(command).status >= 0x6000)
                }
            } catch {}
        }
    }

    /// The image with its checksum made right: CRC-32 over the whole with the field as zero.
    private static func resealed(_ image: [UInt8]) -> [UInt8] {
        var bytes = image
        for offset in 16..<20 { bytes[offset] = 0 }
        var register: UInt32 = .max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1 }
        }
        for offset in 0..<4 { bytes[16 + offset] = UInt8(truncatingIfNeeded: ~register >> UInt32(8 * (3 - offset))) }
        return bytes
    }
}
