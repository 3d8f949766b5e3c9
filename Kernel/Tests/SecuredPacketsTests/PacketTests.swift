import Cipher
import TestSupport
import Testing

@testable import SecuredPackets

@Suite("Secured packets, ETSI TS 102 225")
struct PacketTests {
    @Test("every SPI is read and written back, bit for bit")
    func parameters() {
        for value in 0...UInt16.max {
            let spi = SecurityParameters(spi1: UInt8(value >> 8), spi2: UInt8(value & 0xFF))
            if spi.spi1 != UInt8(value >> 8) || spi.spi2 != UInt8(value & 0xFF) { Issue.record("SPI \(value)") }
        }
        let spi = SecurityParameters(spi1: 0x1E, spi2: 0x3A)
        #expect(spi.integrity == .cryptographicChecksum && spi.isCiphered && spi.counter == .oneHigher)
        #expect(spi.proof == .onError && spi.proofIntegrity == .cryptographicChecksum && spi.isProofCiphered)
        #expect(spi.proofRoute == .submit)
        #expect(
            spi
                == SecurityParameters(
                    integrity: .cryptographicChecksum, isCiphered: true, counter: .oneHigher, proof: .onError,
                    proofIntegrity: .cryptographicChecksum, isProofCiphered: true, proofRoute: .submit))
    }

    @Test("what one side seals the other opens, in every combination")
    func roundTrip() throws {
        var seed = Seed.fresh()
        for spi1 in [0x00, 0x02, 0x04, 0x06, 0x12, 0x16, 0x1E, 0x0A] as [UInt8] {
            for spi2 in [0x00, 0x01, 0x02, 0x09, 0x19, 0x39, 0x11, 0x12] as [UInt8] {
                for binding in [TransportBinding.shortMessage, .channel] {
                    for keys in [Keys.second, .short] {
                        let packet = CommandPacket(
                            parameters: SecurityParameters(spi1: spi1, spi2: spi2), keyVersion: 2,
                            target: ToolkitApplicationReference(UInt32(seed.below(1 << 24))),
                            counter: cntr(seed.next()), data: seed.bytes(seed.below(300)))
                        let bytes = try packet.seal(with: keys, over: binding)
                        #expect(try CommandPacket.open(bytes, with: keys, over: binding) == packet)
                        let response = ResponsePacket(
                            to: packet, status: .insufficientMemory, data: seed.bytes(seed.below(300)))
                        let answer = try response.seal(asAskedBy: packet.parameters, with: keys, over: binding)
                        #expect(try ResponsePacket.open(answer, answering: packet, with: keys, over: binding) == response)
                    }
                }
            }
        }
    }

    @Test("a packet of every length is padded to whole blocks and comes back", arguments: 0...50)
    func lengths(length: Int) throws {
        let packet = CommandPacket.fixture(data: [UInt8](repeating: 0xA5, count: length))
        let bytes = try packet.seal(with: Keys.second, over: .shortMessage)
        #expect((bytes.count - 10) % 16 == 0)
        #expect(try CommandPacket.open(bytes, with: Keys.second, over: .shortMessage) == packet)
    }

    @Test("every bit flip of a command is refused", arguments: [TransportBinding.shortMessage, .channel])
    func commandBitFlips(binding: TransportBinding) throws {
        for parameters in [SecurityParameters.full, SecurityParameters(spi1: 0x12, spi2: 0x09)] {
            let bytes = try CommandPacket.fixture(9, parameters: parameters).seal(with: Keys.second, over: binding)
            for bit in 0..<bytes.count * 8 {
                var wrong = bytes
                wrong[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                #expect(throws: SecuredPacketError.self) { try CommandPacket.open(wrong, with: Keys.second, over: binding) }
                var card = receiver(minimum: .authentic)
                let before = card.counters
                #expect(card.receive(wrong, over: binding).accepted == nil)
                #expect(card.counters == before)
            }
        }
    }

    @Test("every bit flip of a response is refused", arguments: [TransportBinding.shortMessage, .channel])
    func responseBitFlips(binding: TransportBinding) throws {
        for spi2 in [0x19, 0x09] as [UInt8] {
            let command = CommandPacket.fixture(9, parameters: SecurityParameters(spi1: 0x16, spi2: spi2))
            let bytes = try ResponsePacket(to: command, status: .done, data: hex("026985")).seal(
                asAskedBy: command.parameters, with: Keys.second, over: binding)
            for bit in 0..<bytes.count * 8 {
                var wrong = bytes
                wrong[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                #expect(throws: SecuredPacketError.self) {
                    try ResponsePacket.open(wrong, answering: command, with: Keys.second, over: binding)
                }
            }
        }
    }

    @Test("a packet cut short at any byte, or with a byte more, is refused", arguments: [TransportBinding.shortMessage, .channel])
    func truncation(binding: TransportBinding) throws {
        let command = CommandPacket.fixture(9)
        let bytes = try command.seal(with: Keys.second, over: binding)
        let answer = try ResponsePacket(to: command, status: .done, data: [1, 0x90, 0]).seal(
            asAskedBy: command.parameters, with: Keys.second, over: binding)
        for length in bytes.indices {
            #expect(throws: SecuredPacketError.self) {
                try CommandPacket.open([UInt8](bytes.prefix(length)), with: Keys.second, over: binding)
            }
        }
        for length in answer.indices {
            #expect(throws: SecuredPacketError.self) {
                try ResponsePacket.open([UInt8](answer.prefix(length)), answering: command, with: Keys.second, over: binding)
            }
        }
        #expect(throws: SecuredPacketError.self) { try CommandPacket.open(bytes + [0], with: Keys.second, over: binding) }
    }

    @Test("DES is refused by its name", arguments: [0x21, 0x25, 0x29, 0x2D] as [UInt8])
    func des(indicator: UInt8) throws {
        var packet = CommandPacket.fixture()
        packet.ciphering = KeyIndicator(rawValue: indicator)
        #expect(throws: SecuredPacketError.des(indicator: indicator)) {
            try packet.seal(with: Keys.second, over: .shortMessage)
        }
        packet.ciphering = .aes(version: 2)
        packet.integrity = KeyIndicator(rawValue: indicator)
        #expect(throws: SecuredPacketError.des(indicator: indicator)) {
            try packet.seal(with: Keys.second, over: .shortMessage)
        }
    }

    @Test("other algorithms, unkeyed checksums, signatures and mixed keys are refused")
    func algorithms() throws {
        func refusal(_ change: (inout CommandPacket) -> Void) -> SecuredPacketError? {
            var packet = CommandPacket.fixture()
            change(&packet)
            do throws(SecuredPacketError) {
                _ = try packet.seal(with: Keys.second, over: .channel)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal { $0.ciphering = KeyIndicator(rawValue: 0x26) } == .algorithm(indicator: 0x26))
        #expect(refusal { $0.ciphering = .aes(version: 1) } == .keyVersions(ciphering: 1, integrity: 2))
        #expect(refusal { $0.parameters.integrity = .redundancyCheck } == .integrity(.redundancyCheck))
        #expect(refusal { $0.parameters.integrity = .digitalSignature } == .integrity(.digitalSignature))
        #expect(refusal { $0.parameters.proofIntegrity = .redundancyCheck } == .integrity(.redundancyCheck))
        #expect(refusal { $0.parameters.proof = .reserved } == .proofReserved)
        #expect(refusal { $0.data = [UInt8](repeating: 0, count: 4097) } == .tooLong(length: 4097, limit: 4096))
        #expect(refusal { $0.data = [UInt8](repeating: 0, count: 4096) } == nil)
        #expect(refusal { $0.ciphering = KeyIndicator(rawValue: 0x20) } == nil)
    }

    @Test("a response to another command is not taken for an answer")
    func foreign() throws {
        let command = CommandPacket.fixture(9)
        let other = CommandPacket.fixture(8)
        let bytes = try ResponsePacket(to: other, status: .done).seal(
            asAskedBy: command.parameters, with: Keys.second, over: .channel)
        #expect(throws: SecuredPacketError.foreign) {
            try ResponsePacket.open(bytes, answering: command, with: Keys.second, over: .channel)
        }
    }
}
