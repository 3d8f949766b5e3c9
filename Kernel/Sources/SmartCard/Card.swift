import Beacon
import Cipher
import EUICC
import Resilience
import Wire

/// A UICC with two profiles and a resident applet: command APDUs in, response APDUs out (ETSI TS 102 221).
///
/// The path of a command: ``transmit(_:)`` reads it as a `CommandAPDU`, the class byte says which logical channel it is for, the
/// instruction says which method of an extension takes it, and that method returns a status word and appends the answer's data.
/// What a method changes for good goes through `store`, which makes it durable before it is visible, so before the answer leaves.
/// Files, PINs and keys are those of the profile that was enabled when the card was last reset: a switch shows at the next reset
/// and never mixes two subscriptions.
///
/// The resident applet sees what the toolkit sees. It turns events of the terminal into events of the switching policy, and the
/// policy's decisions into proactive commands, which the terminal learns of by 91XX.
///
/// The card is a value: it has no clock, no I/O but its memory, and no randomness but that of its host's curves. Without those, two
/// cards given the same bytes answer the same.
public struct Card<C: CardCryptography, Memory: NonVolatileMemory>: Sendable {
    var store: ImageStore<Memory>
    /// The profile that the terminal sees in this card session.
    var slot: Slot
    var files: FileSystem
    var security: SecurityStatus
    var authenticator: Authenticator<C>
    var sequences: SequenceNumbers
    var channels: [LogicalChannel]
    var pending = PendingResponse()
    var session = ProactiveSession()
    var applet: ResilienceApplet<C, Memory>
    /// Whether the card is about to be, or was, switched off with its status kept.
    var suspension = Suspension.none
    /// What takes secured packets; nil for a card that takes none.
    var remote: RemoteManagement<C>?
    /// The channel on which they come, besides short messages.
    var remoteChannel = RemoteChannel()
    /// What the terminal has not been told yet of its profile's files.
    var changedFiles = ChangeNotice()
    /// Where a command lies that came in somebody else's memory.
    private var incoming: [UInt8] = []

    /// A card whose image, and the journal after it, is what the memory holds. It is not powered yet: ``reset()`` comes first.
    ///
    /// - Throws: ``CardImageError``; the memory has not been written to.
    public init(memory: Memory) throws(CardImageError) {
        let store = try ImageStore(memory: memory)
        let applet = try ResilienceApplet<C, Memory>(store.bytes, layout: store.layout)
        let slot = applet.enabled
        let remote = store.layout.remoteManagement.flatMap { RemoteManagement<C>(store.bytes, layout: $0) }
        let layout = store.layout.profiles[min(Int(slot.rawValue), store.layout.profiles.count - 1)]
        self.store = store
        self.applet = applet
        self.remote = remote
        self.slot = slot
        files = FileSystem(store.bytes, layout: layout)
        security = SecurityStatus(store.bytes, layout: layout)
        authenticator = Authenticator(store.bytes, layout: layout)
        sequences = SequenceNumbers(store.bytes, layout: layout)
        channels = [LogicalChannel](repeating: LogicalChannel(), count: LogicalChannel.most)
    }

    /// Power on, or a reset: everything that is not in the image is forgotten, and the enabled profile becomes visible.
    ///
    /// - Returns: the answer to reset, ``AnswerToReset/bytes``.
    public mutating func reset() -> [UInt8] {
        applet.powerUp(store.bytes)
        if applet.enabled != slot {
            slot = applet.enabled
            files = FileSystem(store.bytes, layout: profileLayout)
            authenticator = Authenticator(store.bytes, layout: profileLayout)
            sequences = SequenceNumbers(store.bytes, layout: profileLayout)
        }
        security = SecurityStatus(store.bytes, layout: profileLayout)
        remote = store.layout.remoteManagement.flatMap { RemoteManagement(store.bytes, layout: $0) }
        for index in channels.indices {
            channels[index] = LogicalChannel()
            channels[index].isOpen = index == 0
        }
        pending.drop()
        session = ProactiveSession()
        remoteChannel = RemoteChannel()
        changedFiles = ChangeNotice()
        suspension = isSuspended ? .resumable : .none
        return AnswerToReset.bytes
    }

    /// Takes a command APDU and answers it. Whatever the bytes, the answer ends in a status word.
    ///
    /// Everything the command changes for good is in the memory when this returns.
    public mutating func transmit(_ command: [UInt8]) -> [UInt8] {
        var response: [UInt8] = []
        let status = execute(command, into: &response)
        response.append(UInt8(truncatingIfNeeded: status.rawValue >> 8))
        response.append(UInt8(truncatingIfNeeded: status.rawValue))
        return response
    }

    /// The same, for a host that gives the command and takes the answer in memory of its own: once `response` and the card have room
    /// for the longest of both, commands that only read allocate nothing.
    ///
    /// - Parameter response: is emptied first, and keeps its capacity.
    public mutating func transmit(_ command: borrowing Span<UInt8>, into response: inout [UInt8]) {
        incoming.removeAll(keepingCapacity: true)
        for index in command.indices { incoming.append(command[index]) }
        response.removeAll(keepingCapacity: true)
        let status = execute(incoming, into: &response)
        response.append(UInt8(truncatingIfNeeded: status.rawValue >> 8))
        response.append(UInt8(truncatingIfNeeded: status.rawValue))
    }

    private mutating func execute(_ bytes: [UInt8], into response: inout [UInt8]) -> StatusWord {
        guard let command = CommandAPDU(bytes) else { return .wrongLength }
        if command.cla == ClassByte.sim {
            if command.ins != Instruction.getResponse.rawValue { pending.drop() }
            if let failure = endSuspension(before: nil) { return failure }
            guard let status = performAsSIM(command, into: &response) else { return .instructionNotSupported }
            return afterwards(status)
        }
        let cla: ClassByte
        do {
            cla = try ClassByte(command.cla)
        } catch .secureMessagingNotSupported {
            return .secureMessagingNotSupported
        } catch {
            return .classNotSupported
        }
        guard let instruction = Instruction(rawValue: command.ins) else { return .instructionNotSupported }
        guard instruction.belongs(toInterindustry: cla.isInterindustry) else { return .classNotSupported }
        guard cla.channel < channels.count, channels[cla.channel].isOpen, cla.channel == 0 || !instruction.isToolkit else {
            return .channelNotSupported
        }
        if instruction != .getResponse { pending.drop() }
        if let failure = endSuspension(before: instruction) { return failure }
        return afterwards(perform(instruction, command, on: cla.channel, into: &response))
    }

    /// A proactive command that waits is told wherever nothing else is to be told (TS 102 221, clause 7.4.2.1).
    private mutating func afterwards(_ status: StatusWord) -> StatusWord {
        switch status {
        case .ok: return session.waiting().map { .proactive($0) } ?? status
        case .moreAvailable: return session.waiting() == nil ? status : .moreAvailableAndProactive
        case .moreExpected: return session.waiting() == nil ? status : .moreExpectedAndProactive
        default: return status
        }
    }

    mutating func perform(
        _ instruction: Instruction, _ command: CommandAPDU, on channel: Int, into response: inout [UInt8]
    ) -> StatusWord {
        switch instruction {
        case .select: select(command, on: channel)
        case .status: status(command, on: channel, into: &response)
        case .readBinary: readBinary(command, on: channel, into: &response)
        case .updateBinary: updateBinary(command, on: channel)
        case .retrieveData: retrieveData(command, on: channel, into: &response)
        case .setData: setData(command, on: channel)
        case .readRecord: readRecord(command, on: channel, into: &response)
        case .updateRecord: updateRecord(command, on: channel)
        case .getResponse: getResponse(command, on: channel, into: &response)
        case .searchRecord: searchRecord(command, on: channel)
        case .increase: increase(command, on: channel)
        case .activateFile: setActivation(command, on: channel, to: true)
        case .deactivateFile: setActivation(command, on: channel, to: false)
        case .manageChannel: manageChannel(command, on: channel, into: &response)
        case .verifyPIN: verifyPIN(command)
        case .changePIN: changePIN(command)
        case .disablePIN: disablePIN(command)
        case .enablePIN: enablePIN(command)
        case .unblockPIN: unblockPIN(command)
        case .suspend: suspendOrResume(command)
        case .authenticate: authenticate(command, on: channel)
        case .terminalCapability: terminalCapability(command, on: channel)
        case .terminalProfile: terminalProfile(command)
        case .envelope: envelope(command)
        case .fetch: fetch(command, into: &response)
        case .terminalResponse: terminalResponse(command)
        case .storeData: storeData(command, on: channel)
        case .getIdentity: getIdentity(command, on: channel)
        }
    }

    /// Where the visible profile lies in the image.
    var profileLayout: ProfileLayout { store.layout.profiles[min(Int(slot.rawValue), store.layout.profiles.count - 1)] }

    /// Makes what was staged durable; says what to answer when that failed.
    mutating func commit() -> StatusWord? {
        do {
            try store.commit()
            return nil
        } catch {
            return .memoryProblem
        }
    }
}

extension Card {
    /// The card's number, which is also its sender identifier in beacons.
    public var number: UInt64 { store.bytes.number(at: store.layout.resident.cardNumber, size: 8) }

    /// The profile that the terminal has seen since the last reset.
    public var visible: Slot { slot }

    /// The profile that is enabled, and will be visible after the next reset.
    public var enabled: Slot { applet.enabled }

    /// What the switching policy remembers: the last move, its reason, how many there were.
    public var policyMemory: Resilience.Memory { applet.policy.memory }

    /// The switching policy's parameters that are in force.
    public var policyParameters: Parameters { applet.policy.parameters }

    /// What came of the last policy document; nil for a card that takes none, or has had none.
    public var policyOutcome: PolicyOutcome? { applet.updates?.outcome }

    /// What the ISD-R keeps; nil for a card that is no eUICC.
    public var euicc: EUICCState? { applet.domain?.euicc.state }

    /// The card's own time since power-on, as far as the terminal let it know.
    public var now: Instant { applet.now }

    /// The image as it stands, for export.
    public var image: CardImage { store.image }

    /// The memory, as last written.
    public var memory: Memory { store.memory }
}

extension Card where Memory == InProcessMemory {
    /// A card whose memory is RAM.
    public init(image: CardImage) throws(CardImageError) {
        try self.init(memory: InProcessMemory(image.encoded))
    }
}
