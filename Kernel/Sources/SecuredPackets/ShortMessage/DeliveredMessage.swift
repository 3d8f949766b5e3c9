import Wire

/// An SMS-DELIVER, as it comes to the card in ENVELOPE (SMS-PP DOWNLOAD) (3GPP TS 23.040, 9.2.2.1; 3GPP TS 31.111, 7.1.1).
public struct DeliveredMessage: Equatable, Sendable {
    /// TP-OA.
    public let originator: MessageAddress
    /// TP-PID; 7F is (U)SIM data download.
    public let protocolIdentifier: UInt8
    /// TP-DCS; F6 is 8-bit data of class 2, for the card.
    public let dataCodingScheme: UInt8
    /// TP-UDHI: whether the user data start with a header.
    public let hasHeader: Bool
    /// TP-UD. Its length counts bytes: text in septets is not meant for a card.
    public let userData: [UInt8]

    /// Reads a TPDU.
    ///
    /// - Throws: `truncated`, `messageType`, `addressLength` or `userDataLength`.
    public init(_ tpdu: [UInt8]) throws(ShortMessageError) {
        var reader = ByteReader(tpdu)
        let first: UInt8
        do throws(Truncation) { first = try reader.byte() } catch { throw .truncated(error) }
        guard first & 0x03 == 0 else { throw .messageType(first & 0x03) }
        hasHeader = first & 0x40 != 0
        originator = try MessageAddress(reading: &reader)
        let length: Int
        do throws(Truncation) {
            protocolIdentifier = try reader.byte()
            dataCodingScheme = try reader.byte()
            // TP-SCTS: a card has no use for the service centre's clock, and no reason to believe it.
            try reader.skip(7)
            length = Int(try reader.byte())
        } catch {
            throw .truncated(error)
        }
        guard length == reader.left && length <= ConcatenatedMessage.userDataLimit else {
            throw .userDataLength(says: length, has: reader.left)
        }
        userData = [UInt8](reader.rest)
    }

    /// Whether the message is meant for the card: data download, and 8-bit data of class 2 in either coding group
    /// (3GPP TS 31.111, 7.1.1.1; 3GPP TS 23.038, 4).
    public var isDataDownload: Bool {
        protocolIdentifier == 0x7F && (dataCodingScheme == 0xF6 || dataCodingScheme == 0x16)
    }
}

/// An SMS-SUBMIT that carries an answer (3GPP TS 23.040, 9.2.2.2), for SEND SHORT MESSAGE.
public struct SubmittedMessage: Equatable, Sendable {
    /// TP-DA: the originator of the command.
    public var destination: MessageAddress
    /// TP-PID.
    public var protocolIdentifier: UInt8
    /// TP-DCS.
    public var dataCodingScheme: UInt8
    /// TP-UD, with its header: at most 140 bytes; what is longer is cut.
    public var userData: [UInt8]

    public init(destination: MessageAddress, userData: [UInt8], protocolIdentifier: UInt8 = 0x00, dataCodingScheme: UInt8 = 0xF6) {
        self.destination = destination
        self.userData = userData
        self.protocolIdentifier = protocolIdentifier
        self.dataCodingScheme = dataCodingScheme
    }

    /// The TPDU: no validity period, message reference 0 (the terminal sets its own).
    public var tpdu: [UInt8] {
        let data = userData.prefix(ConcatenatedMessage.userDataLimit)
        return [0x41, 0x00] + destination.bytes + [protocolIdentifier, dataCodingScheme, UInt8(truncatingIfNeeded: data.count)]
            + data
    }
}
