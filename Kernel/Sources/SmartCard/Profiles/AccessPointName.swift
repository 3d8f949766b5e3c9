/// The name of an access point (3GPP TS 23.003, clause 9.1): labels of letters, digits and hyphens, at most 100 bytes as it is
/// coded.
public struct AccessPointName: Equatable, Sendable {
    /// The longest coded form in bytes.
    public static let longest = ProfileLayout.longestAPN
    /// The longest label in bytes.
    public static let longestLabel = 63

    /// The labels, each with its length before it.
    public let coded: [UInt8]

    /// Why a text is not an access point name.
    public enum Problem: Error, Equatable, Sendable {
        /// A byte that is neither letter, digit nor hyphen, so many bytes from the start.
        case character(byte: UInt8, offset: Int)
        /// A label that is empty or too long, and where it ends.
        case label(length: Int, offset: Int)
        /// Longer than ``longest`` once coded.
        case length(coded: Int)
    }

    /// The terminal's default access point.
    public static let terminalDefault = AccessPointName(coded: [])

    private init(coded: [UInt8]) { self.coded = coded }

    /// Reads "iot.example" and the like.
    public init(_ text: String) throws(Problem) {
        var coded: [UInt8] = []
        var label: [UInt8] = []
        var offset = 0
        for byte in text.utf8 {
            switch byte {
            case 0x2E:
                try AccessPointName.close(&label, into: &coded, at: offset)
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D:
                label.append(byte)
            default: throw .character(byte: byte, offset: offset)
            }
            offset += 1
        }
        try AccessPointName.close(&label, into: &coded, at: offset)
        guard coded.count <= AccessPointName.longest else { throw .length(coded: coded.count) }
        self.coded = coded
    }

    private static func close(_ label: inout [UInt8], into coded: inout [UInt8], at offset: Int) throws(Problem) {
        guard !label.isEmpty, label.count <= longestLabel else { throw .label(length: label.count, offset: offset) }
        coded.append(UInt8(label.count))
        coded.append(contentsOf: label)
        label = []
    }
}
