import Foundation
import Testing

/// Tools that card engineers and eUICC managers use, unmodified, against `holdfast card serve` behind pcscd. `Scripts/peers` fetches and
/// builds them; HOLDFAST_PYSIM names a folder with pySim-read.py and pySim-shell.py, HOLDFAST_LPAC the program lpac. Each test is left
/// out, and says so, where its tool is not to be had.
@Suite("Unmodified tools")
struct PeerToolTests {
    static let pySim = find("pySim-shell.py", variable: "HOLDFAST_PYSIM", built: "pysim")?.deletingLastPathComponent()
    static let lpac = find("lpac", variable: "HOLDFAST_LPAC", built: "lpac/build/src")

    /// The variable's program, or the program in the variable's folder; then what Scripts/peers built; then the path.
    private static func find(_ program: String, variable: String, built: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        let named = environment[variable].map { URL(fileURLWithPath: $0) }
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { URL(fileURLWithPath: String($0)) }
        let places =
            [named, named?.appendingPathComponent(program)].compactMap { $0 }
            + ([Command.root.appendingPathComponent(".build/peers/\(built)")] + folders).map { $0.appendingPathComponent(program) }
        return places.first {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0.path, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    private func run(_ script: String, _ arguments: [String]) throws {
        let outcome = try Command.run(
            Command.root.appendingPathComponent("Tests/Interop/\(script)"), [Command.binary.path] + arguments)
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("all checks passed"), "\(outcome.output)")
    }

    @Test(
        "pySim-read reads the card to its end",
        .enabled(if: PeerTests.canReadCards && pySim != nil, "pcscd, vsmartcard-vpcd and pySim (Scripts/peers, HOLDFAST_PYSIM)"))
    func reads() throws { try run("pysim_read", [try #require(Self.pySim).path]) }

    @Test(
        "pySim-shell decodes, exports, edits and authenticates, and lists and switches the eUICC's profiles",
        .enabled(if: PeerTests.canReadCards && pySim != nil, "pcscd, vsmartcard-vpcd and pySim (Scripts/peers, HOLDFAST_PYSIM)"))
    func edits() throws { try run("pysim_shell", [try #require(Self.pySim).path]) }

    @Test(
        "lpac reads the eUICC, and lists, names and switches its profiles",
        .enabled(if: PeerTests.canReadCards && lpac != nil, "pcscd, vsmartcard-vpcd and lpac (Scripts/peers, HOLDFAST_LPAC)"))
    func manages() throws { try run("lpac", [try #require(Self.lpac).path]) }
}
