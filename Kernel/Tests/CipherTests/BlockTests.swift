import Testing

@testable import Cipher

@Suite("Block")
struct BlockTests {
    let bytes: [UInt8] = Array(0x10...0x1F)

    @Test("gives back the bytes it was read from, one by one and together")
    func bytesInOrder() {
        let block = Block([0xFF] + bytes, at: 1)
        #expect(block.bytes == bytes)
        #expect((0..<16).map { block[$0] } == bytes)
        #expect(block == Block(high: 0x1011_1213_1415_1617, low: 0x1819_1A1B_1C1D_1E1F))
    }

    @Test("takes bytes that are not there for zeros, wherever it is read from")
    func padding() {
        for count in 0...16 {
            #expect(Block(Array(bytes.prefix(count))).bytes == bytes.prefix(count) + [UInt8](repeating: 0, count: 16 - count))
        }
        #expect(Block(bytes, at: 13).bytes == [0x1D, 0x1E, 0x1F] + [UInt8](repeating: 0, count: 13))
        for offset in [-1, 16, 17, Int.max, Int.min] { #expect(Block(bytes, at: offset) == .zero) }
    }

    @Test("is made of a key only when the key has sixteen bytes")
    func exactly() {
        #expect(Block(exactly: bytes)?.bytes == bytes)
        #expect(Block(exactly: Array(bytes.dropLast())) == nil)
        #expect(Block(exactly: bytes + [0]) == nil)
    }

    @Test("sets one byte and leaves the others")
    func set() {
        for place in 0..<16 {
            var block = Block(bytes)
            block[place] = 0xAB
            var expected = bytes
            expected[place] = 0xAB
            #expect(block.bytes == expected)
        }
    }

    @Test("rotates towards its first byte, as MILENAGE's rotation does")
    func rotation() {
        let block = Block(bytes)
        for count in stride(from: 0, to: 128, by: 8) {
            #expect(block.rotated(left: count).bytes == Array(bytes.dropFirst(count / 8) + bytes.prefix(count / 8)))
        }
        #expect(Block(high: 1 << 63, low: 0).rotated(left: 1) == Block(high: 0, low: 1))
        #expect(Block(high: 0, low: 1).rotated(left: 127) == Block(high: 1 << 63, low: 0))
    }
}
