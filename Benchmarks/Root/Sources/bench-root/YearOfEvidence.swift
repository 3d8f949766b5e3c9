import Beacon
import Cipher
import Estate
import Foundation
import Lab
import Measure
import Resilience
import Storage
import Wire

/// An estate with a year behind it: units that are heard from once a month, a tick an hour, and every month an outage that sends
/// some of them to their backup. Everything goes the way it goes in a server: sealed beacons, ticks, the ledger.
struct YearOfEvidence {
    static let product = "Gas meter"
    private static let days = 365
    /// Days between a unit's beacons.
    private static let interval = 30
    /// Units of a month's outage that go to the backup, and come back on the next day.
    private static let moved = 2_000

    private let estate: EstateService
    private let units: Int
    private let start: UTCInstant
    private var cards: [BeaconClient<TableAES>] = []
    private var moves: [UInt8]

    /// - Parameter now: the year ends at midnight before it.
    init(database path: String, keyFile: String, units: Int, endingBefore now: UTCInstant) throws {
        let day: Int64 = 86_400_000
        start = UTCInstant(milliseconds: (now.milliseconds / day - Int64(Self.days)) * day)
        estate = try EstateService(
            database: try Database.open(path, schema: EstateSchema.schema), key: try EstateKey.loadOrCreate(file: keyFile),
            at: start)
        self.units = units
        moves = Array(repeating: 0, count: units)
    }

    /// Lives the year.
    mutating func run() throws {
        for first in stride(from: 0, to: units, by: 50_000) {
            _ = try estate.importInventory(Array(inventory(first..<min(first + 50_000, units)).utf8), format: .csv, at: start)
        }
        try estate.registerProduct(Self.product, by: Authorship("bench"), at: start)
        cards = try (0..<units).map { try card($0) }
        var now = start
        for day in 0..<Self.days {
            let due = stride(from: day % Self.interval, to: units, by: Self.interval)
            try beacon(Array(due), at: now.adding(seconds: 60), reason: .none, profile: .primary)
            let place = day % Self.interval
            if place == 10 || place == 11 {
                let group = Array((0..<min(Self.moved, units)))
                try beacon(
                    group, at: now.adding(seconds: 7_200), reason: place == 10 ? .dataPathDead : .hintedReturn,
                    profile: place == 10 ? .backup : .primary)
            }
            for hour in 1...24 {
                now = start.adding(seconds: Int64(day) * 86_400 + Int64(hour) * 3_600 - 1)
                try estate.tick(at: now)
            }
            now = start.adding(seconds: Int64(day + 1) * 86_400)
        }
        try estate.tick(at: now)
        FileHandle.standardError.write(Data("  a year of \(units) units: \(estate.ledgerSize) entries in the ledger\n".utf8))
    }

    private mutating func beacon(_ indices: [Int], at now: UTCInstant, reason: MoveReason, profile: Heartbeat.Profile) throws {
        guard let desk = estate.beacon(responder: 0) else { throw BenchmarkFailure("no responder") }
        for first in stride(from: 0, to: indices.count, by: 1_000) {
            let part = indices[first..<min(first + 1_000, indices.count)]
            let datagrams = try part.map { index in
                if reason != .none { moves[index] += 1 }
                let heartbeat = Heartbeat(
                    card: try number(index), profile: profile, lastMove: reason.rawValue, moves: UInt32(moves[index]), boots: 1,
                    missed: 0,
                    policy: 1, sinceMove: nil, network: nil, technology: nil, responder: 0)
                return try cards[index].request(heartbeat).bytes
            }
            let answers = try desk.answer(datagrams, at: now)
            guard !answers.contains(nil) else { throw BenchmarkFailure("a beacon was not answered") }
        }
    }

    private func number(_ index: Int) throws -> CardNumber {
        guard let number = CardNumber(UInt64(index + 1)) else { throw BenchmarkFailure("no card \(index)") }
        return number
    }

    private func secret(_ index: Int) -> [UInt8] { (0..<16).map { UInt8(truncatingIfNeeded: index >> ($0 % 3 * 8)) ^ UInt8($0) } }

    private func card(_ index: Int) throws -> BeaconClient<TableAES> {
        let number = try number(index)
        guard
            let keys = SecurityKeys.derive(
                masterSecret: secret(index), masterSalt: [0], sender: number.identifier, recipient: BeaconServer.identifier,
                using: HostKeyDerivation())
        else { throw BenchmarkFailure("no keys for card \(index)") }
        return BeaconClient(card: number, keys: keys, ceiling: 0)
    }

    private func inventory(_ range: Range<Int>) -> String {
        var text =
            "device,product,firmware,country,card,primary_iccid,primary_imsi,primary_plmn,primary_operator,"
            + "backup_iccid,backup_imsi,backup_plmn,backup_operator,interval,secret\r\n"
        for index in range {
            let serial = String(repeating: "0", count: 9 - String(index).count) + String(index)
            text +=
                [
                    "meter-\(index)", Self.product, index % 3 == 0 ? "1.8.1" : "1.8.2", index % 2 == 0 ? "DE" : "FR",
                    "\(index + 1)",
                    "894970000" + serial, "999700" + serial, "999-70", "Alder Mobile",
                    "894971000" + serial, "999710" + serial, "999-71", "Birch Telecom",
                    "\(Self.interval * 86_400)", Hex.text(secret(index)),
                ].joined(separator: ",") + "\r\n"
        }
        return text
    }
}

/// Builds and verifies the pack of that year with the command, as a user does.
enum PackFigures {
    static func measure(database: String, keyFile: String, holdfast: String, units: Int) throws {
        let now = UTCInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        do {
            var year = try YearOfEvidence(database: database, keyFile: keyFile, units: units, endingBefore: now)
            try year.run()
        }
        let day: Int64 = 86_400
        let (from, to) = (now.adding(seconds: -365 * day), now.adding(seconds: -day))
        let pack = "\(database).pack.zip"
        defer { try? FileManager.default.removeItem(atPath: pack) }
        func build(_ extra: [String]) throws -> Child {
            try? FileManager.default.removeItem(atPath: pack)
            return try Child(
                holdfast,
                [
                    "evidence", "build", "--product", YearOfEvidence.product, "--from", String(from.iso8601.prefix(10)), "--to",
                    String(to.iso8601.prefix(10)), "--out", pack, "--database", database, "--key-file", keyFile,
                ] + extra)
        }
        for (name, extra) in [("", []), (", without its PDF", ["--no-pdf"])] {
            let runs = try (0..<3).map { _ in try build(extra) }
            let size = (try? FileManager.default.attributesOfItem(atPath: pack)[.size] as? Int) ?? 0
            let note =
                "\(units) units; \(runs[0].output.trimmingCharacters(in: .newlines).split(separator: ": ").last ?? ""); \(size / 1_000_000) MB"
            Figure(
                "pack", "a pack over a year\(name)", unit: "s", values: runs.map(\.seconds), goal: 30, moreIsBetter: false,
                note: note
            ).publish()
            Figure(
                "pack", "a pack over a year\(name): the most memory", unit: "MB", values: runs.map { Double($0.peakBytes) / 1e6 },
                goal: 500, moreIsBetter: false, note: "resident, of the largest process"
            ).publish()
        }
        let key = try Child(holdfast, ["ledger", "key", "--database", database, "--key-file", keyFile]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let checks = try (0..<3).map { _ in try Child(holdfast, ["evidence", "verify", pack, "--key", key]) }
        Figure("pack", "verifying that pack", unit: "s", values: checks.map(\.seconds), moreIsBetter: false).publish()
    }
}

/// A command that was run to its end: how long it took, and the most memory that it or a process of its own had.
private struct Child {
    let seconds: Double
    let peakBytes: Int
    let output: String

    init(_ path: String, _ arguments: [String]) throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: out) }
        // A shell that reports what the kernel has counted for the command and its own children.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "python3", "-c",
                """
                import resource, subprocess, sys, time
                start = time.monotonic()
                done = subprocess.run(sys.argv[2:], stdout=open(sys.argv[1], "wb"))
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                print(time.monotonic() - start, used.ru_maxrss * 1024)
                sys.exit(done.returncode)
                """, out.path, path,
            ] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let words = said.split(whereSeparator: \.isWhitespace)
        guard process.terminationStatus == 0, words.count == 2, let seconds = Double(words[0]), let bytes = Int(words[1]) else {
            throw BenchmarkFailure("\(([path] + arguments).joined(separator: " ")) failed")
        }
        self.seconds = seconds
        peakBytes = bytes
        output = String(decoding: FileManager.default.contents(atPath: out.path) ?? Data(), as: UTF8.self)
    }
}
