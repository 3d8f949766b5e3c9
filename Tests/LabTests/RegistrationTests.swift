import Resilience
import Testing
import Wire

@testable import Lab

@Suite("A terminal registers as TS 24.301 says")
struct RegistrationTests {
    private typealias Bench = TerminalBench<ScriptedCard>

    private func attaching(_ quirks: Set<Quirk> = []) -> TerminalBench<ScriptedCard> {
        let script = CardScript()
        script.ask(0x05) { $0.comprehension(0x19, [0x03, 0x12, 0x1D]) }
        let bench = TerminalBench(ScriptedCard(script: script), quirks: quirks)
        bench.powerOn()
        bench.wait(.milliseconds(200))
        return bench
    }

    @Test func asksTheCardAndAnswersTheChallenge() {
        let bench = attaching()
        #expect(bench.sent.first == .attachRequest(imsi: bench.terminal.usim!.imsi))
        bench.script.authentication = [0xDB, 0x02, 0xAA, 0xBB, 0x01, 0x00, 0x01, 0x00]
        bench.hear(.authenticationRequest(rand: Array(repeating: 1, count: 16), autn: Array(repeating: 2, count: 16)))
        #expect(bench.script.commands.last { $0[1] == 0x88 }?.prefix(6) == [0x00, 0x88, 0x00, 0x81, 0x22, 0x10])
        #expect(bench.sent.last == .authenticationResponse(res: [0xAA, 0xBB]))
        bench.script.authentication = [0xDC, 0x0E] + Array(repeating: 5, count: 14)
        bench.hear(.authenticationRequest(rand: Array(repeating: 1, count: 16), autn: Array(repeating: 2, count: 16)))
        #expect(bench.sent.last == .synchronisationFailure(auts: Array(repeating: 5, count: 14)))
        bench.script.authentication = [0x98, 0x62]
        bench.hear(.authenticationRequest(rand: Array(repeating: 1, count: 16), autn: Array(repeating: 2, count: 16)))
        #expect(bench.sent.last == .macFailure)
    }

    @Test func storesWhereItIsRegistered() {
        let bench = attaching()
        bench.hear(.attachAccept(area: Bench.cell.area))
        #expect(bench.script.files[EF.loci]?.suffix(7) == [0x99, 0xF9, 0x07, 0x00, 0x01, 0xFF, 0x00])
        #expect(bench.script.files[EF.epsLOCI]?.suffix(6) == [0x99, 0xF9, 0x07, 0x00, 0x01, 0x00])
        bench.hear(.detach(.servicesNotAllowed, reattach: false))
        #expect(bench.script.files[EF.epsLOCI]?.last == 0x01, "not updated")
    }

    @Test func triesFiveTimesAndThenWaitsLong() {
        let bench = attaching()
        // T3410 1 s and T3411 0.5 s in the laboratory; T3402 10 s after the fifth.
        bench.wait(.seconds(8))
        #expect(bench.attaches() == 5)
        bench.wait(.seconds(6))
        #expect(bench.attaches() == 5)
        bench.wait(.seconds(5))
        #expect(bench.attaches() > 5)
    }

    @Test(arguments: [RejectCause.illegalMS, .illegalME, .servicesNotAllowed, .noServicesAllowed])
    func aPermanentCauseEndsItUntilTheNextReset(_ cause: RejectCause) {
        let bench = attaching()
        bench.hear(.attachReject(cause, backOff: nil))
        bench.wait(.hours(2))
        #expect(bench.attaches() == 1)
        #expect(bench.seen.contains(.location(.limited)))
        bench.tell(.hostReset)
        bench.wait(.seconds(1))
        #expect(bench.attaches() == 2)
    }

    @Test(arguments: [RejectCause.networkFailure, RejectCause(rawValue: 111)])
    func aTemporaryCauseIsTriedAgain(_ cause: RejectCause) {
        let bench = attaching()
        bench.hear(.attachReject(cause, backOff: nil))
        bench.wait(.seconds(1))
        #expect(bench.attaches() == 2)
    }

    @Test func congestionWaitsForAsLongAsTheNetworkSays() {
        let bench = attaching()
        bench.hear(.attachReject(.congestion, backOff: .seconds(20)))
        bench.wait(.seconds(19))
        #expect(bench.attaches() == 1)
        bench.wait(.seconds(2))
        #expect(bench.attaches() == 2)
    }

    @Test func aNetworkThatIsNotAllowedGoesIntoTheFileAndIsLeftAlone() {
        let script = CardScript()
        // A subscription of 999-72, which roams here.
        script.files[EF.imsi] = [0x08, 0x99, 0x99, 0x27, 0x00, 0x00, 0x00, 0x00, 0x10]
        let bench = TerminalBench(ScriptedCard(script: script))
        bench.powerOn()
        bench.wait(.milliseconds(200))
        bench.hear(.attachReject(.plmnNotAllowed, backOff: nil))
        #expect(script.files[EF.fplmn]?.contains([0x99, 0xF9, 0x07]) == true)
        bench.wait(.hours(1))
        #expect(bench.attaches() == 1)
        #expect(bench.locations.last == .location(.limited))
    }

    @Test func theHomeNetworkCannotForbidItself() {
        let bench = attaching()
        bench.hear(.attachReject(.plmnNotAllowed, backOff: nil))
        #expect(bench.script.files[EF.fplmn] == Array(repeating: 0xFF, count: 12))
        bench.wait(.seconds(1))
        #expect(bench.attaches() == 2)
    }

    @Test func anAreaThatIsNotAllowedIsLeftForAnother() {
        let bench = attaching()
        let other = Cell(carrier: 0, area: TrackingArea(plmn: Bench.home, code: 2), identity: 0x201)
        bench.tell(.cells([Bench.cell, other]))
        bench.hear(.attachReject(.noSuitableCells, backOff: nil))
        bench.wait(.milliseconds(100))
        #expect(bench.attaches() == 2)
        bench.hear(.attachAccept(area: other.area))
        #expect(bench.terminal.usim?.forbidden.isEmpty == true)
        #expect(bench.locations.last == .location(.normal))
    }

    @Test func tellsTheCardOfARejection() {
        let bench = attaching()
        bench.hear(.attachReject(.networkFailure, backOff: nil))
        let event = bench.script.events(0x12).first ?? []
        #expect(bench.script.object(0x02, in: event) == [0x83, 0x81], "it comes from the network")
        #expect(bench.script.object(0x7D, in: event) == [0x99, 0xF9, 0x07, 0x00, 0x01])
        #expect(bench.script.object(0x3F, in: event) == [0x08])
        #expect(bench.script.object(0x74, in: event) == [0x09], "an attach")
        #expect(bench.script.object(0x75, in: event) == [17])
    }

    @Test func updatesItsAreaFromTimeToTimeAndSurvivesOneRefusal() {
        let bench = attaching()
        bench.hear(.attachAccept(area: Bench.cell.area))
        bench.wait(.minutes(5))
        #expect(bench.sent.contains(.areaUpdateRequest))
        bench.hear(.areaUpdateReject(.implicitlyDetached))
        bench.wait(.seconds(1))
        #expect(bench.attaches() == 2)
    }

    @Test func comesBackIntoCoverageWithAnAreaUpdate() {
        let bench = TerminalBench(ScriptedCard(script: CardScript()))
        bench.register()
        bench.tell(.cells([]))
        bench.wait(.seconds(1))
        #expect(bench.locations.last == .location(.none))
        bench.tell(.cells([Bench.cell]))
        bench.wait(.seconds(1))
        #expect(bench.sent.last == .areaUpdateRequest)
        #expect(bench.locations.last == .location(.normal))
        #expect(bench.attaches() == 1 && bench.terminal.connectedCarrier == 0)
    }

    @Test func prefersItsHomeNetwork() {
        let foreign = PLMN(mcc: 999, mnc: 71, mncDigits: 2)!
        let bench = TerminalBench(ScriptedCard(script: CardScript()))
        bench.powerOn([Cell(carrier: 1, area: TrackingArea(plmn: foreign, code: 1), identity: 1), Bench.cell])
        bench.wait(.milliseconds(200))
        #expect(bench.seen.contains(.attachRequested(carrier: 0)))
    }
}

@Suite("A terminal keeps data connections as TS 24.301 says")
struct BearerTests {
    private func attached(_ quirks: Set<Quirk> = []) -> TerminalBench<ScriptedCard> {
        let script = CardScript()
        script.ask(0x05) { $0.comprehension(0x19, [0x1D]) }
        let bench = TerminalBench(ScriptedCard(script: script), quirks: quirks)
        bench.powerOn()
        bench.wait(.milliseconds(200))
        bench.hear(.attachAccept(area: TerminalBench<ScriptedCard>.cell.area))
        bench.wait(.milliseconds(50))
        return bench
    }

    private func requests(_ bench: TerminalBench<ScriptedCard>) -> Int {
        bench.sent.count { $0 == .bearerRequest(id: 5, apn: "internet") }
    }

    private func status(_ bench: TerminalBench<ScriptedCard>) -> [[UInt8]?] {
        bench.script.events(0x1D).map { bench.script.object(0x1D, in: $0) }
    }

    @Test func asksForOneAndTellsTheCard() {
        let bench = attached()
        #expect(requests(bench) == 1)
        bench.hear(.bearerAccept(id: 5, address: .v4(100, 64, 0, 2)))
        let event = bench.script.events(0x1D).first ?? []
        #expect(status(bench) == [[0x00]])
        #expect(bench.script.object(0x2A, in: event) == [0x01], "a PDN connection")
        #expect(bench.script.object(0x47, in: event) == [8] + Array("internet".utf8))
        #expect(bench.script.object(0x2E, in: event) == nil)
        #expect(bench.script.object(0x1B, in: event) == [0x00])
    }

    @Test func aRefusalComesWithItsCauseAndIsAskedAboutAgain() {
        let bench = attached()
        bench.hear(.bearerReject(id: 5, .insufficientResources))
        #expect(status(bench) == [[0x01]])
        #expect(bench.script.object(0x2E, in: bench.script.events(0x1D)[0]) == [26])
        // Longer than the pause before the next request, shorter than T3482, which would repeat that one.
        bench.wait(.milliseconds(700))
        #expect(requests(bench) == 2)
    }

    @Test func silenceIsTakenForARefusalAfterFiveRequests() {
        let bench = attached()
        bench.wait(.seconds(3))
        #expect(requests(bench) >= 5)
        #expect(status(bench).first == [0x01])
        #expect(bench.script.object(0x2E, in: bench.script.events(0x1D)[0]) == nil, "nobody gave a cause")
    }

    @Test func aDroppedConnectionIsToldAndAskedForAgain() {
        let bench = attached()
        bench.hear(.bearerAccept(id: 5, address: .v4(100, 64, 0, 2)))
        bench.hear(.bearerDropped(id: 5, .networkFailure))
        #expect(status(bench) == [[0x00], [0x02]])
        bench.wait(.seconds(1))
        #expect(requests(bench) >= 2)
    }

    @Test func losesItWithItsRegistration() {
        let bench = attached()
        bench.hear(.bearerAccept(id: 5, address: .v4(100, 64, 0, 2)))
        bench.hear(.detach(nil, reattach: true))
        #expect(status(bench) == [[0x00], [0x02]])
        bench.wait(.seconds(1))
        #expect(bench.attaches() == 2)
    }

    @Test func saysNothingWhereTheModemNeverDoes() {
        let bench = attached([.noDataConnectionEvent])
        bench.hear(.bearerAccept(id: 5, address: .v4(100, 64, 0, 2)))
        bench.hear(.bearerDropped(id: 5, .networkFailure))
        #expect(status(bench).isEmpty)
    }
}

@Suite("A terminal obeys REFRESH (TS 102 223, clause 6.4.7), or does not")
struct RefreshTests {
    private func registered(_ quirks: Set<Quirk> = [], timing: Timing = .laboratory) -> TerminalBench<ScriptedCard> {
        let bench = TerminalBench(ScriptedCard(script: CardScript()), quirks: quirks, timing: timing)
        bench.register()
        return bench
    }

    /// Another subscription, as a switched card shows it.
    private func change(_ script: CardScript) { script.files[EF.imsi] = [0x08, 0x99, 0x99, 0x17, 0x00, 0x00, 0x00, 0x00, 0x20] }

    @Test func aResetComesWithoutAResponse() {
        let bench = registered()
        let resets = bench.script.resets
        change(bench.script)
        bench.script.ask(0x01, 0x04)
        bench.poll()
        #expect(bench.script.responses.isEmpty)
        #expect(bench.script.resets == resets + 1)
        #expect(bench.sent.contains(.detach))
        #expect(bench.terminal.usim?.imsi == (try? IMSI("999710000000002")))
    }

    @Test func aProfileStateChangeIsAnsweredFirst() {
        let bench = registered()
        let resets = bench.script.resets
        bench.script.ask(0x01, 0x09)
        bench.poll()
        #expect(bench.script.results == [[0x00]])
        #expect(bench.script.resets == resets + 1)
    }

    @Test func anInitialisationReadsTheFilesAgainWithoutAReset() {
        let bench = registered()
        let resets = bench.script.resets
        change(bench.script)
        bench.script.ask(0x01, 0x00)
        bench.poll()
        #expect(bench.script.results == [[0x00]])
        #expect(bench.script.resets == resets)
        #expect(bench.terminal.usim?.imsi == (try? IMSI("999710000000002")))
        #expect(bench.attaches() == 2)
    }

    @Test func anUnknownModeIsBeyondIt() {
        let bench = registered()
        bench.script.ask(0x01, 0x55)
        bench.poll()
        #expect(bench.script.results == [[0x30]])
    }

    @Test func theQuirkOfIgnoringItShowsAtTheNextReset() {
        let bench = registered([.ignoresRefresh])
        change(bench.script)
        bench.script.ask(0x01, 0x04)
        bench.poll()
        bench.wait(.minutes(10))
        #expect(bench.script.results == [[0x00]], "performed, it says")
        #expect(bench.terminal.usim?.imsi == (try? IMSI("999700000000001")))
        bench.tell(.hostReset)
        bench.wait(.seconds(1))
        #expect(bench.terminal.usim?.imsi == (try? IMSI("999710000000002")))
    }

    @Test func aBusyTerminalRefusesAndThenObeys() {
        let bench = registered([.busyAtRefresh(times: 2)])
        let resets = bench.script.resets
        for _ in 0..<3 {
            bench.script.ask(0x01, 0x04)
            bench.poll()
        }
        #expect(bench.script.results == [[0x20, 0x02], [0x20, 0x02]])
        #expect(bench.script.resets == resets + 1)
    }

    @Test func theWatchdogResetsAModemThatHearsNothing() {
        let bench = registered([.watchdogReset(minutes: 5)])
        let resets = bench.script.resets
        bench.wait(.minutes(4))
        #expect(bench.sent.contains { if case .datagram(5, let datagram) = $0 { datagram.destination.port == 7 } else { false } })
        #expect(bench.script.resets == resets)
        bench.wait(.minutes(2))
        #expect(bench.seen.contains(.watchdogFired) && bench.script.resets == resets + 1)
    }

    @Test func theWatchdogIsContentWithAnAnswer() {
        // The bench answers no area update, and a terminal that gets no answer to five gives its registration up.
        var timing = Timing.laboratory
        timing.t3412 = .hours(4)
        let bench = registered([.watchdogReset(minutes: 5)], timing: timing)
        for _ in 0..<10 {
            bench.wait(.minutes(2))
            bench.hear(
                .datagram(
                    bearer: 5,
                    Datagram(
                        source: Endpoint(.v4(192, 0, 2, 80), port: 7), destination: Endpoint(.v4(100, 64, 0, 2), port: 4_711),
                        payload: [1])))
        }
        #expect(!bench.seen.contains(.watchdogFired))
    }

    @Test func slowAttachTakesLonger() {
        func connected(_ quirks: Set<Quirk>) -> Moment {
            let bench = TerminalBench(ScriptedCard(script: CardScript()), quirks: quirks, timing: .field)
            bench.powerOn()
            while bench.attaches() == 0 { bench.wait(.milliseconds(10)) }
            return bench.now
        }
        #expect(connected([.slowAttach]) > connected([]))
    }

    @Test func forbiddenNetworksOfTheProfileBeforeStayWhereTheModemKeepsThem() {
        func attempts(_ quirks: Set<Quirk>) -> Int {
            let script = CardScript()
            script.files[EF.imsi] = [0x08, 0x99, 0x99, 0x27, 0x00, 0x00, 0x00, 0x00, 0x10]
            let bench = TerminalBench(ScriptedCard(script: script), quirks: quirks)
            bench.powerOn()
            bench.wait(.milliseconds(200))
            bench.hear(.attachReject(.plmnNotAllowed, backOff: nil))
            // The card clears the list of the profile that it switches to.
            script.files[EF.fplmn] = Array(repeating: 0xFF, count: 12)
            script.ask(0x01, 0x04)
            bench.poll()
            return bench.attaches()
        }
        #expect(attempts([]) == 2)
        #expect(attempts([.keepsForbiddenNetworks]) == 1)
    }

    @Test func quirksAreKnownByTheirNames() {
        let quirks: [Quirk] = [
            .ignoresRefresh, .busyAtRefresh(times: 3), .noDataConnectionEvent, .watchdogReset(minutes: 10), .slowAttach,
            .noChannels, .noToolkit,
            .keepsForbiddenNetworks, .extendedStatus, .noEvents, .noRejectionEvent, .noTimers, .noPolling, .noRefresh,
            .refusesChannels, .noFreeChannel, .refusesRefresh, .lateRefresh(minutes: 3), .keepsSubscription, .hostKeepsIMSI,
            .untoldWatchdog(minutes: 2), .sleeps(seconds: 80),
        ]
        #expect(Set(quirks.map(\.description)).count == quirks.count)
        for quirk in quirks { #expect(Quirk(quirk.description) == quirk) }
        for name in ["", "watchdog-reset", "watchdog-reset:0", "watchdog-reset:x", "slow-attach:1", "nonsense"] {
            #expect(Quirk(name) == nil)
        }
    }
}
