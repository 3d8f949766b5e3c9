import Cipher
import Testing

@testable import SecuredPackets

@Suite("Packets that others made")
struct PacketVectorTests {
    /// The checks of pySim's tests/unittests/test_ota.py (AES128-SJA5-CIPHERED-CC), whose answer a sysmoISIM-SJA5 gave.
    @Test("a command that pySim makes")
    func command() throws {
        let packet = CommandPacket.fixture(0, parameters: SecurityParameters(spi1: 0x06, spi2: 0x19))
        let bytes = try packet.seal(with: Keys.second, over: .shortMessage)
        #expect(text(bytes) == "00281506192222b00011e87cceebb2d93083011ce294f93fc4d8de80da1abae8c37ca3e72ec4432e5058")
        #expect(try CommandPacket.open(bytes, with: Keys.second, over: .shortMessage) == packet)
    }

    @Test("the answer of a real card to it")
    func response() throws {
        let command = CommandPacket.fixture(0, parameters: SecurityParameters(spi1: 0x06, spi2: 0x19))
        let userData = hex("027100002412b00011ebc6b497e2cad7aedf36ace0e3a29b38853f0fe9ccde81913be5702b73abce1f")
        let header = try UserDataHeader(userData)
        #expect(header.packet == .response)
        let bytes = [UInt8](userData.dropFirst(header.size))
        let response = try ResponsePacket.open(bytes, answering: command, with: Keys.second, over: .shortMessage)
        #expect(response == ResponsePacket(to: command, status: .done, data: hex("016132")))
        #expect(try response.seal(asAskedBy: command.parameters, with: Keys.second, over: .shortMessage) == bytes)
        #expect(try ConcatenatedMessage.split(bytes, as: .response, reference: 0) == [userData])
        let script = try ScriptResponse(response.data, format: .compact)
        #expect(script.executed == 1)
        #expect(script.outcomes == [ScriptResponse.Outcome(data: [], status: 0x6132)])
    }

    @Test("the whole message in an SMS-DELIVER")
    func message() throws {
        // pySim's own TPDU has 3 for TP-UDL, the length of the header alone; here it counts what follows.
        let tpdu = hex(
            "400881214365877ff6227052000000002d02700000281506192222b00011"
                + "e87cceebb2d93083011ce294f93fc4d8de80da1abae8c37ca3e72ec4432e5058")
        let message = try DeliveredMessage(tpdu)
        #expect(message.isDataDownload && message.hasHeader)
        #expect(message.originator == sender)
        var download = DataDownload(receiver: receiver(minimum: MinimumSecurityLevel(spi1: 0x06)))
        let accepted = try #require(download.deliver(tpdu).reception?.accepted)
        #expect(accepted.held == nil)
        #expect(CommandScript(reading: accepted.packet.data).commands == [hex("00a40004023f00")])
        let answer = try #require(try download.receiver.answer(to: accepted, data: hex("016132")))
        #expect(answer.route == .report)
        #expect(
            try answer.parts(reference: 0) == [
                hex("027100002412b00011ebc6b497e2cad7aedf36ace0e3a29b38853f0fe9ccde81913be5702b73abce1f")
            ])
    }

    /// Gsm0348Test.java of opentelecoms/gsm0348: AES, one key for both purposes, no counter.
    @Test("commands that gsm0348 makes")
    func gsm0348() throws {
        let key = "11223344556677889910111213141516"
        let keys = Keys(1, key, key)
        func packet(_ data: [UInt8]) -> CommandPacket {
            CommandPacket(
                parameters: SecurityParameters(spi1: 0x06, spi2: 0x21), keyVersion: 1,
                target: ToolkitApplicationReference(0x010203), counter: .zero, data: data)
        }
        let small = packet(hex("aabb"))
        #expect(
            try text(small.seal(with: keys, over: .shortMessage)) == "00181506211212010203" + "4814ce84cbdebc1a0df20a5ee20e74c6")
        let large = packet([UInt8](0...255))
        let bytes = hex(
            """
            01181506211212010203A73BAEB588B7B3B6C0BB9C2FEFAE845A9FADB52FF04ED32607E1CFE6EAA8BDC990B8F0683FB6526FABCA13B1CCB0\
            E11C988F891A9B3B39C815D71F8AE0B279D680916FA0D861D788148B503B5FE332EA4D3FC152061DE47B3F96C28A2112EDE44D9EAE8DCFF7\
            B1CDB6F7EA2C73649E41ABFAA10B8B5A89FC8C0DD9E044EE923F92B81DB72A08025FCEB2387D7DA1DCB7BDFE9590687B91B8D227E3596D4F\
            1C49B878590C0A2A8EB054A8BF5ACA7B74405B996DBEEB16B2CC816D5788F43F128D46035108FAC047D9E621F23E466A705E4280E1061A9F\
            B59FE3E2AA3B1DC02F9844263CD8CFA89405A7160B0D98275AD4EE5A88A4FCBD06D36837CC3596B5E9B824C931A43DF4FAD1BD245520A0E2\
            CAE3
            """)
        #expect(try large.seal(with: keys, over: .shortMessage) == bytes)
        #expect(try CommandPacket.open(bytes, with: keys, over: .shortMessage) == large)
        let clear = CommandPacket(
            parameters: SecurityParameters(spi1: 0x00, spi2: 0x22), keyVersion: 0, target: ToolkitApplicationReference(0x010203),
            counter: .zero, data: hex("aabb"))
        #expect(try text(clear.seal(with: nil as Keys?, over: .shortMessage)) == "00100d00220000010203000000000000aabb")
    }

    @Test("responses that gsm0348 makes")
    func gsm0348Responses() throws {
        let key = "11223344556677889910111213141516"
        let command = CommandPacket(
            parameters: SecurityParameters(spi1: 0x02, spi2: 0x29), keyVersion: 1, target: ToolkitApplicationReference(1),
            counter: .zero, data: [])
        let bytes = hex("001C1200000100000000000000F5AB90FE3AABB6C3AB0780010123029000")
        let response = try ResponsePacket.open(bytes, answering: command, with: Keys(1, key, key), over: .shortMessage)
        #expect(response.status == .done)
        let script = try ScriptResponse(response.data, format: .expanded)
        #expect(script.outcomes == [ScriptResponse.Outcome(data: [], status: 0x9000)])
        #expect(try response.seal(asAskedBy: command.parameters, with: Keys(1, key, key), over: .shortMessage) == bytes)
    }

    /// Made with the Python package cryptography, from the text of the standard; its code first made the packets above.
    @Test("packets on a channel")
    func channel() throws {
        let command = CommandPacket.fixture(0x01_0203_0405, data: hex("aa0a220880f24002024f0000"))
        let bytes = try command.seal(with: Keys.second, over: .channel)
        #expect(text(bytes) == "01281516192222b000114e0e7c8be848f0f1031f734ac794ec221c511337d71852d27bbbd943d0bb840c")
        #expect(try CommandPacket.open(bytes, with: Keys.second, over: .channel) == command)
        let response = ResponsePacket(to: command, status: .done, data: hex("ab0780010123029000"))
        let answer = try response.seal(asAskedBy: command.parameters, with: Keys.second, over: .channel)
        #expect(text(answer) == "022412b0001142832d4ba7b423ad8826828aa3410b11b58852bf9f5975c54753b6101f7c7b5c")
        #expect(try ResponsePacket.open(answer, answering: command, with: Keys.second, over: .channel) == response)
    }

    @Test("a packet with a length of two bytes, and a checksum of four")
    func long() throws {
        let command = CommandPacket.fixture(
            7, parameters: SecurityParameters(spi1: 0x12, spi2: 0x09), data: [UInt8](0..<200))
        let bytes = try command.seal(with: Keys.short, over: .channel)
        #expect(text([UInt8](bytes.prefix(21))) == "0181da1112092222b0001100000000070041b92d60")
        #expect(try CommandPacket.open(bytes, with: Keys.short, over: .channel) == command)
        #expect(throws: SecuredPacketError.headerLength(says: 17, expected: 21)) {
            try CommandPacket.open(bytes, with: Keys.second, over: .channel)
        }
    }
}
