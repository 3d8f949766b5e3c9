import Cipher
import TestSupport
import Testing

@testable import SecuredPackets

@Suite("Input that nobody should send")
struct HostileInputTests {
    /// Every reader takes the bytes; none may trap, and none may accept what it should not.
    private func feed(_ bytes: [UInt8], _ download: inout DataDownload<TableAES>, _ command: CommandPacket) {
        let before = download.receiver.counters
        _ = download.deliver(bytes)
        _ = download.deliver(deliver([UInt8](bytes.prefix(140))))
        for binding in [TransportBinding.shortMessage, .channel] {
            _ = download.receiver.receive(bytes, over: binding)
            if (try? ResponsePacket.open(bytes, answering: command, with: Keys.second, over: binding)) != nil {
                Issue.record("a forged response: \(text(bytes))")
            }
        }
        if download.receiver.counters != before { Issue.record("a forged command: \(text(bytes))") }
        _ = try? UserDataHeader(bytes)
        for format in [ScriptFormat.compact, .expanded, .indefinite] {
            var execution = ScriptExecution(CommandScript(reading: bytes, format: format), capacity: bytes.count)
            while let next = execution.next() { execution.completed(next) }
            if execution.answer.count > max(bytes.count, 0) { Issue.record("an answer past its capacity: \(text(bytes))") }
            _ = try? ScriptResponse(bytes, format: format)
        }
    }

    @Test("200,000 random and half-random inputs")
    func random() throws {
        var seed = Seed.fresh()
        let command = CommandPacket.fixture(1)
        let sealed = try [TransportBinding.shortMessage, .channel].map { try command.seal(with: Keys.second, over: $0) }
        let answers = try [TransportBinding.shortMessage, .channel].map {
            try ResponsePacket(to: command, status: .done, data: [1, 0x90, 0]).seal(
                asAskedBy: command.parameters, with: Keys.second, over: $0)
        }
        var samples = sealed + answers
        samples.append([0x02, 0x70, 0x00] + sealed[0])
        samples.append(deliver([0x02, 0x70, 0x00] + sealed[0]))
        samples.append(hex("0700032a02017000") + sealed[0])
        samples.append(hex("aa14220880f24002024f0000220800a40004023f0000"))
        samples.append(hex("ae80220700a4000c023f00220700a4000c022fe2220500b000000a0000"))
        samples.append(hex("ab0a80010123029000900101"))
        samples.append(hex("af802302900023029000230c9888120100004086081490000000"))
        // Nothing with a counter above this one was ever sealed, so that whatever gets through is forged.
        var download = DataDownload(receiver: receiver(held: 1, minimum: .authentic))
        for round in 0..<200_000 {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = seed.bytes(seed.below(64))
            } else {
                bytes = samples[seed.below(samples.count)]
                for _ in 0...seed.below(4) {
                    switch seed.below(4) {
                    case 0 where !bytes.isEmpty: bytes[seed.below(bytes.count)] = UInt8(truncatingIfNeeded: seed.next())
                    case 1: bytes = [UInt8](bytes.prefix(seed.below(bytes.count + 1)))
                    case 2: bytes.insert(UInt8(truncatingIfNeeded: seed.next()), at: seed.below(bytes.count + 1))
                    case 3 where !bytes.isEmpty: bytes[seed.below(bytes.count)] ^= 1 << UInt8(seed.below(8))
                    default: bytes += seed.bytes(seed.below(8))
                    }
                }
                if samples.contains(bytes) { continue }
            }
            feed(bytes, &download, command)
        }
    }

    @Test("long inputs are bounded")
    func long() {
        var download = DataDownload(receiver: receiver())
        let command = CommandPacket.fixture(1)
        for length in [255, 256, 4096, 65_535, 65_537, 70_000] {
            for byte in [0x00, 0x22, 0xFF, 0xAA] as [UInt8] {
                feed([UInt8](repeating: byte, count: length), &download, command)
            }
        }
        let script = CommandScript(reading: [UInt8](repeating: 0x00, count: 65_535), format: .compact)
        #expect(script.commands.count == 255 && script.fault == .tooManyCommands)
    }
}
