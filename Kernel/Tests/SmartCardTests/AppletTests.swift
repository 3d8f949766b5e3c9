import Beacon
import Resilience
import SmartCard
import Testing
import Wire

@Suite("The resident applet in a terminal (TS 102 223, TS 31.111)")
struct AppletTests {
    private func terminal(
        parameters: Parameters = .standard, profile: [UInt8] = Terminal.capable, hasBackup: Bool = true, responders: Int = 2
    ) throws -> Terminal {
        Terminal(try Workbench.card(parameters: parameters, hasBackup: hasBackup, responders: responders), profile: profile)
    }

    @Test("says nothing before TERMINAL PROFILE, and nothing at all to a terminal of zeros")
    func silence() throws {
        let terminal = try terminal(profile: [UInt8](repeating: 0, count: 36))
        #expect(terminal.card.send("80F2000C").status == 0x9000)
        #expect(terminal.card.send("80C2000003D60100").status == 0x6A80)
        #expect(terminal.card.send("8012000000").status == 0x6985)
        terminal.boot()
        terminal.run(for: 48 * 3_600_000)
        #expect(terminal.seen.isEmpty)
        #expect(terminal.violations.isEmpty)
    }

    @Test("sets up its events once, asks where it is, and sends a beacon whose answer is heard")
    func healthy() throws {
        let terminal = try terminal()
        terminal.boot()
        terminal.run(for: 60_000)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        #expect(terminal.count(0x05) == 1)
        #expect(terminal.heartbeats.count == 1)
        let heartbeat = try #require(terminal.heartbeats.first?.heartbeat)
        #expect(heartbeat.card.value == Workbench.cardNumber)
        #expect(heartbeat.profile == .primary)
        #expect(heartbeat.boots == 1)
        #expect(heartbeat.network == (try PLMN("234-15")))
        #expect(heartbeat.technology == 8)
        #expect(terminal.card.policyMemory.channelProven)
        terminal.run(for: 3_600_000)
        // Every ten minutes, and nothing but.
        #expect((6...7).contains(terminal.heartbeats.count))
        #expect(terminal.count(0x05) == 1)
        #expect(terminal.card.policyMemory.moves == 0)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("the proactive session: one command open, numbers that change, lengths that must be right")
    func session() throws {
        let terminal = try terminal()
        var card = terminal.card
        let profile = "80100000" + Hex.text([UInt8(Terminal.capable.count)] + Terminal.capable)
        let first = card.send(profile)
        #expect(first.status & 0xFF00 == 0x9100)
        // 91XX only where 9000 would be.
        #expect(card.send("00A40004023F00").status & 0xFF00 == 0x6100)
        #expect(card.send("00A4000C023F00").status == first.status)
        let length = UInt8(first.status & 0xFF)
        #expect(card.send("80120000" + Hex.text([length + 1])).status == 0x6C00 | UInt16(length))
        let command = card.send("80120000" + Hex.text([length]))
        #expect(command.status == 0x9000)
        #expect(command.data.first == 0xD0)
        // It is open: nothing else is offered.
        #expect(card.send("80F2000C").status == 0x9000)
        #expect(card.send("8012000000").status == 0x6985)
        // An answer that makes no sense ends it as failed.
        #expect(card.send("801400000401020304").status == 0x6A80)
        #expect(card.send("801400000401020304").status == 0x6985)
        let next = card.send("80F2000C")
        #expect(next.status & 0xFF00 == 0x9100)
        let second = card.send("80120000" + Hex.text([UInt8(next.status & 0xFF)]))
        #expect(second.data[4] != command.data[4])
    }

    @Test("leaves a registered network whose data path is dead, and answers from the other one")
    func deadDataPath() throws {
        let terminal = try terminal()
        terminal.boot()
        terminal.run(for: 1_000_000)
        #expect(terminal.card.visible == .primary)
        terminal.change(.primary) { $0.passesData = false }
        let cost = Parameters.standard.cost
        let fault = terminal.now
        #expect(terminal.run(atMost: UInt64(cost.detection.milliseconds) + 60_000) { $0.slot == .backup })
        #expect(terminal.run(atMost: 60_000) { $0.heartbeats.last?.heartbeat.profile == .backup })
        let heartbeat = try #require(terminal.heartbeats.last?.heartbeat)
        #expect(heartbeat.lastMove == MoveReason.dataPathDead.rawValue)
        #expect(heartbeat.moves == 1)
        #expect(heartbeat.network == (try PLMN("310-410")))
        #expect(heartbeat.sinceMove.map { $0 < 60 } == true)
        #expect(terminal.now - fault < UInt64(cost.detection.milliseconds) + 120_000)
        #expect(terminal.card.send("80F2000C").status == 0x9000)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        // And comes home by itself.
        terminal.change(.primary) { $0.passesData = true }
        #expect(terminal.run(atMost: 2 * 3_600_000) { $0.slot == .primary && $0.heartbeats.last?.heartbeat.profile == .primary })
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test(
        "leaves at once when the network refuses the subscription for good, also in a terminal without channels",
        arguments: [true, false])
    func rejected(hasChannels: Bool) throws {
        let terminal = try terminal(profile: hasChannels ? Terminal.capable : Terminal.without((12, 1)))
        terminal.boot()
        terminal.run(for: 300_000)
        terminal.change(.primary) {
            $0.admits = false
            $0.rejection = 8
        }
        #expect(terminal.run(atMost: 40_000) { $0.slot == .backup })
        #expect(terminal.card.policyMemory.lastMove == .rejected)
        terminal.run(for: 600_000)
        #expect(terminal.slot == .backup)
        #expect(terminal.count(0x40) == 0 || hasChannels)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("a terminal that reports no events is asked where it is; one without timers is polled")
    func poorTerminals() throws {
        for profile in [
            // No event list; no timers; neither, and no channels.
            Terminal.without((5, 1)), Terminal.without((8, 1), (8, 2)), Terminal.without((5, 1), (8, 1), (8, 2), (12, 1)),
            // No reading of timers; no timers and no POLL INTERVAL.
            Terminal.without((8, 2)), Terminal.without((8, 1), (8, 2), (3, 6)),
        ] {
            let terminal = try terminal(profile: profile)
            terminal.boot()
            terminal.run(for: 1_800_000)
            #expect(terminal.slot == .primary)
            terminal.change(.primary) { $0.admits = false }
            #expect(terminal.run(atMost: 1_800_000) { $0.slot == .backup })
            #expect(terminal.card.policyMemory.lastMove == .noRegistration)
            terminal.run(for: 600_000)
            #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        }
    }

    @Test("a switch whose REFRESH is ignored, refused or not offered shows at the next reset")
    func ignoredRefresh() throws {
        for (refresh, profile) in [
            (Terminal.Refresh.ignore, Terminal.capable), (.refuse(0x20), Terminal.capable), (.refuse(0x30), Terminal.capable),
            (.obey, Terminal.without((3, 8))),
        ] {
            let terminal = try terminal(profile: profile)
            terminal.refresh = refresh
            terminal.boot()
            terminal.run(for: 300_000)
            terminal.change(.primary) { $0.passesData = false }
            #expect(terminal.run(atMost: 1_200_000) { $0.card.enabled == .backup })
            #expect(terminal.card.visible == .primary)
            terminal.run(for: 1_000)
            // The old subscription answers as a whole until then: its IMSI and its keys.
            #expect(terminal.card.read("7FFF6F07", count: 9).data == (try Workbench.subscription(.primary).imsi.coded))
            terminal.boot()
            #expect(terminal.slot == .backup)
            #expect(terminal.run(atMost: 120_000) { $0.heartbeats.last?.heartbeat.profile == .backup })
            #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        }
    }

    @Test("a refused REFRESH is asked for again, and given up when the old profile delivers again")
    func repeatedRefresh() throws {
        let terminal = try terminal()
        terminal.refresh = .refuse(0x20)
        terminal.boot()
        terminal.run(for: 300_000)
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 1_800_000) { $0.count(0x01) >= 3 })
        #expect(terminal.slot == .primary)
        terminal.change(.primary) { $0.passesData = true }
        #expect(terminal.run(atMost: 1_800_000) { $0.card.enabled == .primary })
        #expect(terminal.card.policyMemory.lastMove == .abandoned)
        terminal.boot()
        #expect(terminal.slot == .primary)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("the other subscription starts without what the terminal stored in it last time")
    func volatileFiles() throws {
        let terminal = try terminal()
        // Each profile keeps what is stored in it while the other one is in use.
        func store() {
            for path in ["7FFF6F7E", "7FFF6FE3", "7FFF6F7B", "7FFF5FC04F01"] {
                terminal.card.send("00A4080C" + Hex.text([UInt8(path.count / 2)]) + path)
                #expect(terminal.card.send("00D6000008" + "0102030405060708").status & 0xF000 == 0x9000)
            }
        }
        terminal.boot()
        store()
        terminal.run(for: 300_000)
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 1_200_000) { $0.slot == .backup })
        terminal.card.selectApplication()
        #expect(terminal.card.read("7FFF6F7E", count: 11).data == hex("ffffffffffffff0000ff01"))
        #expect(terminal.card.read("7FFF6F7B", count: 12).data == [UInt8](repeating: 0xFF, count: 12))
        store()
        terminal.change(.primary) { $0.passesData = true }
        #expect(terminal.run(atMost: 4 * 3_600_000) { $0.slot == .primary })
        terminal.card.selectApplication()
        #expect(terminal.card.read("7FFF6F7E", count: 11).data == hex("ffffffffffffff0000ff01"))
        #expect(terminal.card.read("7FFF6FE3", count: 18).data == hex("ffffffffffffffffffffffffffffff000001"))
        #expect(terminal.card.read("7FFF5FC04F01", count: 20).data == hex("ffffffffffffffffffffffffffffffff00000001"))
        #expect(terminal.card.read("7FFF6F7B", count: 12).data == [UInt8](repeating: 0xFF, count: 12))
    }

    @Test("the responders' failure moves the card once to look and home again")
    func respondersDown() throws {
        let terminal = try terminal()
        terminal.boot()
        terminal.run(for: 300_000)
        terminal.respondersUp = [false, false]
        terminal.run(for: 3 * 3_600_000)
        #expect(terminal.slot == .primary)
        #expect(terminal.card.policyMemory.moves == 2)
        #expect(terminal.card.policyMemory.lastMove == .responderDoubt)
        // One responder alone is no reason for anything.
        terminal.respondersUp = [false, true]
        terminal.run(for: 24 * 3_600_000)
        #expect(terminal.slot == .primary)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("a channel that never worked on this terminal is no evidence; the reasons a terminal may refuse are all survived")
    func refusals() throws {
        for (type, result) in [
            (0x40, 0x30), (0x40, 0x3A), (0x40, 0x20), (0x43, 0x3A), (0x42, 0x3A), (0x05, 0x32), (0x27, 0x30), (0x26, 0x30),
            (0x03, 0x30), (0x41, 0x3A),
        ] as [(UInt8, UInt8)] {
            let terminal = try terminal()
            terminal.failures[type] = result
            terminal.boot()
            terminal.run(for: 12 * 3_600_000)
            #expect(terminal.violations.isEmpty, "\(type) \(result): \(terminal.violations)")
            // Commands stay few: no retry without end.
            #expect(terminal.seen.count < 1_500, "\(type) \(result): \(terminal.seen.count)")
            // Nothing fails but the channel, and a card that goes by registration has no reason to move.
            if type == 0x40, result != 0x20 {
                #expect(terminal.card.policyMemory.moves == 0, "\(type) \(result): \(terminal.card.policyMemory.moves)")
            }
        }
    }

    @Test("data connection events count for the profile's own access point only")
    func connectionEvents() throws {
        let terminal = try terminal()
        terminal.boot()
        terminal.run(for: 120_000)
        terminal.reportConnection(1, cause: 27, accessPoint: "ims")
        terminal.run(for: 200_000)
        #expect(terminal.slot == .primary)
        terminal.change(.primary) { $0.opensChannels = false }
        terminal.reportConnection(2, cause: 38, accessPoint: "iot.alpha.mnc015.mcc234.gprs")
        #expect(terminal.run(atMost: UInt64(Parameters.standard.bearerGrace.milliseconds) + 60_000) { $0.slot == .backup })
        #expect(terminal.card.policyMemory.lastMove == .bearerLost)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("probes of 100 ms are timed by polls of a tenth of a second")
    func tenths() throws {
        var parameters = Parameters.alarm
        parameters.heartbeat = .milliseconds(100)
        parameters.heartbeatAway = .milliseconds(100)
        parameters.timeout = .milliseconds(100)
        parameters.suspectProbe = .milliseconds(1)
        parameters.leaveSpread = .zero
        parameters.jitter = 0
        let terminal = try terminal(parameters: parameters)
        terminal.operators[.primary]?.latency = 20
        terminal.operators[.backup]?.latency = 20
        terminal.operators[.backup]?.attach = 300
        terminal.boot()
        terminal.run(for: 20_000)
        #expect(terminal.count(0x27) == 0)
        #expect(terminal.heartbeats.count > 80)
        let fault = terminal.now
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 5_000) { $0.slot == .backup })
        let detection = terminal.now - fault
        #expect(terminal.run(atMost: 5_000) { $0.heartbeats.last?.heartbeat.profile == .backup })
        // The gap to the next beacon, three misses of 100 ms each, and two polls.
        #expect(detection <= 100 + 3 * 100 + 200, "\(detection) ms")
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        print(
            "100 ms probes: left after \(detection) ms, answered after \(terminal.now - fault) ms, 300 ms of them attaching"
        )
    }

    @Test("the card's time never runs ahead and falls little behind, whatever happens in between")
    func time() throws {
        var random = Seeded(20_261_122)
        let terminal = try terminal(parameters: .frugal)
        terminal.boot()
        var worst: Int64 = 0
        for _ in 0..<500 {
            terminal.run(for: UInt64.random(in: 1_000...900_000, using: &random))
            terminal.reportLocation()
            worst = max(worst, terminal.lag)
            #expect(terminal.lag >= 0)
        }
        // A reading cuts off less than a second, and they add up: each event reads the timer once.
        print("after \(terminal.now / 1_000) s and 500 events the card's time is \(terminal.lag) ms behind, at worst \(worst) ms")
        #expect(worst < 1_000 * 600)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("no sequence number is used twice, over power cuts at any moment")
    func sequenceNumbers() throws {
        let seed: UInt64 = 42
        print("seed \(seed)")
        var random = Seeded(seed)
        let terminal = try terminal(parameters: .alarm)
        for _ in 0..<60 {
            terminal.boot()
            terminal.run(for: UInt64.random(in: 1_000...400_000, using: &random))
            try terminal.cutPower()
        }
        // The responder would have refused a number that it had seen: that is a violation.
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
        #expect(terminal.heartbeats.count > 100)
    }

    @Test("a healthy day costs few writes, and few commands")
    func cost() throws {
        let terminal = try terminal()
        terminal.boot()
        terminal.run(for: 3_600_000)
        let writes = terminal.card.memory.appends + terminal.card.memory.replacements
        let commands = terminal.seen.count
        let beacons = terminal.heartbeats.count
        terminal.run(for: 24 * 3_600_000)
        let spent = terminal.card.memory.appends + terminal.card.memory.replacements - writes
        print(
            "a healthy day: \(terminal.heartbeats.count - beacons) beacons, \(spent) writes, \(terminal.seen.count - commands) commands"
        )
        #expect(spent <= 6)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("a link that breaks is reported once and the next beacon opens another")
    func brokenLink() throws {
        let terminal = try terminal(parameters: .alarm)
        terminal.boot()
        terminal.run(for: 300_000)
        let before = terminal.heartbeats.count
        for _ in 0..<20 {
            terminal.dropLink()
            terminal.run(for: 30_000)
        }
        #expect(terminal.heartbeats.count >= before + 15)
        #expect(terminal.slot == .primary)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("an ordinary card with one profile beacons and never moves")
    func single() throws {
        let terminal = try terminal(parameters: Parameters.standard.withoutMoving(), hasBackup: false)
        terminal.boot()
        terminal.run(for: 3_600_000)
        #expect(terminal.heartbeats.count > 3)
        terminal.change(.primary) { $0.admits = false }
        terminal.run(for: 24 * 3_600_000)
        #expect(terminal.slot == .primary)
        #expect(terminal.count(0x01) == 0)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }
}
