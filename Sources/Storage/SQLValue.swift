/// A value as it goes into a statement and comes out of a row: what every SQL engine behind ``Database`` has in common.
///
/// Instants are stored as ``integer(_:)`` milliseconds UTC, truth values as 0 and 1, and numbers wider than 63 bits as their bit
/// pattern.
public enum SQLValue: Equatable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }

    /// Any integer up to 64 bits; an unsigned one above `Int64.max` keeps its bit pattern.
    public static func integer(of value: some BinaryInteger) -> SQLValue { .integer(Int64(truncatingIfNeeded: value)) }
    /// The text, or null where there is none.
    public static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    /// The integer, or null where there is none.
    public static func optional(_ integer: Int64?) -> SQLValue { integer.map { .integer($0) } ?? .null }
}
