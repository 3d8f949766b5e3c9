import Wire

@testable import Lab

/// A card made for testing terminals, independent of our own: it has the files of a USIM, hands out the proactive commands that it
/// was given, and keeps what the terminal says.
final class CardScript: @unchecked Sendable {
    var commands: [[UInt8]] = []
    var toFetch: [[UInt8]] = []
    var responses: [[UInt8]] = []
    var envelopes: [[UInt8]] = []
    var files: [UInt16: [UInt8]] = [
        EF.iccid: [0x98, 0x99, 0x99, 0x07, 0x00, 0x00, 0x00, 0x00, 0x10, 0xF8],
        EF.pl: [0x65, 0x6E], EF.li: [0xFF, 0xFF], EF.imsi: [0x08, 0x99, 0x99, 0x07, 0x00, 0x00, 0x00, 0x00, 0x10],
        EF.ad: [0, 0, 0, 2], EF.acc: [0, 1], EF.hpplmn: [10], EF.loci: Array(repeating: 0xFF, count: 11),
        EF.fplmn: Array(repeating: 0xFF, count: 12), EF.keys: [7], EF.keysPS: [7], EF.startHFN: Array(repeating: 0, count: 6),
        EF.threshold: [0, 0, 0],
        // Services 85 (EPS mobility) alone.
        EF.ust: Array(repeating: 0, count: 10) + [0x10], EF.epsLOCI: Array(repeating: 0xFF, count: 18),
    ]
    var answerToReset: [UInt8] = [
        0x3B, 0x9F, 0x96, 0x80, 0x1F, 0xC7, 0x80, 0x31, 0xE0, 0x73, 0xFE, 0x21, 0x13, 0x57, 0x48, 0x4F, 0x4C, 0x44, 0x46, 0x53,
        0x54, 0x00,
    ]
    /// RES of every authentication, or what else AUTHENTICATE answers.
    var authentication: [UInt8] = [0x90, 0x00]
    /// FCP of MF and ADF: whether PIN 1 is enabled, and what it is.
    var pin: [UInt8]?
    var busyEnvelopes = 0
    var current: UInt16 = 0x3F00
    var answer: [UInt8] = []
    var resets = 0

    init() {
        answerToReset[answerToReset.count - 1] = answerToReset.dropFirst().dropLast().reduce(0, ^)
    }

    /// Results that the terminal gave, by the general result and what follows it.
    var results: [[UInt8]] { responses.compactMap { object(0x03, in: $0) } }

    func object(_ tag: UInt16, in bytes: [UInt8]) -> [UInt8]? {
        (try? ByteReader(bytes).comprehensionTLV(tagged: tag))?.map { Array($0.value) } ?? nil
    }

    /// The objects of an envelope whose BER tag is this.
    func envelopes(_ tag: UInt32) -> [[UInt8]] {
        envelopes.compactMap { envelope in (try? ByteReader(envelope).berTLV(tagged: tag))?.map { Array($0.value) } ?? nil }
    }

    /// Event downloads of one event.
    func events(_ event: UInt8) -> [[UInt8]] {
        envelopes(0xD6).filter { object(0x19, in: $0) == [event] }
    }

    func ask(_ kind: UInt8, _ qualifier: UInt8 = 0, to device: UInt8 = 0x82, _ body: (inout ByteWriter) -> Void = { _ in }) {
        var writer = ByteWriter()
        writer.ber(0xD0) {
            $0.comprehension(0x01, [1, kind, qualifier])
            $0.comprehension(0x02, [0x81, device])
            body(&$0)
        }
        toFetch.append(writer.bytes)
    }
}

struct ScriptedCard: UICC {
    let script: CardScript

    mutating func reset() -> [UInt8] {
        script.resets += 1
        script.current = 0x3F00
        return script.answerToReset
    }

    mutating func powerOff() {}

    mutating func transmit(_ command: [UInt8]) -> [UInt8] {
        script.commands.append(command)
        let data = Array(command.dropFirst(5))
        switch command[1] {
        case 0xA4: return select(data, command[2])
        case 0xC0: return script.answer + normal
        case 0xB0:
            guard let file = script.files[script.current] else { return [0x69, 0x86] }
            return file + normal
        case 0xB2 where script.current == EF.dir:
            return directory + normal
        case 0xB2: return [0x6A, 0x83]
        case 0xD6:
            script.files[script.current] = data
            return normal
        case 0x20:
            guard let pin = script.pin else { return [0x69, 0x84] }
            if data.isEmpty { return [0x63, 0xC3] }
            return data == pin ? normal : [0x63, 0xC2]
        case 0x12:
            guard !script.toFetch.isEmpty else { return [0x69, 0x85] }
            return script.toFetch.removeFirst() + [0x90, 0x00]
        case 0x14:
            script.responses.append(data)
            return normal
        case 0xC2:
            if script.busyEnvelopes > 0 {
                script.busyEnvelopes -= 1
                return [0x93, 0x00]
            }
            script.envelopes.append(data)
            return normal
        case 0x88:
            guard script.authentication.count > 2 else { return script.authentication }
            script.answer = script.authentication
            return [0x61, UInt8(script.answer.count)]
        default: return normal
        }
    }

    private var normal: [UInt8] {
        script.toFetch.first.map { [0x91, UInt8(truncatingIfNeeded: $0.count)] } ?? [0x90, 0x00]
    }

    private var directory: [UInt8] {
        [0x61, 0x12, 0x4F, 0x10, 0xA0, 0, 0, 0, 0x87, 0x10, 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0x89, 0x07, 0x09, 0, 0]
    }

    private mutating func select(_ name: [UInt8], _ p1: UInt8) -> [UInt8] {
        var control = ByteWriter()
        if p1 == 0x04 || name == [0x3F, 0x00] {
            script.current = 0x7FFF
            control.ber(0x62) {
                $0.ber(0x82, [0x78, 0x21])
                $0.ber(0xC6, [0x90, 0x01, script.pin == nil ? 0x00 : 0x80, 0x83, 0x01, 0x01])
            }
        } else {
            guard name.count >= 2 else { return [0x6A, 0x86] }
            let file = UInt16(name[0]) << 8 | UInt16(name[1])
            if file == EF.dir {
                control.ber(0x62) {
                    $0.ber(0x82, [0x42, 0x21, 0x00, UInt8(directory.count), 0x01])
                    $0.ber(0x80, [0x00, UInt8(directory.count)])
                }
            } else if let content = script.files[file] {
                control.ber(0x62) {
                    $0.ber(0x82, [0x41, 0x21])
                    $0.ber(0x80, [0x00, UInt8(content.count)])
                }
            } else {
                return [0x6A, 0x82]
            }
            script.current = file
        }
        script.answer = control.bytes
        return [0x61, UInt8(control.bytes.count)]
    }
}
