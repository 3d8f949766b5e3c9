import Beacon
import Resilience
import Wire

extension ResilienceApplet {
    /// The one channel that the applet uses.
    enum Channel: Equatable, Sendable {
        case closed
        case opening(responder: UInt8)
        case open(UInt8, responder: UInt8)
        case closing
    }

    /// One beacon, from the policy's wish to its outcome.
    struct Exchange: Sendable {
        let responder: UInt8
        let deadline: Instant
        /// The channel was opened for this beacon; one left open from an earlier beacon may be dead without anybody having noticed.
        var channelIsFresh = false
        /// The responder has asked for proof of freshness once.
        var isRepeated = false
    }

    /// How long an unused channel stays open in the expectation of the next beacon.
    private static var linger: Interval { .seconds(20) }
    /// The most datagrams that are taken after one is sent: strays must not keep the session busy.
    private static var mostReceptions: Int { 8 }

    // MARK: The exchange

    /// Begins a beacon: opens the channel, or uses the one that is open to the same responder.
    mutating func begin(_ request: Resilience.BeaconRequest, _ session: inout ProactiveSession, _ store: inout Store) {
        guard session.profile?.datagrams == true, Int(request.responder) < responders.count else {
            inbox.append(.channelRefused(responder: request.responder))
            return
        }
        lastBegun = now
        exchange = Exchange(responder: request.responder, deadline: now + request.timeout)
        switch channel {
        case .open(let id, let responder):
            if responder == request.responder { send(on: id, &session, &store) } else { close(id, &session) }
        case .closed: open(&session, store)
        // An earlier attempt is still with the terminal; what comes of it decides.
        case .opening, .closing: break
        }
    }

    /// The beacon in progress came to nothing.
    mutating func fail(_ outcome: Event) {
        guard exchange != nil else { return }
        exchange = nil
        missed = missed == .max ? .max : missed + 1
        inbox.append(outcome)
    }

    private mutating func refuse() {
        if let responder = exchange?.responder { fail(.channelRefused(responder: responder)) }
    }

    /// Forgets the beacon in progress, as far as the terminal does not have it yet.
    mutating func abandonExchange(_ session: inout ProactiveSession) {
        exchange = nil
        session.withdraw { command in
            switch command {
            case .openChannel, .sendData, .receiveData: true
            default: false
            }
        }
        if case .opening = channel, !session.has({ if case .openChannel = $0 { true } else { false } }) { channel = .closed }
    }

    private mutating func send(on id: UInt8, _ session: inout ProactiveSession, _ store: inout Store) {
        guard let responder = exchange?.responder, Int(responder) < responders.count else { return }
        let datagram: BeaconDatagram
        do throws(BeaconError) {
            datagram = try responders[Int(responder)].client.request(heartbeat(to: responder))
        } catch {
            // The keys are used up: no beacon can be sent any more.
            refuse()
            return
        }
        if let ceiling = datagram.ceiling {
            store.stage(ceiling, size: 8, at: layout.responder(Int(responder)).ceiling)
            guard write(&store) else {
                refuse()
                return
            }
        }
        receptions = 0
        updates?.tell(responder, sequence: datagram.sequence)
        session.push(.sendData(channel: id, datagram.bytes))
    }

    private func heartbeat(to responder: UInt8) -> Heartbeat {
        let memory = policy.memory
        return Heartbeat(
            card: card, profile: visible == .primary ? .primary : .backup, lastMove: memory.lastMove.rawValue, moves: memory.moves,
            boots: boots, missed: missed, policy: policy.parameters.version,
            sinceMove: beganByMove ? UInt32(clamping: now.milliseconds / 1_000) : nil, network: network.flatMap(Self.plmn),
            technology: network?.technology.rawValue, responder: responder, rehearsed: memory.rehearsed, outcome: updates?.report)
    }

    /// The network as a beacon names it; nil when the terminal's bytes are no PLMN.
    private static func plmn(_ network: ServingNetwork) -> PLMN? {
        do throws(NumberingError) { return try PLMN(coded: network.plmn) } catch { return nil }
    }

    /// SEND DATA was refused. A channel left from an earlier beacon gets a second chance with a new one.
    mutating func sendFailed(_ session: inout ProactiveSession) {
        guard case .open(let id, _) = channel, let waiting = exchange else { return }
        if waiting.channelIsFresh { refuse() }
        close(id, &session)
    }

    /// A datagram came. An answer that comes after its time is proof all the same that the path delivers.
    mutating func received(_ response: TerminalResponse, _ session: inout ProactiveSession, _ store: inout Store) {
        guard case .open(let id, let responder) = channel, Int(responder) < responders.count else { return }
        receptions += 1
        do throws(BeaconError) {
            let answer = try responders[Int(responder)].client.accept([UInt8](response.data))
            exchange = nil
            let health = Hint.PrimaryHealth(rawValue: answer.primary.rawValue) ?? .unknown
            let roundTrip = Interval(milliseconds: UInt32(clamping: now.milliseconds - lastBegun.milliseconds))
            inbox.append(
                .beaconAnswered(
                    responder: responder, roundTrip: roundTrip,
                    hint: Hint(
                        primary: health, returnWindow: .seconds(answer.returnWindow), rehearsal: answer.rehearsal)))
            if updates?.hears(responder, answered: responders[Int(responder)].client.lastAnswered) == true { confirm(&store) }
            if let document = answer.policyDocument { _ = adopt(document, &session, &store) }
        } catch {
            // Anything else is a stray, and the beacon goes on waiting.
            if error == .freshnessWanted, exchange?.isRepeated == false {
                exchange?.isRepeated = true
                send(on: id, &session, &store)
            }
        }
        if response.dataLeft > 0, receptions < Self.mostReceptions { session.push(.receiveData(channel: id)) }
    }

    // MARK: The channel

    /// Opens a channel to the responder of the beacon in progress, as soon as nobody else on the card has one.
    mutating func open(_ session: inout ProactiveSession, _ store: Store) {
        guard let responder = exchange?.responder, Int(responder) < responders.count else { return }
        session.isChannelWanted = session.isChannelLent
        guard !session.isChannelLent else { return }
        let target = responders[Int(responder)]
        exchange?.channelIsFresh = true
        channel = .opening(responder: responder)
        session.push(
            .openChannel(ChannelDestination(accessPoint: accessPoint(store), address: target.address, port: target.port)))
    }

    /// OPEN CHANNEL was answered. The beacon that it was for may have given way to a later one.
    mutating func opened(_ response: TerminalResponse?, _ session: inout ProactiveSession, _ store: inout Store) {
        guard case .opening(let responder) = channel else { return }
        let id = (response?.channelStatus ?? 0) & 0x07
        guard response?.isPerformed == true, id > 0 else {
            channel = .closed
            // Not understood or not possible (30 to 32), or a channel error (3A), from a terminal on which no channel ever worked.
            if let result = response?.result, (0x30...0x32).contains(result) || result == 0x3A, !policy.memory.channelProven {
                goWithoutChannels(session)
            } else if exchange?.responder == responder {
                refuse()
            } else {
                open(&session, store)
            }
            return
        }
        channel = .open(id, responder: responder)
        if !reportsBearer { inbox.append(.bearerUp) }
        guard let waiting = exchange else { return }
        if waiting.responder == responder { send(on: id, &session, &store) } else { close(id, &session) }
    }

    /// The terminal claims channels and has none: from now on the policy goes by registration.
    private mutating func goWithoutChannels(_ session: ProactiveSession) {
        guard let profile = session.profile else { return }
        lacksChannels = true
        exchange = nil
        inbox.append(.poweredOn(abilities(profile)))
        if let location { inbox.append(.location(location, network)) }
    }

    private mutating func close(_ id: UInt8, _ session: inout ProactiveSession) {
        channel = .closing
        withdrawTransfers(&session)
        session.push(.closeChannel(id))
    }

    private func withdrawTransfers(_ session: inout ProactiveSession) {
        session.withdraw { command in
            switch command {
            case .sendData, .receiveData: true
            default: false
            }
        }
    }

    /// Closes a channel that no beacon will need soon. A REFRESH closes it anyway.
    mutating func closeUnused(_ session: inout ProactiveSession) {
        guard case .open(let id, _) = channel, exchange == nil, wake > now + Self.linger, !session.has({ $0 == .refresh }) else {
            return
        }
        close(id, &session)
    }

    /// The terminal reports that the channel's link is gone (TS 102 223, clause 7.5.11).
    mutating func linkChanged(_ status: UInt8, _ session: inout ProactiveSession) {
        guard case .open(let id, _) = channel, status & 0x07 == id, status & 0x80 == 0 else { return }
        channel = .closed
        withdrawTransfers(&session)
        if !reportsBearer { note(.bearerDown(cause: nil), &session) }
        refuse()
    }
}
