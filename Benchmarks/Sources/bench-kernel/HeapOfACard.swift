import CAllocations
import Cipher
import Measure
import SmartCard

/// What a card takes of the heap on this computer: a device's is smaller, its pointers being half as long.
enum HeapOfACard {
    static func measure() throws {
        let image = try TestCard.image().encoded
        var centre = Centre()
        let challenge = try centre.challenges(1)[0].command
        var commands = [hex("8010000014FFFFFFFF7F9D00FF9FFF00001FE20000000000"), hex("00A4040C07A0000000871002")]
        for file in ["6F07", "6F38", "6FAD", "6F46", "6F7E", "6FE3"] {
            commands += [hex("00A4000C02" + file), hex("00B0000000")]
        }
        commands += [challenge, hex("00C000002C"), hex("00D600000B" + "00000000" + "99F907" + "123400" + "00"), hex("80F2000C")]
        // Once before, so that tables that are made once are not counted as the card's.
        _ = try boot(image, commands)

        heap_begin()
        let figures = try boot(image, commands)
        heap_end()
        Figure("device", "image in flash, both profiles", unit: "bytes", values: [Double(image.count)], moreIsBetter: false)
            .publish()
        Figure(
            "device", "heap of a booted card", unit: "bytes", values: [Double(figures.booted)], moreIsBetter: false,
            note: "the test card, its image in RAM included, after TERMINAL PROFILE, reading files, AUTHENTICATE and an update"
        ).publish()
        Figure(
            "device", "heap, the most while it boots and answers", unit: "bytes", values: [Double(figures.most)],
            moreIsBetter: false
        )
        .publish()
    }

    private static func boot(_ image: [UInt8], _ commands: [[UInt8]]) throws -> (booted: Int, most: Int) {
        var card = try Card<TableAES, Flash>(memory: Flash(image: image))
        _ = card.reset()
        var response: [UInt8] = []
        for command in commands {
            card.transmit(command.span, into: &response)
            guard response.count >= 2 else { throw BenchmarkFailure("a command was not answered") }
        }
        let figures = (heap_live(), heap_most())
        return withExtendedLifetime(card) { figures }
    }

    /// Flash is not on the heap: what is kept here is the caller's, and what is read is a copy.
    private struct Flash: NonVolatileMemory {
        let image: [UInt8]

        func contents() throws(NonVolatileMemoryError) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: image.count) { buffer, count in
                for index in image.indices { buffer[index] = image[index] }
                count = image.count
            }
        }

        mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {}
        mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {}
    }
}
