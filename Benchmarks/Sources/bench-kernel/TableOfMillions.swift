import Measure
import Reachability

/// The live table with a million devices: taking a proof, a scan for silence, and a tally.
enum TableOfMillions {
    static func measure() throws {
        let devices = 1_000_000
        var table = ReachabilityTable(thresholds: .standard, capacity: devices)
        for index in 0..<devices {
            _ = try table.add(
                ReachabilityTable.Device(
                    primary: UInt16(1 + index % 3), backup: UInt16(4 + index % 2), interval: 600, area: UInt16(index % 50),
                    product: UInt16(index % 8)))
        }
        Figure(
            "table", "bytes per device, computed", unit: "bytes", values: [Double(table.residentBytes) / Double(devices)],
            moreIsBetter: false,
            note: "the reachability table alone"
        ).publish()
        var now: UInt32 = 1_780_000_000
        var draws = Draws(seed: 9)
        measureRate("table", "proofs taken, in random order", unit: "proofs/s") {
            now += 1
            for _ in 0..<1_000_000 {
                _ = table.heard(
                    UInt32(truncatingIfNeeded: draws.next()) % UInt32(devices), slot: .primary, reason: 0, moves: 0, at: now)
            }
            return 1_000_000
        }.publish()
        let scan = measureRate("table", "scan of a million devices for silence", unit: "scans/s") {
            now += 1
            for _ in 0..<10 { table.scan(now) { _ in } }
            return 10
        }
        Figure(
            "table", "scan of a million devices for silence", unit: "ms",
            values: [1_000 / scan.most, 1_000 / scan.median, 1_000 / scan.least],
            moreIsBetter: false
        ).publish()
        let tally = measureRate("table", "tally", unit: "tallies/s") {
            for _ in 0..<10 { _ = opaque(table.tally(by: .operator, within: (86_400, 259_200), now)) }
            return 10
        }
        Figure(
            "table", "reach-24 and reach-72 of a million devices by operator", unit: "ms",
            values: [1_000 / tally.most, 1_000 / tally.median, 1_000 / tally.least], moreIsBetter: false
        ).publish()
    }
}
