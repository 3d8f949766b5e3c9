/// Where outages begin, and what operators' health follows.
extension OutageDetector {
    struct Verdict {
        var scope: Scope
        var finding: Finding
        var window: Int
    }

    /// The windows that reach back no further than the last time a scope was settled; nil when even the narrowest does.
    private func windows(_ scopes: Scope...) -> Int? {
        var since = resumedAt
        for scope in scopes { since = max(since, settled[scope.key] ?? 0) }
        return Cell.widest(within: now - min(since, now))
    }

    private func windows(of key: CellIndex.Key) -> Int? {
        key.area == 0
            ? windows(.network(key.operator), .subscriptions(key.operator))
            : windows(.network(key.operator), .subscriptions(key.operator), .area(key.operator, area: key.area), .place(key.area))
    }

    /// Nobody at all is heard, though many owe a beacon.
    func ownFault(_ ledger: Ledger, _ table: borrowing ReachabilityTable) -> Verdict? {
        guard let widest = windows(.responder), table.lastHeard != 0 else { return nil }
        let deaf = now - min(max(table.lastHeard, resumedAt), now)
        let owed = table.pace / 1_000_000 * UInt64(deaf) + table.pace % 1_000_000 * UInt64(deaf) / 1_000_000
        for window in 0...widest {
            var finding = Finding()
            finding.add(ledger.all, window, quiet: true)
            guard finding.quiet >= parameters.minimumCount, finding.isShare(50) else { continue }
            // The later half of the time in which these devices were missed must be deaf.
            guard UInt64(deaf) * 2 >= UInt64(now - min(finding.start, now)) else { continue }
            let rest = ledger.all.carried[Cell.windows]
            guard owed >= parameters.owedBeacons || UInt64(rest) * 10 <= UInt64(finding.quiet) else { continue }
            // One silent place says nothing about us while the others owe little.
            let concerned = ledger.areas.values.filter { $0.sum.quiet[window] > 0 }
            if concerned.count == 1, let one = concerned.first?.sum, one.quiet[window] == finding.quiet,
                Ledger.population(ledger.all) &- Ledger.population(one) >= parameters.minimumCount
            {
                continue
            }
            finding.moved = 0
            return Verdict(scope: .responder, finding: finding, window: window)
        }
        return nil
    }

    mutating func infer(_ ledger: Ledger, _ events: inout [OutageEvent]) {
        for rank in ledger.ids.indices {
            let id = ledger.ids[rank]
            let sum = ledger.operators[rank]
            let last = Cell.windows - 1
            guard places[Scope.network(id).key] == nil, sum.left(last) &+ sum.quiet[last] >= parameters.minimumCount else { continue }
            if let verdict = network(rank, ledger) {
                begin(verdict, ledger, &events)
                continue
            }
            for index in ledger.members[rank] {
                if let verdict = area(index, ledger) { begin(verdict, ledger, &events) }
            }
            if let verdict = subscriptions(rank, ledger) { begin(verdict, ledger, &events) }
        }
        for area in ledger.areas.keys.sorted() {
            if let verdict = place(area, ledger) { begin(verdict, ledger, &events) }
        }
    }

    /// The operator fails, and not in one area only.
    private func network(_ rank: Int, _ ledger: Ledger) -> Verdict? {
        let id = ledger.ids[rank]
        guard let widest = windows(.network(id)) else { return nil }
        var best: Verdict?
        for window in 0...widest {
            var whole = Finding()
            var spread = Finding()
            var spreadAreas = 0
            var worst = Finding()
            for index in ledger.members[rank] {
                let cell = ledger.cells[index]
                let key = ledger.keys[index]
                guard let own = windows(of: key), window <= own else {
                    whole.addPresence(cell, window)
                    continue
                }
                var one = Finding()
                let silence = cell.quiet[window] == 0 ? .controlled : ledger.silence(index, window, controlCount: parameters.controlCount)
                one.add(cell, window, quiet: silence == .controlled)
                whole.add(cell, window, quiet: silence == .controlled)
                if silence == .unverifiable, key.area != 0, ledger.heardElsewhere(rank, since: cell.quietProof[window]) >= parameters.controlCount {
                    spreadAreas += 1
                    spread.quiet &+= cell.quiet[window]
                    spread.start = max(spread.start, cell.quietProof[window])
                    one.quiet = cell.quiet[window]
                }
                if key.area != 0, one.failing > worst.failing { worst = one }
            }
            // Silence that nobody can vouch for counts when it is not in one place only.
            if spreadAreas >= 2 {
                whole.quiet &+= spread.quiet
                whole.start = max(whole.start, spread.start)
            }
            guard whole.fails(count: parameters.minimumCount, homed: parameters.homedShare, share: parameters.share) else { continue }
            guard !isConfined(whole, to: worst) else { continue }
            if best.map({ $0.finding.failing < whole.failing }) ?? true {
                best = Verdict(scope: .network(id), finding: whole, window: window)
            }
        }
        return best
    }

    /// Without its worst area, the operator does not fail.
    private func isConfined(_ whole: Finding, to worst: Finding) -> Bool {
        var rest = whole
        rest.moved -= min(rest.moved, worst.moved)
        rest.quiet -= min(rest.quiet, worst.quiet)
        rest.heard -= min(rest.heard, worst.heard)
        rest.movable -= min(rest.movable, worst.movable)
        rest.population -= min(rest.population, worst.population)
        // The worst area is all we have of this operator: there is no telling, and all its cards are concerned.
        if rest.population < parameters.minimumCount { return false }
        let count = rest.population < 2 * parameters.minimumCount ? 1 : max(parameters.minimumCount, 2) - 1
        return !rest.fails(count: count, homed: parameters.homedShare, share: parameters.share / 2)
    }

    /// The operator fails in one area, and delivers elsewhere.
    private func area(_ index: Int, _ ledger: Ledger) -> Verdict? {
        let key = ledger.keys[index]
        let cell = ledger.cells[index]
        let scope = Scope.area(key.operator, area: key.area)
        guard key.area != 0, places[scope.key] == nil, let widest = windows(of: key) else { return nil }
        var best: Verdict?
        for window in 0...widest where cell.left(window) &+ cell.quiet[window] >= parameters.minimumCount {
            var finding = Finding()
            let silence = ledger.silence(index, window, controlCount: parameters.controlCount)
            finding.add(cell, window, quiet: silence == .controlled)
            guard finding.fails(count: parameters.minimumCount, homed: parameters.homedShare, share: parameters.areaShare) else { continue }
            let sum = ledger.operators[Int(key.rank)]
            guard ledger.heard(sum, since: finding.start) &- ledger.heard(cell, since: finding.start) >= parameters.controlCount else {
                continue
            }
            if best.map({ $0.finding.failing < finding.failing }) ?? true {
                best = Verdict(scope: scope, finding: finding, window: window)
            }
        }
        return best
    }

    /// The operator refuses some cards, in more than one area, and goes on carrying others.
    private func subscriptions(_ rank: Int, _ ledger: Ledger) -> Verdict? {
        let id = ledger.ids[rank]
        let scope = Scope.subscriptions(id)
        guard places[scope.key] == nil, let widest = windows(.network(id), scope) else { return nil }
        let sum = ledger.operators[rank]
        for window in (0...widest).reversed() {
            var refused = UInt32(0)
            var worst = UInt32(0)
            var left = UInt32(0)
            for index in ledger.members[rank] {
                let key = ledger.keys[index]
                guard places[Scope.area(id, area: key.area).key] == nil, let own = windows(of: key), window <= own else { continue }
                let count = ledger.cells[index].moved[1][window]
                refused &+= count
                left &+= ledger.cells[index].left(window)
                if key.area != 0 { worst = max(worst, count) }
            }
            let movable = UInt64(sum.movable) + UInt64(sum.left(Cell.windows - 1))
            guard refused >= parameters.minimumCount, UInt64(refused) * 1000 >= movable * UInt64(parameters.subscriptionPermille),
                UInt64(refused) * 100 >= UInt64(left) * 80, UInt64(worst) * 100 <= UInt64(refused) * 80
            else { continue }
            let start = sum.movedProof[window]
            guard ledger.heard(sum, since: start) >= max(refused, parameters.controlCount) else { continue }
            let finding = Finding(
                moved: refused, quiet: 0, heard: sum.carried[window], movable: sum.movable, population: Ledger.population(sum), start: start)
            return Verdict(scope: scope, finding: finding, window: window)
        }
        return nil
    }

    /// All that stands in one place fell silent, whatever carried it, while others are heard elsewhere.
    private func place(_ area: UInt16, _ ledger: Ledger) -> Verdict? {
        let scope = Scope.place(area)
        guard places[scope.key] == nil, let entry = ledger.areas[area], let widest = windows(scope) else { return nil }
        let sum = entry.sum
        for window in 0...widest where sum.quiet[window] >= parameters.minimumCount {
            var finding = Finding()
            finding.add(sum, window, quiet: true)
            let start = sum.quietProof[window]
            guard finding.moved == 0, finding.isShare(parameters.placeShare), ledger.heard(sum, since: start) == 0,
                ledger.heard(ledger.all, since: start) >= parameters.controlCount
            else { continue }
            let isElsewhere = entry.members.allSatisfy { index in
                let cell = ledger.cells[index]
                let whole = ledger.operators[Int(ledger.keys[index].rank)]
                guard cell.quiet[window] > 0 else { return true }
                // An operator that already fails explains its devices' silence.
                guard places[Scope.network(ledger.keys[index].operator).key] == nil else { return false }
                return Ledger.population(whole) &- Ledger.population(cell) < parameters.minimumCount
                    || ledger.heard(whole, since: start) >= parameters.controlCount
            }
            guard isElsewhere else { continue }
            return Verdict(scope: scope, finding: finding, window: window)
        }
        return nil
    }

    /// Health of every operator, and the areas in doubt.
    mutating func appraise(_ ledger: Ledger) {
        healths = [:]
        suspects = []
        away = [:]
        for rank in ledger.ids.indices {
            let id = ledger.ids[rank]
            away[id] = ledger.operators[rank].away
            guard let widest = windows(.network(id), .subscriptions(id)) else { continue }
            var doubtful = false
            for window in 0...widest {
                var whole = Finding()
                for index in ledger.members[rank] {
                    let key = ledger.keys[index]
                    let cell = ledger.cells[index]
                    let isOpen = key.area != 0 && places[Scope.area(id, area: key.area).key] != nil
                    guard !isOpen, let own = windows(of: key), window <= own else {
                        whole.heard &+= cell.carried[window]
                        continue
                    }
                    whole.moved &+= cell.left(window)
                    whole.quiet &+= cell.quiet[window]
                    whole.heard &+= cell.carried[window]
                    guard key.area != 0, cell.left(window) &+ cell.quiet[window] > 0 else { continue }
                    var one = Finding()
                    one.add(cell, window, quiet: true)
                    if one.isShare(parameters.suspicionShare + 1) { suspects.insert(CellIndex.key(id, key.area)) }
                }
                if whole.isShare(parameters.suspicionShare + 1) { doubtful = true }
            }
            let recent = ledger.operators[rank].carried[min(widest, 9)]
            if !doubtful, recent >= parameters.healthyCount { healths[id] = .healthy }
        }
    }
}

extension Ledger {
    /// Devices heard through other operators in the later half of the time since `start`.
    func heardElsewhere(_ rank: Int, since start: UInt32) -> UInt32 {
        heard(all, since: start) &- heard(operators[rank], since: start)
    }
}
