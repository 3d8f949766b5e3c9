import TestSupport
import Testing

@testable import Wire

@Suite("BER-TLV and COMPREHENSION-TLV, ETSI TS 101 220")
struct TLVTests {
    @Test(
        "a length takes one to four bytes",
        arguments: [
            (0, [0x00]), (0x7F, [0x7F]), (0x80, [0x81, 0x80]), (0xFF, [0x81, 0xFF]), (0x100, [0x82, 0x01, 0x00]),
            (0xFFFF, [0x82, 0xFF, 0xFF]), (0x1_0000, [0x83, 0x01, 0x00, 0x00]), (0xFF_FFFF, [0x83, 0xFF, 0xFF, 0xFF]),
        ] as [(Int, [UInt8])])
    func lengths(length: Int, coded: [UInt8]) throws {
        var writer = ByteWriter()
        writer.tlvLength(length)
        #expect(writer.bytes == coded)
        var reader = ByteReader(coded)
        #expect(try reader.tlvLength() == length)
        for count in 0..<coded.count {
            var short = ByteReader(Array(coded.prefix(count)))
            #expect(throws: TLVError.self) { try short.tlvLength() }
        }
    }

    @Test("a length that fits into fewer bytes is taken, one that starts with 80, or with more than 83, is not")
    func oddLengths() throws {
        var long = ByteReader([0x82, 0x00, 0x05])
        #expect(try long.tlvLength() == 5)
        for byte in [0x80] + Array(0x84...0xFF) as [UInt8] {
            var reader = ByteReader([byte, 0, 0, 0, 0])
            #expect(throws: TLVError.length(byte: byte, offset: 0)) { try reader.tlvLength() }
        }
    }

    @Test("reads an FCP as it is written")
    func nested() throws {
        var writer = ByteWriter()
        writer.ber(0x62) { fcp in
            fcp.ber(0x82, [0x41, 0x21])
            fcp.ber(0x83, [0x2F, 0xE2])
            fcp.ber(0xA5) { $0.ber(0x80, [0x71]) }
        }
        #expect(writer.bytes == [0x62, 0x0D, 0x82, 0x02, 0x41, 0x21, 0x83, 0x02, 0x2F, 0xE2, 0xA5, 0x03, 0x80, 0x01, 0x71])
        var reader = ByteReader(writer.bytes)
        let fcp = try #require(try reader.berTLV())
        #expect(fcp.tag == 0x62 && fcp.isConstructed && reader.isAtEnd)
        let inside = ByteReader(writer.bytes, in: fcp.range)
        #expect(try inside.berTLV(tagged: 0x83)?.value == [0x2F, 0xE2])
        let proprietary = try #require(try inside.berTLV(tagged: 0xA5))
        #expect(proprietary.isConstructed)
        #expect(try inside.berTLV(tagged: 0x8A) == nil)
    }

    @Test(
        "tags have one to three bytes",
        arguments: [
            (0x84, [0x84]), (0x7F49, [0x7F, 0x49]), (0xBF5D, [0xBF, 0x5D]), (0x9F_8101, [0x9F, 0x81, 0x01]),
        ] as [(UInt32, [UInt8])])
    func tags(tag: UInt32, coded: [UInt8]) throws {
        var writer = ByteWriter()
        writer.ber(tag, [0xAA])
        #expect(writer.bytes == coded + [0x01, 0xAA])
        var reader = ByteReader(writer.bytes)
        let object = try #require(try reader.berTLV())
        #expect(object.tag == tag && object.value == [0xAA])
        #expect(try reader.berTLV() == nil)
    }

    @Test("refuses tags that are none, and values that go on past the end, and says where")
    func refused() {
        func read(_ bytes: [UInt8]) throws -> BERTLV? {
            var reader = ByteReader(bytes)
            return try reader.berTLV()
        }
        #expect(throws: TLVError.tag(byte: 0x00, offset: 0)) { try read([0x00, 0x00]) }
        #expect(throws: TLVError.tag(byte: 0xFF, offset: 0)) { try read([0xFF, 0xFF]) }
        #expect(throws: TLVError.tag(byte: 0x9F, offset: 0)) { try read([0x9F, 0x81, 0x82, 0x83, 0x01]) }
        #expect(throws: TLVError.truncated(Truncation(needed: 2, left: 1, offset: 2))) { try read([0x84, 0x02, 0x00]) }
        #expect(throws: TLVError.truncated(Truncation(needed: 1, left: 0, offset: 1))) { try read([0x84]) }
    }

    @Test("COMPREHENSION-TLVs carry a flag in the tag, in one byte or in three")
    func comprehension() throws {
        var writer = ByteWriter()
        writer.comprehension(0x01, [0x01, 0x21, 0x00])
        writer.comprehension(0x02, [0x81, 0x82])
        writer.comprehension(0x05, required: false) { $0.byte(0x41) }
        writer.comprehension(0x0123, [0xAA])
        writer.comprehension(0x0123, required: false, [])
        #expect(
            writer.bytes == [
                0x81, 0x03, 0x01, 0x21, 0x00, 0x82, 0x02, 0x81, 0x82, 0x05, 0x01, 0x41, 0x7F, 0x81, 0x23, 0x01, 0xAA, 0x7F, 0x01,
                0x23,
                0x00,
            ])
        var reader = ByteReader(writer.bytes)
        #expect(try reader.comprehensionTLV(tagged: 0x05)?.value == [0x41])
        #expect(try reader.comprehensionTLV(tagged: 0x07) == nil)
        var seen: [String] = []
        while let object = try reader.comprehensionTLV() {
            seen.append("\(object.tag) \(object.comprehensionRequired) \(object.value.count)")
        }
        #expect(seen == ["1 true 3", "2 true 2", "5 false 1", "291 true 1", "291 false 0"])
    }

    @Test("COMPREHENSION tags 00, 80 and FF are refused")
    func comprehensionRefused() {
        for byte in [0x00, 0x80, 0xFF] as [UInt8] {
            var reader = ByteReader([byte, 0x00])
            #expect(throws: TLVError.tag(byte: byte, offset: 0)) { try reader.comprehensionTLV() }
        }
        var cut = ByteReader([0x7F, 0x81])
        #expect(throws: TLVError.truncated(Truncation(needed: 1, left: 0, offset: 2))) { try cut.comprehensionTLV() }
    }

    @Test("random bytes are read or refused, and reading always moves on or ends")
    func hostile() {
        var seed = Seed.fresh()
        for _ in 0..<200_000 {
            let bytes = seed.bytes(seed.below(24))
            var reader = ByteReader(bytes)
            var last = -1
            while let object = try? reader.berTLV() {
                #expect(reader.offset > last && object.range.upperBound == reader.offset && reader.offset <= bytes.count)
                last = reader.offset
            }
            reader = ByteReader(bytes)
            last = -1
            while let object = try? reader.comprehensionTLV() {
                #expect(reader.offset > last && object.range.upperBound == reader.offset && reader.offset <= bytes.count)
                last = reader.offset
            }
        }
    }
}
