/// Infers outages, of an operator, of an operator in one area, of a place, and of our own responders, from what many devices do.
///
/// Two kinds of evidence count. A card that left an operator and says why brings its own proof that the fault is not ours and not
/// its own power: it is heard through the other operator. A device that fell silent proves nothing by itself: its silence counts
/// only where others are heard, and as one matter of that place where nobody is. What an operator carries meanwhile speaks for it.
/// "Since when" is asked for eleven windows from 8 s to over two hours, so that it does not matter how often devices speak.
public struct OutageDetector: Sendable {
    /// How an operator fares. Raw values as in the beacon's answer.
    public enum Health: UInt8, Equatable, Sendable {
        case unknown = 0
        case healthy = 1
        case failing = 2
    }

    /// What to tell a card about its primary.
    public struct Advice: Equatable, Sendable {
        public var health: Health
        /// Seconds over which returns are spread.
        public var returnWindow: UInt32
    }

    struct Case: Sendable {
        var outage: Outage
        var recovery: Recovery
    }

    public let parameters: Parameters
    var cases: [Case] = []
    /// Place in ``cases`` by ``Outage/Scope/key``.
    var places: [UInt32: Int] = [:]
    var nextID: Int64
    /// Nothing before this second is evidence: of anyone, or of a scope by its key.
    var resumedAt: UInt32 = 0
    var settled: [UInt32: UInt32] = [:]
    /// The hold that the last outage of a scope ended with, and when.
    var history: [UInt32: (hold: UInt32, ended: UInt32)] = [:]
    /// By operator; what is absent is unknown.
    var healths: [UInt16: Health] = [:]
    /// Keys of areas in which an operator that is otherwise healthy may be failing.
    var suspects: Set<UInt32> = []
    var away: [UInt16: UInt32] = [:]
    var now: UInt32 = 0

    /// `open` are the outages that were open when we stopped, and `nextID` is the first id that no outage has had.
    public init(parameters: Parameters = .standard, open: [Outage] = [], nextID: Int64 = 1) {
        self.parameters = parameters
        self.nextID = max(nextID, (open.map(\.id).max() ?? 0) + 1)
        cases = open.map { Case(outage: $0, recovery: Recovery(hold: parameters.recoveryHold, lastFailure: $0.detected)) }
        index()
    }

    /// The outages that are open.
    public var open: [Outage] { cases.map(\.outage) }

    mutating func index() {
        places = [:]
        for (place, entry) in cases.enumerated() { places[entry.outage.scope.key] = place }
    }
}

// MARK: Evidence

extension OutageDetector {
    /// Takes in what a beacon proved. Constant time.
    public mutating func note(_ proof: ReachabilityTable.Proof) {
        guard !cases.isEmpty else { return }
        let open = blaming(proof.operator, proof.area)
        for index in open.indices {
            guard let place = open[index], proof.at > cases[place].outage.detected else { continue }
            // Who was carried on since the outage was seen, and missed a few, is none of those that it affects.
            let isAffected = proof.previousState == .silent || proof.previousProof <= cases[place].outage.detected
            if proof.hasMoved || proof.isHeardAgain && isAffected {
                cases[place].recovery.returned(proof.device, proof.at)
            } else {
                cases[place].recovery.stayed(proof.device, proof.at)
            }
        }
        let dark: [2 of UInt32] = [Outage.Scope.place(proof.area).key, Outage.Scope.responder.key]
        for index in dark.indices {
            let key = dark[index]
            guard let place = places[key], proof.at > cases[place].outage.detected else { continue }
            cases[place].recovery.returned(proof.device, proof.at)
        }
        guard let blamed = proof.blamed else { return }
        let left = blaming(blamed, proof.area)
        for index in left.indices {
            guard let place = left[index] else { continue }
            cases[place].recovery.lastFailure = max(cases[place].recovery.lastFailure, proof.at)
            // Who left before the first came back says nothing about now, however late it says so.
            if proof.reason == Blame.trialFailed || proof.blamedProof >= cases[place].recovery.since {
                cases[place].recovery.lost(proof.device)
            }
        }
    }

    /// Takes in that a device fell late or silent.
    mutating func note(_ change: ReachabilityTable.Change, _ now: UInt32) {
        guard !cases.isEmpty else { return }
        let open = blaming(change.operator, change.area)
        for index in open.indices {
            guard let place = open[index] else { continue }
            cases[place].recovery.lastFailure = max(cases[place].recovery.lastFailure, now)
            if change.lastProof >= cases[place].recovery.since { cases[place].recovery.lost(change.device) }
        }
    }

    /// Every second: scans the table, tells `body` who fell late or silent, and returns what follows from all that is known.
    ///
    /// When our own outage ends this restarts the table's clocks of silence, as ``ReachabilityTable/resumed(at:deafSince:)`` does; after a
    /// call of that, nothing from before is evidence here either. `body` must not touch the table.
    public mutating func tick(
        _ now: UInt32, scanning table: inout ReachabilityTable, _ body: (ReachabilityTable.Change) -> Void = { _ in }
    ) -> [OutageEvent] {
        self.now = now
        if table.resumedAt > resumedAt { resume(at: table.resumedAt) }
        table.scan(now) { change in
            note(change, now)
            body(change)
        }
        let ledger = Ledger(table, now)
        var events: [OutageEvent] = []
        follow(ledger, &table, &events)
        if places[Outage.Scope.responder.key] == nil {
            if let own = ownFault(ledger, table) {
                begin(own, ledger, &events)
            } else {
                infer(ledger, &events)
            }
        }
        appraise(ledger)
        return events
    }

    /// Ends an outage by decision; nil when no open outage has this id. What came before is no evidence for another.
    public mutating func close(_ id: Int64, at: UInt32) -> OutageEvent? {
        guard let place = cases.firstIndex(where: { $0.outage.id == id }) else { return nil }
        return end(place, at: at, .closed)
    }

    /// Nothing from before `at` is evidence any more.
    mutating func resume(at: UInt32) {
        resumedAt = at
        for place in cases.indices {
            cases[place].recovery.restart()
            cases[place].recovery.lastFailure = max(cases[place].recovery.lastFailure, at)
        }
    }

    /// Places of the open cases that blame an operator and hold a device of this area.
    private func blaming(_ operator: UInt16, _ area: UInt16) -> [3 of Int?] {
        [
            places[Outage.Scope.network(`operator`).key],
            area == 0 ? nil : places[Outage.Scope.area(`operator`, area: area).key],
            places[Outage.Scope.subscriptions(`operator`).key],
        ]
    }
}

// MARK: Answers

extension OutageDetector {
    /// How an operator fares, for devices of an area: while an outage is confined to one area, only there is it failing.
    public func health(of operator: UInt16, area: UInt16 = 0) -> Health {
        if places[Outage.Scope.network(`operator`).key] != nil { return .failing }
        if area != 0, places[Outage.Scope.area(`operator`, area: area).key] != nil { return .failing }
        if places[Outage.Scope.responder.key] != nil || places[Outage.Scope.subscriptions(`operator`).key] != nil {
            return .unknown
        }
        if area != 0, suspects.contains(CellIndex.key(`operator`, area)) { return .unknown }
        return healths[`operator`] ?? .unknown
    }

    /// Seconds over which the devices that are away from an operator should return to it.
    public func returnWindow(of operator: UInt16) -> UInt32 {
        let cap = UInt64(max(parameters.registrationsPerSecond, 1))
        let seconds = (UInt64(away[`operator`] ?? 0) + cap - 1) / cap
        return UInt32(clamping: min(max(seconds, UInt64(parameters.shortestReturn)), UInt64(parameters.longestReturn)))
    }

    /// What to tell the card that sent a beacon.
    ///
    /// During an outage a few cards are told nothing in place of "failing", so that they go on trying by their own schedule:
    /// without them nobody would learn of the recovery. They are chosen by their number, and anew from time to time.
    public func advice(for proof: ReachabilityTable.Proof) -> Advice {
        var health = health(of: proof.home, area: proof.area)
        if health == .failing, isCanary(proof) { health = .unknown }
        return Advice(health: health, returnWindow: returnWindow(of: proof.home))
    }

    private func isCanary(_ proof: ReachabilityTable.Proof) -> Bool {
        let share = UInt64(parameters.canaryShare) << 32 / 100
        let count = UInt64(parameters.canaryCount) << 32 / UInt64(max(away[proof.home] ?? 0, 1))
        let turn = UInt64(proof.at / max(parameters.canaryTurn, 1))
        var mixed = UInt64(proof.device) &+ turn &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ mixed >> 31) >> 32 < max(share, count)
    }
}
