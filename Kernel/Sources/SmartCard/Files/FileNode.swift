/// The kinds of file (ETSI TS 102 221, clause 8.2).
enum FileKind: UInt8, Equatable, Sendable {
    case mf = 0
    case df = 1
    case adf = 2
    case transparent = 3
    case linearFixed = 4
    case cyclic = 5
    case berTLV = 6
    /// What the card keeps for itself: no command finds it.
    case `internal` = 7

    var isDirectory: Bool { rawValue <= FileKind.adf.rawValue }

    var hasRecords: Bool { self == .linearFixed || self == .cyclic }

    /// The file descriptor byte (TS 102 221, clause 11.1.1.4.3), shareable.
    var descriptor: UInt8 {
        switch self {
        case .mf, .df, .adf: 0x78
        case .transparent: 0x41
        case .linearFixed: 0x42
        case .cyclic: 0x46
        case .berTLV: 0x79
        case .internal: 0x49
        }
    }
}

/// One file of a profile, as its descriptor in the image says: 20 bytes each.
///
/// Identifier (2), parent's index (2), kind (1), short file identifier (1, zero for none), life cycle status (1), where a cyclic
/// file's newest record lies, counted from 0 (1, zero for others), the EF.ARR that rules the access (2) and the record in it (1), the
/// record for security environment 00 (1, see ``FileNode/disabledRecord``), offset of the contents from the section (4), their size
/// (2), record length (2). Two files may have the same contents: a link.
struct FileNode: Equatable, Sendable {
    /// The longest transparent file: a READ BINARY offset has 15 bits.
    static let largestTransparent = 0x7FFF
    /// The largest area of a BER-TLV structure EF: what is written to it goes into one record of the journal.
    static let largestDataObjects = 16_000
    /// The longest record and the most records (TS 102 221, clause 8.2.2.2).
    static let longestRecord = 255
    static let mostRecords = 254
    /// An application identifier has 5 to 16 bytes (ISO/IEC 7816-4).
    static let applicationIdentifierSizes = 5...16
    /// Life cycle status (TS 102 221, clause 11.1.1.4.9).
    static let operationalActivated: UInt8 = 0x05
    static let operationalDeactivated: UInt8 = 0x04
    /// Where in the descriptor the life cycle status and the newest record are.
    static let lifeCyclePlace = 6
    static let newestPlace = 7
    /// Stands for a security environment without a rule. No file has so many records.
    static let noRecord: UInt8 = 0xFF

    var identifier: UInt16
    /// The index of the directory that holds the file; the MF names itself.
    var parent: Int
    var kind: FileKind
    /// 1 to 30, or 0 for none.
    var shortIdentifier: UInt8
    var lifeCycle: UInt8
    /// Which of a cyclic file's records, as they lie in the image, is record 1: the newest.
    var newest = 0
    var ruleFile: UInt16
    var ruleRecord: UInt8
    /// Zero: ``ruleRecord`` holds in every security environment. Otherwise ``ruleRecord`` is for environment 01, in which the
    /// application PIN is enabled, and this is for 00, in which it is not (TS 102 221, clause 9.3). ``noRecord`` closes.
    var disabledRecord: UInt8 = 0
    /// Where the contents begin: from the start of the image here, from the section in the image. An ADF's contents are its AID.
    var offset: Int
    var size: Int
    /// Zero for a transparent file.
    var recordLength: Int

    var records: Int { recordLength > 0 ? size / recordLength : 0 }
    var range: Range<Int> { offset..<offset + size }
    var isDeactivated: Bool { lifeCycle == FileNode.operationalDeactivated }

    /// Where record `number`, counted from 1, lies. In a cyclic file record 1 is the one that was written last.
    func record(_ number: Int) -> Range<Int>? {
        guard number >= 1, number <= records else { return nil }
        let start = offset + (newest + number - 1) % records * recordLength
        return start..<start + recordLength
    }
}

extension FileNode {
    /// Reads a descriptor; nil when no such file can be.
    init?(_ bytes: [UInt8], at place: Int, base: Int) {
        guard let kind = FileKind(rawValue: bytes.byte(at: place + 4)) else { return nil }
        self.kind = kind
        identifier = UInt16(truncatingIfNeeded: bytes.number(at: place, size: 2))
        parent = Int(bytes.number(at: place + 2, size: 2))
        shortIdentifier = bytes.byte(at: place + 5)
        lifeCycle = bytes.byte(at: place + FileNode.lifeCyclePlace)
        newest = Int(bytes.byte(at: place + FileNode.newestPlace))
        ruleFile = UInt16(truncatingIfNeeded: bytes.number(at: place + 8, size: 2))
        ruleRecord = bytes.byte(at: place + 10)
        disabledRecord = bytes.byte(at: place + 11)
        offset = base + Int(bytes.number(at: place + 12, size: 4))
        size = Int(bytes.number(at: place + 16, size: 2))
        recordLength = Int(bytes.number(at: place + 18, size: 2))
        guard shortIdentifier <= 30 else { return nil }
        switch kind {
        case .mf: guard identifier == 0x3F00, size == 0, recordLength == 0 else { return nil }
        case .df: guard size == 0, recordLength == 0 else { return nil }
        case .adf: guard FileNode.applicationIdentifierSizes.contains(size), recordLength == 0 else { return nil }
        case .transparent, .internal: guard size <= FileNode.largestTransparent, recordLength == 0 else { return nil }
        case .berTLV:
            guard size >= DataObjects.countSize, size <= FileNode.largestDataObjects, recordLength == 0 else { return nil }
        case .linearFixed, .cyclic:
            guard recordLength >= 1, recordLength <= FileNode.longestRecord, size % recordLength == 0,
                size / recordLength >= 1, size / recordLength <= FileNode.mostRecords
            else { return nil }
        }
        guard newest < (kind == .cyclic ? records : 1) else { return nil }
    }

    /// Writes the descriptor; `offset` counts from the section.
    func encode(into bytes: inout [UInt8]) {
        bytes.append(UInt64(identifier), size: 2)
        bytes.append(UInt64(parent), size: 2)
        bytes.append(kind.rawValue)
        bytes.append(shortIdentifier)
        bytes.append(lifeCycle)
        bytes.append(UInt8(truncatingIfNeeded: newest))
        bytes.append(UInt64(ruleFile), size: 2)
        bytes.append(ruleRecord)
        bytes.append(disabledRecord)
        bytes.append(UInt64(offset), size: 4)
        bytes.append(UInt64(size), size: 2)
        bytes.append(UInt64(recordLength), size: 2)
    }
}
