import Cipher
import Crypto
import Foundation
import Storage
import Testing
import Wire

@testable import Estate

@Suite("The estate's key")
struct KeyTests {
    @Test("a wrong key is refused with a clear error, and nothing is overwritten")
    func wrongKey() throws {
        let folder = try Folder()
        let path = folder.file("estate.db")
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(3)), format: .csv, at: noon)
        let before = try content(database)
        try database.close()
        let other = try Database.open(path, schema: EstateSchema.schema)
        let error = #expect(throws: EstateError.self) {
            try EstateService(
                database: other, key: EstateKey(bytes: [UInt8](repeating: 8, count: 32), source: "/etc/holdfast.key"), at: noon)
        }
        #expect(error == .wrongKey(source: "/etc/holdfast.key"))
        #expect(error?.description.contains("Nothing was changed") == true)
        #expect(try content(other) == before)
        try other.close()
        let again = try Database.open(path, schema: EstateSchema.schema)
        #expect(try EstateService(database: again, key: testKey(), at: noon).count == 3)
        try again.close()
    }

    /// Every value of every table.
    private func content(_ database: Database) throws -> [[SQLValue]] {
        try database.read { connection in
            let tables = try connection.all("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name") { $0.text(0) }
            return try tables.flatMap { table in
                let columns = try connection.first("SELECT COUNT(*) FROM pragma_table_info('\(table)')") { $0.integer(0) } ?? 0
                return try connection.all("SELECT * FROM \(table)") { row in (0..<Int32(columns)).map { row.value($0) } }
            }
        }
    }

    @Test("no secret of a card is in the file")
    func sealed() throws {
        let folder = try Folder()
        let path = folder.file("estate.db")
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(3)), format: .csv, at: noon)
        try database.close()
        let file = Data(try bytes(path))
        for number in 0..<3 {
            let secret = try secret(UInt64(1_000 + number))
            #expect(file.range(of: Data(secret.masterSecret)) == nil)
            #expect(file.range(of: Data(Hex.text(secret.masterSecret).utf8)) == nil)
        }
    }

    @Test("a sealed card that was moved to another row is found out")
    func movedSeal() throws {
        let folder = try Folder()
        let path = folder.file("estate.db")
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        try estate.importInventory(InventoryCSV.write(try rows(2)), format: .csv, at: noon)
        try database.write { connection in
            let sealed = try #require(try connection.first("SELECT contexts FROM card WHERE device = 0") { $0.blob(0) })
            try connection.execute("UPDATE card SET contexts = ? WHERE device = 1", [.blob(sealed)])
        }
        #expect(throws: EstateError.brokenSeal(purpose: "contexts of card 1001")) {
            try EstateService(database: database, key: testKey(), at: noon)
        }
        try database.close()
    }

    @Test("keys come from a file or the environment, and what is none is refused without being shown")
    func sources() throws {
        let folder = try Folder()
        let path = folder.file("key")
        #expect(throws: EstateError.missingKey(source: path)) { try EstateKey.load(file: path) }
        #expect(throws: EstateError.missingKey(source: "HOLDFAST_KEY")) { try EstateKey.load(environment: [:]) }
        let made = try EstateKey.create(file: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(throws: EstateError.keyFileExists(path: path)) { try EstateKey.create(file: path) }
        _ = try EstateKey.loadOrCreate(file: path)
        let text = String(decoding: try bytes(path), as: UTF8.self)
        #expect(text.count == 65)
        _ = try EstateKey.load(environment: ["HOLDFAST_KEY": text])
        #expect(!"\(made)\(String(reflecting: made))".contains(text.prefix(8)))
        for wrong in ["", "abc", String(repeating: "g", count: 64), text + text] {
            try Data(wrong.utf8).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: EstateError.self) { try EstateKey.load(file: path) }
            #expect(error?.description.contains("64 hexadecimal digits") == true)
            if wrong.count > 3 { #expect(error?.description.contains(wrong.prefix(8)) == false) }
        }
    }

    @Test("AES-128 of FIPS 197, appendix B and C.1, and the portable cipher agree")
    func aes() throws {
        let vectors = [
            ("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32"),
            ("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a"),
        ]
        for (key, plain, sealed) in vectors {
            let block = HostAES(key: Block(try Hex.bytes(key))).encrypt(Block(try Hex.bytes(plain)))
            #expect(Hex.text(block.bytes) == sealed)
        }
        var generator = SeededGenerator(seed: 197)
        for _ in 0..<1_000 {
            let key = Block(high: generator.next(), low: generator.next())
            let block = Block(high: generator.next(), low: generator.next())
            #expect(HostAES(key: key).encrypt(block) == TableAES(key: key).encrypt(block), "seed 197")
        }
    }

    @Test("HKDF-SHA-256 of RFC 5869, A.1 and A.3")
    func hkdf() throws {
        let secret = [UInt8](repeating: 0x0B, count: 22)
        let first = HostKeyDerivation().hkdfSHA256(
            secret: secret, salt: try Hex.bytes("000102030405060708090a0b0c"), info: try Hex.bytes("f0f1f2f3f4f5f6f7f8f9"),
            length: 42)
        #expect(Hex.text(first) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
        let third = HostKeyDerivation().hkdfSHA256(secret: secret, salt: [], info: [], length: 42)
        #expect(Hex.text(third) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }
}
