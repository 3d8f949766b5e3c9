import Resilience

/// A profile as an operator ships it: every file, every code, and how it authenticates.
///
/// ``Subscription`` is what Holdfast makes a profile of itself; this is for profiles that come whole.
public struct ProfileContents: Equatable, Sendable {
    /// A file. Directories come before what lies in them; the first file is the MF.
    public struct File: Equatable, Sendable {
        public enum Kind: Equatable, Sendable {
            case masterFile
            case dedicated
            /// An application; its identifier has 5 to 16 bytes.
            case application([UInt8])
            case transparent([UInt8])
            /// All records in order; they have equal lengths of 1 to 255 bytes.
            case linearFixed([UInt8], recordLength: Int)
            case cyclic([UInt8], recordLength: Int)
            /// Data objects, one after the other, and how many bytes of them there may be at most; see ``largestDataObjects``.
            case berTLV([UInt8], maximumSize: Int)
            /// So many bytes that the card keeps for itself, zero at first: no command finds them.
            case reserved(Int)
            /// The contents of another file, by its place in the list.
            case link(Int)
        }

        /// The most bytes of data objects that a BER-TLV structure EF of the card can hold.
        public static let largestDataObjects = FileNode.largestDataObjects - DataObjects.countSize

        public var identifier: UInt16
        /// The place of its directory in the list; the MF's own for the MF.
        public var parent: Int
        public var kind: Kind
        /// 1 to 30; nil for none.
        public var shortIdentifier: UInt8?
        public var isActivated: Bool
        /// The EF.ARR that rules the access, and the record in it. A rule that is not there allows nothing.
        public var ruleFile: UInt16
        public var ruleRecord: UInt8
        /// The record while the application PIN is disabled, where the rule depends on the security environment (TS 102 221, clause
        /// 9.3): ``ruleRecord`` is for environment 01 then, this for 00, and ``noRule`` closes the file in that environment.
        public var disabledRuleRecord: UInt8?

        /// No record of any EF.ARR: allows nothing.
        public static let noRule = FileNode.noRecord

        public init(
            _ identifier: UInt16, in parent: Int, _ kind: Kind, shortIdentifier: UInt8? = nil, isActivated: Bool = true,
            ruleFile: UInt16, ruleRecord: UInt8, disabledRuleRecord: UInt8? = nil
        ) {
            self.identifier = identifier
            self.parent = parent
            self.kind = kind
            self.shortIdentifier = shortIdentifier
            self.isActivated = isActivated
            self.ruleFile = ruleFile
            self.ruleRecord = ruleRecord
            self.disabledRuleRecord = disabledRuleRecord
        }
    }

    /// A PIN or administrative code with its counters, each 0 to 15.
    public struct Code: Equatable, Sendable {
        /// The key reference (TS 102 221, clause 9.5.1).
        public var reference: UInt8
        public var isEnabled: Bool
        public var tries: UInt8
        public var mostTries: UInt8
        /// Zero of zero when nothing unblocks it.
        public var unblockTries: UInt8
        public var mostUnblockTries: UInt8
        public var value: AccessCodes.Code
        public var unblockValue: AccessCodes.Code?

        public init(
            reference: UInt8, isEnabled: Bool, tries: UInt8, mostTries: UInt8, value: AccessCodes.Code,
            unblockTries: UInt8 = 0, mostUnblockTries: UInt8 = 0, unblockValue: AccessCodes.Code? = nil
        ) {
            self.reference = reference
            self.isEnabled = isEnabled
            self.tries = tries
            self.mostTries = mostTries
            self.unblockTries = unblockTries
            self.mostUnblockTries = mostUnblockTries
            self.value = value
            self.unblockValue = unblockValue
        }
    }

    public var files: [File]
    public var codes: [Code]
    public var algorithm: AuthenticationAlgorithm
    /// As ``Subscription/sequences`` and ``Subscription/indexBits``.
    public var sequences: [UInt64]
    public var indexBits: Int
    /// The access point of the card's own beacons.
    public var accessPoint: AccessPointName

    public init(
        files: [File], codes: [Code], algorithm: AuthenticationAlgorithm, sequences: [UInt64] = [], indexBits: Int = 5,
        accessPoint: AccessPointName = .terminalDefault
    ) {
        self.files = files
        self.codes = codes
        self.algorithm = algorithm
        self.sequences = sequences
        self.indexBits = indexBits
        self.accessPoint = accessPoint
    }

    /// The bytes of the profile's section. What is impossible in it is found when the image is read.
    var section: [UInt8] {
        var bytes = ProfileContents.header(
            files: files.count, codes: codes.count, algorithm: algorithm, sequences: sequences, indexBits: indexBits,
            accessPoint: accessPoint)
        for code in codes {
            bytes.append(contentsOf: [
                code.reference, code.isEnabled ? 1 : 0, code.tries, code.mostTries, code.unblockTries, code.mostUnblockTries, 0, 0,
            ])
            bytes.append(contentsOf: code.value.bytes)
            bytes.append(contentsOf: code.unblockValue?.bytes ?? [UInt8](repeating: 0xFF, count: PIN.valueSize))
        }
        var nodes: [FileNode] = []
        var contents: [UInt8] = []
        let start = bytes.count + files.count * ProfileLayout.nodeSize
        for file in files {
            var node = FileNode(
                identifier: file.identifier, parent: file.parent, kind: .df, shortIdentifier: file.shortIdentifier ?? 0,
                lifeCycle: file.isActivated ? FileNode.operationalActivated : FileNode.operationalDeactivated,
                ruleFile: file.ruleFile, ruleRecord: file.ruleRecord,
                disabledRecord: file.disabledRuleRecord.map { $0 == 0 ? FileNode.noRecord : $0 } ?? 0,
                offset: start + contents.count, size: 0, recordLength: 0)
            var content: [UInt8] = []
            switch file.kind {
            case .masterFile: node.kind = .mf
            case .dedicated: node.kind = .df
            case .application(let identifier):
                node.kind = .adf
                content = identifier
            case .transparent(let bytes):
                node.kind = .transparent
                content = bytes
            case .linearFixed(let bytes, let length):
                node.kind = .linearFixed
                node.recordLength = length
                content = bytes
            case .cyclic(let bytes, let length):
                node.kind = .cyclic
                node.recordLength = length
                content = bytes
            case .reserved(let size):
                node.kind = .internal
                content = [UInt8](repeating: 0, count: max(size, 0))
            case .berTLV(let objects, let size):
                node.kind = .berTLV
                content = DataObjects.encoded(objects, capacity: size)
            case .link(let original):
                if nodes.indices.contains(original) {
                    let target = nodes[original]
                    node.kind = target.kind
                    node.recordLength = target.recordLength
                    node.offset = target.offset
                    node.size = target.size
                }
            }
            if !content.isEmpty { node.size = content.count }
            contents.append(contentsOf: content)
            nodes.append(node)
        }
        for node in nodes { node.encode(into: &bytes) }
        return bytes + contents
    }

    /// What comes before the PINs of a profile's section.
    static func header(
        files: Int, codes: Int, algorithm: AuthenticationAlgorithm, sequences: [UInt64], indexBits: Int,
        accessPoint: AccessPointName
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        let access = accessPoint.coded
        bytes.append(UInt64(files), size: 2)
        let place = bytes.count + 1
        bytes.append(contentsOf: [
            UInt8(truncatingIfNeeded: codes), 0, UInt8(truncatingIfNeeded: indexBits), UInt8(access.count), 0, 0,
        ])
        bytes.append(contentsOf: [UInt8](repeating: 0, count: 2 * WideBlock.size))
        algorithm.encode(into: &bytes, at: place)
        for index in 0..<1 << SequenceNumbers.mostIndexBits {
            bytes.append(index < sequences.count ? sequences[index] : 0, size: ProfileLayout.sequenceSize)
        }
        bytes.append(contentsOf: access + [UInt8](repeating: 0, count: ProfileLayout.longestAPN - access.count))
        return bytes
    }
}

extension CardImage {
    /// The image with a profile put into a slot; the rest of the card stays as it is. The backup can be put where there was none.
    ///
    /// - Throws: `image` with what is impossible in the profile.
    public func replacing(_ slot: Slot, with profile: ProfileContents) throws(PersonalisationError) -> CardImage {
        let resident = Array(bytes[layout.resident.base..<layout.resident.base + ResidentLayout.size])
        var profiles = layout.profiles.map { Array(bytes[$0.base..<$0.end]) }
        let index = Int(slot.rawValue)
        if index < profiles.count {
            profiles[index] = profile.section
        } else {
            profiles.append(profile.section)
        }
        var image = try CardImage.assembled(
            resident: resident, profiles: profiles, further: layout.further.map { ($0.kind, Array(bytes[$0.place])) })
        image.generation = generation &+ 1
        return image
    }

    /// A section that not every card has.
    typealias FurtherSection = (kind: ImageLayout.Section, bytes: [UInt8])

    /// An image of its sections.
    static func assembled(
        resident: [UInt8], profiles: [[UInt8]], further: [FurtherSection]
    ) throws(PersonalisationError) -> CardImage {
        var sections: [(kind: ImageLayout.Section, slot: UInt8, bytes: [UInt8])] = [(.resident, 0, resident)]
        for (slot, profile) in profiles.enumerated() { sections.append((.profile, UInt8(truncatingIfNeeded: slot), profile)) }
        for section in further { sections.append((section.kind, 0, section.bytes)) }
        let directoryEnd = CardImage.headerSize + sections.count * CardImage.directoryEntrySize
        var bytes: [UInt8] = []
        bytes.append(UInt64(CardImage.magic), size: 4)
        bytes.append(UInt64(CardImage.formatVersion), size: 2)
        bytes.append(UInt64(sections.count), size: 2)
        bytes.append(0, size: 4)
        bytes.append(UInt64(sections.reduce(directoryEnd) { $0 + $1.bytes.count }), size: 4)
        bytes.append(0, size: 4)
        var base = directoryEnd
        for section in sections {
            bytes.append(section.kind.rawValue)
            bytes.append(section.slot)
            bytes.append(0, size: 2)
            bytes.append(UInt64(base), size: 4)
            bytes.append(UInt64(section.bytes.count), size: 4)
            base += section.bytes.count
        }
        for section in sections { bytes.append(contentsOf: section.bytes) }
        let checksum = CardImage.checksum(of: &bytes)
        bytes.set(UInt64(checksum), at: 16, size: 4)
        let image: CardImage
        do throws(CardImageError) {
            image = try CardImage(bytes)
        } catch {
            throw .image(error)
        }
        if image.layout.domain != nil, let primary = image.summary(of: .primary)?.iccid,
            primary == image.summary(of: .backup)?.iccid
        {
            throw .sameICCID
        }
        return image
    }
}
