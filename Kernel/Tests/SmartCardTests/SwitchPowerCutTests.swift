import Beacon
import Resilience
import SmartCard
import Testing
import Wire

/// A whole outage, from the boot before it to the return after it, with the power cut after every byte that the card wrote.
@Suite("Power cuts during a switch")
struct SwitchPowerCutTests {
    /// EF.FPLMN as it comes with a profile that has not been used yet, and as a terminal leaves it.
    private static let freshNetworks = String(repeating: "ff", count: 24)
    private static let usedNetworks = String(repeating: "13", count: 24)

    private static func contents(_ identifier: UInt16, of slot: Slot, in image: CardImage) -> [UInt8] {
        image.summary(of: slot)?.files.first { $0.path.last == identifier && $0.path.contains(0x7FFF) }?.contents.first ?? []
    }

    @Test("at every byte: one whole profile, with files that are emptied if and only if it is newly enabled")
    func everyByte() throws {
        let terminal = Terminal(try Workbench.card())
        terminal.boot()
        terminal.run(for: 120_000)
        // The backup is used once, and a terminal leaves in it what it knows of the network.
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 3_600_000) { $0.slot == .backup && $0.heartbeats.last?.heartbeat.profile == .backup })
        terminal.card.send("00A4080C047FFF6F7B")
        #expect(terminal.card.send("00D6000018" + Self.usedNetworks).status & 0xFE00 == 0x9000)
        terminal.change(.primary) { $0.passesData = true }
        terminal.hint = Answer(primary: .healthy, returnWindow: 0)
        #expect(terminal.run(atMost: 48 * 3_600_000) { $0.slot == .primary && $0.heartbeats.last?.heartbeat.profile == .primary })
        terminal.hint = Answer()
        #expect(Hex.text(Self.contents(0x6F7B, of: .backup, in: terminal.card.image)) == Self.usedNetworks)
        // From an image of its own, so that all that follows is journal.
        terminal.card = try TestCard(image: terminal.card.image)
        let start = try terminal.card.memory.contents().count
        terminal.boot()
        terminal.run(for: 60_000)
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 3_600_000) { $0.slot == .backup && $0.heartbeats.last?.heartbeat.profile == .backup })
        #expect(terminal.card.memory.replacements == 0)
        let whole = try terminal.card.memory.contents()
        var states: [CardImage] = [try CardImage(Array(whole.prefix(start)))]
        var enabled: [Slot] = []
        for count in start...whole.count {
            let memory = InProcessMemory(Array(whole.prefix(count)))
            var card = try TestCard(memory: memory)
            _ = card.reset()
            let image = card.image
            if states.last != image { states.append(image) }
            // A switch is one step: the slot and the files that it empties.
            let networks = Hex.text(Self.contents(0x6F7B, of: .backup, in: image))
            if (card.visible == .backup) != (networks == Self.freshNetworks) {
                Issue.record("after \(count - start) bytes: \(card.visible) is enabled, and the backup's EF.FPLMN is \(networks)")
            }
            if enabled.last != card.visible { enabled.append(card.visible) }
            card.selectApplication()
            let subscription = try Workbench.subscription(card.visible)
            if card.read("7FFF6F07", count: 9).data != subscription.imsi.coded
                || card.read("2FE2", count: 10).data != subscription.iccid.coded
            {
                Issue.record("after \(count - start) bytes \(card.visible) has another subscription's numbers")
            }
        }
        #expect(enabled == [.primary, .backup])
        #expect(states.count > 4)
        print("\(whole.count - start) power cuts in \(states.count - 1) writes")
    }

    @Test("a card that comes back after a cut, anywhere in the switch, is heard from again", arguments: 0..<24)
    func recovers(_ part: Int) throws {
        let terminal = Terminal(try Workbench.card())
        let start = try terminal.card.memory.contents().count
        terminal.boot()
        terminal.run(for: 60_000)
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 3_600_000) { $0.slot == .backup && $0.heartbeats.last?.heartbeat.profile == .backup })
        let whole = try terminal.card.memory.contents()
        let cut = start + (whole.count - start) * part / 24
        terminal.card = try TestCard(memory: InProcessMemory(Array(whole.prefix(cut))))
        terminal.boot()
        let before = terminal.heartbeats.count
        #expect(
            terminal.run(atMost: 8 * 3_600_000) { $0.heartbeats.count > before && $0.heartbeats.last?.heartbeat.profile == .backup }
        )
    }
}
