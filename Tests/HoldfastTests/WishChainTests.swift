import Estate
import Lab
import Resilience
import SmartCard
import Storage
import Testing

/// The estate behind the lab's responders.
private final class Desks: Responding {
    private let estate: EstateService
    private let desks: [BeaconDesk]
    private(set) var failures: [String] = []

    init(_ estate: EstateService) {
        self.estate = estate
        desks = (0..<2).compactMap { estate.beacon(responder: $0) }
    }

    func answer(_ datagram: [UInt8], responder: UInt8, at time: Int64) -> [UInt8]? {
        do {
            return try desks[Int(responder)].answer([datagram], at: UTCInstant(milliseconds: time))[0]
        } catch {
            failures.append("\(error)")
            return nil
        }
    }

    func tick(at time: Int64) {
        do { try estate.tick(at: UTCInstant(milliseconds: time)) } catch { failures.append("\(error)") }
    }

    func resumed(at time: Int64) {}
    func reach24(of group: Group, at time: Int64) -> Double? { nil }
}

/// From the estate's wish through desk, operator, terminal and card, and back.
@Suite("Rehearsals and policies, the whole chain")
struct WishChainTests {
    private func house(cards: Int) throws -> (estate: EstateService, world: World, lab: LabEstate, desks: Desks) {
        var settings = LabEstate.Settings(preset: .standard)
        settings.cards = cards
        settings.shares = [.resilient: 1]
        let lab = try LabEstate(settings)
        let beginning = UTCInstant(milliseconds: DrillRun.epoch)
        let estate = try EstateService(database: .inMemory(schema: EstateSchema.schema), key: .ephemeral(), at: beginning)
        _ = try estate.importInventory(Array(lab.inventory.utf8), format: .csv, at: beginning)
        let desks = Desks(estate)
        let world = try lab.world(
            timing: .laboratory, powerOn: .seconds(60), epoch: DrillRun.epoch, responding: desks, using: HostKeyDerivation())
        world.advance(to: world.now + .seconds(1_800))
        return (estate, world, lab, desks)
    }

    @Test("thirty cards rehearse, and every backup is proved")
    func rehearsal() throws {
        let (estate, world, _, desks) = try house(cards: 30)
        #expect(estate.proofs(olderThan: UTCInstant(milliseconds: world.time)).neverProved == 30)
        var request = RehearsalRequest()
        request.provenBefore = UTCInstant(milliseconds: world.time)
        request.window = 3_600
        let asked = UTCInstant(milliseconds: world.time)
        #expect(try estate.rehearse(request, at: asked).asked == 30)
        world.advance(to: world.now + .seconds(2 * 3_600))
        #expect(estate.proofs(olderThan: asked).fresh == 30)
        for terminal in world.terminals {
            let memory = world.terminal(terminal).card.policyMemory
            #expect(memory.enabled == .primary && memory.lastMove == .rehearsed && memory.moves == 2)
        }
        #expect(try estate.outages(limit: 10, open: nil).isEmpty)
        #expect(desks.failures.isEmpty)
    }

    @Test("a policy is confirmed; one that would keep a card on a dead operator is rolled back, and the card moves")
    func policy() throws {
        let (estate, world, lab, desks) = try house(cards: 4)
        let name = lab.members[0].name
        let card = lab.members[0].id
        func now() -> UTCInstant { UTCInstant(milliseconds: world.time) }
        try estate.pushPolicy(Parameters.standard, to: name, at: now())
        world.advance(to: world.now + .seconds(3_600))
        #expect(try estate.device(name, at: now())?.policyDocument?.outcome == "confirmed")
        let bad = try estate.pushPolicy(Parameters.standard.withoutMoving(), to: name, at: now())
        while world.terminal(card).card.policyOutcome?.version != bad { world.advance(to: world.now + .seconds(5)) }
        for carrier in lab.operators.indices where carrier == lab.members[0].primary.carrier {
            world.strike(.set(carrier: carrier, .dataPath, .silent))
        }
        world.advance(to: world.now + .seconds(5 * 3_600))
        #expect(world.terminal(card).card.policyMemory.enabled == .primary)
        world.advance(to: world.now + .seconds(2 * 3_600))
        #expect(world.terminal(card).card.policyOutcome?.result == .rolledBack)
        #expect(world.terminal(card).card.policyMemory.enabled == .backup)
        let detail = try #require(try estate.device(name, at: now()))
        #expect(detail.policyDocument?.outcome == "rolled-back" && detail.row.slot == 1)
        #expect(desks.failures.isEmpty)
    }
}
