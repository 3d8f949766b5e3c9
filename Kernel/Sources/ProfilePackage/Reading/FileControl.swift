/// The file control parameters of a package (Fcp): what is there, before template and context add the rest.
struct FileControl {
    enum ShortIdentifier {
        /// The template says it, or the file identifier.
        case implied
        case none
        case value(UInt8)
    }

    var descriptor: [UInt8] = []
    var identifier: UInt16?
    var application: [UInt8]?
    var lifeCycle: UInt8 = 0x05
    /// A file and a record for each of up to seven security environments.
    private static let longestRule = 16

    /// One byte: a record; three bytes: a file and a record; more: a file, then pairs of a security environment and a record.
    var rule: [UInt8] = []
    var size: Int?
    var pinStatus: [UInt8] = []
    var shortIdentifier = ShortIdentifier.implied
    var specialInformation: UInt8?
    var fill: FillPattern?
    var maximumSize: Int?
    /// The path to link to as it is coded; nil if there is none.
    var link: [UInt8]?

    init() {}

    init(_ node: Node) throws(PackageError) {
        for field in try node.children() {
            switch field.tag {
            case 0x82: descriptor = try field.octets("fileDescriptor", 1...6)
            case 0x83: identifier = try FileControl.identifier(field, "fileID")
            case 0x84: application = try field.octets("dfName", 5...16)
            case 0x8A: lifeCycle = try field.octet("lcsi")
            case 0x8B:
                rule = try field.octets("securityAttributesReferenced", 1...FileControl.longestRule)
                guard rule.count == 1 || rule.count == 3 || rule.count % 2 == 0 && rule.count >= 4 else {
                    throw field.error(
                        .length(of: "securityAttributesReferenced", bytes: rule.count, allowed: 1...FileControl.longestRule))
                }
            case 0x80: size = try FileControl.size(field, "efFileSize")
            case 0xC6: pinStatus = try field.octets("pinStatusTemplateDO", 0...64)
            case 0x88:
                if let byte = try field.octets("shortEFID", 0...1).first {
                    guard byte & 7 == 0 && (1...30).contains(byte >> 3) else {
                        throw field.error(.value(of: "shortEFID", value: Int(byte)))
                    }
                    shortIdentifier = .value(byte >> 3)
                } else {
                    shortIdentifier = .none
                }
            case 0xA5: try readProprietary(field)
            case 0xC7:
                let path = try field.octets("linkPath", 0...8)
                link = path.isEmpty ? nil : path
            default: break
            }
        }
    }

    private mutating func readProprietary(_ node: Node) throws(PackageError) {
        for field in try node.children() {
            switch field.tag {
            case 0xC0: specialInformation = try field.octet("specialFileInformation")
            case 0xC1, 0xC2:
                guard fill == nil else { throw field.error(.order("only one of fillPattern and repeatPattern may be there")) }
                let pattern = try field.octets(field.tag == 0xC1 ? "fillPattern" : "repeatPattern", 1...200)
                fill = field.tag == 0xC1 ? .fill(pattern) : .repeating(pattern)
            case 0x86: maximumSize = try FileControl.size(field, "maximumFileSize")
            default: break
            }
        }
    }

    private static func identifier(_ field: Node, _ name: String) throws(PackageError) -> UInt16 {
        UInt16(try field.number(name, 2...2))
    }

    private static func size(_ field: Node, _ name: String) throws(PackageError) -> Int {
        let size = Int(try field.number(name, 1...4))
        guard size <= PackageLimit.fileSize.maximum else { throw field.error(.limit(.fileSize, value: size)) }
        return size
    }
}

/// Bytes that the package puts into a file, `offset` after the end of those before.
struct FileChunk {
    let offset: Int
    let bytes: [UInt8]
    let node: Node
}
