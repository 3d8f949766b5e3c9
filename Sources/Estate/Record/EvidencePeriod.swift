import Regulation

/// The days that a pack of evidence is about: both included, in UTC.
public struct EvidencePeriod: Equatable, Sendable {
    /// Days that one pack may cover: five years and a bit.
    public static let longest = 1_830

    public let from: Day
    public let to: Day

    /// - Throws: ``EvidencePeriodError`` for days in the wrong order, in the future, or too many.
    public init(from: Day, to: Day, at now: UTCInstant) throws(EvidencePeriodError) {
        guard from <= to else { throw .reversed(from: from, to: to) }
        guard to <= now.day else { throw .future(to: to, today: now.day) }
        let days = to.ordinal - from.ordinal + 1
        guard days <= Self.longest else { throw .tooLong(days: days, limit: Self.longest) }
        self.from = from
        self.to = to
    }

    /// The first moment.
    public var start: UTCInstant { UTCInstant(milliseconds: Int64(from.ordinal) * 86_400_000) }
    /// The first moment after it.
    public var end: UTCInstant { UTCInstant(milliseconds: Int64(to.ordinal + 1) * 86_400_000) }
}

/// Why there is no pack for a period.
public enum EvidencePeriodError: Error, Equatable, Sendable {
    case reversed(from: Day, to: Day)
    case future(to: Day, today: Day)
    case tooLong(days: Int, limit: Int)
}

extension EvidencePeriodError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reversed(let from, let to): "the period ends on \(to), before it begins on \(from): exchange the days"
        case .future(let to, let today):
            "the period ends on \(to), which is in the future: the last day may be today, \(today) (UTC), or earlier"
        case .tooLong(let days, let limit): "the period has \(days) days, at most \(limit) go into one pack: build several"
        }
    }
}
