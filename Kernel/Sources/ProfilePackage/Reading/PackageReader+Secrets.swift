import Wire

/// Numbers, codes and keys.
extension PackageReader {
    /// The ICCID of the header: digits in the order in which they are read, unlike those of EF.ICCID.
    func readICCID(_ node: Node) throws(PackageError) -> ICCID {
        let swapped = try node.octets("iccid", 10...10).map { $0 << 4 | $0 >> 4 }
        do throws(NumberingError) {
            return try ICCID(coded: swapped[...])
        } catch {
            throw node.error(.value(of: "iccid, which is no number of 18 to 20 digits,", value: Int(swapped[0])))
        }
    }

    // MARK: PINs and PUKs

    private static let pukReferences: [ClosedRange<Int>] = [1...8, 129...136]
    private static let pinReferences: [ClosedRange<Int>] = [1...8, 10...14, 129...136, 138...142]

    private func reference(_ node: Node, _ field: String, in allowed: [ClosedRange<Int>]) throws(PackageError) -> UInt8 {
        let value = try node.integer(field, upTo: 255)
        guard allowed.contains(where: { $0.contains(value) }) else { throw node.error(.value(of: field, value: value)) }
        return UInt8(value)
    }

    private func tries(_ node: Node?, default value: UInt8) throws(PackageError) -> TryCounter {
        guard let node else { return TryCounter(value) }
        return TryCounter(UInt8(try node.integer("maxNumOfAttemps-retryNumLeft", upTo: 255)))
    }

    /// PE-PUKCodes.
    mutating func readPUKs(_ fields: Fields) throws(PackageError) -> [PUKCode] {
        var puks: [PUKCode] = []
        for entry in try entries(try fields.required(0xA1, "pukCodes")) {
            let parts = try entry.fields()
            let puk = PUKCode(
                reference: try reference(
                    try parts.required(0x80, "keyReference"), "keyReference", in: PackageReader.pukReferences),
                value: Secret(try parts.required(0x81, "pukValue").octets("pukValue", 8...8)),
                tries: try tries(parts[0x82], default: 0xAA))
            guard !codes.puks.contains(where: { $0.reference == puk.reference }) else {
                throw entry.error(.order("the PUK \(puk.reference) is there already"))
            }
            codes.puks.append(puk)
            puks.append(puk)
        }
        return puks
    }

    /// PE-PINCodes.
    mutating func readPINs(_ fields: Fields) throws(PackageError) -> ProfileElement.Content {
        let pins: PINCodes
        let choice = try fields.required(0xA1, "pinCodes").fields()
        if let list = choice[0xA0] {
            pins = .own(try readPINs(list))
        } else {
            let node = try choice.required(0x81, "pinconfig or filePath")
            pins = .shared(with: try path(try node.octets("filePath", 0...8), of: node, "filePath"))
        }
        guard files[.masterFile] != nil else { throw choice.parent.error(.order("there is no directory before it")) }
        if let current { codes.pins.append(DirectoryPINs(directory: current, codes: pins)) }
        return .pinCodes(pins, directory: current)
    }

    private func readPINs(_ list: Node) throws(PackageError) -> [PINCode] {
        var pins: [PINCode] = []
        for entry in try entries(list) {
            let parts = try entry.fields()
            let unblocking: UInt8? =
                if let node = parts[0x82] {
                    try reference(node, "unblockingPINReference", in: PackageReader.pukReferences)
                } else { nil }
            let pin = PINCode(
                reference: try reference(
                    try parts.required(0x80, "keyReference"), "keyReference", in: PackageReader.pinReferences),
                value: Secret(try parts.required(0x81, "pinValue").octets("pinValue", 8...8)), unblocking: unblocking,
                attributes: UInt8(try parts[0x83]?.integer("pinAttributes", upTo: 255) ?? 7),
                tries: try tries(parts[0x84], default: 0x33))
            guard !pins.contains(where: { $0.reference == pin.reference }) else {
                throw entry.error(.order("the PIN \(pin.reference) is there already"))
            }
            pins.append(pin)
        }
        return pins
    }

    /// Every PUK that a PIN names must be there (annex PEDefinitions, unblockingPINReference).
    func checkUnblocking() throws(PackageError) {
        for element in elements {
            guard case .pinCodes(.own(let pins), let directory) = element.content, directory != nil else { continue }
            for pin in pins {
                guard let reference = pin.unblocking, !codes.puks.contains(where: { $0.reference == reference }) else { continue }
                throw PackageError(
                    element: element.name.description, offset: element.range.lowerBound, problem: .missing("the PUK \(reference)"))
            }
        }
    }

    // MARK: Keys

    /// PE-AKAParameter.
    func readAKA(_ fields: Fields) throws(PackageError) -> AKAParameter {
        let choice = try fields.required(0xA1, "algoConfiguration").fields()
        let configuration: AKAParameter.Configuration
        if let mapping = choice[0xA0] {
            let parts = try mapping.fields()
            configuration = .mapped(
                options: try parts.required(0x80, "mappingOptions").octet("mappingOptions"),
                source: try parts.required(0x81, "mappingSource").octets("mappingSource", 5...16))
        } else {
            configuration = .algorithm(try readAlgorithm(try choice.required(0xA1, "algoParameter").fields()))
        }
        var start = [UInt64](repeating: 0, count: 32)
        if let list = fields[0xA5] {
            let entries = try list.children()
            guard entries.count == 32 else { throw list.error(.value(of: "the number of values in sqnInit", value: entries.count)) }
            for (index, entry) in entries.enumerated() { start[index] = try sequence(entry, "sqnInit", default: 0) }
        }
        return AKAParameter(
            configuration: configuration, sequenceOptions: try fields[0x82]?.octet("sqnOptions") ?? 0x02,
            sequenceDelta: try sequence(fields[0x83], "sqnDelta", default: AKAParameter.defaultDelta),
            sequenceAgeLimit: try sequence(fields[0x84], "sqnAgeLimit", default: AKAParameter.defaultDelta), sequenceStart: start)
    }

    /// A sequence number without its index: 43 bits.
    private func sequence(_ node: Node?, _ field: String, default value: UInt64) throws(PackageError) -> UInt64 {
        guard let node else { return value }
        let number = try node.number(field, 6...6)
        guard number <= 0x07FF_FFFF_FFFF else { throw node.error(.value(of: field, value: Int(number))) }
        return number
    }

    private func readAlgorithm(_ fields: Fields) throws(PackageError) -> AKAParameter.Algorithm {
        let node = try fields.required(0x80, "algorithmID")
        let number = try node.integer("algorithmID", upTo: 255)
        guard let identifier = AKAParameter.Identifier(rawValue: UInt8(number)) else {
            throw node.error(.unsupported("the algorithm \(number)"))
        }
        let keyNode = try fields.required(0x82, "key")
        let key = try keyNode.octets("key", 16...32)
        // 256-bit keys are for TUAK alone (3GPP TS 35.231, 5).
        guard key.count == 16 || key.count == 32 && identifier != .milenage else {
            throw keyNode.error(.length(of: "key", bytes: key.count, allowed: 16...16))
        }
        let code = try fields.required(0x83, "opc")
        let length =
            switch identifier {
            case .milenage: 16...16
            case .tuak: 32...32
            case .usimTestAlgorithm: 0...32
            }
        let limit = try fields[0x86]?.number("authCounterMax", 3...3)
        return AKAParameter.Algorithm(
            identifier: identifier, options: try fields.required(0x81, "algorithmOptions").octet("algorithmOptions"),
            key: Secret(key), operatorCode: Secret(try code.octets("opc", length)),
            rotations: try fields[0x84]?.octets("rotationConstants", 5...5) ?? AKAParameter.defaultRotations,
            constants: try fields[0x85]?.octets("xoringConstants", 80...80) ?? AKAParameter.defaultConstants,
            authenticationLimit: limit.map { UInt32($0) },
            keccakIterations: UInt8(try fields[0x87]?.integer("numberOfKeccak", upTo: 255) ?? 1))
    }
}
