import Testing

@testable import Wire

@Suite("Hex")
struct HexTests {
    @Test("text and bytes are each other's inverse")
    func roundTrip() throws {
        let bytes = (0...255).map { UInt8($0) }
        #expect(try Hex.bytes(Hex.text(bytes)) == bytes)
        #expect(try Hex.bytes(Hex.text(bytes).uppercased()) == bytes)
        #expect(Hex.text([0x00, 0xAB, 0x9f]) == "00ab9f")
        #expect(try Hex.bytes("00 a4 04 00") == [0x00, 0xA4, 0x04, 0x00])
        #expect(try Hex.bytes("").isEmpty)
    }

    @Test("says which character is no digit, and when one has no partner")
    func refused() {
        #expect(throws: HexError.digit(byte: 0x67, offset: 3)) { try Hex.bytes("0a0g") }
        #expect(throws: HexError.digit(byte: 0x20, offset: 1)) { try Hex.bytes("0 a") }
        #expect(throws: HexError.digit(byte: 0xC3, offset: 0)) { try Hex.bytes("é") }
        #expect(throws: HexError.odd(digits: 3)) { try Hex.bytes("abc") }
    }
}
