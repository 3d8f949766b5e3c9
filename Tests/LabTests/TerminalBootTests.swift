import Testing
import Wire

@testable import Lab

@Suite("A terminal boots a card as TS 102 221 and TS 31.102 say")
struct TerminalBootTests {
    private func booted(_ script: CardScript = CardScript(), quirks: Set<Quirk> = [], pin: [UInt8]? = nil) -> TerminalBench<
        ScriptedCard
    > {
        let bench = TerminalBench(ScriptedCard(script: script), quirks: quirks, pin: pin)
        bench.powerOn([])
        bench.wait(.milliseconds(30))
        return bench
    }

    private func place(of command: [UInt8], in script: CardScript) -> Int? {
        script.commands.firstIndex { $0.starts(with: command) }
    }

    @Test func inOrder() throws {
        let bench = booted()
        let script = bench.script
        let steps: [(String, [UInt8])] = [
            ("SELECT MF", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x3F, 0x00]), ("TERMINAL CAPABILITY", [0x80, 0xAA]),
            ("EF.ICCID", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x2F, 0xE2]), ("EF.DIR", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x2F, 0x00]),
            ("SELECT ADF.USIM by its identifier", [0x00, 0xA4, 0x04, 0x04, 0x10, 0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x02]),
            ("EF.ECC, before any PIN", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0xB7]), ("TERMINAL PROFILE", [0x80, 0x10]),
            ("EF.UST", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0x38]), ("EF.IMSI", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0x07]),
            ("EF.AD", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0xAD]), ("EF.LOCI", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0x7E]),
            ("EF.FPLMN", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0x7B]),
            ("EF.EPSLOCI, which service 85 offers", [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0xE3]),
            ("STATUS: the application is initialised", [0x80, 0xF2, 0x01]),
        ]
        var last = -1
        for (name, command) in steps {
            let index = try #require(place(of: command, in: script), "\(name) is missing")
            #expect(index > last, "\(name) comes too early")
            last = index
        }
        #expect(bench.seen.first == .booted(try ICCID("8999997000000000018"), try IMSI("999700000000001")))
        #expect(bench.terminal.usim?.home == TerminalBench<ScriptedCard>.home)
    }

    @Test func readsNoServiceThatIsNotOffered() {
        #expect(place(of: [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0x46], in: booted().script) == nil, "EF.SPN without service 19")
        #expect(place(of: [0x00, 0xA4, 0x00, 0x04, 0x02, 0x6F, 0xD9], in: booted().script) == nil, "EF.EHPLMN without service 71")
    }

    @Test func verifiesAPINThatIsEnabled() {
        let script = CardScript()
        script.pin = Array("1234".utf8) + [0xFF, 0xFF, 0xFF, 0xFF]
        let bench = booted(script, pin: Array("1234".utf8))
        #expect(place(of: [0x00, 0x20, 0x00, 0x01, 0x08], in: script) != nil)
        #expect(bench.terminal.usim != nil)
    }

    @Test func failsWithoutTheRightPIN() {
        let script = CardScript()
        script.pin = Array("1234".utf8) + [0xFF, 0xFF, 0xFF, 0xFF]
        #expect(booted(script).seen == [.cardFailed(.pin(status: 0x63C3))])
        #expect(booted(script, pin: Array("9999".utf8)).seen == [.cardFailed(.pin(status: 0x63C2))])
    }

    @Test func refusesACardWhoseAnswerToResetIsWrong() {
        let script = CardScript()
        script.answerToReset[5] ^= 1
        #expect(booted(script).seen == [.cardFailed(.answerToReset)], "the check byte is wrong")
        script.answerToReset = []
        #expect(booted(script).seen == [.cardFailed(.answerToReset)], "no answer at all")
    }

    @Test func refusesACardWithoutWhatItNeeds() {
        for file in [EF.iccid, EF.imsi, EF.ust, EF.ad, EF.loci, EF.fplmn] {
            let script = CardScript()
            script.files[file] = nil
            #expect(booted(script).seen == [.cardFailed(.file(file, status: 0x6A82))])
        }
        let script = CardScript()
        script.files[EF.ad] = [0, 0, 0, 7]
        #expect(booted(script).seen == [.cardFailed(.content(EF.ad))], "an MNC of seven digits")
    }

    @Test func saysNothingOfAToolkitThatIsSwitchedOff() {
        let script = CardScript()
        script.ask(0x26)
        let bench = booted(script, quirks: [.noToolkit])
        bench.poll()
        #expect(place(of: [0x80, 0x10], in: script) == nil)
        #expect(script.toFetch.count == 1)
    }

    @Test func pollsWithAnExtendedLengthWhereTheModemDoes() {
        let script = CardScript()
        let bench = booted(script, quirks: [.extendedStatus])
        bench.poll()
        #expect(script.commands.contains([0x80, 0xF2, 0x00, 0x00, 0x00, 0x01, 0x68]))
    }

    @Test func tellsInTheProfileWhatItCanDo() throws {
        let full = TerminalProfile([])
        #expect(full.bytes.count == 36)
        // Byte 3 bit 8 REFRESH, byte 5 bit 1 SET UP EVENT LIST, byte 12 OPEN CHANNEL, byte 17 bit 2 UDP, byte 25 bit 7, byte 35 bit 3.
        #expect(full.bytes[2] & 0x80 != 0 && full.bytes[4] & 0x01 != 0 && full.bytes[11] & 0x01 != 0 && full.bytes[16] & 0x02 != 0)
        #expect(full.bytes[24] & 0x40 != 0 && full.bytes[34] & 0x04 != 0)
        #expect(TerminalProfile([.noDataConnectionEvent]).bytes[34] & 0x06 == 0)
        #expect(TerminalProfile([.noChannels]).bytes[11] == 0)
    }

    @Test func survivesACardThatAnswersAnything() {
        for seed in UInt64(0)..<300 {
            let bench = TerminalBench(RandomCard(seed: seed))
            bench.register()
            bench.wait(.minutes(3))
        }
    }
}

/// Answers with random bytes, now and then with the right status.
private struct RandomCard: UICC {
    var random: SplitMix64
    var inner = ScriptedCard(script: CardScript())

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func reset() -> [UInt8] { random.below(4) == 0 ? random.bytes(random.below(40)) : inner.reset() }
    mutating func powerOff() {}
    mutating func transmit(_ command: [UInt8]) -> [UInt8] {
        switch random.below(12) {
        case 0: random.bytes(random.below(260))
        case 1: [[0x91, 0x20], [0x61, 0x10], [0x6C, 0x05], [0x90, 0x00], []][random.below(5)]
        case 2 where command[1] == 0x12:
            [0xD0, 0x09, 0x81, 0x03, 0x01, UInt8(random.below(256)), UInt8(random.below(8)), 0x82, 0x02, 0x81, 0x21, 0x91, 0x10]
        default: inner.transmit(command)
        }
    }
}
