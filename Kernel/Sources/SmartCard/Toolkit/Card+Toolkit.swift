import Resilience

extension Card {
    /// TERMINAL PROFILE (TS 102 221, clause 11.2.1): from now on the card may speak.
    mutating func terminalProfile(_ command: CommandAPDU) -> StatusWord {
        guard command.parameters == 0 else { return .incorrectParameters }
        guard !command.data.isEmpty else { return .wrongLength }
        session.begin(TerminalProfile(command.bytes[command.data]))
        remoteChannel = RemoteChannel()
        changedFiles = ChangeNotice()
        applet.begin(&session, &store, visible: slot)
        offerHeldAnswer()
        return .ok
    }

    /// ENVELOPE (TS 102 221, clause 11.2.2). An envelope that nobody on the card wants is accepted, as a card without applets
    /// would.
    mutating func envelope(_ command: CommandAPDU) -> StatusWord {
        guard command.parameters == 0 else { return .incorrectParameters }
        guard !command.data.isEmpty else { return .wrongLength }
        guard let envelope = Envelope(command) else { return .incorrectData }
        if case .shortMessage(let message) = envelope {
            let status = receiveMessage(message)
            tendRemoteChannel()
            return status
        }
        if session.profile != nil {
            hearRemoteChannel(envelope)
            applet.take(envelope, &session, &store)
            tendRemoteChannel()
        }
        return .ok
    }

    /// FETCH (TS 102 221, clause 11.2.3).
    mutating func fetch(_ command: CommandAPDU, into response: inout [UInt8]) -> StatusWord {
        guard command.parameters == 0 else { return .incorrectParameters }
        guard command.data.isEmpty else { return .wrongLength }
        guard let length = session.waiting() else { return .conditionsNotSatisfied }
        switch command.expected {
        case .short(let asked) where asked != length: return .exactLength(length)
        case .extended(let room) where room < length: return .exactLength(length)
        default: break
        }
        session.fetch(into: &response)
        return .ok
    }

    /// TERMINAL RESPONSE (TS 102 221, clause 11.2.4). An answer that cannot be read, or is for another command, ends the open
    /// command as failed: the terminal considers it done, and waiting for a better answer would silence the card for good.
    mutating func terminalResponse(_ command: CommandAPDU) -> StatusWord {
        guard command.parameters == 0 else { return .incorrectParameters }
        guard !command.data.isEmpty else { return .wrongLength }
        let response = TerminalResponse(command)
        guard let closed = session.close(response) else { return .conditionsNotSatisfied }
        let answer = closed.isAnswered ? response : nil
        switch closed.command {
        case .sendShortMessage: if answer?.isPerformed == true { heldAnswerLeft() }
        case .remoteChannel(let command): take(answer, to: command)
        case .filesChanged: changesWereTold(answer)
        default: break
        }
        applet.take(answer, to: closed.command, &session, &store)
        tendRemoteChannel()
        return response == nil ? .incorrectData : .ok
    }

    /// STATUS came: the terminal's poll.
    mutating func poll() {
        guard session.profile != nil else { return }
        applet.polled(&session, &store)
        remoteChannelPolled()
        tellChangesAgain()
    }

    /// A challenge had a good MAC: the operator's authentication centre is alive.
    mutating func operatorIsAlive() {
        if session.profile != nil { applet.take(.authenticated, &session, &store) }
    }
}
