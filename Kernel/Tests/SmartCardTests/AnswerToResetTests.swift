import SmartCard
import Testing

@Suite("Answer to reset (TS 102 221, clause 6.3)")
struct AnswerToResetTests {
    @Test("is T=0 first, names T=15 with the voltage classes, counts its historical bytes and ends in a check byte")
    func structure() throws {
        var card = try Workbench.card()
        let atr = card.reset()
        #expect(atr == AnswerToReset.bytes)
        #expect(atr.count <= 33)
        #expect(atr[0] == 0x3B)
        // T0: TA1 and TD1 follow.
        #expect(atr[1] >> 4 == 0x9)
        // TD1: T=0, TD2 follows. TD2: T=15, TA3 follows. TA3: clock stop and classes A to C.
        #expect(atr[3] == 0x80)
        #expect(atr[4] == 0x1F)
        #expect(atr[5] & 0x3F == 0x07)
        let historical = Array(atr[6..<atr.count - 1])
        #expect(historical.count == Int(atr[1] & 0x0F))
        #expect(Array(historical.prefix(3)) == [0x80, 0x31, 0xE0])
        // Selection by full and partial name, short identifiers; channels assigned by the card, eight or more of them.
        #expect(Array(historical[3..<7]) == [0x73, 0xFE, 0x21, 0x17])
        #expect(atr.dropFirst().reduce(0, ^) == 0)
    }
}
