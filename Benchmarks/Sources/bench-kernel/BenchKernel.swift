import Foundation
import Measure

/// What needs nothing but the kernel: the policy, the card, MILENAGE, TUAK, the beacon's codec, the table.
@main
enum BenchKernel {
    static let sections: [(name: String, run: @Sendable (Arguments) throws -> Void)] = [
        ("policy", { _ in try PolicySteps.measure() }),
        ("card", { try CardCommands.measure(folder: $0.folder) }),
        ("milenage", { try MilenageVectors.measure(peer: $0.peer) }),
        ("tuak", { try TuakVectors.measure(python: $0.python, script: $0.script) }),
        ("device", { _ in try HeapOfACard.measure() }),
        ("beacon", { _ in try BeaconCodec.measure() }),
        ("table", { _ in try TableOfMillions.measure() }),
    ]

    /// What needs the binary, or a reader with a card in it: only when it is asked for.
    static let others: [(name: String, run: @Sendable (Arguments) throws -> Void)] = [
        ("reader", { try ReaderSession.measureSocket(holdfast: $0.holdfast, folder: $0.folder) }),
        ("pcsc", { _ in try ReaderSession.measurePCSC(label: "pcscd", reading: true) }),
        (
            "pcsc-durable",
            { _ in
                try ReaderSession.measurePCSC(
                    label: "pcscd, card in its encrypted file, SQN durable before the answer", reading: false)
            }
        ),
    ]

    struct Arguments {
        var sections: Set<String> = []
        /// libosmocore's MILENAGE as a shared object, where it was built.
        var peer: String?
        /// A Python that has TUAK of others, and the script that measures it.
        var python: String?
        var script = "Benchmarks/Peers/tuak.py"
        /// Where files are written whose durability is measured.
        var folder = "."
        /// The product's binary.
        var holdfast = "holdfast"
    }

    static func main() {
        var arguments = Arguments()
        var words = CommandLine.arguments.dropFirst().makeIterator()
        while let word = words.next() {
            switch word {
            case "--peer": arguments.peer = words.next()
            case "--python": arguments.python = words.next()
            case "--folder": arguments.folder = words.next() ?? "."
            case "--holdfast": arguments.holdfast = words.next() ?? "holdfast"
            case let name where (sections + others).contains { $0.name == name }: arguments.sections.insert(name)
            default:
                let names = (sections + others).map(\.name).joined(separator: "|")
                fail("usage: bench-kernel [--peer milenage.so] [--python PATH] [--folder PATH] [--holdfast PATH] [\(names)]...")
            }
        }
        let chosen = arguments.sections.isEmpty ? sections : (sections + others).filter { arguments.sections.contains($0.name) }
        for section in chosen {
            do { try section.run(arguments) } catch { fail("\(section.name): \(error)") }
        }
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        exit(1)
    }
}

/// Random numbers that are the same each time: SplitMix64 (Steele, Lea, Flood 2014).
struct Draws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// In 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func below(_ bound: UInt64) -> UInt64 { next() % max(bound, 1) }
}
