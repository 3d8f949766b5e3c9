import SecuredPackets

/// What came of a secured packet, whatever brought it.
enum PacketOutcome: Equatable {
    /// Memory failed and nothing has happened: the packet may come again.
    case failed
    /// It was not taken, and nobody is told by a proof of receipt.
    case refused
    /// It was executed, and its sender wants no answer.
    case done
    case answered(PacketAnswer)
}

/// An answer on its way.
struct PacketAnswer: Equatable {
    var recipient: HeldAnswer.Recipient
    /// TP-UD, or the packet for a channel.
    var bytes: [UInt8]
    /// To whom an answer in a message of its own goes.
    var originator: MessageAddress?
    /// It is the one that the image holds.
    var isHeld: Bool
}

// SMS-PP data download (3GPP TS 31.111, 7.1.1): messages to the card itself, which carry secured packets.
extension Card {
    /// Takes the SMS-DELIVER of an ENVELOPE. The proof of receipt, where the packet asks for it in the acknowledgement, is the response
    /// data: 61XX.
    ///
    /// - Returns: otherwise 9000, upon which the terminal acknowledges the message (RP-ACK); 6200 for a packet that is refused without a
    ///   proof of receipt, and for a message that cannot be read, upon which it reports a data download error (RP-ERROR; TS 31.111,
    ///   clause 7.1.1.1); 6581 when memory failed: then nothing has happened, and the message may come again.
    mutating func receiveMessage(_ message: [UInt8]) -> StatusWord {
        guard var remote else { return .ok }
        switch remote.download.deliver(message) {
        case .part, .other:
            self.remote = remote
            return .ok
        case .broken:
            self.remote = remote
            return .dataDownloadError
        case .packet(let reception, let originator):
            switch take(reception, over: .shortMessage, from: originator, remote) {
            case .failed: return .memoryProblem
            case .refused: return .dataDownloadError
            case .done: return .ok
            case .answered(let answer): return give(answer)
            }
        }
    }

    /// The one way that a secured packet goes, after the receiver has looked at it.
    ///
    /// - Parameters:
    ///   - originator: who sent the message; nil for a packet that came on a channel.
    ///   - taken: the state after the packet was received. It is kept unless memory fails: then the counters, and the parts that came
    ///     before, stay as they were.
    mutating func take(
        _ reception: Reception, over binding: TransportBinding, from originator: MessageAddress?, _ taken: RemoteManagement<C>
    ) -> PacketOutcome {
        var remote = taken
        switch reception {
        case .unreadable:
            self.remote = remote
            return .refused
        case .accepted(let command):
            let (isDurable, answer) = perform(command, from: originator, &remote)
            guard isDurable else { return .failed }
            self.remote = remote
            return answer.map { .answered($0) } ?? .done
        case .refused(let refused):
            self.remote = remote
            let held = remote.held
            // The packet came again because its answer never arrived.
            if let packet = refused.packet, held.isOwed(to: packet, over: binding) {
                return .answered(
                    PacketAnswer(recipient: held.recipient, bytes: held.userData, originator: held.originator, isHeld: true))
            }
            return answer(of: refused.answer, to: originator).map { .answered($0) } ?? .refused
        }
    }

    /// An answer and who gets it: the sender of a message of its own only where the terminal can send one. In short messages it is the
    /// user data of one.
    private func answer(of answer: SecuredAnswer?, to originator: MessageAddress?) -> PacketAnswer? {
        guard let answer else { return nil }
        let recipient: HeldAnswer.Recipient
        switch answer.route {
        case .channel: return PacketAnswer(recipient: .channel, bytes: answer.packet, originator: nil, isHeld: false)
        case .submit: recipient = session.profile?.sendShortMessage == true ? .sender : .terminal
        case .report: recipient = .terminal
        }
        let parts: [[UInt8]]
        do throws(ShortMessageError) { parts = try answer.parts(reference: 0) } catch { return nil }
        guard parts.count == 1, let userData = parts.first, userData.count <= HeldAnswer.longest else { return nil }
        return PacketAnswer(recipient: recipient, bytes: userData, originator: originator, isHeld: false)
    }

    private mutating func give(_ answer: PacketAnswer) -> StatusWord {
        if answer.recipient == .nobody { return .ok }
        if answer.recipient == .sender, session.profile?.sendShortMessage == true, let originator = answer.originator {
            session.push(.sendShortMessage(SubmittedMessage(destination: originator, userData: answer.bytes).tpdu))
            return .ok
        }
        // A terminal that sends no messages for the card may still take the answer with it.
        pending.begin(on: 0)
        pending.bytes.append(contentsOf: answer.bytes)
        pending.isProof = answer.isHeld
        return .available(pending.left)
    }

    /// An answer that an earlier session could not send is sent now.
    mutating func offerHeldAnswer() {
        guard let held = remote?.held, held.recipient == .sender, session.profile?.sendShortMessage == true else { return }
        _ = give(PacketAnswer(recipient: .sender, bytes: held.userData, originator: held.originator, isHeld: true))
    }

    /// The last answer has left. That it could not be noted only means that it may be given again.
    mutating func heldAnswerLeft() {
        guard var remote, remote.held.recipient != .nobody else { return }
        remote.stageLeft(in: &store)
        if commit() == nil { self.remote = remote }
    }

    /// Executes a packet. Its counter, what it changed and the answer to it become durable in one step.
    ///
    /// - Returns: false when the memory failed, and nothing has happened; else the answer, if one was asked for.
    private mutating func perform(
        _ command: AcceptedCommand, from originator: MessageAddress?, _ remote: inout RemoteManagement<C>
    ) -> (isDurable: Bool, answer: PacketAnswer?) {
        let (applet, session, verified) = (self.applet, self.session, security.verified)
        let (channel, before) = (remoteChannel, store.bytes)
        var isVisible = false
        store.begin(reserving: RemoteManagementLayout.stateSize)
        let capacity = remote.capacity(for: command)
        var data: [UInt8] = []
        switch remote.service(of: command.packet.target) {
        case .files(let slot):
            isVisible = slot == nil || slot == self.slot
            data = run(
                CommandScript(reading: command.packet.data), on: slot ?? self.slot, with: remote.rights(of: command.packet),
                capacity: capacity)
        case .policy:
            let status = receivePolicy(command.packet.data[...]).rawValue
            // As a script of one command.
            data = [0x01, UInt8(truncatingIfNeeded: status >> 8), UInt8(truncatingIfNeeded: status)]
        case nil: break
        }
        if data.count > capacity { data = [] }
        var secured: SecuredAnswer?
        do throws(SecuredPacketError) { secured = try remote.download.receiver.answer(to: command, data: data) } catch {
            secured = nil
        }
        var answer = answer(of: secured, to: originator)
        // What is too long to be kept is sent all the same.
        let held = answer.flatMap { $0.bytes.count <= HeldAnswer.longest ? $0 : nil }
        answer?.isHeld = held != nil
        store.useReserve()
        remote.stage(
            command.held,
            HeldAnswer(held?.recipient ?? .nobody, to: command.packet, from: originator ?? .nobody, userData: held?.bytes ?? []),
            in: &store)
        var isDurable = true
        do throws(NonVolatileMemoryError) {
            try store.conclude()
        } catch {
            self.applet = applet
            self.session = session
            remoteChannel = channel
            isDurable = false
        }
        files = FileSystem(store.bytes, layout: profileLayout)
        // A code that was switched on from afar has to be verified; what the terminal has verified stays so.
        security = SecurityStatus(store.bytes, layout: profileLayout)
        security.restore(verified: verified)
        if isDurable, isVisible { tellChanges(since: before) }
        return (isDurable, answer)
    }
}
