import Testing
import Wire

@testable import Beacon

@Suite("Heartbeat and Answer")
struct PayloadTests {
    /// Every value of every field at its least and at its most, and absent where it may be.
    static func extremes() -> [Heartbeat] {
        var all: [Heartbeat] = []
        for bits in 0..<(1 << 13) {
            func most(_ bit: Int) -> Bool { bits >> bit & 1 == 1 }
            all.append(
                Heartbeat(
                    card: known(CardNumber(most(0) ? CardNumber.limit : 0)), profile: most(1) ? .backup : .primary,
                    lastMove: most(2) ? 255 : 0,
                    moves: most(3) ? .max : 0, boots: most(4) ? .max : 0, missed: most(5) ? .max : 0, policy: most(6) ? .max : 0,
                    sinceMove: most(7) ? .max : nil, network: most(8) ? PLMN(mcc: 999, mnc: 999, mncDigits: 3) : nil,
                    technology: most(9) ? 255 : nil, responder: most(10) ? 255 : 0, rehearsed: most(11) ? 255 : 0,
                    outcome: most(12) ? PolicyOutcome(version: .max, .rolledBack) : nil))
        }
        return all
    }

    @Test("a heartbeat is a CBOR map with ascending keys")
    func heartbeat() throws {
        let coded = "ab 01 1b000000010000002a 02 01 03 04 04 03 05 07 06 0c 07 01 08 1a00015180 09 4332f451 0a 08 0b 00"
        #expect(Fixture.heartbeat.encoded == vector(coded))
        #expect(try Heartbeat(vector(coded)[...]) == Fixture.heartbeat)
    }

    @Test("every heartbeat is read as it is written, and none is longer than 68 bytes")
    func extremes() throws {
        var longest = 0
        for heartbeat in Self.extremes() {
            let bytes = heartbeat.encoded
            longest = max(longest, bytes.count)
            #expect(try Heartbeat(bytes[...]) == heartbeat)
        }
        #expect(longest == 68)
    }

    @Test("an answer is a CBOR map with ascending keys, of 28 bytes at the most, and a policy document")
    func answer() throws {
        let coded = "a4 01 02 02 190384 03 1a6553f100 04 02"
        #expect(Fixture.answer.encoded == vector(coded))
        for answer in [
            Fixture.answer, Answer(), Answer(primary: .healthy, returnWindow: .max, time: .max, wantedPolicy: .max),
            Answer(time: 0), Answer(rehearsal: 1),
            Answer(primary: .healthy, returnWindow: .max, time: .max, wantedPolicy: .max, rehearsal: 255),
        ] {
            #expect(try Answer(answer.encoded[...]) == answer)
            #expect(answer.encoded.count <= 28)
        }
        // A document of the length that documents have, and the longest that fits.
        for length in [0, 114, 225] {
            let answer = Answer(
                primary: .healthy, returnWindow: .max, time: .max, wantedPolicy: .max, rehearsal: 255,
                policyDocument: [UInt8](repeating: 0xD0, count: length))
            #expect(try Answer(answer.encoded[...]) == answer)
            #expect(answer.encoded.count <= 28 + 3 + length)
        }
    }

    @Test("keys that are not known are skipped, and a health that is not known is unknown")
    func newer() throws {
        let heartbeat = "ac 0105 0200 0300 0400 0500 0600 0700 0b00 0ff6 10820102 1864a10102 1903e86161"
        #expect(try Heartbeat(vector(heartbeat)[...]) == Heartbeat(card: known(CardNumber(5)), profile: .primary))
        #expect(try Answer(vector("a3 0109 0200 07f5")[...]) == Answer())
    }

    @Test("the outcome of a policy document, and the last rehearsal, are told when there are any")
    func outcome() throws {
        let card = known(CardNumber(5))
        let told = "ab 0105 0200 0300 0400 0500 0600 0700 0b00 0c07 0d19012c 0e06"
        let heartbeat = Heartbeat(card: card, profile: .primary, rehearsed: 7, outcome: PolicyOutcome(version: 300, .rolledBack))
        #expect(heartbeat.encoded == vector(told))
        #expect(try Heartbeat(vector(told)[...]) == heartbeat)
        // An outcome that is not known, or half of one, is none.
        for coded in ["aa 0105 0200 0300 0400 0500 0600 0700 0b00 0d01 0e1863", "a9 0105 0200 0300 0400 0500 0600 0700 0b00 0d01"] {
            #expect(try Heartbeat(vector(coded)[...]) == Heartbeat(card: card, profile: .primary))
        }
    }

    @Test("a network whose digits are none is no network")
    func noNetwork() throws {
        let heartbeat = "a9 0105 0200 0300 0400 0500 0600 0700 0943ffffff 0b00"
        #expect(try Heartbeat(vector(heartbeat)[...]).network == nil)
    }

    @Test(
        "a heartbeat says what is wrong with it",
        arguments: [
            ("", .cbor(.truncated(Truncation(needed: 1, left: 0, offset: 0)))),
            ("80", .cbor(.kind(expected: .map, came: .array, offset: 0))),
            ("a0", .missing(key: 1)), ("a10105", .missing(key: 2)),
            ("a8 0105 0200 0300 0400 0500 0600 0700 0b00 00", .cbor(.trailing(bytes: 1, offset: 17))),
            ("a8 0105 0202 0300 0400 0500 0600 0700 0b00", .cbor(.tooLarge(value: 2, limit: 1, offset: 4))),
            (
                "a8 011b0000010000000000 0200 0300 0400 0500 0600 0700 0b00",
                .cbor(.tooLarge(value: 1 << 40, limit: (1 << 40) - 1, offset: 2))
            ),
            ("a8 0105 0200 0300 0400 0500 0600 0700 0b190100", .cbor(.tooLarge(value: 256, limit: 255, offset: 16))),
            ("a8 0105 0200 0300 0400 0500 0600 041b0000000100000000 0b00", .cbor(.keyOrder(offset: 13))),
            ("a8 0200 0105 0300 0400 0500 0600 0700 0b00", .cbor(.keyOrder(offset: 3))),
            ("a9 0105 0200 0300 0400 0500 0600 0700 094232f4 0b00", .cbor(.truncated(Truncation(needed: 3, left: 2, offset: 16)))),
            ("a7 0105 0200 0300 0400 0500 0600 0700", .missing(key: 11)),
            ("b8210000", .cbor(.tooLarge(value: 33, limit: 32, offset: 0))),
        ] as [(String, PayloadError)])
    func refused(coded: String, error: PayloadError) {
        #expect(throws: error) { try Heartbeat(vector(coded)[...]) }
    }

    @Test("a map of more than 256 bytes is not read")
    func size() {
        let long = [UInt8](repeating: 0, count: 257)
        #expect(throws: PayloadError.cbor(.tooLarge(value: 257, limit: 256, offset: 0))) { try Heartbeat(long[...]) }
        #expect(throws: PayloadError.cbor(.tooLarge(value: 257, limit: 256, offset: 0))) { try Answer(long[...]) }
    }

    @Test(
        "an answer says what is wrong with it",
        arguments: [
            ("a0", .missing(key: 1)), ("a10101", .missing(key: 2)),
            ("a2 0101 021b0000000100000000", .cbor(.tooLarge(value: 1 << 32, limit: (1 << 32) - 1, offset: 4))),
        ] as [(String, PayloadError)])
    func answerRefused(coded: String, error: PayloadError) {
        #expect(throws: error) { try Answer(vector(coded)[...]) }
    }

    @Test("a card's number has 40 bits, and its identifier five bytes")
    func card() {
        #expect(CardNumber(1 << 40) == nil)
        #expect(CardNumber(7)?.identifier.bytes == [0, 0, 0, 0, 7])
        #expect(CardNumber(EndpointIdentifier(7, count: 4)) == nil)
        #expect(CardNumber(EndpointIdentifier(7, count: 5)) == CardNumber(7))
    }
}
