import Resilience
import SmartCard
import Testing
import Wire

@Suite("The log of moves (DF 7F4D, EF 6F01)")
struct MoveLogTests {
    @Test("a move is its newest record in either profile, read with PIN 1 and written by nobody")
    func moves() throws {
        let terminal = Terminal(try Workbench.card())
        terminal.boot()
        terminal.run(for: 300_000)
        var before = terminal.card
        #expect(before.send("00A4080C047F4D6F01").status == 0x9000)
        #expect(before.send("00B2010414").data == [UInt8](repeating: 0xFF, count: 20))
        #expect(LoggedMove([UInt8](repeating: 0xFF, count: 20)) == nil)
        terminal.change(.primary) {
            $0.admits = false
            $0.rejection = 8
        }
        #expect(terminal.run(atMost: 40_000) { $0.slot == .backup })
        let home = Terminal(terminal.card)
        for _ in 0..<2 {
            var card = home.card
            _ = card.reset()
            #expect(card.send("00A4080C047F4D6F01").status == 0x9000)
            let move = try #require(LoggedMove(card.send("00B2010414").data))
            #expect(move.number == 1)
            #expect(move.boot == 1)
            #expect(move.reason == .rejected)
            #expect(move.from == .primary)
            #expect(move.to == .backup)
            #expect((250...400).contains(move.seconds))
            #expect(LoggedMove(move.encoded) == move)
            #expect(card.send("00B2020414").data == [UInt8](repeating: 0xFF, count: 20))
            #expect(card.send("00DC000314" + Hex.text(move.encoded)).status == 0x6982)
        }
        let files = [Slot.primary, .backup].map { slot in
            terminal.card.image.summary(of: slot)?.files.first { $0.path == [0x3F00, LoggedMove.directory, LoggedMove.file] }
        }
        #expect(files[0]?.contents == files[1]?.contents)
    }

    @Test("the record is written with the move: after a power cut at any byte there are both or neither")
    func together() throws {
        let terminal = Terminal(try Workbench.card())
        terminal.boot()
        terminal.run(for: 300_000)
        let before = try terminal.card.memory.contents()
        terminal.change(.primary) {
            $0.admits = false
            $0.rejection = 8
        }
        #expect(terminal.run(atMost: 40_000) { $0.slot == .backup })
        let after = try terminal.card.memory.contents()
        #expect(after.starts(with: before))
        var moved = 0
        for count in before.count...after.count {
            var card = try TestCard(memory: InProcessMemory(Array(after.prefix(count))))
            _ = card.reset()
            #expect(card.send("00A4080C047F4D6F01").status == 0x9000)
            let move = LoggedMove(card.send("00B2010414").data)
            #expect((move?.number ?? 0) == card.policyMemory.moves)
            #expect(move == nil || card.enabled == .backup)
            if move != nil { moved += 1 }
        }
        #expect(moved > 0 && moved < after.count - before.count)
    }

    @Test("a selected log shows a move that comes meanwhile; sixteen are kept")
    func newest() throws {
        let terminal = Terminal(try Workbench.card())
        terminal.boot()
        var last: UInt32 = 0
        for round in 0..<20 {
            let slot: Slot = round % 2 == 0 ? .primary : .backup
            terminal.change(slot) {
                $0.admits = false
                $0.rejection = 8
            }
            terminal.change(slot.other) {
                $0.admits = true
                $0.rejection = nil
            }
            #expect(terminal.run(atMost: 48 * 3_600_000) { $0.slot == slot.other })
            terminal.run(for: 60_000)
            terminal.card.send("00A4080C047F4D6F01")
            let move = try #require(LoggedMove(terminal.card.send("00B2010414").data))
            #expect(move.number == terminal.card.policyMemory.moves)
            #expect(move.number > last)
            last = move.number
        }
        for record in 1...16 {
            #expect(terminal.card.send("00B2" + Hex.text([UInt8(record)]) + "0414").status == 0x9000)
        }
    }

    @Test("with the PIN on, a terminal that has not verified it does not read the log")
    func closed() throws {
        var card = try Workbench.card(isPINEnabled: true)
        #expect(card.send("00A4080C047F4D6F01").status == 0x9000)
        #expect(card.send("00B2010414").status == 0x6982)
        #expect(card.send("00A4080C047F4D6F02").status == 0x6A82)
    }
}
