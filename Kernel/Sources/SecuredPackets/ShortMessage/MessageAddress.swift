import Wire

/// A telephone number or a name, as TPDUs carry it (3GPP TS 23.040, 9.1.2.5).
public struct MessageAddress: Equatable, Sendable {
    /// How many digits (semi-octets) count.
    public let digits: UInt8
    /// Type of number and numbering plan, 0x91 for an international telephone number.
    public let type: UInt8
    /// The digits, two to a byte, swapped; a last half that is not used is F.
    public let value: [UInt8]

    /// How many digits an address may have.
    public static var limit: UInt8 { 20 }

    /// Of nobody: no digits, type unknown.
    public static let nobody = MessageAddress()

    private init() { (digits, type, value) = (0, 0x81, []) }

    /// - Returns: nil when there are more digits than twenty, or not as many bytes as they take.
    public init?(digits: UInt8, type: UInt8, value: [UInt8]) {
        guard digits <= MessageAddress.limit && value.count == (Int(digits) + 1) / 2 else { return nil }
        self.digits = digits
        self.type = type
        self.value = value
    }

    init(reading reader: inout ByteReader) throws(ShortMessageError) {
        do throws(Truncation) {
            digits = try reader.byte()
            type = try reader.byte()
            value = digits <= MessageAddress.limit ? [UInt8](try reader.slice((Int(digits) + 1) / 2)) : []
        } catch {
            throw .truncated(error)
        }
        if digits > MessageAddress.limit { throw .addressLength(digits: digits) }
    }

    /// The coded address: number of digits, type, digits.
    public var bytes: [UInt8] { [digits, type] + value }
}
