import Foundation

/// The clock on the wall of a place: turns instants into days and times of day there, and back.
public struct LocalClock: Hashable, Sendable {
    /// The years whose instants are accepted. A measure may be much older than the Regulation.
    public static let years = 1990...2149
    /// The longest name of a zone, in characters.
    public static let longestName = 48
    static let secondsADay = 86_400

    /// The zone's name as it was given.
    public let zone: String
    private let timeZone: TimeZone

    /// A zone of the IANA database by its name: "Europe/Berlin", "UTC". Bare offsets ("GMT+5") are no place with rules, and are refused.
    public init(zone: String) throws(ClockError) {
        let isName =
            !zone.isEmpty && zone.utf8.count <= Self.longestName
            && zone.utf8.allSatisfy { byte in
                (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                    || [0x2B, 0x2D, 0x2F, 0x5F].contains(byte)
            }
        guard isName, zone == "UTC" || zone.contains("/"), let timeZone = TimeZone(identifier: zone) else {
            throw .unknownZone(zone)
        }
        self.zone = zone
        self.timeZone = timeZone
    }

    /// Seconds since 1970 of an instant, its fraction dropped: the earlier whole second. Nil outside ``years``.
    static func seconds(of instant: Date) -> Int? {
        let seconds = instant.timeIntervalSince1970.rounded(.down)
        // 1990-01-01 and 2150-01-01. A comparison with what is not a number fails.
        guard seconds >= 631_152_000, seconds < 5_680_281_600 else { return nil }
        return Int(seconds)
    }

    /// Seconds that the clock is ahead of UTC.
    public func offset(at instant: Date) -> Int { timeZone.secondsFromGMT(for: instant) }

    func offset(at seconds: Int) -> Int { offset(at: Date(timeIntervalSince1970: Double(seconds))) }

    /// What the clock shows: the day, and the seconds since its midnight as the clock counts them (0 to 86,399).
    public func reading(at instant: Date) -> (day: Day, second: Int) {
        reading(at: Self.seconds(of: instant) ?? 0)
    }

    func reading(at seconds: Int) -> (day: Day, second: Int) {
        let shown = seconds + offset(at: seconds)
        let day = Int((Double(shown) / Double(Self.secondsADay)).rounded(.down))
        return (Day(ordinal: day), shown - day * Self.secondsADay)
    }

    /// The instants at which the clock shows this: one, two when the clocks are put back over it, none when they are put forward.
    func instants(_ day: Day, second: Int) -> [Int] {
        let shown = day.ordinal * Self.secondsADay + second
        let offsets = Set([offset(at: shown - Self.secondsADay), offset(at: shown + Self.secondsADay)])
        return offsets.map { shown - $0 }.filter { $0 + offset(at: $0) == shown }.sorted()
    }

    /// The earliest instant that can be meant: the first of two; for a time that is skipped, counted with the larger offset.
    func earliest(_ day: Day, second: Int) -> Int {
        if let first = instants(day, second: second).first { return first }
        let shown = day.ordinal * Self.secondsADay + second
        return shown - max(offset(at: shown - Self.secondsADay), offset(at: shown + Self.secondsADay))
    }

    /// The first instant after a day: what the law calls 24:00.
    func end(of day: Day) -> Int {
        let next = day.adding(days: 1)
        if let last = instants(next, second: 0).first { return last }
        // Midnight is skipped: the day ends when the clocks are put forward.
        let shown = next.ordinal * Self.secondsADay
        return shown - min(offset(at: shown - Self.secondsADay), offset(at: shown + Self.secondsADay))
    }
}
