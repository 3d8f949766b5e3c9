import Foundation
import Lab
import Testing

@Suite("holdfast evidence and holdfast ledger")
struct EvidenceCommandTests {
    /// A folder with an estate of nine cards.
    private func estate() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-pack-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var settings = LabEstate.Settings()
        settings.cards = 9
        try Data(try LabEstate(settings).inventory.utf8).write(to: folder.appendingPathComponent("inventory.csv"))
        let imported = try Command.run(Command.binary, ["import", "inventory.csv"], in: folder)
        #expect(imported.code == 0, "\(imported.errors)")
        return folder
    }

    /// The product of the first unit in the inventory.
    private func product(in folder: URL) throws -> String {
        let text = try String(contentsOf: folder.appendingPathComponent("inventory.csv"), encoding: .utf8)
        let lines = text.components(separatedBy: "\r\n")
        let place = try #require(lines[0].components(separatedBy: ",").firstIndex(of: "product"))
        return lines[1].components(separatedBy: ",")[place]
    }

    private var today: String { String(Date().ISO8601Format().prefix(10)) }

    @Test("a pack that is built is verified elsewhere with the public key alone, and a byte that is changed is found")
    func pack() throws {
        let folder = try estate()
        let elsewhere = folder.appendingPathComponent("elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The day may change while this runs: the period begins a day before.
        let build = ["evidence", "build", "--product", try product(in: folder), "--from", "2026-01-01", "--to", today, "--no-pdf"]
        let built = try Command.run(Command.binary, build + ["--out", "elsewhere/pack.zip"], in: folder)
        #expect(built.code == 0 && built.output.contains("units"), "\(built.errors)")
        let again = try Command.run(Command.binary, build + ["--out", "again.zip"], in: folder)
        #expect(again.code == 0, "\(again.errors)")
        let pack = elsewhere.appendingPathComponent("pack.zip")
        let bytes = try Data(contentsOf: pack)
        #expect(try Data(contentsOf: folder.appendingPathComponent("again.zip")) == bytes)

        let key = try Command.run(Command.binary, ["ledger", "key"], in: folder)
        #expect(key.code == 0 && key.output.hasPrefix("holdfast/ledger+"))
        try Data(key.output.utf8).write(to: elsewhere.appendingPathComponent("ledger.pub"))
        let verify = ["evidence", "verify", "pack.zip", "--key", "ledger.pub"]
        let whole = try Command.run(Command.binary, verify, in: elsewhere)
        #expect(whole.code == 0 && whole.output.contains("pack.zip is whole"), "\(whole.output)\(whole.errors)")
        var changed = bytes
        changed[bytes.count / 2] ^= 1
        try changed.write(to: pack)
        let found = try Command.run(Command.binary, verify, in: elsewhere)
        #expect(found.code == 1 && found.output.contains("FINDING"), "\(found.output)")
    }

    @Test("the ledger of an estate is verified, exported and proven; the export is verified without it")
    func ledger() throws {
        let folder = try estate()
        defer { try? FileManager.default.removeItem(at: folder) }
        func run(_ arguments: String...) throws -> Command.Outcome {
            try Command.run(Command.binary, ["ledger"] + arguments, in: folder)
        }
        let verified = try run("verify")
        #expect(verified.code == 0 && verified.output.contains("The ledger is whole"), "\(verified.output)\(verified.errors)")
        // Building signs a head.
        let built = try Command.run(
            Command.binary,
            [
                "evidence", "build", "--product", try product(in: folder), "--from", today, "--to", today, "--out", "p.zip",
                "--no-pdf",
            ], in: folder)
        #expect(built.code == 0, "\(built.errors)")
        #expect(try run("export", "ledger.txt").code == 0)
        let key = try run("key").output.trimmingCharacters(in: .whitespacesAndNewlines)
        let file = try run("verify", "--file", "ledger.txt", "--key", key)
        #expect(file.code == 0 && file.output.contains("The ledger is whole"), "\(file.output)\(file.errors)")
        let proof = try run("prove", "0")
        #expect(proof.code == 0 && proof.output.contains("\"index\":0") && proof.output.contains("holdfast/ledger"))
    }

    @Test(
        "what cannot be built is refused with the reason, and makes nothing",
        arguments: [
            (["--from", "2026-02-02", "--to", "2026-02-01"], "before it begins"),
            (["--from", "2026-02-01", "--to", "2199-01-01"], "in the future"),
            (["--from", "yesterday", "--to", "2026-02-01"], "yesterday is not a day"),
            (["--from", "2026-02-01", "--to", "2026-02-01"], "There is no holdfast.sqlite"),
        ])
    func refused(days: [String], says: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-pack-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try Command.run(
            Command.binary, ["evidence", "build", "--product", "Hub", "--out", "pack.zip"] + days, in: folder)
        #expect(outcome.code == 64 && outcome.errors.contains(says), "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        let ledger = try Command.run(Command.binary, ["ledger", "verify"], in: folder)
        #expect(ledger.code == 2 && ledger.errors.contains("There is no holdfast.sqlite"), "\(ledger.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
