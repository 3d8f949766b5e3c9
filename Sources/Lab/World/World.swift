import Wire

/// A laboratory: operators, terminals with our cards, responders, and the time they share. A discrete-event loop with one owner.
///
/// Every event is taken in the order of its time, then of its arrival, and every draw comes from the seed, so that a virtual run repeats
/// itself exactly. In real time the same loop is advanced by the wall clock (``LiveLab``) and datagrams go to real responders.
public final class World {
    /// Sees everything as it happens.
    public protocol Onlooker: AnyObject {
        func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment)
        /// Something about this terminal may have changed.
        func touched(_ terminal: TerminalID, _ now: Moment)
        func struck(_ fault: Fault, _ now: Moment)
    }

    private enum Event {
        case wake(Int)
        case power(Int, on: Bool)
        case uplink(RadioMessage.Uplink, from: Int, to: Int)
        case downlink(RadioMessage.Downlink, to: Int, from: Int)
        case departure(Datagram, from: Int)
        case request(Datagram, responder: Int, from: Int)
        case arrival(Datagram, to: Int)
        /// With the generation of the script that it belongs to.
        case fault(Fault, script: Int)
        case tick
    }

    private struct Subject {
        var terminal: Terminal<LabCard>
        var area: Area
        var group: Group
        /// The earliest wake-up in the queue.
        var wake: Moment?
    }

    /// Milliseconds since 1970 at ``Moment/start``.
    public let epoch: Int64
    public private(set) var now = Moment.start
    public private(set) var operators: [OperatorCore]
    public let responders: [Endpoint]
    public private(set) var responderConditions: [Condition]
    /// Events taken so far.
    public private(set) var steps = 0
    public weak var onlooker: (any Onlooker)?

    private let responding: (any Responding)?
    /// Set for real time: then no datagram is answered in the loop itself.
    public weak var transport: (any Transport)?
    private let internet: Spread
    private let tickInterval: Duration
    private var queue = EventQueue<Event>()
    private var subjects: [Subject]
    private var random: SplitMix64
    private var script = 0
    private var cuts: [Group: Int] = [:]
    private var cutsTaken: [Int: Int] = [:]
    private var rearm: Set<Int> = []

    /// - Parameters:
    ///   - powerOn: the terminals are switched on within this time from the start.
    ///   - internet: one way between a gateway and a responder.
    public init(
        operators: [OperatorCore], members: [(terminal: Terminal<LabCard>, area: Area, group: Group)], responders: [Endpoint],
        responding: (any Responding)?, epoch: Int64, seed: UInt64, powerOn: Duration, internet: Spread,
        tickInterval: Duration = .seconds(5)
    ) {
        self.operators = operators
        self.responders = responders
        self.responding = responding
        self.epoch = epoch
        self.internet = internet
        self.tickInterval = tickInterval
        responderConditions = Array(repeating: .up, count: responders.count)
        subjects = members.map { Subject(terminal: $0.terminal, area: $0.area, group: $0.group) }
        random = SplitMix64(seed: seed, part: 0x3A11D)
        for index in subjects.indices {
            tell(index, .cells(cells(in: subjects[index].area)))
            let within = Double(powerOn.wholeMilliseconds) * random.unit()
            queue.insert(.power(index, on: true), at: now + .milliseconds(Int64(within)))
        }
        queue.insert(.tick, at: now + tickInterval)
    }

    /// UTC in milliseconds since 1970.
    public var time: Int64 { epoch + now.milliseconds }

    /// When the next event is due.
    public var next: Moment? { queue.next }

    public var terminals: [TerminalID] { subjects.indices.map(TerminalID.init(rawValue:)) }

    public func terminal(_ id: TerminalID) -> Terminal<LabCard> { subjects[id.rawValue].terminal }
    public func group(of id: TerminalID) -> Group { subjects[id.rawValue].group }
    public func area(of id: TerminalID) -> Area { subjects[id.rawValue].area }

    /// Whether what this terminal sends now would reach the Internet, and the answer come back.
    public func isReachable(_ id: TerminalID) -> Bool { carrier(of: id) != nil }

    /// The operator that carries this terminal's traffic now, or nil when none does.
    public func carrier(of id: TerminalID) -> Int? {
        guard let carrier = subjects[id.rawValue].terminal.connectedCarrier else { return nil }
        return operators[carrier].delivers(for: id, in: subjects[id.rawValue].area) ? carrier : nil
    }

    /// Puts a subscriber into an operator's store, or replaces it.
    public func provision(_ subscriber: AuthenticationCentre.Subscriber, on carrier: Int) {
        if operators.indices.contains(carrier) { operators[carrier].provision(subscriber) }
    }

    /// Sets a subscriber's sequence number back, as an operator's restored backup would.
    public func rewind(_ imsi: IMSI, on carrier: Int, to sequence: UInt64) {
        if operators.indices.contains(carrier) { operators[carrier].rewind(imsi, to: sequence) }
    }

    // MARK: Time

    /// Takes every event up to and at `moment`.
    public func advance(to moment: Moment) {
        while let due = queue.next, due <= moment, let (at, event) = queue.removeFirst() {
            now = max(now, at)
            steps += 1
            take(event)
        }
        now = max(now, moment)
    }

    private func take(_ event: Event) {
        switch event {
        case .wake(let index):
            // An earlier wish that was overtaken is not the one that counts.
            guard subjects[index].wake == now else { return }
            subjects[index].wake = nil
            tell(index, .wake)
        case .power(let index, let on):
            tell(index, on ? .powerOn : .powerOff)
            if on, rearm.remove(index) != nil { armFuse(index) }
        case .uplink(let message, let index, let carrier):
            settle(
                operators[carrier].handle(message, from: TerminalID(rawValue: index), in: subjects[index].area, at: now), carrier)
            onlooker?.touched(TerminalID(rawValue: index), now)
        case .downlink(let message, let index, let carrier):
            // What the terminal can no longer hear is lost.
            guard operators[carrier].condition(of: .radio(subjects[index].area)) != .silent else { return }
            tell(index, .downlink(message, from: carrier))
        case .departure(let datagram, let carrier):
            depart(datagram, from: carrier)
        case .request(let datagram, let responder, let carrier):
            guard let responding, responderConditions[responder].answers else { return }
            guard let answer = responding.answer(datagram.payload, responder: UInt8(responder), at: time) else { return }
            reply(to: datagram, with: answer, carrier)
        case .arrival(let datagram, let carrier):
            settle(operators[carrier].arrival(datagram, at: now), carrier)
        case .fault(let fault, let number):
            if number == script { strike(fault) }
        case .tick:
            responding?.tick(at: time)
            queue.insert(.tick, at: now + tickInterval)
        }
    }

    // MARK: Terminals and operators

    private func tell(_ index: Int, _ input: Terminal<LabCard>.Input) {
        let id = TerminalID(rawValue: index)
        let outputs = subjects[index].terminal.handle(input, at: now)
        for output in outputs {
            switch output {
            case .uplink(let message, let carrier, let delay):
                queue.insert(.uplink(message, from: index, to: carrier), at: now + delay)
            case .saw(let observation):
                cutPower(index, on: observation)
                onlooker?.saw(observation, at: id, now)
            }
        }
        if !cuts.isEmpty, subjects[index].terminal.card.fuse.isBlown { loseArmedPower(index) }
        if let wake = subjects[index].terminal.nextWake, wake < subjects[index].wake ?? Moment(milliseconds: .max) {
            let due = max(wake, now)
            subjects[index].wake = due
            queue.insert(.wake(index), at: due)
        }
        // A terminal that did nothing is as it was.
        if !outputs.isEmpty { onlooker?.touched(id, now) }
    }

    private func settle(_ outputs: [OperatorCore.Output], _ carrier: Int) {
        for output in outputs {
            switch output {
            case .downlink(let message, let id, let delay):
                let air = subjects[id.rawValue].terminal.timing.air.draw(&random)
                queue.insert(.downlink(message, to: id.rawValue, from: carrier), at: now + (delay + air))
            case .departure(let datagram, _, let delay):
                queue.insert(.departure(datagram, from: carrier), at: now + delay)
            }
        }
    }

    private func cells(in area: Area) -> [Cell] {
        operators.indices.compactMap { operators[$0].cell(in: area, carrier: $0) }
    }

    // MARK: The Internet

    private func depart(_ datagram: Datagram, from carrier: Int) {
        if let responder = responders.firstIndex(of: datagram.destination) {
            guard responderConditions[responder].answers else { return }
            if let transport { return transport.send(datagram, from: carrier) }
            queue.insert(
                .request(datagram, responder: responder, from: carrier),
                at: now + (internet.draw(&random) + responderConditions[responder].delay))
        } else if datagram.payload.count <= 64, datagram.destination.port == 7 {
            // The echo server that hosts with a watchdog ask.
            reply(to: datagram, with: datagram.payload, carrier)
        }
    }

    private func reply(to datagram: Datagram, with payload: [UInt8], _ carrier: Int) {
        let answer = Datagram(source: datagram.destination, destination: datagram.source, payload: payload)
        queue.insert(.arrival(answer, to: carrier), at: now + internet.draw(&random))
    }

    /// A datagram has come back from the real Internet to an operator's gateway. Call it with ``now`` up to date.
    public func arrive(_ datagram: Datagram, from carrier: Int) {
        guard let responder = responders.firstIndex(of: datagram.source), responderConditions[responder].answers else { return }
        queue.insert(.arrival(datagram, to: carrier), at: now + responderConditions[responder].delay)
    }

    // MARK: Faults

    public func schedule(_ fault: Fault, at moment: Moment) {
        queue.insert(.fault(fault, script: script), at: max(moment, now))
    }

    /// Forgets what was scheduled and has not struck yet.
    public func cancelScheduledFaults() { script += 1 }

    /// Does it now.
    public func strike(_ fault: Fault) {
        switch fault {
        case .set(let carrier, let part, let condition):
            guard operators.indices.contains(carrier) else { return }
            settle(operators[carrier].set(condition, of: part, at: now), carrier)
            if case .radio = part { refreshCells() }
        case .clear(let carrier):
            guard operators.indices.contains(carrier) else { return }
            for part in operators[carrier].faults.map(\.part) { settle(operators[carrier].set(.up, of: part, at: now), carrier) }
            refreshCells()
        case .detachAll(let carrier, let cause, let reattach, let silently):
            guard operators.indices.contains(carrier) else { return }
            settle(operators[carrier].detachAll(cause, reattach: reattach, silently: silently, at: now), carrier)
        case .crowd(let carrier, let crowd):
            guard operators.indices.contains(carrier) else { return }
            operators[carrier].set(crowd: crowd, at: now)
        case .dropBearers(let carrier, let cause):
            guard operators.indices.contains(carrier) else { return }
            settle(operators[carrier].dropBearers(cause, at: now), carrier)
        case .responder(let index, let condition):
            guard responderConditions.indices.contains(index) else { return }
            let wereDown = responderConditions.allSatisfy { !$0.answers }
            responderConditions[index] = condition
            if wereDown, condition.answers { responding?.resumed(at: time) }
        case .cutPowerInSwitch(let group, let times):
            cuts[group] = times
            for index in subjects.indices where subjects[index].group == group { armFuse(index) }
        case .cutPower(let id, let duration):
            guard subjects.indices.contains(id.rawValue) else { return }
            losePower(id.rawValue, for: duration)
        }
        onlooker?.struck(fault, now)
        for index in subjects.indices { onlooker?.touched(TerminalID(rawValue: index), now) }
    }

    private func refreshCells() {
        for index in subjects.indices {
            let heard = cells(in: subjects[index].area)
            if heard != subjects[index].terminal.cells { tell(index, .cells(heard)) }
        }
    }

    private func losePower(_ index: Int, for duration: Duration) {
        queue.insert(.power(index, on: false), at: now)
        queue.insert(.power(index, on: true), at: now + duration)
    }

    // MARK: Power cuts in the middle of a switch

    private enum Cut: Int {
        case write, beforeReset, search
    }

    /// Each card of a group in its turn suffers another kind of cut.
    private func cut(of index: Int) -> Cut { Cut(rawValue: index / Group.allCases.count % 3) ?? .write }

    /// A third of the cards lose power within a write: one of the next few, at any of its bytes.
    private func armFuse(_ index: Int) {
        guard cut(of: index) == .write, mayCut(index) else { return }
        subjects[index].terminal.card.fuse.arm(write: 1 + random.below(4), after: random.below(64))
    }

    private func mayCut(_ index: Int) -> Bool {
        cutsTaken[index, default: 0] < cuts[subjects[index].group] ?? 0
    }

    private func loseArmedPower(_ index: Int) {
        cutsTaken[index, default: 0] += 1
        losePower(index, for: .milliseconds(500 + Int64(random.below(5_000))))
        rearm.insert(index)
    }

    /// The others lose it between the REFRESH and its being obeyed, or in the search that follows.
    private func cutPower(_ index: Int, on observation: Observation) {
        guard !cuts.isEmpty, mayCut(index) else { return }
        let delay: Int
        switch (observation, cut(of: index)) {
        case (.refreshAsked, .beforeReset): delay = random.below(300)
        case (.refreshObeyed, .search): delay = random.below(5_000)
        default: return
        }
        cutsTaken[index, default: 0] += 1
        queue.insert(.power(index, on: false), at: now + .milliseconds(Int64(delay)))
        queue.insert(.power(index, on: true), at: now + .milliseconds(Int64(delay + 500 + random.below(5_000))))
    }

    /// Power cuts that have struck so far.
    public var powerCuts: Int { cutsTaken.values.reduce(0, +) }
}

extension Condition {
    /// Whether a responder in this condition answers.
    var answers: Bool {
        switch self {
        case .up, .slow: true
        case .silent, .rejecting: false
        }
    }
}
