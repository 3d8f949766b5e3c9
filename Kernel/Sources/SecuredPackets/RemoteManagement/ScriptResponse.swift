import Wire

/// What is wrong with the answer to a script.
public enum ScriptResponseError: Error, Equatable, Sendable {
    /// The answer, or a response in it, ends too early.
    case truncated(Truncation)
    /// A data object is badly coded.
    case coding(TLVError)
    /// Another template was expected.
    case template(expected: UInt8, came: UInt8)
    /// A data object that the answer may not have.
    case tag(UInt32)
    /// A data object of a wrong length, or bytes after the end.
    case length(tag: UInt32, length: Int)
}

/// The answer to a script, as its sender reads it (ETSI TS 102 226, 5.1.2 and 5.2.2).
public struct ScriptResponse: Equatable, Sendable {
    /// What one command came to.
    public struct Outcome: Equatable, Sendable {
        public let data: [UInt8]
        /// SW1 and SW2.
        public let status: UInt16
    }

    /// How many commands were executed, the one that failed among them.
    public let executed: Int
    /// What they came to: each of them, or the last one in the compact format.
    public let outcomes: [Outcome]
    /// The value of the Bad Format TLV: 1 unknown tag, 2 wrong length, 3 length not found.
    public let badFormat: UInt8?
    /// The value of the Immediate Action Response TLV.
    public let immediateAction: [UInt8]?
    /// The value of the Script Chaining Response TLV: 2 is not supported.
    public let scriptChaining: UInt8?

    /// Whether the last response was cut (62F1), so that the list ended there.
    public var isCut: Bool { outcomes.last?.status == 0x62F1 }

    /// Reads the additional response data that answer a script of this format.
    public init(_ bytes: [UInt8], format: ScriptFormat) throws(ScriptResponseError) {
        var reader = ByteReader(bytes)
        if format == .compact {
            do throws(Truncation) {
                executed = Int(try reader.byte())
                let status = try reader.uint16()
                outcomes = [Outcome(data: [UInt8](reader.rest), status: status)]
            } catch {
                throw .truncated(error)
            }
            badFormat = nil
            immediateAction = nil
            scriptChaining = nil
            return
        }
        var objects = try Self.contents(bytes, indefinite: format == .indefinite)
        var number: Int?
        var outcomes: [Outcome] = []
        var badFormat: UInt8?
        var immediateAction: [UInt8]?
        var scriptChaining: UInt8?
        while let object = try Self.object(&objects) {
            let value = [UInt8](object.value)
            switch (object.tag, value.count) {
            case (0x80, 1...2): number = value.reduce(0) { $0 << 8 | Int($1) }
            case (0x23, 2...):
                let status = UInt16(value[value.count - 2]) << 8 | UInt16(value[value.count - 1])
                outcomes.append(Outcome(data: [UInt8](value.dropLast(2)), status: status))
            case (0x81, _): immediateAction = value
            case (0x83, 1): scriptChaining = value[0]
            case (0x90, 1): badFormat = value[0]
            case (0x80, _), (0x23, _), (0x83, _), (0x90, _): throw .length(tag: object.tag, length: value.count)
            default: throw .tag(object.tag)
            }
        }
        // A template of indefinite length has no number: the responses are counted.
        executed = number ?? outcomes.count
        self.outcomes = outcomes
        self.badFormat = badFormat
        self.immediateAction = immediateAction
        self.scriptChaining = scriptChaining
    }

    /// What the template holds.
    private static func contents(_ bytes: [UInt8], indefinite: Bool) throws(ScriptResponseError) -> ByteReader {
        let expected: UInt8 = indefinite ? 0xAF : 0xAB
        guard let first = bytes.first else { throw .truncated(Truncation(needed: 1, left: 0, offset: 0)) }
        guard first == expected else { throw .template(expected: expected, came: first) }
        if indefinite {
            guard bytes.count >= 4, bytes[1] == 0x80, bytes.suffix(2).allSatisfy({ $0 == 0 }) else {
                throw .length(tag: UInt32(expected), length: bytes.count)
            }
            return ByteReader(bytes, in: 2..<bytes.count - 2)
        }
        var reader = ByteReader(bytes)
        guard let template = try object(&reader), reader.isAtEnd else {
            throw .length(tag: UInt32(expected), length: bytes.count)
        }
        return ByteReader(bytes, in: template.range)
    }

    private static func object(_ reader: inout ByteReader) throws(ScriptResponseError) -> BERTLV? {
        do throws(TLVError) { return try reader.berTLV() } catch { throw .coding(error) }
    }
}
