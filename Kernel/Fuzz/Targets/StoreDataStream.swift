import EUICC
import Wire

/// Commands to the ISD-R, each with its length before it in two bytes, over the life of one card. The length's first bit says that
/// the command comes in blocks of STORE DATA, the second that a proactive session is going on.
enum StoreDataStream {
    static func run(_ input: [UInt8]) throws {
        var input = Input(input)
        var euicc = known(Self.euicc)
        for _ in 0..<64 where !input.isEmpty {
            let head = input.number(2)
            var command = input.take(Int(head & 0x0FFF))
            if head & 0x8000 != 0 { command = try inBlocks(command) }
            let before = euicc.state
            let outcome = euicc.handle(command, catBusy: head & 0x4000 != 0) { [UInt8](0..<16) }
            if case .data(let data) = outcome.answer {
                var reader = ByteReader(data)
                _ = try reader.berTLV()
                try hold(reader.isAtEnd, "an answer goes on after its data object")
            }
            guard let state = outcome.state else {
                try hold(outcome.profileSwitch == nil, "a switch without a state")
                continue
            }
            try hold(EUICCState(state.encoded) == state, "a state is not what it is when it is written")
            if let change = outcome.profileSwitch {
                try hold(change.from == before.enabled && change.to == state.enabled, "a switch is not the state's")
            } else {
                try hold(state.enabled == before.enabled, "a profile is enabled, and nobody is told")
            }
            // A counter that an eIM has used never comes back (GSMA SGP.32, 2.11.1.1).
            for association in before.associations {
                for later in state.associations
                where later.identifier == association.identifier && later.token != nil && later.token == association.token
                    && later.key == association.key
                {
                    try hold(later.counter >= association.counter, "an eIM's counter fell")
                }
            }
            euicc.commit(state)
        }
        let state = euicc.state
        // It is the card that the state says, after a loss of power too.
        try hold(EUICCState(state.encoded) == state, "a state is not what it is when it is written")
    }

    private static func inBlocks(_ command: [UInt8]) throws -> [UInt8] {
        var store = StoreData()
        var rest = command[...]
        for block in 0...UInt8.max {
            let part = rest.prefix(240)
            rest = rest.dropFirst(240)
            if let whole = try store.accept(p1: rest.isEmpty ? 0x91 : 0x11, p2: block, data: part) {
                try hold(whole == command, "blocks are put together as something else")
                return whole
            }
        }
        throw Finding("blocks that never end")
    }

    /// Believes every signature, so that inputs get behind it.
    private struct Credulous: SignatureVerifier, SignatureMaker {
        func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool { true }
        func sign(_ message: [UInt8]) -> [UInt8]? { [UInt8](repeating: 0x5A, count: 64) }
    }

    private static let euicc: EUICC<Credulous, Credulous>? = made { () throws in
        let issuer = [UInt8](1...20)
        var configuration = EUICCConfiguration(
            eid: try EID("89049032004008882600000000000173"),
            profiles: [
                ProfileMetadata(
                    iccid: try ICCID("8944000000000000011"), isdpAID: ISDR.profileAID(0), serviceProviderName: "Alpha",
                    name: "Home",
                    fallbackAllowed: true, notificationAddress: "n.alpha.example"),
                ProfileMetadata(
                    iccid: try ICCID("8949000000000000025"), isdpAID: ISDR.profileAID(1), serviceProviderName: "Beta",
                    name: "Reserve",
                    fallbackAllowed: true, notificationAddress: "n.beta.example"),
            ])
        configuration.issuersForVerification = [issuer]
        configuration.issuersForSigning = [issuer]
        configuration.certificate = [0x30, 0x03, 0x80, 0x01, 0x01]
        configuration.makerCertificate = [0x30, 0x03, 0x80, 0x01, 0x02]
        configuration.rootDiscoveryAddress = Array("lpa.ds.example".utf8)
        return try EUICC(
            configuration: configuration, state: EUICCState(profileCount: 2, fallbackAttribute: 1), verifier: Credulous(),
            maker: Credulous())
    }

    static var seeds: [[UInt8]] {
        ["BF2000", "BF2200", "BF3E035C015A", "BF2D00", "BF5D038001FF", "BF5E038001FF", "BF5600", "BF2B00"].map { text in
            let command = hex(text)
            return [0x80, UInt8(command.count)] + command
        }
    }
}
