import Wire

/// One to four digits by which a network finds the part of the home network that can read a concealed identifier (3GPP TS 23.003,
/// clause 2.2B; EF.Routing_Indicator, TS 31.102, clause 4.4.11.11).
public struct RoutingIndicator: Equatable, Sendable {
    /// The two bytes of TS 24.501, clause 9.11.3.4: digits in swapped pairs, F where there is none.
    public let bytes: [UInt8]

    /// The indicator of a home network that has configured none: the digit 0.
    public static let none = RoutingIndicator(bytes: [0xF0, 0xFF])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// - Throws: `length` for other than one to four digits.
    public init(_ digits: Digits) throws(NumberingError) {
        guard (1...4).contains(digits.count) else { throw .length(digits: digits.count, allowed: 1...4) }
        self.init(bytes: BCD.swapped(digits, size: 2))
    }

    /// Reads EF.Routing_Indicator, of which the first two bytes count. Erased bytes are ``none``.
    ///
    /// - Throws: `size` for fewer than two bytes, `digit` for A to E or a digit after the end.
    public init(coded content: [UInt8]) throws(NumberingError) {
        guard content.count >= 2 else { throw .size(bytes: content.count, expected: 2) }
        let digits = try BCD.digits(content[..<2])
        if digits.count == 0 {
            self = .none
        } else {
            try self.init(digits)
        }
    }
}
