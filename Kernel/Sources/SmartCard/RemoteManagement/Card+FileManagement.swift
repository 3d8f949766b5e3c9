import Resilience
import SecuredPackets

// Remote file management (ETSI TS 102 226, clause 6): a script's commands go the way that a terminal's go, on a channel of their own,
// with the rights of the key that the script came with.
extension Card {
    /// Runs a script on a profile's files.
    ///
    /// It begins in the USIM, or in the MF where there is none. What the terminal has selected, verified and not yet fetched is not
    /// touched; ``files`` and ``security`` are to be read again afterwards.
    mutating func run(_ script: CommandScript, on slot: Slot, with rights: RemoteRights, capacity: Int) -> [UInt8] {
        guard Int(slot.rawValue) < store.layout.profiles.count else {
            return refusal(of: script, .referencedDataNotFound, capacity: capacity)
        }
        let visible = self.slot
        let channels = self.channels
        self.slot = slot
        files = FileSystem(store.bytes, layout: profileLayout)
        security = SecurityStatus(store.bytes, layout: profileLayout)
        security.grant(rights)
        beginRemoteSession()
        var execution = ScriptExecution(script, capacity: capacity)
        while let command = execution.next() {
            execution.completed(transmitRemotely(command, with: rights, isCompact: script.format == .compact))
        }
        self.slot = visible
        self.channels = channels
        pending.drop()
        return execution.answer
    }

    private mutating func beginRemoteSession() {
        for index in channels.indices { channels[index] = LogicalChannel() }
        channels[0].isOpen = true
        if let application = files.nodes.indices.first(where: {
            files.nodes[$0].kind == .adf
                && store.bytes[files.nodes[$0].range].starts(with: ProfileWriter.applicationIdentifier.prefix(7))
        }) {
            channels[0].select(directory: application, application: application)
        }
    }

    /// One command of a script.
    ///
    /// - Parameter isCompact: in this format the sender fetches what waits with GET RESPONSE; in the others a command with data and Le
    ///   has its answer at once, as with T=1.
    private mutating func transmitRemotely(_ bytes: [UInt8], with rights: RemoteRights, isCompact: Bool) -> [UInt8] {
        var response: [UInt8] = []
        var status = performRemotely(bytes, with: rights, into: &response)
        // Nobody repeats a command with the exact length here: Le 00 means whatever there is (clause 5.2.1).
        if status.rawValue & 0xFF00 == 0x6C00, bytes.count == 5, bytes[4] == 0 {
            var exact = bytes
            exact[4] = UInt8(truncatingIfNeeded: status.rawValue)
            status = performRemotely(exact, with: rights, into: &response)
        }
        if !isCompact, status.rawValue & 0xFF00 == 0x6100, let command = CommandAPDU(bytes) {
            let room: Int? =
                switch command.expected {
                case .absent: nil
                case .short(let length), .extended(let length): length
                }
            if let room {
                pending.take(min(room, pending.left), into: &response)
                status = pending.left > 0 ? .available(pending.left) : pending.status
            }
        }
        return response + [UInt8(truncatingIfNeeded: status.rawValue >> 8), UInt8(truncatingIfNeeded: status.rawValue)]
    }

    private mutating func performRemotely(
        _ bytes: [UInt8], with rights: RemoteRights, into response: inout [UInt8]
    ) -> StatusWord {
        guard let command = CommandAPDU(bytes) else { return .wrongLength }
        if command.cla == RemoteChannel.pushClass, command.ins == RemoteChannel.pushInstruction {
            pending.drop()
            return rights.contains(.administrator1) ? push(command) : .securityStatusNotSatisfied
        }
        let cla: ClassByte
        do throws(ClassByte.Refusal) { cla = try ClassByte(command.cla) } catch { return .classNotSupported }
        guard let instruction = Instruction(rawValue: command.ins), instruction.isForFiles else { return .instructionNotSupported }
        guard instruction.belongs(toInterindustry: cla.isInterindustry) else { return .classNotSupported }
        guard cla.channel == 0 else { return .channelNotSupported }
        if instruction != .getResponse { pending.drop() }
        return perform(instruction, command, on: 0, into: &response)
    }

    /// The answer to a script that is not executed: its first command failed.
    private func refusal(of script: CommandScript, _ status: StatusWord, capacity: Int) -> [UInt8] {
        var execution = ScriptExecution(script, capacity: capacity)
        if execution.next() != nil {
            execution.completed([UInt8(truncatingIfNeeded: status.rawValue >> 8), UInt8(truncatingIfNeeded: status.rawValue)])
        }
        return execution.answer
    }
}

extension Instruction {
    /// The commands of remote file management (ETSI TS 102 226, 6.2), as far as the card has them. Of the others some would speak to the
    /// toolkit in the terminal's place, and AUTHENTICATE would use up sequence numbers.
    fileprivate var isForFiles: Bool {
        switch self {
        case .select, .readBinary, .updateBinary, .readRecord, .updateRecord, .searchRecord, .increase, .retrieveData, .setData,
            .activateFile, .deactivateFile, .verifyPIN, .changePIN, .disablePIN, .enablePIN, .unblockPIN, .getResponse:
            true
        default: false
        }
    }
}
