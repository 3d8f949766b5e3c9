import Testing

@testable import Resilience

/// Millions of steps through random weather, with the presets as they ship.
@Suite("The policy in random weather")
struct RandomTests {
    static let presets: [(name: String, parameters: Parameters)] = [
        ("alarm", .alarm), ("standard", .standard), ("frugal", .frugal),
    ]

    @Test("keeps its bounds with a well-behaved terminal", arguments: 0..<3)
    func bounds(preset: Int) { check(preset: preset, moody: false, seeds: 1...6, steps: 400_000) }

    @Test("keeps its bounds with power cuts, late REFRESH, sessions in the way and flapping connections", arguments: 0..<3)
    func boundsWithMoods(preset: Int) { check(preset: preset, moody: true, seeds: 101...106, steps: 400_000) }

    private func check(preset: Int, moody: Bool, seeds: ClosedRange<UInt64>, steps: Int) {
        let (name, parameters) = Self.presets[preset]
        let cost = parameters.cost
        for seed in seeds {
            var town = RandomTown(parameters: parameters, seed: seed, moody: moody)
            town.run(steps: steps)
            let moves = RandomTown.most(in: town.moveTimes, within: 3_600_000)
            let writes = RandomTown.most(in: town.writeTimes, within: 86_400_000)
            let days = town.now / 86_400_000
            print(
                "\(name) seed \(seed) moody \(moody): \(town.steps) steps, \(days) days, \(town.moveTimes.count) moves, "
                    + "most \(moves)/h of \(cost.movesPerHour), \(writes) writes/day of \(cost.writesPerDay), "
                    + "longest stranded \(town.longestStranded / 1_000) s of \(cost.strandBound.milliseconds / 1_000) s")
            #expect(town.moveTimes.count > 10, "seed \(seed): a run without moves tests nothing")
            #expect(moves <= Int(cost.movesPerHour), "seed \(seed)")
            #expect(writes <= Int(cost.writesPerDay), "seed \(seed)")
            #expect(town.beaconsWithoutService == 0, "seed \(seed): a beacon without service only costs")
            if !moody { #expect(town.longestStranded <= UInt64(cost.strandBound.milliseconds), "seed \(seed)") }
        }
    }

    @Test("the same seed gives the same decisions")
    func deterministic() {
        var first = RandomTown(parameters: .alarm, seed: 7, moody: true)
        var second = first
        first.run(steps: 20_000)
        second.run(steps: 20_000)
        #expect(first.policy == second.policy && first.now == second.now && first.moveTimes == second.moveTimes)
    }
}
