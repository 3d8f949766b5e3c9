import Cipher
import Foundation
import Measure
import SmartCard

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A way to a card in another process.
protocol CardLine {
    func transmit(_ command: [UInt8]) throws -> [UInt8]
}

/// `holdfast card` measured from a reader's side: the reader's socket itself, or a PC/SC program's view through pcscd.
enum ReaderSession {
    /// The binary listens to nobody: it connects to a reader, which is this process.
    static func measureSocket(holdfast: String, folder: String) throws {
        let memory = try SocketReader(holdfast: holdfast, image: nil)
        try measure(memory, "reader's socket")
        memory.close()
        let path = folder + "/card.hfc"
        unlink(path)
        let file = try SocketReader(holdfast: holdfast, image: path)
        defer { unlink(path) }
        try authenticate(file, "reader's socket, card in its encrypted file, SQN durable before the answer", count: 500)
        file.close()
    }

    /// The card must be in a reader already.
    static func measurePCSC(label: String, reading: Bool) throws {
        let reader = try PCSCReader()
        if reading { try measure(reader, label, goal: 3_000) } else { try authenticate(reader, label, count: 500, goal: 1_500) }
    }

    private static func measure(_ line: some CardLine, _ label: String, goal: Double? = nil) throws {
        try select(line)
        let select = hex("00A40004026F07")
        guard let length = try line.transmit(select).last else { throw BenchmarkFailure("SELECT is not answered") }
        try repeated("\(label): STATUS", [hex("80F2000C")], line, goal: goal)
        try repeated("\(label): READ BINARY (EF.IMSI, 9 bytes)", [hex("00B0000009")], line, goal: goal)
        try repeated(
            "\(label): SELECT, GET RESPONSE, READ BINARY", [select, [0x00, 0xC0, 0x00, 0x00, length], hex("00B0000009")], line,
            goal: goal)
        try authenticate(line, label, count: 1_000)
    }

    private static func select(_ line: some CardLine) throws {
        for command in ["00A4040C07A0000000871002", "002000010830303030FFFFFFFF", "00A4000C026F07"] {
            let response = try line.transmit(hex(command))
            guard response == [0x90, 0x00] else { throw BenchmarkFailure("\(command) was answered \(response)") }
        }
    }

    private static func repeated(_ name: String, _ commands: [[UInt8]], _ line: some CardLine, goal: Double?) throws {
        try measureRate("pcsc", name, unit: "APDU/s", goal: goal, runs: 5, warmUps: 1) {
            for _ in 0..<(3_000 / commands.count) {
                for command in commands {
                    let response = try line.transmit(command)
                    guard response.count >= 2, response[response.count - 2] == 0x90 || response[response.count - 2] == 0x61 else {
                        throw BenchmarkFailure("\(name) was answered \(response)")
                    }
                }
            }
            return 3_000 / commands.count * commands.count
        }.publish()
    }

    private static func authenticate(_ line: some CardLine, _ label: String, count: Int, goal: Double? = nil) throws {
        try select(line)
        var centre = Centre()
        try measureRate("pcsc", "\(label): AUTHENTICATE + GET RESPONSE", unit: "sequences/s", goal: goal, runs: 5, warmUps: 1) {
            _ in
            try centre.challenges(count)
        } body: { challenges in
            for challenge in challenges {
                guard try line.transmit(challenge.command) == [0x61, 0x2C] else {
                    throw BenchmarkFailure("AUTHENTICATE was refused")
                }
                let answer = try line.transmit([0x00, 0xC0, 0x00, 0x00, 0x2C])
                guard answer.count == 46, Block(answer, at: 2).high == challenge.response else {
                    throw BenchmarkFailure("RES is wrong")
                }
            }
            return challenges.count
        }.publish()
    }
}

/// The reader's end of the virtual reader's protocol: a 16-bit length, then the bytes.
final class SocketReader: CardLine {
    private let process = Process()
    private let connection: Int32

    init(holdfast: String, image: String?) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listens = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 1) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard listens else { throw BenchmarkFailure("no socket to listen on") }
        process.executableURL = URL(fileURLWithPath: holdfast)
        process.arguments = ["card", "serve", "--vpcd", "127.0.0.1:\(UInt16(bigEndian: address.sin_port))"]
        if let image { process.arguments? += ["--image", image, "--key-file", image + ".key"] }
        process.standardError = FileHandle.nullDevice
        try process.run()
        var ready = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 10_000) == 1 else { throw BenchmarkFailure("no card came to the reader") }
        connection = accept(listener, nil, nil)
        var yes: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        // Power on.
        try send([1])
    }

    func transmit(_ command: [UInt8]) throws -> [UInt8] {
        try send(command)
        let header = try receive(2)
        return try receive(Int(header[0]) << 8 | Int(header[1]))
    }

    func close() {
        Glibc.close(connection)
        process.waitUntilExit()
    }

    private func send(_ message: [UInt8]) throws {
        let bytes = [UInt8(truncatingIfNeeded: message.count >> 8), UInt8(truncatingIfNeeded: message.count)] + message
        guard Glibc.send(connection, bytes, bytes.count, 0) == bytes.count else { throw BenchmarkFailure("the card went away") }
    }

    private func receive(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard recv(connection, &bytes, count, Int32(truncatingIfNeeded: MSG_WAITALL)) == count else {
            throw BenchmarkFailure("the card went away")
        }
        return bytes
    }
}

/// The first reader that pcscd has, by libpcsclite, which is looked up when it is needed: most machines that build this have none.
final class PCSCReader: CardLine {
    private typealias Establish = @convention(c) (UInt, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutablePointer<Int>) -> Int
    private typealias ListReaders =
        @convention(c) (Int, UnsafePointer<CChar>?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<UInt>) -> Int
    private typealias Connect =
        @convention(c) (Int, UnsafePointer<CChar>, UInt, UInt, UnsafeMutablePointer<Int>, UnsafeMutablePointer<UInt>) -> Int
    private typealias Transmit =
        @convention(c) (
            Int, UnsafeRawPointer, UnsafePointer<UInt8>, UInt, UnsafeRawPointer?, UnsafeMutablePointer<UInt8>,
            UnsafeMutablePointer<UInt>
        ) -> Int

    private let send: Transmit
    private var card = 0
    /// SCARD_IO_REQUEST for T=0: the protocol and the structure's own size.
    private let request: [UInt] = [1, 16]

    init() throws {
        guard let library = dlopen("libpcsclite.so.1", RTLD_NOW), let establish = dlsym(library, "SCardEstablishContext"),
            let list = dlsym(library, "SCardListReaders"), let connect = dlsym(library, "SCardConnect"),
            let transmit = dlsym(library, "SCardTransmit")
        else { throw BenchmarkFailure("libpcsclite is not installed") }
        send = unsafeBitCast(transmit, to: Transmit.self)
        var context = 0
        // SCARD_SCOPE_SYSTEM
        guard unsafeBitCast(establish, to: Establish.self)(2, nil, nil, &context) == 0 else {
            throw BenchmarkFailure("pcscd does not answer")
        }
        var names = [CChar](repeating: 0, count: 1_024)
        var size = UInt(names.count)
        guard unsafeBitCast(list, to: ListReaders.self)(context, nil, &names, &size) == 0 else {
            throw BenchmarkFailure("pcscd has no reader")
        }
        var codec: UInt = 0
        // SCARD_SHARE_SHARED, T=0
        let result = unsafeBitCast(connect, to: Connect.self)(context, names, 2, 1, &card, &codec)
        guard result == 0 else {
            throw BenchmarkFailure("no card in the reader: \(String(UInt32(truncatingIfNeeded: result), radix: 16))")
        }
    }

    func transmit(_ command: [UInt8]) throws -> [UInt8] {
        var response = [UInt8](repeating: 0, count: 264)
        var size = UInt(response.count)
        guard send(card, request, command, UInt(command.count), nil, &response, &size) == 0 else {
            throw BenchmarkFailure("SCardTransmit failed")
        }
        return Array(response.prefix(Int(size)))
    }
}
