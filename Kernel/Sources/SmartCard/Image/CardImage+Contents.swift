import Resilience
import Wire

/// What a card has in one slot, without anything secret: for whoever looks at a card from outside.
public struct ProfileSummary: Equatable, Sendable {
    /// A code's state; never its value.
    public struct Code: Equatable, Sendable {
        public let reference: UInt8
        public let isEnabled: Bool
        public let tries: UInt8
        public let mostTries: UInt8
        public let unblockTries: UInt8
    }

    /// A file with its contents.
    public struct File: Equatable, Sendable {
        /// Identifiers from the MF on; an application's is 7FFF.
        public let path: [UInt16]
        /// The application that it belongs to.
        public let application: [UInt8]
        /// As TS 102 221, table 11.5 names it.
        public let structure: String
        public let shortIdentifier: UInt8?
        public let isActivated: Bool
        /// One element for a transparent file, one for each record of a file with records, one with all data objects for a BER-TLV
        /// structure, none for a directory.
        public let contents: [[UInt8]]
    }

    /// From EF.ICCID and EF.IMSI; nil where there is none that can be read.
    public let iccid: ICCID?
    public let imsi: IMSI?
    public let algorithm: AuthenticationAlgorithm.Identifier
    public let codes: [Code]
    public let files: [File]
}

extension CardImage {
    /// The slots that have a profile.
    public var slots: [Slot] { layout.profiles.indices.compactMap { Slot(rawValue: UInt8($0)) } }

    /// What is in a slot; nil for an empty one.
    public func summary(of slot: Slot) -> ProfileSummary? {
        guard layout.profiles.indices.contains(Int(slot.rawValue)) else { return nil }
        let layout = layout.profiles[Int(slot.rawValue)]
        let nodes = FileSystem(bytes, layout: layout).nodes
        var files: [ProfileSummary.File] = []
        var paths: [[UInt16]] = []
        var applications: [[UInt8]] = []
        for node in nodes {
            let isRoot = paths.isEmpty
            let path = (isRoot ? [] : paths[node.parent]) + [node.kind == .adf ? FileSystem.currentApplication : node.identifier]
            let application = node.kind == .adf ? Array(bytes[node.range]) : (isRoot ? [] : applications[node.parent])
            paths.append(path)
            applications.append(application)
            if node.kind == .internal { continue }
            var contents: [[UInt8]] = []
            if node.kind == .transparent { contents = [Array(bytes[node.range])] }
            if node.kind == .berTLV { contents = [Array(bytes[DataObjects(node, in: bytes).range])] }
            if node.kind.hasRecords { contents = (1...node.records).compactMap { node.record($0).map { Array(bytes[$0]) } } }
            files.append(
                ProfileSummary.File(
                    path: path, application: application, structure: node.kind.name,
                    shortIdentifier: node.shortIdentifier == 0 ? nil : node.shortIdentifier, isActivated: !node.isDeactivated,
                    contents: contents))
        }
        func first(_ identifier: UInt16) -> ArraySlice<UInt8>? {
            nodes.first { $0.identifier == identifier && $0.kind == .transparent }.map { bytes[$0.range] }
        }
        var iccid: ICCID?
        var imsi: IMSI?
        if let coded = first(0x2FE2) { do throws(NumberingError) { iccid = try ICCID(coded: coded) } catch { iccid = nil } }
        if let coded = first(0x6F07) { do throws(NumberingError) { imsi = try IMSI(coded: coded) } catch { imsi = nil } }
        let codes = (0..<layout.pinCount).compactMap { index in
            PIN(bytes, at: layout.pin(index)).map {
                ProfileSummary.Code(
                    reference: $0.reference, isEnabled: $0.isEnabled, tries: $0.tries, mostTries: $0.mostTries,
                    unblockTries: $0.unblockTries)
            }
        }
        // The layout was read with the image, so the algorithm can be read too.
        let algorithm = AuthenticationAlgorithm(encodedIn: bytes, at: layout.algorithm)?.identifier ?? .milenage
        return ProfileSummary(iccid: iccid, imsi: imsi, algorithm: algorithm, codes: codes, files: files)
    }

    /// Gives a slot's profile another algorithm, other keys, other sequence numbers or another code: for test benches.
    ///
    /// - Parameter sequence: what every index counts as accepted up to, SQN with its index bits; nil leaves the numbers as they are.
    /// - Throws: `emptySlot`; `image` when the result would be no card.
    public mutating func provision(
        _ slot: Slot, algorithm: AuthenticationAlgorithm? = nil, sequence: UInt64? = nil
    ) throws(PersonalisationError) {
        guard layout.profiles.indices.contains(Int(slot.rawValue)) else { throw .emptySlot(slot) }
        let profile = layout.profiles[Int(slot.rawValue)]
        var next = bytes
        if let algorithm {
            next.set(UInt64(CardImage.formatVersion), at: 4, size: 2)
            algorithm.encode(into: &next, at: profile.algorithm)
        }
        if let sequence {
            let bits = UInt64(next.byte(at: profile.indexBits))
            for index in 0..<1 << Int(bits) {
                next.set(
                    (sequence & 0xFFFF_FFFF_FFFF) >> bits, at: profile.sequences + index * ProfileLayout.sequenceSize,
                    size: ProfileLayout.sequenceSize)
            }
        }
        try adopt(next)
    }

    /// Gives a code of a slot's profile its tries back, and another value or another state where one is named.
    public mutating func provision(
        _ slot: Slot, code reference: UInt8, _ value: AccessCodes.Code? = nil, isEnabled: Bool? = nil
    ) throws(PersonalisationError) {
        guard layout.profiles.indices.contains(Int(slot.rawValue)) else { throw .emptySlot(slot) }
        let profile = layout.profiles[Int(slot.rawValue)]
        for index in 0..<profile.pinCount {
            let place = profile.pin(index)
            guard let pin = PIN(bytes, at: place), pin.reference == reference else { continue }
            var next = bytes
            if let value { next.replaceSubrange(place + PIN.value..<place + PIN.value + PIN.valueSize, with: value.bytes) }
            next.set(UInt64(pin.mostTries), at: place + PIN.triesLeft, size: 1)
            next.set(UInt64(pin.mostUnblockTries), at: place + PIN.unblockTriesLeft, size: 1)
            if let isEnabled { next.set(isEnabled ? 1 : 0, at: place + PIN.flags, size: 1) }
            return try adopt(next)
        }
        throw .noSuchCode(slot, reference: reference)
    }

    private mutating func adopt(_ next: [UInt8]) throws(PersonalisationError) {
        var sealed = next
        let checksum = CardImage.checksum(of: &sealed)
        sealed.set(UInt64(checksum), at: 16, size: 4)
        do throws(CardImageError) {
            var image = try CardImage(sealed)
            image.generation = generation &+ 1
            self = image
        } catch {
            throw .image(error)
        }
    }
}

extension FileKind {
    /// The structure's name (TS 102 221, clause 8.2).
    fileprivate var name: String {
        switch self {
        case .mf: "MF"
        case .df: "DF"
        case .adf: "ADF"
        case .transparent: "transparent"
        case .linearFixed: "linear fixed"
        case .cyclic: "cyclic"
        case .berTLV: "BER-TLV"
        case .internal: "internal"
        }
    }
}
