import TestSupport
import Testing

@testable import Cipher

@Suite("AES backwards and CBC: FIPS 197, NIST SP 800-38A")
struct CBCTests {
    @Test(
        "decrypts the examples of FIPS 197 and of SP 800-38A, F.1.2",
        arguments: [
            ("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32"),
            ("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "6bc1bee22e409f96e93d7e117393172a", "3ad77bb40d7a3660a89ecaf32466ef97"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "ae2d8a571e03ac9c9eb76fac45af8e51", "f5d3d58503b9699de785895a96fdbaaf"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "30c81c46a35ce411e5fbc1191a0a52ef", "43b1cd7f598ece23881b00e3ed030688"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "f69f2445df4f9b17ad2b417be66c3710", "7b0c785e27e8ad3f8223207104725dd4"),
        ])
    func examples(key: String, plaintext: String, ciphertext: String) {
        #expect(TableAES(key: block(key)).decrypt(block(ciphertext)) == block(plaintext))
    }

    @Test("decrypts what it encrypted, for any key and block")
    func inverse() {
        var seed = Seed.fresh()
        for _ in 0..<5_000 {
            let cipher = TableAES(key: Block(seed.bytes(16)))
            let plaintext = Block(seed.bytes(16))
            #expect(cipher.decrypt(cipher.encrypt(plaintext)) == plaintext)
            #expect(cipher.encrypt(cipher.decrypt(plaintext)) == plaintext)
        }
    }

    @Test("chains the blocks of SP 800-38A, F.2.1 and F.2.2")
    func chaining() throws {
        let mode = CBC<TableAES>(key: block("2b7e151628aed2a6abf7158809cf4f3c"))
        let vector = block("000102030405060708090a0b0c0d0e0f")
        let plaintext = hex(CMACTests.message)
        let ciphertext = hex(
            """
            7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2
            73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7
            """)
        #expect(try mode.encrypt(plaintext, vector: vector) == ciphertext)
        #expect(try mode.decrypt(ciphertext, vector: vector) == plaintext)
        #expect(try mode.encrypt([], vector: vector) == [])
        #expect(try mode.decrypt([], vector: vector) == [])
    }

    @Test("takes whole blocks only", arguments: [1, 15, 17, 31, 33])
    func partial(length: Int) {
        let mode = CBC<TableAES>(key: .zero)
        let bytes = [UInt8](repeating: 0, count: length)
        #expect(throws: CBCError.partialBlock(length: length)) { try mode.encrypt(bytes, vector: .zero) }
        #expect(throws: CBCError.partialBlock(length: length)) { try mode.decrypt(bytes, vector: .zero) }
    }
}
