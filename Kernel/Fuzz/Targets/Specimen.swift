import Beacon
import Cipher
import EUICC
import Resilience
import SecuredPackets
import SmartCard
import Wire

typealias FuzzedCard = Card<TableAES, InProcessMemory>

/// The card that targets work on: two profiles, PIN1 on, no secrets.
enum Specimen {
    static let key = Block(high: 0x465B_5CE8_B199_B49F, low: 0xAA5F_0A2E_E238_A6BC)
    static let operatorConstant = Block(high: 0xCD63_CB71_954A_9F4E, low: 0x48A5_994E_37A0_2BAF)

    /// The image of the whole card.
    static let image = made { () throws in try Personalisation.specimen().image() }

    /// The whole card as an eUICC that is managed over the air and takes policy documents.
    static let managedImage = made { () throws in
        var personalisation = try Personalisation.specimen()
        personalisation.euicc = EUICCIdentity(
            eid: try EID("89049032004008882600000000000173"), notificationAddresses: ["n.alpha.example", "n.beta.example"])
        personalisation.policyKey = Block(high: 5, low: 6)
        personalisation.remoteManagement = RemoteManagementKeys(
            keySets: [
                RemoteManagementKeys.KeySet(version: 2, ciphering: Block(high: 1, low: 2), integrity: Block(high: 3, low: 4))
            ])
        return try personalisation.image()
    }

    /// The ENVELOPE commands that bring a script to that card, with the right keys.
    static func envelopes(_ script: [UInt8], counter: UInt64) throws -> [[UInt8]] {
        let keys = KeySet<TableAES>(version: 2, ciphering: Block(high: 1, low: 2), integrity: Block(high: 3, low: 4))
        let packet = try CommandPacket(
            parameters: .full, keyVersion: 2, target: RemoteManagementKeys.files, counter: known(PacketCounter(counter)),
            data: script
        ).seal(with: keys, over: .shortMessage)
        return try ConcatenatedMessage.split(packet, as: .command, reference: 1).map { userData in
            let message =
                [0x44, 0x08, 0x81, 0x21, 0x43, 0x65, 0x87, 0x7F, 0xF6, 0x22, 0x70, 0x52, 0, 0, 0, 0, UInt8(userData.count)]
                + userData
            var envelope = ByteWriter()
            envelope.ber(0xD1) {
                $0.comprehension(0x02, [0x83, 0x81])
                $0.comprehension(0x0B, message)
            }
            return [0x80, 0xC2, 0x00, 0x00, UInt8(envelope.count)] + envelope.bytes
        }
    }

    /// A card with one file and one PIN, so that most of an image's bytes mean something.
    static let smallImage = made { () throws in
        let rules = hex("800103A406830101950108840132A406830101950108") + [UInt8](repeating: 0xFF, count: 10)
        let counter = ProfileContents.File(
            0x6F39, in: 0, .cyclic([UInt8](repeating: 0, count: 9), recordLength: 3), shortIdentifier: 1, ruleFile: 0x2F06,
            ruleRecord: 1)
        let profile = ProfileContents(
            files: [
                ProfileContents.File(0x3F00, in: 0, .masterFile, ruleFile: 0x2F06, ruleRecord: 1),
                ProfileContents.File(0x2F06, in: 0, .linearFixed(rules, recordLength: 32), ruleFile: 0x2F06, ruleRecord: 1),
                counter,
                ProfileContents.File(0x2FE2, in: 0, .transparent(hex("98440010")), ruleFile: 0x2F06, ruleRecord: 1),
                ProfileContents.File(0x7FF0, in: 0, .application(hex("A0000000871002")), ruleFile: 0x2F06, ruleRecord: 1),
                ProfileContents.File(0x6F07, in: 4, .transparent(hex("082943051000000071")), ruleFile: 0x2F06, ruleRecord: 1),
            ],
            codes: [
                ProfileContents.Code(
                    reference: 0x01, isEnabled: true, tries: 3, mostTries: 3, value: code("1234"), unblockTries: 10,
                    mostUnblockTries: 10, unblockValue: code("12345678"))
            ], algorithm: .milenage(key: key, operatorConstant: operatorConstant))
        return try Personalisation.specimen().image().replacing(.primary, with: profile).replacing(.backup, with: profile)
    }

    static func keys(_ responder: UInt8) -> SecurityKeys {
        SecurityKeys(
            commonIV: CCMNonce(high: UInt64(responder), low: 1), sender: Block(high: 2, low: UInt64(responder)),
            recipient: Block(high: 3, low: UInt64(responder)))
    }

    static let number = known(CardNumber(0x01_0203_0405))

    static func code(_ text: String) -> AccessCodes.Code { known(AccessCodes.Code(text)) }

    /// An AUTHENTICATE with this SQN and a MAC that is right, as the USIM of the first profile takes it.
    static func authenticate(_ sequence: UInt64) -> [UInt8] {
        let random = hex("23553CBE9637A89D218AE64DAE47BF35")
        let algorithm = Milenage<TableAES>(key: key, operatorConstant: operatorConstant)
        let challenge = algorithm.challenge(Block(random))
        var token = ByteWriter()
        token.uint(sequence ^ algorithm.response(challenge).anonymityKey, size: 6)
        token.uint16(0x8000)
        token.uint64(algorithm.codes(challenge, sequence: sequence, management: 0x8000).authentication)
        return [0x00, 0x88, 0x00, 0x81, 0x22, 0x10] + random + [0x10] + token.bytes
    }
}

extension Personalisation {
    fileprivate static func specimen() throws -> Personalisation {
        func subscription(_ iccid: String, _ imsi: String, _ name: String) throws -> Subscription {
            Subscription(
                iccid: try ICCID(iccid), imsi: try IMSI(imsi), networkCodeDigits: 2, key: Specimen.key,
                operatorConstant: Specimen.operatorConstant, accessPoint: try AccessPointName("iot." + name), serviceProvider: name)
        }
        return Personalisation(
            card: Specimen.number, primary: try subscription("8944110068000000018", "234150000000017", "alpha"),
            backup: try subscription("8931410400000000023", "310410000000029", "beta"),
            codes: AccessCodes(
                pin: Specimen.code("1234"), isPINEnabled: true, unblockPIN: Specimen.code("12345678"),
                secondPIN: Specimen.code("5678"), unblockSecondPIN: Specimen.code("87654321"),
                administrative: Specimen.code("55555555")),
            parameters: .standard,
            responders: (0..<2).map { ResponderAddress(.v4(192, 0, 2, $0 + 1), port: 5683, keys: Specimen.keys($0)) })
    }
}

/// Bytes that the code here wrote itself.
func hex(_ text: String) -> [UInt8] { made { () throws in try Hex.bytes(text) } }

/// A value that is there, because the code here made it.
func known<Value>(_ value: Value?) -> Value {
    guard let value else { fatalError("no such \(Value.self)") }
    return value
}

func made<Value>(_ body: () throws -> Value) -> Value {
    do { return try body() } catch { fatalError("a specimen cannot be made: \(error)") }
}
