import Wire

@testable import EUICC

/// A card's side of the ISD-R: takes every state over through its encoding, as after a loss of power.
struct Bench {
    var euicc: EUICC<TestSignatures, TestSignatures>
    var lastSwitch: ProfileSwitch?

    static let challenge = [UInt8](0..<16)
    static let issuer = [UInt8](1...20)
    static let primary = "8944000000000000011"
    static let backup = "8949000000000000025"

    static func configuration(primaryMayBeFallback: Bool = true) throws -> EUICCConfiguration {
        var configuration = EUICCConfiguration(
            eid: try EID(Hex.bytes(ES10Vectors.eid)[...]),
            profiles: [
                ProfileMetadata(
                    iccid: try ICCID(primary), isdpAID: ISDR.profileAID(0), serviceProviderName: "Alpha", name: "Home",
                    fallbackAllowed: primaryMayBeFallback, notificationAddress: "n.alpha.example"),
                ProfileMetadata(
                    iccid: try ICCID(backup), isdpAID: ISDR.profileAID(1), serviceProviderName: "Beta", name: "Reserve",
                    owner: try PLMN("262-01"), fallbackAllowed: true, notificationAddress: "n.beta.example"),
            ])
        configuration.issuersForVerification = [issuer]
        configuration.issuersForSigning = [issuer]
        configuration.certificate = [0x30, 0x03, 0x80, 0x01, 0x01]
        configuration.makerCertificate = [0x30, 0x03, 0x80, 0x01, 0x02]
        configuration.rootDiscoveryAddress = Array("lpa.ds.example".utf8)
        return configuration
    }

    init(primaryMayBeFallback: Bool = true, fallbackAttribute: Int? = 1) throws {
        euicc = try EUICC(
            configuration: Bench.configuration(primaryMayBeFallback: primaryMayBeFallback),
            state: EUICCState(profileCount: 2, fallbackAttribute: fallbackAttribute), verifier: TestSignatures(),
            maker: TestSignatures())
    }

    var state: EUICCState { euicc.state }

    mutating func send(_ command: [UInt8], catBusy: Bool = false) -> Outcome.Answer {
        let outcome = euicc.handle(command, catBusy: catBusy) { Bench.challenge }
        if let state = outcome.state { euicc.commit(EUICCState(state.encoded) ?? EUICCState(profileCount: 2)) }
        lastSwitch = outcome.profileSwitch
        return outcome.answer
    }

    /// The answer in hexadecimal digits, or the status word of a refusal.
    mutating func send(_ command: String, catBusy: Bool = false) throws -> String {
        switch send(try Hex.bytes(command), catBusy: catBusy) {
        case .data(let data): Hex.text(data)
        case .refused(let refusal): "SW " + Hex.text([UInt8(refusal.statusWord >> 8), UInt8(refusal.statusWord & 0xFF)])
        }
    }
}

/// An eIM, which signs packages for `TestSignatures`.
struct TestEIM {
    var identifier = Array("eim".utf8)
    var point = [4] + [UInt8](repeating: 7, count: 64)
    var token: UInt32? = 1
    var counter: UInt32 = 0
    var eid: [UInt8]

    /// AddInitialEim for this eIM.
    var association: [UInt8] {
        ByteWriter.written {
            $0.ber(0xBF57) {
                $0.ber(0xA0) {
                    $0.ber(0x30) {
                        $0.ber(0x80, identifier)
                        $0.derInteger(0x83, counter)
                        if token != nil { $0.ber(0x84, [0xFF]) }
                        $0.ber(0xA5) {
                            if let key = PublicKey(curve: .p256, point: point) {
                                $0.ber(0xA0, SubjectPublicKeyInfo.members(of: key))
                            }
                        }
                    }
                }
            }
        }
    }

    /// A package with the next counter.
    mutating func package(_ operations: [UInt8], list: UInt32 = 0xA0) -> [UInt8] {
        counter += 1
        let signed = ByteWriter.written {
            $0.ber(0x30) {
                $0.ber(0x80, identifier)
                $0.ber(0x5A, eid)
                $0.derInteger(0x81, counter)
                $0.ber(list, operations)
            }
        }
        return ByteWriter.written {
            $0.ber(0xBF51) {
                $0.append(signed)
                $0.ber(0x5F37, TestSignatures.signature(key: point, message: signed + PackageHeader.signedToken(token)))
            }
        }
    }
}
