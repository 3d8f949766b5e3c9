import SecuredPackets

// SMS-PP data download (3GPP TS 31.111, 7.1.1): messages to the card itself, which carry secured packets.
extension Card {
    /// Takes the SMS-DELIVER of an ENVELOPE. The proof of receipt, where the packet asks for it in the acknowledgement, is the response
    /// data: 61XX. Everything else is 9000, which the network takes for received, but for a message that cannot be read (6A80) and a
    /// memory that fails (6581): then nothing has happened, and the message may come again.
    mutating func receiveMessage(_ message: [UInt8]) -> StatusWord {
        guard var remote else { return .ok }
        let delivery = remote.download.deliver(message)
        switch delivery {
        case .part, .other:
            self.remote = remote
            return .ok
        case .broken, .packet(.unreadable, _):
            self.remote = remote
            return .incorrectData
        case .packet(.accepted(let command), let originator):
            // A failure leaves the counters, and the parts that came before, as they were.
            guard perform(command, from: originator, &remote) else { return .memoryProblem }
            self.remote = remote
            return give(remote.held.userData, to: remote.held.recipient, at: originator, isHeld: true)
        case .packet(.refused(let refused), let originator):
            self.remote = remote
            // The message came again because its answer never arrived.
            if let packet = refused.packet, remote.held.isOwed(to: packet) {
                return give(remote.held.userData, to: remote.held.recipient, at: remote.held.originator, isHeld: true)
            }
            guard let (recipient, userData) = userData(of: refused.answer) else { return .ok }
            return give(userData, to: recipient, at: originator, isHeld: false)
        }
    }

    /// The answer as user data of one message, and who gets it: the sender of a message of its own only where the terminal can send one.
    private func userData(of answer: SecuredAnswer?) -> (HeldAnswer.Recipient, [UInt8])? {
        guard let answer else { return nil }
        let parts: [[UInt8]]
        do throws(ShortMessageError) { parts = try answer.parts(reference: 0) } catch { return nil }
        guard parts.count == 1, let userData = parts.first, userData.count <= HeldAnswer.longest else { return nil }
        return (answer.route == .submit && session.profile?.sendShortMessage == true ? .sender : .terminal, userData)
    }

    private mutating func give(
        _ userData: [UInt8], to recipient: HeldAnswer.Recipient, at originator: MessageAddress, isHeld: Bool
    ) -> StatusWord {
        if recipient == .nobody { return .ok }
        if recipient == .sender, session.profile?.sendShortMessage == true {
            session.push(.sendShortMessage(SubmittedMessage(destination: originator, userData: userData).tpdu))
            return .ok
        }
        // A terminal that sends no messages for the card may still take the answer with it.
        pending.begin(on: 0)
        pending.bytes.append(contentsOf: userData)
        pending.isProof = isHeld
        return .available(pending.left)
    }

    /// An answer that an earlier session could not send is sent now.
    mutating func offerHeldAnswer() {
        guard let held = remote?.held, held.recipient == .sender, session.profile?.sendShortMessage == true else { return }
        _ = give(held.userData, to: .sender, at: held.originator, isHeld: true)
    }

    /// The last answer has left. That it could not be noted only means that it may be given again.
    mutating func heldAnswerLeft() {
        guard var remote, remote.held.recipient != .nobody else { return }
        remote.stageLeft(in: &store)
        if commit() == nil { self.remote = remote }
    }

    /// Executes a packet. Its counter, what it changed and the answer to it become durable in one step.
    ///
    /// - Returns: false when the memory failed, and nothing has happened.
    private mutating func perform(
        _ command: AcceptedCommand, from originator: MessageAddress, _ remote: inout RemoteManagement<C>
    ) -> Bool {
        let (applet, session, verified) = (self.applet, self.session, security.verified)
        store.begin(reserving: RemoteManagementLayout.stateSize)
        let capacity = remote.capacity(for: command)
        var data: [UInt8] = []
        switch remote.service(of: command.packet.target) {
        case .files(let slot):
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
        var answer: SecuredAnswer?
        do throws(SecuredPacketError) { answer = try remote.download.receiver.answer(to: command, data: data) } catch {
            answer = nil
        }
        let (recipient, userData) = userData(of: answer) ?? (.nobody, [])
        store.useReserve()
        remote.stage(
            command.held, HeldAnswer(recipient, to: command.packet, from: originator, userData: userData), in: &store)
        var isDurable = true
        do throws(NonVolatileMemoryError) {
            try store.conclude()
        } catch {
            self.applet = applet
            self.session = session
            isDurable = false
        }
        files = FileSystem(store.bytes, layout: profileLayout)
        // A code that was switched on from afar has to be verified; what the terminal has verified stays so.
        security = SecurityStatus(store.bytes, layout: profileLayout)
        security.restore(verified: verified)
        return isDurable
    }
}
