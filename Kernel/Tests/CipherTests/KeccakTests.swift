import Cipher
import Testing

@Suite("Keccak-f[1600] (FIPS 202)")
struct KeccakTests {
    /// SHA3-256 (FIPS 202, clause 6.1), to test the permutation by its best known use.
    private func sha3(_ message: [UInt8]) -> [UInt8] {
        let rate = 136
        var padded = message + [0x06]
        while padded.count % rate != 0 { padded.append(0) }
        padded[padded.count - 1] |= 0x80
        var state = Keccak.State(repeating: 0)
        for start in stride(from: 0, to: padded.count, by: rate) {
            for index in 0..<rate { state[index / 8] ^= UInt64(padded[start + index]) << UInt64(index % 8 * 8) }
            Keccak.permute(&state)
        }
        return Array(bytes(state).prefix(32))
    }

    private func bytes(_ state: Keccak.State) -> [UInt8] {
        (0..<200).map { UInt8(truncatingIfNeeded: state[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }

    private func permuted(_ input: [UInt8]) -> [UInt8] {
        var state = Keccak.State(repeating: 0)
        for (index, byte) in input.enumerated() { state[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8) }
        Keccak.permute(&state)
        return bytes(state)
    }

    @Test("SHA3-256 of the example messages of NIST: none, 24, 448 and 1,600 bits")
    func hashes() {
        #expect(sha3([]) == hex("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"))
        #expect(sha3(Array("abc".utf8)) == hex("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"))
        #expect(
            sha3(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
                == hex("41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376"))
        #expect(
            sha3([UInt8](repeating: 0xA3, count: 200))
                == hex("79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787"))
    }

    @Test("the permutation's test sets 2 to 5 of TS 35.232, clause 5")
    func permutations() {
        #expect(
            permuted([0x80])
                == hex(
                    "44e0e58ca968975c4c2592a157f53f2124519b010b89e15e301ef58f76501db59cde067f1fde09c0a4b5c210a6a19f06ba4c"
                        + "8f0c6fc868f0fc80a63b2553791e41c82278ad115efc70f71d641ff0774aa5d547b6d9914914022c514c45fceca61cb66b0f"
                        + "0313e34988ae0d36737e2c0529907fe653fc4e185d07f3961f826bb88031af844d9e7d9876170363fde76786c58ccbcf5c3a"
                        + "01bb914c1b0208a27c7be3bbbbbb9976e040317afc2afbfadc7ba7fc237235c65551aa3139641fa8db2e6483f28740b31b61"))
        #expect(
            permuted((1...200).map { UInt8($0) })
                == hex(
                    "5dd0e3dd9e46db2187a9e1a444427d7a832fef29913990e015ea8d1f3f1fa6413ffbbc586f5a4d694dd60668fbf3b4bbda49"
                        + "45c9ea0cbee211735ebfa8399b613aff34d1dd47fa398c78f48a91a6657d29036c87f7735f43e2abb76a135045b70e42c59d"
                        + "809214a4cd301f1857300a55d01d32365b6abda51ead7541db7beddc46e485727c3b2b5d83b59e5a7a62e0131614ba0d7bfa"
                        + "cd4eba716232808859f003855f5c47010a50e1262f9e9e812e6cb3dd52d9adb7be1910427634025231968de0b43fa24b4b3e"))
        #expect(
            permuted([UInt8](repeating: 0xAB, count: 200))
                == hex(
                    "0052f00eb409b5ce5f78e95320ee6a715f5b1a0a7e5bed0343d6911330abe2fc57b66fb5ba9ef2880b0575ed0a9870c50c66"
                        + "57838a1d32f388fdc3a4e73246ddd956587477c4c8d41ad419140452cc171323ae1ff0910ce1c3278b62c64875912b7f7c21"
                        + "cfa052e0b040214c5f3b81c320758792cea0c8d1e42e92e1ef3cf066be16c61ee44ddd69db729a825d4dbbfd9f97da46c610"
                        + "3d5a5f8c8d21bd427d58af4b411178bede5a1986a0c91d38c485ee2d5472bdd0a5b9faabf7077313caf9f30a1e46ac8e1258"))
        #expect(
            permuted([UInt8](repeating: 0xCD, count: 200))
                == hex(
                    "c16ca06def3add45b20ccfd67aa8f91215c2e8751edd02a5103f61ba6f7bf3bbb2595f411baf6aab1653f17e951e2dc88dfb"
                        + "f76867940a6338608218f8dff1417bdb3c6f45226487a9a6078b656a37ff861dfa793077c08803a8b962da6724ddc86d1093"
                        + "ffd00588a28e6c1b801f735463bc05581ed597bdbf37a459297f650539989efc4a7a9c8b2233c020dea30034c1f2c6cf5e0c"
                        + "cccc535540871803ed3d20b0c51013a3024ac56b33af5a2611233d537d11804ef02eb55978ffd43d9a7e48844264dece8fa8"))
    }
}
