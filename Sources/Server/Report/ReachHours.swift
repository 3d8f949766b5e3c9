import Estate

/// Every hour of a period, sampled or not.
struct ReachHours: Sendable {
    struct Hour: Sendable {
        var at: UTCInstant
        /// Nil: nobody looked.
        var point: ReachPoint?
        /// Before any unit had been heard: never the lowest.
        var isNew = false
    }

    /// Hours in a row that were not sampled.
    struct Gap: Equatable, Sendable {
        var from: UTCInstant
        var until: UTCInstant
        var hours: Int
    }

    /// The sampled hours of a stretch of days.
    struct Part: Sendable {
        var from: UTCInstant
        var hours = 0
        var sampled = 0
        /// The hour with the lowest share.
        var lowest24: ReachPoint?
        var lowest72: ReachPoint?
        /// Sums over the sampled hours.
        var heard24 = 0
        var heard72 = 0
        var units = 0
    }

    static let hour: Int64 = 3_600_000

    private(set) var all: [Hour] = []
    private(set) var gaps: [Gap] = []

    /// Hours that were sampled before any unit had been heard.
    let newHours: Int

    init(_ record: EvidenceRecord) {
        self.init(
            from: record.period.start, until: record.until, record.reach, newHours: record.hoursBeforeFirstHeard)
    }

    /// - Parameters:
    ///   - start: the beginning of an hour.
    ///   - newHours: how many of the points, from the first on, were sampled before any unit had been heard.
    init(from start: UTCInstant, until end: UTCInstant, _ points: [ReachPoint], newHours: Int = 0) {
        self.newHours = newHours
        let firstThatCounts = points.dropFirst(newHours).first?.at
        let known = Dictionary(points.map { ($0.at, $0) }) { first, _ in first }
        var at = start
        while at < end {
            let point = known[at]
            let next = at.adding(milliseconds: Self.hour)
            if point == nil {
                if gaps.last?.until == at {
                    gaps[gaps.count - 1].until = next
                    gaps[gaps.count - 1].hours += 1
                } else {
                    gaps.append(Gap(from: at, until: next, hours: 1))
                }
            }
            all.append(Hour(at: at, point: point, isNew: newHours > 0 && point != nil && firstThatCounts.map { at < $0 } ?? true))
            at = next
        }
    }

    var sampled: Int { all.count { $0.point != nil } }
    var missing: Int { all.count - sampled }

    /// One part for the whole.
    var whole: Part { parts { _ in 0 }.first ?? Part(from: UTCInstant(milliseconds: 0)) }

    /// A part for each day, or for each month where the period is longer than two.
    var table: (isByDay: Bool, parts: [Part]) {
        if all.count <= 62 * 24 { return (true, parts { $0.milliseconds / 86_400_000 }) }
        return (
            false,
            parts {
                let civil = CivilTime($0); return civil.year * 12 + civil.month
            }
        )
    }

    private func parts(_ key: (UTCInstant) -> Int64) -> [Part] {
        var parts: [Part] = []
        var last: Int64?
        for hour in all {
            let current = key(hour.at)
            if current != last { parts.append(Part(from: hour.at)) }
            last = current
            parts[parts.count - 1].count(hour)
        }
        return parts
    }
}

extension ReachHours.Part {
    fileprivate mutating func count(_ hour: ReachHours.Hour) {
        hours += 1
        guard let point = hour.point, point.units > 0 else { return }
        sampled += 1
        heard24 += point.heard24
        heard72 += point.heard72
        units += point.units
        guard !hour.isNew else { return }
        if lowest24.map({ point.heard24 * $0.units < $0.heard24 * point.units }) ?? true { lowest24 = point }
        if lowest72.map({ point.heard72 * $0.units < $0.heard72 * point.units }) ?? true { lowest72 = point }
    }
}
