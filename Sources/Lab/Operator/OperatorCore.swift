import Wire

/// An operator: subscriber store and authentication centre, serving node, and gateway, behind ``RadioMessage``.
///
/// A pure value: messages in, messages out, each with the time it takes. Faults are set part by part with ``set(_:of:at:)``.
public struct OperatorCore: Sendable {
    /// What the core wants done.
    public enum Output: Sendable {
        /// To a terminal over the radio.
        case downlink(RadioMessage.Downlink, to: TerminalID, after: Duration)
        /// Out of the gateway, to the Internet.
        case departure(Datagram, from: TerminalID, after: Duration)
    }

    /// How an operator is built.
    public struct Plan: Sendable {
        public var name: String
        public var plmn: PLMN
        /// Home networks whose subscribers may roam here; those of ``plmn`` always may.
        public var partners: [PLMN] = []
        /// Registrations that the serving node can take in a second.
        public var registrationsPerSecond = 50.0
        /// The longest wait in front of it; what comes later is refused with congestion.
        public var longestQueue = Duration.seconds(10)
        /// T3346, sent with a congestion reject; nil leaves the terminal to its own timers.
        public var congestionBackOff: Duration?
        public var accessPoints: [AccessPoint]
        /// What a step of signalling takes inside the core.
        public var signalling = Duration.milliseconds(5)

        public init(name: String, plmn: PLMN, accessPoints: [AccessPoint]) {
            self.name = name
            self.plmn = plmn
            self.accessPoints = accessPoints
        }
    }

    private enum Session: Sendable {
        case challenged(IMSI, AuthenticationCentre.Vector, resynchronised: Bool)
        case registered(IMSI, area: Area)
    }

    public let plan: Plan
    public private(set) var subscribers: AuthenticationCentre
    var load: RegistrationLoad
    private var gateway: PacketGateway
    private var sessions: [TerminalID: Session] = [:]
    private var conditions: [Part: Condition] = [:]
    private var barred: [IMSI: RejectCause] = [:]

    public init(_ plan: Plan, seed: UInt64) {
        self.plan = plan
        subscribers = AuthenticationCentre(seed: seed)
        gateway = PacketGateway(plan.accessPoints)
        load = RegistrationLoad(
            capacity: plan.registrationsPerSecond, patience: plan.longestQueue.inSeconds, random: SplitMix64(seed: seed, part: 1))
    }
}

// MARK: Provisioning and faults
extension OperatorCore {
    /// Puts a subscriber into the store, or replaces it.
    public mutating func provision(_ subscriber: AuthenticationCentre.Subscriber) {
        subscribers.provision(subscriber)
    }

    /// Sets a subscriber's sequence number back, as a restored backup of the store would.
    public mutating func rewind(_ imsi: IMSI, to sequence: UInt64) {
        subscribers.rewind(imsi, to: sequence)
    }

    /// Refuses one subscriber with this cause from now on, or admits it again.
    public mutating func bar(_ imsi: IMSI, cause: RejectCause?) {
        barred[imsi] = cause
    }

    /// How a part fares now. An area without a condition of its own has that of the whole radio network.
    public func condition(of part: Part) -> Condition {
        if case .radio(let area?) = part { return conditions[.radio(area)] ?? conditions[.radio(nil)] ?? .up }
        return conditions[part] ?? .up
    }

    /// Sets how a part fares. Radio set for all areas replaces what was set for single ones.
    public mutating func set(_ condition: Condition, of part: Part, at now: Moment) -> [Output] {
        load.advance(to: now)
        if part == .radio(nil) {
            conditions = conditions.filter { if case .radio = $0.key { false } else { true } }
        }
        conditions[part] = condition
        load.serving = canRegister
        guard part == .gateway, case .rejecting(let cause) = condition else { return [] }
        return dropBearers(SessionCause(rawValue: cause), at: now)
    }

    private var canRegister: Bool {
        switch condition(of: .authentication) {
        case .up, .slow: true
        case .rejecting, .silent: false
        }
    }

    /// Every part that is not up, in a fixed order.
    public var faults: [(part: Part, condition: Condition)] {
        conditions.filter { !$0.value.isUp }.map { ($0.key, $0.value) }.sorted { "\($0.part)" < "\($1.part)" }
    }

    /// Throws every terminal off the network, and the other subscribers with them (AT&T 2024).
    ///
    /// With `silently`, the network forgets them and tells no one.
    public mutating func detachAll(_ cause: RejectCause?, reattach: Bool, silently: Bool = false, at now: Moment) -> [Output] {
        load.advance(to: now)
        load.scatter()
        let gone = sessions.keys.sorted()
        sessions = [:]
        gateway.releaseAll()
        return silently ? [] : gone.map { .downlink(.detach(cause, reattach: reattach), to: $0, after: plan.signalling) }
    }

    /// Sets the operator's other subscribers.
    mutating func set(crowd: Crowd?, at now: Moment) {
        load.advance(to: now)
        load.crowd = crowd
    }

    /// Drops every data connection; registrations stay.
    public mutating func dropBearers(_ cause: SessionCause, at now: Moment) -> [Output] {
        gateway.releaseAll().map { .downlink(.bearerDropped(id: $0.id, cause), to: $0.terminal, after: plan.signalling) }
    }

    /// The cell that covers an area, or nil while its radio is silent.
    public func cell(in area: Area, carrier: Int) -> Cell? {
        guard condition(of: .radio(area)) != .silent else { return nil }
        let code = UInt16(truncatingIfNeeded: 1 + area.rawValue)
        return Cell(carrier: carrier, area: TrackingArea(plmn: plan.plmn, code: code), identity: UInt32(code) << 8 | 1)
    }
}

// MARK: What can be read of it
extension OperatorCore {
    /// Terminals registered here.
    public var registeredCount: Int {
        sessions.values.reduce(0) { if case .registered = $1 { $0 + 1 } else { $0 } }
    }

    /// Whether a datagram of this terminal, sent now, would reach the Internet and its answer come back.
    public func delivers(for terminal: TerminalID, in area: Area) -> Bool {
        guard case .registered? = sessions[terminal], gateway.serves(terminal), condition(of: .radio(area)) != .silent else {
            return false
        }
        return [condition(of: .gateway), condition(of: .dataPath)].allSatisfy {
            switch $0 {
            case .up, .slow: true
            case .rejecting, .silent: false
            }
        }
    }
}

// MARK: Signalling
extension OperatorCore {
    /// A message from a terminal that stands in `area`.
    public mutating func handle(_ message: RadioMessage.Uplink, from terminal: TerminalID, in area: Area, at now: Moment)
        -> [Output]
    {
        let radio = condition(of: .radio(area))
        guard radio != .silent else { return [] }
        let air = radio.delay
        switch message {
        case .attachRequest(let imsi):
            return attach(imsi, terminal, radio, at: now)
        case .authenticationResponse(let res):
            guard case .challenged(let imsi, let vector, _)? = sessions[terminal], condition(of: .authentication) != .silent else {
                return []
            }
            guard res == vector.expected else { return refuse(terminal, with: .authenticationReject, after: air) }
            sessions[terminal] = .registered(imsi, area: area)
            return reply(.attachAccept(area: trackingArea(area)), terminal, after: air + condition(of: .authentication).delay)
        case .synchronisationFailure(let auts):
            guard case .challenged(let imsi, let vector, let again)? = sessions[terminal], condition(of: .authentication) != .silent
            else { return [] }
            guard !again, subscribers.resynchronise(imsi, rand: vector.rand, auts: auts) else {
                return refuse(terminal, with: .authenticationReject, after: air)
            }
            return challenge(imsi, terminal, resynchronised: true, after: air)
        case .macFailure:
            return refuse(terminal, with: .authenticationReject, after: air)
        case .areaUpdateRequest:
            return updateArea(terminal, area, radio, at: now)
        case .detach:
            sessions[terminal] = nil
            gateway.release(terminal)
            return []
        case .bearerRequest(let id, let apn):
            return openBearer(id, apn, terminal, after: air)
        case .bearerRelease(let id):
            gateway.release(terminal, id: id)
            return []
        case .datagram(let id, let datagram):
            return forward(datagram, on: id, terminal, after: air)
        }
    }

    private mutating func attach(_ imsi: IMSI, _ terminal: TerminalID, _ radio: Condition, at now: Moment) -> [Output] {
        sessions[terminal] = nil
        gateway.release(terminal)
        if case .rejecting(let cause) = radio { return rejectAttach(RejectCause(rawValue: cause), terminal, ignored: now) }
        let air = radio.delay
        switch condition(of: .authentication) {
        case .silent:
            load.ignore(at: now)
            return []
        case .rejecting(let cause):
            return rejectAttach(RejectCause(rawValue: cause), terminal, ignored: now)
        case .up, .slow:
            break
        }
        guard plan.plmn.isHome(of: imsi) || plan.partners.contains(where: { $0.isHome(of: imsi) }) else {
            return rejectAttach(.plmnNotAllowed, terminal, ignored: now)
        }
        if let cause = barred[imsi] { return rejectAttach(cause, terminal, ignored: now) }
        switch load.ask(at: now) {
        case .congested:
            return reply(.attachReject(.congestion, backOff: plan.congestionBackOff), terminal, after: air)
        case .served(let wait):
            return challenge(imsi, terminal, resynchronised: false, after: air + wait + condition(of: .authentication).delay)
        }
    }

    private mutating func rejectAttach(_ cause: RejectCause, _ terminal: TerminalID, ignored now: Moment) -> [Output] {
        load.ignore(at: now)
        return reply(.attachReject(cause, backOff: nil), terminal, after: .zero)
    }

    private mutating func challenge(_ imsi: IMSI, _ terminal: TerminalID, resynchronised: Bool, after delay: Duration) -> [Output] {
        guard let vector = subscribers.vector(for: imsi) else {
            return refuse(terminal, with: .attachReject(.noServicesAllowed, backOff: nil), after: delay)
        }
        sessions[terminal] = .challenged(imsi, vector, resynchronised: resynchronised)
        return reply(.authenticationRequest(rand: vector.rand, autn: vector.token), terminal, after: delay)
    }

    private mutating func updateArea(_ terminal: TerminalID, _ area: Area, _ radio: Condition, at now: Moment) -> [Output] {
        if case .rejecting(let cause) = radio {
            return refuse(terminal, with: .areaUpdateReject(RejectCause(rawValue: cause)), after: .zero)
        }
        switch condition(of: .authentication) {
        case .silent:
            load.ignore(at: now)
            return []
        case .rejecting(let cause):
            load.ignore(at: now)
            return refuse(terminal, with: .areaUpdateReject(RejectCause(rawValue: cause)), after: radio.delay)
        case .up, .slow:
            break
        }
        guard case .registered(let imsi, _)? = sessions[terminal] else {
            return refuse(terminal, with: .areaUpdateReject(.implicitlyDetached), after: radio.delay)
        }
        if let cause = barred[imsi] { return refuse(terminal, with: .areaUpdateReject(cause), after: radio.delay) }
        switch load.ask(at: now) {
        case .congested:
            return reply(.areaUpdateReject(.congestion), terminal, after: radio.delay)
        case .served(let wait):
            sessions[terminal] = .registered(imsi, area: area)
            return reply(.areaUpdateAccept, terminal, after: radio.delay + wait + condition(of: .authentication).delay)
        }
    }

    private func trackingArea(_ area: Area) -> TrackingArea {
        TrackingArea(plmn: plan.plmn, code: UInt16(truncatingIfNeeded: 1 + area.rawValue))
    }

    private func reply(_ message: RadioMessage.Downlink, _ terminal: TerminalID, after delay: Duration) -> [Output] {
        [.downlink(message, to: terminal, after: delay + plan.signalling)]
    }

    private mutating func refuse(_ terminal: TerminalID, with message: RadioMessage.Downlink, after delay: Duration) -> [Output] {
        sessions[terminal] = nil
        gateway.release(terminal)
        return reply(message, terminal, after: delay)
    }
}

// MARK: User plane
extension OperatorCore {
    private mutating func openBearer(_ id: UInt8, _ apn: String, _ terminal: TerminalID, after delay: Duration) -> [Output] {
        guard case .registered(let imsi, _)? = sessions[terminal] else {
            return refuse(terminal, with: .detach(.implicitlyDetached, reattach: true), after: delay)
        }
        switch condition(of: .gateway) {
        case .silent:
            return []
        case .rejecting(let cause):
            return reply(.bearerReject(id: id, SessionCause(rawValue: cause)), terminal, after: delay)
        case .up, .slow:
            break
        }
        // Other numbers are reserved, and would not be released with their terminal.
        guard BearerIdentity.range.contains(id) else {
            return reply(.bearerReject(id: id, .invalidBearerIdentity), terminal, after: delay)
        }
        guard subscribers.allows(imsi, accessPoint: apn) else {
            return reply(.bearerReject(id: id, .optionNotSubscribed), terminal, after: delay)
        }
        switch gateway.open(id, accessPoint: apn, for: terminal) {
        case .success(let address):
            return reply(.bearerAccept(id: id, address: address), terminal, after: delay + condition(of: .gateway).delay)
        case .failure(let refusal):
            return reply(.bearerReject(id: id, refusal.cause), terminal, after: delay)
        }
    }

    private mutating func forward(_ datagram: Datagram, on id: UInt8, _ terminal: TerminalID, after delay: Duration) -> [Output] {
        guard case .registered? = sessions[terminal] else {
            // A node that lost its state answers a service request with cause 10; one that is dead answers nothing.
            guard canRegister else { return [] }
            return refuse(terminal, with: .detach(.implicitlyDetached, reattach: true), after: delay)
        }
        guard let address = gateway.address(of: id, for: terminal) else {
            return reply(.bearerDropped(id: id, .regularDeactivation), terminal, after: delay)
        }
        guard datagram.source.address == address else { return [] }
        guard let passage = passage else { return [] }
        switch passage {
        case .success(let wait):
            return [.departure(datagram, from: terminal, after: delay + wait)]
        case .failure(let refusal):
            gateway.release(terminal, id: id)
            return reply(.bearerDropped(id: id, refusal.cause), terminal, after: delay)
        }
    }

    /// A datagram for one of this operator's addresses has come to the gateway.
    public mutating func arrival(_ datagram: Datagram, at now: Moment) -> [Output] {
        guard case .success(let wait)? = passage, let bearer = gateway.bearer(at: datagram.destination.address),
            case .registered(_, let area)? = sessions[bearer.terminal]
        else { return [] }
        let radio = condition(of: .radio(area))
        guard radio != .silent else { return [] }
        return [.downlink(.datagram(bearer: bearer.id, datagram), to: bearer.terminal, after: wait + radio.delay)]
    }

    /// Whether the user plane passes: after how long, refused with which cause, or nil when all is swallowed.
    private var passage: Result<Duration, PacketGateway.Refusal>? {
        var wait = Duration.zero
        for condition in [condition(of: .gateway), condition(of: .dataPath)] {
            switch condition {
            case .up: break
            case .slow(let more): wait += more
            case .silent: return nil
            case .rejecting(let cause): return .failure(PacketGateway.Refusal(cause: SessionCause(rawValue: cause)))
            }
        }
        return .success(wait)
    }
}
