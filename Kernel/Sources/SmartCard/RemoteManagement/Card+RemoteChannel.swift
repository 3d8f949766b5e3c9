import SecuredPackets

// Secured packets over the bearer independent protocol: PUSH asks for a channel, the card opens it to the server that PUSH names, and
// takes packets and sends answers on it until the server closes it.
extension Card {
    /// PUSH, a command in a script (ETSI TS 102 226, clause 9.2): a channel for a TCP connection (P2 01 or 03).
    ///
    /// The terminal opens no channel before the script's answer has left, so 9000 says that the request is accepted. That the channel
    /// could not be opened is seen by the server, to which nobody connects.
    ///
    /// - Returns: 6985 when the terminal offers no TCP channels, or a request is being followed already.
    mutating func push(_ command: CommandAPDU) -> StatusWord {
        guard command.p1 == 0x01, command.p2 == 0x01 || command.p2 == 0x03 else { return .incorrectParameters }
        guard let destination = RemoteDestination(command.bytes[command.data], accessPoint: applet.accessPoint(store)) else {
            return .incorrectData
        }
        guard session.profile?.streams == true, remoteChannel.state == .closed else { return .conditionsNotSatisfied }
        remoteChannel = RemoteChannel()
        remoteChannel.state = .wanted(destination)
        return .ok
    }

    /// Opens what is wanted when the channel is free, and gives the channel back to a beacon that wants it.
    mutating func tendRemoteChannel() {
        switch remoteChannel.state {
        case .closed: giveChannelBack()
        case .wanted(let destination):
            guard !session.isChannelLent, applet.channel == .closed, applet.exchange == nil, remoteChannel.idlePolls == 0,
                !session.has({ $0 == .refresh })
            else { return }
            session.isChannelLent = true
            remoteChannel.state = .opening(destination)
            session.push(.remoteChannel(.open(destination)))
        case .opening(let destination):
            let command = ProactiveCommand.remoteChannel(.open(destination))
            guard session.isChannelWanted, session.open != command else { return }
            session.withdraw { $0 == command }
            remoteChannel.state = .wanted(destination)
            giveChannelBack()
        case .open(let id): if session.isChannelWanted { closeRemoteChannel(id) }
        case .closing: break
        }
    }

    private mutating func giveChannelBack() {
        guard session.isChannelLent else { return }
        session.isChannelLent = false
        applet.channelReturned(&session, store)
    }

    private mutating func closeRemoteChannel(_ id: UInt8) {
        session.withdraw { if case .remoteChannel = $0 { true } else { false } }
        remoteChannel = RemoteChannel()
        remoteChannel.state = .closing
        session.push(.remoteChannel(.close(id)))
    }

    // MARK: What the terminal says

    /// The terminal answered a command; nil when it gave no answer that could be read.
    mutating func take(_ response: TerminalResponse?, to command: RemoteChannel.Command) {
        let performed = response.flatMap { $0.isPerformed ? $0 : nil }
        switch (command, remoteChannel.state) {
        case (.open, .opening(let destination)): opened(response, destination)
        case (.close, .closing):
            remoteChannel = RemoteChannel()
            giveChannelBack()
        case (.receive(let asked), .open(let id)):
            guard asked == id, let performed else { break }
            remoteChannel.idlePolls = 0
            remoteChannel.received.append(contentsOf: performed.data)
            if performed.dataLeft > 0, remoteChannel.received.count <= RemoteChannel.longestPacket {
                session.push(.remoteChannel(.receive(id)))
            }
            takePackets(id)
        case (.send(let asked, let sent), .open(let id)):
            guard asked == id else { break }
            guard performed != nil else { return closeRemoteChannel(id) }
            remoteChannel.idlePolls = 0
            remoteChannel.outgoing.removeFirst(min(sent.count, remoteChannel.outgoing.count))
            if remoteChannel.outgoing.isEmpty { takePackets(id) } else { sendPortion(id) }
        default: break
        }
    }

    private mutating func opened(_ response: TerminalResponse?, _ destination: RemoteDestination) {
        let id = (response?.channelStatus ?? 0) & 0x07
        if response?.isPerformed == true, id > 0 {
            remoteChannel.state = .open(id)
            return
        }
        remoteChannel.attempts += 1
        // 2X: the terminal is busy now. It is asked again with the next STATUS.
        let isBusy = response.map { $0.result & 0xF0 == 0x20 } ?? false
        remoteChannel.state =
            isBusy && remoteChannel.attempts < RemoteChannel.mostAttempts ? .wanted(destination) : .closed
        remoteChannel.idlePolls = isBusy ? 1 : 0
        giveChannelBack()
    }

    /// An event that concerns the channel: data came, or the link is gone.
    mutating func hearRemoteChannel(_ envelope: Envelope) {
        guard case .open(let id) = remoteChannel.state else { return }
        switch envelope {
        case .dataAvailable(let other) where other == id: session.push(.remoteChannel(.receive(id)))
        // Bit 8: a link is established (TS 102 223, clause 8.56). The server has closed the connection.
        case .channelStatus(let status) where status & 0x07 == id && status & 0x80 == 0: closeRemoteChannel(id)
        default: break
        }
    }

    /// STATUS came.
    mutating func remoteChannelPolled() {
        switch remoteChannel.state {
        case .open(let id):
            remoteChannel.idlePolls += 1
            if remoteChannel.idlePolls >= RemoteChannel.mostIdlePolls { closeRemoteChannel(id) }
        case .wanted: remoteChannel.idlePolls = 0
        default: break
        }
        tendRemoteChannel()
    }

    // MARK: Packets

    /// Deals with the packets that are there, one after the other: the next waits until the answer to the last was sent.
    private mutating func takePackets(_ id: UInt8) {
        while remoteChannel.outgoing.isEmpty, var remote {
            switch remoteChannel.next() {
            case .unfinished: return
            case .noPacket: return closeRemoteChannel(id)
            case .packet(let packet):
                let reception = remote.download.receiver.receive(packet, over: .channel)
                switch take(reception, over: .channel, from: nil, remote) {
                case .failed:
                    // Nothing has happened; that the connection ends tells the server to send it again.
                    return closeRemoteChannel(id)
                case .refused, .done: break
                case .answered(let answer):
                    remoteChannel.outgoing = answer.bytes
                    sendPortion(id)
                }
            }
        }
    }

    private mutating func sendPortion(_ id: UInt8) {
        session.push(.remoteChannel(.send(id, Array(remoteChannel.outgoing.prefix(RemoteChannel.portion)))))
    }
}

extension ResilienceApplet {
    /// The channel that somebody else on the card had is free: a beacon that waited for it goes on.
    mutating func channelReturned(_ session: inout ProactiveSession, _ store: Store) {
        guard session.isChannelWanted else { return }
        session.isChannelWanted = false
        if channel == .closed { open(&session, store) }
    }
}
