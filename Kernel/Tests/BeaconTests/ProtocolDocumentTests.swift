import Foundation
import Testing
import Wire

@testable import Beacon
@testable import Cipher

/// What docs/protocol.md shows is what the code does.
@Suite("docs/protocol.md")
struct ProtocolDocumentTests {
    let document: String

    init() throws {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        document = try String(contentsOf: root.appendingPathComponent("docs/protocol.md"), encoding: .utf8)
    }

    @Test("the worked example is what card and responder really send, byte by byte")
    func example() throws {
        var pair = Fixture(ceiling: 20)
        let request = try pair.client.request(Fixture.heartbeat).bytes
        #expect(request == documented("The request, byte by byte"))
        let message = try CoAPMessage(request)
        let exchange = OSCOREExchange(requester: Fixture.card.identifier, sequence: 20)
        let opened = try pair.server.open(
            message.payload, nonce: pair.server.nonce(of: exchange), exchange, with: TableAES.self)
        #expect(opened == documented("The request's plaintext, byte by byte"))

        let answer = try pair.answer(request)
        #expect(answer == documented("The answer, byte by byte"))
        let sealed = try CoAPMessage(answer).payload
        let plaintext = try CCM<TableAES>(key: Fixture.cardKeys.recipient).open(
            Array(sealed), nonce: pair.server.nonce(of: exchange), authenticating: exchange.additionalData)
        #expect(plaintext == documented("The answer's plaintext, byte by byte"))
    }

    @Test("the example's keys, nonce and additional data are those that are derived")
    func values() {
        let card = Fixture.card.identifier
        let exchange = OSCOREExchange(requester: card, sequence: 20)
        let context = BeaconServer.context(for: Fixture.card, keys: Fixture.cardKeys.mirrored, window: ReplayWindow())
        let key = Array("Key".utf8)
        let values: [(String, [UInt8])] = [
            ("info, card's key", SecurityKeys.info(id: card, idContext: nil, type: key, length: 16)),
            ("info, responder's key", SecurityKeys.info(id: BeaconServer.identifier, idContext: nil, type: key, length: 16)),
            ("info, Common IV", SecurityKeys.info(id: nil, idContext: nil, type: Array("IV".utf8), length: 13)),
            ("card's key", Fixture.cardKeys.sender.bytes),
            ("responder's key", Fixture.cardKeys.recipient.bytes),
            ("Common IV", Fixture.cardKeys.commonIV.bytes),
            ("additional data", exchange.additionalData),
        ]
        for (name, bytes) in values {
            #expect(document.contains("| \(name) | `\(Hex.text(bytes))` |"), "\(name): \(Hex.text(bytes))")
        }
        #expect(document.contains("| `\(Hex.text(context.nonce(of: exchange).bytes))` |"))
    }

    /// The first column of the table below a heading.
    private func documented(_ heading: String) -> [UInt8] {
        guard let start = document.range(of: "### \(heading)\n") else { return [] }
        let rest = document[start.upperBound...]
        let section = rest.range(of: "\n### ").map { rest[..<$0.lowerBound] } ?? rest
        let cells = section.split(separator: "\n").filter { $0.hasPrefix("| `") }
        return cells.flatMap { vector(String($0.dropFirst(3).prefix { $0 != "`" })) }
    }
}
