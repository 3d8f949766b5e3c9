/// Which element it is: its place in the choice ProfileElement (TCA Profile Package, annex PEDefinitions), which is its tag's number.
///
/// Numbers that a later version of the standard may add are names as well; they have no text.
public struct ElementName: Hashable, Sendable, CustomStringConvertible {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    /// The standard's names in the order of their tags; those from 11 to 15 are reserved.
    public static let names = [
        "header", "genericFileManagement", "pinCodes", "pukCodes", "akaParameter", "cdmaParameter", "securityDomain", "rfm",
        "application", "nonStandard", "end", "rfu1", "rfu2", "rfu3", "rfu4", "rfu5", "mf", "cd", "telecom", "usim", "opt-usim",
        "isim",
        "opt-isim", "phonebook", "gsm-access", "csim", "opt-csim", "eap", "df-5gs", "df-saip", "df-snpn", "df-5gprose", "iot",
        "opt-iot",
    ]

    /// The standard's name, or the tag's number in brackets if it has none.
    public var description: String {
        ElementName.names.indices.contains(number) ? ElementName.names[number] : "[\(number)]"
    }

    public static let header = ElementName(0)
    public static let genericFileManagement = ElementName(1)
    public static let pinCodes = ElementName(2)
    public static let pukCodes = ElementName(3)
    public static let akaParameter = ElementName(4)
    public static let cdmaParameter = ElementName(5)
    public static let securityDomain = ElementName(6)
    public static let rfm = ElementName(7)
    public static let application = ElementName(8)
    public static let nonStandard = ElementName(9)
    public static let end = ElementName(10)
    public static let mf = ElementName(16)
    public static let cd = ElementName(17)
    public static let telecom = ElementName(18)
    public static let usim = ElementName(19)
    public static let optUSIM = ElementName(20)
    public static let isim = ElementName(21)
    public static let optISIM = ElementName(22)
    public static let phonebook = ElementName(23)
    public static let gsmAccess = ElementName(24)
    public static let csim = ElementName(25)
    public static let optCSIM = ElementName(26)
    public static let eap = ElementName(27)
    public static let df5GS = ElementName(28)
    public static let dfSAIP = ElementName(29)
    public static let dfSNPN = ElementName(30)
    public static let df5GProSe = ElementName(31)
    public static let iot = ElementName(32)
    public static let optIoT = ElementName(33)
}
