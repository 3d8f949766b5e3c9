import Foundation
import FuzzTargets
import Testing

/// Inputs that a fuzzer found, and those that it begins with, without a fuzzer. See docs/fuzzing.md.
@Suite("What fuzzing found stays found")
struct FindingsTests {
    /// The inputs in `Kernel/Fuzz/FOLDER/TARGET`.
    private static func inputs(_ folder: String, _ target: FuzzTarget) -> [(name: String, bytes: [UInt8])] {
        let place = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Fuzz/\(folder)/\(target.rawValue)")
            .standardized
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: place.appendingPathComponent(name))).map { (name, [UInt8]($0)) }
        }
    }

    @Test("every input that once was a finding is none any more", arguments: FuzzTarget.allCases)
    func findings(_ target: FuzzTarget) throws {
        for (name, bytes) in Self.inputs("Findings", target) { try expectNothing(target, bytes, name) }
    }

    @Test("what the fuzzer begins with is no finding, nor is it when it is cut at any byte", arguments: FuzzTarget.allCases)
    func corpus(_ target: FuzzTarget) throws {
        let inputs = target.seeds.enumerated().map { ("seed \($0)", $1) } + Self.inputs("Corpus", target)
        #expect(!inputs.isEmpty)
        for (name, bytes) in inputs {
            try expectNothing(target, bytes, name)
            for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 64)) {
                try expectNothing(target, Array(bytes.prefix(count)), "\(name), its first \(count) bytes")
            }
        }
    }

    private func expectNothing(_ target: FuzzTarget, _ input: [UInt8], _ name: String) throws {
        do { try target.run(input) } catch { Issue.record("\(target.rawValue), \(name): \(error)") }
    }
}
