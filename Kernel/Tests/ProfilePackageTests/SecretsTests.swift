import Testing
import Wire

@testable import ProfilePackage

@Suite("Codes and keys of a package")
struct SecretsTests {
    private func package(_ aka: [UInt8]) throws(PackageError) -> AKAParameter.Algorithm? {
        let package = try Sample.package(Sample.usim(), aka)
        guard case .algorithm(let algorithm) = package.authentication.first?.parameter.configuration else { return nil }
        return algorithm
    }

    private func problem(_ aka: [UInt8]) -> PackageError.Problem? { Sample.problem(Sample.usim(), aka) }

    @Test("codes have the standard's defaults")
    func codeDefaults() throws {
        let package = try Sample.package(Sample.puks(Sample.puk(1)), Sample.pins(Sample.pin(1, puk: 1), Sample.pin(0x8A)))
        guard case .own(let pins) = package.codes.pins.first?.codes else {
            Issue.record("no PINs")
            return
        }
        #expect(pins.map(\.reference) == [0x01, 0x8A])
        #expect(pins[0].isEnabled && pins[0].isChangeable && pins[0].canBeDisabled)
        #expect(pins[0].tries.maximum == 3 && pins[0].tries.left == 3)
        #expect(pins[0].unblocking == 1 && pins[1].unblocking == nil)
        #expect(package.codes.puks[0].tries.maximum == 10 && package.codes.puks[0].tries.left == 10)
    }

    @Test("PINs belong to the directory before them, or to another one too")
    func directories() throws {
        let shared = Sample.element(.pinCodes, Sample.field(1, Sample.tlv(0x81, [0x7F, 0xD0])))
        let package = try Sample.package(
            Sample.pins(Sample.pin(1)), Sample.element(.telecom, Sample.templateID(3), Sample.field(2)),
            Sample.pins(Sample.pin(129)),
            Sample.usim(), Sample.pins(Sample.pin(129)), Sample.isim(), shared)
        #expect(
            package.codes.pins.map(\.directory) == [
                .masterFile, .masterFile.appending(0x7F10), .application(Sample.usimAID), .application(Sample.isimAID),
            ])
        #expect(package.codes.pins.last?.codes == .shared(with: .application(Sample.usimAID)))
    }

    @Test("no code is there twice, has a number of none, or names a PUK that is missing")
    func wrongCodes() {
        #expect(Sample.problem(Sample.pins(Sample.pin(1), Sample.pin(1))) == .order("the PIN 1 is there already"))
        #expect(Sample.problem(Sample.puks(Sample.puk(1)), Sample.puks(Sample.puk(1))) == .order("the PUK 1 is there already"))
        #expect(Sample.problem(Sample.pins(Sample.pin(9))) == .value(of: "keyReference", value: 9))
        #expect(Sample.problem(Sample.puks(Sample.puk(10))) == .value(of: "keyReference", value: 10))
        #expect(Sample.problem(Sample.pins(Sample.pin(1, puk: 2))) == .missing("the PUK 2"))
        // PUKs may come after the PINs that they unblock.
        #expect(Sample.problem(Sample.pins(Sample.pin(1, puk: 2)), Sample.puks(Sample.puk(2))) == nil)
        let short = Sample.tlv(0x30, Sample.tlv(0x80, [1]), Sample.tlv(0x81, [1, 2, 3]))
        #expect(Sample.problem(Sample.pins(short)) == .length(of: "pinValue", bytes: 3, allowed: 8...8))
        #expect(throws: PackageError.self) { try Sample.read(Sample.header(), Sample.pins(Sample.pin(1)), Sample.mf, Sample.end) }
    }

    @Test("MILENAGE has the standard's constants unless the package says others (3GPP TS 35.206, 4.1)")
    func milenage() throws {
        let algorithm = try #require(try package(Sample.aka(1, key: Sample.key, code: Sample.key.reversed())))
        #expect(algorithm.identifier == .milenage)
        #expect(algorithm.key.bytes == Sample.key)
        #expect(algorithm.operatorCode.bytes == Sample.key.reversed())
        #expect(algorithm.rotations == [64, 0, 32, 64, 96])
        #expect(algorithm.constants.count == 80)
        #expect([15, 31, 47, 63, 79].map { algorithm.constants[$0] } == [0, 1, 2, 4, 8])
        #expect(algorithm.constants.reduce(0) { $0 + Int($1) } == 15)
        #expect(algorithm.authenticationLimit == nil)
        let constants = [UInt8](repeating: 5, count: 80)
        let other = Sample.tlv(0x84, [1, 2, 3, 4, 5]) + Sample.tlv(0x85, constants) + Sample.tlv(0x86, [0x01, 0x00, 0x02])
        let changed = try #require(try package(Sample.aka(1, key: Sample.key, code: Sample.key, more: other)))
        #expect(changed.rotations == [1, 2, 3, 4, 5] && changed.constants == constants && changed.authenticationLimit == 65_538)
    }

    @Test("TUAK has keys of 16 or 32 bytes and a TOPc of 32")
    func tuak() throws {
        for key in [Sample.key, Sample.key + Sample.key] {
            let aka = Sample.aka(2, key: key, code: Sample.key + Sample.key, options: 0x2A, more: Sample.tlv(0x87, [3]))
            let algorithm = try #require(try package(aka))
            #expect(algorithm.identifier == .tuak && algorithm.keccakIterations == 3 && algorithm.options == 0x2A)
        }
        #expect(problem(Sample.aka(2, key: Sample.key, code: Sample.key)) == .length(of: "opc", bytes: 16, allowed: 32...32))
    }

    @Test("keys of other lengths and unknown algorithms are refused")
    func wrongKeys() {
        let long = Sample.key + Sample.key
        #expect(problem(Sample.aka(1, key: long, code: Sample.key)) == .length(of: "key", bytes: 32, allowed: 16...16))
        #expect(problem(Sample.aka(1, key: [1], code: Sample.key)) == .length(of: "key", bytes: 1, allowed: 16...32))
        #expect(problem(Sample.aka(1, key: Sample.key, code: long)) == .length(of: "opc", bytes: 32, allowed: 16...16))
        #expect(problem(Sample.aka(4, key: Sample.key, code: Sample.key)) == .unsupported("the algorithm 4"))
    }

    @Test("sequence numbers have the standard's defaults, or those of the package")
    func sequences() throws {
        let plain = try Sample.package(Sample.usim(), Sample.aka(1, key: Sample.key, code: Sample.key))
        let parameter = try #require(plain.authentication.first?.parameter)
        #expect(parameter.sequenceOptions == 0x02)
        #expect(parameter.sequenceDelta == 0x1000_0000 && parameter.sequenceAgeLimit == 0x1000_0000)
        #expect(parameter.sequenceStart == [UInt64](repeating: 0, count: 32))
        let start = (0..<32).flatMap { Sample.tlv(0x04, [0x07, 0xFF, 0, 0, 0, UInt8($0)]) }
        let fields = Sample.tlv(0x82, [0x0E]) + Sample.tlv(0x83, [0, 0, 0, 0, 1, 0]) + Sample.tlv(0x84, [0, 0, 0, 0, 0, 9])
        let aka = Sample.aka(1, key: Sample.key, code: Sample.key, fields: fields + Sample.field(5, start))
        let other = try #require(try Sample.package(Sample.usim(), aka).authentication.first?.parameter)
        #expect(other.sequenceOptions == 0x0E && other.sequenceDelta == 256 && other.sequenceAgeLimit == 9)
        #expect(other.sequenceStart.last == 0x07FF_0000_001F)
        let few = Sample.aka(1, key: Sample.key, code: Sample.key, fields: Sample.field(5, Sample.tlv(0x04, [0, 0, 0, 0, 0, 0])))
        #expect(problem(few) == .value(of: "the number of values in sqnInit", value: 1))
        let large = Sample.aka(1, key: Sample.key, code: Sample.key, fields: Sample.tlv(0x83, [8, 0, 0, 0, 0, 0]))
        #expect(problem(large) == .value(of: "sqnDelta", value: 1 << 43))
    }

    @Test("an application can share the keys of another")
    func mapping() throws {
        let aka = Sample.element(
            .akaParameter, Sample.field(1, Sample.field(0, Sample.tlv(0x80, [6]), Sample.tlv(0x81, Sample.usimAID))))
        let package = try Sample.package(Sample.usim(), Sample.isim(), aka)
        #expect(package.authentication.first?.application == Sample.isimAID)
        #expect(package.authentication.first?.parameter.configuration == .mapped(options: 6, source: Sample.usimAID))
    }

    @Test("keys need an application")
    func keysOfNone() {
        #expect(Sample.problem(Sample.aka(1, key: Sample.key, code: Sample.key)) == .order("there is no application before it"))
    }

    @Test("nothing prints a secret")
    func redaction() throws {
        let package = try Sample.read(Sample.whole)
        var dumped = ""
        dump(package.codes, to: &dumped)
        dump(package.authentication, to: &dumped)
        dump(package.elements, to: &dumped)
        let texts = [
            dumped, String(describing: package.codes), String(reflecting: package.authentication), "\(package.elements)",
            String(describing: package), String(reflecting: Secret(Sample.key)), "\(Secret(Sample.key))",
        ]
        for text in texts {
            // The first bytes of K, of the PIN and of the PUK, as Swift prints bytes, and in hexadecimal.
            #expect(!text.contains("160, 161, 162") && !text.lowercased().contains("a0a1a2"))
            #expect(!text.contains("49, 50, 51"))
            #expect(!text.contains("- 161\n"))
            #expect(text.contains("secret bytes"))
        }
        #expect("\(Secret(Sample.key))" == "(16 secret bytes)")
    }
}
