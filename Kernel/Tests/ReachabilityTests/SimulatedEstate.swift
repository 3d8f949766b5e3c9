import Reachability

/// An estate whose cards behave, coarsely, as the switching policy does: enough to see what the detector makes of them.
struct SimulatedEstate {
    enum Kind { case resilient, single }

    struct Card {
        var id: UInt32
        var kind: Kind
        var primary: UInt16
        var backup: UInt16
        var area: UInt16
        var interval: UInt32
        var slot: ReachabilityTable.Slot = .primary
        var reason: UInt8 = 0
        var moves: UInt32 = 0
        var hold: UInt32 = 0
        var holdUntil: UInt32 = .max
        var holdEnd: UInt32 = .max
        var isHinted = false
        var isBroken = false
        var isOff = false
        /// What it does next.
        var plan: Plan = .beacon
        var due: UInt32
    }

    enum Plan: Equatable { case beacon, leave(UInt8), trial, giveUp }

    /// What a card meets at an operator.
    enum Service { case up, dead, rejecting, dark }

    var table = ReachabilityTable()
    var detector: OutageDetector
    var cards: [Card] = []
    var random: Random
    let start: UInt32
    var now: UInt32
    /// The fault: operator, area, second since the start.
    var service: (UInt16, UInt16, UInt32) -> Service = { _, _, _ in .up }
    var respondersUp: (UInt32) -> Bool = { _ in true }
    var firstHold: UInt32 = 300
    var log: [(at: UInt32, event: OutageEvent)] = []
    var heardBySecond: [UInt32: Int] = [:]
    private var agenda: [UInt32: [Int]] = [:]

    init(seed: UInt64, parameters: OutageDetector.Parameters = .standard, start: UInt32 = 1_700_000_000) {
        detector = OutageDetector(parameters: parameters)
        random = Random(seed: seed)
        self.start = start
        now = start
    }

    var elapsed: UInt32 { now - start }
    var away: Int { cards.count { $0.slot == .backup } }
    var open: [Outage] { detector.open }

    mutating func add(
        _ count: Int, _ kind: Kind = .resilient, on primary: UInt16, backup: UInt16 = 2, area: UInt16 = 0,
        every interval: UInt32 = 30
    ) throws {
        for _ in 0..<count {
            let id = try table.add(
                .init(primary: primary, backup: kind == .resilient ? backup : nil, interval: interval, area: area))
            let due = now + 1 + random.below(interval)
            cards.append(
                Card(
                    id: id, kind: kind, primary: primary, backup: backup, area: area, interval: interval, hold: firstHold, due: due)
            )
            agenda[due, default: []].append(cards.count - 1)
        }
    }

    /// Runs until so many seconds since the start.
    mutating func run(until end: UInt32) {
        while elapsed < end { step() }
    }

    /// Runs until an event is found or the time is up.
    mutating func run(until end: UInt32, for wanted: (OutageEvent) -> Bool) -> OutageEvent? {
        while elapsed < end {
            let seen = log.count
            step()
            if let found = log[seen...].first(where: { wanted($0.event) }) { return found.event }
        }
        return nil
    }

    mutating func step() {
        now += 1
        for index in agenda.removeValue(forKey: now) ?? [] where cards[index].due == now { act(index) }
        for event in detector.tick(now, scanning: &table) { log.append((elapsed, event)) }
    }

    mutating func schedule(_ index: Int, _ plan: Plan, after seconds: UInt32) {
        cards[index].plan = plan
        cards[index].due = now + max(seconds, 1)
        agenda[cards[index].due, default: []].append(index)
    }

    private func meets(_ card: Card, _ slot: ReachabilityTable.Slot) -> Service {
        if card.isBroken && slot == .primary { return .dark }
        return service(slot == .primary ? card.primary : card.backup, card.area, elapsed)
    }

    /// Sends a beacon through the enabled profile; false when it is not answered.
    private mutating func beacon(_ index: Int) -> Bool {
        let card = cards[index]
        guard meets(card, card.slot) == .up, respondersUp(elapsed) else { return false }
        guard let proof = table.heard(card.id, slot: card.slot, reason: card.reason, moves: card.moves, at: now) else {
            return false
        }
        heardBySecond[elapsed, default: 0] += 1
        detector.note(proof)
        guard card.slot == .backup else { return true }
        let advice = detector.advice(for: proof)
        switch advice.health {
        case .unknown: break
        case .healthy where !card.isHinted:
            cards[index].isHinted = true
            cards[index].holdUntil = min(card.holdUntil, now + random.below(advice.returnWindow + 1))
        case .healthy: break
        case .failing:
            cards[index].isHinted = false
            cards[index].holdUntil = min(max(card.holdUntil, now + firstHold), card.holdEnd)
        }
        return true
    }

    private mutating func act(_ index: Int) {
        let card = cards[index]
        if card.isOff { return schedule(index, .beacon, after: card.interval) }
        switch card.plan {
        case .beacon:
            if card.slot == .backup, now >= card.holdUntil { return begin(index, trial: card.isHinted ? 7 : 6) }
            if beacon(index) {
                let next = card.interval - card.interval / 20 + random.below(card.interval / 10 + 1)
                let trialIn = cards[index].holdUntil > now ? cards[index].holdUntil - now : 1
                return schedule(index, .beacon, after: card.slot == .backup ? min(next, trialIn) : next)
            }
            if card.kind == .single { return schedule(index, .beacon, after: card.interval) }
            let reason: UInt8 =
                switch meets(card, card.slot) {
                case .rejecting: 2
                case .dark: 1
                case .up, .dead: 4
                }
            // Three misses, or the grace of registration; then the spread, and the attach to the other operator.
            schedule(index, .leave(reason), after: 14 + random.below(4) + 8)
        case .leave(let reason):
            let other = card.slot.other
            if meets(card, other) == .up, respondersUp(elapsed) {
                cards[index].slot = other
                cards[index].reason = reason
                cards[index].moves += 1
                cards[index].isHinted = false
                cards[index].holdUntil = other == .backup ? now + card.hold + random.below(card.hold / 10 + 1) : .max
                cards[index].holdEnd = other == .backup ? now + 14_400 : .max
                schedule(index, .beacon, after: 1)
            } else {
                // Neither delivers: home again, and a pause.
                cards[index].slot = .primary
                cards[index].reason = 5
                cards[index].moves += 2
                schedule(index, .beacon, after: 120 + random.below(60))
            }
        case .trial:
            if beacon(index) {
                cards[index].hold = firstHold
                return schedule(index, .beacon, after: card.interval)
            }
            schedule(index, .giveUp, after: 40)
        case .giveUp:
            cards[index].slot = .backup
            cards[index].reason = 8
            cards[index].moves += 1
            cards[index].hold = min(card.hold * 2, 14_400)
            cards[index].holdUntil = now + cards[index].hold
            cards[index].holdEnd = now + 14_400
            cards[index].isHinted = false
            schedule(index, .beacon, after: 8)
        }
    }

    private mutating func begin(_ index: Int, trial reason: UInt8) {
        cards[index].slot = .primary
        cards[index].reason = reason
        cards[index].moves += 1
        cards[index].holdUntil = .max
        schedule(index, .trial, after: 8)
    }
}

extension OutageEvent {
    var outage: Outage {
        switch self {
        case .began(let outage), .widened(let outage, _), .recovering(let outage, _), .relapsed(let outage, _),
            .ended(let outage, _, _):
            outage
        }
    }
    var began: Outage? { if case .began(let outage) = self { outage } else { nil } }
    var isEnd: Bool { if case .ended = self { true } else { false } }
    var isRelapse: Bool { if case .relapsed = self { true } else { false } }
}
