import Testing

@testable import Reachability

/// What the table should do, written the slow way.
private struct ReferenceTable {
    struct Row {
        var device: ReachabilityTable.Device
        var proofs: [UInt32] = [0, 0]
        var slot = ReachabilityTable.Slot.primary
        var state = ReachabilityTable.State.never
    }
    var rows: [UInt32: Row] = [:]
    var resumed: UInt32 = 0

    mutating func heard(_ id: UInt32, _ slot: ReachabilityTable.Slot, _ at: UInt32) -> Row? {
        guard let before = rows[id], slot == .primary || before.device.backup != nil else { return nil }
        rows[id]?.proofs[Int(slot.rawValue)] = at
        rows[id]?.slot = slot
        rows[id]?.state = .reachable
        return before
    }

    mutating func scan(_ now: UInt32) -> [UInt32: ReachabilityTable.State] {
        var changes: [UInt32: ReachabilityTable.State] = [:]
        for (id, row) in rows where row.state != .never {
            let age = Int(now) - Int(max(row.proofs[Int(row.slot.rawValue)], resumed))
            let interval = Int(row.device.interval)
            let state: ReachabilityTable.State =
                age > interval * 4 + 60 ? .silent : age > interval * 2 + 30 ? .late : .reachable
            // Silence only grows here: a beacon alone heals.
            if state.rawValue > row.state.rawValue {
                rows[id]?.state = state
                changes[id] = state
            }
        }
        return changes
    }

    func reach(_ within: UInt32, _ now: UInt32, _ matches: (Row) -> Bool) -> ReachabilityTable.Reach {
        let chosen = rows.values.filter(matches)
        let heard = chosen.filter { row in row.proofs.contains { $0 != 0 && $0 + within >= now } }
        return .init(heard: heard.count, devices: chosen.count)
    }
}

@Suite("The table against a reference model")
struct ReferenceModelTests {
    @Test("Any history of beacons, scans, removals and restarts", arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func agree(_ seed: UInt64) throws {
        print("reference model: seed \(seed)")
        var random = Random(seed: seed)
        var table = ReachabilityTable()
        var model = ReferenceTable()
        var now: UInt32 = 1_000_000
        func device(_ random: inout Random) -> ReachabilityTable.Device {
            .init(
                primary: UInt16(random.below(3)), backup: random.below(4) == 0 ? nil : UInt16(3 + random.below(2)),
                interval: [10, 30, 60, 600][Int(random.below(4))], area: UInt16(random.below(5)), product: UInt16(random.below(4)),
                country: UInt16(random.below(3)), firmware: UInt16(random.below(2)), tags: random.next() & 7)
        }
        for _ in 0..<300 {
            let made = device(&random)
            model.rows[try table.add(made)] = .init(device: made)
        }
        for step in 0..<20_000 {
            switch random.below(1_000) {
            case 0..<700:
                let id = random.below(310)
                let slot: ReachabilityTable.Slot = random.below(2) == 0 ? .primary : .backup
                let proof = table.heard(id, slot: slot, at: now)
                let before = model.heard(id, slot, now)
                #expect((proof == nil) == (before == nil))
                if let proof, let before {
                    #expect(proof.previousState == before.state && proof.previousProof == max(before.proofs[0], before.proofs[1]))
                    #expect(proof.hasMoved == (before.state != .never && before.slot != slot))
                    #expect(proof.operator == (slot == .primary ? before.device.primary : before.device.backup))
                }
            case 700..<980:
                now += random.below(30)
                var changes: [UInt32: ReachabilityTable.State] = [:]
                table.scan(now) { changes[$0.device] = $0.to }
                #expect(changes == model.scan(now), "seed \(seed), step \(step)")
            case 980..<985:
                let id = random.below(300)
                if table.contains(id) {
                    try table.remove(id)
                    model.rows[id] = nil
                } else {
                    let made = device(&random)
                    try table.replace(id, made)
                    model.rows[id] = .init(device: made)
                }
            case 985..<986:
                now += random.below(5_000)
                table.resumed(at: now)
                model.resumed = now + 300
            case 986..<990: now += random.below(2_000)
            default:
                var slice = ReachabilityTable.Slice()
                slice.product = random.below(2) == 0 ? nil : UInt16(random.below(4))
                slice.state = random.below(3) == 0 ? .late : nil
                slice.home = random.below(3) == 0 ? UInt16(random.below(3)) : nil
                slice.tags = random.below(2) == 0 ? 0 : 2
                let within = random.below(4_000)
                let expected = model.reach(within, now) { row in
                    (slice.product == nil || row.device.product == slice.product)
                        && (slice.state == nil || row.state == slice.state)
                        && (slice.home == nil || row.device.primary == slice.home) && row.device.tags & slice.tags == slice.tags
                }
                #expect(table.reach(within: within, now, slice) == expected, "seed \(seed), step \(step)")
            }
        }
        #expect(table.count == model.rows.count)
        compareTallies(table, model, now)
        let pace = model.rows.values.reduce(UInt64(0)) {
            $0 + ($1.state == .reachable ? 1_000_000 / UInt64($1.device.interval) : 0)
        }
        #expect(table.pace == pace)
        for (id, row) in model.rows {
            #expect(table.state(id) == row.state)
            #expect(table.device(id) == row.device)
            #expect(table.standing(id)?.primaryProof == row.proofs[0] && table.standing(id)?.backupProof == row.proofs[1])
        }
    }

    private func compareTallies(_ table: ReachabilityTable, _ model: ReferenceTable, _ now: UInt32) {
        for concept in ReachabilityTable.Concept.allCases {
            var expected: [Int: ReachabilityTable.Tally] = [:]
            for row in model.rows.values {
                let on = row.slot == .primary ? row.device.primary : row.device.backup ?? 0
                let values: [Int] =
                    switch concept {
                    case .whole: [0]
                    case .product: [Int(row.device.product)]
                    case .country: [Int(row.device.country)]
                    case .firmware: [Int(row.device.firmware)]
                    case .area: [Int(row.device.area)]
                    case .operator: [Int(on)]
                    case .home: [Int(row.device.primary)]
                    case .carrier: [Int(on) * 2 + Int(row.slot.rawValue)]
                    case .tag: (0..<64).filter { row.device.tags >> UInt64($0) & 1 == 1 }
                    }
                for value in values {
                    expected[value, default: .init()].count(row.state, last: row.proofs.max() ?? 0, since: (now - 600, now - 6_000))
                }
            }
            let tallies = table.tally(by: concept, within: (600, 6_000), now)
            for (value, tally) in tallies.enumerated() { #expect(tally == expected[value] ?? .init(), "\(concept) \(value)") }
            #expect(expected.keys.allSatisfy { $0 < tallies.count })
        }
    }
}
