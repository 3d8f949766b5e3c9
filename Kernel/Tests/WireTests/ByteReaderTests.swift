import Testing

@testable import Wire

@Suite("ByteReader and ByteWriter")
struct ByteReaderTests {
    @Test("reads what was written, big-endian")
    func roundTrip() throws {
        var writer = ByteWriter(capacity: 32)
        writer.byte(0x01)
        writer.uint16(0x0203)
        writer.uint32(0x0405_0607)
        writer.uint64(0x0809_0A0B_0C0D_0E0F)
        writer.uint(0xFF_1011_12, size: 3)
        writer.append([0x13, 0x14])
        writer.append([0, 0x15][1...])
        #expect(writer.bytes == Array(1...8) + Array(9...15) + Array(0x10...0x15))

        var reader = ByteReader(writer.bytes)
        #expect(try reader.byte() == 0x01)
        #expect(try reader.uint16() == 0x0203)
        #expect(try reader.uint32() == 0x0405_0607)
        #expect(try reader.uint64() == 0x0809_0A0B_0C0D_0E0F)
        #expect(try reader.uint(3) == 0x10_1112)
        #expect(reader.next == 0x13)
        #expect(try reader.slice(2) == [0x13, 0x14])
        #expect(reader.left == 1)
        #expect(try reader.uint(0) == 0)
        try reader.skip(1)
        #expect(reader.isAtEnd && reader.next == nil && reader.rest.isEmpty)
    }

    @Test("says how much it needed, how much there was, and where it stood")
    func truncation() throws {
        var reader = ByteReader([1, 2, 3])
        try reader.skip(1)
        #expect(throws: Truncation(needed: 4, left: 2, offset: 1)) { try reader.uint32() }
        #expect(throws: Truncation(needed: -1, left: 2, offset: 1)) { try reader.slice(-1) }
        #expect(throws: Truncation(needed: .max, left: 2, offset: 1)) { try reader.skip(.max) }
        #expect(throws: Truncation(needed: 9, left: 2, offset: 1)) { try reader.uint(9) }
        #expect(try reader.uint16() == 0x0203)
        #expect(throws: Truncation(needed: 1, left: 0, offset: 3)) { try reader.byte() }
    }

    @Test("keeps to its part of the bytes, and counts offsets in the whole")
    func parts() throws {
        var whole = ByteReader([0, 1, 2, 3, 4])
        try whole.skip(1)
        var part = try whole.reader(2)
        #expect(try part.byte() == 1)
        #expect(part.offset == 2 && part.left == 1)
        #expect(throws: Truncation(needed: 2, left: 1, offset: 2)) { try part.uint16() }
        #expect(try whole.byte() == 3)
        #expect(ByteReader([1, 2], in: 1..<9).left == 1)
        #expect(ByteReader([1, 2], in: -3 ..< -1).isAtEnd)
    }

    @Test("replaces a byte that is there, and no other")
    func replacement() {
        var writer = ByteWriter()
        writer.append([1, 2])
        writer.replace(at: 1, with: 9)
        writer.replace(at: 2, with: 9)
        writer.replace(at: -1, with: 9)
        #expect(writer.bytes == [1, 9])
    }
}
