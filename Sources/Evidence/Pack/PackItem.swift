import Crypto
import Foundation

/// A file that goes into a pack.
public struct PackItem: Sendable {
    public enum Source: Sendable {
        case bytes([UInt8])
        /// A file, read when the pack is built: it must not change meanwhile.
        case file(URL)
    }

    /// Its name in the archive: see ``PackLimits/isName(_:)``.
    public let path: String
    public let source: Source

    public init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        source = .bytes(bytes)
    }

    public init(_ path: String, file: URL) {
        self.path = path
        source = .file(file)
    }

    /// Hands the content over in pieces of at most ``PackLimits/chunk``.
    func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch source {
        case .bytes(let bytes): try bytes.withUnsafeBytes(body)
        case .file(let url):
            guard let file = FileHandle(forReadingAtPath: url.path) else {
                throw PackError.file(path: url.path, detail: "cannot be read")
            }
            defer { try? file.close() }
            while let data = try file.read(upToCount: PackLimits.chunk), !data.isEmpty { try data.withUnsafeBytes(body) }
        }
    }
}

/// How much a pack may hold.
public enum PackLimits {
    /// Bytes of the whole archive.
    public static let archive: UInt64 = 500_000_000
    /// Files, the manifest and the ledger's own among them.
    public static let files = 10_000
    /// Bytes of a name.
    public static let name = 200
    /// Bytes of the manifest.
    public static let manifest = 16 << 20
    /// Bytes of the ledger's notes and of the consistency proof.
    public static let small = 16_384
    /// Bytes that are in memory at a time.
    static let chunk = 1 << 20

    /// Whether a file in a pack may have this name: parts of a-z, 0-9, ".", "-" and "_", divided by "/", none of them empty or beginning with
    /// "."; at most ``name`` bytes. So nothing leaves the folder that a pack is unpacked in.
    public static func isName(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= name else { return false }
        return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.first, first != UInt8(ascii: ".") else { return false }
            return part.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                    UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        }
    }
}

/// The names that a pack gives to its own files.
public enum PackName {
    /// The signed statement over all other files.
    public static let manifest = "manifest.dsse.json"
    /// The head at the beginning of the period.
    public static let firstHead = "ledger/first-head.txt"
    /// The head at the end of the period.
    public static let lastHead = "ledger/last-head.txt"
    /// That the second begins with the first.
    public static let consistency = "ledger/consistency.txt"
    /// The entries, each with its proof of inclusion under the last head.
    public static let entries = "ledger/entries.jsonl"

    static let own = [manifest, firstHead, lastHead, consistency, entries]
    static let ledger = [firstHead, lastHead, consistency, entries]
}

/// Why a pack cannot be built. Nothing is left at its place.
public enum PackError: Error, Equatable, Sendable {
    /// A name that a file in a pack cannot have.
    case name(String)
    /// A name that was given twice, or that the pack's own files have.
    case taken(String)
    /// More files than ``PackLimits/files``.
    case files(count: Int, limit: Int)
    /// More bytes than a limit.
    case size(what: String, limit: UInt64)
    /// A file changed while the pack was built.
    case changed(String)
    /// The predicate has no canonical form.
    case predicate(CanonicalError)
    /// The key that signs is not the one that signed the heads.
    case otherKey
    /// A file cannot be read or written.
    case file(path: String, detail: String)
}

extension PackError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .name(let name):
            "\"\(name)\" cannot be the name of a file in a pack: expected a-z, 0-9, \".\", \"-\", \"_\" and \"/\", at most \(PackLimits.name) "
                + "bytes, and no part that is empty or begins with \".\""
        case .taken(let name): "there are two files named \(name)"
        case .files(let count, let limit): "\(count) files, expected at most \(limit)"
        case .size(let what, let limit): "\(what) would have more than \(limit) bytes"
        case .changed(let path): "\(path) changed while the pack was built: build it again"
        case .predicate(let error): "the predicate: \(error)"
        case .otherKey: "the key that is to sign is not the one that signed the ledger's heads"
        case .file(let path, let detail): "\(path): \(detail)"
        }
    }
}
