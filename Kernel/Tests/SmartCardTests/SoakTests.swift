import Foundation
import SmartCard
import TestSupport
import Testing
import Wire

/// As many commands as there is time for: `make soak` sends ten million under the address sanitizer.
@Suite("Commands by the million")
struct SoakTests {
    private static func number(_ name: String, or standard: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
    }

    private struct Complaint: Error, CustomStringConvertible { let description: String }

    @Test(
        "sound, mutated and random, with resets and losses of power: every answer is a status word of the standard with at most 256 bytes before it, and no counter is lost"
    )
    func commands() throws {
        let commands = Int(Self.number("HOLDFAST_COMMANDS", or: 1_000_000))
        let seed = Self.number("HOLDFAST_SEED", or: 0x5EED_0002)
        print("\(commands) commands from seed \(seed)")
        var random = Seed(seed)
        var card = try Workbench.card(isPINEnabled: true)
        var witness = CounterWitness(card)
        var statuses: [UInt16: Int] = [:]
        var kind = 0
        var (challengesAccepted, challengesRefused) = (0, 0)
        var (packet, packets): (UInt64, Int) = (0, 0)
        for index in 0..<commands {
            // A new card now and then: its PINs are blocked soon.
            if index % 50_000 == 0 {
                challengesAccepted += witness.challengesAccepted
                challengesRefused += witness.challengesRefused
                // What the last one wrote in all can be read back.
                #expect(try CardImage(card.memory.contents()) == card.image)
                // One with and one without a PIN, an eUICC, one with data objects and a universal PIN, but without a USIM, and an eUICC
                // that is managed over the air.
                kind = index / 50_000 % 5
                packet = 0
                card =
                    switch kind {
                    case 2: try DomainTests.card()
                    case 3: try Blank.card()
                    case 4: try RemoteBench.euicc()
                    default: try Workbench.card(isPINEnabled: kind == 0)
                    }
                witness = CounterWitness(card)
            }
            var complaint: String?
            let event = random.below(4_000)
            switch event {
            case 0:
                card = try TestCard(memory: card.memory)
                fallthrough
            case 1...3:
                _ = card.reset()
                complaint = witness.sawReset(of: card)
            case 4..<60 where kind != 3:
                card.selectApplication()
                if random.below(4) == 0 {
                    let verify = hex("0020000108" + Workbench.pin("1234"))
                    complaint = witness.saw(verify, answered: Reply(card.transmit(verify)).status, by: card)
                }
                complaint = complaint ?? witness.challenge(&card, &random)
            case 60..<90 where kind == 4:
                // A genuine packet; what comes again is not executed again, and the counter never falls.
                packet += 1
                let script = random.below(2) == 0 ? RemoteBench.name("Gamma") : RemoteChannelTests.push()
                if card.manage(RemoteSender(), packet, script)?.counter != packet { complaint = "packet \(packet) is not answered" }
                packets += 1
            default: break
            }
            if kind == 4, event < 90, card.image.heldCounters.first?.counter.value != packet {
                complaint = "the counter of packets is another"
            }
            if let complaint { throw Complaint(description: "\(complaint), at command \(index) of seed \(seed)") }
            let command = HostileInputTests.command(&random)
            let answer = card.transmit(command)
            let reply = Reply(answer)
            guard answer.count >= 2, answer.count <= 258, HostileInputTests.isKnown(reply.status) else {
                throw Complaint(description: "\(Hex.text(command)) -> \(Hex.text(answer)), command \(index) of seed \(seed)")
            }
            if let complaint = witness.saw(command, answered: reply.status, by: card) {
                throw Complaint(
                    description: "\(complaint): \(Hex.text(command)) -> \(Hex.text(answer)), command \(index) of seed \(seed)")
            }
            let first = reply.status & 0xFF00
            statuses[first == 0x6C00 || first == 0x6100 ? first : reply.status, default: 0] += 1
        }
        // The commands reach deep enough to mean something.
        for status in [0x9000, 0x6100, 0x6C00, 0x6982, 0x6A82, 0x6985, 0x6D00] as [UInt16] {
            #expect(statuses[status, default: 0] > commands / 1_000, "\(Hex.text([UInt8(status >> 8), UInt8(status & 0xFF)]))")
        }
        print("challenges: \(challengesAccepted) accepted, \(challengesRefused) refused")
        #expect(commands < 1_000_000 || packets > 100)
        #expect(commands < 1_000_000 || challengesAccepted > 100 && challengesRefused > 100)
    }
}
