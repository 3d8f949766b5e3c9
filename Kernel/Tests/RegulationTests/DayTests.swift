import Regulation
import Testing

@Suite("Days")
struct DayTests {
    @Test("every day from 1970 to 2199 has one number, and one day follows the other")
    func ordinals() throws {
        var day = try #require(Day("1970-01-01"))
        #expect(day.ordinal == 0 && day.weekday == 4)
        for ordinal in 0...84_005 {
            guard Day(ordinal: ordinal) == day, day.ordinal == ordinal, Day(day.description) == day else {
                Issue.record("\(day) at \(ordinal)")
                return
            }
            day = day.adding(days: 1)
        }
        #expect(Day(ordinal: 84_005).description == "2199-12-31")
        #expect(Day("2026-11-23")?.weekday == 1)
    }

    @Test("months keep the day's number, or end with the month")
    func months() throws {
        #expect(try #require(Day("2027-01-31")).adding(months: 1) == Day("2027-02-28"))
        #expect(try #require(Day("2028-01-31")).adding(months: 1) == Day("2028-02-29"))
        #expect(try #require(Day("2028-02-29")).adding(years: 5) == Day("2033-02-28"))
        #expect(try #require(Day("2026-12-31")).adding(months: 2) == Day("2027-02-28"))
        // What lies beyond the calendar ends with it.
        #expect(try #require(Day("2199-12-01")).adding(months: 1) == Day("2199-12-31"))
        #expect(try #require(Day("1970-01-31")).adding(years: -1) == Day("1970-01-01"))
    }

    @Test(
        "what is no day is refused",
        arguments: ["2027-02-29", "2027-13-01", "2027-00-10", "1969-12-31", "2027-1-1", "", "２０２７-01-01", "2027-01-01 "])
    func refused(_ text: String) { #expect(Day(text) == nil) }
}
