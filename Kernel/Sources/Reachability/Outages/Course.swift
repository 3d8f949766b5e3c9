/// From the beginning of an outage to its end.
extension OutageDetector {
    /// Opens the case, or widens one that turns out to be part of it.
    mutating func begin(_ verdict: Verdict, _ ledger: Ledger, _ events: inout [OutageEvent]) {
        let affected = Outage.Affected(moved: verdict.finding.moved, silent: verdict.finding.quiet)
        let total = OutageDetector.total(verdict.scope, ledger)
        let began = verdict.began == 0 ? now : verdict.began
        let parts = parts(of: verdict.scope, ledger)
        if let first = parts.first {
            let from = cases[first].outage.scope
            let id = cases[first].outage.id
            cases[first].outage.scope = verdict.scope
            cases[first].outage.began = min(began, cases[first].outage.began)
            cases[first].outage.affected = affected
            cases[first].outage.peak = Outage.Affected(
                moved: max(affected.moved, cases[first].outage.peak.moved),
                silent: max(affected.silent, cases[first].outage.peak.silent))
            cases[first].outage.population = verdict.finding.population
            cases[first].outage.background = total - affected
            cases[first].outage.reason = reason(verdict, ledger)
            cases[first].recovery.restart()
            cases[first].recovery.lastFailure = now
            events.append(.widened(cases[first].outage, from: from))
            for place in parts.dropFirst().reversed() { events.append(end(place, at: now, .merged(into: id))) }
            index()
            return
        }
        let key = verdict.scope.key
        var hold = parameters.recoveryHold
        if let last = history[key], now - min(last.ended, now) < parameters.flapMemory {
            hold = grown(last.hold)
        }
        let outage = Outage(
            id: nextID, scope: verdict.scope, began: began, detected: now, affected: affected, peak: affected,
            population: verdict.finding.population, reason: reason(verdict, ledger), background: total - affected)
        nextID += 1
        cases.append(Case(outage: outage, recovery: Recovery(hold: hold, lastFailure: now)))
        index()
        events.append(.began(outage))
    }

    /// Open cases that a scope takes in, the oldest first.
    private func parts(of scope: Outage.Scope, _ ledger: Ledger) -> [Int] {
        guard case .network(let id) = scope else { return [] }
        return cases.indices.filter { place in
            switch cases[place].outage.scope {
            case .area(let other, _), .subscriptions(let other): return other == id
            case .place(let area):
                return ledger.areas[area]?.members.allSatisfy { ledger.keys[$0].operator == id } ?? false
            case .network, .responder: return false
            }
        }
    }

    private func reason(_ verdict: Verdict, _ ledger: Ledger) -> UInt8 {
        guard verdict.finding.moved > 0, verdict.finding.moved >= verdict.finding.quiet else { return 0 }
        let cell = OutageDetector.sum(verdict.scope, ledger)
        var most = 0
        for index in 1..<5 where cell.moved[index][verdict.window] > cell.moved[most][verdict.window] { most = index }
        return Blame.reasons[most]
    }

    private static func sum(_ scope: Outage.Scope, _ ledger: Ledger) -> Cell {
        switch scope {
        case .network(let id), .subscriptions(let id):
            return ledger.ids.firstIndex(of: id).map { ledger.operators[$0] } ?? Cell()
        case .area(let id, let area):
            return ledger.keys.firstIndex { $0.operator == id && $0.area == area }.map { ledger.cells[$0] } ?? Cell()
        case .place(let area): return ledger.areas[area]?.sum ?? Cell()
        case .responder: return ledger.all
        }
    }

    /// All that fail in a scope now, whenever they began to.
    private static func total(_ scope: Outage.Scope, _ ledger: Ledger) -> Outage.Affected {
        let cell = sum(scope, ledger)
        switch scope {
        case .network, .area: return Outage.Affected(moved: cell.left(Cell.windows), silent: cell.quiet[Cell.windows])
        case .subscriptions:
            // Their trials fail in turn, and then they say so.
            return Outage.Affected(moved: cell.moved[1][Cell.windows] &+ cell.moved[4][Cell.windows], silent: 0)
        case .place, .responder: return Outage.Affected(moved: 0, silent: cell.quiet[Cell.windows])
        }
    }

    private func grown(_ hold: UInt32) -> UInt32 {
        min(hold.multipliedReportingOverflow(by: 2).partialValue, max(parameters.recoveryHoldLimit, parameters.recoveryHold))
    }

    /// Ends the case and settles its scope: nothing before `at` is evidence for another one.
    mutating func end(_ place: Int, at: UInt32, _ ending: Outage.Ending) -> OutageEvent {
        let ended = cases.remove(at: place)
        let key = ended.outage.scope.key
        switch ending {
        case .merged: break
        case .recovered, .faded, .heardAgain, .closed:
            settled[key] = max(settled[key] ?? 0, at)
            history[key] = (ended.recovery.hold, now)
        }
        index()
        return .ended(ended.outage, at: at, ending)
    }

    /// Brings the open cases up to date, and ends those that are over.
    mutating func follow(_ ledger: Ledger, _ table: inout ReachabilityTable, _ events: inout [OutageEvent]) {
        var place = 0
        while place < cases.count {
            let outage = cases[place].outage
            let affected = OutageDetector.total(outage.scope, ledger) - outage.background
            cases[place].outage.affected = affected
            if affected.total > cases[place].outage.peak.total { cases[place].outage.peak = affected }
            let event: OutageEvent?
            switch outage.scope {
            case .responder:
                event = cases[place].recovery.since == 0 ? nil : end(place, at: cases[place].recovery.since, .heardAgain)
                if event != nil {
                    table.resumed(at: now, deafSince: outage.began)
                    resume(at: now)
                }
            case .place:
                let enough = cases[place].recovery.returned.count >= max(Int(parameters.controlCount), 1)
                event = enough ? end(place, at: cases[place].recovery.since, .heardAgain) : nil
            case .network, .area, .subscriptions:
                event = progress(place, ledger)
            }
            if let event { events.append(event) }
            if case .ended = event { continue }
            place += 1
        }
    }

    private mutating func progress(_ place: Int, _ ledger: Ledger) -> OutageEvent? {
        let recovery = cases[place].recovery
        let tried = recovery.returned.count + recovery.lost.count
        let outage = cases[place].outage
        if recovery.since != 0, !recovery.lost.isEmpty,
            recovery.returned.isEmpty
                || recovery.lost.count >= 2 && recovery.lost.count * 100 > tried * Int(parameters.relapseShare)
        {
            cases[place].recovery.restart()
            cases[place].recovery.hold = grown(recovery.hold)
            // A single one that came and went is not worth a word.
            return tried > 1 ? .relapsed(outage, hold: cases[place].recovery.hold) : nil
        }
        let isBack = recovery.since != 0 && recovery.returned.count >= max(parameters.recoveryCount, 1)
        if isBack, UInt64(recovery.lastProof) >= UInt64(recovery.since) + UInt64(recovery.hold) {
            return end(place, at: recovery.since, .recovered)
        }
        if hasFaded(place, ledger) { return end(place, at: now, .faded) }
        if isBack, !recovery.told {
            cases[place].recovery.told = true
            return .recovering(outage, canaries: recovery.returned.count)
        }
        return nil
    }

    /// Too little fails for an outage, and nothing new came for as long as a recovery must hold.
    private func hasFaded(_ place: Int, _ ledger: Ledger) -> Bool {
        let outage = cases[place].outage
        let quietFor = now - min(max(cases[place].recovery.lastFailure, outage.detected), now)
        let recovery = cases[place].recovery
        guard quietFor >= recovery.hold else { return false }
        // Who is back decides first.
        if recovery.since != 0, now - min(recovery.since, now) < UInt32(clamping: UInt64(recovery.hold) * 2) { return false }
        if outage.affected.total < parameters.minimumCount { return true }
        if case .subscriptions = outage.scope { return false }
        guard let window = Cell.widest(within: quietFor) else { return false }
        let heard = OutageDetector.sum(outage.scope, ledger).carried[window]
        var finding = Finding()
        finding.moved = outage.affected.moved
        finding.quiet = outage.affected.silent
        finding.heard = heard
        return !finding.isShare(parameters.fadeShare)
    }
}
