import Cipher
import SmartCard
import Testing
import Wire

@Suite("MILENAGE (TS 35.206), AUTHENTICATE (TS 31.102, clause 7.1) and sequence numbers (TS 33.102, annex C)")
struct AuthenticateTests {
    /// The operator's side: makes challenges for a key.
    private struct AuthenticationCentre {
        let algorithm: Milenage<TableAES>

        init(_ key: Block = Workbench.key, _ constant: Block = Workbench.operatorConstant) {
            algorithm = Milenage(key: key, operatorConstant: constant)
        }

        func command(_ random: [UInt8], sequence: UInt64, management: UInt16 = 0x8000) -> String {
            let challenge = algorithm.challenge(Block(random))
            let response = algorithm.response(challenge)
            let code = algorithm.codes(challenge, sequence: sequence, management: management).authentication
            var token = ByteWriter()
            token.uint(sequence ^ response.anonymityKey, size: 6)
            token.uint16(management)
            token.uint64(code)
            return "008800812210" + Hex.text(random) + "10" + Hex.text(token.bytes)
        }

        func answer(_ random: [UInt8]) -> [UInt8] {
            let response = algorithm.response(algorithm.challenge(Block(random)))
            var answer = ByteWriter()
            answer.uint16(0xDB08)
            answer.uint64(response.response)
            answer.byte(0x10)
            answer.append(response.cipherKey.bytes)
            answer.byte(0x10)
            answer.append(response.integrityKey.bytes)
            return answer.bytes
        }

        /// The sequence number that a synchronisation failure reports, after its code was checked.
        func resynchronise(_ data: [UInt8], random: [UInt8]) -> UInt64? {
            guard data.count == 16, data[0] == 0xDC, data[1] == 14 else { return nil }
            var reader = ByteReader(data)
            let challenge = algorithm.challenge(Block(random))
            do {
                try reader.skip(2)
                let number = try reader.uint(6) ^ algorithm.resynchronisationKey(challenge)
                let code = try reader.uint64()
                return code == algorithm.codes(challenge, sequence: number, management: 0).resynchronisation ? number : nil
            } catch { return nil }
        }
    }

    private let random = hex("23553cbe9637a89d218ae64dae47bf35")

    @Test("every test set of TS 35.208", arguments: MilenageVector.all)
    func vectors(_ vector: MilenageVector) throws {
        let key = Block(hex(vector.key))
        let constant = Milenage<TableAES>.operatorConstant(key: key, variant: Block(hex(vector.variant)))
        #expect(Hex.text(constant.bytes) == vector.operatorConstant)
        let algorithm = Milenage<TableAES>(key: key, operatorConstant: constant)
        let challenge = algorithm.challenge(Block(hex(vector.random)))
        var reader = ByteReader(hex(vector.sequence + vector.management))
        let codes = algorithm.codes(challenge, sequence: try reader.uint(6), management: try reader.uint16())
        let response = algorithm.response(challenge)
        func text(_ number: UInt64, _ size: Int) -> String {
            var writer = ByteWriter()
            writer.uint(number, size: size)
            return Hex.text(writer.bytes)
        }
        #expect(
            vector.results == [
                text(codes.authentication, 8), text(codes.resynchronisation, 8), text(response.response, 8),
                Hex.text(response.cipherKey.bytes), Hex.text(response.integrityKey.bytes), text(response.anonymityKey, 6),
                text(algorithm.resynchronisationKey(challenge), 6),
            ])
    }

    @Test("every test set through the card's APDUs", arguments: MilenageVector.all)
    func vectorsThroughTheCard(_ vector: MilenageVector) throws {
        var personalisation = try Workbench.personalisation()
        let (key, constant) = (Block(hex(vector.key)), Block(hex(vector.operatorConstant)))
        personalisation.primary.algorithm = .milenage(key: key, operatorConstant: constant)
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        card.selectApplication()
        let centre = AuthenticationCentre(key, constant)
        let random = hex(vector.random)
        let first = card.send(centre.command(random, sequence: 0x20, management: 0x8000))
        #expect(first == Reply("", 0x612C))
        let answer = card.send("00C000002C")
        #expect(answer == Reply("db08" + vector.results[2] + "10" + vector.results[3] + "10" + vector.results[4], 0x9000))
        // The set's own AUTN: its SQN lies far beyond what a new card accepts, so it is a synchronisation failure, with a good MAC.
        var token = ByteReader(hex(vector.sequence))
        var anonymity = ByteReader(hex(vector.results[5]))
        var concealed = ByteWriter()
        concealed.uint(try token.uint(6) ^ anonymity.uint(6), size: 6)
        let autn = Hex.text(concealed.bytes) + vector.management + vector.results[0]
        #expect(card.send("008800812210" + vector.random + "10" + autn) == Reply("", 0x6110))
        #expect(centre.resynchronise(card.send("00C0000010").data, random: random) == 0x20)
    }

    @Test("needs the application and PIN1, the right lengths and a context that is offered")
    func conditions() throws {
        var card = try Workbench.card(isPINEnabled: true)
        let centre = AuthenticationCentre()
        let command = centre.command(random, sequence: 0x20)
        #expect(card.send(command).status == 0x6985)
        card.selectApplication()
        #expect(card.send(command).status == 0x6982)
        card.send("0020000108" + Workbench.pin("1234"))
        #expect(card.send("0088008011" + "10" + Hex.text(random)).status == 0x9864)
        #expect(card.send("0088008311" + "10" + Hex.text(random)).status == 0x6A86)
        #expect(card.send("0088008111" + "10" + Hex.text(random)).status == 0x6700)
        #expect(card.send("00880081220F" + command.dropFirst(12)).status == 0x6A80)
        #expect(card.send(command + "00").status == 0x612C)
        #expect(card.send("00C000002C").data == centre.answer(random))
    }

    @Test("a wrong MAC is 9862 and moves nothing")
    func wrongCode() throws {
        var card = try Workbench.card()
        card.selectApplication()
        let centre = AuthenticationCentre()
        let before = card.memory.appends
        let good = centre.command(random, sequence: 0x20)
        let last = good.suffix(2) == "00" ? "01" : "00"
        #expect(card.send(good.dropLast(2) + last).status == 0x9862)
        #expect(card.memory.appends == before)
        #expect(card.send(good).status == 0x612C)
        #expect(card.memory.appends == before + 1)
    }

    @Test("each index has a window of its own; a repeated number is a synchronisation failure that names the highest")
    func indices() throws {
        var card = try Workbench.card()
        card.selectApplication()
        let centre = AuthenticationCentre()
        func outcome(_ sequence: UInt64) -> (status: UInt16, reported: UInt64?) {
            let reply = card.exchange(centre.command(random, sequence: sequence))
            return (reply.status, centre.resynchronise(reply.data, random: random))
        }
        // SEQ 10 with index 1, then lower numbers with other indices: all fresh.
        #expect(outcome(10 << 5 | 1).reported == nil)
        #expect(outcome(3 << 5 | 2).reported == nil)
        #expect(outcome(9 << 5 | 31).reported == nil)
        // Again, or older in the same index: refused, and the highest is told.
        #expect(outcome(10 << 5 | 1).reported == 10 << 5 | 1)
        #expect(outcome(9 << 5 | 1).reported == 10 << 5 | 1)
        #expect(outcome(3 << 5 | 2).reported == 10 << 5 | 1)
        #expect(outcome(4 << 5 | 2).reported == nil)
        #expect(outcome(11 << 5 | 0).reported == nil)
        #expect(outcome(11 << 5 | 0).reported == 11 << 5)
        // SEQ 0 was never fresh.
        #expect(outcome(7).reported == 11 << 5)
    }

    @Test("a number more than 2^28 ahead is not accepted, one just inside is")
    func limit() throws {
        var card = try Workbench.card()
        card.selectApplication()
        let centre = AuthenticationCentre()
        let far = centre.command(random, sequence: ((1 << 28) + 1) << 5)
        #expect(card.send(far).status == 0x6110)
        #expect(centre.resynchronise(card.send("00C0000010").data, random: random) == 0)
        #expect(card.send(centre.command(random, sequence: (1 << 28) << 5)).status == 0x612C)
    }

    @Test("accepted numbers survive power loss")
    func durable() throws {
        var card = try Workbench.card()
        card.selectApplication()
        let centre = AuthenticationCentre()
        for sequence in 1...40 {
            #expect(card.send(centre.command(random, sequence: UInt64(sequence) << 5 | UInt64(sequence % 32))).status == 0x612C)
        }
        var later = try TestCard(memory: card.memory)
        _ = later.reset()
        later.selectApplication()
        #expect(later.exchange(centre.command(random, sequence: 40 << 5 | 8)).data.first == 0xDC)
        #expect(later.exchange(centre.command(random, sequence: 41 << 5 | 8)).data.first == 0xDB)
    }
}
