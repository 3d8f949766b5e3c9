/// A moment in the ledger: milliseconds since 1970-01-01T00:00:00Z without leap seconds, written in one way only:
/// "2026-11-23T03:44:07.000Z", 24 bytes.
public struct LedgerTime: Comparable, Hashable, Sendable {
    public let milliseconds: Int64

    /// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what has a year of four digits.
    public static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// - Throws: ``LedgerError/time(milliseconds:)`` outside ``range``.
    public init(milliseconds: Int64) throws(LedgerError) {
        guard Self.range.contains(milliseconds) else { throw .time(milliseconds: milliseconds) }
        self.milliseconds = milliseconds
    }

    public static func < (left: LedgerTime, right: LedgerTime) -> Bool { left.milliseconds < right.milliseconds }

    static let length = 24

    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        // The proleptic Gregorian calendar in eras of 400 years that begin on 1 March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    func append(to bytes: inout [UInt8]) {
        var rest = milliseconds % 86_400_000
        if rest < 0 { rest += 86_400_000 }
        let (year, month, day) = Self.civil((milliseconds - rest) / 86_400_000)
        func number(_ value: Int64, _ digits: Int, then end: Unicode.Scalar) {
            var divisor: Int64 = digits == 4 ? 1_000 : digits == 3 ? 100 : 10
            for _ in 0..<digits {
                bytes.append(UInt8(truncatingIfNeeded: 0x30 + value / divisor % 10))
                divisor = max(divisor / 10, 1)
            }
            bytes.append(UInt8(ascii: end))
        }
        number(year, 4, then: "-")
        number(month, 2, then: "-")
        number(day, 2, then: "T")
        number(rest / 3_600_000, 2, then: ":")
        number(rest / 60_000 % 60, 2, then: ":")
        number(rest / 1_000 % 60, 2, then: ".")
        number(rest % 1_000, 3, then: "Z")
    }

    /// Reads exactly what ``description`` writes; nil for anything else, also for days that a month does not have.
    init?(reading text: UnsafeRawBufferPointer) {
        guard text.count == Self.length else { return nil }
        let template: StaticString = "0000-00-00T00:00:00.000Z"
        var fields: [7 of Int64] = .init(repeating: 0)
        var field = 0
        for index in 0..<Self.length {
            let form = template.utf8Start[index]
            if form == 0x30 {
                guard text[index] >= 0x30, text[index] <= 0x39 else { return nil }
                fields[field] = fields[field] * 10 + Int64(text[index] - 0x30)
            } else {
                guard text[index] == form else { return nil }
                field = min(field + 1, 6)
            }
        }
        let (month, day) = (fields[1], fields[2])
        guard (1...12).contains(month), (1...31).contains(day), fields[3] < 24, fields[4] < 60, fields[5] < 60 else { return nil }
        let number = Self.days(year: fields[0], month: month, day: day)
        guard Self.civil(number).day == day else { return nil }
        milliseconds = ((number * 24 + fields[3]) * 60 + fields[4]) * 60_000 + fields[5] * 1_000 + fields[6]
    }

    /// Reads exactly what ``description`` writes.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let time = bytes.withUnsafeBytes({ LedgerTime(reading: $0) }) else { return nil }
        self = time
    }
}

extension LedgerTime: CustomStringConvertible {
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
