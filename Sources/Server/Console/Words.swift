import Estate

/// How the console says numbers, ages and instants.
enum Words {
    /// "12 s", "4 min", "3 h 12 min", "2 d 4 h". The script says ages in the same words.
    static func age(seconds: Int64) -> String {
        let seconds = max(0, seconds)
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3_600: return "\(seconds / 60) min"
        case ..<86_400:
            let minutes = seconds / 60 % 60
            return minutes == 0 ? "\(seconds / 3_600) h" : "\(seconds / 3_600) h \(minutes) min"
        default:
            let hours = seconds / 3_600 % 24
            return hours == 0 ? "\(seconds / 86_400) d" : "\(seconds / 86_400) d \(hours) h"
        }
    }

    /// "1.4 s", "48 s", "3 min 20 s": a figure that was measured, in seconds.
    static func seconds(_ value: Double) -> String {
        guard value.isFinite, value >= 0, value < 1e9 else { return "–" }
        if value < 10 { return "\(tenths(value)) s" }
        let whole = Int64(value.rounded())
        if whole < 120 { return "\(whole) s" }
        if whole < 3_600 { return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s" }
        return age(seconds: whole)
    }

    /// "1.4": one decimal, rounded.
    static func tenths(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "–" }
        let scaled = Int64((value * 10).rounded())
        let sign = scaled < 0 ? "−" : ""
        return "\(sign)\(grouped(scaled.magnitude / 10)).\(scaled.magnitude % 10)"
    }

    /// "96.1": rounded down, so that 100.0 means all. "–" for a share of nothing.
    static func percent(_ share: Share) -> String {
        guard share.whole > 0 else { return "–" }
        let (scaled, overflow) = share.part.multipliedReportingOverflow(by: 1_000)
        let tenths = overflow ? 1_000 : max(0, scaled / share.whole)
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// "12,345".
    static func grouped(_ value: some BinaryInteger) -> String {
        var digits = Array(String(value.magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return (value < 0 ? "−" : "") + String(digits)
    }

    /// "1 device", "12 devices".
    static func count(_ value: Int, _ one: String, _ many: String) -> String { "\(grouped(value)) \(value == 1 ? one : many)" }

    static func name(of state: ReachState) -> String {
        switch state {
        case .reachable: "reachable"
        case .late: "late"
        case .silent: "silent"
        case .never: "never heard"
        }
    }

    static func name(ofSlot slot: Int) -> String { slot == 0 ? "primary" : "backup" }
}

/// An instant split into the fields of the proleptic Gregorian calendar, UTC.
struct CivilTime: Equatable, Sendable {
    var year, month, day, hour, minute, second: Int64

    init(_ instant: UTCInstant) {
        let seconds = instant.milliseconds.dividedFloor(by: 1_000)
        let days = seconds.dividedFloor(by: 86_400)
        let rest = seconds - days * 86_400
        (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)
        // Counting years from March makes the leap day the last one of a year, and 400 years have 146,097 days.
        let shifted = days + 719_468
        let era = shifted.dividedFloor(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// "2026-11-22"
    var date: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }
    /// "18:20:05"
    var time: String { "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))" }
    /// "18:20"
    var clock: String { "\(Self.two(hour)):\(Self.two(minute))" }
    /// "22 Nov"
    var shortDate: String { "\(day) \(Self.months[Int(month - 1) % 12])" }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : String(value) }
}

extension Int64 {
    /// Division that rounds towards negative infinity. The divisor is positive.
    fileprivate func dividedFloor(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
