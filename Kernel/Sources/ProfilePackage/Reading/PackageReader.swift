/// Goes through a package, element by element; what one element creates is the context of those after it.
struct PackageReader {
    let bytes: [UInt8]
    let support: PackageSupport
    let blank: UInt8

    var elements: [ProfileElement] = []
    var files: [FilePath: PackageFile] = [:]
    /// What the sizes of the files sum up to.
    var contents = 0
    var codes = PackageCodes()
    var authentication: [ApplicationAuthentication] = []
    /// Applications by the temporary identifiers of their ADFs.
    var applications: [UInt16: [UInt8]] = [:]
    /// The applications whose elements are passed over.
    var passedOver: Set<[UInt8]> = []
    /// The ADF of the latest element of each name, for the elements that extend it.
    var latest: [ElementName: FilePath] = [:]
    /// The directory that PINs and keys belong to; nil if its element was passed over.
    var current: FilePath?

    init(bytes: [UInt8], support: PackageSupport, blank: UInt8) {
        self.bytes = bytes
        self.support = support
        self.blank = blank
    }

    func error(_ offset: Int, _ problem: PackageError.Problem) -> PackageError {
        PackageError(element: "", offset: offset, problem: problem)
    }

    mutating func read() throws(PackageError) -> ProfilePackage {
        guard bytes.count <= PackageLimit.package.maximum else { throw error(0, .limit(.package, value: bytes.count)) }
        let nodes = try Node.all(in: bytes, 0..<bytes.count, name: "")
        guard nodes.count <= PackageLimit.elements.maximum else {
            throw error(nodes[PackageLimit.elements.maximum].offset, .limit(.elements, value: nodes.count))
        }
        guard let first = nodes.first, first.number == ElementName.header.number else { throw error(0, .missing("header")) }
        let header = try readHeader(first)
        for node in nodes.dropFirst() { try readElement(node) }
        guard elements.last?.name == .end else { throw error(bytes.count, .missing("end")) }
        try checkUnblocking()
        return ProfilePackage(
            header: header, elements: elements, files: files.values.sorted { $0.path < $1.path }, codes: codes,
            authentication: authentication)
    }

    // MARK: Header

    private mutating func readHeader(_ element: Node) throws(PackageError) -> ProfileHeader {
        var node = element
        node.name = "header"
        try node.walk()
        let fields = try node.fields()
        let major = try fields.required(0x80, "major-version").integer("major-version", upTo: 255)
        let minor = try fields.required(0x81, "minor-version").integer("minor-version", upTo: 255)
        guard major == 2 || major == 3 else { throw node.error(.unsupported("version \(major).\(minor) of the format")) }
        var services: [PackageService] = []
        for field in try fields.required(0xA5, "eUICC-Mandatory-services").children() {
            guard let number = field.number else { continue }
            let service = PackageService(number)
            guard support.services.contains(service) else { throw field.error(.unsupported("the service \(service)")) }
            services.append(service)
        }
        var templates: [TemplateIdentifier] = []
        for field in try entries(try fields.required(0xA6, "eUICC-Mandatory-GFSTEList")) {
            let identifier = try field.objectIdentifier("eUICC-Mandatory-GFSTEList")
            guard isSupported(identifier) else { throw field.error(.unsupported("the template \(identifier)")) }
            templates.append(identifier)
        }
        var applications: [ProfileHeader.MandatoryApplication] = []
        if let list = fields[0xA8] {
            for entry in try entries(list) {
                let pair = try entry.fields()
                let aid = try pair.required(0x80, "aid").octets("aid", 5...16)
                let version = try pair.required(0x81, "version").octets("version", 2...2)
                guard support.applications.contains(aid) else { throw entry.error(.unsupported("the application \(hex(aid))")) }
                applications.append(ProfileHeader.MandatoryApplication(aid: aid, version: version))
            }
        }
        let header = ProfileHeader(
            majorVersion: major, minorVersion: minor, profileType: try fields[0x82]?.text("profileType", 1...100),
            iccid: try readICCID(try fields.required(0x83, "iccid")), mandatoryServices: services, mandatoryTemplates: templates,
            mandatoryApplications: applications, policyRules: try fields[0x84]?.octets("pol", 0...256),
            connectivityParameters: try fields[0x87]?.octets("connectivityParameters", 0...4_096))
        elements.append(
            ProfileElement(
                name: .header, isMandated: true, identification: 0, range: node.offset..<node.range.upperBound,
                content: .header(header)))
        return header
    }

    private func isSupported(_ template: TemplateIdentifier) -> Bool {
        guard let (name, versions) = Template.element(of: template), let version = template.template?.version else { return false }
        return support.elements.contains(name) && versions.contains(version)
    }

    // MARK: Elements

    private mutating func readElement(_ element: Node) throws(PackageError) {
        guard let number = element.number, element.isConstructed else {
            throw element.error(.value(of: "the tag of an element", value: Int(element.tag)))
        }
        let name = ElementName(number)
        var node = element
        node.name = name.description
        if elements.last?.name == .end { throw node.error(.order("nothing may come after end")) }
        guard name != .header else { throw node.error(.order("there may be one header only, and it comes first")) }
        try node.walk()
        let fields = try node.fields()
        let head = try fields.required(0xA0, "the element's header").fields()
        let isMandated = head[0x80] != nil
        let identification = try head.required(0x81, "identification").integer("identification", upTo: 32_767)
        guard !isMandated || support.elements.contains(name) else {
            throw node.error(.unsupported("the element \(name) (identification \(identification))"))
        }
        let content = try read(name, node, fields, isMandated)
        elements.append(
            ProfileElement(
                name: name, isMandated: isMandated, identification: identification, range: node.offset..<node.range.upperBound,
                content: content))
    }

    private mutating func read(
        _ name: ElementName, _ node: Node, _ fields: Fields, _ isMandated: Bool
    ) throws(PackageError) -> ProfileElement.Content {
        if let template = Template.of(name) {
            let field = try fields.required(0x81, "templateID")
            let identifier = try field.objectIdentifier("templateID")
            if let (number, version) = identifier.template, number == template.number, template.versions.contains(version) {
                return .files(try readFiles(name, node, fields, template, version))
            }
            guard !isMandated else { throw field.error(.unsupported("the template \(identifier)")) }
        }
        switch name {
        case .genericFileManagement: return .files(try readFileManagement(node, fields))
        case .pukCodes: return .pukCodes(try readPUKs(fields))
        case .pinCodes: return try readPINs(fields)
        case .akaParameter:
            let parameter = try readAKA(fields)
            guard let current else { return .akaParameter(parameter, application: nil) }
            guard !current.application.isEmpty else { throw node.error(.order("there is no application before it")) }
            authentication.append(ApplicationAuthentication(application: current.application, parameter: parameter))
            return .akaParameter(parameter, application: current.application)
        case .end: return .end
        default:
            passOver(name, fields)
            return .passedOver
        }
    }

    /// Notes the application of an element that is not read, so that what belongs to it is passed over as well.
    private mutating func passOver(_ name: ElementName, _ fields: Fields) {
        switch name {
        case .csim, .usim, .isim:
            current = nil
            latest[name] = nil
            guard let file = fields[0xA2], let parts = try? file.children(), let control = parts.first(where: { $0.tag == 0xA1 }),
                let parameters = try? FileControl(control), let identifier = parameters.identifier,
                let application = parameters.application
            else { return }
            applications[identifier] = application
            passedOver.insert(application)
        case .iot, .optIoT, .eap, .optCSIM, .optUSIM, .optISIM: current = nil
        default: break
        }
    }

    // MARK: What readers share

    /// The entries of a list, as many as there may be.
    func entries(_ list: Node) throws(PackageError) -> [Node] {
        let entries = try list.children()
        guard entries.count <= PackageLimit.entries.maximum else { throw list.error(.limit(.entries, value: entries.count)) }
        return entries
    }

    /// The directory or file that a coded path names: identifiers from the MF on, where an ADF has its temporary one.
    func path(_ bytes: [UInt8], of node: Node, _ field: String) throws(PackageError) -> FilePath {
        guard bytes.count % 2 == 0 else { throw node.error(.length(of: field, bytes: bytes.count, allowed: 0...8)) }
        var identifiers = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        if identifiers.first == 0x3F00 { identifiers.removeFirst() }
        if let first = identifiers.first, let application = applications[first] {
            return FilePath(application: application, identifiers: [0x3F00, 0x7FFF] + identifiers.dropFirst())
        }
        return FilePath(identifiers: [0x3F00] + identifiers)
    }

    func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }.joined()
    }
}
