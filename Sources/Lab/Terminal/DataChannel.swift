import Wire

/// A channel of the bearer independent protocol: a UDP socket that the terminal keeps for the card (ETSI TS 102 223, clause 6.4.27).
struct DataChannel: Equatable, Sendable {
    /// The largest buffer that the terminal grants, in bytes.
    static let largestBuffer = 1_500

    /// 1...7.
    var number: UInt8
    var bearer: UInt8
    var port: UInt16
    var remote: Endpoint
    var bufferSize: Int
    /// Datagrams that the card has not taken yet.
    var received: [[UInt8]] = []
    /// What SEND DATA has stored and not yet sent.
    var stored: [UInt8] = []
    var isLinkDropped = false

    /// DataChannel status (clause 8.56).
    var status: [UInt8] { isLinkDropped ? [number, 0x05] : [0x80 | number, 0x00] }

    /// The length of what waits, as the card is told: FF when it is more than 255.
    var waiting: UInt8 { UInt8(truncatingIfNeeded: min(255, received.reduce(0) { $0 + $1.count })) }
}

// MARK: OPEN CHANNEL (clause 6.4.27)
extension Terminal {
    private static var firstChannelBearer: UInt8 { 6 }

    mutating func openChannel(_ command: ProactiveCommand) {
        if equipment.quirks.contains(.refusesChannels) { return respond(command, .beyondCapabilities) }
        if equipment.quirks.contains(.noFreeChannel) { return respond(command, .noChannelFree) }
        guard let transport = command[ToolkitTag.transport], transport.count == 3, let address = command[ToolkitTag.address],
            let buffer = command[ToolkitTag.bufferSize], buffer.count == 2, command[ToolkitTag.bearer] != nil
        else { return respond(command, .missingValues) }
        // UDP, UICC in client mode, remote connection (clause 8.59).
        guard transport[0] == 0x01, let remote = IPAddress(Array(address.dropFirst())),
            (address.first == 0x21) == (address.count == 5)
        else {
            return respond(command, .beyondCapabilities)
        }
        guard
            let number = (1...UInt8(TerminalProfile.channels)).first(where: { number in !channels.contains { $0.number == number } }
            )
        else {
            return respond(command, .noChannelFree)
        }
        guard case .registered = registration else { return respond(command, .noService) }
        let accessPoint = command[ToolkitTag.accessPoint].flatMap(AccessPointLabels.text)
        let bearer = bearerNumber(for: accessPoint)
        let channel = DataChannel(
            number: number, bearer: bearer, port: nextPort,
            remote: Endpoint(remote, port: UInt16(transport[1]) << 8 | UInt16(transport[2])),
            bufferSize: min(Int(buffer[0]) << 8 | Int(buffer[1]), DataChannel.largestBuffer))
        nextPort = nextPort == .max ? 49_152 : nextPort + 1
        if bearers.contains(where: { $0.id == bearer && $0.address != nil }) {
            opened(channel, command)
        } else {
            pending = PendingCommand(command: command, wait: .bearer(bearer, channel))
            set(.channelWait, after: timing.channelWait)
            openBearer(bearer, accessPoint ?? hostAccessPoint)
        }
    }

    /// The connection that already goes to this access point, or a free number for one that will.
    private func bearerNumber(for accessPoint: String?) -> UInt8 {
        guard let accessPoint, accessPoint != hostAccessPoint else { return Bearer.hostID }
        if let open = bearers.first(where: { $0.accessPoint == accessPoint }) { return open.id }
        return (Self.firstChannelBearer...BearerIdentity.range.upperBound).first { id in !bearers.contains { $0.id == id } }
            ?? Self.firstChannelBearer
    }

    private mutating func opened(_ channel: DataChannel, _ command: ProactiveCommand) {
        channels.append(channel)
        respond(command, .performed) {
            $0.comprehension(ToolkitTag.channelStatus, channel.status)
            if let bearer = command[ToolkitTag.bearer] { $0.comprehension(ToolkitTag.bearer, bearer) }
            $0.comprehension(
                ToolkitTag.bufferSize, [UInt8(channel.bufferSize >> 8), UInt8(truncatingIfNeeded: channel.bufferSize)])
        }
    }

    mutating func bearerIsUp(_ id: UInt8) {
        guard let waiting = pending, case .bearer(id, let channel) = waiting.wait else { return }
        pending = nil
        clear(.channelWait)
        opened(channel, waiting.command)
    }

    mutating func bearerIsRefused(_ id: UInt8) {
        guard let waiting = pending, case .bearer(id, _) = waiting.wait else { return }
        pending = nil
        clear(.channelWait)
        respond(waiting.command, .networkUnable)
    }

    mutating func channelWaitExpired() {
        guard let waiting = pending, case .bearer(let id, _) = waiting.wait else { return }
        bearerIsRefused(id)
    }

    mutating func bearerIsLost(_ id: UInt8) {
        for index in channels.indices where channels[index].bearer == id && !channels[index].isLinkDropped {
            channels[index].isLinkDropped = true
            channels[index].received = []
            let status = channels[index].status
            sendEvent(ToolkitEvent.channelStatus, from: Device.terminal) { $0.comprehension(ToolkitTag.channelStatus, status) }
        }
        bearerIsRefused(id)
    }
}

// MARK: Data (clauses 6.4.28 to 6.4.30)
extension Terminal {
    private func channelIndex(_ command: ProactiveCommand) -> Int? {
        channels.firstIndex { Device.firstChannel + $0.number - 1 == command.destination }
    }

    mutating func closeChannel(_ command: ProactiveCommand) {
        guard let index = channelIndex(command) else { return respond(command, .channelUnknown) }
        let channel = channels.remove(at: index)
        // A connection that was opened for channels goes with the last of them.
        if channel.bearer != Bearer.hostID, !channels.contains(where: { $0.bearer == channel.bearer }) {
            bearers.removeAll { $0.id == channel.bearer }
            if let cell = servingCell { send(.bearerRelease(id: channel.bearer), to: cell) }
        }
        respond(command, .performed)
    }

    mutating func sendData(_ command: ProactiveCommand) {
        guard let index = channelIndex(command) else { return respond(command, .channelUnknown) }
        guard !channels[index].isLinkDropped else { return respond(command, .channelClosed) }
        guard let data = command[ToolkitTag.channelData] else { return respond(command, .missingValues) }
        guard channels[index].stored.count + data.count <= channels[index].bufferSize else {
            return respond(command, .bufferTooLarge)
        }
        channels[index].stored += data
        if command.qualifier & 0x01 != 0 {
            transmit(index)
        }
        let room = channels[index].bufferSize - channels[index].stored.count
        respond(command, .performed) { $0.comprehension(ToolkitTag.channelDataLength, [UInt8(truncatingIfNeeded: min(255, room))]) }
    }

    private mutating func transmit(_ index: Int) {
        let payload = channels[index].stored
        channels[index].stored = []
        let channel = channels[index]
        note(.sent(to: channel.remote))
        stayAwake()
        // Out of coverage, what is sent is lost, as datagrams are.
        guard case .registered(let cell) = registration, let address = bearers.first(where: { $0.id == channel.bearer })?.address
        else { return }
        let datagram = Datagram(source: Endpoint(address, port: channel.port), destination: channel.remote, payload: payload)
        send(.datagram(bearer: channel.bearer, datagram), to: cell)
    }

    mutating func deliver(_ datagram: Datagram, on bearer: UInt8, carrier: Int) {
        startWatchdog()
        stayAwake()
        guard
            let index = channels.firstIndex(where: {
                $0.bearer == bearer && $0.port == datagram.destination.port && $0.remote == datagram.source && !$0.isLinkDropped
            })
        else { return }
        let waiting = channels[index].received.reduce(0) { $0 + $1.count }
        guard waiting + datagram.payload.count <= channels[index].bufferSize else { return }
        channels[index].received.append(datagram.payload)
        let (status, length) = (channels[index].status, channels[index].waiting)
        sendEvent(ToolkitEvent.dataAvailable, from: Device.terminal) {
            $0.comprehension(ToolkitTag.channelStatus, status)
            $0.comprehension(ToolkitTag.channelDataLength, [length])
        }
    }

    mutating func receiveData(_ command: ProactiveCommand) {
        guard let index = channelIndex(command) else { return respond(command, .channelUnknown) }
        guard !channels[index].isLinkDropped else { return respond(command, .channelClosed) }
        guard let wanted = command[ToolkitTag.channelDataLength]?.first else { return respond(command, .missingValues) }
        guard let first = channels[index].received.first else {
            return respond(command, .performed) {
                $0.comprehension(ToolkitTag.channelData, [])
                $0.comprehension(ToolkitTag.channelDataLength, [0])
            }
        }
        let data = Array(first.prefix(Int(wanted)))
        if data.count == first.count {
            channels[index].received.removeFirst()
            if let carrier = servingCarrier { note(.delivered(carrier: carrier)) }
        } else {
            channels[index].received[0] = Array(first.dropFirst(data.count))
        }
        let left = channels[index].waiting
        respond(command, .performed) {
            $0.comprehension(ToolkitTag.channelData, data)
            $0.comprehension(ToolkitTag.channelDataLength, [left])
        }
    }
}
