import Wire

extension EUICC {
    /// GetEimConfigurationData (GSMA SGP.32, 5.9.18).
    func eimConfiguration(_ command: DERObject) throws(CommandError) -> Outcome {
        var wanted: ArraySlice<UInt8>?
        if let criteria = try command.children().first(0xA0) { wanted = try criteria.children().one(0x80, in: 0xA0).value }
        return Outcome(
            ByteWriter.written {
                $0.ber(command.tag) {
                    $0.ber(0xA0) {
                        for association in state.associations {
                            if let wanted, !wanted.elementsEqual(association.identifier) { continue }
                            $0.ber(0x30) { association.write(to: &$0) }
                        }
                    }
                }
            })
    }

    /// AddInitialEim (GSMA SGP.32, BF57): only while there is no eIM, and all of the list or nothing.
    func addInitialEIM(_ command: DERObject) throws(CommandError) -> Outcome {
        let list = try command.children().one(0xA0, in: command.tag).children()
        func refused(_ problem: EIMProblem) -> Outcome { .code(problem.rawValue, in: command.tag, as: 0x81) }
        guard state.associations.isEmpty else { return refused(.associatedEimAlreadyExists) }
        guard !list.isEmpty else { return refused(.commandError) }
        var changed = state
        var tokens: [UInt8] = []
        for data in list {
            do throws(EIMProblem) {
                let association = try add(data, to: &changed)
                tokens += association.token.map { token in ByteWriter.written { $0.derInteger(0x84, token) } } ?? [0x05, 0x00]
            } catch {
                return refused(error)
            }
        }
        return Outcome(ByteWriter.written { $0.ber(command.tag) { $0.ber(0xA0, tokens) } }, state: changed)
    }

    /// Adds an eIM; gives it as it was added.
    func add(_ data: DERObject, to state: inout EUICCState) throws(EIMProblem) -> EIMAssociation {
        let given = try EIMConfiguration(data)
        for association in state.associations where association.identifier == given.identifier { throw .associatedEimAlreadyExists }
        guard state.associations.count < EUICCState.mostAssociations else { throw .insufficientMemory }
        if let issuer = given.issuer, !isIssuer(issuer[...]) { throw .ciPKUnknown }
        guard let counter = given.counter, let key = given.key else { throw .commandError }
        let association = EIMAssociation(
            identifier: given.identifier, address: given.address, identifierType: given.identifierType, counter: counter,
            token: given.asksForToken ? state.takeToken() : nil, key: key, transportKey: given.transportKey,
            protocols: given.protocols, issuer: given.issuer, indirectDownload: given.indirectDownload)
        state.associations.append(association)
        return association
    }

    /// Changes what is given of an eIM; what is not given stays as it was.
    func update(_ data: DERObject, in state: inout EUICCState) throws(EIMProblem) {
        let given = try EIMConfiguration(data)
        guard let index = state.associations.firstIndex(where: { $0.identifier == given.identifier }) else { throw .eimNotFound }
        // A token belongs to an association from its start to its end.
        guard !given.asksForToken else { throw .commandError }
        if let issuer = given.issuer, !isIssuer(issuer[...]) { throw .ciPKUnknown }
        var association = state.associations[index]
        // With a new key the counters start again; with the old one an older counter would let old packages be replayed.
        if let counter = given.counter {
            guard counter >= association.counter || given.key.map({ $0 != association.key }) ?? false else {
                throw .counterValueOutOfRange
            }
            association.counter = counter
        }
        if let key = given.key { association.key = key }
        if let address = given.address { association.address = address }
        if let type = given.identifierType { association.identifierType = type }
        if let transportKey = given.transportKey { association.transportKey = transportKey }
        if let protocols = given.protocols { association.protocols = protocols }
        if let issuer = given.issuer { association.issuer = issuer }
        if given.indirectDownload { association.indirectDownload = true }
        state.associations[index] = association
    }
}

/// Why an eIM cannot be added or changed. The numbers of AddEimResult and UpdateEimResult, except `eimNotFound`, which is 1 in the
/// latter, where insufficientMemory is in the former.
enum EIMProblem: UInt8, Error, Equatable {
    case insufficientMemory = 1
    case associatedEimAlreadyExists = 2
    case ciPKUnknown = 3
    case invalidAssociationToken = 5
    case counterValueOutOfRange = 6
    case commandError = 7
    case eimNotFound = 0xFF

    /// The number in UpdateEimResult.
    var updateResult: UInt8 {
        switch self {
        case .eimNotFound: 1
        case .ciPKUnknown, .counterValueOutOfRange, .commandError: rawValue
        case .insufficientMemory, .associatedEimAlreadyExists, .invalidAssociationToken: 127
        }
    }
}

/// EimConfigurationData as it comes in a command (GSMA SGP.32, 2.11.1).
struct EIMConfiguration {
    var identifier: [UInt8] = []
    var address: [UInt8]?
    var identifierType: UInt8?
    var counter: UInt32?
    var asksForToken = false
    var key: PublicKey?
    var transportKey: [UInt8]?
    var protocols: [UInt8]?
    var issuer: [UInt8]?
    var indirectDownload = false

    init(_ data: DERObject) throws(EIMProblem) {
        let parts = try EIMConfiguration.read { () throws(CommandError) in try data.children() }
        for part in parts {
            switch part.tag {
            case 0x80:
                identifier = try EIMConfiguration.read { () throws(CommandError) in try part.text(most: EIMAssociation.longestName)
                }
            case 0x81:
                address = try EIMConfiguration.read { () throws(CommandError) in try part.text(most: EIMAssociation.longestName) }
            case 0x82:
                let type = try EIMConfiguration.read { () throws(CommandError) in try part.integer() }
                guard (1...3).contains(type) else { throw .commandError }
                identifierType = UInt8(type)
            case 0x83:
                let number = try EIMConfiguration.read { () throws(CommandError) in try part.integer() }
                guard number >= 0, number <= Int64(EIMAssociation.highestCounter) else { throw .counterValueOutOfRange }
                counter = UInt32(number)
            case 0x84:
                // -1 asks the eUICC to make a token; it never takes one from outside.
                let number = try EIMConfiguration.read { () throws(CommandError) in try part.integer() }
                guard number == -1 else { throw .invalidAssociationToken }
                asksForToken = true
            case 0xA5:
                key = try EIMConfiguration.read { () throws(CommandError) in try SubjectPublicKeyInfo.key(in: part) }
            case 0xA6: transportKey = try EIMConfiguration.bounded(part, EIMAssociation.longestTransportKey)
            case 0x87: protocols = try EIMConfiguration.bounded(part, EIMAssociation.longestProtocols)
            case 0x88: issuer = try EIMConfiguration.bounded(part, EIMAssociation.longestIssuer)
            case 0x89: indirectDownload = true
            // What a later version adds, and proprietary protocol information, is not kept.
            default: break
            }
        }
        guard !identifier.isEmpty else { throw .commandError }
    }

    private static func bounded(_ object: DERObject, _ most: Int) throws(EIMProblem) -> [UInt8] {
        guard object.value.count <= most else { throw .insufficientMemory }
        return Array(object.value)
    }

    private static func read<Value>(_ body: () throws(CommandError) -> Value) throws(EIMProblem) -> Value {
        do throws(CommandError) { return try body() } catch { throw .commandError }
    }
}

extension EIMAssociation {
    /// Writes the members of EimConfigurationData. A key that came in a certificate is given as a key: it is what is kept.
    func write(to writer: inout ByteWriter) {
        writer.ber(0x80, identifier)
        if let address { writer.ber(0x81, address) }
        if let identifierType { writer.ber(0x82, [identifierType]) }
        writer.derInteger(0x83, counter)
        if let token { writer.derInteger(0x84, token) }
        writer.ber(0xA5) { $0.ber(0xA0, SubjectPublicKeyInfo.members(of: key)) }
        if let transportKey { writer.ber(0xA6, transportKey) }
        if let protocols { writer.ber(0x87, protocols) }
        if let issuer { writer.ber(0x88, issuer) }
        if indirectDownload { writer.ber(0x89, []) }
    }
}
