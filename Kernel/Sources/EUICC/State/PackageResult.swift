/// The signed answer to an eUICC package, kept until the IPA says that the eIM has it (GSMA SGP.32, EuiccPackageResult).
public struct PackageResult: Equatable, Sendable {
    public var sequenceNumber: UInt32
    /// The whole data object BF51, at most ``longest`` bytes.
    public var bytes: [UInt8]

    /// The longest result in bytes. A package whose results would be longer is cut short with resultSizeOverflow.
    public static let longest = 1024
}
