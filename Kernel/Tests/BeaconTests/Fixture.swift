import Wire

@testable import Beacon
@testable import Cipher

/// The bytes of a vector, which is written as RFCs write them.
func vector(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }
    return known(try? Hex.bytes(digits.hasPrefix("0x") ? String(digits.dropFirst(2)) : digits))
}

extension EndpointIdentifier {
    init(vector text: String) {
        self = known(EndpointIdentifier(vector(text)[...]))
    }
}

/// A value that is there, because the test wrote it.
func known<Value>(_ value: Value?) -> Value {
    guard let value else { fatalError("no such \(Value.self)") }
    return value
}

/// A card, its responder, and what passes between them.
struct Fixture {
    static let card = known(CardNumber(0x01_0000_002A))
    static let secret = vector("000102030405060708090a0b0c0d0e0f")
    static let salt = vector("a0a1a2a3a4a5a6a7")
    static let cardKeys = known(
        BeaconServer.keys(of: card, with: 0, masterSecret: secret, masterSalt: salt, using: HKDF()))

    var client: BeaconClient<TableAES>
    var server: SecurityContext

    init(ceiling: UInt64 = 0, step: UInt64 = 64, window: ReplayWindow = ReplayWindow()) {
        client = BeaconClient(card: Fixture.card, keys: Fixture.cardKeys, ceiling: ceiling, step: step)
        server = BeaconServer.context(for: Fixture.card, keys: Fixture.cardKeys.mirrored, window: window)
    }

    static let heartbeat = Heartbeat(
        card: card, profile: .backup, lastMove: 4, moves: 3, boots: 7, missed: 12, policy: 1, sinceMove: 86_400,
        network: PLMN(mcc: 234, mnc: 15, mncDigits: 2), technology: 8, responder: 0)

    static let answer = Answer(primary: .failing, returnWindow: 900, time: 1_700_000_000, wantedPolicy: 2)

    mutating func send(_ heartbeat: Heartbeat = Fixture.heartbeat) throws -> [UInt8] { try client.request(heartbeat).bytes }

    mutating func open(_ datagram: [UInt8], echo: UInt64? = nil) throws(BeaconError) -> BeaconRequest {
        try BeaconServer.open(datagram, in: &server, echo: echo, with: TableAES.self)
    }

    mutating func answer(_ datagram: [UInt8], _ answer: Answer = Fixture.answer) throws -> [UInt8] {
        var request = try open(datagram)
        return try request.answer(answer, in: server, with: TableAES.self)
    }

    /// A request of the card's that holds what it likes, sealed with the right key.
    mutating func sealed(
        _ code: CoAPCode = .post, kind: CoAPMessage.Kind = .confirmable,
        options: [CoAPOption] = [CoAPOption(CoAPOption.uriPath, [0x62])],
        payload: [UInt8] = Fixture.heartbeat.encoded
    ) throws -> [UInt8] {
        var context = client.context
        let number = server.window.mask == 0 ? 0 : server.window.highest + 1
        context.sequence = SenderSequence(ceiling: number)
        let message = CoAPMessage(
            kind, code, id: 0x1234, token: CoAPToken(0xABCD, count: 2), options: options, payload: payload[...])
        return try context.protect(request: message, with: TableAES.self).message.encoded
    }
}

extension CoAPMessage {
    /// What a refusal says: "4.01 Replay detected".
    var summary: String {
        let text = String(decoding: payload, as: UTF8.self)
        return text.isEmpty ? code.description : "\(code) \(text)"
    }
}
