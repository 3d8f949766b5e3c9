/// A day of the Gregorian calendar without a zone: a date of placing, the end of a support period. Encodes as "2027-12-11".
public struct Day: Hashable, Comparable, Sendable {
    /// The years that are accepted: devices are neither older nor supported longer.
    public static let years = 1970...2199

    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to the month's last.
    public let day: Int

    /// Nil for a day that the calendar does not have, or a year outside ``years``.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads "2027-12-11"; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte) - 0x30
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01.
    public var ordinal: Int {
        // Howard Hinnant's days_from_civil: eras of 400 years that begin in March.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day with this ``ordinal``; the first or last one there is when it lies outside ``years``.
    public init(ordinal: Int) {
        let clamped = min(max(ordinal, 0), 84_005)
        let shifted = clamped + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// So many days later, or earlier.
    public func adding(days: Int) -> Day {
        let (sum, overflow) = ordinal.addingReportingOverflow(days)
        return Day(ordinal: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The same day of the month so many months later; the month's last where it has no such day (Regulation 1182/71, Art. 3(2)(c)).
    public func adding(months: Int) -> Day {
        let limit = 12 * 300
        let count = year * 12 + month - 1 + min(max(months, -limit), limit)
        guard count >= Self.years.lowerBound * 12 else { return Day(ordinal: .min) }
        guard count < (Self.years.upperBound + 1) * 12 else { return Day(ordinal: .max) }
        let (year, month) = (count / 12, count % 12 + 1)
        return Day(year: year, month: month, day: min(day, Self.length(ofMonth: month, year))) ?? self
    }

    public func adding(years: Int) -> Day { adding(months: min(max(years, -300), 300) * 12) }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    public var weekday: Int { (ordinal + 3) % 7 + 1 }

    public static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day: CustomStringConvertible {
    public var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a day is written as 2027-12-11, from 1970 to 2199; got \(text.prefix(20))")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
