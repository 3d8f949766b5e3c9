import Cipher
import Testing
import Wire

@testable import Lab

/// A lab of a few cards in laboratory timing.
struct SmallWorld {
    let estate: LabEstate
    let responder: LabResponder
    let world: World
    let log = Log()

    final class Log: World.Onlooker {
        var seen: [(terminal: Int, at: Moment, what: Observation)] = []

        func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment) {
            seen.append((terminal.rawValue, now, observation))
        }
        func touched(_ terminal: TerminalID, _ now: Moment) {}
        func struck(_ fault: Fault, _ now: Moment) {}

        func count(_ what: Observation) -> Int { seen.count { $0.what == what } }
    }

    init(
        cards: Int = 1, group: Group = .singleProfile, preset: Preset = .alarm, timing: Timing = .laboratory,
        quirks: Set<Quirk> = []
    ) throws {
        var settings = LabEstate.Settings(preset: preset)
        settings.cards = cards
        settings.shares = [group: 1]
        settings.quirks = quirks
        estate = try LabEstate(settings)
        responder = LabResponder(estate)
        world = try estate.world(
            timing: timing, powerOn: .milliseconds(1), epoch: 1_767_225_600_000, responding: responder, using: CryptoKeyDerivation()
        )
        world.onlooker = log
    }

    func run(_ duration: Duration) { world.advance(to: world.now + duration) }
    var first: TerminalID { TerminalID(rawValue: 0) }
}

@Suite("Authentication and key agreement (TS 33.102), with our card at the other end")
struct AuthenticationTests {
    @Test func aSubscriberIsLetInAndItsTrafficPasses() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        #expect(small.log.count(.registered(carrier: 0)) == 1)
        #expect(small.world.isReachable(small.first))
        #expect(small.log.count(.delivered(carrier: 0)) == 1)
        #expect(small.responder.refused.isEmpty)
    }

    @Test func aCentreThatHasLostItsCountResynchronises() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        let imsi = small.estate.members[0].primary.imsi
        for _ in 0..<40 {
            small.world.strike(.detachAll(carrier: 0, nil, reattach: true, silently: false))
            small.run(.seconds(2))
        }
        #expect(small.log.count(.registered(carrier: 0)) == 41)
        small.world.rewind(imsi, on: 0, to: 1)
        small.world.strike(.detachAll(carrier: 0, nil, reattach: true, silently: false))
        small.run(.seconds(5))
        #expect(small.log.count(.registered(carrier: 0)) == 42, "one AUTS later it is in again")
        #expect((small.world.operators[0].subscribers[imsi]?.sequence ?? 0) > 40)
    }

    @Test func resynchronisationRefusesAForgedAUTS() throws {
        let small = try SmallWorld()
        let imsi = small.estate.members[0].primary.imsi
        var centre = small.world.operators[0].subscribers
        let made = centre.vector(for: imsi)
        let vector = try #require(made)
        var random = SplitMix64(seed: 9)
        for _ in 0..<1_000 {
            let isTaken = centre.resynchronise(imsi, rand: vector.rand, auts: random.bytes(14))
            #expect(!isTaken)
        }
        let isTaken = centre.resynchronise(imsi, rand: [], auts: [])
        let unknown = centre.vector(for: try IMSI("001010000000001"))
        #expect(!isTaken && unknown == nil)
    }

    @Test func vectorsAreWhatMilenageSays() throws {
        // TS 35.208, test set 1: K, OPc; the centre's own RAND and SQN are put through the card's side of the functions.
        var centre = AuthenticationCentre(seed: 4)
        let imsi = try IMSI("001010000000001")
        let key = Block(try Hex.bytes("465b5ce8b199b49faa5f0a2ee238a6bc"), at: 0)
        let constant = Block(try Hex.bytes("cd63cb71954a9f4e48a5994e37a02baf"), at: 0)
        centre.provision(AuthenticationCentre.Subscriber(imsi: imsi, key: key, operatorConstant: constant))
        var sequences: [UInt64] = []
        for _ in 0..<3 {
            let made = centre.vector(for: imsi)
            let vector = try #require(made)
            let milenage = AuthenticationCentre.Subscriber(imsi: imsi, key: key, operatorConstant: constant).milenage
            let challenge = milenage.challenge(Block(vector.rand, at: 0))
            let response = milenage.response(challenge)
            func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            let sequence = number(vector.token[..<6]) ^ response.anonymityKey
            sequences.append(sequence)
            #expect(vector.token[6..<8] == [0x80, 0x00])
            #expect(number(vector.token[8...]) == milenage.codes(challenge, sequence: sequence, management: 0x8000).authentication)
            #expect(number(vector.expected[...]) == response.response)
        }
        #expect(sequences == [1 << 5 | 1, 2 << 5 | 2, 3 << 5 | 3])
    }

    @Test func aWrongKeyIsFoundByTheCard() throws {
        let small = try SmallWorld()
        let profile = small.estate.members[0].primary
        small.world.provision(
            AuthenticationCentre.Subscriber(
                imsi: profile.imsi, key: Block(high: 1, low: 2), operatorConstant: profile.operatorConstant), on: 0)
        small.run(.minutes(1))
        #expect(small.log.count(.registered(carrier: 0)) == 0)
        #expect(small.log.count(.attachRequested(carrier: 0)) == 1, "rejected for good: the USIM is invalid until the next reset")
    }
}

@Suite("Each fault looks to a terminal as the standard says")
struct FaultTests {
    @Test func silentRadioIsNoService() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        small.world.strike(.set(carrier: 0, .radio(nil), .silent))
        small.run(.seconds(10))
        // The other operator's cell remains: it will not have this subscriber.
        #expect(small.log.seen.last?.what == .location(.limited) && !small.world.isReachable(small.first))
        #expect(small.log.count(.registered(carrier: 1)) == 0)
        small.world.strike(.set(carrier: 1, .radio(nil), .silent))
        small.run(.seconds(10))
        #expect(small.log.seen.last?.what == .location(.none))
        small.world.strike(.clear(carrier: 0))
        small.run(.seconds(10))
        #expect(small.world.isReachable(small.first))
    }

    @Test func radioOfOneAreaLeavesTheOthersAlone() throws {
        let small = try SmallWorld(cards: 12)
        small.run(.seconds(10))
        small.world.strike(.set(carrier: 0, .radio(Area(rawValue: 1)), .silent))
        small.run(.seconds(10))
        for id in small.world.terminals { #expect(small.world.isReachable(id) == (small.world.area(of: id) != Area(rawValue: 1))) }
    }

    @Test func rejectingAuthenticationLeavesWhoIsAttached() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        small.world.strike(.set(carrier: 0, .authentication, .rejecting(cause: 17)))
        small.run(.minutes(3))
        #expect(small.world.isReachable(small.first), "until its next location update")
        small.world.strike(.detachAll(carrier: 0, nil, reattach: true, silently: false))
        small.run(.minutes(1))
        #expect(small.log.count(.rejected(carrier: 0, .networkFailure)) >= 5)
        #expect(!small.world.isReachable(small.first))
    }

    @Test func silentAuthenticationIsAnsweredByTimersAlone() throws {
        let small = try SmallWorld()
        small.world.strike(.set(carrier: 0, .authentication, .silent))
        small.run(.minutes(1))
        #expect(small.log.count(.attachRequested(carrier: 0)) > 5)
        #expect(!small.log.seen.contains { if case .rejected = $0.what { true } else { false } })
        small.world.strike(.set(carrier: 0, .authentication, .slow(.milliseconds(200))))
        small.run(.minutes(1))
        #expect(small.world.isReachable(small.first))
    }

    @Test func rejectingGatewayDropsAndRefusesWithItsCause() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        small.world.strike(.set(carrier: 0, .gateway, .rejecting(cause: 38)))
        small.run(.seconds(20))
        #expect(small.log.count(.disconnected(.networkFailure)) > 2)
        #expect(
            small.log.seen.last { if case .location = $0.what { true } else { false } }?.what == .location(.normal),
            "registration does not suffer")
        small.world.strike(.set(carrier: 0, .gateway, .up))
        small.run(.seconds(30))
        #expect(small.world.isReachable(small.first))
    }

    @Test func silentGatewayKeepsConnectionsThatCarryNothing() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        let delivered = small.log.count(.delivered(carrier: 0))
        small.world.strike(.set(carrier: 0, .gateway, .silent))
        small.run(.minutes(5))
        #expect(small.log.count(.delivered(carrier: 0)) == delivered)
        #expect(small.log.count(.disconnected(nil)) == 0 && !small.world.isReachable(small.first))
    }

    @Test func deadDataPathShowsInNothingButTheData() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        let before = small.log.seen.count
        small.world.strike(.set(carrier: 0, .dataPath, .silent))
        small.run(.minutes(5))
        let after = small.log.seen[before...].map(\.what)
        #expect(!after.isEmpty && after.allSatisfy { if case .sent = $0 { true } else { false } })
    }

    @Test func rejectingDataPathDropsWhoSends() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        small.world.strike(.set(carrier: 0, .dataPath, .rejecting(cause: 39)))
        small.run(.minutes(2))
        #expect(small.log.count(.disconnected(.reactivationRequested)) > 0)
        #expect(small.log.count(.connected(carrier: 0)) > 1, "and is connected again, and dropped again")
    }

    @Test func slowDataPathAnswersLate() throws {
        let small = try SmallWorld()
        small.world.strike(.set(carrier: 0, .dataPath, .slow(.milliseconds(700))))
        small.run(.seconds(10))
        let sent = try #require(small.log.seen.first { if case .sent = $0.what { true } else { false } })
        let delivered = try #require(small.log.seen.first { $0.what == .delivered(carrier: 0) })
        #expect(delivered.at - sent.at >= .milliseconds(1_400))
    }

    @Test func aNetworkThatForgotTellsSoWhenItIsAsked() throws {
        let small = try SmallWorld()
        small.run(.seconds(10))
        small.world.strike(.detachAll(carrier: 0, nil, reattach: true, silently: true))
        #expect(!small.world.isReachable(small.first))
        small.run(.minutes(2))
        #expect(small.log.count(.registered(carrier: 0)) == 2, "the next beacon found out (cause 10)")
        #expect(small.world.isReachable(small.first))
    }

    @Test func anUnknownAccessPointIsRefused() throws {
        var core = OperatorCore(try SmallWorld().estate.operators[0], seed: 1)
        let subscriber = AuthenticationCentre.Subscriber(
            imsi: try IMSI("999700000000009"), key: Block(high: 1, low: 1), operatorConstant: Block(high: 2, low: 2))
        core.provision(subscriber)
        let unregistered = answers(of: &core, .bearerRequest(id: 5, apn: "internet"))
        #expect(unregistered == ["detach"], "without registration")
        var random = SplitMix64(seed: 31)
        for _ in 0..<20_000 {
            _ = core.handle(
                randomMessage(&random), from: TerminalID(rawValue: random.below(4)), in: Area(rawValue: random.below(3)),
                at: .seconds(Int64(random.below(1_000))))
        }
    }

    private func answers(of core: inout OperatorCore, _ message: RadioMessage.Uplink) -> [String] {
        core.handle(message, from: TerminalID(rawValue: 0), in: Area(rawValue: 0), at: .start).map {
            if case .downlink(.detach, _, _) = $0 { "detach" } else { "other" }
        }
    }

    private func randomMessage(_ random: inout SplitMix64) -> RadioMessage.Uplink {
        switch random.below(10) {
        case 0:
            (try? IMSI("99970000000000\(random.below(10))")).map { .attachRequest(imsi: $0) } ?? .detach
        case 1: .authenticationResponse(res: random.bytes(random.below(17)))
        case 2: .synchronisationFailure(auts: random.bytes(random.below(20)))
        case 3: .macFailure
        case 4: .areaUpdateRequest
        case 5: .detach
        case 6: .bearerRequest(id: UInt8(random.below(256)), apn: ["internet", "none", ""][random.below(3)])
        case 7: .bearerRelease(id: UInt8(random.below(256)))
        default:
            .datagram(
                bearer: UInt8(random.below(16)),
                Datagram(
                    source: Endpoint(.v4(100, 64, 0, UInt8(random.below(4))), port: 1), destination: Endpoint(.v6(1, 2), port: 2),
                    payload: random.bytes(random.below(100))))
        }
    }
}

@Suite("Registration load makes storms real")
struct RegistrationLoadTests {
    private func load(_ capacity: Double = 10) -> RegistrationLoad {
        RegistrationLoad(capacity: capacity, patience: 2, random: SplitMix64(seed: 1))
    }

    @Test func aQueueTakesWhatItsCapacityAndPatienceHold() {
        var load = load()
        let admitted = (0..<100).count { _ in load.ask(at: .start) != .congested }
        #expect(admitted == 20, "two seconds' worth of ten a second")
        #expect(load.congested == 80 && load.estate.peak == 100)
        let later = load.ask(at: .seconds(2))
        #expect(later == .served(after: .zero))
    }

    @Test func waitingGrowsWithTheQueue() {
        var load = load()
        for _ in 0..<10 { _ = load.ask(at: .start) }
        let last = load.ask(at: .start)
        #expect(last == .served(after: .seconds(1)))
    }

    @Test func aCrowdDrainsAtTheCapacity() {
        var load = load(100)
        load.crowd = Crowd(subscribers: 100_000, retryInterval: .seconds(60))
        load.scatter()
        load.advance(to: .seconds(500))
        #expect(abs((load.crowd?.unregistered ?? 0) - 50_000) < 1_000)
        #expect(load.offered.peak > 1_500 && load.served.peak <= 101)
        load.advance(to: .seconds(1_500))
        #expect((load.crowd?.unregistered ?? 0) < 3_000)
    }

    @Test func whileItDrainsFewGetIn() {
        var load = load(100)
        load.crowd = Crowd(subscribers: 1_000_000, retryInterval: .seconds(60))
        load.scatter()
        var admitted = 0
        for second in 1...1_000 {
            if load.ask(at: .seconds(Int64(second))) != .congested { admitted += 1 }
        }
        #expect((1...30).contains(admitted), "about one in 160")
    }

    @Test func nobodyIsServedWhileTheNodeIsDown() {
        var load = load(100)
        load.crowd = Crowd(subscribers: 1_000, retryInterval: .seconds(10))
        load.scatter()
        load.serving = false
        load.advance(to: .seconds(600))
        #expect(load.crowd?.unregistered == 1_000)
    }
}
