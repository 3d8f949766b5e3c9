import Beacon
import Cipher
import Resilience
import Wire

/// The card's resident applet: it maps the toolkit to the switching policy and back.
///
/// What the terminal reports becomes an event of the policy; what the policy decides becomes proactive commands, only such as TERMINAL
/// PROFILE allows. Time is what ``CardClock`` knows of it. An event that comes while the timer runs waits until the timer's value has been asked for, so that
/// the policy never sees a stale time. Everything that the policy wants remembered is durable before anything is done about it.
///
/// Writes to non-volatile memory in a day: what the policy needs (``Resilience/Cost/writesPerDay``), one for each boot by a terminal that has the
/// toolkit, and one for each 64 beacons to a responder, the first after a boot included.
struct ResilienceApplet<C: BlockCipher>: Sendable {
    private(set) var policy: Policy
    private var responders: [Responder<C>]
    private let profileCount: Int
    private let card: CardNumber
    private let seed: UInt64
    private let watchdog: Interval?
    private let layout: ResidentLayout

    // What one card session knows.
    private var clock = CardClock()
    private var tempo = Tempo.asTheyCome
    private var poll = Tempo.defaultPoll
    private var visible = Slot.primary
    private var wake = Instant.never
    private var inquiry = Instant.never
    private var exchange: Exchange?
    /// When the last beacon began.
    private var lastBegun = Instant.zero
    /// RECEIVE DATA commands answered since the last SEND DATA.
    private var receptions = 0
    private var channel = Channel.closed
    private var inbox: [Event] = []
    private var location: LocationStatus?
    private var network: ServingNetwork?
    private var reportsBearer = false
    /// OPEN CHANNEL turned out to be beyond the terminal, whatever its profile says.
    private var lacksChannels = false
    private var boots: UInt32 = 0
    private var missed: UInt32 = 0
    /// The session began because of a move, so the time since then is the session's own.
    private var beganByMove = false

    /// One beacon, from the policy's wish to its outcome.
    private struct Exchange: Sendable {
        let responder: UInt8
        let deadline: Instant
        /// The channel was opened for this beacon; one left open from an earlier beacon may be dead without anybody having noticed.
        var channelIsFresh = false
        /// The responder has asked for proof of freshness once.
        var isRepeated = false
    }

    /// The one channel that the applet uses.
    private enum Channel: Equatable, Sendable {
        case closed
        case opening(responder: UInt8)
        case open(UInt8, responder: UInt8)
        case closing
    }

    /// How long an unused channel stays open in the expectation of the next beacon.
    static var linger: Interval { .seconds(20) }
    /// The most datagrams that are taken for one beacon: strays must not keep the session busy.
    static var mostReceptions: Int { 8 }
    /// The most events that wait for the time.
    static var longestInbox: Int { 16 }
    /// The most decisions that one command may lead to.
    static var mostSteps: Int { 16 }

    init(_ bytes: [UInt8], layout: ResidentLayout, profiles: Int) throws(CardImageError) {
        self.layout = layout
        profileCount = profiles
        guard let card = CardNumber(bytes.number(at: layout.cardNumber, size: 8)) else { throw .badResident(offset: layout.cardNumber) }
        self.card = card
        guard let parameters = Parameters(ResilienceApplet.field(bytes, at: layout.parameters)) else {
            throw .badResident(offset: layout.parameters)
        }
        let stored = ResilienceApplet.field(bytes, at: layout.memory)
        guard let memory = stored.isEmpty ? Resilience.Memory() : Resilience.Memory(stored) else { throw .badResident(offset: layout.memory) }
        guard profiles > 1 || memory.enabled == .primary else { throw .badResident(offset: layout.memory) }
        seed = bytes.number(at: layout.seed, size: 8)
        let seconds = UInt32(truncatingIfNeeded: bytes.number(at: layout.watchdog, size: 4))
        watchdog = seconds == 0 ? nil : .seconds(seconds)
        let count = Int(bytes.byte(at: layout.responderCount))
        guard count <= ResidentLayout.responders else { throw .badResident(offset: layout.responderCount) }
        responders = []
        for index in 0..<count {
            let place = layout.responder(index)
            guard let responder = Responder<C>(bytes, layout: place, card: card) else { throw .badResident(offset: place.base) }
            responders.append(responder)
        }
        policy = Policy(parameters: parameters, memory: memory, seed: seed)
    }

    /// The bytes of a field that begins with its length.
    private static func field(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
        (0..<Int(bytes.byte(at: offset))).map { bytes.byte(at: offset + 1 + $0) }
    }

    /// The profile that is enabled, and visible after the next reset.
    var enabled: Slot { policy.memory.enabled }

    var now: Instant { clock.now }

    // MARK: The card's session

    /// A new card session: nothing but the image is remembered.
    mutating func powerUp(_ bytes: [UInt8], layout: ResidentLayout) {
        do {
            self = try ResilienceApplet(bytes, layout: layout, profiles: profileCount)
        } catch {
            // What the card itself wrote reads back; were it otherwise, the card would go on with what it has.
            return
        }
    }

    /// TERMINAL PROFILE came: the policy begins.
    mutating func begin<Memory: NonVolatileMemory>(_ session: inout ProactiveSession, _ store: inout ImageStore<Memory>, visible: Slot) {
        powerUp(store.bytes, layout: layout)
        self.visible = visible
        guard let profile = session.profile else { return }
        boots = UInt32(truncatingIfNeeded: store.bytes.number(at: layout.boots, size: 4)) &+ 1
        missed = UInt32(truncatingIfNeeded: store.bytes.number(at: layout.missed, size: 4))
        let shown = UInt32(truncatingIfNeeded: store.bytes.number(at: layout.movesShown, size: 4))
        beganByMove = shown != policy.memory.moves
        // The same draws in every session would bring back the same unlucky timing.
        policy = Policy(parameters: policy.parameters, memory: policy.memory, seed: seed ^ UInt64(boots) &* 0xD6E8_FEB8_6659_FD93)
        store.stage(UInt64(boots), size: 4, at: layout.boots)
        store.stage(UInt64(policy.memory.moves), size: 4, at: layout.movesShown)
        _ = write(&store)
        tempo = Tempo(profile, policy.parameters)
        let events = EventList(profile)
        reportsBearer = events.contains(.dataConnectionStatusChange)
        if profile.eventList, !events.isEmpty { session.push(.setUpEventList(events)) }
        if case .tenths(let interval) = tempo {
            poll = interval
            session.push(.pollInterval(interval))
        }
        inquire(&session)
        deliver(.poweredOn(abilities(profile)), &session, &store)
        // What the policy waits for has only just begun: the card was not without power.
        if beganByMove { deliver(.switched(visible), &session, &store) }
        settle(&session, &store)
    }

    private func abilities(_ profile: TerminalProfile) -> Abilities {
        Abilities(
            dataPath: profile.datagrams && !responders.isEmpty && !lacksChannels, events: profile.eventList && profile.locationStatusEvent,
            watchdog: watchdog)
    }

    /// STATUS came.
    mutating func poll<Memory: NonVolatileMemory>(_ session: inout ProactiveSession, _ store: inout ImageStore<Memory>) {
        if tempo == .timers { return }
        clock.polled(poll)
        settle(&session, &store)
    }

    /// Something the terminal reported.
    mutating func take<Memory: NonVolatileMemory>(
        _ envelope: Envelope, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        switch envelope {
        case .timerExpired(let timer, let elapsed):
            if timer == ProactiveCommand.timer {
                clock.timerExpired(elapsed: elapsed)
                session.withdraw { $0 == .timerValue || $0 == .stopTimer }
            }
        case .dataAvailable(let id): if case .open(id, _) = channel { session.push(.receiveData(channel: id)) }
        case .channelStatus(let status): channelChanged(status, &session)
        case .locationStatus(let status, let plmn, let technology):
            guard let status = LocationStatus(rawValue: status) else { break }
            locate(status, plmn: plmn, technology: technology)
            note(.location(status, network), &session)
        case .accessTechnology(let technology):
            if let plmn = network?.plmn {
                network = ServingNetwork(plmn: plmn, technology: AccessTechnology(rawValue: technology) ?? .other)
            }
        case .networkRejection(let cause, let plmn): note(.rejected(cause: cause, plmn: plmn), &session)
        case .dataConnection(let status, let cause, let accessPoint):
            guard concerns(accessPoint, store.bytes, store.layout) else { break }
            switch status {
            case 0: note(.bearerUp, &session)
            case 1, 2: note(.bearerDown(cause: cause), &session)
            default: break
            }
        case .other: break
        }
        settle(&session, &store)
    }

    /// An event of the card itself.
    mutating func take<Memory: NonVolatileMemory>(
        _ event: Event, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        note(event, &session)
        settle(&session, &store)
    }

    /// The terminal's answer to a command; nil when it gave none that could be read.
    mutating func take<Memory: NonVolatileMemory>(
        _ response: TerminalResponse?, to command: ProactiveCommand, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        let isPerformed = response?.isPerformed ?? false
        switch command {
        case .setUpEventList(let list): if !isPerformed { listRefused(list, &session) }
        case .pollInterval(let asked):
            if isPerformed {
                poll = response.flatMap { Duration.interval($0.duration) } ?? asked
            } else {
                poll = Tempo.defaultPoll
                tempo = session.profile?.timers == true ? .timers : .asTheyCome
            }
        case .startTimer(let seconds):
            if isPerformed {
                clock.timerStarted(seconds: seconds)
            } else if let profile = session.profile {
                tempo = profile.pollInterval ? .polls : .asTheyCome
            }
        case .timerValue, .stopTimer:
            if let left = response?.timerValue, isPerformed { clock.timerRead(left: left) }
            if command == .stopTimer || !isPerformed { clock.timerStopped() }
        case .provideLocation: located(response, &session)
        case .provideAccessTechnology:
            if isPerformed, let technology = response?.accessTechnology, let plmn = network?.plmn {
                network = ServingNetwork(plmn: plmn, technology: AccessTechnology(rawValue: technology) ?? .other)
            }
        case .openChannel: opened(response, isPerformed, &session, &store)
        case .sendData: if !isPerformed { sendFailed(&session) }
        case .receiveData: if isPerformed, let response { received(response, &session, &store) }
        case .closeChannel:
            channel = .closed
            if exchange != nil { open(&session, store.bytes, store.layout) }
        case .refresh: if !isPerformed { note(.switchRefused, &session) }
        }
        settle(&session, &store)
    }

    // MARK: Time

    /// Queues an event for the policy. While the timer runs, the time is asked for first.
    private mutating func note(_ event: Event, _ session: inout ProactiveSession) {
        if inbox.count < Self.longestInbox { inbox.append(event) }
        guard clock.isTimed, let profile = session.profile else { return }
        session.pushFirst(profile.timerValue ? .timerValue : .stopTimer)
    }

    /// Whether an answer will tell the time soon.
    private func awaitsTime(_ session: ProactiveSession) -> Bool {
        clock.isTimed && session.has { $0 == .timerValue || $0 == .stopTimer }
    }

    /// Delivers what waits, does what is due, and has the terminal wake the card for what comes next.
    private mutating func settle<Memory: NonVolatileMemory>(_ session: inout ProactiveSession, _ store: inout ImageStore<Memory>) {
        guard !awaitsTime(session) else { return }
        if case .tenths(let interval) = tempo, inbox.isEmpty { clock.polled(upTo: due, within: interval) }
        for _ in 0..<Self.mostSteps {
            if !inbox.isEmpty {
                deliver(inbox.removeFirst(), &session, &store)
            } else if let waiting = exchange, waiting.deadline <= clock.now {
                exchange = nil
                missed = missed == .max ? .max : missed + 1
                deliver(.beaconTimedOut(responder: waiting.responder), &session, &store)
            } else if inquiry <= clock.now {
                inquire(&session)
            } else if wake <= clock.now {
                deliver(.wake, &session, &store)
            } else {
                break
            }
        }
        closeUnused(&session)
        arm(&session)
    }

    /// What is due next.
    private var due: Instant { min(wake, min(inquiry, exchange?.deadline ?? .never)) }

    /// Has the terminal wake the card when something is due.
    private mutating func arm(_ session: inout ProactiveSession) {
        let due = due
        let left = due == .never ? nil : due.milliseconds - min(due.milliseconds, clock.now.milliseconds)
        switch tempo {
        case .tenths, .asTheyCome: break
        case .polls:
            guard let left else { return }
            let wanted = Duration.rounded(Interval(milliseconds: UInt32(clamping: max(left, 1_000))))
            let asked = session.has { if case .pollInterval = $0 { true } else { false } }
            guard !asked, wanted < poll || UInt64(poll.milliseconds) * 4 < UInt64(wanted.milliseconds) else { return }
            session.pushFirst(.pollInterval(wanted))
        case .timers:
            let seconds = left.map { UInt32(clamping: min(max(($0 + 999) / 1_000, 1), UInt64(ProactiveCommand.longestTimer))) }
            let wanted = seconds ?? ProactiveCommand.longestTimer
            // The running timer serves when it ends no later than what is due, rounded up to its seconds.
            if clock.isTimed {
                guard max(due, clock.now) + .seconds(1) < clock.expiry else { return }
                // Starting it anew would lose how long it has run.
                session.pushFirst(.stopTimer)
            } else {
                session.pushFirst(.startTimer(seconds: wanted))
            }
        }
    }

    // MARK: The policy

    private mutating func deliver<Memory: NonVolatileMemory>(
        _ event: Event, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        let before = policy.memory.enabled
        let decision = policy.handle(event, at: clock.now)
        wake = decision.wake
        if decision.persist || decision.enable != nil {
            let memory = policy.memory.encoded
            store.stage(UInt64(memory.count), size: 1, at: layout.memory)
            store.stage(memory.span, at: layout.memory + 1)
            // The profile in use keeps what the terminal stores in it, also when a switch is taken back.
            if policy.memory.enabled != before, policy.memory.enabled != visible, profileCount > 1 {
                store.stageFreshFiles(of: store.layout.profiles[Int(policy.memory.enabled.rawValue)])
            }
            guard write(&store) else { return }
        }
        if let slot = decision.enable { enable(slot, &session) }
        if let request = decision.beacon { begin(request, &session, &store) }
    }

    private mutating func enable(_ slot: Slot, _ session: inout ProactiveSession) {
        guard slot != visible, profileCount > 1 else {
            session.withdraw { $0 == .refresh }
            return
        }
        exchange = nil
        session.withdraw { command in
            switch command {
            case .openChannel, .sendData, .receiveData: true
            default: false
            }
        }
        if case .opening = channel, !session.has({ if case .openChannel = $0 { true } else { false } }) { channel = .closed }
        if session.profile?.refresh == true { session.push(.refresh) }
    }

    /// Makes what was staged durable, with the count of missed beacons, which is not worth a write of its own.
    private mutating func write<Memory: NonVolatileMemory>(_ store: inout ImageStore<Memory>) -> Bool {
        store.stage(UInt64(missed), size: 4, at: layout.missed)
        do {
            try store.commit()
            return true
        } catch {
            return false
        }
    }

    // MARK: Registration

    private mutating func locate(_ status: LocationStatus, plmn: UInt32?, technology: UInt8?) {
        location = status
        guard status == .normal, let plmn = plmn ?? network?.plmn else {
            network = nil
            return
        }
        let known = technology.map { AccessTechnology(rawValue: $0) ?? .other } ?? network?.technology
        network = ServingNetwork(plmn: plmn, technology: known ?? .other)
    }

    /// Asks where the terminal is: once at the beginning, because only changes are reported, and again and again where not even
    /// they are.
    private mutating func inquire(_ session: inout ProactiveSession) {
        inquiry = .never
        guard let profile = session.profile, profile.locationInformation else { return }
        session.push(.provideLocation)
        if profile.accessTechnology { session.push(.provideAccessTechnology) }
        if !(profile.eventList && profile.locationStatusEvent) {
            inquiry = clock.now + max(Interval(milliseconds: policy.parameters.registrationGrace.milliseconds / 2), .seconds(10))
        }
    }

    private mutating func located(_ response: TerminalResponse?, _ session: inout ProactiveSession) {
        guard let response else { return }
        switch (response.result, response.information) {
        // Performed; limited service; unable for lack of service (TS 102 223, clauses 8.12 and 8.12.2).
        case (0x06, _): locate(.limited, plmn: nil, technology: nil)
        case (0x00...0x0F, _): locate(.normal, plmn: Envelope.plmn(response.location), technology: nil)
        case (0x20, 0x04): locate(.none, plmn: nil, technology: nil)
        default: return
        }
        if let location { note(.location(location, network), &session) }
    }

    /// The list was refused: without the events that few terminals know, then without all but the oldest, then not at all.
    private mutating func listRefused(_ list: EventList, _ session: inout ProactiveSession) {
        let rare: EventList = [.networkRejection, .dataConnectionStatusChange]
        let shorter = list.isDisjoint(with: rare) ? list.subtracting([.accessTechnologyChange, .channelStatus]) : list.subtracting(rare)
        reportsBearer = false
        if shorter != list, !shorter.isEmpty { session.push(.setUpEventList(shorter)) }
    }

    /// Whether a report about a data connection is about the profile's own access point, as far as it says.
    private func concerns(_ accessPoint: [UInt8], _ bytes: [UInt8], _ layout: ImageLayout) -> Bool {
        let profile = layout.profiles[min(Int(visible.rawValue), layout.profiles.count - 1)]
        // The report may add the operator's labels (TS 23.003, clause 9.1.2).
        guard profile.apnLength > 0, accessPoint.count >= profile.apnLength else { return accessPoint.isEmpty || profile.apnLength == 0 }
        return (0..<profile.apnLength).allSatisfy { accessPoint[$0] == bytes[profile.apn + $0] }
    }

    // MARK: Beacons

    private mutating func begin<Memory: NonVolatileMemory>(
        _ request: Resilience.BeaconRequest, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        guard let profile = session.profile, profile.datagrams, Int(request.responder) < max(responders.count, 1), !responders.isEmpty else {
            inbox.append(.channelRefused(responder: request.responder))
            return
        }
        lastBegun = clock.now
        exchange = Exchange(responder: request.responder, deadline: clock.now + request.timeout)
        switch channel {
        case .open(let id, let responder):
            if responder == request.responder { send(on: id, &session, &store) } else { close(id, &session) }
        case .closed: open(&session, store.bytes, store.layout)
        // An earlier attempt is still with the terminal; its answer decides.
        case .opening, .closing: break
        }
    }

    private mutating func open(_ session: inout ProactiveSession, _ bytes: [UInt8], _ layout: ImageLayout) {
        guard let responder = exchange?.responder, Int(responder) < responders.count else { return }
        let profile = layout.profiles[min(Int(visible.rawValue), layout.profiles.count - 1)]
        let target = responders[Int(responder)]
        exchange?.channelIsFresh = true
        channel = .opening(responder: responder)
        session.push(
            .openChannel(
                ChannelDestination(
                    accessPoint: (0..<profile.apnLength).map { bytes[profile.apn + $0] }, address: target.address, port: target.port)))
    }

    private mutating func close(_ id: UInt8, _ session: inout ProactiveSession) {
        channel = .closing
        session.withdraw { command in
            switch command {
            case .sendData, .receiveData: true
            default: false
            }
        }
        session.push(.closeChannel(id))
    }

    private mutating func opened<Memory: NonVolatileMemory>(
        _ response: TerminalResponse?, _ isPerformed: Bool, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        guard case .opening(let responder) = channel else { return }
        let id = (response?.channelStatus ?? 0) & 0x07
        guard isPerformed, (1...7).contains(id) else {
            channel = .closed
            if let result = response?.result, (0x30...0x32).contains(result), !policy.memory.channelProven, let profile = session.profile {
                // The terminal claims channels and has none: from now on the policy goes by registration.
                lacksChannels = true
                exchange = nil
                inbox.append(.poweredOn(abilities(profile)))
                if let location { inbox.append(.location(location, network)) }
                return
            }
            // The beacon that this was for may have given way to a later one.
            if exchange?.responder == responder { refused(&session) } else if exchange != nil { open(&session, store.bytes, store.layout) }
            return
        }
        channel = .open(id, responder: responder)
        if !reportsBearer { inbox.append(.bearerUp) }
        guard let waiting = exchange else { return }
        if waiting.responder == responder { send(on: id, &session, &store) } else { close(id, &session) }
    }

    private mutating func send<Memory: NonVolatileMemory>(
        on id: UInt8, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        guard let responder = exchange?.responder, Int(responder) < responders.count else { return }
        let datagram: BeaconDatagram
        do throws(BeaconError) {
            datagram = try responders[Int(responder)].client.request(heartbeat(to: responder))
        } catch {
            // The keys are used up: no beacon can be sent any more.
            refused(&session)
            return
        }
        if let ceiling = datagram.ceiling {
            store.stage(ceiling, size: 8, at: layout.responder(Int(responder)).ceiling)
            guard write(&store) else {
                refused(&session)
                return
            }
        }
        receptions = 0
        session.push(.sendData(channel: id, datagram.bytes))
    }

    private func heartbeat(to responder: UInt8) -> Heartbeat {
        let memory = policy.memory
        return Heartbeat(
            card: card, profile: visible == .primary ? .primary : .backup, lastMove: memory.lastMove.rawValue, moves: memory.moves, boots: boots,
            missed: missed, policy: policy.parameters.version,
            sinceMove: beganByMove ? UInt32(clamping: clock.now.milliseconds / 1_000) : nil,
            network: network.flatMap(ResilienceApplet.plmn), technology: network?.technology.rawValue, responder: responder)
    }

    /// The network as a beacon names it; nil when the terminal's bytes are no PLMN.
    private static func plmn(_ network: ServingNetwork) -> PLMN? {
        do throws(NumberingError) { return try PLMN(coded: network.plmn) } catch { return nil }
    }

    private mutating func sendFailed(_ session: inout ProactiveSession) {
        guard case .open(let id, _) = channel, let waiting = exchange else { return }
        if waiting.channelIsFresh { refused(&session) }
        close(id, &session)
    }

    private mutating func received<Memory: NonVolatileMemory>(
        _ response: TerminalResponse, _ session: inout ProactiveSession, _ store: inout ImageStore<Memory>
    ) {
        // An answer that comes after its time is proof all the same that the path delivers.
        guard case .open(let id, let responder) = channel, Int(responder) < responders.count else { return }
        receptions += 1
        do throws(BeaconError) {
            let answer = try responders[Int(responder)].client.accept([UInt8](response.data))
            exchange = nil
            let hint = Hint(
                primary: Hint.PrimaryHealth(rawValue: answer.primary.rawValue) ?? .unknown, returnWindow: .seconds(answer.returnWindow))
            let roundTrip = Interval(milliseconds: UInt32(clamping: clock.now.milliseconds - lastBegun.milliseconds))
            inbox.append(.beaconAnswered(responder: responder, roundTrip: roundTrip, hint: hint))
        } catch {
            if error == .freshnessWanted, exchange?.isRepeated == false {
                exchange?.isRepeated = true
                send(on: id, &session, &store)
            }
        }
        if response.dataLeft > 0, receptions < Self.mostReceptions { session.push(.receiveData(channel: id)) }
    }

    /// The beacon in progress failed for lack of a channel.
    private mutating func refused(_ session: inout ProactiveSession) {
        guard let waiting = exchange else { return }
        exchange = nil
        missed = missed == .max ? .max : missed + 1
        inbox.append(.channelRefused(responder: waiting.responder))
    }

    /// The terminal reports that the channel's link is gone (TS 102 223, clause 7.5.11).
    private mutating func channelChanged(_ status: UInt8, _ session: inout ProactiveSession) {
        guard case .open(let id, _) = channel, status & 0x07 == id, status & 0x80 == 0 else { return }
        channel = .closed
        session.withdraw { command in
            switch command {
            case .sendData, .receiveData, .closeChannel: true
            default: false
            }
        }
        if !reportsBearer { note(.bearerDown(cause: nil), &session) }
        refused(&session)
    }

    /// Closes a channel that no beacon will need soon.
    private mutating func closeUnused(_ session: inout ProactiveSession) {
        guard case .open(let id, _) = channel, exchange == nil, wake > clock.now + Self.linger,
            !session.has({ $0 == .refresh })
        else { return }
        close(id, &session)
    }
}
