import Beacon
import Estate
import Foundation
import Lab
import Testing

/// The built command, run as its users run it.
struct Command {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Beside the bundle of tests that is running, whatever its configuration.
    static let binary: URL = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0])
        let beside = bundle.deletingLastPathComponent().appendingPathComponent("holdfast")
        return FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : root.appendingPathComponent(".build/release/holdfast")
    }()

    struct Outcome {
        var code: Int32
        var output: String
        var errors: String
    }

    static func run(_ executable: URL = binary, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:])
        throws -> Outcome
    {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = folder }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files, not pipes: a pipe that nobody empties stops the command.
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("out-\(UUID().uuidString)")
        let err = FileManager.default.temporaryDirectory.appendingPathComponent("err-\(UUID().uuidString)")
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        defer { for file in [out, err] { try? FileManager.default.removeItem(at: file) } }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        func text(_ file: URL) -> String {
            String(decoding: FileManager.default.contents(atPath: file.path) ?? Data(), as: UTF8.self)
        }
        return Outcome(code: process.terminationStatus, output: text(out), errors: text(err))
    }
}

@Suite("The command line")
struct CommandTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("a drill prints its figures as one JSON object and nothing else, and the same seed gives the same bytes")
    func drill() throws {
        let arguments = ["drill", "data-path-dead", "--cards", "30", "--seed", "7", "--json"]
        let first = try Command.run(Command.binary, arguments)
        #expect(first.code == 0, "\(first.errors)")
        let figures = try JSONDecoder().decode(Figures.self, from: Data(first.output.utf8))
        #expect(figures.seed == 7 && figures.cards == 30 && figures.isAsPromised)
        #expect(Set(figures.groups.keys) == ["resilient", "registration-watching", "single-profile"])
        #expect(figures[.resilient].faultToAnswerSeconds != nil)
        #expect(try Command.run(Command.binary, arguments).output == first.output)
    }

    @Test("the drills are listed with the outages that they follow")
    func list() throws {
        let listed = try Command.run(Command.binary, ["drill", "--list"])
        #expect(listed.code == 0)
        for drill in Drill.all { #expect(listed.output.contains(drill.name) && listed.output.contains(drill.source.date)) }
    }

    @Test(
        "what cannot be understood is refused with what to do instead",
        arguments: [
            (["drill", "no-such-drill"], "data-path-dead"), (["drill"], "--list"), (["drill", "storm", "--cards", "2"], "3 to"),
            (["drill", "storm", "--preset", "hasty"], "alarm"), (["serve", "--beacon-port", "1"], "twice"),
            (["serve", "--http-port", "70000"], "70000"),
            (["card", "--vpcd", "nowhere"], "HOST:PORT"), (["import", "inventory.txt"], ".csv"),
            (["demo", "--drill", "x"], "none"),
        ])
    func refused(arguments: [String], says: String) throws {
        let outcome = try Command.run(Command.binary, arguments, in: try folder())
        #expect(outcome.code == 64, "\(arguments): \(outcome.code)")
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("an inventory with errors changes nothing, and every error names its line and field")
    func importing() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = LabEstate.Settings()
        settings.cards = 9
        let good = try LabEstate(settings).inventory
        var lines = good.components(separatedBy: "\r\n")
        let file = folder.appendingPathComponent("inventory.csv")
        lines[3] = lines[3].replacingOccurrences(of: "99970", with: "9997x")
        try Data(lines.joined(separator: "\r\n").utf8).write(to: file)
        let refused = try Command.run(Command.binary, ["import", "inventory.csv"], in: folder)
        #expect(refused.code == 1)
        #expect(
            refused.errors.contains("line 4") && refused.errors.contains("primary_imsi")
                && refused.errors.contains("Nothing was imported"))
        try Data(good.utf8).write(to: file)
        let imported = try Command.run(Command.binary, ["import", "inventory.csv"], in: folder)
        #expect(imported.code == 0 && imported.output.contains("9 added"), "\(imported.errors)")
        #expect(try Command.run(Command.binary, ["import", "inventory.csv"], in: folder).output.contains("9 unchanged"))
    }

    @Test("a database that is none, or whose key is another one, is reported and left as it is")
    func corrupt() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try Command.run(Command.binary, ["token", "--name", "first"], in: folder).code == 0)
        let key = folder.appendingPathComponent("holdfast.key")
        try Data((String(repeating: "ab", count: 32) + "\n").utf8).write(to: key)
        let wrong = try Command.run(Command.binary, ["token", "--name", "second"], in: folder)
        #expect(wrong.code == 1 && wrong.errors.contains("key"), "\(wrong.errors)")
        let database = folder.appendingPathComponent("holdfast.sqlite")
        let nonsense = Data("this is not a database, but it is somebody's only copy of something".utf8)
        try nonsense.write(to: database)
        #expect(try Command.run(Command.binary, ["token", "--name", "third"], in: folder).code == 1)
        #expect(FileManager.default.contents(atPath: database.path) == nonsense)
    }

    @Test("presets state their cost")
    func presets() throws {
        let outcome = try Command.run(Command.binary, ["presets", "--json"])
        #expect(outcome.code == 0 && outcome.output.contains("bytesPerMonth") && outcome.output.contains("frugal"))
    }
}

/// Programs that share no code with ours. Each is left out, and says so, where it is not installed.
@Suite("Real peers")
struct PeerTests {
    static let canReadCards: Bool =
        geteuid() == 0
        && ["/usr/sbin/pcscd", "/usr/lib/python3/dist-packages/smartcard", "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"].allSatisfy
        {
            FileManager.default.fileExists(atPath: $0)
        }

    static let python = Command.root.appendingPathComponent(".build/oscore-client/bin/python")

    @Test(
        "a PC/SC program reads ICCID and IMSI, verifies the PIN and authenticates",
        .enabled(if: canReadCards, "pcscd, vsmartcard-vpcd and pyscard"))
    func pcsc() throws {
        let outcome = try Command.run(Command.root.appendingPathComponent("Tests/Interop/pcsc"), [Command.binary.path])
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("all checks passed"))
    }

    @Test(
        "an independent OSCORE client is answered by the server",
        .enabled(if: FileManager.default.isExecutableFile(atPath: python.path), "aiocoap in .build/oscore-client"))
    func oscore() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-oscore-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = LabEstate.Settings()
        settings.cards = 3
        let lab = try LabEstate(settings)
        try Data(lab.inventory.utf8).write(to: folder.appendingPathComponent("inventory.csv"))
        #expect(try Command.run(Command.binary, ["import", "inventory.csv"], in: folder).code == 0)
        let server = Process()
        server.executableURL = Command.binary
        server.arguments = ["serve", "--http-port", "0", "--beacon-port", "0", "--beacon-port", "0"]
        server.currentDirectoryURL = folder
        let log = folder.appendingPathComponent("log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        server.standardError = try FileHandle(forWritingTo: log)
        try server.run()
        defer {
            server.terminate()
            server.waitUntilExit()
        }
        var port: String?
        for _ in 0..<2_400 where port == nil {
            // Another process: nothing but its output says that it listens. Who is ready does not wait.
            usleep(50_000)
            let said = String(decoding: FileManager.default.contents(atPath: log.path) ?? Data(), as: UTF8.self)
            port = said.firstMatch(of: /Beacons: +127\.0\.0\.1:(\d+)/).map { String($0.1) }
        }
        let member = lab.members[0]
        func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined() }
        let heartbeat = Heartbeat(
            card: member.card, profile: .primary, lastMove: 0, moves: 0, boots: 1, missed: 0, policy: 1, responder: 0)
        func send(sequence: String, sender: [UInt8]) throws -> Command.Outcome {
            try Command.run(
                Self.python,
                [
                    Command.root.appendingPathComponent("Tests/Interop/oscore_client.py").path, "127.0.0.1", try #require(port),
                    "--secret", hexadecimal(member.secret), "--salt", hexadecimal(member.salt + [0]), "--sender",
                    hexadecimal(sender),
                    "--recipient", hexadecimal(BeaconServer.identifier.bytes), "--sequence", sequence,
                    hexadecimal(heartbeat.encoded),
                ])
        }
        let answered = try send(sequence: "5", sender: member.card.identifier.bytes)
        #expect(answered.code == 0, "\(answered.output)\(answered.errors)")
        #expect(answered.output.trimmingCharacters(in: .whitespacesAndNewlines).hasPrefix("a"), "a CBOR map: \(answered.output)")
        #expect(try send(sequence: "5", sender: member.card.identifier.bytes).code == 2, "a replay is refused without protection")
        #expect(try send(sequence: "9", sender: [1, 2, 3, 4, 5]).code == 2, "an unknown card is refused")
    }
}
