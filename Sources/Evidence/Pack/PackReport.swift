/// What a verification of a pack came to.
public struct PackReport: Codable, Equatable, Sendable {
    public enum Status: String, Codable, Sendable {
        /// As the manifest says.
        case ok
        /// Not what the manifest says, or, without a manifest that can be trusted, not known to be anything.
        case changed
        /// In the manifest, not in the archive.
        case missing
        /// In the archive, not in the manifest.
        case unlisted
        /// The manifest itself says nothing, so neither does this.
        case unknown
    }

    public struct File: Codable, Equatable, Sendable {
        public let path: String
        public let status: Status
    }

    /// Every file, in the order of the names.
    public internal(set) var files: [File] = []
    /// Whether the manifest is signed with the key that was given.
    public internal(set) var isSigned = false
    /// The heads of the period, where their signatures are good.
    public internal(set) var firstHead: HeadMark?
    public internal(set) var lastHead: HeadMark?
    /// Whether the second head's tree begins with the first's.
    public internal(set) var isConsistent = false
    /// Entries whose proof leads to the last head.
    public internal(set) var provenEntries: UInt64 = 0
    /// What the manifest says about the pack, where it is signed.
    public internal(set) var predicate: CanonicalValue?
    /// What is not as it should be, in words; the first ``PackVerifier/mostFindings``.
    public internal(set) var findings: [String] = []
    public internal(set) var findingsInAll = 0

    public var isWhole: Bool { findingsInAll == 0 }

    mutating func add(_ finding: String) {
        findingsInAll += 1
        if findings.count < PackVerifier.mostFindings { findings.append(finding) }
    }
}
