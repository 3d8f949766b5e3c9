import Cipher
import TestSupport
import Testing

@testable import SecuredPackets

@Suite("Short messages, 3GPP TS 23.040 and TS 31.115")
struct ShortMessageTests {
    @Test("reads an SMS-DELIVER")
    func delivered() throws {
        let message = try DeliveredMessage(deliver(hex("027000 0102")))
        #expect(message.originator == sender)
        #expect(message.protocolIdentifier == 0x7F && message.dataCodingScheme == 0xF6 && message.hasHeader)
        #expect(message.userData == hex("0270000102"))
        var other = deliver(hex("027000"))
        other[8] = 0xF5
        #expect(try !DeliveredMessage(other).isDataDownload)
        other[8] = 0x16
        #expect(try DeliveredMessage(other).isDataDownload)
    }

    @Test("refuses other types, long addresses and lengths that are not true")
    func refused() {
        #expect(throws: ShortMessageError.messageType(1)) { try DeliveredMessage([0x01]) }
        #expect(throws: ShortMessageError.addressLength(digits: 21)) {
            try DeliveredMessage([0x04, 21, 0x91] + [UInt8](repeating: 0x11, count: 40))
        }
        let tpdu = deliver(hex("0270000102"))
        for length in tpdu.indices {
            #expect(throws: ShortMessageError.self) { try DeliveredMessage([UInt8](tpdu.prefix(length))) }
        }
        #expect(throws: ShortMessageError.userDataLength(says: 5, has: 6)) { try DeliveredMessage(tpdu + [0]) }
        #expect(throws: ShortMessageError.userDataLength(says: 141, has: 141)) {
            try DeliveredMessage(deliver([UInt8](repeating: 0, count: 141)))
        }
    }

    @Test("reads user data headers")
    func headers() throws {
        let first = try UserDataHeader(hex("0700032a03017000 ff"))
        #expect(first.packet == .command && first.size == 8)
        #expect(first.concatenation == Concatenation(reference: 0x2A, isSixteenBit: false, total: 3, sequence: 1))
        let wide = try UserDataHeader(hex("060804123402027f"))
        #expect(wide.concatenation == Concatenation(reference: 0x1234, isSixteenBit: true, total: 2, sequence: 2))
        // No header; unknown elements; a concatenation that says nonsense counts as none.
        #expect(try UserDataHeader([0]).size == 1)
        #expect(try UserDataHeader(hex("049a020170")).packet == nil)
        #expect(try UserDataHeader(hex("0500032a0304")).concatenation == nil)
        #expect(try UserDataHeader(hex("0500032a0000")).concatenation == nil)
        #expect(try UserDataHeader(hex("0624020101710001")).packet == .response)
        for broken in ["", "05", "0170", "02700170", "03000370"] {
            #expect(throws: ShortMessageError.self) { try UserDataHeader(hex(broken)) }
        }
    }

    @Test(
        "splits a packet into messages that fill up, and puts them together in any order", arguments: [0, 137, 138, 266, 267, 900])
    func splitting(length: Int) throws {
        var seed = Seed.fresh()
        let packet = seed.bytes(length)
        let originator = try #require(sender)
        let parts = try ConcatenatedMessage.split(packet, as: .command, reference: 9)
        #expect(parts.allSatisfy { $0.count <= 140 })
        #expect(parts.dropLast().allSatisfy { $0.count == 140 })
        #expect(parts.count == (length <= 137 ? 1 : 1 + (length - 132 + 133) / 134))
        for _ in 0..<20 {
            var reassembly = Reassembly()
            var whole: [AssembledMessage] = []
            for part in parts.shuffled(using: &seed) {
                if let message = try reassembly.add(part, from: originator) { whole.append(message) }
            }
            #expect(whole == [AssembledMessage(packet: .command, data: packet)])
            #expect(reassembly.waiting == 0)
        }
    }

    @Test("the longest message has 255 parts")
    func longest() throws {
        let longest = 132 + 254 * 134
        #expect(try ConcatenatedMessage.split([UInt8](repeating: 0, count: longest), as: .command, reference: 0).count == 255)
        #expect(throws: ShortMessageError.tooLong(length: longest + 1, limit: longest)) {
            try ConcatenatedMessage.split([UInt8](repeating: 0, count: longest + 1), as: .command, reference: 0)
        }
    }

    @Test("two senders with one reference, and both widths of it, do not mix")
    func senders() throws {
        let one = try #require(sender)
        let two = try #require(stranger)
        var reassembly = Reassembly(messageLimit: 3)
        #expect(try reassembly.add(hex("0700032a02017000 01"), from: one) == nil)
        #expect(try reassembly.add(hex("0700032a02017000 03"), from: two) == nil)
        #expect(try reassembly.add(hex("080804002a02017000 05"), from: one) == nil)
        #expect(try reassembly.add(hex("0500032a0202 04"), from: two)?.data == [3, 4])
        #expect(try reassembly.add(hex("0500032a0202 02"), from: one)?.data == [1, 2])
        #expect(try reassembly.add(hex("060804002a0202 06"), from: one)?.data == [5, 6])
    }

    @Test("a part that comes twice changes nothing; one that contradicts starts a new message")
    func repeated() throws {
        let one = try #require(sender)
        var reassembly = Reassembly()
        #expect(try reassembly.add(hex("0700032a02017000 01"), from: one) == nil)
        #expect(try reassembly.add(hex("0700032a02017000 01"), from: one) == nil)
        #expect(try reassembly.add(hex("0700032a02017000 09"), from: one) == nil)
        #expect(reassembly.waiting == 1)
        #expect(try reassembly.add(hex("0500032a0202 02"), from: one)?.data == [9, 2])
    }

    @Test("what waits is bounded: by number, by parts, and by patience")
    func bounds() throws {
        let one = try #require(sender)
        var reassembly = Reassembly(messageLimit: 2, partLimit: 4, patience: 3)
        #expect(throws: ShortMessageError.parts(total: 5, limit: 4)) { try reassembly.add(hex("0500030105 01"), from: one) }
        for reference in 1...10 as ClosedRange<UInt8> {
            #expect(try reassembly.add([0x05, 0x00, 0x03, reference, 2, 1, 0xAA], from: one) == nil)
            #expect(reassembly.waiting <= 2)
        }
        // 9 and 10 are left; four messages later nothing is.
        for _ in 0..<4 { _ = try reassembly.add(hex("027000"), from: one) }
        #expect(reassembly.waiting == 0)
        #expect(try reassembly.add([0x05, 0x00, 0x03, 10, 2, 2, 0xBB], from: one) == nil)
    }

    @Test("a long command comes through whole, and is answered to its sender")
    func download() throws {
        var download = DataDownload(receiver: receiver())
        let command = CommandPacket.fixture(1, data: [UInt8](repeating: 3, count: 400))
        let packet = try command.seal(with: Keys.second, over: .shortMessage)
        let parts = try ConcatenatedMessage.split(packet, as: .command, reference: 1)
        for part in parts.dropLast() { #expect(download.deliver(deliver(part)) == .part) }
        let last = try #require(parts.last)
        let delivery = download.deliver(deliver(last))
        #expect(delivery.reception?.accepted?.packet == command)
        if case .packet(_, let originator) = delivery { #expect(originator == sender) }
        for part in parts.dropLast() { #expect(download.deliver(deliver(part)) == .part) }
        #expect(download.deliver(deliver(last)).reception?.refused?.status == .counterLow)
    }

    @Test("other messages are left alone")
    func others() throws {
        var download = DataDownload(receiver: receiver())
        #expect(download.deliver(deliver(hex("68616c6c6f"), header: false)) == .other)
        #expect(download.deliver(deliver(hex("02710001"))) == .other)
        #expect(download.deliver(deliver(hex("00"))) == .other)
        #expect(download.deliver([]) != .other)
        if case .packet(let reception, _) = download.deliver(deliver(hex("027000"))) {
            #expect(reception.unreadable != nil)
        } else {
            Issue.record("an empty packet is a packet")
        }
    }

    @Test("writes an SMS-SUBMIT")
    func submitted() throws {
        let message = SubmittedMessage(destination: try #require(sender), userData: hex("02710001"))
        #expect(text(message.tpdu) == "4100" + "088121436587" + "00f6" + "04" + "02710001")
    }
}
