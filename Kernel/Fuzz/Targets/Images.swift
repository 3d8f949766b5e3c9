import SmartCard
import Wire

/// A card's memory, as anybody may have written it.
///
/// The first byte says what follows: 0 an image with its journal as they are; 1 an image that gets its length and checksum made
/// right, so that the structure itself must be doubted; 2 the patches of journal records, each with its length before it, which
/// follow an image that is whole.
enum Images {
    static func run(_ input: [UInt8]) throws {
        var input = Input(input)
        let contents: [UInt8]
        switch input.byte() % 3 {
        case 0: contents = input.rest()
        case 1: contents = sealed(input.rest())
        default: contents = Specimen.smallImage.encoded + journal(&input)
        }
        let image: CardImage
        do { image = try CardImage(contents) } catch { return }
        for slot in image.slots { _ = image.summary(of: slot) }
        // What it says about itself is what it writes.
        try hold(try CardImage(image.encoded) == image, "an image is not what it is when it is written")
        // The applet's parameters and contexts are its own to doubt.
        do { _ = try FuzzedCard(memory: InProcessMemory(contents)) } catch { return }
        var session = try Session(contents)
        for command in commands { try session.send(command) }
        try session.fetch()
        try session.losePower()
    }

    /// A few of each kind.
    private static let commands: [[UInt8]] =
        [
            "00A40004023F00", "00C0000010", "0020000108" + "31323334FFFFFFFF",
            "002C000110" + "3132333435363738" + "31323334FFFFFFFF",
            "00A4080C022FE2", "00B0000000", "00D600000101", "00A4000C022F06", "00B2010400", "00B2000200", "00A2010401A4",
            "00A4000C026F39", "8032000003000001", "00B2000300", "00DC000303010203", "00040000", "00440000",
            "00A4040407A0000000871002", "80F2000000", "00A4000C026F07", "00B0000009", "0070000001", "01A40004023F00",
            "A0A40000023F00", "A0A40000027F20", "A0A40000026F07", "A0B0000009", "A0F2000017",
            "8010000014" + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "80120000FF", "80F2000C", "80C2000009D70782028281240101",
        ].map(hex) + [Specimen.authenticate(0x2000)]

    /// The image with the length that it has, the newest version and the checksum that is right.
    private static func sealed(_ contents: [UInt8]) -> [UInt8] {
        guard contents.count >= 20 else { return contents }
        var image = contents
        let length = UInt32(image.count)
        image.replaceSubrange(0..<4, with: Array("HFUC".utf8))
        image.replaceSubrange(12..<16, with: bigEndian(length))
        image.replaceSubrange(16..<20, with: [0, 0, 0, 0])
        image.replaceSubrange(16..<20, with: bigEndian(checksum(image)))
        return image
    }

    /// Records with the length, the number and the checksum that are right.
    private static func journal(_ input: inout Input) -> [UInt8] {
        var journal: [UInt8] = []
        var index: UInt32 = 0
        let generation = Array(Specimen.smallImage.encoded[8..<12])
        while !input.isEmpty, index < 64 {
            let patches = input.take(Int(input.byte()))
            let size = UInt16(patches.count + 8)
            let record = [UInt8(size >> 8), UInt8(size & 0xFF), UInt8(~size >> 8), UInt8(~size & 0xFF)] + patches
            journal += record + bigEndian(checksum(generation + bigEndian(index) + record))
            index += 1
        }
        return journal
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    }

    /// CRC-32, bit by bit, so that it shares nothing with the card's.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var register: UInt32 = .max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1 }
        }
        return ~register
    }

    static var seeds: [[UInt8]] {
        let small = Specimen.smallImage.encoded
        var card = made { () throws in try FuzzedCard(memory: InProcessMemory(small)) }
        _ = card.reset()
        for command in commands { _ = card.transmit(command) }
        let written = made { () throws in try card.memory.contents() }
        return [
            [0] + small, [1] + small, [0] + written, [1] + Specimen.image.encoded,
            [2, 6, 0, 1, 0, 0, 1, 0xAA, 12] + [0, 1, 0x40, 0, 1, 1, 0, 1, 0x50, 0, 1, 2],
        ]
    }
}
