import Beacon
import Resilience
import SmartCard
import Testing

/// The estate asks a card to prove its backup; through APDUs.
@Suite("Rehearsals in a terminal")
struct RehearsalInTerminalTests {
    @Test("over to the backup for one answered beacon, and back, and both are told")
    func thereAndBack() throws {
        let terminal = Terminal(try Workbench.card())
        terminal.boot()
        terminal.run(for: 60_000)
        terminal.hint.rehearsal = 7
        #expect(terminal.run(atMost: 3_600_000) { $0.slot == .backup })
        #expect(terminal.run(atMost: 600_000) { $0.slot == .primary })
        #expect(terminal.run(atMost: 600_000) { $0.heartbeats.last?.heartbeat.profile == .primary })
        let backup = try #require(terminal.heartbeats.last { $0.heartbeat.profile == .backup }?.heartbeat)
        #expect(backup.lastMove == MoveReason.rehearsal.rawValue && backup.rehearsed == 7)
        let home = try #require(terminal.heartbeats.last?.heartbeat)
        #expect(home.lastMove == MoveReason.rehearsed.rawValue && home.rehearsed == 7 && home.moves == 2)
        // It was asked for once, however often the answer says so.
        terminal.run(for: 6 * 3_600_000)
        #expect(terminal.card.policyMemory.moves == 2 && terminal.slot == .primary)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("a backup that does not deliver is told at home")
    func failure() throws {
        let terminal = Terminal(try Workbench.card())
        terminal.operators[.backup]?.passesData = false
        terminal.boot()
        terminal.run(for: 60_000)
        terminal.hint.rehearsal = 1
        #expect(terminal.run(atMost: 3_600_000) { $0.slot == .backup })
        #expect(terminal.run(atMost: 900_000) { $0.slot == .primary })
        #expect(terminal.run(atMost: 600_000) { $0.heartbeats.last?.heartbeat.lastMove == MoveReason.rehearsalFailed.rawValue })
        #expect(terminal.heartbeats.allSatisfy { $0.heartbeat.profile == .primary })
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }
}
