import TestSupport
import Testing

@testable import Wire

@Suite("ICCID, IMSI, PLMN and their BCD")
struct NumberingTests {
    @Test("an ICCID is stored with its digits swapped, filled up with F")
    func iccid() throws {
        let nineteen = try ICCID("8988211000000000017")
        #expect(nineteen.coded == [0x98, 0x88, 0x12, 0x01, 0x00, 0x00, 0x00, 0x00, 0x10, 0xF7])
        #expect(try ICCID(coded: nineteen.coded[...]) == nineteen)
        let twenty = try ICCID("89000123456789012341")
        #expect(twenty.coded == [0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14])
        #expect(twenty.description == "89000123456789012341")
        #expect(twenty < nineteen)
    }

    @Test(
        "the check digit is Luhn's, for 19 and 20 digits",
        arguments: [
            ("8988211000000000017", false), ("8944500102198304826", true), ("8944500102198304827", false),
            ("89014103211118510720", true),
            ("894450010219830482", false),
        ])
    func checkDigit(text: String, valid: Bool) throws {
        #expect(try ICCID(text).hasValidCheckDigit == valid)
    }

    @Test("every single wrong digit is found by the check digit")
    func luhn() throws {
        let good = Array("8944500102198304826")
        for place in good.indices {
            for digit in "0123456789" where digit != good[place] {
                var wrong = good
                wrong[place] = digit
                #expect(try !ICCID(String(wrong)).hasValidCheckDigit)
            }
        }
    }

    @Test("an ICCID says what is wrong with it")
    func iccidRefused() {
        #expect(throws: NumberingError.length(digits: 17, allowed: 18...20)) { try ICCID("89882110000000001") }
        #expect(throws: NumberingError.length(digits: 21, allowed: 0...20)) { try ICCID("898821100000000000111") }
        #expect(throws: NumberingError.digit(byte: 0x58, offset: 4)) { try ICCID("8988X11000000000017") }
        #expect(throws: NumberingError.digit(byte: 0xD9, offset: 0)) { try ICCID("٨988") }
        #expect(throws: NumberingError.size(bytes: 9, expected: 10)) { try ICCID(coded: [UInt8](repeating: 0x11, count: 9)[...]) }
        #expect(throws: NumberingError.digit(byte: 0xA, offset: 2)) {
            try ICCID(coded: [0x98, 0x8A, 0x12, 0x01, 0x00, 0x00, 0x00, 0x00, 0x10, 0xF7])
        }
        #expect(throws: NumberingError.digit(byte: 0x1, offset: 19)) {
            try ICCID(coded: [0x98, 0x88, 0x12, 0x01, 0x00, 0x00, 0x00, 0x00, 0x10, 0x1F])
        }
    }

    @Test(
        "an IMSI is stored with its length and parity",
        arguments: [
            ("001010123456063", [0x08, 0x09, 0x10, 0x10, 0x10, 0x32, 0x54, 0x06, 0x36]),
            ("23415012345678", [0x08, 0x21, 0x43, 0x51, 0x10, 0x32, 0x54, 0x76, 0xF8]),
            ("234150", [0x04, 0x21, 0x43, 0x51, 0xF0, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("2341501", [0x04, 0x29, 0x43, 0x51, 0x10, 0xFF, 0xFF, 0xFF, 0xFF]),
        ] as [(String, [UInt8])])
    func imsi(text: String, coded: [UInt8]) throws {
        let imsi = try IMSI(text)
        #expect(imsi.coded == coded)
        #expect(try IMSI(coded: coded[...]) == imsi)
        #expect(imsi.description == text)
    }

    @Test("an IMSI says what is wrong with it")
    func imsiRefused() {
        #expect(throws: NumberingError.length(digits: 5, allowed: 6...15)) { try IMSI("23415") }
        #expect(throws: NumberingError.length(digits: 16, allowed: 6...15)) { try IMSI("2341501234567890") }
        #expect(throws: NumberingError.digit(byte: 0x2D, offset: 3)) { try IMSI("234-15") }
        #expect(throws: NumberingError.header(byte: 0x09)) {
            try IMSI(coded: [0x09, 0x29, 0x43, 0x51, 0x10, 0xFF, 0xFF, 0xFF, 0xFF])
        }
        #expect(throws: NumberingError.header(byte: 0x21)) {
            try IMSI(coded: [0x04, 0x21, 0x43, 0x51, 0x10, 0xFF, 0xFF, 0xFF, 0xFF])
        }
        #expect(throws: NumberingError.header(byte: 0x2A)) {
            try IMSI(coded: [0x04, 0x2A, 0x43, 0x51, 0x10, 0xFF, 0xFF, 0xFF, 0xFF])
        }
        #expect(throws: NumberingError.digit(byte: 0xB, offset: 3)) {
            try IMSI(coded: [0x04, 0x29, 0xB3, 0x51, 0x10, 0xFF, 0xFF, 0xFF, 0xFF])
        }
        #expect(throws: NumberingError.size(bytes: 0, expected: 9)) { try IMSI(coded: []) }
    }

    @Test("an IMSI's home network is its first five or six digits")
    func home() throws {
        #expect(try IMSI("234150123456789").plmn(mncDigits: 2)?.description == "234-15")
        #expect(try IMSI("310410123456789").plmn(mncDigits: 3)?.description == "310-410")
        #expect(try IMSI("310410123456789").plmn(mncDigits: 4) == nil)
    }

    @Test(
        "a PLMN takes three bytes",
        arguments: [
            ("234-15", 0x32F451), ("001-01", 0x00F110), ("310-410", 0x130014), ("001-001", 0x001100), ("999-999", 0x999999),
        ] as [(String, UInt32)])
    func plmn(text: String, coded: UInt32) throws {
        let plmn = try PLMN(text)
        #expect(plmn.coded == coded)
        #expect(plmn.description == text)
        #expect(try PLMN(coded: coded) == plmn)
        #expect(try PLMN(bytes: plmn.bytes[...]) == plmn)
        #expect(try PLMN(text.filter { $0 != "-" }) == plmn)
    }

    @Test("network codes 01 and 001 are different networks")
    func leadingZero() throws {
        #expect(try PLMN("001-01") != PLMN("001-001"))
        #expect(PLMN(mcc: 1, mnc: 1, mncDigits: 2) == (try PLMN("001-01")))
        #expect(PLMN(mcc: 1, mnc: 100, mncDigits: 2) == nil)
        #expect(PLMN(mcc: 1000, mnc: 1, mncDigits: 2) == nil)
    }

    @Test("a PLMN says what is wrong with it")
    func plmnRefused() {
        #expect(throws: NumberingError.length(digits: 4, allowed: 5...6)) { try PLMN("2341") }
        #expect(throws: NumberingError.length(digits: 7, allowed: 5...6)) { try PLMN("2341567") }
        #expect(throws: NumberingError.digit(byte: 0x2D, offset: 4)) { try PLMN("2341-5") }
        #expect(throws: NumberingError.digit(byte: 0xF, offset: 0)) { try PLMN(coded: 0xFFFFFF) }
        #expect(throws: NumberingError.digit(byte: 0xA, offset: 3)) { try PLMN(coded: 0x32F45A) }
        #expect(throws: NumberingError.size(bytes: 4, expected: 3)) { try PLMN(coded: 0x0100_0000) }
        #expect(throws: NumberingError.size(bytes: 2, expected: 3)) { try PLMN(bytes: [0x32, 0xF4]) }
    }

    @Test("every PLMN is read as it is written")
    func everyPLMN() throws {
        for mcc in 0...999 as ClosedRange<UInt16> {
            for (digits, last) in [(2, 99), (3, 999)] as [(Int, UInt16)] {
                for mnc in 0...last {
                    let plmn = PLMN(mcc: mcc, mnc: mnc, mncDigits: digits)
                    if let plmn, try PLMN(coded: plmn.coded) == plmn { continue }
                    Issue.record("\(mcc) \(mnc) of \(digits) digits")
                }
            }
        }
    }

    @Test("any three bytes of a PLMN are refused, or written as they were read")
    func anyPLMN() {
        var seed = Seed.fresh()
        for _ in 0..<200_000 {
            let coded = UInt32(truncatingIfNeeded: seed.next() & 0xFF_FFFF)
            guard let plmn = try? PLMN(coded: coded) else { continue }
            #expect(plmn.coded == coded)
        }
    }

    @Test("digits are ordered as their text, and make a number when it fits")
    func digits() throws {
        var seed = Seed.fresh()
        for _ in 0..<2_000 {
            let left = String((0..<seed.below(21)).map { _ in Character("\(seed.below(10))") })
            let right = String((0..<seed.below(21)).map { _ in Character("\(seed.below(10))") })
            #expect(try (Digits(left) < Digits(right)) == (left < right))
            #expect(try Digits(left).description == left)
            #expect(try Digits(left).number == (left.isEmpty ? 0 : UInt64(left)))
        }
        #expect(try Digits("18446744073709551615").number == .max)
        #expect(try Digits("18446744073709551616").number == nil)
    }
}
