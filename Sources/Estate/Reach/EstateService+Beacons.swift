import Beacon
import Reachability
import Storage
import Wire

/// What a batch says of one device: its latest heartbeat, and the window that must be stored with it.
private struct Update {
    var device: UInt32
    /// Nil when only the window has moved: a refused request, or one that was overtaken.
    var heartbeat: Heartbeat?
    var window: ReplayWindow
    /// The accepted beacons that it stands for.
    var places: [Int]
}

/// What a heartbeat changes, worked out from what is live before anything is written.
private struct Plan {
    enum Change {
        case first, moved(from: ReachabilityTable.Slot, at: UTCInstant), movedAndBack, heardAgain(silentSince: UInt32), none
    }

    var update: Update
    var slot: ReachabilityTable.Slot = .primary
    var operatorID: UInt16 = 0
    var change: Change = .none
    /// What the heartbeat says about what was asked of the card.
    var progress: WishProgress?
}

extension EstateService {
    /// Seconds for which a heartbeat with an older count of moves is taken for one that was overtaken on the way through the other
    /// responder.
    static let overtakenWithin: UInt32 = 60

    /// Makes a batch durable and then live: one transaction. Gives what each accepted beacon is to be told, in their order.
    func commit(
        _ accepted: [Accepted], windows: borrowing ContextTable, responder: UInt8, at now: UTCInstant, counters: inout DeskCounters
    ) throws -> [Answer] {
        guard !accepted.isEmpty else { return [] }
        let updates = Self.coalesced(accepted, windows: windows)
        var contradicting = 0
        let answers = try turn.withLock { turn in
            var events: [Event] = []
            let plans = live.withLock { live in
                updates.map { update in
                    var plan = Self.plan(update, live, at: now, events: &events, contradicting: &contradicting)
                    if let heartbeat = plan.update.heartbeat {
                        plan.progress = live.wishes[update.device].flatMap { WishProgress($0, heartbeat) }
                        events += live.tellings(of: plan.progress, heartbeat, device: update.device, at: now)
                    }
                    return plan
                }
            }
            let log = turn.events
            let names = try writing(&turn.ledger, .observed, at: now) { connection, drafts in
                try Self.write(plans, responder: responder, at: now, connection)
                try log.write(events, connection)
                return try describe(events, &drafts, connection)
            }
            let first = turn.events.last + 1
            turn.events.commit(events)
            let answers = live.withLock { live in
                var answers = [Answer](repeating: Answer(), count: accepted.count)
                for plan in plans {
                    let answer = live.apply(plan, at: now)
                    for place in plan.update.places { answers[place] = answer }
                }
                return answers
            }
            publish(events, from: first, names: names)
            return answers
        }
        counters.contradicting += contradicting
        feed.send(.beacons(count: accepted.count, at: now))
        return answers
    }

    /// One update a device, in the order of their ids, which is the order of the rows on disk.
    private static func coalesced(_ accepted: [Accepted], windows: borrowing ContextTable) -> [Update] {
        var order = Array(accepted.indices)
        if order.count > 1 {
            order.sort { left, right in
                let (a, b) = (accepted[left].device, accepted[right].device)
                return a != b ? a < b : left < right
            }
        }
        var updates: [Update] = []
        updates.reserveCapacity(order.count)
        for place in order {
            let beacon = accepted[place]
            let heartbeat = beacon.isNewest ? beacon.request?.heartbeat : nil
            if let last = updates.indices.last, updates[last].device == beacon.device {
                if heartbeat != nil { updates[last].heartbeat = heartbeat }
                updates[last].places.append(place)
            } else {
                updates.append(
                    Update(
                        device: beacon.device, heartbeat: heartbeat, window: windows.windows[Int(beacon.device)], places: [place]))
            }
        }
        return updates
    }

    private static func plan(
        _ update: Update, _ live: borrowing Live, at now: UTCInstant, events: inout [Event], contradicting: inout Int
    ) -> Plan {
        var plan = Plan(update: update)
        guard let heartbeat = update.heartbeat, let device = live.table.device(update.device),
            let standing = live.table.standing(update.device)
        else {
            plan.update.heartbeat = nil
            return plan
        }
        plan.slot = heartbeat.profile == .backup ? .backup : .primary
        guard let carrier = plan.slot == .primary ? device.primary : device.backup else {
            // The card says it is on a profile that the inventory does not know of: it is answered, and proves nothing.
            contradicting += 1
            plan.update.heartbeat = nil
            return plan
        }
        plan.operatorID = carrier
        let lastProof = max(standing.primaryProof, standing.backupProof)
        if heartbeat.moves < standing.moves, now.seconds <= lastProof &+ overtakenWithin {
            plan.update.heartbeat = nil
            return plan
        }
        let name = live.reference(carrier).name
        let word = MoveReasonText(heartbeat.lastMove)
        func tell(_ kind: EventKind, _ severity: Severity, _ text: String, _ detail: String? = nil) {
            events.append(
                Event(at: now, kind: kind, severity: severity, device: update.device, operator: carrier, text: text, detail: detail)
            )
        }
        if lastProof == 0 {
            plan.change = .first
            tell(.firstHeard, .info, "First heard, through \(name).")
            return plan
        }
        let state = live.table.state(update.device)
        if standing.slot != plan.slot {
            let earliest = UTCInstant(seconds: Int64(lastProof)).adding(milliseconds: 1)
            let counted = heartbeat.sinceMove.map { now.adding(seconds: -Int64($0)) } ?? now
            plan.change = .moved(from: standing.slot, at: max(min(counted, now), min(earliest, now)))
            let other = live.reference(standing.slot == .primary ? device.primary : device.backup ?? 0).name
            if plan.slot == .backup {
                tell(.moved, .notice, "Left \(other) for \(name): \(word.phrase).", word.name)
            } else {
                tell(.moved, .info, "Returned to \(name) from \(other): \(word.phrase).", word.name)
            }
        } else if heartbeat.moves > standing.moves, heartbeat.moves - standing.moves > 1, standing.moves > 0 || standing.reason != 0
        {
            plan.change = .movedAndBack
            tell(
                .moved, .info, "Moved \(heartbeat.moves - standing.moves) times and is on \(name) again: \(word.phrase).", word.name
            )
        } else if state == .silent {
            plan.change = .heardAgain(silentSince: lastProof)
        }
        if state == .silent {
            let minutes = (now.seconds > lastProof ? now.seconds - lastProof : 0) / 60
            tell(.heardAgain, .info, "Heard again, through \(name), after \(minutes) minutes.")
        }
        return plan
    }

    private static func write(_ plans: [Plan], responder: UInt8, at now: UTCInstant, _ connection: Connection) throws {
        // The statements' texts are fixed for each responder, so that they stay prepared.
        let heard = try connection.prepare(
            """
            UPDATE reach SET slot = ?, proof_at = ?, proof_primary = COALESCE(?, proof_primary), proof_backup = COALESCE(?, proof_backup),
                reason = ?, moves = ?, boots = ?, missed = ?, policy = ?, plmn = ?, technology = ?,
                highest_\(responder) = ?, window_\(responder) = ? WHERE device = ?
            """)
        for plan in plans {
            guard let heartbeat = plan.update.heartbeat else {
                try connection.execute(
                    "UPDATE reach SET highest_\(responder) = ?, window_\(responder) = ? WHERE device = ?",
                    [
                        .integer(of: plan.update.window.highest), .integer(of: plan.update.window.mask),
                        .integer(of: plan.update.device),
                    ])
                continue
            }
            heard.bind(1, plan.slot.rawValue)
            heard.bind(2, now.milliseconds)
            if plan.slot == .primary {
                heard.bind(3, now.milliseconds)
                heard.bindNull(4)
            } else {
                heard.bindNull(3)
                heard.bind(4, now.milliseconds)
            }
            heard.bind(5, heartbeat.lastMove)
            heard.bind(6, heartbeat.moves)
            heard.bind(7, heartbeat.boots)
            heard.bind(8, heartbeat.missed)
            heard.bind(9, heartbeat.policy)
            if let network = heartbeat.network { heard.bind(10, network.coded) } else { heard.bindNull(10) }
            if let technology = heartbeat.technology { heard.bind(11, technology) } else { heard.bindNull(11) }
            heard.bind(12, plan.update.window.highest)
            heard.bind(13, plan.update.window.mask)
            heard.bind(14, plan.update.device)
            try heard.run()
            try writeChange(plan, heartbeat, at: now, connection)
            try plan.progress?.write(plan.update.device, at: now, connection)
        }
    }

    private static func writeChange(_ plan: Plan, _ heartbeat: Heartbeat, at now: UTCInstant, _ connection: Connection) throws {
        let since: UTCInstant
        switch plan.change {
        case .none, .heardAgain, .movedAndBack: return
        case .first:
            since = now
            try connection.execute(
                "UPDATE reach SET first_at = ? WHERE device = ?", [.integer(now.milliseconds), .integer(of: plan.update.device)])
        case .moved(_, let moment):
            since = moment
            try connection.execute(
                "UPDATE reach SET moved_at = ? WHERE device = ?", [.integer(moment.milliseconds), .integer(of: plan.update.device)])
            try connection.execute(
                "UPDATE carrier_span SET until = ? WHERE device = ? AND until IS NULL",
                [.integer(moment.milliseconds), .integer(of: plan.update.device)])
        }
        try connection.execute(
            """
            INSERT INTO carrier_span (device, since, until, slot, operator, reason, moves) VALUES (?, ?, NULL, ?, ?, ?, ?)
            ON CONFLICT (device, since) DO UPDATE SET
                until = NULL, slot = excluded.slot, operator = excluded.operator, reason = excluded.reason, moves = excluded.moves
            """,
            [
                .integer(of: plan.update.device), .integer(since.milliseconds), .integer(of: plan.slot.rawValue),
                .integer(of: plan.operatorID), .integer(of: heartbeat.lastMove), .integer(of: heartbeat.moves),
            ])
    }

    /// The names of the devices that events are about.
    static func deviceNames(of events: [Event], _ connection: Connection) throws -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        for event in events {
            guard let device = event.device, names[device] == nil else { continue }
            names[device] = try connection.first("SELECT name FROM device WHERE id = ?", [.integer(of: device)]) { $0.text(0) }
        }
        return names
    }

    /// Tells the subscribers of events that are durable.
    func publish(_ events: [Event], from first: Int64, names: [UInt32: String]) {
        guard !events.isEmpty, feed.hasSubscribers else { return }
        let operators = live.withLock { $0.operators }
        for (index, event) in events.enumerated() {
            let device = event.device.flatMap { names[$0] }
            feed.send(
                .event(
                    EventRecord(
                        id: first + Int64(index), at: event.at, kind: event.kind, severity: event.severity, device: device,
                        operator: event.operator.map { Int($0) < operators.count ? operators[Int($0)] : operators[0] },
                        outage: event.outage, text: event.text, detail: event.detail)))
            if let device { feed.send(.device(device)) }
            if let outage = event.outage { feed.send(.outage(outage)) }
        }
    }
}

extension Live {
    /// A committed plan becomes what is live; gives what the card is to be told.
    fileprivate mutating func apply(_ plan: Plan, at now: UTCInstant) -> Answer {
        let device = plan.update.device
        var answer = Answer(time: UInt64(max(0, now.milliseconds / 1_000)), wantedPolicy: wantedPolicy(of: device))
        if let progress = plan.progress { apply(progress, of: device) }
        add(to: &answer, wishesFor: device, at: now)
        if let heartbeat = plan.update.heartbeat {
            series.count(plan.update.places.count, of: plan.operatorID, at: now)
            if let proof = table.heard(device, slot: plan.slot, reason: heartbeat.lastMove, moves: heartbeat.moves, at: now.seconds)
            {
                detector.note(proof)
                let advice = detector.advice(for: proof)
                answer.primary = Answer.Health(rawValue: advice.health.rawValue) ?? .unknown
                answer.returnWindow = advice.returnWindow
            }
        }
        return answer
    }
}
