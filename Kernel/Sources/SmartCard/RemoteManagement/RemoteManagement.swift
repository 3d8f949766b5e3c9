import Cipher
import SecuredPackets

/// The card's end of management over the air: it puts messages together, checks packets, and knows what each may do.
///
/// Parts of a longer message are kept in RAM alone, two messages of eight parts at most. What must survive, the counters and the last
/// answer, is staged by ``stage(_:_:in:)`` together with what the packet changed.
struct RemoteManagement<C: BlockDecipher>: Sendable {
    let layout: RemoteManagementLayout
    var download: DataDownload<C>
    private let applications: [RemoteManagementKeys.Application]
    private let rights: [(version: UInt8, rights: RemoteRights)]
    private(set) var held: HeldAnswer

    /// Reads what personalisation and earlier sessions left; nil when it cannot be.
    init?(_ bytes: [UInt8], layout: RemoteManagementLayout) {
        var keySets: [KeySet<C>] = []
        var counters: [HeldCounter] = []
        var rights: [(version: UInt8, rights: RemoteRights)] = []
        for index in 0..<layout.keySetCount {
            let place = layout.keySet(index)
            guard let length = ChecksumLength(rawValue: bytes.byte(at: place.checksumLength)),
                let keys = KeySet<C>(
                    version: bytes.byte(at: place.version), ciphering: Block(bytes, at: place.ciphering),
                    integrity: Block(bytes, at: place.integrity), checksumLength: length),
                let counter = PacketCounter(bytes.number(at: place.counter, size: PacketCounter.size))
            else { return nil }
            keySets.append(keys)
            counters.append(HeldCounter(version: keys.version, counter: counter))
            rights.append((keys.version, RemoteRights(rawValue: bytes.byte(at: place.rights))))
        }
        var applications: [RemoteManagementKeys.Application] = []
        for index in 0..<layout.applicationCount {
            guard let application = RemoteManagementKeys.Application(bytes, at: layout.application(index)) else { return nil }
            applications.append(application)
        }
        guard let held = HeldAnswer(bytes, at: layout.answer),
            let receiver = Receiver(
                keySets: keySets,
                applications: applications.map {
                    RemoteApplication(target: $0.target, minimum: $0.minimum, keyVersions: $0.keyVersions)
                }, counters: counters)
        else { return nil }
        self.layout = layout
        self.applications = applications
        self.rights = rights
        self.held = held
        download = DataDownload(receiver: receiver)
    }

    func service(of target: ToolkitApplicationReference) -> RemoteManagementKeys.Service? {
        applications.first { $0.target == target }?.service
    }

    /// What the key that made a packet gives a right to.
    func rights(of packet: CommandPacket) -> RemoteRights {
        rights.first { $0.version == packet.integrity.version }?.rights ?? []
    }

    /// How much an application may answer; 0 when nobody asked.
    func capacity(for command: AcceptedCommand) -> Int {
        min(
            download.receiver.answerCapacity(for: command),
            command.binding == .channel ? HeldAnswer.longestDataOnChannel : HeldAnswer.longestData)
    }

    /// Stages the counter of a packet and the answer to it.
    mutating func stage<Memory: NonVolatileMemory>(
        _ counter: HeldCounter?, _ answer: HeldAnswer, in store: inout ImageStore<Memory>
    ) {
        if let counter {
            for index in 0..<layout.keySetCount where store.bytes.byte(at: layout.keySet(index).version) == counter.version {
                store.stage(counter.counter.value, size: PacketCounter.size, at: layout.keySet(index).counter)
            }
        }
        store.stage(answer.encoded.span, at: layout.answer)
        held = answer
    }

    /// Stages that the last answer has been fetched.
    mutating func stageLeft<Memory: NonVolatileMemory>(in store: inout ImageStore<Memory>) {
        held.recipient = .nobody
        store.stage(0, size: 1, at: layout.answer)
    }
}

/// Reads a section without being able to open a packet: for a look at an image.
struct NoDecipher: BlockDecipher {
    init(key: Block) {}
    func encrypt(_ block: Block) -> Block { block }
    func decrypt(_ block: Block) -> Block { block }
}
