import Wire

/// Runs a script: it gives out one command after the other, takes what each came to, and makes the answer (ETSI TS 102 226, 5.1.2
/// and 5.2.2).
///
/// An error ends the list; a warning (62, 63) does not. When the answer has no more room, the data of the last command are cut, its
/// status words become 62F1, and the list ends.
///
///     var execution = ScriptExecution(script, capacity: receiver.answerCapacity(for: command))
///     while let apdu = execution.next() { execution.completed(card.transmit(apdu)) }
///     let answer = try receiver.answer(to: command, data: execution.answer)
public struct ScriptExecution: Sendable {
    private let script: CommandScript
    private let capacity: Int
    private var index = 0
    private var isEnded = false
    /// Whether the list ended because the answer had no more room.
    public private(set) var isCut = false
    /// The R-APDU TLVs of the expanded formats, or the last answer of the compact one.
    private var responses: [UInt8] = []
    /// How many commands were executed, the one that failed among them.
    public private(set) var executed = 0

    /// How many bytes any answer needs at least: the template, the number of commands, one response without data, one fault.
    public static var leastCapacity: Int { 16 }

    /// - Parameter capacity: how many bytes the answer may have. With less than `leastCapacity` (no answer was asked for) the
    ///   script runs to its end, and there is no answer.
    public init(_ script: CommandScript, capacity: Int) {
        self.script = script
        self.capacity = capacity
    }

    /// The next command to execute; nil when there is none, or an earlier one ended the list.
    public mutating func next() -> [UInt8]? {
        guard !isEnded, index < script.commands.count else { return nil }
        // A command is not executed if its outcome could not be told.
        if answers && room < 4 {
            isCut = true
            isEnded = true
            return nil
        }
        index += 1
        return script.commands[index - 1]
    }

    /// Takes the response APDU of the command given out last. Fewer than two bytes count as 6F00.
    public mutating func completed(_ response: [UInt8]) {
        guard executed < index else { return }
        executed = index
        var data = response.dropLast(2)
        var status = [UInt8](response.suffix(2))
        if status.count < 2 {
            data = []
            status = [0x6F, 0x00]
        }
        if !Self.goesOn(status[0]) { isEnded = true }
        guard answers else { return }
        if script.format == .compact { responses = [] }
        let fits = fitting(data.count)
        if fits < data.count {
            data = data.prefix(fits)
            status = [0x62, 0xF1]
            isCut = true
            isEnded = true
        }
        if script.format == .compact {
            responses = status + data
        } else {
            var writer = ByteWriter()
            writer.ber(0x23, data + status)
            responses += writer.bytes
        }
    }

    /// The additional response data: what to answer the packet with. Empty when there is no room for any, or when the compact
    /// script has no commands.
    public var answer: [UInt8] {
        guard answers else { return [] }
        var writer = ByteWriter()
        switch script.format {
        case .compact:
            // The compact answer has no word for a fault: the broken command counts as one that failed with a wrong length.
            if reportsFault {
                return [UInt8(truncatingIfNeeded: min(executed + 1, 255)), 0x67, 0x00]
            }
            return executed == 0 ? [] : [UInt8(truncatingIfNeeded: executed)] + responses
        case .expanded:
            writer.ber(0xAB) { inner in
                // A number from 128 on takes two bytes, so that it is never read as negative.
                inner.ber(0x80, executed < 0x80 ? [UInt8(executed)] : [0x00, UInt8(truncatingIfNeeded: executed)])
                inner.append(responses)
                inner.append(faultTLV)
            }
        case .indefinite:
            writer.uint16(0xAF80)
            writer.append(responses)
            writer.append(faultTLV)
            writer.uint16(0)
        }
        return writer.bytes
    }

    private var answers: Bool { capacity >= Self.leastCapacity }

    /// Whether the list ended at what is wrong with it, and not before.
    private var reportsFault: Bool { script.fault != nil && !isEnded && executed == script.commands.count }

    /// Bad Format, Immediate Action Response or Script Chaining Response (TS 102 226, 5.2.2).
    private var faultTLV: [UInt8] {
        guard reportsFault, let fault = script.fault else { return [] }
        switch fault {
        case .unknownTag: return [0x90, 0x01, 0x01]
        case .wrongLength, .tooManyCommands: return [0x90, 0x01, 0x02]
        case .lengthNotFound: return [0x90, 0x01, 0x03]
        case .immediateAction: return [0x81, 0x01, 0x01]
        case .scriptChaining: return [0x83, 0x01, 0x02]
        }
    }

    /// How many bytes are left for responses: the template takes up to 4, the number of commands 4, a fault 3.
    private var room: Int { script.format == .compact ? capacity - 1 : capacity - 11 - responses.count }

    /// How many bytes of data the next response can have.
    private func fitting(_ count: Int) -> Int {
        if script.format == .compact { return min(count, room - 2) }
        // The tag, and a length of one to three bytes.
        for header in 2...4 {
            let fits = min(count, room - header - 2)
            let coded = fits + 2 < 0x80 ? 2 : fits + 2 < 0x100 ? 3 : 4
            if fits >= 0 && coded <= header { return fits }
        }
        return 0
    }

    /// Whether the list goes on after these status words: success, something waiting to be fetched, or a warning.
    private static func goesOn(_ first: UInt8) -> Bool {
        switch first {
        case 0x90, 0x91, 0x61, 0x62, 0x63, 0x9F: true
        default: false
        }
    }
}
