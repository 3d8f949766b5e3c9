import Cipher
import SecuredPackets
import Wire

/// Management over the air, from whoever can send a short message, and from whoever has the keys.
///
/// The first byte says what follows: 0 short messages (SMS-DELIVER), each with its length before it; 1 a packet as it came on a
/// channel or in a short message; 2 the same as a forged answer; 3 SPI, KIc, TAR and data, which are sealed with the right keys and
/// received, and executed as a script.
enum Packets {
    private static let keys = known(
        KeySet<TableAES>(version: 2, ciphering: Block(high: 1, low: 2), integrity: Block(high: 3, low: 4)))
    private static let target = ToolkitApplicationReference(0xB00011)

    /// A receiver that has seen all that was ever sealed.
    private static func receiver(_ minimum: MinimumSecurityLevel) -> Receiver<TableAES> {
        known(
            Receiver(
                keySets: [keys], applications: [RemoteApplication(target: target, minimum: minimum, keyVersions: 0xFFFE)],
                counters: [HeldCounter(version: 2, counter: known(PacketCounter(sealedCounter)))], unauthenticated: .withoutCost))
    }

    private static let sealedCounter: UInt64 = 1

    static func run(_ input: [UInt8]) throws {
        var input = Input(input)
        switch input.byte() % 4 {
        case 0: try deliver(&input)
        case 1: try receive(input.rest())
        case 2: try answer(input.rest())
        default: try execute(&input)
        }
    }

    private static func deliver(_ input: inout Input) throws {
        var download = DataDownload(receiver: receiver(.authentic))
        let before = download.receiver.counters
        while !input.isEmpty {
            let message = input.take(Int(input.byte()))
            let delivery = download.deliver(message)
            try hold(download.receiver.counters == before, "a forged message moved a counter: \(delivery)")
            if case .packet(.accepted(let command), _) = delivery { throw Finding("a forged message is accepted: \(command)") }
            _ = try? DeliveredMessage(message)
            _ = try? UserDataHeader(message)
        }
    }

    private static func receive(_ packet: [UInt8]) throws {
        for binding in [TransportBinding.shortMessage, .channel] {
            var receiver = receiver(.authentic)
            let before = receiver.counters
            let reception = receiver.receive(packet, over: binding)
            try hold(receiver.counters == before, "a forged packet moved a counter")
            switch reception {
            case .accepted(let command): throw Finding("a forged packet is accepted: \(command)")
            case .refused(let refusal):
                let parts = try refusal.answer?.parts(reference: 1) ?? []
                try hold(parts.allSatisfy { $0.count <= 140 }, "a part is too long")
            case .unreadable: break
            }
        }
    }

    private static let asked = CommandPacket(
        parameters: .full, keyVersion: 2, target: target, counter: known(PacketCounter(sealedCounter)), data: hex("00A40004023F00"))

    /// The one answer that was ever sealed.
    private static let genuine = ResponsePacket(to: asked, status: .done, data: [1, 0x90, 0])

    private static func answer(_ bytes: [UInt8]) throws {
        for binding in [TransportBinding.shortMessage, .channel] {
            let opened: ResponsePacket
            do { opened = try ResponsePacket.open(bytes, answering: asked, with: keys, over: binding) } catch { continue }
            try hold(opened == genuine, "a forged answer is believed: \(opened)")
        }
    }

    private static func execute(_ input: inout Input) throws {
        let parameters = SecurityParameters(spi1: input.byte(), spi2: input.byte())
        let version = input.byte() & 0x0F
        let binding: TransportBinding = input.byte() & 1 == 0 ? .shortMessage : .channel
        let packet = CommandPacket(
            parameters: parameters, keyVersion: version, target: target, counter: known(PacketCounter(sealedCounter + 1)),
            data: input.rest())
        let bytes: [UInt8]
        do { bytes = try packet.seal(with: version == 2 ? keys : nil, over: binding) } catch { return }
        var receiver = receiver(MinimumSecurityLevel(spi1: 0))
        guard case .accepted(let command) = receiver.receive(bytes, over: binding) else { return }
        try hold(command.packet == packet, "\(packet) came as \(command.packet)")
        let capacity = receiver.answerCapacity(for: command)
        for format in [ScriptFormat.compact, .expanded, .indefinite] {
            var execution = ScriptExecution(CommandScript(reading: packet.data, format: format), capacity: capacity)
            var executed = 0
            while let next = execution.next() {
                executed += 1
                try hold(executed <= 255, "a script goes on and on")
                execution.completed(next.suffix(16) + [0x90, 0x00])
            }
            try hold(execution.answer.count <= capacity, "an answer is longer than there is room for")
            _ = try? ScriptResponse(packet.data, format: format)
            // Who asks for a proof that cannot be sealed, or with a key that is not there, gets none.
            guard let answer = try? receiver.answer(to: command, data: execution.answer) else { continue }
            let opened = try ResponsePacket.open(answer.packet, answering: packet, with: keys, over: binding)
            try hold(opened.data == execution.answer, "an answer arrives as another")
            if binding == .shortMessage { _ = try answer.parts(reference: 1) }
        }
    }

    static var seeds: [[UInt8]] {
        let sealed = made { () throws in try asked.seal(with: keys, over: .shortMessage) }
        let onChannel = made { () throws in try asked.seal(with: keys, over: .channel) }
        let answer = made { () throws in
            try genuine.seal(asAskedBy: asked.parameters, with: keys, over: .shortMessage)
        }
        func message(_ header: [UInt8], _ data: [UInt8]) -> [UInt8] {
            let tpdu =
                [
                    0x44, 0x08, 0x81, 0x21, 0x43, 0x65, 0x87, 0x7F, 0xF6, 0x22, 0x70, 0x52, 0, 0, 0, 0,
                    UInt8(header.count + data.count),
                ]
                + header + data
            return [UInt8(tpdu.count)] + tpdu
        }
        let scripts = [
            "AA14220880F24002024F0000220800A40004023F0000", "AE80220700A4000C023F00220700A4000C022FE2220500B000000A0000",
            "00A40004023F0000B000000A", "AB0A80010123029000900101",
        ].map(hex)
        return [
            [0] + message([0x02, 0x70, 0x00], sealed),
            [0] + message(hex("0700032A020170") + [0x00], Array(sealed.prefix(20)))
                + message(hex("0500032A0202"), Array(sealed.dropFirst(20))),
            [1] + sealed, [1] + onChannel, [2] + answer,
        ]
            + scripts.flatMap { script in
                [[3, 0x16, 0x19, 2, 0] + script, [3, 0x16, 0x39, 2, 1] + script, [3, 0, 0x01, 0, 0] + script]
            }
    }
}
