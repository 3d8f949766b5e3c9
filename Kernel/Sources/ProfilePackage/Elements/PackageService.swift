/// A service that the header may demand of the card: its place in ServicesList (TCA Profile Package, annex PEDefinitions).
public struct PackageService: Hashable, Sendable, CustomStringConvertible {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    /// The standard's names in the order of their tags.
    public static let names = [
        "contactless", "usim", "isim", "csim", "milenage", "tuak128", "cave", "gba-usim", "gba-isim", "mbms", "eap", "javacard",
        "multos", "multiple-usim", "multiple-isim", "multiple-csim", "tuak256", "usim-test-algorithm", "ber-tlv", "dfLink",
        "cat-tp",
        "get-identity", "profile-a-x25519", "profile-b-p256", "suciCalculatorApi", "dns-resolution", "scp11ac",
        "scp11c-authorization-mechanism", "s16mode", "eaka",
    ]

    /// The standard's name, or the tag's number in brackets if it has none.
    public var description: String {
        PackageService.names.indices.contains(number) ? PackageService.names[number] : "[\(number)]"
    }

    public static let usim = PackageService(1)
    public static let isim = PackageService(2)
    public static let csim = PackageService(3)
    public static let milenage = PackageService(4)
    public static let tuak128 = PackageService(5)
    public static let javacard = PackageService(11)
    public static let tuak256 = PackageService(16)
    public static let usimTestAlgorithm = PackageService(17)
    public static let berTLV = PackageService(18)
    public static let dfLink = PackageService(19)
    public static let getIdentity = PackageService(21)
    public static let profileA = PackageService(22)
    public static let profileB = PackageService(23)
}
