// The card as a SIM (3GPP TS 51.011, class A0): the same files in DF.GSM and DF.TELECOM, read by tools and terminals that know
// nothing newer. There is no RUN GSM ALGORITHM: GSM authenticates the subscriber only, and a card that moves by itself must not be
// led to whoever shouts loudest. A terminal in a GSM network authenticates through the USIM.
extension Card {
    /// A command of class A0 on the basic channel. Nil for an instruction that a SIM of this kind does not have.
    mutating func performAsSIM(_ command: CommandAPDU, into response: inout [UInt8]) -> StatusWord? {
        switch command.ins {
        case Instruction.select.rawValue: selectAsSIM(command)
        case Instruction.status.rawValue: statusAsSIM(command, into: &response)
        case Instruction.getResponse.rawValue: getResponse(command, on: 0, into: &response).forSIM
        case Instruction.readBinary.rawValue:
            command.p1 & 0x80 == 0 ? readBinary(command, on: 0, into: &response).forSIM : .outOfRange
        case Instruction.updateBinary.rawValue: command.p1 & 0x80 == 0 ? updateBinary(command, on: 0).forSIM : .outOfRange
        case Instruction.readRecord.rawValue:
            command.p2 <= 0x04 ? readRecord(command, on: 0, into: &response).forSIM : .wrongParameter
        case Instruction.updateRecord.rawValue: command.p2 <= 0x04 ? updateRecord(command, on: 0).forSIM : .wrongParameter
        case Instruction.increase.rawValue: command.parameters == 0 ? increase(command, on: 0).forSIM : .wrongParameter
        case Instruction.activateFile.rawValue: command.data.isEmpty ? setActivation(command, on: 0, to: true).forSIM : .wrongLength
        case Instruction.deactivateFile.rawValue:
            command.data.isEmpty ? setActivation(command, on: 0, to: false).forSIM : .wrongLength
        case Instruction.verifyPIN.rawValue: withCHV(command) { $0.verifyPIN($1) }
        case Instruction.changePIN.rawValue: withCHV(command) { $0.changePIN($1) }
        case Instruction.disablePIN.rawValue: withCHV(command) { $0.disablePIN($1) }
        case Instruction.enablePIN.rawValue: withCHV(command) { $0.enablePIN($1) }
        case Instruction.unblockPIN.rawValue: withCHV(command) { $0.unblockPIN($1) }
        default: nil
        }
    }

    /// CHV1 is the application's PIN, CHV2 the second one. UNBLOCK CHV names CHV1 as 0 (TS 51.011, clause 9.2.13).
    private mutating func withCHV(_ command: CommandAPDU, _ perform: (inout Card, CommandAPDU) -> StatusWord) -> StatusWord {
        guard command.p1 == 0 else { return .wrongParameter }
        var bytes = command.bytes
        switch (command.p2, command.ins == Instruction.unblockPIN.rawValue) {
        case (0x01, false), (0x00, true): bytes[3] = 0x01
        case (0x02, _): bytes[3] = 0x81
        default: return .noCHV
        }
        // Without data VERIFY would tell the tries that are left, which a SIM does in the answer to SELECT.
        guard !command.data.isEmpty, let translated = CommandAPDU(bytes) else { return .wrongLength }
        return perform(&self, translated).forSIM
    }

    /// SELECT (TS 51.011, clause 9.2.1), by identifier alone.
    private mutating func selectAsSIM(_ command: CommandAPDU) -> StatusWord {
        guard command.parameters == 0 else { return .wrongParameter }
        guard command.data.count == 2 else { return .wrongLength }
        let identifier = UInt16(truncatingIfNeeded: command.bytes.number(at: command.data.lowerBound, size: 2))
        guard let target = files.find(identifier, from: channels[0].directory, application: nil) else { return .noSuchFile }
        let node = files.nodes[target]
        if node.kind.isDirectory {
            channels[0].select(directory: target, application: nil)
        } else {
            channels[0].directory = node.parent
            channels[0].file = target
            channels[0].record = 0
        }
        pending.begin(on: 0)
        if node.kind.isDirectory {
            describeDirectory(target, into: &pending.bytes)
        } else {
            describeFile(target, into: &pending.bytes)
        }
        return .fetchable(pending.left)
    }

    /// STATUS (TS 51.011, clause 9.2.2): the current directory, and the terminal's poll.
    private mutating func statusAsSIM(_ command: CommandAPDU, into response: inout [UInt8]) -> StatusWord {
        guard command.parameters == 0 else { return .wrongParameter }
        guard command.data.isEmpty else { return .wrongLength }
        var description: [UInt8] = []
        describeDirectory(channels[0].directory, into: &description)
        guard let length = command.length(available: description.count) else {
            return .wrongLength(shouldBe: description.count)
        }
        response.append(contentsOf: description[..<length])
        poll()
        return .ok
    }

    /// What a SIM says of a directory: 23 bytes (TS 51.011, clause 9.2.1).
    private func describeDirectory(_ file: Int, into response: inout [UInt8]) {
        let node = files.nodes[file]
        let children = files.nodes.indices.filter {
            files.nodes[$0].parent == file && $0 != file && files.nodes[$0].kind != .adf
                && files.nodes[$0].kind != .internal
        }
        let directories = children.count { files.nodes[$0].kind.isDirectory }
        response.append(contentsOf: [0, 0, 0, 0])
        response.append(UInt64(node.identifier), size: 2)
        response.append(node.kind == .mf ? 0x01 : 0x02)
        response.append(contentsOf: [0, 0, 0, 0, 0, 10])
        // Clock stop is allowed; bit 8 says that CHV1 is disabled.
        let isDisabled = security.index(of: 0x01).flatMap { PIN(store.bytes, at: profileLayout.pin($0)) }?.isEnabled == false
        response.append((isDisabled ? 0x80 : 0x00) | 0x01)
        response.append(UInt8(truncatingIfNeeded: directories))
        response.append(UInt8(truncatingIfNeeded: min(children.count - directories, 255)))
        response.append(contentsOf: [4, 0])
        for reference: UInt8 in [0x01, 0x81] {
            let pin = security.index(of: reference).flatMap { PIN(store.bytes, at: profileLayout.pin($0)) }
            response.append(pin.map { 0x80 | $0.tries } ?? 0)
            response.append(pin.map { 0x80 | $0.unblockTries } ?? 0)
        }
        response.append(0)
    }

    /// What a SIM says of an elementary file: 15 bytes.
    private func describeFile(_ file: Int, into response: inout [UInt8]) {
        let node = files.nodes[file]
        func level(_ mode: AccessMode) -> UInt8 {
            files.rule(of: file, isPINEnabled: security.isApplicationPINEnabled).map {
                AccessRule.level(of: mode, by: $0, in: store.bytes)
            } ?? 0x0F
        }
        response.append(contentsOf: [0, 0])
        response.append(UInt64(node.size), size: 2)
        response.append(UInt64(node.identifier), size: 2)
        response.append(contentsOf: [0x04, node.kind == .cyclic ? 0x40 : 0x00])
        response.append(level(.read) << 4 | level(.update))
        response.append((node.kind == .cyclic ? level(.increase) : 0x0F) << 4 | 0x0F)
        response.append(level(.activate) << 4 | level(.deactivate))
        response.append(node.isDeactivated ? 0x00 : 0x01)
        response.append(2)
        switch node.kind {
        case .linearFixed: response.append(0x01)
        case .cyclic: response.append(0x03)
        default: response.append(0x00)
        }
        response.append(UInt8(truncatingIfNeeded: node.recordLength))
    }
}

extension StatusWord {
    /// The status words of TS 51.011, clause 9.4, that a UICC does not have.
    static let noFile = StatusWord(rawValue: 0x9400)
    static let outOfRange = StatusWord(rawValue: 0x9402)
    static let noSuchFile = StatusWord(rawValue: 0x9404)
    static let wrongStructure = StatusWord(rawValue: 0x9408)
    static let noCHV = StatusWord(rawValue: 0x9802)
    static let accessNotFulfilled = StatusWord(rawValue: 0x9804)
    static let contradictsCHV = StatusWord(rawValue: 0x9808)
    static let contradictsInvalidation = StatusWord(rawValue: 0x9810)
    static let noTriesLeft = StatusWord(rawValue: 0x9840)
    static let wrongParameter = StatusWord(rawValue: 0x6B00)

    /// 9FXX: so many bytes wait for GET RESPONSE.
    static func fetchable(_ count: Int) -> StatusWord { StatusWord(rawValue: 0x9F00 | UInt16(min(count, 255))) }
    /// 67XX: P3 should have been this.
    static func wrongLength(shouldBe count: Int) -> StatusWord { StatusWord(rawValue: 0x6700 | UInt16(count > 255 ? 0 : count)) }

    /// What a SIM says where a UICC says this.
    var forSIM: StatusWord {
        switch rawValue {
        case 0x6981: .wrongStructure
        case 0x6982: .accessNotFulfilled
        case 0x6983, 0x63C0: .noTriesLeft
        case 0x63C1...0x63CF: .accessNotFulfilled
        // A PIN that is disabled, or a file that is.
        case 0x6984, 0x6985: .contradictsCHV
        case 0x6986: .noFile
        case 0x6A82: .noSuchFile
        case 0x6A83, 0x6B00: .outOfRange
        case 0x6A86: .wrongParameter
        case 0x6A88: .noCHV
        case 0x6100...0x61FF: .fetchable(rawValue & 0xFF == 0 ? 256 : Int(rawValue & 0xFF))
        case 0x6C00...0x6CFF: StatusWord(rawValue: 0x6700 | rawValue & 0xFF)
        default: self
        }
    }
}
