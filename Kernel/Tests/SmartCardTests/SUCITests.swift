import Cipher
import TestSupport
import Testing
import Wire

@testable import SmartCard

@Suite("The concealed identifier (TS 33.501, annex C) and GET IDENTITY (TS 31.102, clause 7.5)")
struct SUCITests {
    /// Stands for the curves: it knows one agreement, and only for the key that it was made with.
    private struct Double: ConcealmentCryptography {
        var curve: ConcealmentCurve
        var publicKey: [UInt8]
        var agreement: ConcealmentAgreement?
        var agreements = 0
        var hashSize = 32

        init(_ vector: SUCIVector) {
            curve = vector.curve
            publicKey = hex(vector.homeNetworkKey)
            agreement = ConcealmentAgreement(ephemeralKey: hex(vector.ephemeralKey), secret: hex(vector.secret))
        }

        mutating func agree(on curve: ConcealmentCurve, with publicKey: [UInt8]) -> ConcealmentAgreement? {
            agreements += 1
            return curve == self.curve && publicKey == self.publicKey ? agreement : nil
        }

        func sha256(_ message: [UInt8]) -> [UInt8] { Array(SHA256.hash(message).prefix(hashSize)) }

        func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] { SHA256.hmac(key: key, message) }
    }

    private static let profileA = SUCIVector.all[0]
    private static let profileB = SUCIVector.all[2]

    /// The IMSI of annex C.4: 274, 012, 001002086.
    private func files(
        _ information: [UInt8], imsi: String = "274012001002086", networkCodeDigits: UInt8 = 3, routing: String = "f0ff0000"
    ) throws -> GetIdentity.Files {
        GetIdentity.Files(
            imsi: try IMSI(imsi).coded, administrativeData: [0, 0, 0, networkCodeDigits], routingIndicator: hex(routing),
            calculationInformation: information)
    }

    private func information(_ schemes: [(UInt8, UInt8)], _ keys: [(UInt8, String)]) -> [UInt8] {
        SUCICalculationInformation(
            schemes: schemes.map { .init(identifier: $0.0, keyIndex: $0.1) },
            keys: keys.map { .init(identifier: $0.0, bytes: hex($0.1)) }
        ).encoded
    }

    private func ask(_ files: GetIdentity.Files, _ vector: SUCIVector = profileA) -> GetIdentity.Outcome {
        var double = Double(vector)
        return GetIdentity(p1: 0, p2: 1).perform(on: files, using: &double, cipher: TableAES.self)
    }

    @Test("every scheme output of annex C.4", arguments: SUCIVector.all)
    func vectors(_ vector: SUCIVector) throws {
        var double = Double(vector)
        let output = try SUCI.conceal(
            hex(vector.plain), on: vector.curve, for: hex(vector.homeNetworkKey), using: &double, cipher: TableAES.self)
        #expect(Hex.text(output) == vector.output, "\(vector.name)")
        #expect(double.agreements == 1)
    }

    @Test("GET IDENTITY with profile A, profile B and the null scheme")
    func identity() throws {
        let keys = [(UInt8(27), Self.profileB.homeNetworkKey), (30, Self.profileA.homeNetworkKey)]
        // 274-012 as TS 24.008 has it, routing indicator 0, then scheme and key identifier.
        #expect(
            ask(try files(information([(1, 2), (2, 1), (0, 0)], keys)))
                == .answer(hex("a135" + "01" + "722410" + "f0ff" + "011e" + Self.profileA.output)))
        #expect(
            ask(try files(information([(2, 1), (1, 2), (0, 0)], keys)), Self.profileB)
                == .answer(hex("a136" + "01" + "722410" + "f0ff" + "021b" + Self.profileB.output)))
        #expect(
            ask(try files(information([(0, 0), (1, 2)], keys)))
                == .answer(hex("a10d" + "01" + "722410" + "f0ff" + "0000" + "00012080f6")))
        // Two digits of network code, an even and an odd number of digits after it, routing indicators 712 and 7123.
        #expect(
            ask(try files(information([(0, 0)], []), imsi: "9997012345678", networkCodeDigits: 2, routing: "17f2ffff"))
                == .answer(hex("a10c" + "01" + "99f907" + "17f2" + "0000" + "21436587")))
        #expect(
            ask(try files(information([(0, 0)], []), imsi: "99970123456789", networkCodeDigits: 2, routing: "1732ffff"))
                == .answer(hex("a10d" + "01" + "99f907" + "1732" + "0000" + "21436587f9")))
    }

    @Test("a home network that has provisioned no scheme or no key gets the null scheme; no routing indicator is 0")
    func nothingProvisioned() throws {
        let null = GetIdentity.Outcome.answer(hex("a10d" + "01" + "722410" + "f0ff" + "0000" + "00012080f6"))
        #expect(ask(try files([], routing: "")) == null)
        #expect(ask(try files([UInt8](repeating: 0xFF, count: 40), routing: "ffffffff")) == null)
        // As TS.48 has it: the null scheme, and unused bytes.
        #expect(ask(try files(hex("a0020000") + [UInt8](repeating: 0xFF, count: 114))) == null)
        #expect(ask(try files(hex("a0020101"))) == null)
        #expect(ask(try files(hex("a0020101a100"))) == null)
    }

    @Test("a scheme without a key that fits is passed over; when none is left the identifier is not shown")
    func unusableSchemes() throws {
        let keys = [(UInt8(1), Self.profileA.homeNetworkKey)]
        let concealed = GetIdentity.Outcome.answer(hex("a135" + "01" + "722410" + "f0ff" + "0101" + Self.profileA.output))
        // A scheme of the home network's own, profile B with a key of profile A, indices that name no key; then profile A.
        #expect(ask(try files(information([(12, 1), (2, 1), (1, 0), (1, 2), (1, 255), (1, 1)], keys))) == concealed)
        #expect(ask(try files(information([(12, 1), (2, 1), (1, 2)], keys))) == .refused(.conditionsNotSatisfied))
        // A key that is no point of the curve: no other scheme is tried, and nothing shown.
        let other = [(UInt8(1), String(repeating: "00", count: 32))]
        #expect(ask(try files(information([(1, 1), (0, 0)], other))) == .refused(.conditionsNotSatisfied))
    }

    @Test("a host that gives the wrong sizes, or a secret of zeros, is not believed")
    func host() throws {
        func problem(_ change: (inout Double) -> Void) -> SUCI.Problem? {
            var double = Double(Self.profileA)
            change(&double)
            do {
                _ = try SUCI.conceal(
                    [1], on: .curve25519, for: hex(Self.profileA.homeNetworkKey), using: &double, cipher: TableAES.self)
                return nil
            } catch { return error }
        }
        #expect(problem { _ in } == nil)
        #expect(problem { $0.agreement = nil } == .noAgreement)
        #expect(problem { $0.agreement?.secret = [UInt8](repeating: 0, count: 32) } == .noAgreement)
        #expect(problem { $0.agreement?.secret = [1] } == .cryptography)
        #expect(problem { $0.agreement?.ephemeralKey = [] } == .cryptography)
        #expect(problem { $0.hashSize = 20 } == .cryptography)
    }

    @Test("parameters, data and files that GET IDENTITY refuses")
    func refusals() throws {
        let good = try files(information([(0, 0)], []))
        func outcome(_ p1: UInt8, _ p2: UInt8, _ data: [UInt8] = []) -> GetIdentity.Outcome {
            var double = Double(Self.profileA)
            return GetIdentity(p1: p1, p2: p2, data: data).perform(on: good, using: &double, cipher: TableAES.self)
        }
        #expect(outcome(1, 1) == .refused(.incorrectParameters))
        #expect(outcome(0, 0) == .refused(.incorrectParameters))
        #expect(outcome(0, 2) == .refused(.functionNotSupported))
        #expect(outcome(0, 1, [0]) == .refused(.wrongLength))
        for change: (inout GetIdentity.Files) -> Void in [
            { $0.imsi = [] }, { $0.imsi[0] = 9 }, { $0.administrativeData = [] }, { $0.administrativeData[3] = 4 },
            { $0.routingIndicator = [0xF0] }, { $0.routingIndicator = [0xF1, 0xF7] }, { $0.routingIndicator = [0x0A, 0xFF] },
            { $0.calculationInformation = [0xA0] },
        ] {
            var files = good
            change(&files)
            #expect(ask(files) == .refused(.conditionsNotSatisfied))
        }
        // An IMSI with nothing after the network's code.
        #expect(ask(try files(information([(0, 0)], []), imsi: "274012")) == .refused(.conditionsNotSatisfied))
    }

    @Test("the file is read as written, and says where it is wrong")
    func calculationInformation() throws {
        let example = hex(
            "a00401010000a14b" + "80010a8120" + Self.profileA.homeNetworkKey + "80010b8121" + SUCIVector.compressedKeyB)
        let read = try SUCICalculationInformation(example)
        #expect(read.schemes == [.init(identifier: 1, keyIndex: 1), .init(identifier: 0, keyIndex: 0)])
        #expect(read.keys.map(\.identifier) == [10, 11])
        #expect(read.keys.map(\.bytes) == [hex(Self.profileA.homeNetworkKey), hex(SUCIVector.compressedKeyB)])
        #expect(read.encoded == example)
        #expect(try SUCICalculationInformation(example + [0xFF, 0xFF]) == read)
        func problem(_ content: String) -> SUCICalculationInformation.Problem? {
            do {
                _ = try SUCICalculationInformation(hex(content))
                return nil
            } catch { return error }
        }
        #expect(problem("a00101") == .schemeList(length: 1, offset: 2))
        #expect(problem("a022" + String(repeating: "0000", count: 17)) == .schemeList(length: 34, offset: 2))
        #expect(problem("a100") == .unexpectedTag(expected: 0xA0, came: 0xA1, offset: 0))
        #expect(problem("a0020000a000") == .unexpectedTag(expected: 0xA1, came: 0xA0, offset: 4))
        #expect(problem("a0020101a1048100" + "ffff") == .unexpectedTag(expected: 0x80, came: 0x81, offset: 6))
        #expect(problem("a0020101a10480020000") == .keyIdentifier(length: 2, offset: 8))
        #expect(problem("a0020101a103800100") == .noKey(offset: 9))
        #expect(problem("a0020101a1058001008100") == .keyLength(length: 0, offset: 11))
        #expect(problem("a0020101a14780010081" + "42" + String(repeating: "00", count: 66)) == .keyLength(length: 66, offset: 11))
        #expect(
            problem("a0020101a166" + String(repeating: "800100810100", count: 17)) == .tooManyKeys(limit: 16, offset: 104))
        #expect(problem("a0050000") == .tlv(.truncated(Truncation(needed: 5, left: 2, offset: 2))))
    }

    @Test("no content of the files stops the card, and none but the home network's choice shows the identifier")
    func hostileFiles() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed of hostileFiles: \(seed)")
        var random = Seeded(seed)
        let good = try files(information([(1, 1)], [(1, Self.profileA.homeNetworkKey)]))
        for _ in 0..<20_000 {
            var files = good
            for _ in 0...Int.random(in: 0...3, using: &random) {
                let place = Int.random(in: files.calculationInformation.indices, using: &random)
                files.calculationInformation[place] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                files.calculationInformation.removeLast(Int.random(in: 0...20, using: &random))
            }
            if Bool.random(using: &random) {
                files.imsi[Int.random(in: 0..<9, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard case .answer(let data) = ask(files) else { continue }
            #expect(data.count <= 60)
            let read = try SUCICalculationInformation(files.calculationInformation)
            let mayBeNull = read.keys.isEmpty || read.schemes.contains { $0.identifier == 0 }
            #expect(data[8] != 0 || mayBeNull || read.schemes.isEmpty, "seed \(seed)")
        }
    }
}
