import Foundation

/// An instant as a person writes it: with its offset from UTC (RFC 3339), or as the time on the wall of a zone.
public struct StatedInstant: Hashable, Sendable {
    public let instant: Date
    /// The local time came twice that night, and the first was taken: the earlier deadline.
    public let isFirstOfTwo: Bool

    /// Reads "2026-10-06T14:20:00+02:00", "2026-10-06T12:20Z", or "2026-10-06T14:20" in the zone. Seconds may be left out, a fraction is
    /// dropped, and a space may stand for the T.
    public init(_ text: String, in clock: LocalClock) throws(ClockError) {
        let bytes = Array(text.utf8)
        func refused(_ why: String) -> ClockError { .notAnInstant(text, why: why) }
        guard bytes.count <= 40 else { throw refused("it is too long") }
        func two(at index: Int) -> Int? {
            guard index + 1 < bytes.count else { return nil }
            let (tens, ones) = (bytes[index], bytes[index + 1])
            guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones) else { return nil }
            return Int(tens - 0x30) * 10 + Int(ones - 0x30)
        }
        func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        guard bytes.count >= 16, let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)) else {
            throw refused("it does not begin with a day and a time of day")
        }
        guard let separator = byte(10), [0x54, 0x74, 0x20].contains(separator), byte(13) == 0x3A else {
            throw refused("a T and the time of day belong behind the day")
        }
        guard let hour = two(at: 11), let minute = two(at: 14), hour < 24, minute < 60 else {
            throw refused("there is no such time of day")
        }
        var index = 16
        var second = 0
        if byte(index) == 0x3A {
            guard let value = two(at: index + 1), value < 60 else { throw refused("its seconds are not 00 to 59") }
            second = value
            index += 3
            if byte(index) == 0x2E {
                let start = index + 1
                index = start
                while let digit = byte(index), (0x30...0x39).contains(digit) { index += 1 }
                guard index > start else { throw refused("no digit follows the decimal point") }
            }
        }
        let secondOfDay = hour * 3_600 + minute * 60 + second
        let seconds: Int
        switch byte(index) {
        case nil:
            let found = clock.instants(day, second: secondOfDay)
            guard let first = found.first else { throw .skipped(text, zone: clock.zone) }
            isFirstOfTwo = found.count > 1
            seconds = first
        case 0x5A, 0x7A:
            guard index + 1 == bytes.count else { throw refused("something follows the Z") }
            isFirstOfTwo = false
            seconds = day.ordinal * LocalClock.secondsADay + secondOfDay
        case let sign? where sign == 0x2B || sign == 0x2D:
            guard index + 6 == bytes.count, byte(index + 3) == 0x3A, let hours = two(at: index + 1),
                let minutes = two(at: index + 4), hours <= 23, minutes < 60
            else { throw refused("its offset is not written as +02:00") }
            isFirstOfTwo = false
            let offset = (hours * 60 + minutes) * 60
            seconds = day.ordinal * LocalClock.secondsADay + secondOfDay - (sign == 0x2B ? offset : -offset)
        default:
            throw refused("it goes on after the time of day")
        }
        let instant = Date(timeIntervalSince1970: Double(seconds))
        guard LocalClock.seconds(of: instant) != nil else {
            throw refused("its year lies outside \(LocalClock.years.lowerBound) to \(LocalClock.years.upperBound)")
        }
        self.instant = instant
    }
}

extension LocalClock {
    /// The instant with the place's offset, to the second: "2026-10-06T14:20:00+02:00"; in UTC with a Z.
    public func text(_ instant: Date) -> String {
        guard let seconds = Self.seconds(of: instant) else { return "outside the years that are shown" }
        let (day, second) = reading(at: seconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "\(day)T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
        let offset = offset(at: seconds)
        if zone == "UTC" { return time + "Z" }
        return time + (offset < 0 ? "-" : "+") + two(abs(offset) / 3_600) + ":" + two(abs(offset) / 60 % 60)
    }

    /// UTC, which every zone database has.
    static func utcText(_ instant: Date) -> String {
        guard let utc = try? LocalClock(zone: "UTC") else { return "" }
        return utc.text(instant)
    }
}
