import TestSupport
import Testing

@testable import Beacon

@Suite("ReplayWindow, RFC 8613 section 7.4 and appendix B.1.2")
struct ReplayWindowTests {
    @Test("accepts each number once")
    func once() {
        var window = ReplayWindow()
        for number in [0, 1, 5, 3, 2, 4, 70, 69] as [UInt64] {
            #expect(window.accepts(number))
            #expect(window.insert(number) == true)
            #expect(!window.accepts(number))
            #expect(window.insert(number) == false)
        }
    }

    @Test("looks back over 64 numbers, and refuses what is older")
    func size() {
        var window = ReplayWindow()
        #expect(window.insert(100) == true)
        #expect(window.accepts(37) && !window.accepts(36))
        #expect(window.insert(37) == true)
        #expect(window.insert(101) == true)
        #expect(!window.accepts(37) && window.accepts(38))
        #expect(window.insert(1_000_000) == true)
        #expect(!window.accepts(101) && window.accepts(999_999))
    }

    @Test("takes the last number there is, and none beyond")
    func last() {
        var window = ReplayWindow()
        #expect(!window.accepts(1 << 40) && !window.accepts(.max))
        #expect(window.insert((1 << 40) - 1) == true)
        #expect(!window.accepts((1 << 40) - 1) && window.accepts((1 << 40) - 2))
        #expect(!window.isLost)
    }

    @Test("is exactly what a set of all numbers ever received says, across storing and reading it back")
    func model() {
        var seed = Seed.fresh()
        for _ in 0..<200 {
            var window = ReplayWindow()
            var received: [UInt64] = []
            var base = seed.next() % (1 << 39)
            for _ in 0..<200 {
                switch seed.below(10) {
                case 0: base += seed.next() % 200
                case 1:
                    let stored = ReplayWindow(encoded: window.encoded[...])
                    #expect(stored == window)
                    #expect(ReplayWindow(highest: window.highest, mask: window.mask) == window)
                    window = stored ?? ReplayWindow()
                default: break
                }
                let number = base &+ UInt64(seed.below(80)) &- min(base, 40)
                let highest = received.max()
                let expected = !received.contains(number) && (highest.map { number + 64 > $0 } ?? true)
                #expect(window.accepts(number) == expected)
                #expect(window.insert(number) == expected)
                if expected { received.append(number) }
            }
        }
    }

    @Test(
        "does not read what it cannot have written",
        arguments: [
            // Bit 0 clear though something was received, a bit for a number below 0, too many and too few bytes.
            "0000000005" + "0000000000000000", "0000000005" + "0000000000000002", "0000000002" + "000000000000000f",
            "00" + "0000000000" + "0000000000000000",
            "", "0000000000",
        ])
    func refused(coded: String) {
        #expect(ReplayWindow(encoded: vector(coded)[...]) == nil)
    }

    @Test("numbers of more than 40 bits are refused")
    func tooLarge() {
        #expect(ReplayWindow(highest: 1 << 40, mask: 1) == nil)
    }

    @Test("when lost, accepts nothing until it resumes at a number, and then only later ones")
    func lost() {
        var window = ReplayWindow.lost
        #expect(window.isLost)
        #expect(ReplayWindow(encoded: window.encoded[...]) == window)
        for number in [0, 1, 1 << 39, (1 << 40) - 1] as [UInt64] {
            #expect(!window.accepts(number))
            #expect(window.insert(number) == false)
        }
        window.resume(at: 50)
        #expect(!window.isLost && !window.accepts(50) && !window.accepts(49) && !window.accepts(0) && window.accepts(51))
        #expect(ReplayWindow(encoded: window.encoded[...]) == window)
        window.resume(at: 10)
        #expect(!window.accepts(11))
        var late = ReplayWindow.lost
        late.resume(at: 1_000)
        #expect(!late.accepts(999))
        #expect(late.insert(1_001) == true)
        #expect(ReplayWindow(encoded: late.encoded[...]) == late)
    }
}
