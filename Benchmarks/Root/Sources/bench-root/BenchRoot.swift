import Estate
import Foundation
import Measure
import Storage

/// What needs the lab or the estate in this process.
@main
enum BenchRoot {
    static let usage = """
        usage: bench-root lab-inventory                       the lab's cards, for `holdfast import`, on standard output
               bench-root switchover --to HOST:PORT --to HOST:PORT   fault to first answer, in real time, against a server that has those cards
               bench-root drills                              the same at the presets, in virtual time, and what the presets cost in data
               bench-root bytes --database FILE --key-file FILE   what an estate holds in memory
               bench-root freeze --database FILE --key-file FILE   opening a case about every unit of an estate
               bench-root pack --database FILE --key-file FILE --holdfast FILE [--units N]   a pack over a year; the estate is made and left
               bench-root ledger --database FILE [--entries N]   appending, proving and verifying; the file is made and left
        """

    static func main() {
        var words = Array(CommandLine.arguments.dropFirst())
        guard let command = words.first else { fail(usage) }
        words.removeFirst()
        var values: [String: [String]] = [:]
        while words.count >= 2, words[0].hasPrefix("--") {
            values[String(words[0].dropFirst(2)), default: []].append(words[1])
            words.removeFirst(2)
        }
        guard words.isEmpty else { fail(usage) }
        do {
            switch command {
            case "lab-inventory": print(try Switchover.inventory(), terminator: "")
            case "switchover": try Switchover(responders: values["to"] ?? []).measure()
            case "drills": try Drills.measure()
            case "ledger":
                guard let database = values["database"]?.last else { fail(usage) }
                try LedgerFigures.measure(database: database, entries: values["entries"]?.last.flatMap { Int($0) } ?? 10_000_000)
            case "pack":
                guard let database = values["database"]?.last, let keyFile = values["key-file"]?.last,
                    let holdfast = values["holdfast"]?.last
                else { fail(usage) }
                try PackFigures.measure(
                    database: database, keyFile: keyFile, holdfast: holdfast,
                    units: values["units"]?.last.flatMap { Int($0) } ?? 100_000)
            case "freeze":
                guard let database = values["database"]?.last, let keyFile = values["key-file"]?.last else { fail(usage) }
                try FreezeFigures.measure(database: database, keyFile: keyFile)
            case "bytes":
                guard let database = values["database"]?.last, let keyFile = values["key-file"]?.last else { fail(usage) }
                try bytes(database: database, keyFile: keyFile)
            default: fail(usage)
            }
        } catch {
            fail("\(command): \(error)")
        }
    }

    /// The sum of what the estate's tables say they hold, and how long it takes to open.
    private static func bytes(database path: String, keyFile: String) throws {
        let start = Stopwatch.nanoseconds
        let estate = try EstateService(
            database: try Database.open(path, schema: EstateSchema.schema), key: try EstateKey.load(file: keyFile),
            at: UTCInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
        let seconds = Double(Stopwatch.nanoseconds - start) / 1e9
        Figure(
            "memory", "bytes per device, computed", unit: "bytes",
            values: [Double(estate.residentBytes) / Double(max(estate.count, 1))], goal: 200,
            moreIsBetter: false,
            note: "\(estate.count) devices: reachability table, card index, and keys and replay windows for two responders"
        ).publish()
        Figure(
            "memory", "opening the estate", unit: "s", values: [seconds], moreIsBetter: false,
            note: "decrypts every card's secret and derives its keys"
        ).publish()
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        exit(1)
    }
}
