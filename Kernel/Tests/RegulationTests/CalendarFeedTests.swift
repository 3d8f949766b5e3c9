import Foundation
import Regulation
import TestSupport
import Testing

@Suite("The calendar feed (RFC 5545)")
struct CalendarFeedTests {
    private let now = CaseSample.instant("2026-11-03T11:00:00Z")

    private func unfolded(_ text: String) -> [String] {
        text.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n")
    }

    private func well(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.suffix(2) == [0x0D, 0x0A] else { return false }
        // Every line ends with CR LF, holds no other control character but a tab, and is at most 75 octets.
        var length = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0D {
                guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else { return false }
            } else if byte == 0x0A {
                guard index > 0, bytes[index - 1] == 0x0D else { return false }
                length = 0
            } else {
                guard byte >= 0x20 || byte == 0x09 else { return false }
                length += 1
                guard length <= 75 else { return false }
            }
        }
        return true
    }

    @Test("an event for each deadline that has a date, with alarms, in UTC, and the same UIDs whatever happens")
    func events() throws {
        var item = try CaseSample.awareCase(.incident)
        let feed = CalendarFeed(name: "Cases", cases: [item])
        let text = feed.text(at: now)
        #expect(well(text) && text == feed.text(at: now))
        let lines = unfolded(text)
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.dropLast().last == "END:VCALENDAR")
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 3 && lines.filter { $0 == "BEGIN:VALARM" }.count == 9)
        #expect(lines.contains("UID:2026-007-earlyWarning@holdfast") && lines.contains("DTSTART:20261104T100000Z"))
        #expect(lines.contains("DTSTAMP:20261103T110000Z") && lines.contains("SEQUENCE:3"))
        #expect(lines.contains("STATUS:TENTATIVE"), "the final report is provisional")
        #expect(!text.contains("Web server"), "titles stay at home")
        try item.apply(CaseSample.act(CaseSample.submitted(.earlyWarning, "2026-11-04T08:00:00Z")))
        try item.apply(CaseSample.act(CaseSample.submitted(.notification, "2026-11-05T08:00:00Z")))
        let later = unfolded(CalendarFeed(name: "Cases", cases: [item], includesTitles: true).text(at: now))
        #expect(later.filter { $0.hasPrefix("UID:") } == ["UID:2026-007-finalReport@holdfast"])
        #expect(later.contains("STATUS:CONFIRMED") && later.contains("DTSTART:20261205T080000Z"))
        #expect(later.contains { $0.hasPrefix("SUMMARY:") && $0.contains("Web server\\, remote code") })
        #expect(unfolded(CalendarFeed(name: "None", cases: []).text(at: now)).contains("X-WR-CALNAME:None"))
    }

    @Test("a drill is marked in every event, and nothing else is")
    func drill() throws {
        let text = CalendarFeed(name: "Cases", cases: [try CaseSample.awareCase(drill: true)]).text(at: now)
        let summaries = unfolded(text).filter { $0.hasPrefix("SUMMARY:") }
        #expect(!summaries.isEmpty && summaries.allSatisfy { $0.hasPrefix("SUMMARY:[DRILL] ") })
        #expect(unfolded(text).contains("CATEGORIES:DRILL"))
        #expect(!CalendarFeed(name: "Cases", cases: [try CaseSample.awareCase()]).text(at: now).contains("DRILL"))
    }

    @Test("hostile names stay one escaped value: no line is added, none is too long, no character is cut")
    func hostile() throws {
        let number = UInt64.random(in: 0...UInt64.max)
        var seed = Seed(number)
        let alphabet: [Character] = [
            "a", ";", ",", "\\", "\r\n", "\n", "\r", "é", "🔥", "👩‍👩‍👧", "\u{0}", "\u{85}", ":", "\"", " ", "\t",
        ]
        let clock = try #require(try CaseSample.awareCase().nextDue)
        for _ in 0..<500 {
            let title = String((0..<Int.random(in: 0...200, using: &seed)).map { _ in alphabet.randomElement(using: &seed) ?? "a" })
            let entry = CalendarFeed.Entry(identifier: title, title: title, clock: clock, sequence: .min)
            let text = CalendarFeed(name: title, entries: [entry], includesTitles: true).text(at: now)
            guard well(text) else {
                Issue.record("seed \(number): \(title)")
                return
            }
            let lines = unfolded(text)
            #expect(lines.filter { $0.hasPrefix("BEGIN:") }.count == 5, "seed \(number)")
            let summary = try #require(lines.first { $0.hasPrefix("SUMMARY:") })
            #expect(
                summary.unicodeScalars.filter { $0 == "🔥" }.count == 2 * title.unicodeScalars.filter { $0 == "🔥" }.count,
                "seed \(number)")
        }
    }

    @Test("an instant outside the years leaves its event out")
    func range() throws {
        var clock = try #require(try CaseSample.awareCase().nextDue)
        clock.due = Date(timeIntervalSince1970: .infinity)
        let entry = CalendarFeed.Entry(identifier: "a", title: "a", clock: clock, sequence: 1)
        #expect(!CalendarFeed(name: "x", entries: [entry]).text(at: now).contains("VEVENT"))
    }
}
