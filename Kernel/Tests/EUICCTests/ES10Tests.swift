import Testing
import Wire

@testable import EUICC

@Suite("ES10 functions")
struct ES10Tests {
    @Test("answers every function as a general DER encoder writes the standard's types, over the life of a card")
    func vectors() throws {
        var bench = try Bench()
        #expect(Hex.text(bench.euicc.fileControlInformation) == ES10Vectors.fileControlInformation)
        for step in ES10Vectors.steps {
            let answer = try bench.send(step.command)
            #expect(answer == step.answer, "\(step.name)")
        }
    }

    @Test("refuses what is no command, and functions that it does not have")
    func refusals() throws {
        var bench = try Bench()
        #expect(try bench.send("") == "SW 6a80")
        #expect(try bench.send("BF20") == "SW 6a80")
        #expect(try bench.send("BF2000BF2000") == "SW 6a80")
        #expect(try bench.send("BF3E035C014F") == "SW 6a80")
        #expect(try bench.send("BF3E00") == "SW 6a80")
        #expect(try bench.send("BF3600") == "SW 6a88")
        #expect(try bench.send("BF3800") == "SW 6a88")
        #expect(try bench.send("BF2D035C01BF") == "bf2d03810101")
        #expect(try bench.send("BF290F5A0A98440000000000000011F09001FF") == "SW 6a80")
        #expect(try bench.send("BF5B038001FF") == "bf5b03800108")
        #expect(try bench.send("BF5A038001FF") == "bf5a03800101")
        #expect(try bench.send("BF5F00") == "bf5f03810101")
    }

    @Test("says which profile was switched to, why, and whether REFRESH is wanted")
    func switches() throws {
        var bench = try Bench()
        #expect(try bench.send("BF5D03800100") == "bf5d03800100")
        #expect(bench.lastSwitch == ProfileSwitch(from: 0, to: 1, cause: .fallback, refresh: false))
        #expect(bench.state.leftBehind == 0 && bench.state.isFallenBack)
        #expect(try bench.send("BF5E038001FF") == "bf5e03800100")
        #expect(bench.lastSwitch == ProfileSwitch(from: 1, to: 0, cause: .returnFromFallback, refresh: true))
        #expect(bench.state.leftBehind == nil)
        #expect(try bench.send("BF3117A0124F10A0000005591010FFFFFFFF89000011008101FF") == "bf3103800100")
        #expect(bench.lastSwitch == ProfileSwitch(from: 0, to: 1, cause: .enable, refresh: true))
        #expect(!bench.state.isFallenBack)
    }

    @Test("is busy during a proactive session, unless REFRESH is asked for")
    func busy() throws {
        var bench = try Bench()
        #expect(try bench.send("BF3117A0124F10A0000005591010FFFFFFFF8900001100810100", catBusy: true) == "bf3103800105")
        #expect(try bench.send("BF5D03800100", catBusy: true) == "bf5d03800105")
        #expect(bench.state == EUICCState(profileCount: 2, fallbackAttribute: 1))
        #expect(try bench.send("BF5D038001FF", catBusy: true) == "bf5d03800100")
        #expect(try bench.send("BF5E03800100", catBusy: true) == "bf5e03800105")
        #expect(try bench.send("BF5E038001FF", catBusy: true) == "bf5e03800100")
    }

    @Test("an enable can be rolled back until its result is acknowledged, unless the card is busy")
    func rollback() throws {
        var bench = try Bench()
        var eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        let backup = try ICCID(Bench.backup).coded
        let home = bench
        _ = bench.send(eim.package([0xA3, 14, 0x5A, 10] + backup + [0x05, 0x00]))
        #expect(bench.lastSwitch == ProfileSwitch(from: 0, to: 1, cause: .enable, refresh: true))
        let away = bench
        #expect(try bench.send("BF5803800100", catBusy: true) == "bf5803020105")
        _ = try bench.send("BF5803800100")
        #expect(bench.lastSwitch == ProfileSwitch(from: 1, to: 0, cause: .rollback, refresh: false))
        #expect(try bench.send("BF5803800100") == "bf5803020101")
        bench = away
        let number = try #require(bench.state.results.last).sequenceNumber
        #expect(try bench.send("BF30038001" + Hex.text([UInt8(number)])) == "bf3003800100")
        #expect(try bench.send("BF5803800100") == "bf5803020101")
        bench = home
        eim.counter = 0
        _ = bench.send(eim.package([0xA3, 12, 0x5A, 10] + backup))
        #expect(try bench.send("BF5803800100") == "bf5803020101")
        #expect(bench.state.enabled == 1)
    }

    @Test("has no fallback without the attribute")
    func noFallback() throws {
        var bench = try Bench(fallbackAttribute: nil)
        #expect(try bench.send("BF5D038001FF") == "bf5d03800106")
        #expect(try bench.send("BF5E038001FF") == "bf5e03800106")
        #expect(bench.euicc.executeFallback().0 == .fallbackNotAvailable)
        #expect(bench.euicc.returnFromFallback().0 == .fallbackNotAvailable)
    }

    @Test("gives the fallback attribute only to a profile whose owner allows it")
    func notAllowed() throws {
        var bench = try Bench(primaryMayBeFallback: false)
        var eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        let primary = try ICCID(Bench.primary).coded
        _ = bench.send(eim.package([0xA8, 12, 0x5A, 10] + primary))
        #expect(bench.state.fallbackAttribute == 1)
        let result = Hex.text(try #require(bench.state.results.last).bytes)
        #expect(result.contains("30038d0102"))
        #expect(throws: EUICCConfiguration.Problem.fallbackNotAllowed(index: 0)) {
            try EUICC(
                configuration: Bench.configuration(primaryMayBeFallback: false),
                state: EUICCState(profileCount: 2, fallbackAttribute: 0),
                verifier: NoSignatures(), maker: NoSignatures())
        }
    }

    @Test("the applet's own fallback and return are those of the functions")
    func applet() throws {
        var bench = try Bench()
        let (left, away) = bench.euicc.executeFallback()
        #expect(left == .ok && away.enabled == 1 && away.leftBehind == 0)
        bench.euicc.commit(away)
        #expect(bench.euicc.executeFallback().0 == .notInDisabledState)
        let (came, home) = bench.euicc.returnFromFallback()
        #expect(came == .ok && home.enabled == 0 && home.leftBehind == nil)
        #expect(home.notifications.map(\.event) == [.disable, .enable, .disable, .enable])
        #expect(home.notifications.map(\.profile) == [0, 1, 1, 0])
    }

    @Test("keeps sixteen notifications and two results; the oldest give way")
    func bounds() throws {
        var bench = try Bench()
        for _ in 0..<20 {
            _ = try bench.send("BF5D038001FF")
            _ = try bench.send("BF5E038001FF")
        }
        #expect(bench.state.notifications.map(\.sequenceNumber) == Array(65...80))
        var eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        for _ in 0..<3 { _ = bench.send(eim.package([0xA6, 0x00])) }
        #expect(bench.state.results.map(\.sequenceNumber) == [82, 83])
    }

    @Test("stops a package whose results become too long, and performs no more of it")
    func overflow() throws {
        var bench = try Bench()
        var eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        let list: [UInt8] = [0xBF, 0x2D, 0x00]
        _ = bench.send(eim.package(Array(repeatElement(list, count: 20).joined()) + [0xA9, 0x00]))
        #expect(bench.state.fallbackAttribute == 1)
        #expect(bench.state.results.count == 1)
        #expect(Hex.text(bench.state.results[0].bytes).contains("020101" + "5f37"))
        _ = bench.send(eim.package([0xA9, 0x00, 0xB0, 0x00, 0xA6, 0x00]))
        #expect(bench.state.fallbackAttribute == nil)
        #expect(Hex.text(bench.state.results[1].bytes).contains("8e0100" + "020102" + "5f37"))
    }

    @Test("believes no package whose bytes were changed anywhere, nor one that came before")
    func forgery() throws {
        var bench = try Bench()
        var eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        let package = eim.package([0xA9, 0x00])
        let before = bench.state
        for index in package.indices {
            for bit in 0..<8 {
                var forged = package
                forged[index] ^= 1 << UInt8(bit)
                let outcome = bench.euicc.handle(forged, catBusy: false) { Bench.challenge }
                #expect(outcome.state == nil && outcome.profileSwitch == nil, "byte \(index), bit \(bit)")
            }
        }
        _ = bench.send(package)
        #expect(bench.state.fallbackAttribute == nil && bench.state != before)
        let after = bench.state
        _ = bench.send(package)
        #expect(bench.state == after)
        // Wrong EID and a counter beyond what can be kept.
        eim.eid[15] ^= 0x10
        _ = bench.send(eim.package([0xA6, 0x00]))
        eim.eid[15] ^= 0x10
        eim.counter = 0x8000_0000
        guard case .data(let answer) = bench.send(eim.package([0xA6, 0x00])) else { return }
        #expect(Hex.text(answer).contains("020106" + "5f37"))
        #expect(bench.state == after)
    }

    @Test("without keys nothing is signed and no package is believed")
    func keyless() throws {
        let euicc = try EUICC(
            configuration: Bench.configuration(), state: EUICCState(profileCount: 2, fallbackAttribute: 1),
            verifier: NoSignatures(),
            maker: NoSignatures())
        var eim = TestEIM(eid: euicc.configuration.eid.bytes)
        let added = euicc.handle(eim.association, catBusy: false) { Bench.challenge }
        var keyless = euicc
        if let state = added.state { keyless.commit(state) }
        #expect(keyless.handle(eim.package([0xA9, 0x00]), catBusy: false) { Bench.challenge }.state == nil)
    }

    @Test("takes the key out of an eIM's certificate")
    func certificate() throws {
        var bench = try Bench()
        let point = [4] + [UInt8](repeating: 9, count: 64)
        let key = try #require(PublicKey(curve: .brainpoolP256, point: point))
        let command = ByteWriter.written {
            $0.ber(0xBF57) {
                $0.ber(0xA0) {
                    $0.ber(0x30) {
                        $0.ber(0x80, Array("c".utf8))
                        $0.ber(0x83, [0])
                        $0.ber(0xA5) {
                            $0.ber(0xA1) {
                                $0.ber(0x30) {
                                    $0.ber(0xA0) { $0.ber(0x02, [2]) }
                                    $0.ber(0x02, [1])
                                    for _ in 0..<4 { $0.ber(0x30, []) }
                                    $0.ber(0x30, SubjectPublicKeyInfo.members(of: key))
                                }
                                $0.ber(0x30, [])
                                $0.ber(0x03, [0])
                            }
                        }
                    }
                }
            }
        }
        #expect(bench.send(command) == .data([0xBF, 0x57, 0x04, 0xA0, 0x02, 0x05, 0x00]))
        #expect(bench.state.associations.map(\.key) == [key])
    }
}
