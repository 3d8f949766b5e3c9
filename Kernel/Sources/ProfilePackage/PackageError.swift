import Wire

/// Why a profile package is refused: in which element, where, and what is wrong.
public struct PackageError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Problem: Equatable, Sendable {
        /// The bytes are no sequence of data objects (ITU-T X.690).
        case coding(TLVError)
        /// A field that must be made of others is not.
        case primitive
        /// There is more than the reader accepts.
        case limit(PackageLimit, value: Int)
        /// A field that must be there is not.
        case missing(String)
        /// A field has a length that it may not have, in bytes.
        case length(of: String, bytes: Int, allowed: ClosedRange<Int>)
        /// A field has a value that it may not have.
        case value(of: String, value: Int)
        /// Something comes where it may not, or twice.
        case order(String)
        /// The package demands something (an element, a service, a template, an application) that is not supported.
        case unsupported(String)
        /// There is such a file already.
        case duplicate(FilePath)
        /// The directory that the file should lie in does not exist.
        case orphan(FilePath)
        /// Content goes on past the end of its file.
        case overflow(size: Int, end: Int)
    }

    /// The element and, where there is one, its field, by their names in the standard ("usim/ef-imsi"); empty for the package as such.
    public let element: String
    /// Where in the package, in bytes from its start.
    public let offset: Int
    public let problem: Problem

    public init(element: String, offset: Int, problem: Problem) {
        self.element = element
        self.offset = offset
        self.problem = problem
    }
}

/// What the reader limits, so that a hostile package costs little.
public enum PackageLimit: String, Sendable, CaseIterable {
    /// The whole package, in bytes.
    case package
    /// How deep data objects lie in each other.
    case nesting
    /// Elements in the package.
    case elements
    /// Files in the package, directories included.
    case files
    /// The size of one file, in bytes.
    case fileSize
    /// The sizes of all files together, in bytes: a small package can ask for much through fill patterns.
    case contents
    /// The records of a file (ETSI TS 102 221, 8.2.2.2).
    case records
    /// The length of a record, in bytes (ETSI TS 102 221, 8.2.2.2).
    case recordLength
    /// Entries of one list: templates, applications, codes.
    case entries

    /// The most that is accepted.
    public var maximum: Int {
        switch self {
        case .package: 262_144
        case .nesting: 16
        case .elements: 512
        case .files: 1_024
        case .fileSize: 65_536
        case .contents: 1_048_576
        case .records: 254
        case .recordLength: 255
        case .entries: 64
        }
    }
}

extension PackageError: CustomStringConvertible {
    public var description: String { "\(element.isEmpty ? "package" : element), byte \(offset): \(problem)" }
}

extension PackageError.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .coding(let error): "not a DER data object: \(error)"
        case .primitive: "should be made of other fields, but is not"
        case .limit(let limit, let value): "\(limit.rawValue): \(value) is more than the limit of \(limit.maximum)"
        case .missing(let field): "\(field) is missing"
        case .length(let field, let bytes, let allowed):
            "\(field) has \(bytes) bytes, but should have \(allowed.lowerBound) to \(allowed.upperBound)"
        case .value(let field, let value): "\(field) cannot be \(value)"
        case .order(let text): text
        case .unsupported(let text): "\(text) is demanded, but not supported"
        case .duplicate(let path): "the file \(path) is there already"
        case .orphan(let path): "there is no directory for the file \(path)"
        case .overflow(let size, let end): "content up to byte \(end) does not fit into the file's \(size) bytes"
        }
    }
}
