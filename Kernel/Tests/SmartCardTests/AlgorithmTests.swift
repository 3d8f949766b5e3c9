import Cipher
import Testing
import Wire

@testable import SmartCard

@Suite("AUTHENTICATE with any algorithm (TS 31.102, clause 7.1), and how images hold them")
struct AlgorithmTests {
    private static let key = Block(hex("000102030405060708090a0b0c0d0e0f"))
    private static let wide = WideBlock(hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeffe0e1e2e3e4e5e6e7e8e9eaebecedeeef"), at: 0)

    /// Every algorithm with every choice of sizes.
    static let all: [AuthenticationAlgorithm] = {
        var all: [AuthenticationAlgorithm] = [.milenage(key: key, operatorConstant: Workbench.operatorConstant)]
        for size in XORTest.ResponseSize.allCases { all.append(.xor(XORTest(key: key, responseSize: size))) }
        for code in Tuak.CodeSize.allCases {
            for response in Tuak.ResponseSize.allCases {
                for choice in 0..<8 {
                    let sizes = Tuak.Sizes(
                        code: code, response: response, cipherKey: choice & 1 == 0 ? .bits128 : .bits256,
                        integrityKey: choice & 2 == 0 ? .bits128 : .bits256)
                    all.append(
                        .tuak(
                            Tuak(
                                key: choice & 4 == 0 ? .bits128(key) : .bits256(wide), operatorConstant: wide, sizes: sizes,
                                iterations: UInt8(choice + 1))))
                }
            }
        }
        return all
    }()

    private func command(_ vector: AuthenticationVector) -> String {
        let data = [16] + vector.random.bytes + [UInt8(vector.token.count)] + vector.token
        return "00880081" + Hex.text([UInt8(data.count)]) + Hex.text(data)
    }

    @Test("accepts, refuses a MAC with any bit wrong, and resynchronises", arguments: all)
    func authenticate(_ algorithm: AuthenticationAlgorithm) throws {
        var personalisation = try Workbench.personalisation()
        personalisation.primary.algorithm = algorithm
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        card.selectApplication()
        let seed: UInt64 = 0x5E1F
        var random = Seeded(seed)
        let centre = Authenticator<TableAES>(algorithm)
        let challenge = Block(high: random.next(), low: random.next())
        let vector = centre.vector(random: challenge, sequence: 0x20, management: 0x8000)
        for index in vector.token.indices {
            var damaged = vector
            damaged.token[index] ^= 1 << UInt8(random.next() % 8)
            #expect(card.exchange(command(damaged)).status == 0x9862, "byte \(index), seed \(seed)")
        }
        let answer = card.exchange(command(vector))
        var expected: [UInt8] = [0xDB]
        for parameter in [vector.answer.response, vector.answer.cipherKey, vector.answer.integrityKey] {
            expected += [UInt8(parameter.size)] + parameter.bytes
        }
        #expect(answer == Reply(Hex.text(expected), 0x9000))
        let again = card.exchange(command(vector))
        #expect(again.status == 0x9000 && again.data.first == 0xDC)
        let auts = Array(again.data.dropFirst(2))
        #expect(centre.resynchronise(auts, random: challenge) == 0x20)
        for index in auts.indices {
            var damaged = auts
            damaged[index] ^= 0x80
            #expect(centre.resynchronise(damaged, random: challenge) == nil)
        }
        #expect(centre.resynchronise(Array(auts.dropLast()), random: challenge) == nil)
        // A token of another length belongs to another algorithm.
        var long = vector
        long.token.append(0)
        #expect(card.exchange(command(long)).status == 0x6700)
    }

    @Test("the test algorithm does what TS 34.108, clause 8.1.2 says, byte by byte")
    func exclusiveOr() throws {
        let challenge = hex("23553cbe9637a89d218ae64dae47bf35")
        let output = zip(challenge, Self.key.bytes).map { $0 ^ $1 }
        let (sequence, management): ([UInt8], [UInt8]) = ([0, 0, 0, 0, 0x12, 0x34], [0x80, 0x01])
        let code = zip(output, sequence + management).map { $0 ^ $1 }
        let token = zip(sequence, output[3..<9]).map { $0 ^ $1 } + management + code
        for size in XORTest.ResponseSize.allCases {
            let test = XORTest(key: Self.key, responseSize: size)
            let vector = test.vector(random: Block(challenge), sequence: 0x1234, management: 0x8001)
            #expect(vector.token == token)
            #expect(vector.answer.response.bytes == Array(output.prefix(size.size)))
            #expect(vector.answer.cipherKey.bytes == Array(output[1...] + output[..<1]))
            #expect(vector.answer.integrityKey.bytes == Array(output[2...] + output[..<2]))
            // AK and MAC-S are those of f5 and f1, with AMF zero.
            let auts = token[..<6] + zip(output, sequence + [0, 0]).map { $0 ^ $1 }
            #expect(test.resynchronise(Array(auts), random: Block(challenge)) == 0x1234)
        }
    }

    @Test("an image gives back every algorithm as it was put in", arguments: all)
    func encoding(_ algorithm: AuthenticationAlgorithm) throws {
        var bytes = [UInt8](repeating: 0, count: 80)
        algorithm.encode(into: &bytes, at: 3)
        #expect(AuthenticationAlgorithm(encodedIn: bytes, at: 3) == algorithm)
    }

    @Test(
        "an image of format 1 is read and keeps its format; TUAK and the like make a later one; other numbers are refused by name")
    func formats() throws {
        let personalisation = try Workbench.personalisation()
        let image = try personalisation.image().encoded
        func changed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
            var bytes = image
            change(&bytes)
            let checksum = CardImage.checksum(of: &bytes)
            bytes.set(UInt64(checksum), at: 16, size: 4)
            return bytes
        }
        #expect(UInt16(image[5]) == CardImage.formatVersion)
        let old = try CardImage(changed { $0[5] = 1 })
        #expect(old.encoded[5] == 1)
        var card = try TestCard(image: old)
        _ = card.reset()
        card.selectApplication()
        let centre = Authenticator<TableAES>(personalisation.primary.algorithm)
        #expect(
            card.exchange(command(centre.vector(random: Self.key, sequence: 0x20, management: 0x8000))).data.first == 0xDB)
        let place = try #require(old.layout.profiles.first?.algorithm)
        #expect(throws: CardImageError.badAlgorithm(offset: place)) { try CardImage(changed { $0[place] = 4 }) }
        #expect(throws: CardImageError.badAlgorithm(offset: place)) { try CardImage(changed { $0[place + 3] = 1 }) }
        // TUAK without an iteration.
        #expect(throws: CardImageError.badAlgorithm(offset: place)) { try CardImage(changed { $0[place] = 2 }) }
        // An image that calls itself format 1 has MILENAGE only.
        var tuak = personalisation
        tuak.primary.algorithm = .tuak(Tuak(key: .bits128(Self.key), operatorConstant: Self.wide))
        var bytes = try tuak.image().encoded
        bytes[5] = 1
        let checksum = CardImage.checksum(of: &bytes)
        bytes.set(UInt64(checksum), at: 16, size: 4)
        #expect(throws: CardImageError.badAlgorithm(offset: place)) { try CardImage(bytes) }
    }

    @Test("profile package parameters become an algorithm, or say what is wrong")
    func parameters() throws {
        let (key, long) = (Self.key.bytes, Self.wide.bytes)
        // TS.48: the test algorithm with options 02, a RES of 128 bits; OPc is there and ignored.
        #expect(
            try AuthenticationAlgorithm(identifier: 3, options: 2, key: key, operatorConstant: [UInt8](repeating: 0, count: 16))
                == .xor(XORTest(key: Self.key, responseSize: .bits128)))
        #expect(
            try AuthenticationAlgorithm(identifier: 1, options: 0, key: key, operatorConstant: key)
                == .milenage(key: Self.key, operatorConstant: Self.key))
        #expect(
            try AuthenticationAlgorithm(identifier: 2, options: 0x4A, key: long, operatorConstant: long, iterations: 4)
                == .tuak(
                    Tuak(
                        key: .bits256(Self.wide), operatorConstant: Self.wide,
                        sizes: Tuak.Sizes(code: .bits128, response: .bits128, cipherKey: .bits256, integrityKey: .bits256),
                        iterations: 4)))
        func problem(_ identifier: UInt8, _ options: UInt8, _ key: [UInt8], _ constant: [UInt8], _ iterations: UInt8 = 1)
            -> AuthenticationAlgorithmError?
        {
            do {
                _ = try AuthenticationAlgorithm(
                    identifier: identifier, options: options, key: key, operatorConstant: constant, iterations: iterations)
                return nil
            } catch { return error }
        }
        #expect(problem(0, 0, key, key) == .unknownAlgorithm(came: 0))
        #expect(problem(1, 0, long, key) == .keyLength(came: 32))
        #expect(problem(1, 0, key, long) == .operatorConstantLength(expected: 16, came: 32))
        #expect(problem(2, 0x04, key, long) == .options(came: 0x04))
        #expect(problem(2, 0x18, key, long) == .options(came: 0x18))
        #expect(problem(2, 0x80, key, long) == .options(came: 0x80))
        #expect(problem(2, 0, key, key) == .operatorConstantLength(expected: 32, came: 16))
        #expect(problem(2, 0, [], long) == .keyLength(came: 0))
        #expect(problem(2, 0, key, long, 0) == .noIteration)
        #expect(problem(3, 3, key, []) == .options(came: 3))
    }

    @Test("sequence numbers that a card begins with, and their limits")
    func sequences() throws {
        var personalisation = try Workbench.personalisation()
        personalisation.primary.sequences = [9, 12]
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        card.selectApplication()
        let centre = Authenticator<TableAES>(personalisation.primary.algorithm)
        func outcome(_ sequence: UInt64) -> UInt8? {
            card.exchange(command(centre.vector(random: Self.key, sequence: sequence, management: 0))).data.first
        }
        #expect(outcome(9 << 5) == 0xDC)
        #expect(outcome(10 << 5) == 0xDB)
        #expect(outcome(12 << 5 | 1) == 0xDC)
        #expect(outcome(13 << 5 | 1) == 0xDB)
        #expect(outcome(1 << 5 | 2) == 0xDB)
        personalisation.primary.sequences = [UInt64](repeating: 0, count: 33)
        #expect(throws: PersonalisationError.tooManySequences(.primary, limit: 32, came: 33)) { try personalisation.image() }
        personalisation.primary.sequences = [0, 1 << 43]
        #expect(throws: PersonalisationError.sequence(.primary, index: 1, came: 1 << 43)) { try personalisation.image() }
        personalisation.primary.sequences = [1 << 43 - 1]
        #expect(throws: Never.self) { try personalisation.image() }
    }
}
