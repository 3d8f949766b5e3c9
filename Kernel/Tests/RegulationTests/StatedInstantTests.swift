import Foundation
import Regulation
import TestSupport
import Testing

@Suite("Instants as people write them")
struct StatedInstantTests {
    private let berlin: LocalClock
    private let utc: LocalClock

    init() throws {
        berlin = try LocalClock(zone: "Europe/Berlin")
        utc = try LocalClock(zone: "UTC")
    }

    @Test(
        "an offset says which instant; without one the zone does (RFC 3339)",
        arguments: [
            ("2026-10-06T14:20:00+02:00", "2026-10-06T12:20:00Z"), ("2026-10-06T12:20:00Z", "2026-10-06T12:20:00Z"),
            ("2026-10-06t12:20:00z", "2026-10-06T12:20:00Z"), ("2026-10-06 14:20", "2026-10-06T12:20:00Z"),
            ("2026-10-06T14:20:07.999", "2026-10-06T12:20:07Z"), ("2026-12-31T23:59:59-00:30", "2027-01-01T00:29:59Z"),
            ("2026-12-06T14:20", "2026-12-06T13:20:00Z"),
        ])
    func read(_ text: String, _ instant: String) throws {
        #expect(utc.text(try StatedInstant(text, in: berlin).instant) == instant)
    }

    @Test("a time that comes twice is the first of the two, and says so; one that is skipped is refused")
    func change() throws {
        let twice = try StatedInstant("2026-10-25T02:30", in: berlin)
        #expect(twice.isFirstOfTwo && utc.text(twice.instant) == "2026-10-25T00:30:00Z")
        #expect(try !StatedInstant("2026-10-25T03:00", in: berlin).isFirstOfTwo)
        #expect(throws: ClockError.skipped("2027-03-28T02:30", zone: "Europe/Berlin")) {
            try StatedInstant("2027-03-28T02:30", in: berlin)
        }
        #expect(try utc.text(StatedInstant("2027-03-28T03:00", in: berlin).instant) == "2027-03-28T01:00:00Z")
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "now", "2026-10-06", "2026-02-29T10:00Z", "2026-10-06T24:00Z", "2026-10-06T10:60Z", "2026-10-06T10:00:60Z",
            "2026-10-06T10:00:00.Z", "2026-10-06T10:00:00+2", "2026-10-06T10:00:00+02:60", "2026-10-06T10:00:00Zz",
            "1989-12-31T10:00Z", "2150-01-01T10:00Z", "2026-10-06T1０:00Z", "2026-10-06T10:00 Europe/Berlin",
        ])
    func refused(_ text: String) {
        #expect(throws: ClockError.self) { try StatedInstant(text, in: berlin) }
    }

    @Test("random bytes never do more than be refused, and what is written reads back")
    func hostile() throws {
        let number = UInt64.random(in: 0...UInt64.max)
        var seed = Seed(number)
        let alphabet = Array("0123456789-:T+Z. \u{FC}")
        for _ in 0..<20_000 {
            var text = Array("2026-10-06T14:20:00+02:00")
            for _ in 0...Int.random(in: 0...3, using: &seed) {
                let index = Int.random(in: 0..<text.count, using: &seed)
                text[index] = alphabet.randomElement(using: &seed) ?? "0"
            }
            if Bool.random(using: &seed) { text.removeLast(Int.random(in: 0..<text.count, using: &seed)) }
            if let read = try? StatedInstant(String(text), in: berlin) {
                let written = berlin.text(read.instant)
                #expect(try StatedInstant(written, in: utc).instant == read.instant, "seed \(number)")
            }
        }
    }
}
