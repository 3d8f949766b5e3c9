import Resilience
import Testing

@testable import SmartCard

@Suite("Images with the policy's memory in an older format")
struct OlderMemoryTests {
    /// The image of a card that moved to its backup, its memory written as formats 1 (16 bytes) and 2 (17 bytes) had it.
    private func image(format: UInt8) throws -> CardImage {
        let terminal = Terminal(try Workbench.card())
        terminal.boot()
        terminal.run(for: 300_000)
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 1_800_000) { $0.card.policyMemory.phase == .away })
        var bytes = terminal.card.image.encoded
        let place = terminal.card.image.layout.resident.memory
        let size = 15 + Int(format)
        bytes[place] = UInt8(size)
        bytes[place + 1] = format
        for offset in place + 1 + size..<place + 32 { bytes[offset] = 0 }
        let checksum = CardImage.checksum(of: &bytes)
        bytes.set(UInt64(checksum), at: 16, size: 4)
        return try CardImage(bytes)
    }

    @Test(
        "are read, the card goes on and comes home, and what it writes is of today's format", arguments: [UInt8(1), 2])
    func goesOn(format: UInt8) throws {
        var card = try TestCard(image: image(format: format))
        _ = card.reset()
        #expect(card.enabled == .backup && card.policyMemory.phase == .away && card.policyMemory.moves == 1)
        let terminal = Terminal(card)
        terminal.boot()
        #expect(terminal.slot == .backup)
        #expect(terminal.run(atMost: 3_600_000) { $0.card.policyMemory.phase == .home })
        #expect(terminal.card.policyMemory.movedAt > 0)
        let image = terminal.card.image
        #expect(image.encoded[image.layout.resident.memory] == UInt8(Memory.encodedSize))
        #expect(try TestCard(image: CardImage(image.encoded)).policyMemory == terminal.card.policyMemory)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }
}
