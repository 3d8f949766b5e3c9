import Cipher
import Resilience
import SmartCard
import Testing
import Wire

/// Every command that changes something, with the power cut in every write and after every byte of it.
@Suite("Power cuts, command by command")
struct PowerCutTableTests {
    private typealias RecordedCard = Card<TableAES, RecordingMemory>

    /// A card with a file of each structure that the PIN, if it is on, does not protect.
    private static func image(isPINEnabled: Bool) throws -> CardImage {
        // READ, UPDATE, ACTIVATE, DEACTIVATE and INCREASE are always allowed.
        let rule = hex("80011B9000" + "8401329000")
        func file(_ identifier: UInt16, in parent: Int, _ kind: ProfileContents.File.Kind) -> ProfileContents.File {
            ProfileContents.File(identifier, in: parent, kind, ruleFile: 0x2F06, ruleRecord: 1)
        }
        func code(_ reference: UInt8, _ isEnabled: Bool, _ value: String, tries: UInt8 = 3, puk: String?) throws
            -> ProfileContents.Code
        {
            ProfileContents.Code(
                reference: reference, isEnabled: isEnabled, tries: tries, mostTries: tries,
                value: try #require(AccessCodes.Code(value)), unblockTries: puk == nil ? 0 : 10,
                mostUnblockTries: puk == nil ? 0 : 10,
                unblockValue: puk.flatMap { AccessCodes.Code($0) })
        }
        let profile = ProfileContents(
            files: [
                file(0x3F00, in: 0, .masterFile), file(0x2F06, in: 0, .linearFixed(rule, recordLength: rule.count)),
                file(0x2FE2, in: 0, .transparent(try ICCID("8944110068000000018").coded)),
                file(0x7FF0, in: 0, .application(hex("A0000000871002"))),
                file(0x6F07, in: 3, .transparent(try IMSI("234150000000017").coded)),
                file(0x6F7E, in: 3, .transparent([UInt8](repeating: 0xFF, count: 11))),
                file(0x6F42, in: 3, .linearFixed([UInt8](repeating: 0xFF, count: 12), recordLength: 4)),
                file(0x6F39, in: 3, .cyclic([UInt8](repeating: 0, count: 9), recordLength: 3)),
                file(0x7F20, in: 0, .dedicated), file(0x6F7E, in: 8, .link(5)),
            ],
            codes: [
                try code(0x01, isPINEnabled, "1234", puk: "12345678"), try code(0x81, true, "5678", puk: "87654321"),
                try code(0x0A, true, "55555555", tries: 10, puk: nil),
            ], algorithm: .milenage(key: Workbench.key, operatorConstant: Workbench.operatorConstant))
        return try Workbench.personalisation().image().replacing(.primary, with: profile)
    }

    /// A card before the command: a challenge with SQN 21 has been accepted, and the preparation is done.
    private static func card(for operation: PowerCutOperation, failing: Int? = nil, journal: Int = 0) throws -> RecordedCard {
        var image = try image(isPINEnabled: operation.isPINEnabled).encoded
        if operation.isPINEnabled == false || journal > 0 {
            var card = try TestCard(memory: InProcessMemory(image))
            _ = card.reset()
            if operation.isPINEnabled { #expect(card.send("0020000108" + Workbench.pin("1234")).status == 0x9000) }
            card.selectApplication()
            #expect(card.send(PowerCutOperation.authenticate(0x21)).status & 0xFF00 == 0x6100)
            // The journal grows up to where the next record does not fit.
            card.send("00A4000C026F7E")
            var value: UInt8 = 0
            while try card.memory.contents().count < image.count + journal {
                value &+= 1
                card.send("00D6000001" + Hex.text([value]))
            }
            image = try card.memory.contents()
        }
        var card = try RecordedCard(memory: RecordingMemory(image, failing: failing))
        _ = card.reset()
        for command in operation.preparation { card.send(command) }
        return card
    }

    private struct Counters: Equatable {
        var tries: [UInt8] = []
        var unblockTries: [UInt8] = []

        init(_ image: CardImage) {
            for slot in image.slots {
                for code in image.summary(of: slot)?.codes ?? [] {
                    tries.append(code.tries)
                    unblockTries.append(code.unblockTries)
                }
            }
        }

        func areAtMost(_ other: Counters) -> Bool {
            zip(tries + unblockTries, other.tries + other.unblockTries).allSatisfy { $0 <= $1 }
        }
    }

    /// The highest SQN that the card says it has accepted, in the answer to a challenge that is not fresh; nil while the PIN keeps it.
    private static func highestSequence(_ card: RecordedCard) -> UInt64? {
        var card = card
        for pin in ["1234", "4321"] where card.send("0020000100").status != 0x63C0 { card.send("0020000108" + Workbench.pin(pin)) }
        card.selectApplication()
        let answer = card.exchange(PowerCutOperation.authenticate(0)).data
        guard answer.first == 0xDC, answer.count == 16 else { return nil }
        let algorithm = Milenage<TableAES>(key: Workbench.key, operatorConstant: Workbench.operatorConstant)
        let key = algorithm.resynchronisationKey(algorithm.challenge(Block(hex("23553cbe9637a89d218ae64dae47bf35"))))
        return answer[2..<8].reduce(0) { $0 << 8 | UInt64($1) } ^ key
    }

    private func check(_ operation: PowerCutOperation, journal: Int) throws -> (cuts: Int, replacements: Int) {
        var card = try Self.card(for: operation, journal: journal)
        let earlier = card.memory.writes.count
        let before = card.image
        let (countersBefore, sequenceBefore) = (Counters(before), Self.highestSequence(card))
        let status = card.send(operation.command).status
        #expect(UInt8(status >> 8) == operation.answer, "\(Hex.text([UInt8(status >> 8), UInt8(status & 0xFF)]))")
        let writes = card.memory.writes[earlier...]
        #expect(writes.count == operation.writes)
        let states = try [before] + writes.map { try CardImage($0.after) }
        #expect(states.last == card.image)
        var cuts = 0
        for (index, write) in writes.enumerated() {
            // Where the write fails and the power stays, the command is not answered as if it were done.
            var failing = try Self.card(for: operation, failing: earlier + index, journal: journal)
            let refusal = failing.send(operation.command).status
            #expect(!operation.mustTell || refusal == 0x6581)
            #expect(failing.image == states[index])
            for (contents, isWhole) in write.remains {
                cuts += 1
                var later = try RecordedCard(memory: RecordingMemory(contents))
                let state = isWhole ? index + 1 : index
                guard later.image.summary(of: .primary) == states[state].summary(of: .primary),
                    isWhole || write.isReplacement || later.image == states[state]
                else {
                    Issue.record("after \(contents.count) bytes the card is neither as before the write nor as after it")
                    return (cuts, 0)
                }
                // Only a command that is done may raise a counter.
                let isDone = state == states.count - 1 && operation.answer == 0x90
                if !isDone && !Counters(later.image).areAtMost(countersBefore) {
                    Issue.record("after \(contents.count) bytes a counter is higher than before the attempt")
                }
                // It works, knows what it had accepted, and what it writes next is read back.
                _ = later.reset()
                if let sequenceBefore, let sequence = Self.highestSequence(later), sequence < sequenceBefore {
                    Issue.record("after \(contents.count) bytes SQN fell from \(sequenceBefore) to \(sequence)")
                }
                guard later.read("2FE2", count: 10).status == 0x9000,
                    later.send("0020000A08" + Workbench.pin("0")).status >> 8 == 0x63,
                    try CardImage(later.memory.stored) == later.image
                else {
                    Issue.record("after \(contents.count) bytes the card does not go on")
                    return (cuts, 0)
                }
            }
        }
        return (cuts, writes.filter(\.isReplacement).count)
    }

    @Test("the old state or the new one, counters that never rose, SQN that never fell", arguments: PowerCutOperation.all)
    func everyByte(_ operation: PowerCutOperation) throws {
        let cuts = try check(operation, journal: 0).cuts
        print("\(operation): \(cuts) power cuts")
    }

    @Test("the same when the journal is full, and the write replaces the whole image", arguments: PowerCutOperation.all)
    func fullJournal(_ operation: PowerCutOperation) throws {
        let size = try Self.image(isPINEnabled: operation.isPINEnabled).encoded.count
        var replacements = 0
        // A record has 14 bytes or more: there is room for none, or for those of the preparation, or for a command's first.
        for room in Array(stride(from: 7, to: 63, by: 7)) + [133, 140] {
            replacements += try check(operation, journal: max(size, 4_096) - room).replacements
        }
        #expect(replacements > 0 || operation.writes == 0)
    }
}
