/// The public holidays of a Member State, as far as we have them. They move only the formal limit, never the conservative one.
public struct HolidayCalendar: Codable, Hashable, Sendable {
    /// Two letters.
    public let country: String
    /// The table says nothing about days outside these two; weekends are all that is known there.
    public let from: Day
    public let to: Day
    /// Days on which the whole country rests; regional ones are left out.
    public let days: [Day]

    struct File: Codable {
        var asOf: Day
        var mark: Mark
        var note: String
        var calendars: [HolidayCalendar]
    }

    static let file: File = FactFile.read(FactFile.holidays, "holidays.swift")

    /// What the tables are worth.
    public static var mark: Mark { file.mark }
    /// When they were written down.
    public static var asOf: Day { file.asOf }

    /// The table for a country; nil where there is none.
    public static func of(_ country: String) -> HolidayCalendar? { file.calendars.first { $0.country == country } }

    /// Whether the table can say that a day is a holiday.
    public func covers(_ day: Day) -> Bool { day >= from && day <= to }

    func isHoliday(_ day: Day) -> Bool { days.contains(day) }
}

/// A last day moved past weekends and holidays (Regulation 1182/71, Art. 3(4)).
struct RolledDay {
    var day: Day
    /// Every day that was looked at is one that the table covers.
    var isCovered: Bool

    /// The day itself, or the next working day. Two weeks at most: no country rests longer.
    init(_ nominal: Day, _ calendar: HolidayCalendar?) {
        day = nominal
        isCovered = calendar?.covers(nominal) ?? false
        for _ in 0..<14 where day.weekday > 5 || calendar?.isHoliday(day) == true {
            day = day.adding(days: 1)
            isCovered = isCovered && calendar?.covers(day) == true
        }
    }
}
