import Resilience
import Wire

/// Watches a world and takes down what figures and snapshots are made of.
final class Recorder: World.Onlooker {
    /// When and whom a fault strikes.
    struct Strike: Equatable {
        var carrier: Int?
        var area: Area?
        var at: Moment
        /// Nil while it lasts, and for one without end.
        var end: Moment?
    }

    private struct Track {
        let group: Group
        let area: Area
        let home: Int
        var identity: IMSI?
        /// At the strike: whether the card was at home, and whether the fault took its operator away.
        var wasAtHome = false
        var isStruck = false
        var switches = 0
        var decided: Moment?
        var answeredElsewhere: Moment?
        var answeredHome: Moment?
        var isBroken = false
        var carrier: Int?
        var darkSince: Moment? = .start
        var dark = Duration.zero
    }

    private unowned let world: World
    private let estate: LabEstate
    private let responding: (any Responding)?
    private var tracks: [Track]
    private(set) var strike: Strike?
    private(set) var lines: [LiveSnapshot.Line] = []
    private var lowestReach: [Group: Double] = [:]
    private var returnRates: [RateCounter]
    private var leaving: [Group: Int] = [:]
    private var coming: [Group: Int] = [:]

    init(_ world: World, _ estate: LabEstate, _ responding: (any Responding)?) {
        self.world = world
        self.estate = estate
        self.responding = responding
        tracks = estate.members.map { Track(group: $0.group, area: $0.area, home: $0.primary.carrier) }
        returnRates = Array(repeating: RateCounter(), count: estate.operators.count)
    }

    // MARK: Watching

    func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment) {
        let index = terminal.rawValue
        switch observation {
        case .booted(_, let imsi):
            if let former = tracks[index].identity, former != imsi {
                tracks[index].switches += 1
                // A card may be on the other profile without a REFRESH that anybody saw: power failed after its decision was written.
                if former == estate.members[index].primary.imsi { decided(index, now) }
            }
            tracks[index].identity = imsi
            tracks[index].isBroken = false
        case .cardFailed:
            tracks[index].isBroken = true
        case .refreshAsked:
            if isAtHome(index) { decided(index, now) }
        case .attachRequested(let carrier):
            if let end = strike?.end, now >= end { returnRates[carrier].add(1, at: now) }
        case .delivered(let carrier):
            answered(index, through: carrier, now)
        default:
            break
        }
    }

    private func decided(_ index: Int, _ now: Moment) {
        if let strike, now >= strike.at, tracks[index].decided == nil, tracks[index].isStruck { tracks[index].decided = now }
    }

    private func isAtHome(_ index: Int) -> Bool { tracks[index].identity == estate.members[index].primary.imsi }

    /// Whether every card is at home, and its operator carries it.
    var isAtRest: Bool { tracks.indices.allSatisfy { isAtHome($0) && tracks[$0].carrier == tracks[$0].home } }

    private func answered(_ index: Int, through carrier: Int, _ now: Moment) {
        guard let strike, now >= strike.at else { return }
        if carrier != tracks[index].home {
            if tracks[index].decided != nil, tracks[index].answeredElsewhere == nil {
                tracks[index].answeredElsewhere = now
                leaving[tracks[index].group, default: 0] += 1
            }
        } else if let end = strike.end, now >= end, tracks[index].answeredElsewhere != nil, tracks[index].answeredHome == nil {
            tracks[index].answeredHome = now
            coming[tracks[index].group, default: 0] += 1
        }
    }

    func touched(_ terminal: TerminalID, _ now: Moment) {
        let index = terminal.rawValue
        let carrier = world.carrier(of: terminal)
        guard carrier != tracks[index].carrier else { return }
        tracks[index].carrier = carrier
        if carrier == nil {
            tracks[index].darkSince = now
        } else {
            closeDarkness(index, now)
        }
    }

    private func closeDarkness(_ index: Int, _ now: Moment) {
        guard let since = tracks[index].darkSince else { return }
        let from = max(since, strike?.at ?? now)
        if now > from { tracks[index].dark += now - from }
        tracks[index].darkSince = nil
    }

    func struck(_ fault: Fault, _ now: Moment) {
        say(describe(fault), now)
    }

    func say(_ text: String, _ now: Moment) {
        lines.append(LiveSnapshot.Line(at: Double(now.milliseconds) / 1_000, text: text))
        if lines.count > LiveSnapshot.mostLines { lines.removeFirst(lines.count - LiveSnapshot.mostLines) }
    }

    /// Takes the reach down, and tells how many have left and come back since the last time.
    func sample(_ now: Moment) {
        if let strike, now >= strike.at {
            for group in Group.allCases {
                guard let reach = responding?.reach24(of: group, at: world.time) else { continue }
                lowestReach[group] = min(lowestReach[group] ?? 1, reach)
            }
        }
        for group in Group.allCases {
            if let count = leaving.removeValue(forKey: group) {
                say("\(count) \(group.rawValue) answered through the other operator", now)
            }
            if let count = coming.removeValue(forKey: group) { say("\(count) \(group.rawValue) back home", now) }
        }
    }

    // MARK: The strike

    func begin(_ strike: Strike) {
        self.strike = strike
        for index in tracks.indices {
            tracks[index].wasAtHome = isAtHome(index)
            // A fault of an operator does not strike a card that is away from it.
            tracks[index].isStruck =
                tracks[index].wasAtHome && (strike.carrier == nil || strike.carrier == tracks[index].home)
                && (strike.area == nil || strike.area == tracks[index].area)
            tracks[index].switches = 0
            tracks[index].decided = nil
            tracks[index].answeredElsewhere = nil
            tracks[index].answeredHome = nil
            tracks[index].dark = .zero
        }
        lowestReach = [:]
        returnRates = Array(repeating: RateCounter(), count: estate.operators.count)
    }

    func end(_ now: Moment) { strike?.end = now }

    func forget() { strike = nil }

    // MARK: What comes of it

    func figures(of group: Group, at now: Moment) -> Figures.GroupFigures {
        var figures = Figures.GroupFigures()
        let members = tracks.indices.filter { tracks[$0].group == group }
        let struck = members.filter { tracks[$0].isStruck }
        figures.cards = members.count
        figures.struck = struck.count
        guard let strike else { return figures }
        func seconds(_ from: KeyPath<Track, Moment?>, since: (Track) -> Moment?) -> [Double] {
            struck.compactMap { index in
                guard let moment = tracks[index][keyPath: from], let start = since(tracks[index]) else { return nil }
                return (moment - start).inSeconds
            }
        }
        figures.left = struck.count { tracks[$0].decided != nil }
        figures.answeredElsewhere = struck.count { tracks[$0].answeredElsewhere != nil }
        figures.detectionSeconds = Figures.Quantiles(seconds(\.decided) { _ in strike.at })
        figures.moveSeconds = Figures.Quantiles(seconds(\.answeredElsewhere, since: \.decided))
        figures.faultToAnswerSeconds = Figures.Quantiles(seconds(\.answeredElsewhere) { _ in strike.at })
        figures.returnSeconds = Figures.Quantiles(seconds(\.answeredHome) { _ in strike.end })
        figures.switchesPerCard = rounded(Double(members.reduce(0) { $0 + tracks[$1].switches }) / Double(max(1, members.count)))
        figures.mostSwitches = members.map { tracks[$0].switches }.max() ?? 0
        figures.movedUnstruck = members.count { tracks[$0].wasAtHome && !tracks[$0].isStruck && tracks[$0].switches > 0 }
        let dark = struck.map { index -> Double in
            var dark = tracks[index].dark
            if let since = tracks[index].darkSince { dark += now - max(since, strike.at) }
            return dark.inSeconds / 60
        }
        figures.darkMinutes = rounded(dark.reduce(0, +) / Double(max(1, dark.count)))
        figures.mostDarkMinutes = rounded(dark.max() ?? 0)
        figures.reachableAtEnd = members.count { tracks[$0].carrier != nil }
        figures.longestDarkAtEndSeconds = members.compactMap { tracks[$0].darkSince.map { (now - $0).inSeconds } }.max() ?? 0
        figures.homeAtEnd = members.count { isAtHome($0) }
        figures.reach24AtEnd = responding?.reach24(of: group, at: world.time)
        figures.reach24Lowest = lowestReach[group]
        figures.broken = members.count { tracks[$0].isBroken }
        return figures
    }

    private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

    func operatorFigures() -> [Figures.OperatorFigures] {
        world.operators.indices.map { index in
            let core = world.operators[index]
            return Figures.OperatorFigures(
                name: core.plan.name, plmn: core.plan.plmn.description, peakRegistrationsPerSecond: core.load.estate.peak,
                peakReturnsPerSecond: returnRates[index].peak, peakOfferedPerSecond: rounded(core.load.offered.peak),
                peakServedPerSecond: rounded(core.load.served.peak), congested: core.load.congested,
                registeredAtEnd: core.registeredCount)
        }
    }

    func snapshot(drill: String?, at now: Moment) -> LiveSnapshot {
        let groups = Group.allCases.map { group in
            let members = tracks.indices.filter { tracks[$0].group == group }
            let carried = estate.operators.indices.map { carrier in members.count { tracks[$0].carrier == carrier } }
            return LiveSnapshot.GroupState(
                group: group, cards: members.count, carried: carried,
                onPrimary: members.count { tracks[$0].carrier == tracks[$0].home },
                onBackup: members.count { tracks[$0].carrier == 1 - tracks[$0].home }, dark: members.count - carried.reduce(0, +),
                switches: members.reduce(0) { $0 + tracks[$1].switches },
                measured: strike == nil ? nil : figures(of: group, at: now))
        }
        let operators = world.operators.map { core in
            LiveSnapshot.OperatorState(
                name: core.plan.name, plmn: core.plan.plmn.description, faults: core.faults.map { describe($0.part, $0.condition) },
                registered: core.registeredCount, registrationsPerSecond: core.load.estate.rate(at: now),
                peakRegistrationsPerSecond: core.load.estate.peak, offeredPerSecond: core.load.offered.rate(at: now))
        }
        return LiveSnapshot(
            at: Double(now.milliseconds) / 1_000, time: world.time, drill: drill,
            sinceFault: strike.map { (now - $0.at).inSeconds },
            faultLasts: strike.map { now >= $0.at && $0.end == nil } ?? false, groups: groups, operators: operators,
            responders: world.responderConditions.map(\.answers), lines: lines)
    }

    // MARK: Words

    private func describe(_ part: Part, _ condition: Condition) -> String {
        let name =
            switch part {
            case .radio(nil): "radio"
            case .radio(let area?): "radio in \(estate.name(of: area))"
            case .authentication: "authentication"
            case .gateway: "gateway"
            case .dataPath: "data path"
            }
        return switch condition {
        case .up: "\(name) up"
        case .rejecting(let cause): "\(name) rejecting (cause \(cause))"
        case .silent: "\(name) silent"
        case .slow(let delay): "\(name) slower by \(delay.inSeconds) s"
        }
    }

    private func describe(_ fault: Fault) -> String {
        func name(_ carrier: Int) -> String { estate.operators.indices.contains(carrier) ? estate.operators[carrier].name : "?" }
        return switch fault {
        case .set(let carrier, let part, let condition): "\(name(carrier)): \(describe(part, condition))"
        case .clear(let carrier): "\(name(carrier)): all up again"
        case .detachAll(let carrier, _, _, _): "\(name(carrier)): everybody thrown off"
        case .crowd(let carrier, let crowd): "\(name(carrier)): \(Int(crowd?.subscribers ?? 0)) other subscribers"
        case .dropBearers(let carrier, let cause): "\(name(carrier)): data connections dropped (cause \(cause.rawValue))"
        case .responder(let index, let condition): "responder \(index + 1): \(condition.answers ? "answers" : "silent")"
        case .cutPowerInSwitch(let group, _): "power cuts strike \(group.rawValue) cards while they move"
        case .cutPower(let terminal, _): "\(estate.members[terminal.rawValue].name): power cut"
        }
    }
}
