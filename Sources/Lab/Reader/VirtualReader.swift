import Cipher
import Glibc
import SmartCard

/// A card in the virtual reader of vsmartcard, and so in front of every PC/SC program on the machine.
///
/// The reader's daemon (`vpcd`, run by `pcscd`) listens on TCP port 35963; the card connects to it. Every message is a 16-bit
/// big-endian length and so many bytes; a single byte is a control command (0 power off, 1 power on, 2 reset, 4 ask for the answer
/// to reset) of which only the last is answered, everything else is a command APDU.
public struct VirtualReader: ~Copyable {
    /// The port of the reader's first slot.
    public static let defaultPort: UInt16 = 35_963

    private let connection: Int32

    /// Why the reader is not, or no longer, there.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        case notAnAddress(String)
        case noReader(String, UInt16, Int32)
        case lost(Int32)

        public var description: String {
            switch self {
            case .notAnAddress(let host): "\(host) is not an IPv4 address such as 127.0.0.1."
            case .noReader(let host, let port, let code):
                "No virtual reader at \(host):\(port): \(String(cString: strerror(code))). Start pcscd with vsmartcard-vpcd installed first."
            case .lost(let code): "The connection to the reader was lost: \(String(cString: strerror(code)))."
            }
        }
    }

    /// Connects to the reader.
    public init(host: String = "127.0.0.1", port: UInt16 = VirtualReader.defaultPort) throws(Problem) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr) == 1 else {
            throw .notAnAddress(host)
        }
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            let code = errno
            close(number)
            throw .noReader(host, port, code)
        }
        connection = number
        var yes: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(connection) }

    /// Serves the card until the reader goes away.
    ///
    /// - Parameter observe: called with each command and its response, for a log. Commands carry PINs and challenges: a log of them
    ///   is a secret.
    /// - Returns: when the reader closed the connection in an orderly way.
    public func serve<C: CardCryptography, Memory: NonVolatileMemory>(
        _ card: inout Card<C, Memory>, observe: ([UInt8], [UInt8]) -> Void = { _, _ in }
    ) throws(Problem) {
        // Nanoseconds on the monotonic clock until which the next command is looked for without sleeping.
        var awakeUntil: UInt64 = 0
        while let message = try receive(awakeUntil) {
            switch message.first {
            case nil: continue
            case 0 where message.count == 1: continue
            case 1 where message.count == 1, 2 where message.count == 1: _ = card.reset()
            case 4 where message.count == 1: try send(AnswerToReset.bytes)
            case _ where message.count == 1: continue
            default:
                let response = card.transmit(message)
                observe(message, response)
                try send(response)
                awakeUntil = Self.now + Self.wakefulness
            }
        }
    }

    /// Nanoseconds after an answer in which the next command is likely. A PC/SC program sends it within some tens of microseconds, and on a
    /// machine that is otherwise idle waking this process up takes longer than what the command asks for.
    private static let wakefulness: UInt64 = 200_000

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// One message; nil when the reader has closed the connection.
    private func receive(_ awakeUntil: UInt64) throws(Problem) -> [UInt8]? {
        guard let header = try read(2, awakeUntil) else { return nil }
        // The body is on its way.
        return try read(Int(header[0]) << 8 | Int(header[1]), Self.now + Self.wakefulness)
    }

    private func read(_ count: Int, _ awakeUntil: UInt64) throws(Problem) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            // vpcd writes length and body in two segments without TCP_NODELAY; without a quick acknowledgement each APDU takes 40 ms.
            var yes: Int32 = 1
            setsockopt(connection, Int32(IPPROTO_TCP), TCP_QUICKACK, &yes, socklen_t(MemoryLayout<Int32>.size))
            let isAwake = Self.now < awakeUntil
            let got = bytes.withUnsafeMutableBytes {
                recv(connection, $0.baseAddress?.advanced(by: filled), count - filled, isAwake ? Int32(MSG_DONTWAIT) : 0)
            }
            if got == 0 { return nil }
            if got < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // Whoever else is to run here goes first.
                    sched_yield()
                    continue
                default: throw .lost(errno)
                }
            }
            filled += got
        }
        return bytes
    }

    private func send(_ payload: [UInt8]) throws(Problem) {
        let message = [UInt8(truncatingIfNeeded: payload.count >> 8), UInt8(truncatingIfNeeded: payload.count)] + payload
        var sent = 0
        while sent < message.count {
            let wrote = message.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress?.advanced(by: sent), message.count - sent, Int32(MSG_NOSIGNAL))
            }
            if wrote < 0 {
                if errno == EINTR { continue }
                throw .lost(errno)
            }
            sent += wrote
        }
    }
}
