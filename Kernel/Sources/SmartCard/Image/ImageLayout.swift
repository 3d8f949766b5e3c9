/// Where things lie in an image, found and checked once when it is read, so that nothing later needs to doubt an offset.
struct ImageLayout: Equatable, Sendable {
    /// The offset of the resident section.
    private(set) var resident = ResidentLayout(base: 0)
    /// The profiles in the order of their slots: the primary, and the backup if the card has one.
    private(set) var profiles: [ProfileLayout] = []
    /// The ISD-R, of a card that is an eUICC.
    private(set) var domain: DomainLayout?
    /// What manages the card from afar, of a card that takes secured packets.
    private(set) var remoteManagement: RemoteManagementLayout?
    /// Policy documents, of a card that takes them.
    private(set) var policyUpdates: PolicyUpdatesLayout?
    /// The sections that not every card has, in the order of the image.
    private(set) var further: [Further] = []

    struct Further: Equatable, Sendable {
        let kind: Section
        let place: Range<Int>
    }

    enum Section: UInt8 {
        case resident = 1
        case profile = 2
        case domain = 3
        case policyUpdates = 4
        case remoteManagement = 5
    }

    /// The resident section, two profiles, one of each other kind.
    private static let mostSections = 6

    init(_ bytes: [UInt8]) throws(CardImageError) {
        let count = Int(bytes.number(at: 6, size: 2))
        let directoryEnd = CardImage.headerSize + count * CardImage.directoryEntrySize
        guard count >= 2, count <= ImageLayout.mostSections, directoryEnd <= bytes.count else { throw .badSection(offset: 6) }
        var found = false
        for index in 0..<count {
            let entry = CardImage.headerSize + index * CardImage.directoryEntrySize
            let slot = Int(bytes.byte(at: entry + 1))
            let base = Int(bytes.number(at: entry + 4, size: 4))
            let length = Int(bytes.number(at: entry + 8, size: 4))
            guard base >= directoryEnd, length <= bytes.count, base <= bytes.count - length else {
                throw .badSection(offset: entry)
            }
            let kind = Section(rawValue: bytes.byte(at: entry))
            if let kind, kind != .resident, kind != .profile { further.append(Further(kind: kind, place: base..<base + length)) }
            switch kind {
            case .resident:
                guard !found, slot == 0, length == ResidentLayout.size else { throw .badSection(offset: entry) }
                found = true
                resident = ResidentLayout(base: base)
            case .profile:
                guard slot == profiles.count else { throw .badSection(offset: entry) }
                profiles.append(try ProfileLayout(bytes, base: base, length: length))
            case .domain:
                guard domain == nil, slot == 0 else { throw .badSection(offset: entry) }
                domain = try DomainLayout(bytes, base: base, length: length)
            case .remoteManagement:
                guard remoteManagement == nil, slot == 0 else { throw .badSection(offset: entry) }
                remoteManagement = try RemoteManagementLayout(bytes, base: base, length: length)
            case .policyUpdates:
                guard policyUpdates == nil, slot == 0 else { throw .badSection(offset: entry) }
                policyUpdates = try PolicyUpdatesLayout(bytes, base: base, length: length)
            case nil: throw .badSection(offset: entry)
            }
        }
        guard found, !profiles.isEmpty else { throw .badSection(offset: 6) }
        if let remoteManagement { try remoteManagement.check(bytes, profiles: profiles.count) }
    }
}

/// Where a profile's parts lie: how many files (2 bytes) and PINs (1) there are, the algorithm's number (1), index bits (1), the
/// APN's length (1), the algorithm's options (1) and iterations (1), K (32), OPc or TOPc (32), sequence numbers, APN, PINs, file
/// descriptors, contents.
struct ProfileLayout: Equatable, Sendable {
    static let headerSize = 364
    static let pinSize = 24
    static let nodeSize = 20
    /// The longest access point name as it is coded: 100 bytes (3GPP TS 23.003, clause 9.1).
    static let longestAPN = 100
    /// One SEQ of 6 bytes for each index value (TS 33.102, annex C.1.2).
    static let sequenceSize = 6

    let base: Int
    let end: Int
    let nodeCount: Int
    let pinCount: Int
    let apnLength: Int

    /// The algorithm's number; ``AuthenticationAlgorithm/init(encodedIn:at:)`` reads it with its options and keys.
    var algorithm: Int { base + 3 }
    var indexBits: Int { base + 4 }
    var sequences: Int { base + 72 }
    var apn: Int { base + 264 }
    var pins: Int { base + ProfileLayout.headerSize }
    var nodes: Int { pins + pinCount * ProfileLayout.pinSize }
    var contents: Int { nodes + nodeCount * ProfileLayout.nodeSize }

    func pin(_ index: Int) -> Int { pins + index * ProfileLayout.pinSize }
    func node(_ index: Int) -> Int { nodes + index * ProfileLayout.nodeSize }

    init(_ bytes: [UInt8], base: Int, length: Int) throws(CardImageError) {
        self.base = base
        end = base + length
        guard length >= ProfileLayout.headerSize else { throw .badSection(offset: base) }
        nodeCount = Int(bytes.number(at: base, size: 2))
        pinCount = Int(bytes.byte(at: base + 2))
        apnLength = Int(bytes.byte(at: base + 5))
        guard nodeCount >= 1, nodeCount <= CardImage.mostFiles, pinCount <= CardImage.mostPINs,
            apnLength <= ProfileLayout.longestAPN, bytes.byte(at: base + 4) <= 5,
            ProfileLayout.headerSize + pinCount * ProfileLayout.pinSize + nodeCount * ProfileLayout.nodeSize <= length
        else { throw .badSection(offset: base) }
        guard let algorithm = AuthenticationAlgorithm(encodedIn: bytes, at: algorithm),
            algorithm.identifier == .milenage || bytes.number(at: 4, size: 2) > 1
        else { throw .badAlgorithm(offset: self.algorithm) }
        for index in 0..<pinCount {
            guard PIN(bytes, at: pin(index)) != nil else { throw .badPIN(offset: pin(index)) }
        }
        var kinds: [FileKind] = []
        kinds.reserveCapacity(nodeCount)
        for index in 0..<nodeCount {
            let place = node(index)
            guard let file = FileNode(bytes, at: place, base: base), file.offset >= contents, file.offset <= end - file.size,
                index == 0
                    ? file.kind == .mf && file.parent == 0
                    : file.kind != .mf && file.parent < index && kinds[file.parent].isDirectory
            else { throw .badFile(offset: place) }
            guard file.kind != .berTLV || DataObjects(file, in: bytes).isWhole(in: bytes) else { throw .badFile(offset: place) }
            kinds.append(file.kind)
        }
    }
}

/// Where the resident applet's state lies, of fixed size.
struct ResidentLayout: Equatable, Sendable {
    static let largestMemory = 31
    static let largestParameters = 127
    static let responders = 2
    static let responderSize = 128
    static let size = 200 + responders * responderSize

    let base: Int

    var cardNumber: Int { base }
    /// Seconds without data after which the host resets the modem; zero when unknown.
    var watchdog: Int { base + 8 }
    /// How often a terminal has booted the card.
    var boots: Int { base + 12 }
    /// The policy's count of moves when a terminal last booted the card.
    var movesShown: Int { base + 16 }
    /// Beacons that were never answered, over the card's life.
    var missed: Int { base + 20 }
    var seed: Int { base + 24 }
    /// The policy's memory: its length (1), then its bytes.
    var memory: Int { base + 32 }
    /// The policy's parameters: their length (1), then their bytes.
    var parameters: Int { base + 64 }
    var responderCount: Int { base + 192 }

    func responder(_ index: Int) -> ResponderLayout {
        ResponderLayout(base: base + 200 + index * ResidentLayout.responderSize)
    }
}

/// Where one responder's address and security context lie.
struct ResponderLayout: Equatable, Sendable {
    let base: Int

    /// 4 or 6.
    var family: Int { base }
    var port: Int { base + 2 }
    var address: Int { base + 4 }
    /// Common IV (13), sender key (16), recipient key (16).
    var keys: Int { base + 20 }
    /// The sender sequence number from which the card goes on after a reset.
    var ceiling: Int { base + 68 }
}
