import TestSupport
import Testing

@testable import Cipher

@Suite("AES-128, FIPS 197")
struct TableAESTests {
    @Test(
        "encrypts the examples of the standard",
        arguments: [
            // FIPS 197, appendices B and C.1.
            ("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32"),
            ("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a"),
            // NIST SP 800-38A, F.1.1.
            ("2b7e151628aed2a6abf7158809cf4f3c", "6bc1bee22e409f96e93d7e117393172a", "3ad77bb40d7a3660a89ecaf32466ef97"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "ae2d8a571e03ac9c9eb76fac45af8e51", "f5d3d58503b9699de785895a96fdbaaf"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "30c81c46a35ce411e5fbc1191a0a52ef", "43b1cd7f598ece23881b00e3ed030688"),
            ("2b7e151628aed2a6abf7158809cf4f3c", "f69f2445df4f9b17ad2b417be66c3710", "7b0c785e27e8ad3f8223207104725dd4"),
        ])
    func examples(key: String, plaintext: String, ciphertext: String) {
        #expect(TableAES(key: block(key)).encrypt(block(plaintext)) == block(ciphertext))
    }

    @Test("is the cipher that the standard defines, for any key and block")
    func definition() {
        var seed = Seed.fresh()
        for _ in 0..<2_000 {
            let key = seed.bytes(16)
            let plaintext = seed.bytes(16)
            #expect(TableAES(key: Block(key)).encrypt(Block(plaintext)).bytes == DefinedAES.encrypt(plaintext, key: key))
        }
    }
}

/// AES-128 step by step as FIPS 197, section 5 writes it, with the S-box computed from its definition: slow, and nothing is shared with
/// the code under test.
enum DefinedAES {
    static func encrypt(_ plaintext: [UInt8], key: [UInt8]) -> [UInt8] {
        let words = expand(key)
        var state = plaintext
        add(&state, words, round: 0)
        for round in 1...10 {
            state = state.map { box[Int($0)] }
            state = (0..<16).map { state[($0 + 4 * ($0 % 4)) % 16] }
            if round < 10 { state = (0..<16).map { mixed(state, $0) } }
            add(&state, words, round: round)
        }
        return state
    }

    private static let box: [UInt8] = (0...255).map { value in
        let byte = UInt8(value)
        let inverse = (0...255).map { UInt8($0) }.first { product($0, byte) == 1 } ?? 0
        func turned(_ bits: UInt8) -> UInt8 { inverse << bits | inverse >> (8 - bits) }
        return inverse ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63
    }

    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (a, b, result) = (left, right, UInt8(0))
        while b != 0 {
            if b & 1 == 1 { result ^= a }
            a = a << 1 ^ (a & 0x80 == 0 ? 0 : 0x1B)
            b >>= 1
        }
        return result
    }

    private static func mixed(_ state: [UInt8], _ place: Int) -> UInt8 {
        let column = place / 4 * 4
        let factors: [UInt8] = [2, 3, 1, 1]
        return (0..<4).reduce(0) { $0 ^ product(factors[$1], state[column + (place + $1) % 4]) }
    }

    private static func expand(_ key: [UInt8]) -> [UInt8] {
        var words = key
        var constant: UInt8 = 1
        while words.count < 176 {
            var word = Array(words.suffix(4))
            if words.count % 16 == 0 {
                word = [word[1], word[2], word[3], word[0]].map { box[Int($0)] }
                word[0] ^= constant
                constant = product(constant, 2)
            }
            for byte in word { words.append(words[words.count - 16] ^ byte) }
        }
        return words
    }

    private static func add(_ state: inout [UInt8], _ words: [UInt8], round: Int) {
        for place in 0..<16 { state[place] ^= words[round * 16 + place] }
    }
}
