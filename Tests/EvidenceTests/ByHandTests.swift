import Foundation
import Testing

@testable import Evidence

/// Runs what a person would type.
private enum Shell {
    static let isPossible =
        (try? run("command -v python3 && command -v openssl && command -v sha256sum && command -v unzip", in: nil).code) == 0

    static func run(_ script: String, in folder: URL?) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-ec", script]
        if let folder { process.currentDirectoryURL = folder }
        // A file, not a pipe: a pipe that nobody empties stops the script.
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("by-hand-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: FileManager.default.contents(atPath: file.path) ?? Data(), as: UTF8.self)
        )
    }
}

/// What docs/evidence.md tells people to type, typed.
@Suite("Checking by hand", .enabled(if: Shell.isPossible, "python3, openssl, sha256sum and unzip"))
struct ByHandTests {
    static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/evidence.md")

    /// The page's scripts, in order: key, manifest, heads, proofs, whole ledger.
    private func scripts() throws -> [String] {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        return text.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    }

    @Test("the page's key is the one of the tests, so that its text is well formed")
    func key() throws {
        let ledger = try TestLedger()
        #expect(
            try String(contentsOf: Self.page, encoding: .utf8).contains(ledger.key.verifier.text), "\(ledger.key.verifier.text)")
    }

    @Test("a pack and an export hold by the page's scripts, and a changed one does not")
    func pack() throws {
        let folder = try Folder()
        let ledger = try TestLedger()
        try ledger.append(30)
        let first = try ledger.sign()
        try ledger.append(300, at: noon - 1_000)
        let last = try ledger.sign(at: noon)
        let excerpt = try ledger.database.read {
            try LedgerExcerpt.write(
                [0, 29, 30, 200, 330], first: first, last: last, key: ledger.key.verifier, on: $0, into: folder.url)
        }
        try PackBuilder.build(
            [PackItem("report.html", Array("<p>reach-24</p>".utf8)), PackItem("data/reach.csv", Array("a,b\n".utf8))],
            excerpt: excerpt,
            predicate: ["product": "Zähler"], key: ledger.key, to: folder.file("pack.zip"))
        try ledger.database.read { try LedgerFile.write($0, head: last, to: folder.file("ledger.txt")) }
        try Data("\(ledger.key.verifier.text)\n".utf8).write(to: folder.url.appendingPathComponent("key.txt"))

        let scripts = try scripts()
        try #require(scripts.count == 5)
        func expect(_ script: String, _ succeeds: Bool, _ comment: Comment) throws {
            let outcome = try Shell.run(script, in: folder.url)
            #expect((outcome.code == 0) == succeeds, "\(comment): \(outcome.output)")
        }
        try expect("unzip -tq pack.zip && unzip -q pack.zip -d pack", true, "unzip")
        try expect("python3 -m zipfile -t pack.zip", true, "zipfile")
        for (number, script) in scripts.enumerated() { try expect(script, true, "script \(number)") }
        let list = scripts[1].components(separatedBy: "openssl")[0]
        try expect("(\(list)) > files.txt; sha256sum -c files.txt", true, "files")

        try expect("printf x >> pack/report.html; sha256sum -c files.txt", false, "a changed file")
        try expect("sed -i 's/meter-29\"/meter-28\"/' pack/ledger/entries.jsonl\n" + scripts[3], false, "a changed entry")
        try expect("sed -i '0,/meter-30/s//meter-31/' ledger.txt\n" + scripts[4], false, "a changed export")
        try expect("sed -i 's/^at 2026/at 2025/' pack/ledger/last-head.txt\n" + scripts[2], false, "a changed head")
        try expect("sed -i 's/eyJ/eyK/' pack/manifest.dsse.json\n" + scripts[1], false, "a changed manifest")
    }
}
