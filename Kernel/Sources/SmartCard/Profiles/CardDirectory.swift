/// The card's own directory in each profile, DF 7F4D under the MF (an identifier for administrative use: TS 102 221, clause 8.6): its
/// rules, the log of moves (``LoggedMove``), and the room for a suspended session (``Suspension``).
enum CardDirectory {
    static let rules: UInt16 = 0x6F06
    static let suspension: UInt16 = 0x6F02

    /// EF.ARR of the directory, by record: reading always; reading with PIN 1.
    private static let records: [[UInt8]] = [
        [0x80, 0x01, 0x01, 0x90, 0x00] + [UInt8](repeating: 0xFF, count: 6),
        [0x80, 0x01, 0x01, 0xA4, 0x06, 0x83, 0x01, 0x01, 0x95, 0x01, 0x08],
    ]

    /// The directory, which lies at this place of a profile's list of files, and what is in it.
    static func files(at place: Int) -> [ProfileContents.File] {
        let log = [UInt8](repeating: 0xFF, count: LoggedMove.records * LoggedMove.recordLength)
        return [
            ProfileContents.File(LoggedMove.directory, in: FileSystem.masterFile, .dedicated, ruleFile: rules, ruleRecord: 1),
            ProfileContents.File(
                rules, in: place, .linearFixed(records.flatMap { $0 }, recordLength: 11), ruleFile: rules, ruleRecord: 1),
            ProfileContents.File(
                LoggedMove.file, in: place, .cyclic(log, recordLength: LoggedMove.recordLength), ruleFile: rules, ruleRecord: 2),
            ProfileContents.File(
                suspension, in: place, .reserved(Suspension.size), ruleFile: rules, ruleRecord: FileNode.noRecord),
        ]
    }
}

extension ProfileContents {
    /// Adds the card's own directory, with the log of its moves, to a profile that has no file with its identifier and room for it.
    public mutating func addCardDirectory() {
        let own = CardDirectory.files(at: files.count)
        guard files.count + own.count <= CardImage.mostFiles,
            !files.contains(where: { $0.identifier == LoggedMove.directory && $0.parent == FileSystem.masterFile })
        else { return }
        files.append(contentsOf: own)
    }
}

extension ProfileWriter {
    mutating func writeCardDirectory() {
        for file in CardDirectory.files(at: identifiers.count) {
            directory = file.parent
            ruleFile = file.ruleFile
            switch file.kind {
            case .dedicated: add(.df, file.identifier, record: file.ruleRecord, [])
            case .linearFixed(let content, let length):
                add(.linearFixed, file.identifier, record: file.ruleRecord, content, recordLength: length)
            case .cyclic(let content, let length):
                add(.cyclic, file.identifier, record: file.ruleRecord, content, recordLength: length)
            case .reserved(let size): add(.internal, file.identifier, record: file.ruleRecord, [UInt8](repeating: 0, count: size))
            default: continue
            }
        }
    }
}

extension ProfileLayout {
    /// The file with this identifier and kind in the card's own directory.
    func cardFile(_ identifier: UInt16, _ kind: FileKind, in bytes: [UInt8]) -> Int? {
        for index in 0..<nodeCount {
            guard let file = FileNode(bytes, at: node(index), base: base), file.identifier == identifier, file.kind == kind,
                let parent = FileNode(bytes, at: node(file.parent), base: base), parent.identifier == LoggedMove.directory,
                parent.kind == .df, parent.parent == FileSystem.masterFile
            else { continue }
            return index
        }
        return nil
    }
}
