import Reachability
import Storage

extension EstateService {
    /// Events that one transaction of a tick writes.
    static let eventsPerTransaction = 10_000
    /// Milliseconds between the marks by which a restart knows until when the estate was awake.
    static let aliveEvery: Int64 = 30_000

    /// What time brings: who fell silent, and which outages that shows. Call it about once a second.
    ///
    /// - Throws: `StorageError` when that could not be written; the next tick tries again.
    public func tick(at now: UTCInstant) throws {
        try turn.withLock { turn in
            live.withLock { $0.tick(now, &turn) }
            try write(&turn, at: now)
        }
        // Known, and told by who asks for it: reach was sampled, and no head is signed.
        do { try sampleReach(at: now) } catch EstateError.ledgerBroken {}
        try turn.withLock { try noteFault(&$0) }
    }

    /// That the ledger is broken waits for a whole one, like what else must be in it: the gap is told with its beginning.
    private func noteFault(_ turn: inout Turn) throws {
        guard !turn.hasNotedFault, let fault = ledgerFault else { return }
        try database.write { connection in try WaitingEntries.add(fault, connection) }
        turn.hasNotedFault = true
    }

    /// The responders were away and are back: nobody's silence meanwhile is theirs, and nothing that happened is evidence.
    public func resumed(at now: UTCInstant) throws {
        try turn.withLock { turn in
            live.withLock { live in
                live.table.resumed(at: now.seconds)
                _ = live.detector.tick(now.seconds, scanning: &live.table)
            }
            turn.pending.append(
                Event(at: now, kind: .resumed, severity: .notice, text: "The responders are back; silence is counted from now on."))
            try write(&turn, at: now)
        }
    }

    private func write(_ turn: inout Turn, at now: UTCInstant) throws {
        let isDue = turn.notedAlive.map { now - $0 >= Self.aliveEvery || now < $0 } ?? true
        if isDue {
            for outage in live.withLock({ $0.detector.open }) where turn.changedOutages[outage.id] == nil {
                turn.changedOutages[outage.id] = StoredOutage(outage: outage)
            }
        }
        var first = true
        while !turn.pending.isEmpty || !turn.changedOutages.isEmpty || (isDue && first) {
            let part = Array(turn.pending.prefix(Self.eventsPerTransaction))
            let (log, outages) = (turn.events, turn.changedOutages.values.sorted { $0.outage.id < $1.outage.id })
            let isFirst = first
            let names = try writing(&turn.ledger, .observed, at: now) { connection, drafts in
                for outage in outages { try outage.write(connection) }
                try log.write(part, connection)
                if isDue && isFirst {
                    try connection.execute(
                        "INSERT INTO setting (name, value) VALUES ('alive', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        [.blob(Array(String(now.milliseconds).utf8))])
                }
                return try describe(part, &drafts, connection)
            }
            let firstID = turn.events.last + 1
            turn.events.commit(part)
            turn.pending.removeFirst(part.count)
            turn.changedOutages = [:]
            if first { turn.notedAlive = isDue ? now : turn.notedAlive }
            first = false
            publish(part, from: firstID, names: names)
        }
    }

    /// The newest first.
    ///
    /// - Parameter open: true for those that last, false for those that are over, nil for both.
    public func outages(limit: Int = 50, open: Bool? = nil) throws -> [OutageRecord] {
        let condition =
            switch open {
            case true?: "WHERE ended_at IS NULL"
            case false?: "WHERE ended_at IS NOT NULL"
            case nil: ""
            }
        let (operators, areas, lasting) = live.withLock { ($0.operators, $0.names.areas, $0.detector.open) }
        let stored = try database.read { connection in
            try StoredOutage.all("\(condition) ORDER BY id DESC LIMIT ?", [.integer(of: min(max(limit, 0), 1_000))], connection)
        }
        return stored.map { stored in
            // What lasts changes with every tick; the store has it as of the last mark.
            let current = stored.ended == nil ? lasting.first { $0.id == stored.outage.id } : nil
            return OutageRecord(current.map { StoredOutage(outage: $0) } ?? stored, operators: operators, areas: areas)
        }
    }

    /// Every operator, by name, with the devices that depend on it.
    public func operators(at now: UTCInstant) throws -> [OperatorReport] {
        let open = try outages(limit: 1_000, open: true)
        return live.withLock { live in
            var onBackup = ReachabilityTable.Slice()
            onBackup.slot = .backup
            let home = live.tally(by: .home, at: now)
            let here = live.tally(by: .operator, within: (300, 24 * 3_600), at: now)
            let away = live.tally(by: .home, at: now, onBackup)
            let visiting = live.tally(by: .operator, at: now, onBackup)
            func at(_ tallies: [ReachabilityTable.Tally], _ id: Int) -> ReachabilityTable.Tally {
                id < tallies.count ? tallies[id] : .init()
            }
            let reports = live.operators.dropFirst().map { reference in
                let id = UInt16(reference.id)
                let mine = open.filter { $0.operator == reference }
                return OperatorReport(
                    operator: reference, health: Health(live.detector.health(of: id)), homeDevices: at(home, reference.id).devices,
                    hereNow: at(here, reference.id).devices, away: at(away, reference.id).devices,
                    visiting: at(visiting, reference.id).devices, heardLast5Minutes: at(here, reference.id).heardFirst,
                    reach24: Share(part: at(here, reference.id).heardSecond, whole: at(here, reference.id).devices),
                    outage: mine.first { $0.area == nil } ?? mine.first, returnWindow: Int(live.detector.returnWindow(of: id)),
                    beaconsPerMinute: live.series.values(of: id, at: now))
            }
            return reports.sorted { ($0.operator.name, $0.operator.plmn) < ($1.operator.name, $1.operator.plmn) }
        }
    }
}

extension Health {
    init(_ health: OutageDetector.Health) {
        switch health {
        case .unknown: self = .unknown
        case .healthy: self = .healthy
        case .failing: self = .failing
        }
    }
}

extension Live {
    /// Scans, infers, and notes for the store what came of it.
    fileprivate mutating func tick(_ now: UTCInstant, _ turn: inout Turn) {
        var silent: [ReachabilityTable.Change] = []
        let events = detector.tick(now.seconds, scanning: &table) { change in
            if change.to == .silent { silent.append(change) }
        }
        for change in silent {
            let since = UTCInstant(seconds: Int64(change.lastProof)).iso8601.prefix(19).replacing("T", with: " ")
            turn.pending.append(
                Event(
                    at: now, kind: .silent, severity: .warning, device: change.device, operator: change.operator,
                    text: "Silent since \(since) UTC, when it was last heard through \(reference(change.operator).name)."))
        }
        for event in events { note(event, at: now, &turn) }
    }

    private mutating func note(_ event: OutageEvent, at now: UTCInstant, _ turn: inout Turn) {
        func text(_ outage: Outage) -> OutageText {
            OutageText(
                outage, operatorName: outage.scope.operator.map { reference($0).name },
                area: outage.scope.area.map { names.areas[$0] })
        }
        func tell(_ outage: Outage, _ kind: EventKind, _ severity: Severity, _ sentence: String, _ detail: String? = nil) {
            turn.pending.append(
                Event(
                    at: now, kind: kind, severity: severity, operator: outage.scope.operator, outage: outage.id, text: sentence,
                    detail: detail))
        }
        switch event {
        case .began(let outage):
            turn.changedOutages[outage.id] = StoredOutage(outage: outage)
            tell(outage, .outageBegan, .critical, text(outage).sentence, MoveReasonText(outage.reason).name)
        case .widened(let outage, let from):
            turn.changedOutages[outage.id] = StoredOutage(outage: outage)
            tell(outage, .outageWidened, .critical, "It reaches further. " + text(outage).sentence, OutageScope(from).rawValue)
        case .recovering(let outage, let canaries):
            turn.changedOutages[outage.id] = StoredOutage(outage: outage)
            tell(outage, .outageRecovering, .notice, "\(text(outage).subject) may be back: \(canaries) devices returned.")
        case .relapsed(let outage, let hold):
            turn.changedOutages[outage.id] = StoredOutage(outage: outage)
            tell(
                outage, .outageRelapsed, .warning,
                "\(text(outage).subject) failed again; the next recovery must hold for \(hold) seconds.")
        case .ended(let outage, let at, let ending):
            turn.changedOutages[outage.id] = StoredOutage(outage: outage, ended: at, ending: ending.name)
            let minutes = (at > outage.began ? at - outage.began : 0) / 60
            let text = text(outage)
            let sentence =
                switch ending {
                case .recovered: "\(text.subject) delivers again, after \(minutes) minutes."
                case .faded: "\(text.subject): too few devices still fail for an outage, after \(minutes) minutes."
                case .merged(let into): "\(text.subject): part of the wider outage \(into)."
                case .heardAgain: "\(text.subject): devices are heard again, after \(minutes) minutes."
                case .closed: "\(text.subject): closed by hand, after \(minutes) minutes."
                }
            tell(outage, .outageEnded, .notice, sentence, ending.name)
        }
    }
}
