import Testing

@testable import Reachability

@Suite("The reachability table")
struct ReachabilityTableTests {
    static let device = ReachabilityTable.Device(primary: 1, backup: 2, interval: 60, area: 7)

    @Test("A device is reachable up to two intervals and 30 s, late up to four and 60 s, then silent")
    func states() throws {
        var table = ReachabilityTable()
        let id = try table.add(Self.device)
        #expect(table.state(id) == .never)
        table.scan(1_000_000) { _ in Issue.record("a device that was never heard cannot fall silent") }
        let proof = try table.proof(id, slot: .primary, at: 1_000)
        #expect(proof.isFirst && proof.isChange && !proof.hasMoved && proof.previousProof == 0)
        var changes: [(UInt32, ReachabilityTable.State)] = []
        for now in UInt32(1_000)...1_400 { table.scan(now) { changes.append((now, $0.to)) } }
        #expect(changes.map(\.0) == [1_151, 1_301])
        #expect(changes.map(\.1) == [.late, .silent])
        let again = try table.proof(id, slot: .primary, at: 1_500)
        #expect(again.isHeardAgain && again.isChange && again.previousState == .silent && again.previousProof == 1_000)
        #expect(table.state(id) == .reachable)
        let usual = try table.proof(id, slot: .primary, at: 1_560)
        #expect(!usual.isChange)
    }

    @Test("A scan that comes late goes straight to silent, and tells it once")
    func lateScan() throws {
        var table = ReachabilityTable()
        let id = try table.add(Self.device)
        _ = table.heard(id, slot: .backup, at: 1_000)
        var changes: [ReachabilityTable.Change] = []
        table.scan(5_000) { changes.append($0) }
        table.scan(5_001) { changes.append($0) }
        #expect(
            changes == [.init(device: id, from: .reachable, to: .silent, lastProof: 1_000, operator: 2, area: 7)])
    }

    @Test("The age of a proof is kept for each network")
    func ages() throws {
        var table = ReachabilityTable()
        let id = try table.add(Self.device)
        #expect(table.age(id, .primary, 5_000) == nil && table.lastProof(id) == nil)
        _ = table.heard(id, slot: .primary, at: 1_000)
        _ = table.heard(id, slot: .backup, reason: 4, moves: 1, at: 1_400)
        #expect(table.age(id, .primary, 1_500) == 500)
        #expect(table.age(id, .backup, 1_500) == 100)
        #expect(table.age(id, .backup, 1_300) == 0)
        #expect(table.lastProof(id) == 1_400)
        #expect(table.standing(id) == .init(slot: .backup, primaryProof: 1_000, backupProof: 1_400, reason: 4, moves: 1))
    }

    @Test("A move is told once, and blames the operator that was left only for a reason that does")
    func blame() throws {
        var table = ReachabilityTable()
        for reason in UInt8(0)...10 {
            let id = try table.add(Self.device)
            _ = table.heard(id, slot: .primary, at: 1_000)
            let move = try table.proof(id, slot: .backup, reason: reason, moves: 1, at: 1_100)
            #expect(move.hasMoved && move.isChange && move.operator == 2 && move.home == 1)
            #expect((move.blamed == 1) == [1, 2, 3, 4, 8].contains(reason), "reason \(reason)")
            let repeated = try table.proof(id, slot: .backup, reason: reason, moves: 1, at: 1_130)
            #expect(!repeated.isChange && repeated.blamed == nil)
        }
        let id = try table.add(Self.device)
        _ = table.heard(id, slot: .backup, reason: 4, moves: 1, at: 1_000)
        let trial = try table.proof(id, slot: .backup, reason: 8, moves: 3, at: 1_900)
        #expect(trial.blamed == 1 && !trial.isChange)
        let second = try table.proof(id, slot: .backup, reason: 8, moves: 5, at: 2_900)
        #expect(second.blamed == 1)
        let back = try table.proof(id, slot: .primary, reason: 4, moves: 6, at: 3_900)
        #expect(back.blamed == 2)
    }

    @Test("After our downtime clocks of silence start again; who was silent before stays so; a dead path may be our own")
    func resumed() throws {
        var table = ReachabilityTable()
        let ids = try (0..<3).map { _ in try table.add(Self.device) }
        _ = table.heard(ids[0], slot: .primary, at: 1_000)
        table.scan(2_000) { _ in }
        _ = table.heard(ids[1], slot: .primary, at: 1_990)
        _ = table.heard(ids[2], slot: .primary, at: 1_990)
        table.resumed(at: 9_000)
        table.scan(9_450) { _ in Issue.record("nobody owes anything yet") }
        #expect(table.state(ids[0]) == .silent)
        let first = try table.proof(ids[2], slot: .backup, reason: 4, moves: 1, at: 9_450)
        #expect(first.blamed == nil)
        let second = try table.proof(ids[2], slot: .backup, reason: 8, moves: 3, at: 9_451)
        #expect(second.blamed == 1)
        var late: [UInt32] = []
        table.scan(9_451) { late.append($0.device) }
        #expect(late == [ids[1]])
    }

    @Test("Hostile ids, slots and times are refused, and nothing changes")
    func refusals() throws {
        var table = ReachabilityTable()
        let single = try table.add(.init(primary: 1, interval: 60))
        let refused = [
            table.heard(single, slot: .backup, at: 5), table.heard(single, slot: .primary, at: 0),
            table.heard(.max, slot: .primary, at: 5),
        ]
        #expect(refused == [nil, nil, nil])
        #expect(table.state(single) == .never && table.lastHeard == 0)
        #expect(table.state(99) == nil && table.device(99) == nil && table.standing(99) == nil && table.age(99, .primary, 1) == nil)
        #expect(throws: ReachabilityTable.EnrolmentError.intervalOutOfRange(came: 0, expected: 1...2_678_400)) {
            try table.add(.init(primary: 1, interval: 0))
        }
        #expect(throws: ReachabilityTable.EnrolmentError.operatorTooLarge(came: 4096, limit: 4096)) {
            try table.add(.init(primary: 1, backup: 4096, interval: 60))
        }
        #expect(throws: ReachabilityTable.EnrolmentError.unknownDevice(5)) { try table.remove(5) }
        _ = table.heard(single, slot: .primary, at: .max)
        table.scan(.max) { _ in Issue.record("at the end of time nothing is overdue") }
        table.scan(1) { _ in }
        #expect(table.count == 1)
    }

    @Test("A device can change its operators, leave, and its id can be given again")
    func inventory() throws {
        var table = ReachabilityTable()
        let id = try table.add(Self.device)
        _ = table.heard(id, slot: .primary, at: 1_000)
        var changed = Self.device
        changed.backup = 3
        changed.interval = 600
        try table.update(id, changed)
        #expect(table.device(id) == changed && table.state(id) == .reachable)
        table.scan(1_000 + 1_230) { _ in Issue.record("the new interval counts") }
        changed.primary = 4
        try table.update(id, changed)
        #expect(table.state(id) == .never && table.lastProof(id) == nil)
        try table.remove(id)
        #expect(!table.contains(id) && table.isEmptyOfDevices)
        let gone = table.heard(id, slot: .primary, at: 2_000)
        #expect(gone == nil)
        try table.replace(id, Self.device)
        #expect(table.device(id) == Self.device && table.state(id) == .never && table.count == 1)
    }

    @Test("More areas than are told apart fall back on the operator, and devices keep theirs")
    func manyAreas() throws {
        var table = ReachabilityTable()
        for area in UInt16.min...UInt16.max { _ = try table.add(.init(primary: area % 5, backup: 9, interval: 60, area: area)) }
        #expect(table.cells.keys.count <= CellIndex.limit + 6)
        #expect(table.device(65_535)?.area == 65_535)
        #expect(table.device(65_535)?.backup == 9)
        for id in UInt32(0)..<65_536 { _ = table.heard(id, slot: .backup, at: 100) }
        table.scan(101) { _ in }
        #expect(table.census.reduce(0) { $0 + Int($1.carried[0]) } == 65_536)
    }

    @Test("A device takes under 60 bytes at a million of them")
    func memory() throws {
        #expect(ReachabilityTable.bytesPerDevice == 43)
        let count = 1_000_000
        var grown = ReachabilityTable()
        for id in 0..<count { _ = try grown.add(.init(primary: UInt16(id % 4), backup: 9, interval: 60, area: UInt16(id % 500))) }
        grown.scan(1) { _ in }
        var reserved = ReachabilityTable(capacity: count)
        for _ in 0..<count { _ = try reserved.add(Self.device) }
        print("bytes per device at a million: \(grown.residentBytes / count) grown, \(reserved.residentBytes / count) reserved")
        #expect(grown.residentBytes < 60 * count)
        #expect(reserved.residentBytes < 44 * count)
    }

    @Test("Ages fall into buckets that double, and the widest window is within what is asked")
    func buckets() {
        for age in UInt32(0)...20_000 {
            let bucket = Cell.bucket(age)
            if bucket < Cell.windows { #expect(age < Cell.span(bucket)) } else { #expect(age >= 8_192) }
            if bucket > 0 { #expect(age >= Cell.span(bucket - 1)) }
            if let widest = Cell.widest(within: age) {
                #expect(Cell.span(widest) <= age)
                #expect(widest == Cell.windows - 1 || Cell.span(widest + 1) > age)
            } else {
                #expect(age < 8)
            }
        }
        #expect(Cell.bucket(.max) == Cell.windows && Cell.widest(within: .max) == Cell.windows - 1)
    }
}

extension ReachabilityTable {
    /// A beacon that must be taken.
    mutating func proof(
        _ id: UInt32, slot: Slot, reason: UInt8 = 0, moves: UInt32 = 0, at: UInt32
    ) throws -> Proof {
        let proof = heard(id, slot: slot, reason: reason, moves: moves, at: at)
        return try #require(proof)
    }

    var isEmptyOfDevices: Bool { count == 0 && pace == 0 }
}
