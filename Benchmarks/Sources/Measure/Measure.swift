import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One measured figure: as many values as there were runs, of which the median is published beside the smallest and the largest.
public struct Figure: Codable, Sendable {
    /// The heading it belongs under.
    public var section: String
    public var name: String
    public var unit: String
    public var median: Double
    public var least: Double
    public var most: Double
    public var runs: Int
    /// CPU time of the process through wall-clock time, of the run that is the median's; below 0.9 the machine was not quiet or the work waits.
    public var cpuShare: Double?
    /// What is to be reached, and whether more is better.
    public var goal: Double?
    public var moreIsBetter: Bool
    /// What a reader must know about the figure.
    public var note: String?

    public init(
        _ section: String, _ name: String, unit: String, values: [Double], cpuShare: Double? = nil, goal: Double? = nil,
        moreIsBetter: Bool = true, note: String? = nil
    ) {
        let sorted = values.sorted()
        self.section = section
        self.name = name
        self.unit = unit
        median = sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        least = sorted.first ?? 0
        most = sorted.last ?? 0
        runs = values.count
        self.cpuShare = cpuShare
        self.goal = goal
        self.moreIsBetter = moreIsBetter
        self.note = note
    }

    /// Writes one line of JSON to standard output, and one to read to standard error.
    public func publish() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(self) else { return }
        FileHandle.standardOutput.write(line + Data("\n".utf8))
        var text = "  \(section): \(name): \(median.legible) \(unit)"
        if runs > 1 { text += " (\(least.legible) to \(most.legible), \(runs) runs)" }
        if let cpuShare { text += ", CPU \(Int(cpuShare * 100)) %" }
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}

/// The machine that figures were taken on.
public struct Machine: Codable, Sendable {
    public var processor: String
    public var cores: Int
    public var memoryGiB: Double
    public var system: String
    public var swift: String
    public var date: String
    /// Processes that were ready to run in the minute before.
    public var load: Double

    /// This one, now. The script says which compiler built the benchmarks (HOLDFAST_BENCH_SWIFT).
    public static func current() -> Machine {
        func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
        func field(_ name: String, of path: String, separator: Character = ":") -> String? {
            text(path).split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: separator, maxSplits: 1).last
                .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"")) }
        }
        let kibibytes = field("MemTotal", of: "/proc/meminfo")?.split(separator: " ").first.flatMap { Double($0) } ?? 0
        let release = field("PRETTY_NAME", of: "/etc/os-release", separator: "=") ?? "unknown"
        let formatter = ISO8601DateFormatter()
        return Machine(
            processor: field("model name", of: "/proc/cpuinfo") ?? "unknown", cores: ProcessInfo.processInfo.activeProcessorCount,
            memoryGiB: (kibibytes / 1_048_576 * 10).rounded() / 10,
            system: "\(release), Linux \(text("/proc/sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines))",
            swift: ProcessInfo.processInfo.environment["HOLDFAST_BENCH_SWIFT"] ?? "not stated",
            date: formatter.string(from: Date()),
            load: text("/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0)
    }
}

/// Takes the time.
public enum Stopwatch {
    /// Nanoseconds on the monotonic clock.
    public static var nanoseconds: UInt64 { clock(CLOCK_MONOTONIC) }
    /// Nanoseconds of CPU that this process has used.
    public static var processNanoseconds: UInt64 { clock(CLOCK_PROCESS_CPUTIME_ID) }

    private static func clock(_ id: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(id, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// Runs something several times and gives how much of it was done in a second.
///
/// - Parameters:
///   - warmUps: runs before those that count.
///   - prepare: makes what a run needs; not timed. Gets the number of the run.
///   - body: the run; gives how many operations it did.
public func measureRate<Input>(
    _ section: String, _ name: String, unit: String, goal: Double? = nil, note: String? = nil, runs: Int = 9, warmUps: Int = 2,
    prepare: (Int) throws -> Input, body: (inout Input) throws -> Int
) rethrows -> Figure {
    var rates: [(rate: Double, share: Double)] = []
    for run in 0..<(warmUps + runs) {
        var input = try prepare(run)
        let cpu = Stopwatch.processNanoseconds
        let start = Stopwatch.nanoseconds
        let operations = try body(&input)
        let wall = Double(max(Stopwatch.nanoseconds - start, 1))
        let share = Double(Stopwatch.processNanoseconds - cpu) / wall
        if run >= warmUps { rates.append((Double(operations) / wall * 1e9, share)) }
    }
    let middle = rates.sorted { $0.rate < $1.rate }
    return Figure(
        section, name, unit: unit, values: rates.map(\.rate), cpuShare: middle.isEmpty ? nil : middle[middle.count / 2].share,
        goal: goal,
        note: note)
}

/// The same for work that needs no preparation.
public func measureRate(
    _ section: String, _ name: String, unit: String, goal: Double? = nil, note: String? = nil, runs: Int = 9, warmUps: Int = 2,
    body: () throws -> Int
) rethrows -> Figure {
    try measureRate(
        section, name, unit: unit, goal: goal, note: note, runs: runs, warmUps: warmUps, prepare: { _ in () },
        body: { _ in try body() })
}

/// Takes a value and gives it back in a way that the optimizer cannot see through.
@inline(never)
public func opaque<Value>(_ value: Value) -> Value { value }

extension Double {
    /// With three significant digits at least, and separators between thousands.
    public var legible: String {
        let magnitude = abs(self)
        if magnitude >= 1_000 || self == rounded() {
            let digits = String(Int64(magnitude.rounded()))
            var text = ""
            for (index, digit) in digits.enumerated() {
                if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
                text.append(digit)
            }
            return self < 0 ? "-" + text : text
        }
        let factor = magnitude >= 100 ? 1.0 : magnitude >= 10 ? 10.0 : magnitude >= 0.1 ? 100.0 : 10_000.0
        return String((self * factor).rounded() / factor)
    }
}

/// What went wrong in a benchmark: a wrong answer is no measurement.
public struct BenchmarkFailure: Error, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}
