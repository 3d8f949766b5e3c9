import TestSupport
import Testing
import Wire

@testable import Beacon

@Suite("CoAP, RFC 7252")
struct CoAPTests {
    @Test("a request is read as it is written: GET coap://.../temperature, figure 16")
    func request() throws {
        let datagram = vector("40 01 7d34 bb") + Array("temperature".utf8)
        let message = CoAPMessage(
            .confirmable, .get, id: 0x7D34, options: [CoAPOption(CoAPOption.uriPath, Array("temperature".utf8))])
        #expect(message.encoded == datagram)
        #expect(try CoAPMessage(datagram) == message)
    }

    @Test("an answer in an acknowledgement is read as it is written: 2.05 \"22.3 C\", figures 16 and 17")
    func answers() throws {
        let plain = CoAPMessage(.acknowledgement, .content, id: 0x7D34, payload: Array("22.3 C".utf8)[...])
        #expect(plain.encoded == vector("60 45 7d34 ff") + Array("22.3 C".utf8))
        let token = CoAPMessage(
            .acknowledgement, .content, id: 0x7D35, token: CoAPToken(0x20, count: 1), payload: Array("22.3 C".utf8)[...])
        #expect(token.encoded == vector("61 45 7d35 20 ff") + Array("22.3 C".utf8))
        #expect(try CoAPMessage(plain.encoded) == plain)
        #expect(try CoAPMessage(token.encoded) == token)
    }

    @Test("an empty message is four bytes", arguments: [CoAPMessage.Kind.confirmable, .acknowledgement, .reset])
    func empty(kind: CoAPMessage.Kind) throws {
        let message = CoAPMessage(kind, .empty, id: 0x0102)
        #expect(message.encoded == [0x40 | kind.rawValue << 4, 0, 1, 2])
        #expect(try CoAPMessage(message.encoded) == message)
    }

    @Test("options travel in the order of their numbers, and repeated ones in the order in which they were given")
    func order() throws {
        let message = CoAPMessage(
            .confirmable, .get, id: 1,
            options: [
                CoAPOption(CoAPOption.accept, uint: 60), CoAPOption(CoAPOption.uriPath, [0x61]),
                CoAPOption(CoAPOption.uriHost, [0x68]),
                CoAPOption(CoAPOption.uriPath, [0x62]),
            ])
        #expect(message.options.map(\.number) == [3, 11, 11, 17])
        #expect(message.encoded == vector("40010001 3168 8161 0162 613c"))
        #expect(try CoAPMessage(message.encoded) == message)
        #expect(message.option(CoAPOption.uriPath)?.value == [0x61])
        #expect(message.option(CoAPOption.maxAge) == nil)
    }

    @Test("deltas and lengths from 13 on take one more byte, from 269 on two", arguments: [0, 12, 13, 268, 269, 700])
    func extended(number: Int) throws {
        let value = [UInt8](repeating: 0x5A, count: number)
        let message = CoAPMessage(.nonConfirmable, .post, id: 9, options: [CoAPOption(UInt16(number), value), CoAPOption(65_535)])
        #expect(try CoAPMessage(message.encoded) == message)
    }

    @Test(
        "an option's number is written without leading zeros",
        arguments: [(0, []), (60, [60]), (256, [1, 0]), (.max, [255, 255, 255, 255])] as [(UInt32, [UInt8])])
    func numbers(value: UInt32, coded: [UInt8]) {
        #expect(CoAPOption(14, uint: value).value == coded[...])
        #expect(CoAPOption(14, coded).uint == UInt64(value))
        #expect(CoAPOption(14, [UInt8](repeating: 1, count: 9)).uint == nil)
    }

    @Test("tokens have up to eight bytes, and zeros count")
    func tokens() throws {
        for count in 0...8 {
            let message = CoAPMessage(.nonConfirmable, .get, id: 3, token: CoAPToken(.max, count: count))
            #expect(message.encoded.count == 4 + count)
            #expect(try CoAPMessage(message.encoded) == message)
        }
        #expect(CoAPToken(0, count: 1) != CoAPToken(0, count: 2))
        #expect(CoAPToken(1, count: 99).count == 8)
    }

    @Test("codes are a class and a detail")
    func codes() {
        #expect(CoAPCode.unsupportedContentFormat.description == "4.15")
        #expect(CoAPCode.unauthorized.rawValue == 0x81)
        #expect(CoAPCode.post.isRequest && !CoAPCode.post.isResponse && CoAPCode.changed.isResponse && !CoAPCode.empty.isRequest)
    }

    @Test(
        "message format errors say what is wrong, and where",
        arguments: [
            ("", .truncated(Truncation(needed: 1, left: 0, offset: 0))),
            ("40", .truncated(Truncation(needed: 1, left: 0, offset: 1))),
            ("400100", .truncated(Truncation(needed: 2, left: 1, offset: 2))),
            ("00010000", .version(0)), ("80010000", .version(2)), ("c0", .version(3)),
            ("49010000" + "000000000000000000", .tokenLength(9)), ("4f010000", .tokenLength(15)),
            ("44010000aabbcc", .truncated(Truncation(needed: 4, left: 3, offset: 4))),
            ("40200000", .code(0x20)), ("40c00000", .code(0xC0)), ("40ff0000", .code(0xFF)), ("40610000", .code(0x61)),
            ("4000000000", .emptyMessageHasContent(bytes: 1)), ("4100000000", .emptyMessageHasContent(bytes: 1)),
            ("40010000f0", .optionHeader(byte: 0xF0, offset: 4)), ("400100000f", .optionHeader(byte: 0x0F, offset: 4)),
            ("40010000d0", .truncated(Truncation(needed: 1, left: 0, offset: 5))),
            ("40010000e000", .truncated(Truncation(needed: 2, left: 1, offset: 5))),
            ("4001000003aabb", .truncated(Truncation(needed: 3, left: 2, offset: 5))),
            ("40010000e0ffff", .optionNumber(offset: 4)),
            ("40010000ff", .emptyPayload(offset: 4)), ("4001000010ff", .emptyPayload(offset: 5)),
            ("40010000" + "1010101010101010" + "101010101010101010", .tooManyOptions(limit: 16, offset: 20)),
        ] as [(String, CoAPError)])
    func malformed(datagram: String, error: CoAPError) {
        #expect(throws: error) { try CoAPMessage(vector(datagram)) }
    }

    @Test("a message of 1,152 bytes is read, one byte more is not")
    func size() throws {
        let longest = vector("40010000ff") + [UInt8](repeating: 0, count: 1_147)
        #expect(try CoAPMessage(longest).payload.count == 1_147)
        #expect(throws: CoAPError.tooLong(bytes: 1_153, limit: 1_152)) { try CoAPMessage(longest + [0]) }
    }

    @Test("what is read and written again reads the same")
    func roundTrip() throws {
        var seed = Seed.fresh()
        for _ in 0..<20_000 {
            let bytes = seed.bytes(4 + seed.below(40))
            guard let message = try? CoAPMessage([0x40 | bytes[0] & 0x3F] + bytes.dropFirst()) else { continue }
            #expect(try CoAPMessage(message.encoded) == message)
        }
    }
}
