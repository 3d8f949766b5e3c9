import Resilience
import Wire

/// The modem's side of a card (ETSI calls it the terminal) and the little of its host that matters here.
///
/// It owns the card and speaks to it in APDUs alone: boots it, runs the proactive session, sends the events the card asked for, and
/// authenticates with it. Towards the network it registers, keeps the timers of TS 24.301, and holds data connections. Sans-IO: inputs
/// and the time in, ``Output``s out; ``nextWake`` tells when it wants ``Input/wake``.
public struct Terminal<Card: UICC>: Sendable {
    /// The module and its host.
    public struct Equipment: Sendable {
        /// 15 digits.
        public var imei = "350000000000000"
        public var quirks: Set<Quirk> = []
        public var timing: Timing
        /// PIN 1, if the host knows it; up to 8 digits.
        public var pin: [UInt8]?
        /// The access point that the host asks for; the same with every operator.
        public var accessPoint = "internet"
        /// Milliseconds since 1970 at the lab's beginning, for the date that the card may ask for.
        public var epoch: Int64 = 0
        /// Where a host with a watchdog sends its own traffic.
        public var hostServer = Endpoint(.v4(192, 0, 2, 80), port: 7)

        public init(timing: Timing) {
            self.timing = timing
        }
    }

    /// What comes to a terminal.
    public enum Input: Sendable {
        case powerOn
        case powerOff
        /// The host resets the modem (AT+CFUN=1,1): the card loses power for a moment.
        case hostReset
        /// The cells that can be heard here have changed; all of them, every time.
        case cells([Cell])
        case downlink(RadioMessage.Downlink, from: Int)
        /// The time that ``Terminal/nextWake`` named has come.
        case wake
    }

    /// What a terminal does.
    public enum Output: Equatable, Sendable {
        /// Sends over the air to a carrier; it arrives after so long.
        case uplink(RadioMessage.Uplink, to: Int, after: Duration)
        case saw(Observation)
    }

    enum Power: Equatable {
        case off
        case booting
        case on
        /// On, but the card cannot be used.
        case cardless
        /// The modem keeps its registration and has taken the power from the card.
        case asleep
    }

    /// States of EMM (TS 24.301, clause 5.1.3.2), as far as they differ to an onlooker.
    enum Registration: Equatable {
        case idle
        /// PLMN-SEARCH.
        case searching
        /// DEREGISTERED.NO-CELL-AVAILABLE.
        case noCell
        case attaching(Cell)
        /// DEREGISTERED.ATTEMPTING-TO-ATTACH.
        case waiting(Cell)
        case registered(Cell)
        /// REGISTERED.NO-CELL-AVAILABLE.
        case outOfCoverage(Cell)
        /// DEREGISTERED.LIMITED-SERVICE: cells, and none that may be used.
        case limited
        /// The USIM is invalid for packet services until switched off (TS 24.301, clause 5.5.1.2.5).
        case invalid
    }

    /// What the terminal waits for.
    enum Alarm: Hashable {
        case boot, refresh, search, access, radioLinkFailure
        case t3410, t3411, areaUpdate, t3412Answer
        case bearerRequest(UInt8), t3482(UInt8)
        case poll, timer(UInt8), channelWait, pump
        case hostTraffic, watchdog
        case sleep, rouse
    }

    public let id: TerminalID
    public let equipment: Equipment
    let timing: Timing
    let profile: TerminalProfile
    var random: SplitMix64
    var now = Moment.start
    var outputs: [Output] = []
    private var alarms: [(alarm: Alarm, at: Moment)] = []

    var session: CardSession<Card>
    var power = Power.off
    /// What was read from the card; nil while it is not booted.
    public internal(set) var usim: USIM?

    // What a host or modem keeps that it should not.
    var keptSubscription: USIM?
    var keptIMSI: IMSI?

    // Registration
    var cells: [Cell] = []
    var registration = Registration.idle
    var attempts = 0
    var wasUnanswered = false
    var forbidden: [PLMN] = []
    var forbiddenAreas: [TrackingArea] = []
    var reportedLocation: LocationStatus?
    var reportedPLMN: PLMN?

    // Data connections
    var bearers: [Bearer] = []

    // Toolkit
    var events: Set<UInt8> = []
    var pollInterval: Duration?
    var pending: PendingCommand?
    var envelopes: [[UInt8]] = []
    var timers: [UInt8: TimerState] = [:]
    var channels: [DataChannel] = []
    var nextPort: UInt16 = 49_152
    var refreshRefusals = 0

    public init(id: TerminalID, card: Card, equipment: Equipment, seed: UInt64) {
        self.id = id
        self.equipment = equipment
        timing = equipment.timing.with(equipment.quirks)
        profile = TerminalProfile(equipment.quirks)
        random = SplitMix64(seed: seed, part: UInt64(truncatingIfNeeded: id.rawValue))
        session = CardSession(card)
        session.extendedStatus = equipment.quirks.contains(.extendedStatus)
        for case .busyAtRefresh(let times) in equipment.quirks { refreshRefusals = times }
    }

    /// The card, to look at or to damage.
    public var card: Card {
        get { session.card }
        set { session.card = newValue }
    }

    /// When it next wants ``Input/wake``; nil when nothing is due.
    public var nextWake: Moment? {
        var earliest: Moment?
        for alarm in alarms where rings(alarm.alarm) { earliest = min(earliest ?? alarm.at, alarm.at) }
        return earliest
    }

    /// Whatever came due while the modem slept waits until it is awake.
    private func rings(_ alarm: Alarm) -> Bool { power != .asleep || alarm == .rouse }

    /// The network that it is registered with, as the lab's number for the operator.
    public var servingCarrier: Int? {
        if case .registered(let cell) = registration { cell.carrier } else { nil }
    }

    /// The network on which it holds a data connection.
    public var connectedCarrier: Int? {
        bearers.contains { $0.address != nil } ? servingCarrier : nil
    }

    public mutating func handle(_ input: Input, at moment: Moment) -> [Output] {
        now = moment
        outputs.removeAll(keepingCapacity: true)
        switch input {
        case .powerOn: if power == .off { boot() }
        case .powerOff:
            forgetSubscription()
            if power != .off { shutDown() }
        case .hostReset:
            forgetSubscription()
            if power != .off { restart() }
        case .cells(let heard): hear(heard)
        case .downlink(let message, let carrier): if power == .on { receive(message, from: carrier) }
        case .wake: ringAlarms()
        }
        reportLocation()
        converse()
        return outputs
    }

    // MARK: Alarms

    mutating func set(_ alarm: Alarm, after delay: Duration) {
        clear(alarm)
        alarms.append((alarm, now + delay))
    }

    mutating func clear(_ alarm: Alarm) {
        if let index = alarms.firstIndex(where: { $0.alarm == alarm }) { alarms.remove(at: index) }
    }

    func isSet(_ alarm: Alarm) -> Bool { alarms.contains { $0.alarm == alarm } }

    private mutating func ringAlarms() {
        while let index = alarms.indices.filter({ rings(alarms[$0].alarm) }).min(by: { alarms[$0].at < alarms[$1].at }),
            alarms[index].at <= now
        {
            let alarm = alarms.remove(at: index).alarm
            switch alarm {
            case .boot: bootCard()
            case .refresh: carryOutRefresh()
            case .search: selectCell()
            case .access: requestAttach()
            case .radioLinkFailure: loseCell()
            case .t3410: attachUnanswered()
            case .t3411: attachAgain()
            case .areaUpdate: requestAreaUpdate()
            case .t3412Answer: areaUpdateUnanswered()
            case .bearerRequest(let id): requestBearer(id)
            case .t3482(let id): bearerUnanswered(id)
            case .poll: poll()
            case .timer(let number): timerExpired(number)
            case .channelWait: channelWaitExpired()
            case .pump: break
            case .hostTraffic: sendHostTraffic()
            case .watchdog: watchdogExpired()
            case .sleep: fallAsleep()
            case .rouse: rouse()
            }
        }
    }

    // MARK: Power

    func see(_ observation: Observation) -> Output { .saw(observation) }

    mutating func note(_ observation: Observation) { outputs.append(.saw(observation)) }

    private mutating func boot() {
        power = .booting
        set(.boot, after: timing.boot.draw(&random))
        startWatchdog()
    }

    private mutating func bootCard() {
        forgetToolkit()
        do throws(USIM.Fault) {
            let read = try session.initialise(profile: profile.bytes, pin: equipment.pin)
            power = .on
            adopt(read)
        } catch {
            power = .cardless
            note(.cardFailed(error))
        }
    }

    /// Takes over what was read from the card and starts looking for its network.
    mutating func adopt(_ read: USIM) {
        let keepsList = equipment.quirks.contains(.keepsForbiddenNetworks) && usim != nil
        if !keepsList { forbidden = read.forbidden }
        forbiddenAreas = []
        usim = remembering(read)
        note(.booted(read.iccid, read.imsi))
        set(.poll, after: pollInterval ?? timing.defaultPoll)
        attempts = 0
        stayAwake()
        search()
    }

    private mutating func shutDown() {
        session.powerOff()
        power = .off
        alarms = []
        registration = .idle
        bearers = []
        usim = equipment.quirks.contains(.keepsForbiddenNetworks) ? usim : nil
        reportedLocation = nil
        reportedPLMN = nil
        forgetToolkit()
    }

    /// Leaves the network politely and boots card and modem afresh.
    mutating func restart() {
        if case .registered(let cell) = registration { send(.detach, to: cell) }
        shutDown()
        boot()
    }

    mutating func forgetToolkit() {
        events = []
        pollInterval = nil
        pending = nil
        envelopes = []
        for number in timers.keys { clear(.timer(number)) }
        timers = [:]
        channels = []
        clear(.channelWait)
        clear(.pump)
    }
}

// MARK: The host
extension Terminal {
    private var watchdog: Duration? {
        for quirk in equipment.quirks {
            switch quirk {
            case .watchdogReset(let minutes), .untoldWatchdog(let minutes): return .minutes(Int64(minutes))
            default: break
            }
        }
        return nil
    }

    /// Something came back from the Internet, or the modem was just reset.
    mutating func startWatchdog() {
        guard let watchdog else { return }
        set(.watchdog, after: watchdog)
        if !isSet(.hostTraffic) { set(.hostTraffic, after: timing.hostTraffic) }
    }

    private mutating func sendHostTraffic() {
        set(.hostTraffic, after: timing.hostTraffic)
        guard case .registered(let cell) = registration, let bearer = bearers.first(where: { $0.id == Bearer.hostID }),
            let address = bearer.address
        else { return }
        let datagram = Datagram(
            source: Endpoint(address, port: Bearer.hostPort), destination: equipment.hostServer, payload: [0x70, 0x69, 0x6E, 0x67])
        send(.datagram(bearer: bearer.id, datagram), to: cell)
    }

    private mutating func watchdogExpired() {
        note(.watchdogFired)
        forgetSubscription()
        restart()
    }
}
