import Beacon
import Cipher
import Resilience
import SmartCard
import Testing

@testable import Estate

/// What the estate asks of cards, and what it makes of their reports.
@Suite("Rehearsals and policy documents")
struct WishTests {
    private func hour(_ count: Int64) -> UTCInstant { noon.adding(seconds: count * 3_600) }

    private func rehearsing(_ device: String? = nil, provenBefore: UTCInstant? = nil, window: Int64 = 0) -> RehearsalRequest {
        var request = RehearsalRequest()
        request.device = device
        request.provenBefore = provenBefore
        request.window = window
        return request
    }

    @Test("a rehearsal is asked for until it is followed, and proves the backup")
    func proved() throws {
        let estate = try makeEstate(try rows(2))
        var card = try TestCard(0)
        #expect(try card.beacon(estate, at: noon).rehearsal == 0)
        #expect(estate.proofs(olderThan: noon) == ProofReport(single: 0, neverProved: 2, stale: 0, fresh: 0))
        #expect(try estate.rehearse(rehearsing("dev-0"), at: noon).asked == 1)
        #expect(try estate.rehearse(rehearsing("dev-0"), at: noon).pending == 1)
        #expect(try card.beacon(estate, at: hour(1)).rehearsal == 1)
        #expect(try card.beacon(estate, at: hour(2)).rehearsal == 1)
        card.move(to: .backup, .rehearsal)
        card.rehearsed = 1
        #expect(try card.beacon(estate, at: hour(3)).rehearsal == 0)
        card.move(to: .primary, .rehearsed)
        try card.beacon(estate, at: hour(4))
        let detail = try #require(try estate.device("dev-0", at: hour(4)))
        #expect(detail.rehearsal?.result == .proved && detail.rehearsal?.followed == hour(3))
        #expect(detail.profiles.map(\.age) == [0, 3_600])
        #expect(detail.moves.map(\.reason) == ["rehearsed", "rehearsal"])
        #expect(
            try estate.events(after: 0, limit: 50).filter { $0.kind == .rehearsal }.map(\.text) == [
                "Rehearsal: the backup, Beta, delivers."
            ])
        #expect(estate.proofs(olderThan: noon) == ProofReport(single: 0, neverProved: 1, stale: 0, fresh: 1))
        // The next one has another number.
        #expect(try estate.rehearse(rehearsing(provenBefore: noon), at: hour(5)) == RehearsalReport(asked: 1, fresh: 1))
        #expect(try estate.rehearse(rehearsing("dev-0"), at: hour(5)).asked == 1)
        #expect(try card.beacon(estate, at: hour(5)).rehearsal == 2)
        card.rehearsed = 2
        card.move(to: .primary, .rehearsalFailed)
        try card.beacon(estate, at: hour(6))
        #expect(try estate.device("dev-0", at: hour(6))?.rehearsal?.result == .failed)
        #expect(try estate.outages(limit: 10, open: nil).isEmpty)
    }

    @Test("a card heard through its primary has rehearsed nothing, whatever it has decided")
    func ignored() throws {
        let estate = try makeEstate(try rows(1))
        var card = try TestCard(0)
        _ = try estate.rehearse(rehearsing("dev-0"), at: noon)
        #expect(try card.beacon(estate, at: noon).rehearsal == 1)
        card.rehearsed = 1
        card.move(to: .primary, .rehearsal)
        #expect(try card.beacon(estate, at: hour(1)).rehearsal == 1)
        #expect(try estate.device("dev-0", at: hour(1))?.rehearsal?.result == nil)
        card.move(to: .primary, .abandoned)
        #expect(try card.beacon(estate, at: hour(2)).rehearsal == 0)
        #expect(try estate.device("dev-0", at: hour(2))?.rehearsal?.result == .ignored)
        #expect(estate.proofs(olderThan: noon).neverProved == 1)
    }

    @Test("a number that the card followed before it was asked proves nothing: it is asked for the next one")
    func staleNumber() throws {
        let estate = try makeEstate(try rows(1))
        var card = try TestCard(0)
        card.rehearsed = 1
        card.move(to: .primary, .rehearsed)
        _ = try estate.rehearse(rehearsing("dev-0"), at: noon)
        #expect(try card.beacon(estate, at: noon).rehearsal == 2)
        #expect(try estate.device("dev-0", at: noon)?.rehearsal?.followed == nil)
        card.rehearsed = 2
        try card.beacon(estate, at: hour(1))
        #expect(try estate.device("dev-0", at: hour(1))?.rehearsal?.result == .proved)
        _ = try estate.rehearse(rehearsing("dev-0"), at: hour(2))
        #expect(try card.beacon(estate, at: hour(2)).rehearsal == 3)
    }

    @Test("rehearsals of many are spread over the window, and never asked of a card with one profile")
    func spread() throws {
        var all = try rows(9)
        all.append(try row(9, single: true))
        let estate = try makeEstate(all)
        #expect(throws: WishError.noBackup("dev-9")) { try estate.rehearse(rehearsing("dev-9"), at: noon) }
        #expect(throws: WishError.unknownDevice("dev-x")) { try estate.rehearse(rehearsing("dev-x"), at: noon) }
        #expect(throws: WishError.self) { try estate.rehearse(rehearsing(window: -1), at: noon) }
        #expect(try estate.rehearse(rehearsing(window: 9 * 3_600), at: noon) == RehearsalReport(asked: 9, single: 1))
        var cards = try cards(9)
        for elapsed in 0..<9 as Range<Int64> {
            var asked = 0
            for index in cards.indices where try cards[index].beacon(estate, at: hour(elapsed).adding(seconds: 1)).rehearsal != 0 {
                asked += 1
            }
            #expect(asked == Int(elapsed) + 1)
        }
    }

    @Test("a policy document is signed for its card, sent until it is taken, and its outcome is told and kept")
    func policy() throws {
        let estate = try makeEstate(try rows(2))
        var card = try TestCard(0)
        try card.beacon(estate, at: noon)
        var parameters = Parameters.standard
        let version = try estate.pushPolicy(parameters, to: "dev-0", at: noon)
        #expect(version == 2)
        let answer = try card.beacon(estate, at: hour(1))
        let bytes = try #require(answer.policyDocument)
        let number = try #require(CardNumber(card.number))
        let key = try #require(try secret(card.number).policyKey(card: number))
        parameters.version = 2
        #expect(try PolicyDocument(bytes, key: key, using: HostAES.self) == PolicyDocument(card: number, parameters: parameters))
        #expect(answer.wantedPolicy == 2)
        card.outcome = PolicyOutcome(version: 2, .onTrial)
        #expect(try card.beacon(estate, at: hour(2)).policyDocument == nil)
        #expect(try estate.device("dev-0", at: hour(2))?.policyDocument?.outcome == "on-trial")
        card.outcome = PolicyOutcome(version: 2, .confirmed)
        try card.beacon(estate, at: hour(3))
        let detail = try #require(try estate.device("dev-0", at: hour(3)))
        #expect(detail.policyDocument?.outcome == "confirmed" && detail.row.interval == 600)
        card.outcome = nil
        // The next one fails.
        #expect(try estate.pushPolicy(.alarm, to: "dev-0", at: hour(4)) == 3)
        card.outcome = PolicyOutcome(version: 3, .rolledBack)
        #expect(try card.beacon(estate, at: hour(5)).policyDocument == nil)
        // One that nobody here sent.
        card.outcome = PolicyOutcome(version: 77, .refusedSignature)
        try card.beacon(estate, at: hour(6))
        #expect(
            try estate.events(after: 0, limit: 50).filter { $0.kind == .policy }.map(\.detail)
                == ["on-trial", "confirmed", "rolled-back", "refused-signature"])
        #expect(throws: WishError.unknownDevice("dev-x")) { try estate.pushPolicy(.alarm, to: "dev-x", at: noon) }
        parameters.misses = 0
        #expect(throws: WishError.parameters(.tooFewMisses)) { try estate.pushPolicy(parameters, to: "dev-0", at: noon) }
    }

    @Test("what was asked outlives a restart")
    func restart() throws {
        let folder = try Folder()
        let file = folder.file("estate.sqlite")
        var card = try TestCard(0)
        do {
            let estate = try EstateService(database: .open(file, schema: EstateSchema.schema), key: testKey(), at: noon)
            try estate.importInventory(InventoryCSV.write(try rows(1)), format: .csv, at: noon)
            try estate.pushPolicy(.standard, to: "dev-0", at: noon)
            _ = try estate.rehearse(rehearsing("dev-0"), at: noon)
        }
        let estate = try EstateService(database: .open(file, schema: EstateSchema.schema), key: testKey(), at: hour(1))
        let answer = try card.beacon(estate, at: hour(1))
        #expect(answer.rehearsal == 1 && answer.policyDocument?.count == PolicyDocument.size)
    }

    @Test("moves for rehearsals are nobody's outage")
    func noOutage() throws {
        let estate = try makeEstate(try rows(60))
        var cards = try cards(60)
        for index in cards.indices { try cards[index].beacon(estate, at: noon) }
        for minute in 1...60 as ClosedRange<Int64> {
            let now = noon.adding(seconds: minute * 30)
            for index in cards.indices {
                if minute == 10 { cards[index].move(to: .backup, .rehearsal) }
                if minute == 12 { cards[index].move(to: .primary, index % 2 == 0 ? .rehearsed : .rehearsalFailed) }
                if minute == 20 { cards[index].move(to: .backup, .appointed) }
                try cards[index].beacon(estate, at: now)
            }
            try estate.tick(at: now)
        }
        #expect(try estate.outages(limit: 10, open: nil).isEmpty)
    }
}
