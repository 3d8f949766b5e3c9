import Testing

@testable import Cipher

@Suite("AES-CMAC, RFC 4493")
struct CMACTests {
    static let key = "2b7e151628aed2a6abf7158809cf4f3c"
    static let message = """
        6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51
        30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710
        """

    @Test("makes the subkeys of section 4")
    func subkeys() {
        let mac = CMAC<TableAES>(key: block(Self.key))
        #expect(mac.whole == block("fbeed618357133667c85e08f7236a8de"))
        #expect(mac.padded == block("f7ddac306ae266ccf90bc11ee46d513b"))
    }

    @Test(
        "makes the tags of section 4 (and of NIST SP 800-38B, D.1)",
        arguments: [
            (0, "bb1d6929e95937287fa37d129b756746"), (16, "070a16b46b4d4144f79bdd9dd04a287c"),
            (40, "dfa66747de9ae63030ca32611497c827"), (64, "51f0bebf7e3b9d92fc49741779363cfe"),
        ])
    func tags(length: Int, tag: String) {
        let mac = CMAC<TableAES>(key: block(Self.key))
        #expect(mac.tag([UInt8](hex(Self.message).prefix(length))) == block(tag))
    }

    @Test("takes a tag by its first bytes, and no other")
    func verification() {
        let mac = CMAC<TableAES>(key: block(Self.key))
        let message = [UInt8](hex(Self.message).prefix(40))
        let tag = mac.tag(message).bytes
        for length in 1...16 {
            let short = [UInt8](tag.prefix(length))
            #expect(mac.verify(short, over: message))
            for bit in 0..<length * 8 {
                var wrong = short
                wrong[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                #expect(!mac.verify(wrong, over: message))
            }
        }
        #expect(!mac.verify([], over: message))
        #expect(!mac.verify(tag + [0], over: message))
    }
}
