import Wire

/// Which secured packet a user data header announces (3GPP TS 31.115, 4.2 and 4.4).
public enum PacketIdentifier: UInt8, Equatable, Sendable {
    /// A command packet: CPI.
    case command = 0x70
    /// A response packet: RPI.
    case response = 0x71
}

/// Where a short message belongs in a longer one (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
public struct Concatenation: Equatable, Sendable {
    /// What names the longer message, for one sender. An 8-bit reference is another one than the 16-bit reference of the same
    /// value.
    public let reference: UInt16
    public let isSixteenBit: Bool
    /// How many parts there are: 1 to 255.
    public let total: UInt8
    /// Which one this is: 1 to `total`.
    public let sequence: UInt8

    init?(reference: UInt16, isSixteenBit: Bool, total: UInt8, sequence: UInt8) {
        // A message that says otherwise is read as if it said nothing (9.2.3.24.1).
        guard sequence >= 1 && sequence <= total else { return nil }
        self.reference = reference
        self.isSixteenBit = isSixteenBit
        self.total = total
        self.sequence = sequence
    }

    func isSameMessage(as other: Concatenation) -> Bool {
        reference == other.reference && isSixteenBit == other.isSixteenBit
    }
}

/// The header in front of the user data of a short message (3GPP TS 23.040, 9.2.3.24). Elements that mean nothing here are passed
/// over.
public struct UserDataHeader: Equatable, Sendable {
    public let concatenation: Concatenation?
    public let packet: PacketIdentifier?
    /// How many bytes the header takes, with its own length.
    public let size: Int

    /// Reads the header that user data start with.
    ///
    /// - Throws: `truncated` or `header`.
    public init(_ userData: [UInt8]) throws(ShortMessageError) {
        var concatenation: Concatenation?
        var packet: PacketIdentifier?
        var whole = ByteReader(userData)
        do throws(Truncation) {
            var reader = try whole.reader(Int(try whole.byte()))
            while !reader.isAtEnd {
                let identifier = try reader.byte()
                var element = try reader.reader(Int(try reader.byte()))
                // Of an element that comes twice the last one counts; one of a wrong length does not count.
                switch (identifier, element.left) {
                case (0x00, 3):
                    concatenation = Concatenation(
                        reference: UInt16(try element.byte()), isSixteenBit: false, total: try element.byte(),
                        sequence: try element.byte())
                case (0x08, 4):
                    concatenation = Concatenation(
                        reference: try element.uint16(), isSixteenBit: true, total: try element.byte(),
                        sequence: try element.byte())
                case (0x70, 0): packet = .command
                case (0x71, 0): packet = .response
                default: break
                }
            }
        } catch {
            throw .header(offset: error.offset)
        }
        self.concatenation = concatenation
        self.packet = packet
        size = whole.offset
    }
}
