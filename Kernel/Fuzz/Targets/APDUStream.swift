import Cipher
import SmartCard
import Wire

/// A terminal's side of card sessions, as bytes: each step begins with a byte that says what it is.
///
/// 00 is a reset, 01 a loss of power, 02 a good challenge with the 6 bytes of SQN that follow, 03 an APDU with its length in two
/// bytes, FF fetches what the last answer announced, FE puts in the card that is managed over the air, FD brings it a script, which
/// follows with its length, in secured packets with the right keys; any other is the length of the APDU that follows.
enum APDUStream {
    private enum Step {
        static let reset: UInt8 = 0x00
        static let powerLoss: UInt8 = 0x01
        static let challenge: UInt8 = 0x02
        static let long: UInt8 = 0x03
        static let fetch: UInt8 = 0xFF
        static let managed: UInt8 = 0xFE
        static let script: UInt8 = 0xFD
    }

    /// Steps that are looked at: more than this makes an input slow, and nothing new.
    private static let mostSteps = 256

    private static let fresh = made { () throws in try Session(Specimen.image.encoded) }

    private static let managed = made { () throws in try Session(Specimen.managedImage.encoded) }

    static func run(_ input: [UInt8]) throws {
        var input = Input(input)
        var session = fresh
        for _ in 0..<mostSteps where !input.isEmpty {
            let step = input.byte()
            switch step {
            case Step.reset: try session.reset()
            case Step.powerLoss: try session.losePower()
            case Step.challenge: try session.challenge(input.number(6))
            case Step.long: try session.send(input.take(Int(input.number(2) & 0x1FF)))
            case Step.fetch: try session.fetch()
            case Step.managed: session = managed
            case Step.script: try session.manage(input.take(Int(input.byte())))
            default: try session.send(input.take(Int(step)))
            }
        }
        try session.losePower()
    }

    /// These commands, each with its length.
    private static func stream(_ steps: String...) -> [UInt8] {
        steps.flatMap { step -> [UInt8] in
            switch step {
            case "reset": return [Step.reset]
            case "power": return [Step.powerLoss]
            case "fetch": return [Step.fetch]
            case "managed": return [Step.managed]
            case "script":
                let script = hex("00A40004026F46" + "00D60000020041" + "80EC01030C" + "3C030220FB" + "3E05210A000001")
                return [Step.script, UInt8(script.count)] + script
            default:
                let command = hex(step)
                return [UInt8(command.count)] + command
            }
        }
    }

    private static let pin = "0020000108" + "31323334FFFFFFFF"
    private static let administrator = "0020000A08" + "3535353535353535"
    private static let boot =
        "8010000024" + "21" + "00" + "E8" + "40" + "11" + "1C" + "00" + "07" + "80" + "0000" + "1F" + "22" + "000000" + "03"
        + "00000000000000" + "50" + "000000000000000000" + "06" + "00"

    static var seeds: [[UInt8]] {
        [
            // Files.
            stream(
                "00A40004023F00", "fetch", "00A4040407A0000000871002", "fetch", "80F2000000", "00A4080C047FFF6F07", pin,
                "00B0000009", "00A4030C", "00A40004026F7E", "fetch", "00D600000B0102030405060708090A0B", "00B000000B"),
            stream(
                pin, administrator, "00A40004027F10", "fetch", "00A40004026F3A", "00B2010404", "00A40004026F42", "fetch",
                "00B2000200", "00DC010428" + String(repeating: "A5", count: 40), "00A2010401A5", "fetch", "00A2010603040400A5",
                "fetch",
                "00B0820000", "00040000", "00B2010404", "00440000"),
            stream(
                pin, "00A4040C07A0000000871002", "00A4000C026F39", "8032000003000001", "fetch", "00B2010403", "00DC000303DEADBE",
                "8032000003FFFFFF", "power", pin, "00A4040C07A0000000871002", "80320000030000FF"),
            // PINs.
            stream(
                "0020000100", "0020000108" + "39393939FFFFFFFF", pin, "0024000110" + "31323334FFFFFFFF" + "34333231FFFFFFFF",
                "reset",
                "0026000108" + "34333231FFFFFFFF", "0028000108" + "34333231FFFFFFFF",
                "002C000110" + "3132333435363738"
                    + "31323334FFFFFFFF", "power", pin),
            // Channels.
            stream("0070000001", "01A4040C07A0000000871002", "fetch", "00708001", "0070000400", "40A40004023F00", "41F2000000"),
            // Authentication.
            stream(pin, "00A4040C07A0000000871002") + [Step.challenge, 0, 0, 0, 0, 0, 0x21, Step.fetch, Step.challenge]
                + [0, 0, 0, 0, 0, 0x21, Step.fetch, Step.powerLoss] + stream(pin, "00A4040C07A0000000871002")
                + [Step.challenge, 0, 0, 0, 0, 0, 0x42, Step.fetch],
            // The toolkit.
            stream(
                "80AA000005A903830107", boot, "fetch", "801400000C810301050082028281030100", "fetch",
                "8014000013810302260082028281030100130732F4510001000280", "fetch", "8014000010810303270082028281030100240101",
                "80F2000C",
                "80C2000009D70782028281240101", "fetch", "80C200000FD70D82028281A40101A503000100", "fetch",
                "80C2000013D611190103020282811B0100930732F45100010002", "fetch", "80C200000FD60D19011D820283811D01012E011B",
                "80C2000012D610190112820283817D0532F4510001F50108", "fetch", "reset", boot, "fetch"),
            stream(
                boot, "fetch", "801400001681030140010202828183010038028100350103390202" + "00", "fetch",
                "80C200000DD60B19010982028281B8028100", "fetch", "801400001681030142010202828183010036080102030405060708"),
            // Management over the air: a file is changed, and a channel opened; REFRESH, and a packet that is none.
            stream(
                "managed", boot, "fetch", "801400000C810301050082028281030100", "script", "fetch",
                "801400000F810302400182028281030100" + "38028100", "80C200000DD60B19010982028281B8028100", "fetch",
                "8014000013810303420082028283030100360301020337" + "0100", "fetch", "power", "script", "reset",
                "00A4040C10A0000005591010FFFFFFFF8900000100", "80E2910003BF2D00", "fetch"),
            // A SIM.
            stream(
                "A0A40000023F00", "A0C0000017", "A0A40000027F20", "A0A40000026F07", "A020000108" + "31323334FFFFFFFF", "A0B0000009",
                "A0F2000017", "A0A40000027F10", "A0A40000026F3A", "A0B2010404", "A0D6000002FFFF",
                "A02C000010" + "3132333435363738" + "31323334FFFFFFFF"),
        ]
    }
}
