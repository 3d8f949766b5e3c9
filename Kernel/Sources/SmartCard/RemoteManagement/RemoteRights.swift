/// What a remote sender may do to files: the access conditions that count as met for it (ETSI TS 102 226, 8.2.1.3.2.4, the access domain).
///
/// A file's rule decides, as it does for a terminal: a condition on one of these codes is met, one on any other is not, and what a rule
/// allows nobody is not allowed from afar either. Keys, sequence numbers and the values of codes lie in no file and cannot be read.
public struct RemoteRights: OptionSet, Equatable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The application's PIN: key references 01 to 08.
    public static let pin = RemoteRights(rawValue: 0x01)
    /// The second PIN: 81 to 88.
    public static let secondPIN = RemoteRights(rawValue: 0x02)
    /// The universal PIN: 11.
    public static let universalPIN = RemoteRights(rawValue: 0x04)
    /// ADM1 to ADM5: 0A to 0E.
    public static let administrator1 = RemoteRights(rawValue: 0x08)
    public static let administrator2 = RemoteRights(rawValue: 0x10)
    public static let administrator3 = RemoteRights(rawValue: 0x20)
    public static let administrator4 = RemoteRights(rawValue: 0x40)
    public static let administrator5 = RemoteRights(rawValue: 0x80)
    /// Every code: an administrator who knows all of them.
    public static let administrator = RemoteRights(rawValue: 0xFF)

    /// Whether the code with this key reference counts as verified.
    func include(_ reference: UInt8) -> Bool {
        switch reference {
        case 0x01...0x08: contains(.pin)
        case 0x81...0x88: contains(.secondPIN)
        case PIN.universal: contains(.universalPIN)
        case 0x0A...0x0E: rawValue & RemoteRights.administrator1.rawValue << (reference - 0x0A) != 0
        default: false
        }
    }
}

extension SecurityStatus {
    /// The codes that count as verified for a remote sender.
    mutating func grant(_ rights: RemoteRights) {
        for index in indices(where: rights.include) { setVerified(true, at: index) }
    }
}
