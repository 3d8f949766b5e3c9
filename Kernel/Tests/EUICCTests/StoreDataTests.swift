import Testing

@testable import EUICC

@Suite("STORE DATA")
struct StoreDataTests {
    @Test("puts a command together, wherever it is cut")
    func cuts() throws {
        let command = [UInt8](0..<200)
        for size in 1...command.count {
            var store = StoreData()
            var block = 0
            var whole: [UInt8]?
            for start in stride(from: 0, to: command.count, by: size) {
                let last = start + size >= command.count
                whole = try store.accept(
                    p1: last ? 0x91 : 0x11, p2: UInt8(block), data: command[start..<min(start + size, command.count)])
                #expect((whole != nil) == last)
                block += 1
            }
            #expect(whole == command)
            #expect(store == StoreData())
        }
    }

    @Test("block 0 starts again; a wrong block, mode or length drops what came before")
    func refusals() throws {
        var store = StoreData()
        #expect(try store.accept(p1: 0x11, p2: 0, data: [1]) == nil)
        #expect(try store.accept(p1: 0x91, p2: 0, data: [2]) == [2])
        #expect(try store.accept(p1: 0x11, p2: 0, data: [1]) == nil)
        #expect(throws: StoreData.Problem.block(came: 2, expected: 1)) { try store.accept(p1: 0x91, p2: 2, data: [2]) }
        #expect(throws: StoreData.Problem.block(came: 1, expected: 0)) { try store.accept(p1: 0x91, p2: 1, data: [2]) }
        #expect(throws: StoreData.Problem.mode(p1: 0x90)) { try store.accept(p1: 0x90, p2: 0, data: [2]) }
        let full = [UInt8](repeating: 0, count: 255)
        for block in 0..<16 { #expect(try store.accept(p1: 0x11, p2: UInt8(block), data: full[...]) == nil) }
        #expect(throws: StoreData.Problem.length(4335)) { try store.accept(p1: 0x91, p2: 16, data: full[...]) }
        #expect(StoreData.Problem.length(4335).statusWord == 0x6A84)
        #expect(store == StoreData())
        for block in 0...255 { #expect(try store.accept(p1: 0x11, p2: UInt8(block), data: [0]) == nil) }
        #expect(try store.accept(p1: 0x91, p2: 0, data: [3]) == [3])
    }
}
