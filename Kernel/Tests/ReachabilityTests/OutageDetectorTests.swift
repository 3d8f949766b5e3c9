import Testing

@testable import Reachability

@Suite("Outages, after those of record")
struct OutageDetectorTests {
    /// 300 resilient and 60 single-profile devices at home on 1 in six areas, 60 of each kind at home on 2 and 3.
    static func estate(_ seed: UInt64 = 1, every interval: UInt32 = 30) throws -> SimulatedEstate {
        var estate = SimulatedEstate(seed: seed)
        for area in UInt16(1)...6 {
            try estate.add(50, on: 1, backup: 2, area: area, every: interval)
            try estate.add(10, .single, on: 1, area: area, every: interval)
            try estate.add(10, on: 2, backup: 1, area: area, every: interval)
            try estate.add(10, .single, on: 3, area: area, every: interval)
        }
        return estate
    }

    @Test("Vodafone UK 2025: the data path is dead, and the outage is seen before a minute is over")
    func dataPathDead() throws {
        var estate = try Self.estate()
        estate.service = { id, _, at in id == 1 && (600..<4_200).contains(at) ? .dead : .up }
        estate.run(until: 600)
        #expect(estate.log.isEmpty)
        #expect(estate.detector.health(of: 1) == .healthy)
        let event = estate.run(until: 700) { _ in true }
        let outage = try #require(event?.began)
        #expect(outage.scope == .network(1))
        #expect(outage.reason == 4)
        #expect(estate.elapsed <= 645, "seen \(estate.elapsed - 600) s after the fault")
        #expect(abs(Int(outage.began) - Int(estate.start + 600)) <= 2, "estimated start \(Int(outage.began) - Int(estate.start))")
        #expect(estate.detector.health(of: 1) == .failing)
        #expect(estate.detector.health(of: 2) != .failing)
        estate.run(until: 4_200)
        #expect(estate.away >= 290)
        #expect(estate.open.count == 1)
        let worst = try #require(estate.open.first?.peak)
        #expect(worst.moved >= 290 && worst.silent == 60)
        let end = estate.run(until: 7_200) { $0.isEnd }
        guard case .ended(let ended, let at, .recovered) = end else {
            Issue.record("no recovery: \(estate.log.suffix(2))")
            return
        }
        #expect(ended.id == outage.id)
        #expect(at >= estate.start + 4_200 && at <= estate.start + 4_260, "ended \(Int(at) - Int(estate.start))")
        #expect(estate.detector.health(of: 1) == .healthy)
        #expect(estate.detector.returnWindow(of: 1) >= 10)
        estate.run(until: estate.elapsed + 600)
        #expect(estate.away == 0)
        #expect(estate.open.isEmpty)
    }

    @Test("KDDI 2022, dark for hours in an estate of single profiles: silence with others heard is enough")
    func silentEstate() throws {
        var estate = SimulatedEstate(seed: 2)
        try estate.add(200, .single, on: 1, every: 60)
        try estate.add(50, .single, on: 2, every: 60)
        estate.service = { id, _, at in id == 1 && (900..<9_000).contains(at) ? .dark : .up }
        let event = estate.run(until: 1_200) { _ in true }
        let outage = try #require(event?.began)
        #expect(outage.scope == .network(1))
        #expect(outage.reason == 0)
        #expect(abs(Int(outage.began) - Int(estate.start + 900)) <= 3)
        estate.run(until: 8_999)
        #expect(estate.open.first?.peak.silent == 200)
        #expect(estate.log.count == 1)
        let end = estate.run(until: 9_600) { $0.isEnd }
        guard case .ended(_, _, .recovered) = end else {
            Issue.record("no recovery: \(estate.log.suffix(2))")
            return
        }
    }

    @Test("O2 UK 2018: attach refused; the reason is reported, the scope is the operator, not some subscriptions")
    func rejected() throws {
        var estate = try Self.estate(3)
        estate.service = { id, _, at in id == 1 && at >= 600 ? .rejecting : .up }
        let event = estate.run(until: 700) { _ in true }
        let outage = try #require(event?.began)
        #expect(outage.scope == .network(1))
        #expect(outage.reason == 2)
        estate.run(until: 3_600)
        #expect(estate.log.count == 1, "\(estate.log)")
    }

    @Test("Some cards are refused everywhere while others are carried: it is their subscriptions")
    func subscriptions() throws {
        var estate = try Self.estate(4)
        for index in estate.cards.indices where estate.cards[index].id % 24 == 0 { estate.cards[index].reason = 0 }
        let refused = Set(estate.cards.filter { $0.kind == .resilient && $0.primary == 1 && $0.id % 16 == 3 }.map(\.id))
        #expect(refused.count >= 10)
        estate.run(until: 600)
        // Refused cards move with reason 2 one after the other, over two minutes.
        var wait: UInt32 = 610
        for index in estate.cards.indices where refused.contains(estate.cards[index].id) {
            estate.run(until: wait)
            estate.cards[index].isBroken = true
            estate.schedule(index, .leave(2), after: 1)
            wait += 6
        }
        estate.run(until: 1_200)
        let outage = try #require(estate.log.first?.event.began)
        #expect(outage.scope == .subscriptions(1))
        #expect(estate.detector.health(of: 1) == .unknown)
        #expect(estate.log.allSatisfy { $0.event.outage.scope == .subscriptions(1) })
    }

    @Test("The radio of one operator is gone in one area: only that area's cards hear that it fails")
    func areaRadio() throws {
        var estate = try Self.estate(5)
        estate.service = { id, area, at in id == 1 && area == 4 && (600..<3_000).contains(at) ? .dark : .up }
        let event = estate.run(until: 800) { _ in true }
        let outage = try #require(event?.began)
        #expect(outage.scope == .area(1, area: 4))
        estate.run(until: 2_000)
        #expect(estate.log.count == 1, "\(estate.log)")
        #expect(estate.detector.health(of: 1, area: 4) == .failing)
        #expect(estate.detector.health(of: 1, area: 5) == .healthy)
        #expect(estate.detector.health(of: 1) == .healthy)
        let end = estate.run(until: 6_000) { $0.isEnd }
        guard case .ended(_, _, .recovered) = end else {
            Issue.record("no recovery: \(estate.log.suffix(2))")
            return
        }
        #expect(estate.detector.health(of: 1, area: 4) != .failing)
        estate.run(until: estate.elapsed + 900)
        #expect(estate.away == 0)
    }

    @Test("An area outage that turns out to be the operator's is widened, not told twice")
    func widened() throws {
        var estate = try Self.estate(6)
        estate.service = { id, area, at in
            guard id == 1 else { return .up }
            return at >= 1_200 || at >= 600 && area == 2 ? .dead : .up
        }
        estate.run(until: 1_500)
        #expect(estate.log.count == 2, "\(estate.log)")
        let first = try #require(estate.log.first?.event.began)
        guard case .widened(let wide, let from) = estate.log.last?.event else {
            Issue.record("not widened: \(estate.log)")
            return
        }
        #expect(from == .area(1, area: 2))
        #expect(wide.scope == .network(1))
        #expect(wide.id == first.id && wide.began == first.began)
    }

    @Test("Our responders fail: no operator is blamed, neither while nobody is heard nor when all are heard again")
    func respondersDown() throws {
        var estate = try Self.estate(7)
        estate.respondersUp = { !(600..<1_800).contains($0) }
        estate.run(until: 4_000)
        #expect(estate.log.count == 2, "\(estate.log)")
        #expect(estate.log.first?.event.began?.scope == .responder)
        guard case .ended(_, let at, .heardAgain) = estate.log.last?.event else {
            Issue.record("\(estate.log)")
            return
        }
        #expect(at >= estate.start + 1_800)
        #expect(estate.detector.health(of: 1) == .healthy)
    }

    @Test("Our process was down and says so: the restart looks like no outage, and nobody is late for it")
    func resumed() throws {
        var estate = try Self.estate(8)
        estate.respondersUp = { !(600..<1_800).contains($0) }
        estate.run(until: 600)
        // We do not run: no ticks.
        var deaf = estate
        deaf.run(until: 1_800)
        deaf.table = estate.table
        deaf.detector = estate.detector
        deaf.log = []
        deaf.table.resumed(at: deaf.now)
        deaf.run(until: 3_600)
        #expect(deaf.log.isEmpty, "\(deaf.log)")
        #expect(deaf.table.tally(by: .whole, within: (60, 60), deaf.now)[0].reachable == deaf.cards.count)
    }

    @Test("One broken device is not an outage, in a large estate and in a small one")
    func oneBroken() throws {
        var large = try Self.estate(9)
        large.run(until: 600)
        large.cards[0].isBroken = true
        large.run(until: 4_000)
        #expect(large.log.isEmpty, "\(large.log)")
        #expect(large.detector.health(of: 1) == .healthy)

        var small = SimulatedEstate(seed: 9)
        try small.add(5, on: 1, area: 1)
        small.run(until: 600)
        small.cards[0].isBroken = true
        small.run(until: 2_000)
        #expect(small.log.isEmpty, "\(small.log)")
        #expect(small.detector.health(of: 1) != .failing)
    }

    @Test("An estate of five: two that leave are no outage, all of them are")
    func fiveDevices() throws {
        var estate = SimulatedEstate(seed: 10)
        try estate.add(5, on: 1)
        estate.run(until: 600)
        estate.cards[0].isBroken = true
        estate.cards[1].isBroken = true
        estate.run(until: 1_500)
        #expect(estate.log.isEmpty, "\(estate.log)")
        var dead = SimulatedEstate(seed: 10)
        try dead.add(5, on: 1)
        dead.service = { id, _, at in id == 1 && (600..<1_500).contains(at) ? .dead : .up }
        let event = dead.run(until: 700) { _ in true }
        #expect(event?.began?.scope == .network(1))
        let over = dead.run(until: 7_000) { $0.isEnd }
        #expect(over != nil)
    }

    @Test("Verizon 2026: it comes back for minutes and drops again; each failed recovery must hold longer")
    func flapping() throws {
        var estate = try Self.estate(11)
        // Dead from 600 to 6,000 but for a minute and a half every quarter of an hour.
        estate.service = { id, _, at in
            guard id == 1, (600..<6_000).contains(at) else { return .up }
            return at % 900 < 90 && at > 900 ? .up : .dead
        }
        estate.run(until: 6_000)
        #expect(estate.log.filter { $0.event.began != nil }.count == 1, "\(estate.log)")
        #expect(!estate.log.contains { $0.event.isEnd }, "\(estate.log)")
        let holds = estate.log.compactMap { if case .relapsed(_, let hold) = $0.event { hold } else { nil } }
        #expect(holds.count >= 2)
        #expect(holds == holds.sorted() && (holds.last ?? 0) > 120, "\(holds)")
        let over = estate.run(until: 12_000) { $0.isEnd }
        #expect(over != nil)
        estate.run(until: estate.elapsed + 1_200)
        #expect(estate.away == 0)
    }

    @Test("Both operators dead: with a third one heard both are blamed, without it we call it our own")
    func bothDead() throws {
        var three = try Self.estate(12)
        three.service = { id, _, at in id != 3 && at >= 600 ? .dead : .up }
        three.run(until: 1_200)
        #expect(Set(three.open.compactMap(\.scope.operator)) == [1, 2], "\(three.log)")

        var two = SimulatedEstate(seed: 12)
        try two.add(100, on: 1, backup: 2)
        try two.add(50, on: 2, backup: 1)
        two.service = { _, _, at in at >= 600 ? .dead : .up }
        two.run(until: 1_200)
        #expect(two.log.map(\.event.outage.scope) == [.responder], "\(two.log)")
    }

    @Test("A batch switched off in one place, with nobody else there, is a matter of that place")
    func switchedOff() throws {
        var estate = SimulatedEstate(seed: 13)
        for area in UInt16(1)...4 {
            try estate.add(30, .single, on: 1, area: area)
            try estate.add(10, .single, on: 2, area: area)
        }
        try estate.add(40, .single, on: 1, area: 9)
        estate.run(until: 600)
        for index in estate.cards.indices where estate.cards[index].area == 9 { estate.cards[index].isOff = true }
        estate.run(until: 2_000)
        #expect(estate.log.map(\.event.outage.scope) == [.place(9)], "\(estate.log)")
        #expect(estate.detector.health(of: 1) == .healthy)
        for index in estate.cards.indices { estate.cards[index].isOff = false }
        estate.run(until: 2_200)
        #expect(estate.open.isEmpty)
    }

    @Test("Devices that speak once an hour do not look dead between their beacons, and are not outvoted")
    func longIntervals() throws {
        var estate = SimulatedEstate(seed: 14)
        try estate.add(500, on: 1, area: 1, every: 3_600)
        try estate.add(500, .single, on: 1, area: 2, every: 3_600)
        try estate.add(200, .single, on: 2, area: 3, every: 3_600)
        try estate.add(20, .single, on: 1, area: 4, every: 30)
        estate.run(until: 20_000)
        #expect(estate.log.isEmpty, "\(estate.log)")
        // Twenty that speak often are switched off in one place; hundreds elsewhere are carried on.
        for index in estate.cards.indices where estate.cards[index].area == 4 { estate.cards[index].isOff = true }
        estate.run(until: 24_000)
        #expect(estate.log.allSatisfy { $0.event.outage.scope == .place(4) }, "\(estate.log)")
        #expect(estate.detector.health(of: 1) != .failing)
    }

    @Test("An hourly estate still sees a dead operator, by those that happen to speak")
    func hourlyOutage() throws {
        var estate = SimulatedEstate(seed: 15)
        try estate.add(600, on: 1, every: 3_600)
        try estate.add(100, .single, on: 2, every: 3_600)
        estate.service = { id, _, at in id == 1 && at >= 10_000 ? .dead : .up }
        let event = estate.run(until: 12_000) { _ in true }
        let outage = try #require(event?.began)
        #expect(outage.scope == .network(1))
        #expect(estate.elapsed - 10_000 < 1_000, "after \(estate.elapsed - 10_000) s")
        #expect(abs(Int(outage.began) - Int(estate.start + 10_000)) < 60)
    }

    @Test("The first cards that leave are not told to return, though the outage is not yet seen")
    func noHealthyBeforeEvidence() throws {
        var estate = try Self.estate(16)
        estate.service = { id, _, at in id == 1 && at >= 600 ? .dead : .up }
        estate.run(until: 600)
        #expect(estate.detector.health(of: 1) == .healthy)
        var left: UInt32 = 0
        while estate.open.isEmpty && estate.elapsed < 700 {
            estate.step()
            if estate.table.reach(within: .max, estate.now, .onBackup).devices > 0 {
                left += 1
                #expect(estate.detector.health(of: 1) != .healthy, "at \(estate.elapsed)")
            }
        }
        #expect(left > 0)
        #expect(OutageDetector().health(of: 1) == .unknown)
    }

    @Test("During an outage a few cards go on trying, and the rest hear that it fails")
    func canaries() throws {
        var table = ReachabilityTable()
        var detector = OutageDetector()
        for _ in 0..<2_000 { _ = try table.add(.init(primary: 1, backup: 2, interval: 30)) }
        for id in UInt32(0)..<2_000 { _ = table.heard(id, slot: .primary, at: 1_000) }
        _ = detector.tick(1_001, scanning: &table)
        for id in UInt32(0)..<2_000 { _ = table.heard(id, slot: .backup, reason: 4, moves: 1, at: 1_040) }
        let events = detector.tick(1_041, scanning: &table)
        #expect(events.count == 1 && events.first?.began?.scope == .network(1))
        #expect(detector.returnWindow(of: 1) == 40)
        var canaries = 0
        for id in UInt32(0)..<2_000 {
            let proof = try table.proof(id, slot: .backup, reason: 4, moves: 1, at: 1_070)
            if detector.advice(for: proof).health == .unknown { canaries += 1 }
        }
        #expect((15...80).contains(canaries), "\(canaries)")
    }

    @Test("A restart in the middle of an outage keeps it open, and its end is still found")
    func restarted() throws {
        var estate = try Self.estate(17)
        estate.service = { id, _, at in id == 1 && (600..<3_000).contains(at) ? .dead : .up }
        estate.run(until: 1_500)
        let saved = estate.open
        #expect(saved.count == 1)
        var table = ReachabilityTable()
        for card in estate.cards {
            let device = try #require(estate.table.device(card.id))
            let id = try table.add(device)
            try table.restore(id, try #require(estate.table.standing(card.id)))
        }
        table.scan(estate.now) { _ in }
        table.resumed(at: estate.now)
        estate.table = table
        estate.detector = OutageDetector(open: saved, nextID: 2)
        #expect(estate.detector.health(of: 1) == .failing)
        estate.run(until: 2_900)
        #expect(estate.open.map(\.id) == saved.map(\.id), "\(estate.log)")
        let end = estate.run(until: 6_000) { $0.isEnd }
        guard case .ended(_, _, .recovered) = end else {
            Issue.record("no recovery: \(estate.log.suffix(2))")
            return
        }
    }

    @Test("A closed outage is not opened again by what it was opened for")
    func closed() throws {
        var estate = try Self.estate(18)
        estate.service = { id, _, at in id == 1 && (600..<700).contains(at) ? .dead : .up }
        estate.run(until: 680)
        let id = try #require(estate.open.first?.id)
        let unknown = estate.detector.close(id + 1, at: estate.now)
        #expect(unknown == nil)
        let ended = estate.detector.close(id, at: estate.now)
        #expect(ended?.isEnd == true)
        estate.run(until: 681)
        #expect(estate.open.isEmpty)
    }

    @Test("A quiet estate stays quiet for hours, with devices that break one by one", arguments: [UInt64(21), 22, 23])
    func quietHours(_ seed: UInt64) throws {
        print("quiet hours: seed \(seed)")
        var estate = try Self.estate(seed, every: 300)
        estate.firstHold = 1_800
        var random = Random(seed: seed)
        while estate.elapsed < 28_800 {
            estate.run(until: estate.elapsed + 200)
            let index = Int(random.below(UInt32(estate.cards.count)))
            estate.cards[index].isBroken.toggle()
        }
        #expect(estate.log.isEmpty, "\(estate.log)")
    }

    /// As the demo has it: everything at home on one operator, a third of it resilient, a beacon every ten minutes.
    static func demo(_ seed: UInt64) throws -> SimulatedEstate {
        var estate = SimulatedEstate(seed: seed)
        estate.firstHold = 1_800
        for area in UInt16(1)...3 {
            try estate.add(40, on: 1, backup: 2, area: area, every: 600)
            try estate.add(40, .single, on: 1, area: area, every: 600)
        }
        return estate
    }

    @Test("Nobody is at home on the backup: those that moved are control enough, and the outage is found, and its end")
    func nobodyElse() throws {
        var estate = try Self.demo(30)
        estate.service = { id, _, at in id == 1 && (3_600..<9_000).contains(at) ? .dead : .up }
        let event = estate.run(until: 4_000) { _ in true }
        let outage = try #require(event?.began)
        #expect(outage.scope == .network(1) && outage.reason == 4)
        #expect(estate.elapsed < 3_800, "seen after \(estate.elapsed - 3_600) s")
        #expect(abs(Int(outage.began) - Int(estate.start + 3_600)) < 15)
        estate.run(until: 8_999)
        #expect(estate.away >= 110)
        #expect((estate.open.first?.peak.silent ?? 0) >= 110)
        let end = estate.run(until: 10_800) { $0.isEnd }
        guard case .ended(_, let at, .recovered) = end else {
            Issue.record("no recovery: \(estate.log.suffix(3))")
            return
        }
        #expect(at >= estate.start + 9_000 && estate.elapsed < 9_000 + 600)
        estate.run(until: estate.elapsed + 1_300)
        #expect(estate.away == 0)
    }

    @Test("The same estate, our responders down for an hour: our own fault, and nothing else, before or after")
    func nobodyElseAndRespondersDown() throws {
        var estate = try Self.demo(31)
        estate.respondersUp = { !(3_600..<7_200).contains($0) }
        estate.run(until: 20_000)
        #expect(estate.log.map(\.event.outage.scope) == [.responder, .responder], "\(estate.log)")
    }

    @Test(
        "O2 UK 2012: four cards in ten fall silent everywhere, beacons get lost, and the operator is not called well again before it is"
    )
    func partial() throws {
        var estate = try Self.estate(32)
        var random = Random(seed: 32)
        estate.run(until: 600)
        let lost = estate.cards.indices.filter { estate.cards[$0].primary == 1 && random.below(10) < 4 }
        for index in lost { estate.cards[index].isBroken = true }
        while estate.elapsed < 6_000 {
            estate.run(until: estate.elapsed + 20)
            // One healthy device after the other misses a few beacons.
            for index in estate.cards.indices { estate.cards[index].isOff = false }
            for _ in 0..<8 { estate.cards[Int(random.below(UInt32(estate.cards.count)))].isOff = true }
        }
        for index in estate.cards.indices { estate.cards[index].isOff = false }
        #expect(estate.open.contains { $0.scope == .network(1) }, "\(estate.log)")
        #expect(!estate.log.contains { $0.event.isEnd && $0.event.outage.scope == .network(1) }, "\(estate.log)")
        for index in lost { estate.cards[index].isBroken = false }
        let over = estate.run(until: 12_000) { $0.isEnd }
        #expect(over != nil)
    }

    @Test("The window of return is what is away by what the operator bears, within bounds")
    func returnWindow() throws {
        var table = ReachabilityTable()
        var parameters = OutageDetector.Parameters.standard
        parameters.registrationsPerSecond = 2
        parameters.longestReturn = 600
        var detector = OutageDetector(parameters: parameters)
        var windows: [UInt32] = []
        for id in UInt32(0)..<2_000 {
            _ = try table.add(.init(primary: 1, backup: 2, interval: 3_600))
            _ = table.heard(id, slot: .backup, at: 1_000 + id)
            if [9, 99, 1_999].contains(id) {
                _ = detector.tick(1_000 + id, scanning: &table)
                windows.append(detector.returnWindow(of: 1))
            }
        }
        #expect(windows == [10, 50, 600])
        #expect(detector.returnWindow(of: 7) == 10)
    }
}

extension ReachabilityTable.Slice {
    fileprivate static var onBackup: Self {
        var slice = Self()
        slice.slot = .backup
        return slice
    }
}
