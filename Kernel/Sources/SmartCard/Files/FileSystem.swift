/// The file tree of one profile: descriptors in RAM, contents in the image.
struct FileSystem: Sendable {
    static let masterFile = 0
    /// Stands for the application of the channel in a SELECT (TS 102 221, clause 8.4.1).
    static let currentApplication: UInt16 = 0x7FFF

    let layout: ProfileLayout
    private(set) var nodes: [FileNode]
    /// For each file, the EF.ARR that rules it, found once: searched in the file's own directory, then upwards (TS 102 221, clause
    /// 9.2.7).
    private let ruleFiles: [Int?]

    init(_ bytes: [UInt8], layout: ProfileLayout) {
        self.layout = layout
        var nodes: [FileNode] = []
        nodes.reserveCapacity(layout.nodeCount)
        for index in 0..<layout.nodeCount {
            // The layout was checked when the image was read, so this finds every file.
            guard let node = FileNode(bytes, at: layout.node(index), base: layout.base) else { break }
            nodes.append(node)
        }
        self.nodes = nodes
        var ruleFiles: [Int?] = []
        ruleFiles.reserveCapacity(nodes.count)
        for node in nodes {
            var directory = node.parent
            var found = FileSystem.child(of: directory, node.ruleFile, in: nodes)
            while found == nil, directory != FileSystem.masterFile {
                directory = nodes[directory].parent
                found = FileSystem.child(of: directory, node.ruleFile, in: nodes)
            }
            ruleFiles.append(found.flatMap { nodes[$0].kind == .linearFixed ? $0 : nil })
        }
        self.ruleFiles = ruleFiles
    }

    /// The rule that governs a file in the security environment of an application PIN that is enabled or not (TS 102 221, clause
    /// 9.3), or nil when its reference leads nowhere: then nothing is allowed.
    func rule(of file: Int, isPINEnabled: Bool) -> Range<Int>? {
        guard let rules = ruleFiles[file] else { return nil }
        let node = nodes[file]
        let record = isPINEnabled || node.disabledRecord == 0 ? node.ruleRecord : node.disabledRecord
        return nodes[rules].record(Int(record))
    }

    /// Reads a file's descriptor again after it was changed in the image.
    mutating func refresh(_ file: Int, from bytes: [UInt8]) {
        if let node = FileNode(bytes, at: layout.node(file), base: layout.base) { nodes[file] = node }
    }

    /// The file with this identifier directly under a directory.
    func child(of directory: Int, _ identifier: UInt16) -> Int? {
        FileSystem.child(of: directory, identifier, in: nodes)
    }

    private static func child(of directory: Int, _ identifier: UInt16, in nodes: [FileNode]) -> Int? {
        nodes.indices.first {
            nodes[$0].identifier == identifier && nodes[$0].parent == directory && $0 != masterFile && nodes[$0].kind != .adf
                && nodes[$0].kind != .internal
        }
    }

    /// The elementary file with this short identifier directly under a directory.
    func file(in directory: Int, shortIdentifier: UInt8) -> Int? {
        guard shortIdentifier > 0 else { return nil }
        return nodes.indices.first {
            nodes[$0].shortIdentifier == shortIdentifier && nodes[$0].parent == directory && !nodes[$0].kind.isDirectory
        }
    }

    /// The application that a directory belongs to, if it belongs to one.
    func application(of directory: Int) -> Int? {
        var directory = directory
        while directory != FileSystem.masterFile {
            if nodes[directory].kind == .adf { return directory }
            directory = nodes[directory].parent
        }
        return nil
    }

    /// The file that SELECT by identifier finds (TS 102 221, clause 8.4.1): the MF, the current application, the current directory,
    /// its children, its parent, and the directories beside it.
    func find(_ identifier: UInt16, from directory: Int, application: Int?) -> Int? {
        if identifier == nodes[FileSystem.masterFile].identifier { return FileSystem.masterFile }
        if identifier == FileSystem.currentApplication { return application }
        if let child = child(of: directory, identifier) { return child }
        if identifier == nodes[directory].identifier, nodes[directory].kind == .df { return directory }
        let parent = nodes[directory].parent
        if identifier == nodes[parent].identifier, nodes[parent].kind == .df { return parent }
        if directory != FileSystem.masterFile, let sibling = child(of: parent, identifier), nodes[sibling].kind == .df {
            return sibling
        }
        return nil
    }

    /// The file at the end of a path of identifiers, each two bytes, below a directory.
    func find(path: borrowing Span<UInt8>, from directory: Int, application: Int?) -> Int? {
        var current = directory
        var index = 0
        while index + 1 < path.count {
            let identifier = UInt16(path[index]) << 8 | UInt16(path[index + 1])
            if index == 0, identifier == FileSystem.currentApplication {
                guard let application else { return nil }
                current = application
            } else {
                guard nodes[current].kind.isDirectory, let child = child(of: current, identifier) else { return nil }
                current = child
            }
            index += 2
        }
        return current
    }

    /// Whether the beginning of an application's identifier is this.
    func names(_ file: Int, _ name: borrowing Span<UInt8>, in bytes: [UInt8]) -> Bool {
        let node = nodes[file]
        guard node.kind == .adf, name.count <= node.size else { return false }
        for index in name.indices where bytes[node.offset + index] != name[index] { return false }
        return true
    }
}
