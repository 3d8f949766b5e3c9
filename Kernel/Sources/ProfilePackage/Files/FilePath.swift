/// Where a file lies: its identifiers from the MF on. The ADF of an application is 7FFF there (ETSI TS 102 221, 8.3), and its AID says
/// which one it is; the temporary identifier that the package calls it by is gone.
public struct FilePath: Hashable, Sendable {
    /// The AID of the application; empty for files that lie in none.
    public let application: [UInt8]
    /// File identifiers; the first one is 3F00.
    public let identifiers: [UInt16]

    public init(application: [UInt8] = [], identifiers: [UInt16]) {
        self.application = application
        self.identifiers = identifiers
    }

    /// The master file.
    public static let masterFile = FilePath(identifiers: [0x3F00])

    /// The ADF of an application.
    public static func application(_ aid: [UInt8]) -> FilePath { FilePath(application: aid, identifiers: [0x3F00, 0x7FFF]) }

    /// The directory that the file lies in; nil for the MF.
    public var parent: FilePath? {
        guard identifiers.count > 1 else { return nil }
        return FilePath(application: identifiers.count > 2 ? application : [], identifiers: identifiers.dropLast())
    }

    /// A file in this directory.
    public func appending(_ identifier: UInt16) -> FilePath {
        FilePath(application: application, identifiers: identifiers + [identifier])
    }
}

/// Files of no application come first, then application by application; a directory comes before what lies in it.
extension FilePath: Comparable {
    public static func < (left: FilePath, right: FilePath) -> Bool {
        if left.application != right.application { return left.application.lexicographicallyPrecedes(right.application) }
        return left.identifiers.lexicographicallyPrecedes(right.identifiers)
    }
}

extension FilePath: CustomStringConvertible {
    /// As in "3F00/7FFF/6F07", with " of " and the AID for a file of an application.
    public var description: String {
        let path = identifiers.map { identifier in
            let text = String(identifier, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - text.count) + text
        }
        let joined = path.joined(separator: "/")
        guard !application.isEmpty else { return joined }
        let aid = application.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
        return joined + " of " + aid.joined()
    }
}
