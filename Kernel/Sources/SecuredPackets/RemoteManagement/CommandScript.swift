import Wire

/// How a list of commands for remote file or application management is written (ETSI TS 102 226, 5).
public enum ScriptFormat: Equatable, Sendable {
    /// Commands one after the other; the answer tells of the last one only (5.1).
    case compact
    /// A template of definite length, AA; the answer, AB, tells of every command (5.2).
    case expanded
    /// A template of indefinite length, AE 80 ... 00 00; the answer is AF 80 ... 00 00 (5.2).
    case indefinite
}

/// Why a list of commands ends before its bytes do (ETSI TS 102 226, 5.2.2).
public enum ScriptFault: Equatable, Sendable {
    case unknownTag
    case wrongLength
    case lengthNotFound
    /// An Immediate Action TLV: this card has none.
    case immediateAction
    /// A Script Chaining TLV: this card does not keep scripts.
    case scriptChaining
    /// There are more commands than `CommandScript.limit`.
    case tooManyCommands
}

/// A list of commands for remote file or application management (ETSI TS 102 226, 5.1.1 and 5.2.1).
public struct CommandScript: Equatable, Sendable {
    public let format: ScriptFormat
    /// The command APDUs, in order. In compact format a command without data ends with its P3, or is as it was written.
    public let commands: [[UInt8]]
    /// What is wrong with what follows the last of them; nil when nothing is. The commands before it are to be executed.
    public let fault: ScriptFault?

    /// How many commands a script may have: their number must fit into one byte of the compact answer.
    public static var limit: Int { 255 }

    /// A script of these commands.
    ///
    /// - Returns: nil when there are more than `limit` of them, or one of them cannot be written in this format: in the expanded
    ///   formats a command has at least four bytes, in the compact one it is read back as the same command.
    public init?(_ commands: [[UInt8]], format: ScriptFormat) {
        guard commands.count <= Self.limit else { return nil }
        self.format = format
        self.commands = commands
        fault = nil
        guard CommandScript(reading: bytes, format: format) == self else { return nil }
    }

    /// Reads a script.
    ///
    /// - Parameter format: what the application expects; nil to tell by the first byte, as no command of the compact format starts
    ///   with AA or AE.
    public init(reading bytes: [UInt8], format: ScriptFormat? = nil) {
        let format = format ?? Self.format(of: bytes)
        var list = ScriptReader(ByteReader(bytes))
        switch format {
        case .compact: list.readCompact()
        case .expanded, .indefinite: list.readExpanded(indefinite: format == .indefinite)
        }
        self.format = format
        commands = list.commands
        fault = list.fault
    }

    private static func format(of bytes: [UInt8]) -> ScriptFormat {
        switch bytes.first {
        case 0xAA: .expanded
        case 0xAE: .indefinite
        default: .compact
        }
    }

    /// The script as it travels in the secured data.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        switch format {
        case .compact: for command in commands { writer.append(command) }
        case .expanded: writer.ber(0xAA) { inner in for command in commands { inner.ber(0x22, command) } }
        case .indefinite:
            writer.uint16(0xAE80)
            for command in commands { writer.ber(0x22, command) }
            writer.uint16(0)
        }
        return writer.bytes
    }
}

/// Reads a script, command by command, up to the first fault.
private struct ScriptReader {
    var reader: ByteReader
    var commands: [[UInt8]] = []
    var fault: ScriptFault?

    init(_ reader: ByteReader) {
        self.reader = reader
    }

    mutating func readCompact() {
        while !reader.isAtEnd {
            guard commands.count < CommandScript.limit else { return fault = .tooManyCommands }
            do throws(Truncation) {
                let start = reader.offset
                var look = reader
                let header = try look.uint(5)
                let length = Self.isOutgoing(header) ? 0 : Int(header & 0xFF)
                try look.skip(length)
                // A last command may say how much it expects (Le): one byte that is too short to be another command.
                if length > 0 && look.left == 1 { try look.skip(1) }
                commands.append([UInt8](try reader.slice(look.offset - start)))
            } catch {
                return fault = .wrongLength
            }
        }
    }

    /// Whether P3 is the length of what comes back, so that no data follow it: READ BINARY, READ RECORD, GET RESPONSE, GET DATA,
    /// GET CHALLENGE, and STATUS of a UICC (ETSI TS 102 221, 10.1.2), which GET STATUS of a security domain shares its number with.
    private static func isOutgoing(_ header: UInt64) -> Bool {
        switch UInt8(truncatingIfNeeded: header >> 24) {
        case 0xB0, 0xB2, 0xC0, 0xCA, 0x84: true
        case 0xF2: UInt8(truncatingIfNeeded: header >> 16) <= 2
        default: false
        }
    }

    mutating func readExpanded(indefinite: Bool) {
        guard reader.next == (indefinite ? 0xAE : 0xAA) else { return fault = .unknownTag }
        do throws(Truncation) { try reader.skip(1) } catch { return fault = .unknownTag }
        if indefinite {
            guard let form = reader.next else { return fault = .lengthNotFound }
            guard form == 0x80 else { return fault = .wrongLength }
            do throws(Truncation) { try reader.skip(1) } catch { return fault = .lengthNotFound }
        } else {
            guard let length = length() else { return }
            guard length == reader.left else { return fault = .wrongLength }
        }
        while fault == nil {
            if indefinite {
                // Two zero bytes end the list; without them it was cut off.
                if reader.next == 0x00 {
                    if reader.left != 2 || reader.rest.last != 0x00 { fault = .wrongLength }
                    return
                }
                if reader.isAtEnd { return fault = .wrongLength }
            } else if reader.isAtEnd {
                return
            }
            readElement()
        }
    }

    private mutating func readElement() {
        do throws(Truncation) {
            let tag = try reader.byte()
            switch tag {
            case 0x22: break
            case 0x81: return fault = .immediateAction
            case 0x83: return fault = .scriptChaining
            default: return fault = .unknownTag
            }
            guard let length = length() else { return }
            guard length >= 4 && length <= reader.left else { return fault = .wrongLength }
            guard commands.count < CommandScript.limit else { return fault = .tooManyCommands }
            commands.append([UInt8](try reader.slice(length)))
        } catch {
            fault = .wrongLength
        }
    }

    private mutating func length() -> Int? {
        if reader.isAtEnd {
            fault = .lengthNotFound
            return nil
        }
        do throws(TLVError) {
            return try reader.tlvLength()
        } catch {
            fault = .wrongLength
            return nil
        }
    }
}
