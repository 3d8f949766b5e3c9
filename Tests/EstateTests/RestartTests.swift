import Beacon
import Foundation
import Reachability
import Resilience
import Storage
import Testing

@testable import Estate

@Suite("After a restart")
struct RestartTests {
    private func open(_ path: String, at now: UTCInstant) throws -> (Database, EstateService) {
        let database = try Database.open(path, schema: EstateSchema.schema)
        return (database, try EstateService(database: database, key: testKey(), at: now))
    }

    @Test("replay windows, reach, timelines and events are as they were")
    func everything() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        var (database, estate) = try open(path, at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(20)), format: .csv, at: noon)
        var cards = try cards(20)
        var recorded: [[UInt8]] = []
        for second in 0..<200 {
            let index = second % 17
            if second == 120 { cards[3].move(to: .backup, .rejected) }
            let request = try cards[index].request(responder: second % 2)
            recorded.append(request)
            _ = try estate.beacon(responder: UInt8(second % 2))?.answer([request], at: noon.adding(seconds: Int64(second)))
        }
        let now = noon.adding(seconds: 210)
        try estate.tick(at: now)
        let before = (
            try estate.devices(DeviceQuery(), at: now), try estate.device("dev-3", at: now), try estate.events(limit: 1_000),
            try estate.overview(at: now)
        )
        try database.close()
        (database, estate) = try open(path, at: now)
        #expect(try estate.devices(DeviceQuery(), at: now) == before.0)
        #expect(try estate.device("dev-3", at: now) == before.1)
        #expect(try estate.events(limit: 1_000) == before.2)
        let overview = try estate.overview(at: now)
        #expect(overview.reach24 == before.3.reach24)
        #expect(overview.states == before.3.states)
        #expect(overview.carriers == before.3.carriers)
        #expect(overview.slices == before.3.slices)
        for (second, request) in recorded.enumerated() {
            let desk = try #require(estate.beacon(responder: UInt8(second % 2)))
            _ = try desk.answer([request], at: now)
        }
        #expect(estate.beacon(responder: 0)?.counters.replayed == 100)
        #expect(estate.beacon(responder: 1)?.counters.replayed == 100)
        for index in cards.indices { try cards[index].beacon(estate, at: now) }
        #expect(estate.beacon(responder: 0)?.counters.answered == 20)
        try database.close()
    }

    @Test("downtime of ours makes nobody silent, and an open outage stays open")
    func downtime() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        var (database, estate) = try open(path, at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(60)), format: .csv, at: noon)
        var cards = try cards(60)
        func round(_ estate: EstateService, _ now: UTCInstant) throws {
            let desk = try #require(estate.beacon(responder: 0))
            var batch: [[UInt8]] = []
            for index in cards.indices { batch.append(try cards[index].request()) }
            _ = try desk.answer(batch, at: now)
            try estate.tick(at: now)
        }
        for second in stride(from: Int64(0), to: 120, by: 15) { try round(estate, noon.adding(seconds: second)) }
        for index in cards.indices { cards[index].move(to: .backup, .noRegistration) }
        for second in stride(from: Int64(120), to: 200, by: 15) { try round(estate, noon.adding(seconds: second)) }
        let outage = try #require(try estate.outages(open: true).first)
        #expect(outage.operator?.name == "Alpha")
        try database.close()
        let later = noon.adding(seconds: 7_200)
        (database, estate) = try open(path, at: later)
        #expect(try estate.outages(open: true).map(\.id) == [outage.id])
        #expect(try estate.outages(open: true).map(\.began) == [outage.began])
        for second in stride(from: Int64(0), to: 60, by: 15) {
            try estate.tick(at: later.adding(seconds: second))
        }
        #expect(try estate.events(limit: 1_000).filter { $0.kind == .silent }.isEmpty)
        #expect(try estate.operators(at: later).first?.health == .failing)
        try database.close()
    }

    @Test("no acknowledged beacon is lost, wherever the process is stopped: a copy of the files after each answer has it")
    func copies() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let (database, estate) = try open(path, at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(4)), format: .csv, at: noon)
        var cards = try cards(4)
        var answered: [[UInt8]] = []
        for round in 0..<12 {
            var batch: [[UInt8]] = []
            for index in cards.indices { batch.append(try cards[index].request()) }
            let answers = try #require(estate.beacon(responder: 0)).answer(batch, at: noon.adding(seconds: Int64(round)))
            #expect(answers.allSatisfy { $0 != nil })
            answered += batch
            let copy = folder.file("copy-\(round).db")
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            if FileManager.default.fileExists(atPath: path + "-wal") {
                try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            }
            let (copied, restarted) = try open(copy, at: noon.adding(seconds: Int64(round)))
            _ = try #require(restarted.beacon(responder: 0)).answer(answered, at: noon)
            let counters = try #require(restarted.beacon(responder: 0)).counters
            #expect((counters.replayed, counters.answered) == (answered.count, 0))
            #expect(try restarted.device("dev-2", at: noon)?.row.lastProof == noon.adding(seconds: Int64(round)))
            try copied.close()
        }
        try database.close()
    }

    private static let pathVariable = "HOLDFAST_TEST_KILL_PATH"

    @Test("killed in the middle of its work, the store still has every beacon that was acknowledged")
    func killed() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let child = Process()
        child.executableURL = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        child.arguments = ["--testing-library", "swift-testing", "--filter", "victimOfTheKill"]
        child.environment = ProcessInfo.processInfo.environment.merging([Self.pathVariable: path]) { $1 }
        let acknowledged = Pipe()
        child.standardOutput = acknowledged
        child.standardError = FileHandle.nullDevice
        try child.run()
        // Each line of the child is one acknowledged number, written after the answer was given out.
        var text = ""
        while text.split(separator: "\n").count(where: { $0.hasPrefix("ack ") }) < 60 {
            let more = acknowledged.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            text += String(decoding: more, as: UTF8.self)
        }
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        text += String(decoding: acknowledged.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let numbers = text.split(separator: "\n").compactMap { $0.hasPrefix("ack ") ? UInt64($0.dropFirst(4)) : nil }
        #expect(numbers.count >= 60)
        let (database, estate) = try open(path, at: noon.adding(seconds: 10_000))
        let windows = estate.desks[0].state.withLock { $0.contexts.windows }
        for number in numbers { #expect(!windows[0].accepts(number), "\(number) was acknowledged") }
        #expect(windows[0].highest >= (numbers.max() ?? 0))
        #expect(
            try #require(try estate.device("dev-0", at: noon)?.row.lastProof) >= noon.adding(seconds: Int64(numbers.max() ?? 0)))
        try database.close()
    }

    /// Answers beacons until it is killed, when the test above starts it; otherwise it does nothing.
    @Test("the victim of the kill", .enabled(if: ProcessInfo.processInfo.environment["HOLDFAST_TEST_KILL_PATH"] != nil))
    func victimOfTheKill() throws {
        guard let path = ProcessInfo.processInfo.environment[Self.pathVariable] else { return }
        let (_, estate) = try open(path, at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(50)), format: .csv, at: noon)
        var cards = try cards(50)
        let desk = try #require(estate.beacon(responder: 0))
        for number in 0..<UInt64(100_000) {
            var batch: [[UInt8]] = []
            for index in cards.indices { batch.append(try cards[index].request()) }
            let answers = try desk.answer(batch, at: noon.adding(seconds: Int64(number)))
            guard answers.allSatisfy({ $0 != nil }) else { return }
            FileHandle.standardOutput.write(Data("\nack \(number)\n".utf8))
        }
    }
}
