import Testing
import Wire

@testable import Lab

@Suite("The proactive session follows TS 102 223")
struct ToolkitTests {
    private func registered(_ quirks: Set<Quirk> = []) -> TerminalBench<ScriptedCard> {
        let bench = TerminalBench(ScriptedCard(script: CardScript()), quirks: quirks)
        bench.register()
        return bench
    }

    @Test func answersCommandsByWhatItIs() {
        let bench = registered()
        #expect(bench.result(of: 0x02) == [0x00], "MORE TIME")
        #expect(bench.result(of: 0x21) == [0x30], "DISPLAY TEXT is beyond a module")
        #expect(bench.result(of: 0x7E) == [0x31], "no such command")
        #expect(bench.result(of: 0x27, 0x00) { $0.comprehension(0x24, [9]) } == [0x32], "there is no ninth timer")
        #expect(bench.result(of: 0x03) { $0.comprehension(0x04, [0x07, 0x01]) } == [0x32], "no such unit of time")
    }

    @Test func copiesTheCommandDetails() {
        let bench = registered()
        _ = bench.result(of: 0x26, 0x06)
        #expect(bench.script.object(0x01, in: bench.script.responses.last ?? []) == [1, 0x26, 0x06])
        #expect(bench.script.object(0x02, in: bench.script.responses.last ?? []) == [0x82, 0x81])
        #expect(bench.script.object(0x3F, in: bench.script.responses.last ?? []) == [0x08])
    }

    @Test func tellsWhereItIsOnlyWhereItIs() {
        let bench = registered()
        #expect(bench.result(of: 0x26, 0x00) == [0x00])
        #expect(bench.script.object(0x13, in: bench.script.responses.last ?? [])?.prefix(5) == [0x99, 0xF9, 0x07, 0x00, 0x01])
        bench.tell(.cells([]))
        bench.wait(.seconds(1))
        #expect(bench.result(of: 0x26, 0x00) == [0x20, 0x04], "no service")
        #expect(bench.result(of: 0x26, 0x03) == [0x20, 0x04], "no network, no time")
    }

    @Test func givesTheDateInSwappedDigits() {
        #expect(LocalInformation.dateAndTime(1_767_225_600_000 + 12_345_000) == [0x62, 0x10, 0x10, 0x30, 0x52, 0x54, 0x00])
        #expect(LocalInformation.dateAndTime(1_709_208_000_000) == [0x42, 0x20, 0x92, 0x21, 0x00, 0x00, 0x00], "2024-02-29, noon")
    }

    @Test func timersRunAndTellWhatHasPassed() {
        let bench = registered()
        #expect(
            bench.result(of: 0x27, 0x00) {
                $0.comprehension(0x24, [1])
                $0.comprehension(0x25, [0x00, 0x10, 0x62])
            } == [0x00], "one minute and 26 seconds")
        bench.wait(.seconds(40))
        #expect(bench.result(of: 0x27, 0x02) { $0.comprehension(0x24, [1]) } == [0x00])
        let left = bench.script.object(0x25, in: bench.script.responses.last ?? []).flatMap(LocalInformation.duration)
        #expect(left.map { $0 > .seconds(5) && $0 < .seconds(46) } == true)
        bench.wait(.seconds(60))
        let expiry = bench.script.envelopes(0xD7)
        #expect(expiry.count == 1)
        #expect(bench.script.object(0x24, in: expiry[0]) == [1])
        #expect(bench.script.object(0x25, in: expiry[0]) == [0x00, 0x10, 0x62])
        #expect(bench.result(of: 0x27, 0x01) { $0.comprehension(0x24, [1]) } == [0x24], "a timer that does not run")
    }

    @Test func timerValuesAreSwappedDigits() {
        for seconds in [0, 1, 9, 10, 26, 59, 60, 61, 3_599, 3_600, 86_399] {
            let value = LocalInformation.timerValue(.seconds(seconds))
            #expect(value.allSatisfy { $0 & 0x0F <= 9 && $0 >> 4 <= 9 })
            #expect(LocalInformation.duration(value) == .seconds(seconds))
        }
        #expect(LocalInformation.duration([0x00, 0x00, 0x1A]) == nil)
        #expect(LocalInformation.duration([0x00, 0x06, 0x00]) == nil, "sixty minutes")
    }

    @Test func sendsEventsThatTheListAsksForAndNoOthers() {
        let bench = registered()
        #expect(bench.result(of: 0x05) { $0.comprehension(0x19, [0x03]) } == [0x00])
        bench.tell(.cells([]))
        bench.wait(.seconds(2))
        let location = bench.script.events(0x03)
        #expect(location.count == 1)
        #expect(bench.script.object(0x1B, in: location[0]) == [0x02], "no service")
        #expect(bench.script.events(0x1D).isEmpty && bench.script.events(0x0A).isEmpty)
        #expect(bench.result(of: 0x05) { $0.comprehension(0x19, []) } == [0x00], "an empty list asks for nothing")
        bench.tell(.cells([TerminalBench<ScriptedCard>.cell]))
        bench.wait(.seconds(5))
        #expect(bench.script.events(0x03).count == 1)
    }

    @Test func reportsRegistrationInNormalServiceWithItsPlace() throws {
        let bench = TerminalBench(ScriptedCard(script: CardScript()))
        bench.script.ask(0x05) { $0.comprehension(0x19, [0x03]) }
        bench.register()
        let events = bench.script.events(0x03)
        // No service at first is what it was when the list was set up, and no change.
        try #require(events.map { bench.script.object(0x1B, in: $0) } == [[0x01], [0x00]])
        #expect(bench.script.object(0x13, in: events[1])?.prefix(3) == [0x99, 0xF9, 0x07])
        #expect(bench.script.object(0x13, in: events[0]) == nil)
    }

    @Test func holdsEventsBackWhileTheCardIsBusy() {
        let bench = registered()
        _ = bench.result(of: 0x05) { $0.comprehension(0x19, [0x03]) }
        bench.script.busyEnvelopes = 3
        bench.tell(.cells([]))
        bench.wait(.seconds(10))
        #expect(bench.script.events(0x03).count == 1)
    }

    @Test func grantsAPollIntervalNoShorterThanItCan() {
        let bench = TerminalBench(ScriptedCard(script: CardScript()), timing: .field)
        bench.powerOn()
        bench.wait(.seconds(10))
        bench.script.ask(0x03) { $0.comprehension(0x04, [0x02, 0x01]) }
        bench.poll()
        #expect(bench.script.object(0x04, in: bench.script.responses.last ?? []) == [0x02, 0x0A], "one second for a tenth")
        let before = bench.script.commands.count
        bench.wait(.seconds(20))
        #expect(bench.script.commands[before...].count { $0[1] == 0xF2 } == 20)
    }

    @Test func readsNothingFromACommandThatIsNone() {
        let bench = registered()
        for bytes: [UInt8] in [[0xD0], [0xD0, 0x02, 0x81, 0x03], [0xD1, 0x00], [0xD0, 0x05, 0x81, 0x03, 1, 1, 1], []] {
            #expect(ProactiveCommand(bytes) == nil)
        }
        bench.script.toFetch = [[0xD0, 0x03, 0x81, 0x09, 0x01]]
        bench.poll()
        #expect(bench.seen.last == .toolkitFault)
    }

    @Test func randomCommandsNeverBreakIt() {
        var random = SplitMix64(seed: 20_261_122)
        let bench = registered()
        for _ in 0..<3_000 {
            let kind = [0x01, 0x03, 0x05, 0x26, 0x27, 0x40, 0x41, 0x42, 0x43, 0x44][random.below(10)]
            bench.script.ask(UInt8(kind), UInt8(random.below(10)), to: UInt8(0x21 + random.below(3))) { writer in
                for _ in 0..<random.below(6) {
                    let tag = [0x04, 0x19, 0x24, 0x25, 0x35, 0x36, 0x37, 0x39, 0x3C, 0x3E, 0x47][random.below(11)]
                    writer.comprehension(UInt16(tag), random.bytes(random.below(12)))
                }
            }
            bench.wait(.seconds(random.below(40)))
            if random.below(10) == 0 { bench.register() }
        }
    }
}

@Suite("Channels carry datagrams (TS 102 223, clause 6.4.27)")
struct ChannelTests {
    private static func openChannel(_ writer: inout ByteWriter) {
        writer.comprehension(0x35, [0x03])
        writer.comprehension(0x39, [0x02, 0x00])
        writer.comprehension(0x3C, [0x01, 0x16, 0x33])
        writer.comprehension(0x3E, [0x21, 192, 0, 2, 10])
    }

    private func registered(_ quirks: Set<Quirk> = []) -> TerminalBench<ScriptedCard> {
        let bench = TerminalBench(ScriptedCard(script: CardScript()), quirks: quirks)
        bench.register()
        bench.script.ask(0x05) { $0.comprehension(0x19, [0x09, 0x0A]) }
        bench.poll()
        return bench
    }

    private func opened() -> TerminalBench<ScriptedCard> {
        let bench = registered()
        bench.script.ask(0x40, 0x01, Self.openChannel)
        bench.poll()
        return bench
    }

    private let remote = Endpoint(.v4(192, 0, 2, 10), port: 5_683)

    @Test func opensSendsReceivesAndCloses() {
        let bench = opened()
        #expect(bench.script.results.last == [0x00])
        #expect(bench.script.object(0x38, in: bench.script.responses.last ?? []) == [0x81, 0x00])
        bench.script.ask(0x43, 0x01, to: 0x21) { $0.comprehension(0x36, [1, 2, 3]) }
        bench.poll()
        guard case .datagram(5, let datagram)? = bench.sent.last else { return #expect(Bool(false), "nothing was sent") }
        #expect(datagram.payload == [1, 2, 3] && datagram.destination == remote && datagram.source.address == .v4(100, 64, 0, 2))
        bench.hear(.datagram(bearer: 5, Datagram(source: remote, destination: datagram.source, payload: [7, 8, 9, 10])))
        #expect(bench.script.events(0x09).map { bench.script.object(0x37, in: $0) } == [[4]])
        bench.script.ask(0x42, to: 0x21) { $0.comprehension(0x37, [3]) }
        bench.script.ask(0x42, to: 0x21) { $0.comprehension(0x37, [200]) }
        bench.poll()
        let taken = bench.script.responses.suffix(2).map { bench.script.object(0x36, in: $0) }
        #expect(taken == [[7, 8, 9], [10]])
        bench.script.ask(0x41, to: 0x21)
        bench.script.ask(0x43, 0x01, to: 0x21) { $0.comprehension(0x36, [1]) }
        bench.poll()
        #expect(bench.script.results.suffix(2) == [[0x00], [0x3A, 0x03]])
    }

    @Test func takesNothingFromStrangers() {
        let bench = opened()
        let stranger = Endpoint(.v4(203, 0, 113, 1), port: 5_683)
        bench.hear(
            .datagram(bearer: 5, Datagram(source: stranger, destination: Endpoint(.v4(100, 64, 0, 2), port: 49_152), payload: [1])))
        #expect(bench.script.events(0x09).isEmpty)
    }

    @Test func needsRegistration() {
        let bench = registered()
        bench.tell(.cells([]))
        bench.wait(.seconds(1))
        bench.script.ask(0x40, 0x01, Self.openChannel)
        bench.poll()
        #expect(bench.script.results.last == [0x20, 0x04])
    }

    @Test func waitsForTheConnectionAndGivesUp() {
        let bench = TerminalBench(ScriptedCard(script: CardScript()))
        bench.powerOn()
        bench.wait(.milliseconds(200))
        bench.hear(.attachAccept(area: TerminalBench<ScriptedCard>.cell.area))
        bench.script.ask(0x40, 0x01, Self.openChannel)
        bench.wait(.seconds(31))
        #expect(
            bench.script.results.isEmpty == false && bench.script.results.last == [0x21, 0x00], "the network gave no connection")
    }

    @Test func tellsTheCardWhenTheLinkDrops() {
        let bench = opened()
        bench.hear(.bearerDropped(id: 5, .networkFailure))
        #expect(bench.script.events(0x0A).map { bench.script.object(0x38, in: $0) } == [[0x01, 0x05]])
        bench.script.ask(0x43, 0x01, to: 0x21) { $0.comprehension(0x36, [1]) }
        bench.poll()
        #expect(bench.script.results.last == [0x3A, 0x02])
    }

    @Test func offersNoMoreThanItHas() {
        let bench = opened()
        bench.script.ask(0x40, 0x01, Self.openChannel)
        bench.script.ask(0x40, 0x01, Self.openChannel)
        bench.poll()
        #expect(bench.script.results.suffix(2) == [[0x00], [0x3A, 0x01]])
    }

    @Test func refusesWhereTheModuleHasNone() {
        let bench = registered([.noChannels])
        bench.script.ask(0x40, 0x01, Self.openChannel)
        bench.poll()
        #expect(bench.script.results.last == [0x30])
    }
}
