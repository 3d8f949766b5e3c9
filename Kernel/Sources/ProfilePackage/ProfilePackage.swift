/// An operator's profile as it is shipped to an eUICC: a profile package (TCA eUICC Profile Package: Interoperable Format, versions 2.0
/// to 3.3, which GSMA SGP.02, SGP.22 and SGP.32 use), read into files, codes and keys.
///
/// ```swift
/// let package = try ProfilePackage.read(bytes)
/// for file in package.files { print(file.path, file.kind) }
/// ```
public struct ProfilePackage: Equatable, Sendable {
    public let header: ProfileHeader
    /// All elements in the order of the package, those included that were passed over.
    public let elements: [ProfileElement]
    /// Every file that the card shall have, ordered by path.
    public let files: [PackageFile]
    /// PINs by directory, and PUKs.
    public let codes: PackageCodes
    /// How each application authenticates.
    public let authentication: [ApplicationAuthentication]

    /// Reads a package.
    ///
    /// - Parameters:
    ///   - bytes: the package as the operator ships it, unprotected: DER, element after element.
    ///   - support: what the card can do. A package that demands more is refused.
    /// - Throws: where and why the package is refused. Limits are those of ``PackageLimit``.
    public static func read(_ bytes: [UInt8], supporting support: PackageSupport = .usim) throws(PackageError) -> ProfilePackage {
        try read(bytes, supporting: support, blank: 0xFF)
    }

    /// `blank` is what new memory holds: the tests compare with a decoder that leaves zeros there.
    static func read(_ bytes: [UInt8], supporting support: PackageSupport, blank: UInt8) throws(PackageError) -> ProfilePackage {
        var reader = PackageReader(bytes: bytes, support: support, blank: blank)
        return try reader.read()
    }

    /// The file with this path; nil if there is none.
    public func file(_ path: FilePath) -> PackageFile? {
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return files.indices.contains(low) && files[low].path == path ? files[low] : nil
    }
}
