/// Where outages begin, and what operators' health follows.
extension OutageDetector {
    struct Verdict {
        var scope: Outage.Scope
        var finding: Finding
        var window: Int
        /// From the narrowest window that shows it: wider ones hold more that has nothing to do with it.
        var began: UInt32

        /// The same in a wider window, if that shows more devices.
        func joined(_ finding: Finding, _ window: Int) -> Verdict {
            finding.failing > self.finding.failing ? Verdict(scope: scope, finding: finding, window: window, began: began) : self
        }
    }

    /// The windows that reach back no further than the last time a scope was settled; nil when even the narrowest does.
    private func windows(_ scopes: Outage.Scope...) -> Int? {
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
            var finding = Finding(ledger.all, window)
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
            return Verdict(scope: .responder, finding: finding, window: window, began: table.lastHeard)
        }
        return nil
    }

    mutating func infer(_ ledger: Ledger, _ events: inout [OutageEvent]) {
        for rank in ledger.ids.indices {
            let id = ledger.ids[rank]
            let sum = ledger.operators[rank]
            let last = Cell.windows - 1
            guard places[Outage.Scope.network(id).key] == nil, sum.left(last) &+ sum.quiet[last] >= parameters.minimumCount else {
                continue
            }
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
            let parts = parts(rank, window, ledger)
            var whole = Finding()
            for part in parts { whole.add(part) }
            guard whole.fails(count: parameters.minimumCount, homed: parameters.homedShare, share: parameters.share),
                isSpread(parts), !isConfined(whole, parts)
            else { continue }
            best = best?.joined(whole, window) ?? Verdict(scope: .network(id), finding: whole, window: window, began: whole.start)
        }
        return best
    }

    /// What each area's devices tell of the operator in one window.
    private func parts(_ rank: Int, _ window: Int, _ ledger: Ledger) -> [Finding] {
        var parts: [Finding] = []
        var unverified: [(part: Int, cell: Cell)] = []
        for index in ledger.members[rank] {
            let cell = ledger.cells[index]
            let key = ledger.keys[index]
            var part = Finding()
            part.area = key.area
            part.addPresence(cell)
            if let own = windows(of: key), window <= own {
                part.addMoved(cell, window)
                if cell.quiet[window] > 0 {
                    switch ledger.silence(index, window, controlCount: parameters.controlCount) {
                    case .controlled: part.addQuiet(cell, window)
                    case .contradicted: break
                    case .unverifiable:
                        let others = ledger.heardElsewhere(rank, since: cell.quietProof[window])
                        if key.area != 0, others >= parameters.controlCount { unverified.append((parts.count, cell)) }
                    }
                }
            }
            parts.append(part)
        }
        // Silence that nobody there can vouch for counts when it is not in one place only.
        if unverified.count >= 2 { for (part, cell) in unverified { parts[part].addQuiet(cell, window) } }
        var start: UInt32 = 0
        for part in parts where part.failing > 0 { start = max(start, part.start) }
        let listen = ledger.window(window, since: start)
        for (part, index) in ledger.members[rank].enumerated() { parts[part].heard = ledger.cells[index].carried[listen] }
        return parts
    }

    /// Most of the devices that tell anything stand in areas where the operator fails.
    private func isSpread(_ parts: [Finding]) -> Bool {
        var telling: UInt64 = 0
        var failing: UInt64 = 0
        for part in parts where part.failing > 0 || part.heard > 0 {
            telling += UInt64(part.population)
            if part.isShare(parameters.share / 2) { failing += UInt64(part.population) }
        }
        return failing * 100 >= telling * UInt64(parameters.spreadShare)
    }

    /// Without its worst area, the operator does not fail.
    private func isConfined(_ whole: Finding, _ parts: [Finding]) -> Bool {
        guard let worst = parts.filter({ $0.area != 0 }).max(by: { $0.failing < $1.failing }) else { return false }
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
        let scope = Outage.Scope.area(key.operator, area: key.area)
        guard key.area != 0, places[scope.key] == nil, let widest = windows(of: key) else { return nil }
        var best: Verdict?
        for window in 0...widest where cell.left(window) &+ cell.quiet[window] >= parameters.minimumCount {
            var finding = Finding()
            finding.addPresence(cell)
            finding.addMoved(cell, window)
            let silence = ledger.silence(index, window, controlCount: parameters.controlCount)
            if silence == .controlled { finding.addQuiet(cell, window) }
            finding.heard = cell.carried[ledger.window(window, since: finding.start)]
            guard finding.fails(count: parameters.minimumCount, homed: parameters.homedShare, share: parameters.areaShare) else {
                continue
            }
            let sum = ledger.operators[Int(key.rank)]
            guard ledger.heard(sum, since: finding.start) &- ledger.heard(cell, since: finding.start) >= parameters.controlCount
            else {
                continue
            }
            best = best?.joined(finding, window) ?? Verdict(scope: scope, finding: finding, window: window, began: finding.start)
        }
        return best
    }

    /// The operator refuses some cards, in more than one area, and goes on carrying others.
    private func subscriptions(_ rank: Int, _ ledger: Ledger) -> Verdict? {
        let id = ledger.ids[rank]
        let scope = Outage.Scope.subscriptions(id)
        guard places[scope.key] == nil, let widest = windows(.network(id), scope) else { return nil }
        let sum = ledger.operators[rank]
        for window in (0...widest).reversed() {
            var refused = UInt32(0)
            var worst = UInt32(0)
            var left = UInt32(0)
            for index in ledger.members[rank] {
                let key = ledger.keys[index]
                guard places[Outage.Scope.area(id, area: key.area).key] == nil, let own = windows(of: key), window <= own else {
                    continue
                }
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
            var finding = Finding(sum, window)
            finding.moved = refused
            finding.quiet = 0
            return Verdict(scope: scope, finding: finding, window: window, began: finding.start)
        }
        return nil
    }

    /// All that stands in one place fell silent, whatever carried it, while others are heard elsewhere.
    private func place(_ area: UInt16, _ ledger: Ledger) -> Verdict? {
        let scope = Outage.Scope.place(area)
        guard places[scope.key] == nil, let entry = ledger.areas[area], let widest = windows(scope) else { return nil }
        let sum = entry.sum
        for window in 0...widest where sum.quiet[window] >= parameters.minimumCount {
            let finding = Finding(sum, window)
            let start = sum.quietProof[window]
            guard finding.moved == 0, finding.isShare(parameters.placeShare), ledger.heard(sum, since: start) == 0,
                ledger.heard(ledger.all, since: start) >= parameters.controlCount
            else { continue }
            let isElsewhere = entry.members.allSatisfy { index in
                let cell = ledger.cells[index]
                let whole = ledger.operators[Int(ledger.keys[index].rank)]
                guard cell.quiet[window] > 0 else { return true }
                // An operator that already fails explains its devices' silence.
                guard places[Outage.Scope.network(ledger.keys[index].operator).key] == nil else { return false }
                return Ledger.population(whole) &- Ledger.population(cell) < parameters.minimumCount
                    || ledger.heard(whole, since: start) >= parameters.controlCount
            }
            guard isElsewhere else { continue }
            return Verdict(scope: scope, finding: finding, window: window, began: finding.start)
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
            let sum = ledger.operators[rank]
            away[id] = sum.away
            guard let widest = windows(.network(id), .subscriptions(id)) else { continue }
            let last = Cell.windows - 1
            var whole: [Finding] = Array(repeating: Finding(), count: last + 1)
            for index in ledger.members[rank] {
                let cell = ledger.cells[index]
                let key = ledger.keys[index]
                guard cell.left(last) &+ cell.quiet[last] > 0, !isOpen(key), let own = windows(of: key) else { continue }
                for window in 0...min(own, widest) {
                    whole[window].moved &+= cell.left(window)
                    whole[window].quiet &+= cell.quiet[window]
                    guard key.area != 0, cell.left(window) &+ cell.quiet[window] > 0 else { continue }
                    if Finding(cell, window).isShare(parameters.suspicionShare &+ 1) {
                        suspects.insert(CellIndex.key(id, key.area))
                    }
                }
            }
            var isDoubtful = false
            for window in 0...widest {
                whole[window].heard = sum.carried[window]
                if whole[window].isShare(parameters.suspicionShare &+ 1) { isDoubtful = true }
            }
            if !isDoubtful, sum.carried[min(widest, 9)] >= parameters.healthyCount { healths[id] = .healthy }
        }
    }

    /// An outage of this area is open, so that its failures say nothing about the rest.
    private func isOpen(_ key: CellIndex.Key) -> Bool {
        key.area != 0
            && (places[Outage.Scope.area(key.operator, area: key.area).key] != nil
                || places[Outage.Scope.place(key.area).key] != nil)
    }
}
