import Cipher
import Testing
import Wire

@testable import SmartCard

@Suite("TUAK (TS 35.231)")
struct TuakTests {
    private func tuak(_ vector: TuakVector) throws -> Tuak {
        let bytes = hex(vector.key)
        let key = try #require(Block(exactly: bytes).map(Tuak.Key.bits128) ?? WideBlock(exactly: bytes).map(Tuak.Key.bits256))
        let variant = try #require(WideBlock(exactly: hex(vector.variant)))
        let constant = Tuak.operatorConstant(key: key, variant: variant, iterations: vector.iterations)
        #expect(Hex.text(constant.bytes) == vector.operatorConstant)
        func size(_ result: Int) -> Int { vector.results[result].count / 2 }
        let sizes = Tuak.Sizes(
            code: try #require(Tuak.CodeSize.allCases.first { $0.size == size(0) }),
            response: try #require(Tuak.ResponseSize.allCases.first { $0.size == size(2) }),
            cipherKey: try #require(Tuak.KeySize.allCases.first { $0.size == size(3) }),
            integrityKey: try #require(Tuak.KeySize.allCases.first { $0.size == size(4) }))
        return Tuak(key: key, operatorConstant: constant, sizes: sizes, iterations: vector.iterations)
    }

    private func text(_ number: UInt64) -> String {
        var writer = ByteWriter()
        writer.uint(number, size: 6)
        return Hex.text(writer.bytes)
    }

    @Test("every test set of TS 35.233", arguments: TuakVector.all)
    func vectors(_ vector: TuakVector) throws {
        let tuak = try tuak(vector)
        var reader = ByteReader(hex(vector.sequence + vector.management))
        let (sequence, management) = (try reader.uint(6), try reader.uint16())
        let opening = tuak.open(Block(hex(vector.random)))
        let answer = tuak.answer(opening)
        #expect(
            vector.results == [
                Hex.text(tuak.code(opening, sequence: sequence, management: management).bytes),
                Hex.text(tuak.resynchronisationCode(opening, sequence: sequence, management: management).bytes),
                Hex.text(answer.response.bytes), Hex.text(answer.cipherKey.bytes), Hex.text(answer.integrityKey.bytes),
                text(tuak.anonymityKey(opening)), text(tuak.resynchronisationKey(opening)),
            ])
    }

    @Test("every test set through the card's APDUs, with its own sizes", arguments: TuakVector.all)
    func vectorsThroughTheCard(_ vector: TuakVector) throws {
        var personalisation = try Workbench.personalisation()
        let tuak = try tuak(vector)
        personalisation.primary.algorithm = .tuak(tuak)
        var reader = ByteReader(hex(vector.sequence + vector.management))
        let (sequence, management) = (try reader.uint(6), try reader.uint16())
        // The set's SQN is accepted by a card that has accepted the one before it at that index.
        personalisation.primary.sequences = [UInt64](repeating: (sequence >> 5) - 1, count: 32)
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        card.selectApplication()
        let vectorMade = tuak.vector(random: Block(hex(vector.random)), sequence: sequence, management: management)
        let concealed = zip(hex(vector.sequence), hex(vector.results[5])).map { $0 ^ $1 }
        #expect(Hex.text(vectorMade.token) == Hex.text(concealed) + vector.management + vector.results[0])
        let data = "10" + vector.random + length(vectorMade.token) + Hex.text(vectorMade.token)
        let command = "00880081" + length(hex(data)) + data
        func length(_ bytes: [UInt8]) -> String { Hex.text([UInt8(bytes.count)]) }
        let answer = card.exchange(command)
        #expect(answer.status == 0x9000)
        #expect(
            Hex.text(answer.data) == "db"
                + [2, 3, 4].map { length(hex(vector.results[$0])) + vector.results[$0] }.joined())
        // Again: a synchronisation failure that reports it.
        let again = card.exchange(command)
        #expect(again.status == 0x9000 && again.data.first == 0xDC)
        #expect(again.data.dropFirst(2).count == 6 + tuak.codeSize)
        let reported = tuak.resynchronise(Array(again.data.dropFirst(2)), random: Block(hex(vector.random)))
        #expect(try #require(reported) >> 5 == sequence >> 5)
    }
}
