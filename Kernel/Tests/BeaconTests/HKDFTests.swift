import TestSupport
import Testing
import Wire

@Suite("The tests' own HKDF-SHA-256, RFC 5869")
struct HKDFTests {
    @Test("hashes the examples of FIPS 180-4")
    func sha256() {
        #expect(Hex.text(SHA256.hash([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Hex.text(SHA256.hash(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hex.text(SHA256.hash(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)))
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    @Test("derives test cases 1 and 3 of RFC 5869")
    func derivation() {
        let secret = [UInt8](repeating: 0x0B, count: 22)
        let first = HKDF().hkdfSHA256(
            secret: secret, salt: vector("000102030405060708090a0b0c"), info: vector("f0f1f2f3f4f5f6f7f8f9"), length: 42)
        #expect(Hex.text(first) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
        let third = HKDF().hkdfSHA256(secret: secret, salt: [], info: [], length: 42)
        #expect(Hex.text(third) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }
}
