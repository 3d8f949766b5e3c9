import TestSupport
import Testing

@testable import Wire

@Suite("CBOR, RFC 8949")
struct CBORTests {
    @Test(
        "integers are those of appendix A",
        arguments: [
            (0, "00"), (1, "01"), (10, "0a"), (23, "17"), (24, "1818"), (25, "1819"), (100, "1864"), (1_000, "1903e8"),
            (1_000_000, "1a000f4240"), (1_000_000_000_000, "1b000000e8d4a51000"), (-1, "20"), (-10, "29"), (-100, "3863"),
            (-1_000, "3903e7"),
        ] as [(Int64, String)])
    func integers(value: Int64, coded: String) throws {
        var writer = CBORWriter()
        writer.int(value)
        #expect(Hex.text(writer.bytes) == coded)
        var reader = try CBORReader(Hex.bytes(coded))
        #expect(try reader.int() == value)
        try reader.finish()
    }

    @Test("the largest integers of appendix A need no sign, or have only one")
    func largest() throws {
        var writer = CBORWriter()
        writer.uint(.max)
        writer.nint(.max)
        #expect(Hex.text(writer.bytes) == "1bffffffffffffffff3bffffffffffffffff")
        var reader = CBORReader(writer.bytes)
        #expect(try reader.kind() == .uint)
        #expect(try reader.uint() == .max)
        #expect(try reader.kind() == .nint)
        #expect(try reader.nint() == .max)
        var signed = CBORReader(writer.bytes)
        #expect(throws: CBORError.tooLarge(value: .max, limit: UInt64(Int64.max), offset: 0)) { try signed.int() }
    }

    @Test("strings are those of appendix A")
    func strings() throws {
        for (value, coded) in [([], "40"), ([1, 2, 3, 4], "4401020304")] as [([UInt8], String)] {
            var writer = CBORWriter()
            writer.bytes(value)
            #expect(Hex.text(writer.bytes) == coded)
            var reader = try CBORReader(Hex.bytes(coded))
            #expect(try reader.bytes() == value[...])
        }
        let texts = [
            ("", "60"), ("a", "6161"), ("IETF", "6449455446"), ("\"\\", "62225c"), ("\u{00fc}", "62c3bc"), ("\u{6c34}", "63e6b0b4"),
            ("\u{10151}", "64f0908591"),
        ]
        for (value, coded) in texts {
            var writer = CBORWriter()
            writer.text(value)
            #expect(Hex.text(writer.bytes) == coded)
            var reader = try CBORReader(Hex.bytes(coded))
            #expect(try reader.text() == [UInt8](value.utf8)[...])
        }
    }

    @Test("false, true and null are those of appendix A")
    func simple() throws {
        var writer = CBORWriter()
        writer.bool(false)
        writer.bool(true)
        writer.null()
        #expect(Hex.text(writer.bytes) == "f4f5f6")
        var reader = CBORReader(writer.bytes)
        #expect(try reader.bool() == false)
        #expect(try reader.bool() == true)
        try reader.null()
        #expect(reader.isAtEnd)
        #expect(try reader.kind() == nil)
    }

    @Test("arrays and maps are those of appendix A")
    func containers() throws {
        var writer = CBORWriter()
        writer.array(25)
        for value in 1...25 { writer.uint(UInt64(value)) }
        #expect(Hex.text(writer.bytes) == "98190102030405060708090a0b0c0d0e0f101112131415161718181819")

        var nested = try CBORReader(Hex.bytes("8301820203820405"))
        #expect(try nested.array() == 3)
        #expect(try nested.uint() == 1)
        #expect(try nested.array() == 2)
        #expect(try [nested.uint(), nested.uint()] == [2, 3])
        #expect(try nested.array() == 2)
        #expect(try [nested.uint(), nested.uint()] == [4, 5])
        try nested.finish()

        var map = try CBORReader(Hex.bytes("a201020304"))
        #expect(try map.map() == 2)
        #expect(try map.key(after: nil) == 1)
        #expect(try map.uint() == 2)
        #expect(try map.key(after: 1) == 3)
        #expect(try map.uint() == 4)
        try map.finish()
    }

    @Test(
        "whole items of appendix A are accepted",
        arguments: [
            "00", "1bffffffffffffffff", "3bffffffffffffffff", "f4", "f5", "f6", "40", "4401020304", "60", "64f0908591", "80",
            "83010203",
            "8301820203820405", "98190102030405060708090a0b0c0d0e0f101112131415161718181819", "a0", "a201020304",
            "a26161016162820203",
            "826161a161626163", "a56161614161626142616361436164614461656145",
        ])
    func accepted(coded: String) throws {
        var reader = try CBORReader(Hex.bytes(coded))
        try reader.skip()
        try reader.finish()
    }

    @Test(
        "what the subset leaves out of appendix A is refused",
        arguments: [
            "f90000", "f93c00", "fb3ff199999999999a", "fa47c35000", "f97e00", "f7", "f0", "f8ff",
            "c074323031332d30332d32315432303a30343a30305a",
            "c249010000000000000000", "d74401020304", "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff",
            "9f018202039f0405ffff",
            "83018202039f0405ff", "bf61610161629f0203ffff",
        ])
    func leftOut(coded: String) throws {
        var reader = try CBORReader(Hex.bytes(coded))
        #expect(performing: { try reader.skip() }, throws: { if case CBORError.unsupported = $0 { true } else { false } })
    }

    @Test(
        "what appendix F calls not well-formed is refused",
        arguments: [
            // End of input in a head.
            "18", "19", "1a", "1b", "1901", "1a0102", "1b01020304050607", "38", "58", "78", "98", "9a01ff00", "b8", "d8", "f8",
            "f900", "fa0000", "fb000000",
            // Definite-length strings with short data.
            "41", "61", "5affffffff00", "5bffffffffffffffff010203", "7affffffff00", "7b7fffffffffffffff010203",
            // Definite-length maps and arrays not closed with enough items.
            "81", "818181818181818181", "8200", "a1", "a20102", "a100", "a2000000",
            // Reserved additional information values, and two-byte simple values below 32.
            "1c", "1d", "1e", "3c", "3d", "3e", "5c", "5d", "5e", "7c", "7d", "7e", "9c", "9d", "9e", "bc", "bd", "be", "dc", "dd",
            "de", "fc", "fd", "fe",
            "f800", "f801", "f818", "f81f",
            // Break outside of an indefinite-length item, and indefinite length where there is none.
            "ff", "81ff", "8200ff", "a1ff", "a1ff00", "a100ff", "a20000ff", "1f", "3f", "df",
            // Tag without an item.
            "c0",
        ])
    func notWellFormed(coded: String) throws {
        var reader = try CBORReader(Hex.bytes(coded))
        #expect(throws: CBORError.self) { try reader.skip() }
    }

    @Test(
        "a number must be in its shortest form, everywhere",
        arguments: [
            "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "5801aa", "780161", "980100", "b8010000",
        ])
    func shortest(coded: String) throws {
        var reader = try CBORReader(Hex.bytes(coded))
        #expect(throws: CBORError.notShortest(offset: 0)) { try reader.skip() }
    }

    @Test("a map's keys must ascend", arguments: ["a203000100", "a201000100", "a2616200616100", "a2200000 00", "a2616100616100"])
    func keys(coded: String) throws {
        var reader = try CBORReader(Hex.bytes(coded))
        #expect(performing: { try reader.skip() }, throws: { if case CBORError.keyOrder = $0 { true } else { false } })
        var pull = try CBORReader(Hex.bytes("a203000100"))
        _ = try pull.map()
        let first = try pull.key(after: nil)
        try pull.skip()
        #expect(throws: CBORError.keyOrder(offset: 3)) { try pull.key(after: first) }
    }

    @Test(
        "a text must be UTF-8",
        arguments: ["61ff", "6180", "62c080", "62c328", "63eda080", "63e28228", "64f0288cbc", "64f4908080", "64f0808080", "61c3"])
    func utf8(coded: String) throws {
        var reader = try CBORReader(Hex.bytes(coded))
        #expect(throws: CBORError.notUTF8(offset: 0)) { try reader.text() }
    }

    @Test("arrays may lie eight deep, and no deeper")
    func depth() throws {
        var deep = CBORReader([UInt8](repeating: 0x81, count: 8) + [0])
        try deep.skip()
        var deeper = CBORReader([UInt8](repeating: 0x81, count: 9) + [0])
        #expect(throws: CBORError.tooDeep(limit: 8, offset: 8)) { try deeper.skip() }
        var abyss = CBORReader([UInt8](repeating: 0xA1, count: 100_000))
        #expect(throws: CBORError.self) { try abyss.skip() }
    }

    @Test("a count that the bytes cannot hold is refused before anything is read")
    func counts() throws {
        for coded in [
            "9affffffff", "9bffffffffffffffff", "baffffffff", "bb8000000000000000", "5bffffffffffffffff", "8200", "a2000000",
        ] {
            var reader = try CBORReader(Hex.bytes(coded))
            #expect(
                performing: { try reader.skip() },
                throws: {
                    switch $0 as? CBORError {
                    case .truncated, .tooLarge: true
                    default: false
                    }
                })
        }
    }

    @Test("says what was expected, what came, and where")
    func errors() throws {
        var reader = try CBORReader(Hex.bytes("01436162631a00010000"))
        #expect(throws: CBORError.kind(expected: .text, came: .uint, offset: 0)) { try reader.text() }
        #expect(try reader.uint() == 1)
        #expect(throws: CBORError.tooLarge(value: 3, limit: 2, offset: 1)) { try reader.bytes(max: 2) }
        var limited = try CBORReader(Hex.bytes("1a00010000"))
        #expect(throws: CBORError.tooLarge(value: 65_536, limit: 65_535, offset: 0)) { try limited.uint(max: 65_535) }
        var trailing = try CBORReader(Hex.bytes("0001"))
        try trailing.skip()
        #expect(throws: CBORError.trailing(bytes: 1, offset: 1)) { try trailing.finish() }
        var empty = CBORReader([UInt8]())
        #expect(throws: CBORError.truncated(Truncation(needed: 1, left: 0, offset: 0))) { try empty.uint() }
    }

    @Test("a million random, truncated and mutated items are read or refused, and what is accepted is deterministic")
    func hostile() {
        var seed = Seed.fresh()
        for round in 0..<1_000_000 {
            var bytes: [UInt8]
            switch round % 3 {
            case 0: bytes = seed.bytes(seed.below(32))
            case 1:
                bytes = item(&seed, depth: 0).bytes
                bytes.removeLast(seed.below(bytes.count + 1))
            default:
                bytes = item(&seed, depth: 0).bytes
                for _ in 0...seed.below(3) { bytes[seed.below(bytes.count)] ^= 1 << UInt8(seed.below(8)) }
            }
            var reader = CBORReader(bytes)
            guard (try? reader.skip()) != nil, (try? reader.finish()) != nil else { continue }
            // Accepted: writing what was read must give the same bytes, for there is only one encoding.
            var again = CBORReader(bytes)
            var writer = CBORWriter()
            copy(&again, to: &writer)
            if writer.bytes != bytes { Issue.record("not deterministic: \(Hex.text(bytes)) became \(Hex.text(writer.bytes))") }
        }
    }

    private func item(_ seed: inout Seed, depth: Int) -> CBORWriter {
        var writer = CBORWriter()
        write(&writer, &seed, depth: depth)
        return writer
    }

    private func write(_ writer: inout CBORWriter, _ seed: inout Seed, depth: Int) {
        let value = seed.next() >> UInt64(seed.below(64))
        switch seed.below(depth < 4 ? 8 : 6) {
        case 0: writer.uint(value)
        case 1: writer.nint(value)
        case 2: writer.bytes(seed.bytes(seed.below(30)))
        case 3: writer.text(String((0..<seed.below(6)).map { _ in Character(["a", "ü", "水", "𐅑"][seed.below(4)]) }))
        case 4: writer.bool(value & 1 == 0)
        case 5: writer.null()
        case 6:
            let count = seed.below(5)
            writer.array(count)
            for _ in 0..<count { write(&writer, &seed, depth: depth + 1) }
        default:
            let count = seed.below(5)
            writer.map(count)
            for key in 0..<count {
                writer.uint(UInt64(key * 7))
                write(&writer, &seed, depth: depth + 1)
            }
        }
    }

    private func copy(_ reader: inout CBORReader, to writer: inout CBORWriter) {
        do {
            switch try reader.kind() {
            case .uint: writer.uint(try reader.uint())
            case .nint: writer.nint(try reader.nint())
            case .bytes: writer.bytes(Array(try reader.bytes()))
            case .text: writer.text(utf8: Array(try reader.text()))
            case .bool: writer.bool(try reader.bool())
            case .null:
                try reader.null()
                writer.null()
            case .array:
                let count = try reader.array()
                writer.array(count)
                for _ in 0..<count { copy(&reader, to: &writer) }
            case .map:
                let count = try reader.map()
                writer.map(count)
                for _ in 0..<2 * count { copy(&reader, to: &writer) }
            case nil: Issue.record("an accepted item ended early")
            }
        } catch {
            Issue.record("an accepted item was refused: \(error)")
        }
    }
}
