import Foundation

/// A moment, in milliseconds since 1970-01-01T00:00:00Z without leap seconds. Encodes as that integer.
///
/// Reachability is kept in whole seconds of 32 bits, so moments from 1970 to 2106 are told apart; a virtual clock starts on a real
/// date.
public struct UTCInstant: Comparable, Hashable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { self.milliseconds = seconds.multipliedReportingOverflow(by: 1_000).partialValue }

    /// Whole seconds, as the reachability table counts them.
    var seconds: UInt32 { UInt32(clamping: milliseconds / 1_000) }

    public func adding(milliseconds more: Int64) -> UTCInstant {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return UTCInstant(milliseconds: overflow ? (more < 0 ? .min : .max) : sum)
    }
    public func adding(seconds more: Int64) -> UTCInstant {
        let (product, overflow) = more.multipliedReportingOverflow(by: 1_000)
        return adding(milliseconds: overflow ? (more < 0 ? .min : .max) : product)
    }

    public static func < (left: UTCInstant, right: UTCInstant) -> Bool { left.milliseconds < right.milliseconds }
    /// The milliseconds from `right` to `left`.
    public static func - (left: UTCInstant, right: UTCInstant) -> Int64 {
        left.milliseconds.subtractingReportingOverflow(right.milliseconds).partialValue
    }
}

extension UTCInstant: Codable {
    public init(from decoder: any Decoder) throws { milliseconds = try decoder.singleValueContainer().decode(Int64.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension UTCInstant: CustomStringConvertible {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// "2026-03-01T12:00:00.000Z".
    public var iso8601: String { Self.style.format(Date(timeIntervalSince1970: Double(milliseconds) / 1_000)) }
    public var description: String { iso8601 }

    /// Reads what ``iso8601`` writes, with or without the fraction.
    public init?(iso8601 text: String) {
        guard let date = (try? Self.style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else { return nil }
        milliseconds = Int64((date.timeIntervalSince1970 * 1_000).rounded())
    }
}
