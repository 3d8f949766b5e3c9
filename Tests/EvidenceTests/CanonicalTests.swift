import Foundation
import Testing

@testable import Evidence

@Suite("Canonical JSON")
struct CanonicalTests {
    private static let sample: CanonicalValue = [
        "b": [1, -2, 0, 9_007_199_254_740_991, true, false], "a": ["z": "", "y": .null],
        "text": "\u{8}\t\n\u{c}\r\"\\/\u{1f}\u{7f}äß网😀",
        "empty": [:], "none": [],
    ]

    @Test("keys in order, no space, the escapes of RFC 8785")
    func writing() throws {
        #expect(
            String(decoding: try Self.sample.encoded(), as: UTF8.self)
                == #"{"a":{"y":null,"z":""},"b":[1,-2,0,9007199254740991,true,false],"empty":{},"none":[],"text":"\b\t\n\f\r\"\\/\u001f"#
                + "\u{7f}äß网😀\"}")
    }

    @Test("what was written is read back, and what JSONEncoder writes becomes the same value")
    func reading() throws {
        #expect(try CanonicalReader.value(try Self.sample.encoded()) == Self.sample)
        #expect(try JSONDecoder().decode(CanonicalValue.self, from: JSONEncoder().encode(Self.sample)) == Self.sample)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", " ", "1.5", "1e3", "01", "-0", "-", "+1", "9007199254740992", "99999999999999999999", "nul", "tru", "\"", "\"\\/\"",
            "\"\\u0041\"", "\"\\u000a\"", "\"\\u001F\"", "\"\\x\"", "\"\n\"", "[1,]", "[1, 2]", "[", "[1", "{", "{}x", "{\"a\":1,}",
            "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"\":1}", "{\"ä\":1}", "{a:1}", "{\"a\" :1}", "[1]\n", "\u{feff}1",
        ])
    func refused(text: String) {
        #expect(throws: CanonicalError.self) { try CanonicalReader.value(Array(text.utf8)) }
    }

    @Test("bytes that are not UTF-8 are refused (Unicode, table 3-7)")
    func malformedText() {
        let bad: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xE1, 0x80],
            [0xF0, 0x8F, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC2, 0x41],
        ]
        for bytes in bad { #expect(throws: CanonicalError.self) { try CanonicalReader.value([0x22] + bytes + [0x22]) } }
    }

    @Test("depth is bounded, for writing and for reading")
    func depth() throws {
        var value: CanonicalValue = .array([])
        for _ in 1..<CanonicalValue.deepest { value = .array([value]) }
        let text = try value.encoded()
        #expect(try CanonicalReader.value(text) == value)
        #expect(throws: CanonicalError.tooDeep(limit: 16)) { try CanonicalValue.array([value]).encoded() }
        #expect(throws: CanonicalError.tooDeep(limit: 16)) { try CanonicalReader.value([0x5B] + text + [0x5D]) }
        #expect(throws: CanonicalError.self) { try CanonicalReader.value([UInt8](repeating: 0x5B, count: 1_000_000)) }
    }

    @Test("what is accepted after random changes is written back as the same bytes")
    func onlyOneSpelling() throws {
        let seed: UInt64 = 8_785
        var random = Seeded(state: seed)
        let text = try Self.sample.encoded()
        var accepted = 0
        for _ in 0..<50_000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let value = try? CanonicalReader.value(changed) else { continue }
            accepted += 1
            #expect(try value.encoded() == changed, "seed \(seed)")
        }
        #expect(accepted > 0)
    }

    @Test("times are written in one way, and days that are not there are refused")
    func times() throws {
        #expect(try LedgerTime(milliseconds: noon).description == "2026-11-23T03:44:07.000Z")
        #expect(try LedgerTime(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(try LedgerTime(milliseconds: LedgerTime.range.lowerBound).description == "0000-01-01T00:00:00.000Z")
        #expect(try LedgerTime(milliseconds: LedgerTime.range.upperBound).description == "9999-12-31T23:59:59.999Z")
        #expect(throws: LedgerError.time(milliseconds: .max)) { try LedgerTime(milliseconds: .max) }
        var random = Seeded(state: 4)
        for _ in 0..<20_000 {
            let time = try LedgerTime(milliseconds: Int64.random(in: LedgerTime.range, using: &random))
            #expect(LedgerTime(time.description) == time)
        }
        for text in [
            "2026-02-29T00:00:00.000Z", "2026-00-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z",
            "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z", "2026-01-01T00:00:00Z",
            "2026-01-01t00:00:00.000Z", "2026-01-01T00:00:00.000+", "",
        ] { #expect(LedgerTime(text) == nil) }
        #expect(LedgerTime("2024-02-29T00:00:00.000Z") != nil)
    }
}
