/// What a card can do with a package: what it demands beyond that refuses it.
///
/// An element can be mandated (its header says so), and the package's header demands services, templates and applications. Elements
/// that are neither supported nor mandated are passed over.
public struct PackageSupport: Equatable, Sendable {
    /// The elements that may be mandated. A template is supported if its element is and the reader knows its version.
    public var elements: Set<ElementName>
    /// The services that the header may demand.
    public var services: Set<PackageService>
    /// The AIDs of the applications on the card that the header may demand, besides those in the package.
    public var applications: Set<[UInt8]>

    public init(elements: Set<ElementName>, services: Set<PackageService>, applications: Set<[UInt8]> = []) {
        self.elements = elements
        self.services = services
        self.applications = applications
    }

    /// What becomes files, codes and keys here: a USIM and an ISIM with MILENAGE, TUAK or the test algorithm.
    public static let usim = PackageSupport(
        elements: [
            .header, .genericFileManagement, .pinCodes, .pukCodes, .akaParameter, .end, .mf, .cd, .telecom, .usim, .optUSIM, .isim,
            .optISIM, .phonebook, .gsmAccess, .df5GS, .dfSAIP, .dfSNPN, .df5GProSe,
        ],
        services: [
            .usim, .isim, .milenage, .tuak128, .tuak256, .usimTestAlgorithm, .berTLV, .getIdentity, .profileA, .profileB,
        ])

    /// Everything that a package may name. Elements that are not in ``usim`` are passed over all the same: for looking into packages.
    public static let everything = PackageSupport(
        elements: Set((0..<ElementName.names.count).map(ElementName.init)),
        services: Set((0..<PackageService.names.count).map(PackageService.init)))
}
