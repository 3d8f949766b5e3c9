import ArgumentParser
import Resilience

/// Shows what each preset costs and promises.
struct Presets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the switching policy's presets: what each costs in data, and what it promises.",
        discussion: "  holdfast presets --json")

    @Flag(help: "Print JSON.")
    var json = false

    struct Row: Encodable {
        var preset: String
        var heartbeatSeconds: Double
        var bytesPerMonth: UInt32
        var wakeUpsPerDay: UInt32
        var detectionSeconds: Double
        var detectionByRegistrationSeconds: Double
        var strandBoundSeconds: Double
        var movesPerHour: UInt32
        var writesPerDay: UInt32
    }

    static let all: [(String, Parameters)] = [("alarm", .alarm), ("standard", .standard), ("frugal", .frugal)]

    func run() throws {
        let rows = Presets.all.map { name, parameters in
            let cost = parameters.cost
            func seconds(_ interval: Interval) -> Double { Double(interval.milliseconds) / 1_000 }
            return Row(
                preset: name, heartbeatSeconds: seconds(parameters.heartbeat), bytesPerMonth: cost.bytesPerMonth,
                wakeUpsPerDay: cost.wakeUpsPerDay, detectionSeconds: seconds(cost.detection),
                detectionByRegistrationSeconds: seconds(cost.detectionByRegistration),
                strandBoundSeconds: seconds(cost.strandBound),
                movesPerHour: cost.movesPerHour, writesPerDay: cost.writesPerDay)
        }
        if json { return try printJSON(rows) }
        func megabytes(_ bytes: UInt32) -> String { String(Double(bytes / 10_000) / 100) }
        print("preset     beacon every   MB a month   wake-ups a day   dead data known in   no registration in   moves an hour")
        for row in rows {
            print(
                row.preset.padded(10), "\(Int(row.heartbeatSeconds)) s".padded(14), megabytes(row.bytesPerMonth).padded(12),
                "\(row.wakeUpsPerDay)".padded(16), "\(Int(row.detectionSeconds)) s".padded(20),
                "\(Int(row.detectionByRegistrationSeconds)) s".padded(20), "at most \(row.movesPerHour)")
        }
        print("")
        print("MB a month counts each beacon and its answer at their largest with IPv4 and UDP headers. Bounds are the worst case.")
    }
}

extension String {
    /// The text with spaces behind it up to a width.
    func padded(_ width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}
