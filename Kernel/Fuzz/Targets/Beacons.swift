import Beacon
import Cipher
import Wire

/// Datagrams from anybody to the responder and to the card, and from a card whose keys somebody has.
///
/// The first byte says what follows: 0 a datagram to the responder; 1 one to a card that waits for an answer; 2 a request's code,
/// kind, options and payload, which are sealed with the card's keys; 3 an answer, sealed with the responder's; 4 CBOR; 5 what is
/// stored of a replay window.
enum Beacons {
    private static let keys = Specimen.keys(0)
    private static let heartbeat = Heartbeat(
        card: Specimen.number, profile: .backup, lastMove: 4, moves: 3, boots: 7, missed: 12, policy: 1, sinceMove: 86_400,
        network: nil, technology: 8, responder: 0)

    private static func client() -> BeaconClient<TableAES> { BeaconClient(card: Specimen.number, keys: keys, ceiling: 0) }

    private static func server() -> SecurityContext {
        BeaconServer.context(for: Specimen.number, keys: keys.mirrored, window: ReplayWindow())
    }

    static func run(_ input: [UInt8]) throws {
        var input = Input(input)
        switch input.byte() % 6 {
        case 0: try serve(input.rest(), isForged: true)
        case 1: try accept(input.rest(), isForged: true)
        case 2: try serve(request(&input), isForged: false)
        case 3: try accept(answer(input.rest()), isForged: false)
        case 4: try readCBOR(input.rest())
        default:
            let bytes = input.rest()
            if let window = ReplayWindow(encoded: bytes[...]) {
                try hold(window.encoded == bytes, "a window is not what it is when it is written")
                var used = window
                for number in [0, window.highest, window.highest &+ 1, .max] {
                    if used.insert(number) { try hold(!used.accepts(number), "\(number) is accepted twice") }
                }
            }
        }
    }

    private static func serve(_ datagram: [UInt8], isForged: Bool) throws {
        var server = server()
        if let message = try? CoAPMessage(datagram) {
            try hold(try CoAPMessage(message.encoded) == message, "a message is not what it is when it is written")
        }
        do {
            guard try BeaconServer.identify(datagram) == Specimen.number else { return }
            var request = try BeaconServer.open(datagram, in: &server, with: TableAES.self)
            // Only the one request that was ever sealed with these keys can be opened.
            try hold(!isForged || request.heartbeat == heartbeat, "a forged request is opened")
            _ = try request.answer(Answer(primary: .failing), in: server, with: TableAES.self)
        } catch let error as BeaconError {
            let refusal = BeaconServer.refusal(for: error, to: datagram)
            guard isForged else { return }
            if case .refused = error { throw Finding("a forged request is authentic") }
            try hold((refusal?.count ?? 0) <= datagram.count, "a refusal is longer than what it refuses")
        }
    }

    private static func accept(_ datagram: [UInt8], isForged: Bool) throws {
        var client = client()
        _ = try client.request(heartbeat)
        guard let answer = try? client.accept(datagram) else { return }
        try hold(!isForged || answer == genuine, "a forged answer is believed")
    }

    /// The one answer that was ever sealed.
    private static let genuine = Answer(primary: .healthy, returnWindow: 900)

    private static func request(_ input: inout Input) -> [UInt8] {
        var context = SecurityContext(keys: keys, sender: Specimen.number.identifier, recipient: BeaconServer.identifier)
        let code = CoAPCode(rawValue: input.byte())
        let kind: CoAPMessage.Kind = input.byte() & 1 == 0 ? .confirmable : .nonConfirmable
        var options: [CoAPOption] = []
        var number = 0
        for _ in 0..<min(Int(input.byte()), 8) {
            number = min(number + Int(input.number(2) & 0x0FFF), 0xFFFF)
            options.append(CoAPOption(UInt16(number), input.take(Int(input.byte() & 0x3F))))
        }
        let message = CoAPMessage(kind, code, id: 7, token: CoAPToken(7, count: 2), options: options, payload: input.rest()[...])
        return (try? context.protect(request: message, with: TableAES.self).message.encoded) ?? []
    }

    private static func answer(_ payload: [UInt8]) -> [UInt8] {
        let message = CoAPMessage(
            .nonConfirmable, .changed, id: 7, token: CoAPToken(0, count: 2), options: [], payload: payload[...])
        let exchange = OSCOREExchange(requester: Specimen.number.identifier, sequence: 0)
        return (try? server().protect(response: message, in: exchange, with: TableAES.self).encoded) ?? []
    }

    private static func readCBOR(_ bytes: [UInt8]) throws {
        var reader = CBORReader(bytes)
        var items = 0
        while (try? reader.kind()) != nil, (try? reader.skip()) != nil {
            items += 1
            try hold(items <= bytes.count, "more items than bytes")
        }
        if let heartbeat = try? Heartbeat(bytes[...]) {
            try hold(try Heartbeat(heartbeat.encoded[...]) == heartbeat, "a heartbeat is not what it is when it is written")
        }
        if let answer = try? Answer(bytes[...]) {
            try hold(try Answer(answer.encoded[...]) == answer, "an answer is not what it is when it is written")
        }
    }

    static var seeds: [[UInt8]] {
        var client = client()
        let request = made { () throws in try client.request(heartbeat).bytes }
        var server = server()
        let reply = made { () throws in
            var opened = try BeaconServer.open(request, in: &server, with: TableAES.self)
            return try opened.answer(genuine, in: server, with: TableAES.self)
        }
        return [
            [0] + request, [1] + reply, [2, 0x02, 1, 1, 0, 11, 1, 0x62] + heartbeat.encoded, [3] + genuine.encoded,
            [4] + heartbeat.encoded, [4] + genuine.encoded, [5] + ReplayWindow().encoded,
        ]
    }
}
