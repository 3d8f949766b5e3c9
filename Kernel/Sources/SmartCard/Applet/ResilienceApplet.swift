import Beacon
import Cipher
import EUICC
import Resilience
import Wire

/// The card's resident applet: it maps the toolkit to the switching policy and back.
///
/// What the terminal reports becomes an event of the policy; what the policy decides becomes proactive commands, only such as
/// TERMINAL PROFILE allows. The path of a report is always the same: `take` turns it into evidence or into an event in `inbox`, and
/// `settle` delivers the inbox, does what is due, and has the terminal wake the card for what is due next.
///
/// Time is what ``CardClock`` knows of it. An event that comes while the timer runs waits until the timer's value has been asked
/// for, so that the policy never sees a stale time. Everything that the policy wants remembered is durable before anything is done
/// about it.
///
/// Writes to non-volatile memory in a day: what the policy needs (``Resilience/Cost/writesPerDay``), one for each boot by a
/// terminal that has the toolkit, and one for each 64 beacons to a responder, the first after a boot included. A policy document
/// costs at most eight more: its adoption, one for each hour of its trial, and the trial's end.
struct ResilienceApplet<C: CardCryptography, Storage: NonVolatileMemory>: Sendable {
    typealias Store = ImageStore<Storage>
    typealias Domain = IssuerSecurityDomain<C.Curves>

    var policy: Policy
    /// The ISD-R of a card that is an eUICC. It lives here because a move, whoever decides on it, is one of both.
    var domain: Domain?
    /// Policy documents, of a card that takes them.
    var updates: PolicyUpdates?
    var responders: [Responder<C>]
    let card: CardNumber
    let layout: ResidentLayout
    private let image: ImageLayout
    let seed: UInt64
    private let watchdog: Interval?

    // What one card session knows.

    /// The profile that the terminal sees.
    private(set) var visible = Slot.primary
    /// The session began because of a move, so the time since then is the session's own.
    private(set) var beganByMove = false
    private(set) var boots: UInt32 = 0
    /// Beacons that were never answered, over the card's life.
    var missed: UInt32 = 0
    var clock = CardClock()
    var tempo = Tempo.asTheyCome
    /// What a STATUS counts for.
    var poll = Tempo.defaultPoll
    /// Events that wait for the policy.
    var inbox: [Event] = []
    /// When the policy wants to be called.
    var wake = Instant.never
    /// When the terminal is to be asked where it is.
    var inquiry = Instant.never
    var location: LocationStatus?
    var network: ServingNetwork?
    /// The terminal reports its data connections by itself.
    var reportsBearer = false
    /// OPEN CHANNEL turned out to be beyond the terminal, whatever its profile says.
    var lacksChannels = false
    var channel = Channel.closed
    var exchange: Exchange?
    /// When the last beacon began.
    var lastBegun = Instant.zero
    /// RECEIVE DATA commands answered since the last SEND DATA.
    var receptions = 0

    /// Reads what personalisation and earlier sessions left.
    init(_ bytes: [UInt8], layout image: ImageLayout) throws(CardImageError) {
        let layout = image.resident
        self.image = image
        self.layout = layout
        guard let card = CardNumber(bytes.number(at: layout.cardNumber, size: 8)) else {
            throw .badResident(offset: layout.cardNumber)
        }
        self.card = card
        guard let parameters = Parameters(Self.field(bytes, at: layout.parameters)) else {
            throw .badResident(offset: layout.parameters)
        }
        let stored = Self.field(bytes, at: layout.memory)
        guard let memory = stored.isEmpty ? Memory() : Memory(stored), image.profiles.count > 1 || memory.enabled == .primary
        else {
            throw .badResident(offset: layout.memory)
        }
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
        if let place = image.domain {
            let domain = try Domain(bytes, layout: place, profiles: image.profiles)
            guard domain.enabled == memory.enabled else { throw .badDomain(offset: place.state) }
            self.domain = domain
        }
        if let place = image.policyUpdates { updates = try PolicyUpdates(bytes, layout: place) }
        policy = Policy(
            parameters: parameters, memory: memory, seed: seed,
            powerOns: UInt32(truncatingIfNeeded: bytes.number(at: layout.boots, size: 4)), mayMove: domain?.mayMove ?? true)
        visible = memory.enabled
    }

    var profileCount: Int { image.profiles.count }

    /// The bytes of a field that begins with its length.
    private static func field(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
        (0..<Int(bytes.byte(at: offset))).map { bytes.byte(at: offset + 1 + $0) }
    }

    /// The profile that is enabled, and visible after the next reset.
    var enabled: Slot { policy.memory.enabled }

    // MARK: The card's session

    /// A new card session: nothing but the image is remembered.
    mutating func powerUp(_ bytes: [UInt8]) {
        do {
            self = try ResilienceApplet(bytes, layout: image)
        } catch {
            // What the card itself wrote reads back; were it otherwise, the card would go on with what it has.
            return
        }
    }

    /// TERMINAL PROFILE came: the policy begins.
    mutating func begin(_ session: inout ProactiveSession, _ store: inout Store, visible: Slot) {
        powerUp(store.bytes)
        self.visible = visible
        guard let profile = session.profile else { return }
        boots = UInt32(truncatingIfNeeded: store.bytes.number(at: layout.boots, size: 4)) &+ 1
        missed = UInt32(truncatingIfNeeded: store.bytes.number(at: layout.missed, size: 4))
        let memory = policy.memory
        beganByMove = memory.moves != UInt32(truncatingIfNeeded: store.bytes.number(at: layout.movesShown, size: 4))
        if !beganByMove { countPowerOn(&store) }
        // The same draws in every session would bring back the same unlucky timing.
        let mixed = seed ^ UInt64(boots) &* 0xD6E8_FEB8_6659_FD93
        policy = Policy(parameters: policy.parameters, memory: memory, seed: mixed, powerOns: boots, mayMove: policy.mayMove)
        store.stage(UInt64(boots), size: 4, at: layout.boots)
        store.stage(UInt64(memory.moves), size: 4, at: layout.movesShown)
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

    func abilities(_ profile: TerminalProfile) -> Abilities {
        Abilities(
            dataPath: profile.datagrams && !responders.isEmpty && !lacksChannels,
            events: profile.eventList && profile.locationStatusEvent, watchdog: watchdog)
    }

    // MARK: Reports

    /// STATUS came.
    mutating func polled(_ session: inout ProactiveSession, _ store: inout Store) {
        if tempo == .timers { return }
        clock.polled(poll)
        settle(&session, &store)
    }

    /// The card itself saw something.
    mutating func take(_ event: Event, _ session: inout ProactiveSession, _ store: inout Store) {
        note(event, &session)
        settle(&session, &store)
    }

    /// The terminal reported something.
    mutating func take(_ envelope: Envelope, _ session: inout ProactiveSession, _ store: inout Store) {
        switch envelope {
        case .timerExpired(let timer, let elapsed):
            if timer == ProactiveCommand.timer {
                clock.timerExpired(elapsed: elapsed)
                session.withdraw { $0 == .timerValue || $0 == .stopTimer }
            }
        case .locationStatus(let status, let plmn, let technology):
            guard let status = LocationStatus(rawValue: status) else { break }
            locate(status, plmn: plmn, technology: technology)
            note(.location(status, network), &session)
        case .accessTechnology(let technology): name(technology)
        case .networkRejection(let cause, let plmn): note(.rejected(cause: cause, plmn: plmn), &session)
        case .dataConnection(let status, let cause, let accessPoint):
            guard concerns(accessPoint, store) else { break }
            switch status {
            case 0: note(.bearerUp, &session)
            case 1, 2: note(.bearerDown(cause: cause), &session)
            default: break
            }
        case .dataAvailable(let id): if case .open(id, _) = channel { session.push(.receiveData(channel: id)) }
        case .channelStatus(let status): linkChanged(status, &session)
        case .shortMessage, .other: break
        }
        settle(&session, &store)
    }

    /// The terminal answered a command; nil when it gave no answer that could be read.
    mutating func take(
        _ response: TerminalResponse?, to command: ProactiveCommand, _ session: inout ProactiveSession, _ store: inout Store
    ) {
        let performed = response.flatMap { $0.isPerformed ? $0 : nil }
        switch command {
        case .setUpEventList(let list): if performed == nil { listRefused(list, &session) }
        case .pollInterval(let asked): pollAnswered(performed, asked, session)
        case .startTimer(let seconds): timerAnswered(performed, seconds, session)
        case .timerValue, .stopTimer:
            if let left = performed?.timerValue { clock.timerRead(left: left) }
            if command == .stopTimer || performed == nil { clock.timerStopped() }
        case .provideLocation: located(response, &session)
        case .provideAccessTechnology: if let technology = performed?.accessTechnology { name(technology) }
        case .openChannel: opened(response, &session, &store)
        case .sendData: if performed == nil { sendFailed(&session) }
        case .receiveData: if let performed { received(performed, &session, &store) }
        case .closeChannel:
            channel = .closed
            if exchange != nil { open(&session, store) }
        case .sendShortMessage, .remoteChannel, .filesChanged: break
        case .refresh: if performed == nil { note(.switchRefused, &session) }
        }
        settle(&session, &store)
    }

    // MARK: The policy

    /// Gives the policy an event and does what it decides.
    mutating func deliver(_ event: Event, _ session: inout ProactiveSession, _ store: inout Store) {
        _ = deliver(event, with: nil, &session, &store)
    }

    /// Gives the policy an event, and makes the state of the eUICC that the event comes from durable in the same step.
    ///
    /// - Returns: false when memory could not be written. A decision of somebody else is then as if it had not been made; one of the
    ///   policy's own is made and not followed.
    mutating func deliver(
        _ event: Event, with decided: EUICCState?, _ session: inout ProactiveSession, _ store: inout Store
    ) -> Bool {
        let before = policy
        var decision = policy.handle(event, at: clock.now)
        var state = decided
        if state == nil, domain != nil, enabled != before.memory.enabled {
            state = domain?.moved(to: enabled)
            if state == nil {
                // The policy knows whether it may move; were it wrong, the eUICC's state would decide.
                policy = before
                decision = policy.handle(
                    .appointed(before.memory.enabled, mayMove: false, refresh: false), at: clock.now)
            }
        }
        wake = decision.wake
        if decision.persist || decision.enable != nil || state != nil {
            let memory = policy.memory.encoded
            store.stage(UInt64(memory.count), size: 1, at: layout.memory)
            store.stage(memory.span, at: layout.memory + 1)
            // The profile in use keeps what the terminal stores in it, also when a switch is taken back.
            if enabled != before.memory.enabled, enabled != visible, profileCount > 1 {
                store.stageFreshFiles(of: store.layout.profiles[Int(enabled.rawValue)])
            }
            if enabled != before.memory.enabled { store.stageMove(logged(from: before.memory.enabled)) }
            if let state { domain?.stage(state, in: &store) }
            guard write(&store) else {
                if decided != nil { policy = before }
                return false
            }
            if let state { domain?.commit(state) }
        }
        if let slot = decision.enable { enable(slot, &session) }
        if let request = decision.beacon { begin(request, &session, &store) }
        return true
    }

    /// Has the terminal read the card anew, unless the profile that it sees is the wanted one.
    private mutating func enable(_ slot: Slot, _ session: inout ProactiveSession) {
        guard slot != visible, profileCount > 1 else {
            session.withdraw { $0 == .refresh }
            return
        }
        abandonExchange(&session)
        if session.profile?.refresh == true { session.push(.refresh) }
    }

    /// Makes what was staged durable, with what is not worth a write of its own: the count of missed beacons, how a policy document
    /// fares.
    mutating func write(_ store: inout Store) -> Bool {
        store.stage(UInt64(missed), size: 4, at: layout.missed)
        updates?.stage(in: &store, at: now)
        do {
            try store.commit()
            return true
        } catch {
            return false
        }
    }
}
