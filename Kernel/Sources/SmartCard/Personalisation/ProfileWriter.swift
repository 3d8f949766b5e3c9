import Cipher
import Resilience
import Wire

/// Writes the section of one profile: its keys, PINs and files.
struct ProfileWriter {
    /// The USIM's application identifier (TS 101 220, annexes E and L): 3GPP, USIM, no country, no provider.
    static let applicationIdentifier: [UInt8] = [
        0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0x89, 0x07, 0x09, 0x00, 0x00,
    ]

    let subscription: Subscription
    private let home: PLMN
    /// Whether the card takes secured packets in short messages.
    let isManaged: Bool
    private let name: [UInt8]
    private(set) var nodes: [UInt8] = []
    private var contents: [UInt8] = []
    private(set) var identifiers: [UInt16] = []
    var directory = FileSystem.masterFile
    var ruleFile: UInt16 = 0x2F06

    init(_ subscription: Subscription, of slot: Slot, isManaged: Bool) throws(PersonalisationError) {
        guard let home = subscription.home else { throw .networkCodeDigits(slot, came: subscription.networkCodeDigits) }
        name = Array(subscription.serviceProvider.utf8)
        guard name.count <= Subscription.longestName, name.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw .serviceProvider(slot)
        }
        guard subscription.preferredNetworks.count <= Subscription.mostPreferred else {
            throw .tooManyPreferredNetworks(slot, limit: Subscription.mostPreferred, came: subscription.preferredNetworks.count)
        }
        guard (0...SequenceNumbers.mostIndexBits).contains(subscription.indexBits) else {
            throw .indexBits(slot, came: subscription.indexBits)
        }
        guard subscription.sequences.count <= 1 << subscription.indexBits else {
            throw .tooManySequences(slot, limit: 1 << subscription.indexBits, came: subscription.sequences.count)
        }
        for (index, sequence) in subscription.sequences.enumerated() {
            guard sequence < 1 << UInt64(48 - subscription.indexBits) else { throw .sequence(slot, index: index, came: sequence) }
        }
        self.subscription = subscription
        self.home = home
        self.isManaged = isManaged
    }

    /// The section's bytes.
    func section(_ codes: AccessCodes) -> [UInt8] {
        var writer = self
        writer.writeFiles()
        var bytes = ProfileContents.header(
            files: writer.identifiers.count, codes: codes.count, algorithm: subscription.algorithm,
            sequences: subscription.sequences, indexBits: subscription.indexBits, accessPoint: subscription.accessPoint)
        codes.encode(into: &bytes)
        // Offsets in descriptors count from the section; the contents follow the descriptors.
        let start = bytes.count + writer.nodes.count
        for index in writer.identifiers.indices {
            let place = index * ProfileLayout.nodeSize + 12
            writer.nodes.set(writer.nodes.number(at: place, size: 4) + UInt64(start), at: place, size: 4)
        }
        return bytes + writer.nodes + writer.contents
    }

    // MARK: Access rules

    /// The records of EF.ARR, by number from 1. What a record does not mention is never allowed.
    enum Rule: UInt8, CaseIterable {
        case readAlways = 1
        case readAlwaysUpdateAdministrator
        case readAlwaysUpdatePIN
        case readPINUpdateAdministrator
        case readPINUpdatePIN
        case readPINUpdateSecondPIN
        /// Only in a profile whose card conceals its identifier.
        case updateAdministrator

        static let recordLength = 24
        private static let always: [UInt8] = [0x90, 0x00]

        private static func key(_ reference: UInt8) -> [UInt8] { [0xA4, 0x06, 0x83, 0x01, reference, 0x95, 0x01, 0x08] }

        private static func allow(_ mode: AccessMode, _ condition: [UInt8]) -> [UInt8] { [0x80, 0x01, mode.rawValue] + condition }

        var record: [UInt8] {
            switch self {
            case .readAlways: Rule.allow(.read, Rule.always)
            case .readAlwaysUpdateAdministrator: Rule.allow(.read, Rule.always) + Rule.allow(.update, Rule.key(0x0A))
            case .readAlwaysUpdatePIN: Rule.allow(.read, Rule.always) + Rule.allow(.update, Rule.key(0x01))
            case .readPINUpdateAdministrator: Rule.allow(.read, Rule.key(0x01)) + Rule.allow(.update, Rule.key(0x0A))
            case .readPINUpdatePIN: Rule.allow(.read, Rule.key(0x01)) + Rule.allow(.update, Rule.key(0x01))
            case .readPINUpdateSecondPIN: Rule.allow(.read, Rule.key(0x01)) + Rule.allow(.update, Rule.key(0x81))
            case .updateAdministrator: Rule.allow(.update, Rule.key(0x0A))
            }
        }

        static func records(conceals: Bool) -> [[UInt8]] {
            allCases.filter { conceals || $0 != .updateAdministrator }
                .map { rule in rule.record + [UInt8](repeating: 0xFF, count: recordLength - rule.record.count) }
        }
    }

    // MARK: Files

    mutating func add(
        _ kind: FileKind, _ identifier: UInt16, _ sfi: UInt8, _ rule: Rule, _ content: [UInt8], recordLength: Int = 0
    ) {
        add(kind, identifier, sfi, record: rule.rawValue, content, recordLength: recordLength)
    }

    mutating func add(
        _ kind: FileKind, _ identifier: UInt16, _ sfi: UInt8 = 0, record: UInt8, _ content: [UInt8], recordLength: Int = 0
    ) {
        let node = FileNode(
            identifier: identifier, parent: directory, kind: kind, shortIdentifier: sfi,
            lifeCycle: FileNode.operationalActivated, ruleFile: ruleFile, ruleRecord: record, offset: contents.count,
            size: content.count, recordLength: recordLength)
        node.encode(into: &nodes)
        contents.append(contentsOf: content)
        identifiers.append(identifier)
    }

    mutating func transparent(_ identifier: UInt16, _ sfi: UInt8 = 0, _ rule: Rule, _ content: [UInt8]) {
        add(.transparent, identifier, sfi, rule, content)
    }

    mutating func records(_ identifier: UInt16, _ sfi: UInt8 = 0, _ rule: Rule, _ records: [[UInt8]]) {
        add(.linearFixed, identifier, sfi, rule, records.flatMap { $0 }, recordLength: records.first?.count ?? 1)
    }

    /// A file whose content the terminal keeps.
    mutating func volatile(_ identifier: UInt16, _ sfi: UInt8 = 0, size: Int, isRecord: Bool = false) {
        let parent = identifiers[directory]
        let content = VolatileFiles.content(of: identifier, under: parent, size: size) ?? ProfileWriter.erased(size)
        add(isRecord ? .linearFixed : .transparent, identifier, sfi, .readPINUpdatePIN, content, recordLength: isRecord ? size : 0)
    }

    static func erased(_ count: Int) -> [UInt8] { [UInt8](repeating: 0xFF, count: count) }

    private mutating func writeFiles() {
        add(.mf, 0x3F00, 0, .readAlways, [])
        writeMasterFile()
        add(.adf, 0x7FF0, 0, .readAlways, ProfileWriter.applicationIdentifier)
        let application = identifiers.count - 1
        directory = application
        ruleFile = 0x6F06
        writeApplication()
        writeNetworkFiles()
        add(.df, 0x5FC0, 0, .readAlways, [])
        directory = identifiers.count - 1
        writeFifthGeneration()
        if let concealment = subscription.concealment {
            // DF.SAIP (TS 31.102, clause 4.4.12): the terminal asks for the result and cannot read from what it is calculated.
            directory = application
            add(.df, 0x5FD0, 0, .readAlways, [])
            directory = identifiers.count - 1
            transparent(0x4F01, 0x01, .updateAdministrator, concealment.encoded)
        }
        writeSIM()
        writeCardDirectory()
        if subscription.hasISIM { writeISIM() }
    }

    /// A file with the contents of one that is there already: what is written through one is read through the other.
    mutating func link(_ identifier: UInt16, to original: Int) {
        let place = original * ProfileLayout.nodeSize
        guard var node = FileNode(nodes, at: place, base: 0) else { return }
        node.identifier = identifier
        node.parent = directory
        node.shortIdentifier = 0
        node.ruleFile = ruleFile
        node.encode(into: &nodes)
        identifiers.append(identifier)
    }

    /// TS 102 221, clause 13.
    private mutating func writeMasterFile() {
        let applications = [application(ProfileWriter.applicationIdentifier, named: "USIM")]
        let services = subscription.hasISIM ? [application(ProfileWriter.isimIdentifier, named: "ISIM")] : []
        records(0x2F00, 0x1E, .readAlwaysUpdateAdministrator, applications + services)
        transparent(0x2FE2, 0x02, .readAlways, subscription.iccid.coded)
        // English preferred.
        transparent(0x2F05, 0x05, .readAlwaysUpdatePIN, [0x65, 0x6E])
        records(0x2F06, 0x06, .readAlwaysUpdateAdministrator, Rule.records(conceals: false))
        // Maximum power 60 mA, no operation time limit, suspension (TS 102 221, clause 13.6).
        transparent(0x2F08, 0x08, .readAlwaysUpdateAdministrator, [0x3C, 0x00, Suspension.isOffered, 0x00, 0x00])
    }

    /// A record of EF.DIR (TS 102 221, clause 13.1).
    private func application(_ identifier: [UInt8], named name: String) -> [UInt8] {
        var record = ByteWriter()
        record.ber(0x61) {
            $0.ber(0x4F, identifier)
            $0.ber(0x50, Array(name.utf8))
        }
        return record.bytes + ProfileWriter.erased(38 - record.count)
    }

    /// TS 31.102, clause 4.2: what tells the terminal who the subscriber is and what the card can do.
    private mutating func writeApplication() {
        transparent(0x6F05, 0x02, .readAlwaysUpdatePIN, [0xFF, 0xFF])
        records(0x6F06, 0x17, .readAlwaysUpdateAdministrator, Rule.records(conceals: subscription.concealment != nil))
        transparent(0x6F07, 0x07, .readPINUpdateAdministrator, subscription.imsi.coded)
        transparent(
            0x6F38, 0x04, .readPINUpdateAdministrator,
            ServiceTable.bytes(isManaged: isManaged, conceals: subscription.concealment != nil))
        transparent(0x6F56, 0x05, .readPINUpdateSecondPIN, [0x00])
        // Normal operation; the digits of the network code.
        transparent(0x6FAD, 0x03, .readAlwaysUpdateAdministrator, [0x00, 0x00, 0x00, UInt8(home.mncDigits)])
        // One access class of 0 to 9, by the IMSI's last digit.
        let digits = subscription.imsi.digits
        let accessClass: UInt16 = 1 << UInt16(digits[digits.count - 1])
        transparent(
            0x6F78, 0x06, .readPINUpdateAdministrator,
            [UInt8(truncatingIfNeeded: accessClass >> 8), UInt8(truncatingIfNeeded: accessClass)])
        records(0x6FB7, 0x01, .readAlwaysUpdateAdministrator, [[0x11, 0xF2, 0xFF, 0x00], ProfileWriter.erased(4)])
        transparent(0x6F46, 0, .readAlwaysUpdateAdministrator, [0x00] + name + ProfileWriter.erased(16 - name.count))
        transparent(0x6F3E, 0, .readPINUpdateAdministrator, ProfileWriter.erased(4))
        transparent(0x6F3F, 0, .readPINUpdateAdministrator, ProfileWriter.erased(4))
        records(0x6F40, 0, .readPINUpdatePIN, [ProfileWriter.erased(28)])
        records(0x6F42, 0, .readPINUpdatePIN, [ProfileWriter.erased(40)])
        transparent(0x6F43, 0, .readPINUpdatePIN, ProfileWriter.erased(2))
        let message = [0x00] + ProfileWriter.erased(175)
        records(0x6F3C, 0, .readPINUpdatePIN, [message, message])
    }

    /// TS 31.102, clause 4.2: what the terminal knows of networks, and what it should.
    private mutating func writeNetworkFiles() {
        volatile(0x6F7E, 0x0B, size: 11)
        volatile(0x6F73, 0x0C, size: 14)
        volatile(0x6FE3, 0x1E, size: 18)
        volatile(0x6FE4, 0x18, size: 80, isRecord: true)
        volatile(0x6F08, 0x08, size: 33)
        volatile(0x6F09, 0x09, size: 33)
        volatile(0x6F7B, 0x0D, size: 24)
        volatile(0x6F5B, 0x0F, size: 6)
        volatile(0x6FC4, size: 46)
        transparent(0x6F5C, 0x10, .readPINUpdateAdministrator, ProfileWriter.erased(3))
        // Search for the home network every hour: ten times six minutes.
        transparent(0x6F31, 0x12, .readPINUpdateAdministrator, [0x0A])
        let empty: [UInt8] = [0xFF, 0xFF, 0xFF, 0x00, 0x00]
        transparent(0x6F60, 0x0A, .readPINUpdatePIN, (0..<8).flatMap { _ in empty })
        let preferred = subscription.preferredNetworks.map(ProfileWriter.coded)
        let places = (preferred + (0..<Subscription.mostPreferred - preferred.count).map { _ in empty }).flatMap { $0 }
        transparent(0x6F61, 0x11, .readPINUpdateAdministrator, places)
        transparent(0x6F62, 0x13, .readPINUpdateAdministrator, ProfileWriter.coded(PreferredNetwork(home)))
        transparent(0x6FD9, 0x1D, .readPINUpdateAdministrator, home.bytes)
    }

    private static func coded(_ preferred: PreferredNetwork) -> [UInt8] {
        let technologies = preferred.technologies.rawValue
        return preferred.network.bytes + [UInt8(truncatingIfNeeded: technologies >> 8), UInt8(truncatingIfNeeded: technologies)]
    }

    /// TS 31.102, clause 4.4.11: DF.5GS.
    private mutating func writeFifthGeneration() {
        volatile(0x4F01, 0x01, size: 20)
        volatile(0x4F02, 0x02, size: 20)
        volatile(0x4F03, 0x03, size: 62, isRecord: true)
        volatile(0x4F04, 0x04, size: 62, isRecord: true)
        volatile(0x4F05, 0x05, size: 110)
        transparent(0x4F06, 0x06, .readPINUpdateAdministrator, [0x00, 0x00, 0x00, 0x00])
        // The null scheme and no key: the terminal sends the subscription identifier unconcealed. Where the card conceals it (service
        // 125) there is no such file.
        if subscription.concealment == nil {
            transparent(0x4F07, 0x07, .readPINUpdateAdministrator, [0xA0, 0x02, 0x00, 0x00, 0xA1, 0x00])
        }
        // Routing indicator 0.
        transparent(0x4F0A, 0x0A, .readPINUpdateAdministrator, [0xF0, 0xFF, 0x00, 0x00])
    }
}

/// EF.UST (TS 31.102, clause 4.2.8): the services that the files above really offer.
enum ServiceTable {
    private static let services: [Int] = [
        10,  // Short message storage
        12,  // Short message service parameters
        17, 18,  // Group identifiers
        19,  // Service provider name
        20, 42, 43,  // PLMN selectors
        21,  // MSISDN
        33,  // Shall be set
        34,  // Enabled services table
        71,  // Equivalent home networks
        85,  // EPS mobility management
        122, 123,  // 5GS mobility management and security
        124,  // Concealment of the subscription identifier, by the terminal
        126,  // Access identities
    ]

    /// Data download in short messages, which terminals pass on only where it is offered.
    private static let dataDownload = 28

    /// Concealment of the subscription identifier, by the card.
    private static let concealment = 125

    static func bytes(isManaged: Bool, conceals: Bool) -> [UInt8] {
        var table = [UInt8](repeating: 0, count: 17)
        for service in services + (isManaged ? [dataDownload] : []) + (conceals ? [concealment] : []) {
            table[(service - 1) / 8] |= 1 << UInt8((service - 1) % 8)
        }
        return table
    }
}
