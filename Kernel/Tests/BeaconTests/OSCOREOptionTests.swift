import TestSupport
import Testing
import Wire

@testable import Beacon

@Suite("The OSCORE option, RFC 8613 section 6")
struct OSCOREOptionTests {
    @Test(
        "is read as it is written: the examples of 6.3",
        arguments: [
            (OSCOREOption(partialIV: 5, kid: EndpointIdentifier(0x25, count: 1)), "090525"),
            (OSCOREOption(partialIV: 0, kid: EndpointIdentifier(0, count: 0)), "0900"),
            (
                OSCOREOption(partialIV: 5, kidContext: [0x44, 0x61, 0x6C, 0x65, 0x6B], kid: EndpointIdentifier(0, count: 0)),
                "1905054461 6c656b"
            ),
            (OSCOREOption(), ""), (OSCOREOption(partialIV: 7), "0107"),
            (OSCOREOption(partialIV: 0xFF_FFFF_FFFF, kid: EndpointIdentifier(.max, count: 7)), "0dffffffffff" + "ffffffffffffff"),
        ] as [(OSCOREOption, String)])
    func examples(option: OSCOREOption, coded: String) throws {
        #expect(option.encoded == vector(coded))
        #expect(try OSCOREOption(vector(coded)[...]) == option)
    }

    @Test(
        "is refused when bits are reserved, fields are cut short, or a number has two forms",
        arguments: [
            "00", "20", "40", "80", "06", "0e000000000000", "0f00000000000000", "09", "0a01", "0a0001", "0d0000000001", "18",
            "1801", "190003aabb", "0100ff", "1000ff", "08" + "0102030405060708",
        ])
    func refused(coded: String) {
        #expect(throws: OSCOREError.option) { try OSCOREOption(vector(coded)[...]) }
    }

    @Test("random values are read or refused, and have one form only")
    func oneForm() {
        var seed = Seed.fresh()
        for _ in 0..<200_000 {
            let bytes = seed.bytes(seed.below(20))
            guard let option = try? OSCOREOption(bytes[...]) else { continue }
            if option.encoded != bytes { Issue.record("\(Hex.text(bytes)) became \(Hex.text(option.encoded))") }
        }
    }

    @Test("identifiers have up to seven bytes, and zeros count")
    func identifiers() {
        #expect(EndpointIdentifier([0, 0][...]) != EndpointIdentifier([0][...]))
        #expect(EndpointIdentifier([1, 2, 3][...])?.bytes == [1, 2, 3])
        #expect(EndpointIdentifier([UInt8](repeating: 0, count: 8)[...]) == nil)
        #expect(EndpointIdentifier(0x1234, count: 1).value == 0x34)
    }
}
