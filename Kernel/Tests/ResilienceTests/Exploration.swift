@testable import Resilience

/// Every situation that surroundings, power cuts and, where they are asked for, decisions of others can lead to, breadth first from a
/// fresh card.
struct Exploration {
    /// In the order of their discovery.
    private(set) var reachable: [Situation]
    private var places: [Situation: Int]

    /// A decision of somebody with the right to.
    struct Appointment {
        var slot: Slot
        var mayMove: Bool
        var refresh: Bool
    }

    /// - Parameters:
    ///   - parameters: with short times, because every one that runs multiplies the situations.
    ///   - surroundings: in each of which every situation is continued by a tick.
    ///   - appointments: of which each may come at any moment.
    ///   - endsWaits: whether a loss of power ends whatever the card waits for; otherwise it ends nothing.
    ///   - obeys: whether the terminal obeys REFRESH; otherwise only losses of power make it read the card.
    init(
        _ parameters: Parameters = .small, in surroundings: [Surroundings], appointments: [Appointment] = [],
        endsWaits: Bool = true,
        obeys: Bool = true
    ) {
        let start = Situation(
            parameters: parameters, endsWaits: endsWaits,
            tellsRespondersApart: surroundings.contains { $0.responders != (true, true) })
        places = [start: 0]
        reachable = [start]
        var next = 0
        while next < reachable.count {
            let situation = reachable[next]
            next += 1
            for surroundings in surroundings where situation.hears(surroundings) {
                var successor = situation
                successor.step(surroundings, obeys: obeys)
                meet(successor)
            }
            var cut = situation
            cut.step(Surroundings.all[0], cut: true)
            meet(cut)
            for appointment in appointments {
                var successor = situation
                successor.appoint(appointment.slot, mayMove: appointment.mayMove, refresh: appointment.refresh)
                meet(successor)
            }
        }
    }

    private mutating func meet(_ situation: Situation) {
        if places[situation] == nil {
            places[situation] = reachable.count
            reachable.append(situation)
        }
    }

    /// Ticks until a predicate holds, from every reachable situation, in surroundings that no longer change: the longest, where
    /// that starts, and from how many it never holds.
    func delays(in surroundings: Surroundings, until holds: (Situation) -> Bool) -> (
        longest: Int, worst: Situation, never: Int
    ) {
        let unknown = -1
        let onPath = -2
        let endless = Int.max
        var delays = [Int](repeating: unknown, count: reachable.count)
        for start in reachable.indices where delays[start] == unknown {
            var path: [Int] = []
            var place = start
            while delays[place] == unknown {
                if holds(reachable[place]) {
                    delays[place] = 0
                } else {
                    delays[place] = onPath
                    path.append(place)
                    var successor = reachable[place]
                    successor.step(surroundings)
                    guard let next = places[successor] else { preconditionFailure("a successor that was not explored") }
                    place = next
                }
            }
            var delay = delays[place] == onPath ? endless : delays[place]
            for passed in path.reversed() {
                delay = delay == endless ? endless : delay + 1
                delays[passed] = delay
            }
        }
        let never = delays.count { $0 == endless }
        let longest = delays.lazy.filter { $0 != endless }.max() ?? 0
        let worst = delays.firstIndex(of: never > 0 ? endless : longest) ?? 0
        return (longest, reachable[worst], never)
    }
}
