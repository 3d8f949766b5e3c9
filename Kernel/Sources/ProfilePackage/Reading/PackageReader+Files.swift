/// Files: from templates, and from genericFileManagement.
extension PackageReader {
    /// The files of an element that refers to a template.
    mutating func readFiles(
        _ name: ElementName, _ element: Node, _ fields: Fields, _ template: Template, _ version: Int
    ) throws(PackageError) -> [FilePath] {
        var created: [FilePath] = []
        var given: Set<Int> = []
        var base = try existingBase(element, template)
        var directory = base
        var last = -1
        for field in fields.nodes {
            // Tags 0 and 1 are the header and the template's identifier.
            guard let number = field.number, number >= 2, let row = template.row(number - 2, version: version) else { continue }
            var node = field
            node.name = element.name + "/" + row.name
            guard number > last else { throw node.error(.order("the fields are not in order")) }
            last = number
            given.insert(number - 2)
            guard let draft = try draft(node, row, canBeLeftOut: name != .mf) else { continue }
            let path: FilePath
            switch row.kind {
            case .masterFile, .application,
                .dedicated where number == 2:
                path = try makeBase(draft, row, in: base)
                base = path
                directory = path
            case .dedicated:
                guard let base else { throw node.error(.missing(template.rows[0].name)) }
                path = base.appending(try identifier(of: draft))
                directory = path
            default:
                guard let directory else { throw node.error(.missing(template.rows[0].name)) }
                path = directory.appending(try identifier(of: draft))
            }
            try create(draft, at: path)
            created.append(path)
        }
        created += try createTheRest(element, template, version, given, in: base)
        guard let base else { throw element.error(.missing(template.rows[0].name)) }
        switch template.base {
        case .masterFile, .directory: current = base
        case .application:
            current = base
            latest[name] = base
        case .existing(let owner), .within(let owner): current = latest[owner]
        }
        return created
    }

    /// The directory that must be there before the element's first file; nil if that creates it, in no other.
    private func existingBase(_ element: Node, _ template: Template) throws(PackageError) -> FilePath? {
        switch template.base {
        case .masterFile, .application: return nil
        case .directory: return .masterFile
        case .existing(let owner), .within(let owner):
            guard let path = latest[owner] else { throw element.error(.order("there is no \(owner) before it")) }
            return path
        }
    }

    /// Where the first file of a template lies, which holds the others.
    private mutating func makeBase(_ draft: FileDraft, _ row: Template.Row, in parent: FilePath?) throws(PackageError) -> FilePath {
        switch row.kind {
        case .masterFile: return .masterFile
        case .application: return try makeApplication(draft)
        default: return (parent ?? .masterFile).appending(try identifier(of: draft))
        }
    }

    /// Takes down an application, so that paths with its temporary identifier find it.
    private mutating func makeApplication(_ draft: FileDraft) throws(PackageError) -> FilePath {
        guard let application = draft.control.application else { throw draft.node.error(.missing("dfName")) }
        guard let identifier = draft.control.identifier else { throw draft.node.error(.missing("fileID")) }
        guard applications[identifier] == nil else {
            throw draft.node.error(.duplicate(FilePath(identifiers: [0x3F00, identifier])))
        }
        applications[identifier] = application
        return .application(application)
    }

    /// What a template creates without being told.
    private mutating func createTheRest(
        _ element: Node, _ template: Template, _ version: Int, _ given: Set<Int>, in base: FilePath?
    ) throws(PackageError) -> [FilePath] {
        var created: [FilePath] = []
        for index in template.rows.indices where !given.contains(index) {
            guard let row = template.row(index, version: version) else { continue }
            guard !row.isRequired else { throw element.error(.missing(row.name)) }
            guard template.isCreatedByDefault, row.fill != nil, let identifier = row.identifier, let base else { continue }
            var node = element
            node.name = element.name + "/" + row.name
            let path = base.appending(identifier)
            try create(FileDraft(node: node, row: row), at: path)
            created.append(path)
        }
        return created
    }

    /// Reads a File; nil if it says that it shall not be created.
    private func draft(_ node: Node, _ row: Template.Row, canBeLeftOut: Bool) throws(PackageError) -> FileDraft? {
        var draft = FileDraft(node: node, row: row)
        var isLeftOut = false
        var offset = 0
        for part in try node.children() {
            switch part.tag {
            case 0x80: isLeftOut = true
            case 0xA1: draft.control = try FileControl(part)
            case 0x82: offset += try part.integer("fillFileOffset", upTo: 65_535)
            case 0x83:
                draft.chunks.append(FileChunk(offset: offset, bytes: try part.octets("fillFileContent", 0...65_535), node: part))
                offset = 0
            default: break
            }
        }
        // The MF's files are created whatever is said (annex PEDefinitions, doNotCreate).
        return isLeftOut && canBeLeftOut ? nil : draft
    }

    private func identifier(of draft: FileDraft) throws(PackageError) -> UInt16 {
        guard let identifier = draft.control.identifier ?? draft.row?.identifier else { throw draft.node.error(.missing("fileID")) }
        return identifier
    }

    // MARK: genericFileManagement

    /// Files one by one, each with all its parameters (PE-GenericFileManagement).
    mutating func readFileManagement(_ element: Node, _ fields: Fields) throws(PackageError) -> [FilePath] {
        var created: [FilePath] = []
        // At first the MF is selected.
        var directory = FilePath.masterFile
        var draft: FileDraft?
        var offset = 0
        for command in try fields.required(0xA1, "fileManagementCMD").children() {
            for part in try command.children() {
                switch part.tag {
                case 0x80:
                    try finish(&draft, in: &directory, &created)
                    directory = try path(try part.octets("filePath", 0...8), of: part, "filePath")
                case 0x62:
                    try finish(&draft, in: &directory, &created)
                    draft = FileDraft(node: part, control: try FileControl(part))
                    offset = 0
                case 0x02:
                    offset += try part.integer("fillFileOffset", upTo: 65_535)
                case 0x81:
                    guard draft != nil else { throw part.error(.order("there is no file to fill")) }
                    draft?.chunks.append(
                        FileChunk(offset: offset, bytes: try part.octets("fillFileContent", 0...65_535), node: part))
                    offset = 0
                default: break
                }
            }
        }
        try finish(&draft, in: &directory, &created)
        return created
    }

    /// Creates the file that was being read, if there is one. A new directory is selected (ETSI TS 102 222, 6.3.1).
    private mutating func finish(
        _ draft: inout FileDraft?, in directory: inout FilePath, _ created: inout [FilePath]
    ) throws(PackageError) {
        guard let file = draft else { return }
        draft = nil
        guard !passedOver.contains(directory.application) else { return }
        let path: FilePath
        if file.control.application != nil {
            path = try makeApplication(file)
        } else {
            path = directory.appending(try identifier(of: file))
        }
        if try create(file, at: path).kind.isDirectory { directory = path }
        created.append(path)
    }

    // MARK: All files

    /// Makes a file of a draft.
    @discardableResult
    mutating func create(_ draft: FileDraft, at path: FilePath) throws(PackageError) -> PackageFile {
        let node = draft.node
        guard files.count < PackageLimit.files.maximum else { throw node.error(.limit(.files, value: files.count + 1)) }
        guard files[path] == nil else { throw node.error(.duplicate(path)) }
        if let parent = path.parent, files[parent]?.kind.isDirectory != true { throw node.error(.orphan(path)) }
        let control = draft.control
        let link = try control.link.map { link throws(PackageError) in try self.path(link, of: node, "linkPath") }
        let kind = try draft.kind(isLink: link != nil)
        let content = link == nil ? try draft.content(of: kind, blank: blank) : []
        contents += content.count
        guard contents <= PackageLimit.contents.maximum else { throw node.error(.limit(.contents, value: contents)) }
        let file = PackageFile(
            path: path, name: draft.row?.name, kind: kind, isShareable: control.descriptor.first.map { $0 & 0x40 != 0 } ?? true,
            shortIdentifier: kind.isDirectory ? nil : shortIdentifier(draft, at: path), lifeCycle: control.lifeCycle,
            accessRule: accessRule(draft, at: path), pinStatus: control.pinStatus,
            specialInformation: control.specialInformation ?? (draft.row?.isOften == true ? 0x80 : 0), link: link, content: content)
        files[path] = file
        return file
    }

    private func shortIdentifier(_ draft: FileDraft, at path: FilePath) -> UInt8? {
        switch draft.control.shortIdentifier {
        case .none: return nil
        case .value(let value): return value
        case .implied:
            if let row = draft.row { return row.shortIdentifier }
            // ETSI TS 102 221, 11.1.1.4.8: the low bits of the identifier.
            let bits = UInt8(truncatingIfNeeded: (path.identifiers.last ?? 0) & 0x1F)
            return (1...30).contains(bits) ? bits : nil
        }
    }

    private func accessRule(_ draft: FileDraft, at path: FilePath) -> PackageFile.AccessRule? {
        let rule = draft.control.rule
        // The file that a record alone means (annex PEDefinitions, securityAttributesReferenced).
        let implied: UInt16 = path.identifiers.count <= 2 ? 0x2F06 : 0x6F06
        switch rule.count {
        case 1: return PackageFile.AccessRule(file: implied, record: rule[0])
        case 3: return PackageFile.AccessRule(file: UInt16(rule[0]) << 8 | UInt16(rule[1]), record: rule[2])
        case 4...:
            func record(in environment: UInt8) -> UInt8 {
                for place in stride(from: 2, to: rule.count - 1, by: 2) where rule[place] == environment { return rule[place + 1] }
                return PackageFile.AccessRule.none
            }
            return PackageFile.AccessRule(
                file: UInt16(rule[0]) << 8 | UInt16(rule[1]), record: record(in: 1), disabledRecord: record(in: 0))
        default: return draft.row.map { PackageFile.AccessRule(file: implied, record: $0.rule) }
        }
    }
}
