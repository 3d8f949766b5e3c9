import Testing
import Wire

@testable import SecuredPackets

@Suite("Remote management, ETSI TS 102 226")
struct CommandScriptTests {
    @Test("writes and reads the expanded format", arguments: [ScriptFormat.expanded, .indefinite])
    func expanded(format: ScriptFormat) throws {
        // The examples of pySim's tests/unittests/test_ota.py.
        let one = try #require(CommandScript([hex("80f24002024f0000")], format: .expanded))
        #expect(text(one.bytes) == "aa0a220880f24002024f0000")
        let two = try #require(CommandScript([hex("80f24002024f0000"), hex("00a40004023f0000")], format: .expanded))
        #expect(text(two.bytes) == "aa14220880f24002024f0000220800a40004023f0000")
        let get = try #require(CommandScript([hex("80ca00e000")], format: .indefinite))
        #expect(text(get.bytes) == "ae80220580ca00e0000000")
        let long = try #require(CommandScript([hex("80f24000") + [195] + [UInt8](0..<195)], format: .expanded))
        #expect(text([UInt8](long.bytes.prefix(6))) == "aa81cb2281c8")
        for script in [one, two, get, long] { #expect(CommandScript(reading: script.bytes) == script) }
        let commands = [hex("00a4000c023f00"), hex("00a4000c022fe2"), hex("00b000000a")]
        let script = try #require(CommandScript(commands, format: format))
        #expect(CommandScript(reading: script.bytes) == script)
        #expect(
            format == .expanded
                || text(script.bytes) == "ae80220700a4000c023f00220700a4000c022fe2220500b000000a0000")
    }

    @Test("writes and reads the compact format")
    func compact() throws {
        let commands = ["00a40004023f00", "00a40004022fe2", "00b000000a", "80f2000000", "00d600000401020304", "00a4000c022f0000"]
            .map(hex)
        let script = try #require(CommandScript(commands, format: .compact))
        #expect(script.bytes == commands.flatMap { $0 })
        #expect(CommandScript(reading: script.bytes) == script)
        // What would be read back as something else is not written.
        #expect(CommandScript([hex("00a4000c022f0000"), hex("00b000000a")], format: .compact) == nil)
        #expect(CommandScript([hex("00a40004")], format: .compact) == nil)
        #expect(CommandScript([[UInt8]](repeating: hex("00b000000a"), count: 256), format: .compact) == nil)
        #expect(CommandScript([[UInt8]](repeating: hex("00b000000a"), count: 255), format: .compact) != nil)
    }

    private func answer(_ text: String, _ responses: [String], capacity: Int = 1000) -> ([[UInt8]], String) {
        var execution = ScriptExecution(CommandScript(reading: hex(text)), capacity: capacity)
        var commands: [[UInt8]] = []
        while let command = execution.next() {
            execution.completed(commands.count < responses.count ? hex(responses[commands.count]) : hex("9000"))
            commands.append(command)
        }
        return (commands, Hex.text(execution.answer))
    }

    @Test("the compact answer tells of the last command")
    func compactAnswers() {
        #expect(answer("00a40004023f00", ["6132"]).1 == "016132")
        #expect(answer("00a40004023f0000b000000a", ["9000", "988812010000408608149000"]).1 == "02900098881201000040860814")
        #expect(answer("", []).1 == "")
        // An error ends the list, a warning does not.
        #expect(answer("00a40004023f0000b000000a", ["6a82"]).0.count == 1)
        #expect(answer("00a40004023f0000b000000a", ["6a82"]).1 == "016a82")
        #expect(answer("00a40004023f0000b000000a", ["6283", "9000"]).1 == "029000")
        // A broken command counts as one that failed.
        #expect(answer("00a40004023f0000d6000004aa", ["9000"]).1 == "026700")
    }

    @Test("the expanded answer tells of every command")
    func expandedAnswers() {
        #expect(answer("aa09220700a40004023f00", ["6132"]).1 == "ab0780010123026132")
        #expect(answer("aa05220380f240", []).1 == "ab06800100900102")
        #expect(
            answer(
                "ae80220700a4000c023f00220700a4000c022fe2220500b000000a0000", ["9000", "9000", "988812010000408608149000"]
            ).1 == "af802302900023029000230c9888120100004086081490000000")
        #expect(answer("ae80220580ca00e00099010000", ["9000"]).1 == "af80230290009001010000")
        #expect(answer("aa0a220880f24002024f000099", []).1 == "ab06800100900102")
        #expect(answer("aa0c220880f24002024f00009901", ["6985"]).1 == "ab0780010123026985")
        #expect(answer("aa0c220880f24002024f00009901", ["9000"]).1 == "ab0a80010123029000900101")
        #expect(answer("aa03810181", []).1 == "ab06800100810101")
        #expect(answer("aa03830101", []).1 == "ab06800100830102")
        #expect(answer("aa0122", []).1 == "ab06800100900103")
        #expect(answer("aa", []).1 == "ab06800100900103")
        #expect(answer("ae80220580ca00e000", []).1 == "af8023029000" + "900102" + "0000")
        #expect(answer("aa09220700a40004023f00", ["61"]).1 == "ab0780010123026f00")
    }

    @Test("an answer that does not fit is cut, and says so", arguments: 16..<300)
    func cutting(capacity: Int) throws {
        for (script, format) in [
            ("00b000000000b000000000b0000000", ScriptFormat.compact),
            ("aa15220500b0000000220500b0000000220500b0000000", .expanded),
            ("ae80220500b0000000220500b0000000220500b00000000000", .indefinite),
        ] {
            let data = [UInt8](repeating: 0x5A, count: 120)
            var execution = ScriptExecution(CommandScript(reading: hex(script)), capacity: capacity)
            var count = 0
            while execution.next() != nil {
                execution.completed(data + [0x90, 0x00])
                count += 1
            }
            #expect(execution.answer.count <= capacity)
            let response = try ScriptResponse(execution.answer, format: format)
            #expect(response.executed == count)
            if format == .compact {
                #expect(response.isCut == (capacity < 123))
                #expect(count == (capacity < 123 ? 1 : 3))
            } else if count == 3 {
                #expect(capacity >= 2 * 124)
            } else {
                #expect(response.isCut || response.outcomes.count < 3)
            }
        }
    }

    @Test("without room for any answer the script runs to its end")
    func noAnswer() {
        let (commands, answer) = answer("00b000000000b000000000b0000000", ["9000", "9000", "9000"], capacity: 0)
        #expect(commands.count == 3)
        #expect(answer == "")
    }

    @Test("reads answers")
    func responses() throws {
        let registry = [UInt8](0..<198)
        let big = try ScriptResponse(hex("ab81ce8001012381c8") + registry + [0x90, 0x00], format: .expanded)
        #expect(big.executed == 1 && big.outcomes == [ScriptResponse.Outcome(data: registry, status: 0x9000)])
        #expect(try ScriptResponse(hex("ab06800101900101"), format: .expanded).badFormat == 1)
        #expect(try ScriptResponse(hex("ab06800101810101"), format: .expanded).immediateAction == [1])
        #expect(try ScriptResponse(hex("ab06800101830102"), format: .expanded).scriptChaining == 2)
        let live = try ScriptResponse(hex("af802302900023029000230c9888120100004086081490000000"), format: .indefinite)
        #expect(live.executed == 3)
        #expect(live.outcomes.last == ScriptResponse.Outcome(data: hex("98881201000040860814"), status: 0x9000))
        let good = hex("af8023029000230c9888120100004086081490000000")
        for cut in 1...3 {
            #expect(throws: ScriptResponseError.self) {
                try ScriptResponse([UInt8](good.dropLast(cut)), format: .indefinite)
            }
        }
        #expect(throws: ScriptResponseError.template(expected: 0xAB, came: 0xAF)) { try ScriptResponse(good, format: .expanded) }
        for text in ["", "ab", "ab05800101", "ab0380010100", "ab03230190", "ab03990101", "ab020000"] {
            #expect(throws: ScriptResponseError.self) { try ScriptResponse(hex(text), format: .expanded) }
        }
        #expect(throws: ScriptResponseError.self) { try ScriptResponse([1, 0x90], format: .compact) }
    }
}
