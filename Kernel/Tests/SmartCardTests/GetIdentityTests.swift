import Cipher
import EUICC
import SmartCard
import TestSupport
import Testing
import Wire

/// Curves that know one agreement: that of TS 33.501, annex C.4.3, profile A.
struct KnownCurves: EllipticCurves {
    static let vector = SUCIVector.all[0]

    func agree(on curve: ConcealmentCurve, with publicKey: [UInt8]) -> ConcealmentAgreement? {
        guard publicKey == hex(Self.vector.homeNetworkKey) else { return nil }
        return ConcealmentAgreement(ephemeralKey: hex(Self.vector.ephemeralKey), secret: hex(Self.vector.secret))
    }

    func sha256(_ message: [UInt8]) -> [UInt8] { SHA256.hash(message) }
    func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] { SHA256.hmac(key: key, message) }
    func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool { false }
    func sign(_ message: [UInt8], with privateKey: [UInt8]) -> [UInt8]? { nil }
    func random(_ count: Int) -> [UInt8]? { nil }
}

/// AES with those curves.
struct CurvedAES: CardCryptography {
    typealias Curves = KnownCurves
    private let aes: TableAES

    init(key: Block) { aes = TableAES(key: key) }
    func encrypt(_ block: Block) -> Block { aes.encrypt(block) }
    func decrypt(_ block: Block) -> Block { aes.decrypt(block) }
}

@Suite("GET IDENTITY on the card (TS 31.102, clause 7.5)")
struct GetIdentityTests {
    /// A USIM with the subscription of annex C.4, whose identifier the card itself conceals.
    private func contents(services: Bool, hasKey: Bool = true, isPINEnabled: Bool = false) throws -> ProfileContents {
        typealias File = ProfileContents.File
        var table = [UInt8](repeating: 0, count: 17)
        if services { table[15] = 0x18 }
        let pin = try #require(AccessCodes.Code("1234"))
        func file(_ identifier: UInt16, in parent: Int, _ kind: File.Kind) -> File {
            File(identifier, in: parent, kind, ruleFile: 0x2F06, ruleRecord: 1)
        }
        let information = SUCICalculationInformation(
            schemes: [.init(identifier: 1, keyIndex: hasKey ? 1 : 2)],
            keys: [.init(identifier: 27, bytes: hex(KnownCurves.vector.homeNetworkKey))])
        return ProfileContents(
            files: [
                file(0x3F00, in: 0, .masterFile),
                file(0x2F06, in: 0, .linearFixed(hex("8001039000") + [0xFF], recordLength: 6)),
                file(0x7FF0, in: 0, .application(hex("A0000000871002FFFFFFFF8907090000"))),
                file(0x6F07, in: 2, .transparent(try IMSI("274012001002086").coded)),
                file(0x6F38, in: 2, .transparent(table)), file(0x6FAD, in: 2, .transparent([0, 0, 0, 3])),
                file(0x5FC0, in: 2, .dedicated), file(0x4F0A, in: 6, .transparent(hex("F0FF0000"))),
                file(0x5FD0, in: 2, .dedicated), file(0x4F01, in: 8, .transparent(information.encoded)),
            ],
            codes: [ProfileContents.Code(reference: 0x01, isEnabled: isPINEnabled, tries: 3, mostTries: 3, value: pin)],
            algorithm: .milenage(key: Workbench.key, operatorConstant: Workbench.operatorConstant))
    }

    private func card<C: CardCryptography>(_ contents: ProfileContents, _ cryptography: C.Type) throws -> Card<C, InProcessMemory> {
        let image = try Workbench.personalisation().image().replacing(.primary, with: contents)
        var card = try Card<C, InProcessMemory>(image: image)
        _ = card.reset()
        return card
    }

    @Test("the card conceals its IMSI as annex C.4.3 has it")
    func concealed() throws {
        var card = try card(try contents(services: true), CurvedAES.self)
        #expect(card.send("80780001").status == 0x6985, "no application is selected")
        card.selectApplication()
        let answer = card.exchange("8078000100")
        #expect(answer.status == 0x9000)
        // The SUCI ends in the scheme's output: ephemeral key, cipher text, MAC.
        #expect(Hex.text(answer.data).hasSuffix(KnownCurves.vector.output.lowercased()), "\(answer)")
        #expect(card.send("8078000200").status == 0x6A81)
        #expect(card.send("0078000100").status == 0x6E00)
    }

    @Test("a profile that Holdfast makes conceals its identifier when it is given the home network's key")
    func made() throws {
        var personalisation = try Workbench.personalisation()
        personalisation.primary.imsi = try IMSI("274012001002086")
        personalisation.primary.networkCodeDigits = 3
        personalisation.primary.concealment = SUCICalculationInformation(
            schemes: [.init(identifier: 1, keyIndex: 1)],
            keys: [.init(identifier: 27, bytes: hex(KnownCurves.vector.homeNetworkKey))])
        var card = try Card<CurvedAES, InProcessMemory>(image: try personalisation.image())
        _ = card.reset()
        card.selectApplication()
        let answer = card.exchange("8078000100")
        #expect(answer.status == 0x9000)
        #expect(Hex.text(answer.data).hasSuffix(KnownCurves.vector.output.lowercased()), "\(answer)")
        // Services 124 and 125; no EF.SUCI_Calc_Info that the terminal could read, neither for it nor the card's own.
        #expect(card.read("7FFF6F38", count: 17).data[15] & 0x18 == 0x18)
        #expect(card.read("7FFF5FC04F07", count: 4).status == 0x6A82)
        #expect(card.read("7FFF5FD04F01", count: 4).status == 0x6982)
        #expect(card.send("0020000A08" + Workbench.pin("55555555")).status == 0x9000)
        #expect(card.read("7FFF5FD04F01", count: 4).status == 0x6982)
        #expect(card.send("00D6000001A0").status == 0x9000)
        // The other profile was given no key.
        personalisation.primary.concealment = nil
        var plain = try Card<CurvedAES, InProcessMemory>(image: try personalisation.image())
        _ = plain.reset()
        plain.selectApplication()
        #expect(plain.send("8078000100").status == 0x6A81)
        #expect(plain.read("7FFF5FC04F07", count: 6).data == hex("A0020000A100"))
    }

    @Test("a card that may not, cannot or need not conceal the identifier does not show it")
    func refused() throws {
        var withoutServices = try card(try contents(services: false), CurvedAES.self)
        withoutServices.selectApplication()
        #expect(withoutServices.send("8078000100").status == 0x6A81)
        var withoutCurves = try card(try contents(services: true), TableAES.self)
        withoutCurves.selectApplication()
        #expect(withoutCurves.send("8078000100").status == 0x6985)
        var locked = try card(try contents(services: true, isPINEnabled: true), CurvedAES.self)
        locked.selectApplication()
        #expect(locked.send("8078000100").status == 0x6982)
    }
}
