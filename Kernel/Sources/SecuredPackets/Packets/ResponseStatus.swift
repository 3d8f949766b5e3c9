/// What became of a command packet (ETSI TS 102 225, table 5; 3GPP TS 31.115, 7).
public enum ResponseStatus: UInt8, Equatable, Sendable {
    /// The packet was accepted: PoR OK.
    case done = 0x00
    /// The checksum is wrong.
    case checksumFailed = 0x01
    case counterLow = 0x02
    case counterHigh = 0x03
    case counterBlocked = 0x04
    case cipheringError = 0x05
    /// An unidentified security error, for instance an algorithm or a key that the card does not have.
    case securityError = 0x06
    /// There is no room to process the message.
    case insufficientMemory = 0x07
    /// The card needs more time to process the message.
    case moreTime = 0x08
    /// No application has this TAR.
    case targetUnknown = 0x09
    /// The packet is protected less than the application asks for.
    case insufficientSecurityLevel = 0x0A
    /// The actual answer follows in an SMS-SUBMIT.
    case answerBySubmit = 0x0B
    /// The actual answer follows in a USSD string.
    case answerByUSSD = 0x0C
}
