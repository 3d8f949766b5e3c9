import Wire

/// What the package says of itself (ProfileHeader).
public struct ProfileHeader: Equatable, Sendable {
    /// The version of the Interoperable Format that the package is written in: 2 or 3.
    public let majorVersion: Int
    public let minorVersion: Int
    /// A free text, up to 100 bytes of UTF-8.
    public let profileType: String?
    public let iccid: ICCID
    /// The services that the card must have.
    public let mandatoryServices: [PackageService]
    /// The file templates that the card must know.
    public let mandatoryTemplates: [TemplateIdentifier]
    /// The applications, by AID and version, that the card must have.
    public let mandatoryApplications: [MandatoryApplication]
    /// Policy rules (pol), as they came.
    public let policyRules: [UInt8]?
    /// How the card reaches its platform (connectivityParameters), as they came.
    public let connectivityParameters: [UInt8]?

    /// An application that the card must have.
    public struct MandatoryApplication: Equatable, Sendable {
        public let aid: [UInt8]
        /// Two bytes: major and minor version.
        public let version: [UInt8]
    }
}
