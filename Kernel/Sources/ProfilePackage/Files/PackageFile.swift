/// A file as the card shall have it, with its content whole: the template's defaults, then what the package sets.
public struct PackageFile: Equatable, Sendable {
    public let path: FilePath
    /// The field's name in the standard ("ef-imsi"); nil for a file that genericFileManagement creates.
    public let name: String?
    public let kind: Kind
    /// Whether several logical channels may use it at once (file descriptor, bit 7).
    public let isShareable: Bool
    /// The short file identifier, 1 to 30; nil if it has none.
    public let shortIdentifier: UInt8?
    /// The life cycle status (ETSI TS 102 221, 11.1.1.4.9): 05 is activated.
    public let lifeCycle: UInt8
    /// Which record of which EF.ARR rules the access; nil if neither the package nor a template says so: then all is closed.
    public let accessRule: AccessRule?
    /// The PIN status template of a directory (ETSI TS 102 221, 11.1.1.4.10), as the package has it; empty for other files.
    public let pinStatus: [UInt8]
    /// Special file information (ETSI TS 102 222, table 5): bit 8 says that it is often updated, bit 7 that it can be read and
    /// updated when deactivated.
    public let specialInformation: UInt8
    /// The file whose content this one shows; its own is empty then. It need not be in the package, if an element was passed over.
    public let link: FilePath?
    /// What is in it: all bytes of a transparent file, all records of a file with records in order, the data objects of a BER-TLV file.
    public let content: [UInt8]

    /// What sort of file it is (ETSI TS 102 221, 8.1 and 8.2). Sizes are bytes.
    public enum Kind: Equatable, Sendable {
        case masterFile
        case dedicated
        case application
        /// The size is that of the content; a link has 0.
        case transparent
        /// A link has 0 records if the package does not say how many.
        case linearFixed(recordLength: Int, records: Int)
        case cyclic(recordLength: Int, records: Int)
        /// `maximum` is how far it may grow; nil if nothing says so. `reserved` is what is set aside for it at least.
        case berTLV(reserved: Int, maximum: Int?)

        /// Whether files can lie in it.
        public var isDirectory: Bool {
            switch self {
            case .masterFile, .dedicated, .application: true
            default: false
            }
        }
    }

    /// A record of an EF.ARR (ETSI TS 102 221, 9.2.7): the one with this identifier that lies nearest on the way to the MF.
    public struct AccessRule: Equatable, Sendable {
        public let file: UInt16
        /// In security environment 01, and in all others where ``disabledRecord`` is nil.
        public let record: UInt8
        /// In security environment 00, in which the application PIN is disabled (clause 9.3); nil where the rule is the same in all.
        public let disabledRecord: UInt8?

        /// Stands for an environment without a record: nothing is allowed in it.
        public static let none: UInt8 = 0xFF

        public init(file: UInt16, record: UInt8, disabledRecord: UInt8? = nil) {
            self.file = file
            self.record = record
            self.disabledRecord = disabledRecord
        }
    }

    /// Record `number`, counted from 1; nil if there is none, or if the file has no records.
    public func record(_ number: Int) -> ArraySlice<UInt8>? {
        switch kind {
        case .linearFixed(let length, let records), .cyclic(let length, let records):
            guard number >= 1 && number <= records && number * length <= content.count else { return nil }
            return content[(number - 1) * length..<number * length]
        default: return nil
        }
    }
}
