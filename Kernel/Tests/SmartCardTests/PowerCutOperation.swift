import Cipher
import SmartCard
import Wire

/// One command that changes something, and what led to it.
struct PowerCutOperation: CustomStringConvertible, Sendable {
    let name: String
    let isPINEnabled: Bool
    /// What came before, with all of its writes done.
    let preparation: [String]
    let command: String
    /// The first byte of the status word with which it succeeds or is refused, when the power stays.
    let answer: UInt8
    /// How often it writes. More than once only where the standard has a counter go down before a comparison.
    let writes: Int
    /// Whether a write that fails must be answered 6581. The toolkit's commands are not refused for what the card keeps for itself.
    let mustTell: Bool

    init(
        _ name: String, pin: Bool = false, after preparation: [String] = [], _ command: String, answer: UInt8 = 0x90,
        writes: Int = 1,
        mustTell: Bool = true
    ) {
        self.name = name
        isPINEnabled = pin
        self.preparation = preparation
        self.command = command
        self.answer = answer
        self.writes = writes
        self.mustTell = mustTell
    }

    var description: String { name }

    private static let select = "00A4040C07A0000000871002"
    private static let (right, wrong, new) = (Workbench.pin("1234"), Workbench.pin("9999"), Workbench.pin("4321"))
    private static let (puk, wrongPUK) = (Workbench.pin("12345678"), Workbench.pin("00000000"))

    /// A challenge for the USIM with this SQN and a MAC that is right.
    static func authenticate(_ sequence: UInt64) -> String {
        let random = hex("23553cbe9637a89d218ae64dae47bf35")
        let algorithm = Milenage<TableAES>(key: Workbench.key, operatorConstant: Workbench.operatorConstant)
        let challenge = algorithm.challenge(Block(random))
        var token = ByteWriter()
        token.uint(sequence ^ algorithm.response(challenge).anonymityKey, size: 6)
        token.uint16(0x8000)
        token.uint64(algorithm.codes(challenge, sequence: sequence, management: 0x8000).authentication)
        return "008800812210" + Hex.text(random) + "10" + Hex.text(token.bytes)
    }

    static let all: [PowerCutOperation] = files + codes + others

    private static let files = [
        PowerCutOperation("UPDATE BINARY", after: [select, "00A4000C026F7E"], "00D600000B0102030405060708090A0B"),
        PowerCutOperation(
            "UPDATE BINARY of class A0", after: ["A0A40000027F20", "A0A40000026F7E"], "A0D600000B0102030405060708090A0B"),
        PowerCutOperation("UPDATE RECORD, absolute", after: [select, "00A4000C026F42"], "00DC020404A5A5A5A5"),
        PowerCutOperation("UPDATE RECORD, next", after: [select, "00A4000C026F42"], "00DC000204A5A5A5A5"),
        PowerCutOperation("UPDATE RECORD of a cyclic file", after: [select, "00A4000C026F39"], "00DC000303A5A5A5"),
        PowerCutOperation("INCREASE", after: [select, "00A4000C026F39"], "803200000301FF03", answer: 0x61),
        PowerCutOperation("DEACTIVATE FILE", after: [select, "00A4000C026F7E"], "00040000"),
        PowerCutOperation("ACTIVATE FILE", after: [select, "00A4000C026F7E", "00040000"], "00440000"),
    ]

    private static let codes = [
        PowerCutOperation("VERIFY PIN, right", pin: true, "0020000108" + right, writes: 2),
        PowerCutOperation(
            "VERIFY PIN, right after a wrong one", pin: true, after: ["0020000108" + wrong], "0020000108" + right, writes: 2),
        PowerCutOperation("VERIFY PIN, wrong", pin: true, "0020000108" + wrong, answer: 0x63),
        PowerCutOperation(
            "VERIFY PIN, wrong for the last time", pin: true, after: ["0020000108" + wrong, "0020000108" + wrong],
            "0020000108" + wrong,
            answer: 0x63),
        PowerCutOperation("VERIFY CHV of class A0", pin: true, "A020000108" + right, writes: 2),
        PowerCutOperation("VERIFY of an administrative code, wrong", "0020000A08" + wrong, answer: 0x63),
        PowerCutOperation("VERIFY of the second PIN", "0020008108" + Workbench.pin("5678"), writes: 2),
        PowerCutOperation("CHANGE PIN, right", pin: true, "0024000110" + right + new, writes: 2),
        PowerCutOperation("CHANGE PIN, wrong", pin: true, "0024000110" + wrong + new, answer: 0x63),
        PowerCutOperation("DISABLE PIN, right", pin: true, "0026000108" + right, writes: 2),
        PowerCutOperation("DISABLE PIN, wrong", pin: true, "0026000108" + wrong, answer: 0x63),
        PowerCutOperation("ENABLE PIN, right", "0028000108" + right, writes: 2),
        PowerCutOperation("ENABLE PIN, wrong", "0028000108" + wrong, answer: 0x63),
        PowerCutOperation("UNBLOCK PIN, right", pin: true, "002C000110" + puk + new, writes: 2),
        PowerCutOperation("UNBLOCK PIN, wrong", pin: true, "002C000110" + wrongPUK + new, answer: 0x63),
        PowerCutOperation(
            "UNBLOCK PIN, right, of a blocked PIN", pin: true, after: [String](repeating: "0020000108" + wrong, count: 3),
            "002C000110" + puk + new, writes: 2),
        PowerCutOperation(
            "UNBLOCK PIN, wrong for the last time", pin: true,
            after: [String](repeating: "002C000110" + wrongPUK + new, count: 9), "002C000110" + wrongPUK + new, answer: 0x63),
        PowerCutOperation("UNBLOCK CHV of class A0", pin: true, "A02C000010" + puk + new, writes: 2),
    ]

    private static let profile = "80100000" + Hex.text([UInt8(Terminal.capable.count)] + Terminal.capable)

    private static let others = [
        PowerCutOperation("AUTHENTICATE", after: [select], authenticate(0x42), answer: 0x61),
        PowerCutOperation("AUTHENTICATE of another index", after: [select], authenticate(0x43), answer: 0x61),
        PowerCutOperation("AUTHENTICATE, not fresh", after: [select], authenticate(0x21), answer: 0x61, writes: 0),
        PowerCutOperation("TERMINAL PROFILE", profile, answer: 0x91, mustTell: false),
        PowerCutOperation("TERMINAL PROFILE again", after: [profile], profile, answer: 0x91, mustTell: false),
    ]
}
