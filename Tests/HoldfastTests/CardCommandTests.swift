import Foundation
import Testing

@Suite("holdfast card")
struct CardCommandTests {
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-card-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func card(_ arguments: String..., in folder: URL) throws -> Command.Outcome {
        try Command.run(Command.binary, ["card"] + arguments + ["--image", "card.hfc"], in: folder)
    }

    private func profiles(_ folder: URL) throws -> [[String: Any]] {
        let outcome = try card("show", "--json", in: folder)
        #expect(outcome.code == 0)
        let object = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        return try #require(object["profiles"] as? [[String: Any]])
    }

    /// The GSMA TS.48 test profiles, which are not part of the repository.
    static let package: URL? = {
        let found = Command.root.deletingLastPathComponent().appendingPathComponent(
            "shared/corpora/ts48/TS48v7_SAIP2.3_NoBERTLV.der")
        return FileManager.default.fileExists(atPath: found.path) ? found : nil
    }()

    @Test("new makes a card once; show tells its profiles, and neither it nor export a key")
    func new() throws {
        try inFolder { folder in
            #expect(try card("new", in: folder).code == 0)
            let before = FileManager.default.contents(atPath: folder.appendingPathComponent("card.hfc").path)
            let again = try card("new", in: folder)
            #expect(again.code == 1 && again.errors.contains("exists already"))
            #expect(FileManager.default.contents(atPath: folder.appendingPathComponent("card.hfc").path) == before)
            let profiles = try profiles(folder)
            #expect(profiles.map { $0["imsi"] as? String } == ["999700000000001", "999710000000001"])
            let export = try card("export", in: folder)
            #expect(export.code == 0 && export.output.contains("3F00/7FFF/6F07"))
            for secret in ["465b5ce8b199b49f", "cd63cb71954a9f4e", "3132333435363738"] {
                #expect(!export.output.lowercased().contains(secret))
            }
        }
    }

    @Test("provision changes keys and PIN state, and refuses what is none, leaving the card as it was")
    func provision() throws {
        try inFolder { folder in
            _ = try card("new", in: folder)
            #expect(try card("provision", "--slot", "primary", "--pin", "off", "--sqn", "000000000020", in: folder).code == 0)
            func algorithm() throws -> String? { try profiles(folder)[0]["algorithm"] as? String }
            let secrets = folder.appendingPathComponent("keys.txt")
            try Data("# bench\nK=000102030405060708090a0b0c0d0e0f\nTOPC=\(String(repeating: "ab", count: 32))\n".utf8).write(
                to: secrets)
            #expect(
                try card(
                    "provision", "--slot", "primary", "--secrets", "keys.txt", "--algorithm", "tuak", "--res-length", "16",
                    in: folder
                ).code == 0)
            #expect(try algorithm() == "TUAK")
            for (text, why) in [
                ("K=00\nOPC=00\n", "keys"), ("NAME=1\n", "Line 1"), ("K=zz\n", "hexadecimal"), ("OPC=00\n", "no line K"),
            ] {
                try Data(text.utf8).write(to: secrets)
                let outcome = try card(
                    "provision", "--slot", "primary", "--secrets", "keys.txt", "--algorithm", "milenage", in: folder)
                #expect(outcome.code != 0 && outcome.errors.contains(why), "\(text): \(outcome.errors)")
            }
            #expect(try algorithm() == "TUAK")
        }
    }

    @Test("import puts a profile package into a slot", .enabled(if: package != nil, "the TS.48 test profiles"))
    func importing() throws {
        let package = try #require(Self.package)
        try inFolder { folder in
            _ = try card("new", in: folder)
            let outcome = try card("import", package.path, "--slot", "backup", "--json", in: folder)
            #expect(outcome.code == 0 && outcome.output.contains("001010123456789"))
            let imported = try profiles(folder)
            #expect(imported.map { $0["imsi"] as? String } == ["999700000000001", "001010123456789"])
            let strict = try card("import", package.path, "--slot", "primary", "--strict", in: folder)
            #expect(strict.code == 1 && strict.errors.contains("demanded, but not supported"))
            let whole = try Data(contentsOf: package)
            for size in [0, 1, 100, whole.count / 2, whole.count - 1] {
                try whole.prefix(size).write(to: folder.appendingPathComponent("cut.der"))
                let refused = try card("import", "cut.der", "--slot", "primary", in: folder)
                #expect(refused.code == 1 && refused.errors.contains("left as it is"), "\(size): \(refused.errors)")
            }
            #expect(try profiles(folder).map { $0["imsi"] as? String } == ["999700000000001", "001010123456789"])
        }
    }

    @Test("a card that is not there, and a slot that is none, are said so")
    func mistakes() throws {
        try inFolder { folder in
            let missing = try card("show", in: folder)
            #expect(missing.code == 64 && missing.errors.contains("card new"))
            let slot = try card("export", "--slot", "third", in: folder)
            #expect(slot.code == 64 && slot.errors.contains("third"))
        }
    }
}
