import Beacon
import Cipher
import Foundation
import Reachability
import Resilience
import Storage
import Testing
import Wire

@testable import Estate

@Suite("Answering beacons")
struct DeskTests {
    @Test("a beacon is answered, and proves who is reachable through whom")
    func answers() throws {
        let estate = try makeEstate(try rows(3))
        var card = try TestCard(1)
        let answer = try card.beacon(estate, at: noon)
        #expect(answer.time == UInt64(noon.milliseconds / 1_000))
        #expect(answer.primary == .unknown)
        let detail = try #require(try estate.device("dev-1", at: noon.adding(seconds: 30)))
        #expect(detail.row.state == .reachable)
        #expect(detail.row.operator.name == "Alpha")
        #expect(detail.row.age == 30)
        #expect(detail.profiles.map(\.age) == [30, nil])
        #expect(detail.profiles.map(\.enabled) == [true, false])
        #expect(detail.carriers == [CarrierSpan(operator: detail.row.operator, slot: 0, from: noon, until: nil, reason: "none")])
        #expect(detail.servingPLMN == "234-15")
        #expect(detail.technology == "LTE")
        #expect((detail.boots, detail.missedBeacons, detail.policyVersion) == (1, 3, 1))
        #expect(detail.firstSeen == noon)
        #expect(try estate.events().map(\.kind) == [.imported, .firstHeard])
        #expect(try estate.device("dev-0", at: noon)?.row.state == .never)
    }

    @Test("the policy version that the inventory wants is told to the card")
    func wantedPolicy() throws {
        var rows = try rows(2)
        rows[1].policyVersion = 12
        let estate = try makeEstate(rows)
        var cards = try cards(2)
        #expect(try cards[0].beacon(estate, at: noon).wantedPolicy == nil)
        #expect(try cards[1].beacon(estate, at: noon).wantedPolicy == 12)
    }

    @Test("a move is an event, ends one operator's time and begins the other's")
    func moves() throws {
        let estate = try makeEstate(try rows(2))
        var card = try TestCard(0)
        try card.beacon(estate, at: noon)
        card.move(to: .backup, .dataPathDead)
        let desk = try #require(estate.beacon(responder: 1))
        let later = noon.adding(seconds: 300)
        _ = try card.accept(try desk.answer([try card.request(responder: 1, sinceMove: 40)], at: later).first ?? nil, responder: 1)
        var detail = try #require(try estate.device("dev-0", at: later))
        #expect(detail.row.operator.name == "Beta")
        #expect(detail.row.slot == 1)
        #expect(detail.row.moves == 1)
        #expect(detail.profiles.map(\.age) == [300, 0])
        #expect(detail.carriers.map(\.operator.name) == ["Beta", "Alpha"])
        // The card says that it moved 40 seconds ago.
        #expect(detail.carriers.map(\.from) == [later.adding(seconds: -40), noon])
        #expect(detail.carriers.map(\.until) == [nil, later.adding(seconds: -40)])
        #expect(detail.lastMove?.reason == "data-path-dead")
        #expect(detail.lastMove?.text == "Left Alpha for Beta: registered, but no data came through.")
        #expect(detail.events.first?.kind == .moved)
        #expect(detail.events.first?.text == detail.lastMove?.text)
        card.move(to: .primary, .hintedReturn)
        try card.beacon(estate, at: later.adding(seconds: 60))
        detail = try #require(try estate.device("dev-0", at: later.adding(seconds: 60)))
        #expect(detail.moves.map(\.to) == [0, 1])
        #expect(detail.carriers.count == 3)
        #expect(detail.moves.first?.text == "Returned to Alpha: the estate said that it is healthy again.")
    }

    @Test("a card that went and came back between two beacons is told of")
    func movedAndBack() throws {
        let estate = try makeEstate(try rows(1))
        var card = try TestCard(0)
        card.move(to: .primary, .trialReturn)
        try card.beacon(estate, at: noon)
        card.move(to: .backup, .noRegistration)
        card.move(to: .primary, .trialFailed)
        try card.beacon(estate, at: noon.adding(seconds: 30))
        #expect(try estate.events().last?.text.hasPrefix("Moved 2 times and is on Alpha again") == true)
        #expect(try estate.device("dev-0", at: noon)?.carriers.count == 1)
    }

    @Test("an identical datagram gets the identical answer, in the same batch and later")
    func retransmission() throws {
        let estate = try makeEstate(try rows(2))
        let desk = try #require(estate.beacon(responder: 0))
        var card = try TestCard(0)
        let request = try card.request()
        let answers = try desk.answer([request, request, request], at: noon)
        #expect(Set(answers).count == 1)
        _ = try card.accept(answers[2])
        #expect(try desk.answer([request], at: noon.adding(seconds: 5)) == [answers[0]])
        #expect((desk.counters.answered, desk.counters.repeated) == (1, 3))
        // The time of the proof is that of the first.
        #expect(try estate.device("dev-0", at: noon)?.row.lastProof == noon)
    }

    @Test("unknown cards, replays, forgeries and noise are counted, refused as the standards say, and change nothing")
    func refusals() throws {
        let estate = try makeEstate(try rows(2))
        let desk = try #require(estate.beacon(responder: 0))
        var card = try TestCard(0)
        var stranger = try TestCard(500)
        let good = try card.request()
        _ = try desk.answer([good], at: noon)
        var forged = try card.request()
        forged[forged.count - 1] ^= 1
        // To a responder that has forgotten its answers, the same datagram is a replay.
        desk.forgetAnswers()
        let events = try estate.events(limit: 1_000)
        let answers = try desk.answer(
            [good, forged, try stranger.request(), [0x40], [], [UInt8](repeating: 0xFF, count: 2_000)], at: noon.adding(seconds: 9))
        func code(_ answer: [UInt8]?) throws -> String? { try answer.map { try CoAPMessage($0).code.description } }
        #expect(try answers.map(code) == ["4.01", "4.00", "4.01", nil, nil, nil])
        let counters = desk.counters
        #expect(
            (counters.answered, counters.replayed, counters.forged, counters.unknownCard, counters.malformed) == (1, 1, 1, 1, 3))
        #expect(try estate.events(limit: 1_000) == events)
        #expect(try estate.device("dev-0", at: noon)?.row.lastProof == noon)
        for (answer, datagram) in zip(answers, [good, forged]) { #expect((answer?.count ?? 0) <= datagram.count) }
    }

    @Test("random and mutated datagrams neither crash it nor are answered at length")
    func noise() throws {
        let seed: UInt64 = 8_613
        var generator = SeededGenerator(seed: seed)
        let estate = try makeEstate(try rows(4))
        let desk = try #require(estate.beacon(responder: 0))
        var card = try TestCard(0)
        #if DEBUG
            let rounds = 20
        #else
            let rounds = 1_000
        #endif
        for round in 0..<rounds {
            let sound = try card.request()
            let batch = (0..<1_000).map { place -> [UInt8] in
                if place % 3 == 0 {
                    return (0..<Int.random(in: 0...160, using: &generator)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                }
                var bytes = sound
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8(truncatingIfNeeded: generator.next())
                }
                return place % 7 == 0 ? Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator))) : bytes
            }
            let answers = try desk.answer(batch, at: noon)
            for (answer, datagram) in zip(answers, batch) where answer != nil && (answer?.count ?? 0) > datagram.count {
                // Only what was authentic may be answered with more; a mutation outside of what is protected leaves it so.
                #expect(desk.counters.answered > 0, "seed \(seed), round \(round)")
            }
        }
        let answer = try card.beacon(estate, at: noon)
        #expect(answer.time != nil)
        print("noise: seed \(seed), \(desk.counters)")
    }

    @Test("a beacon from a profile that the inventory does not have is answered, counted, and proves nothing")
    func contradiction() throws {
        let estate = try makeEstate([try row(0, single: true)])
        var card = try TestCard(0)
        card.slot = .backup
        try card.beacon(estate, at: noon)
        #expect(estate.beacon(responder: 0)?.counters.contradicting == 1)
        #expect(try estate.device("dev-0", at: noon)?.row.state == .never)
    }

    @Test("a beacon that was overtaken on the way does not undo what a later one said")
    func overtaken() throws {
        let estate = try makeEstate(try rows(1))
        let desk = try #require(estate.beacon(responder: 0))
        var card = try TestCard(0)
        try card.beacon(estate, at: noon)
        let early = try card.request()
        let slow = try card.request(responder: 1)
        card.move(to: .backup, .bearerLost)
        try card.beacon(estate, at: noon.adding(seconds: 10))
        let answered = try desk.answer([early], at: noon.adding(seconds: 11))
        #expect(answered[0] != nil)
        _ = try estate.beacon(responder: 1)?.answer([slow], at: noon.adding(seconds: 12))
        let detail = try #require(try estate.device("dev-0", at: noon))
        #expect(detail.row.slot == 1)
        #expect(detail.carriers.count == 2)
    }

    @Test("authentic requests for something else are refused under protection, and their numbers are used up")
    func misdirected() throws {
        let estate = try makeEstate(try rows(1))
        let desk = try #require(estate.beacon(responder: 0))
        let number = try #require(CardNumber(1_000))
        let keys = try #require(try secret(1_000).cardKeys(card: number, responder: 0))
        var context = SecurityContext(keys: keys, sender: number.identifier, recipient: BeaconServer.identifier)
        let request = CoAPMessage(
            .confirmable, .get, id: 5, token: CoAPToken(9, count: 1), options: [CoAPOption(CoAPOption.uriPath, [0x78])])
        let (sealed, exchange) = try context.protect(request: request, with: HostAES.self)
        let answer = try #require(try desk.answer([sealed.encoded], at: noon).first ?? nil)
        #expect(try context.open(response: CoAPMessage(answer), in: exchange, with: HostAES.self).code == .notFound)
        #expect(desk.counters.misdirected == 1)
        desk.forgetAnswers()
        _ = try desk.answer([sealed.encoded], at: noon)
        #expect(desk.counters.replayed == 1)
    }

    @Test("large batches are taken in parts, every card gets its own answer")
    func batches() throws {
        let count = 300
        let estate = try makeEstate(try rows(count))
        var cards = try cards(count)
        let desk = try #require(estate.beacon(responder: 1))
        var order = Array(0..<count).flatMap { [$0, $0] }
        var generator = SeededGenerator(seed: 4_096)
        order.shuffle(using: &generator)
        let batch = try order.map { try cards[$0].request(responder: 1) }
        let answers = try desk.answer(batch, at: noon)
        // A card's older request no longer waits once the newer one is answered.
        for (card, answer) in zip(order, answers) {
            #expect(answer != nil)
            _ = try? cards[card].accept(answer, responder: 1)
        }
        for card in cards { #expect(card.clients[1].lastAnswered == 1) }
        #expect(try estate.overview(at: noon).reach24 == Share(part: count, whole: count))
        #expect(desk.counters.answered == 2 * count)
        #expect(estate.beacon(responder: 2) == nil)
    }

    @Test("a shell that sheds load says when to ask again")
    func overload() throws {
        let estate = try makeEstate(try rows(1))
        let desk = try #require(estate.beacon(responder: 0))
        var card = try TestCard(0)
        let answer = try #require(desk.refuse(try card.request()))
        let message = try CoAPMessage(answer)
        #expect(message.code == .serviceUnavailable)
        #expect(message.option(CoAPOption.maxAge)?.uint == UInt64(BeaconDesk.retryAfter))
        #expect(desk.counters.overloaded == 1)
    }

    @Test("when the store fails nobody is answered, and nothing has changed")
    func failure() throws {
        let folder = try Folder()
        let database = try Database.open(folder.file("a.db"), schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(1)), format: .csv, at: noon)
        let desk = try #require(estate.beacon(responder: 0))
        var card = try TestCard(0)
        let request = try card.request()
        _ = try database.write {
            try $0.execute("CREATE TRIGGER broken BEFORE UPDATE ON reach BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        }
        #expect(throws: StorageError.self) { try desk.answer([request], at: noon) }
        #expect(try estate.device("dev-0", at: noon)?.row.state == .never)
        _ = try database.write { try $0.execute("DROP TRIGGER broken") }
        // The very same datagram is still new.
        _ = try card.accept(try desk.answer([request], at: noon).first ?? nil)
        #expect(desk.counters.answered == 1)
        try database.close()
    }

    @Test("two responders share no key and no window")
    func responders() throws {
        let estate = try makeEstate(try rows(1))
        var card = try TestCard(0)
        let request = try card.request(responder: 0)
        #expect(try estate.beacon(responder: 1)?.answer([request], at: noon).count == 1)
        #expect(estate.beacon(responder: 1)?.counters.forged == 1)
        try card.beacon(estate, responder: 1, at: noon)
        let first = try #require(card.clients.first?.context.keys)
        #expect(first != card.clients.last?.context.keys)
    }
}

@Suite("What the estate holds in memory")
struct MemoryTests {
    @Test("less than 200 bytes a device at a million devices")
    func bytes() throws {
        let count = 1_000_000
        var live = Live(thresholds: .standard, parameters: .standard)
        live.reserve(count)
        live.operators += [OperatorRef(id: 1, name: "Alpha", plmn: "234-15"), OperatorRef(id: 2, name: "Beta", plmn: "234-10")]
        var contexts = ContextTable()
        contexts.reserve(count)
        let keys = try #require(SecurityKeys([UInt8](repeating: 1, count: SecurityKeys.size)))
        for number in 0..<count {
            try live.append(
                .init(
                    primary: 1, backup: 2, interval: 600, area: UInt16(number % 50), product: 1, country: 1, firmware: 1, tags: 1),
                card: UInt64(number) * 7, wanted: 3)
            contexts.append(keys, ReplayWindow())
        }
        let total = live.bytes + EstateService.responders * contexts.bytes
        print(
            "memory: \(total / count) bytes a device at \(count) devices (contexts \(EstateService.responders * contexts.bytes / count), rest \(live.bytes / count))"
        )
        #expect(total < 200 * count)
        #expect(live.cards.id(of: 7 * 999_999) == 999_999)
        #expect(live.cards.id(of: 8) == nil)
    }
}
