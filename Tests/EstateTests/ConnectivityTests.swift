import Regulation
import Storage
import Testing
import Wire

@testable import Estate

/// Row `number` with what its radio can use and its APNs.
private func connected(
    _ number: Int, _ technologies: [RadioTechnology] = [.twoG, .threeG], primary: String? = "iot.maker",
    backup: String? = "internet"
) throws -> InventoryRow {
    var row = try row(number, single: backup == nil)
    row.technologies = technologies
    row.primary.apn = try primary.map { text throws(APN.Problem) in try APN(text) }
    row.backup?.apn = try backup.map { text throws(APN.Problem) in try APN(text) }
    return row
}

/// The file of one row with some fields replaced, or left out with their columns.
private func file(_ row: InventoryRow, _ overrides: [String: String] = [:], without columns: Set<String> = []) -> [UInt8] {
    let lines = String(decoding: InventoryCSV.write([row]), as: UTF8.self).split(
        separator: "\r\n", omittingEmptySubsequences: false)
    let names = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let fields = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let kept = zip(names, fields).filter { !columns.contains($0.0) }.map { ($0.0, overrides[$0.0] ?? $0.1) }
    let text = kept.map(\.0).joined(separator: ",") + "\r\n" + kept.map(\.1).joined(separator: ",") + "\r\n"
    return Array(text.utf8)
}

private let columns: Set<String> = ["technologies", "primary_apn", "backup_apn"]

@Suite("Technologies and APNs in an inventory")
struct ConnectivityTests {
    @Test("they arrive from CSV and JSON, in one order and in lower case, and the file that is written says them again")
    func roundTrip() throws {
        let estate = try makeEstate([try connected(1, [.lteM, .twoG], primary: "IoT.Maker")])
        let detail = try #require(try estate.device("dev-1", at: noon))
        #expect(detail.technologies == ["2G", "LTE-M"])
        #expect(detail.profiles.map(\.apn) == ["iot.maker", "internet"])
        let written = String(decoding: InventoryCSV.write([try connected(1, [.lteM, .twoG, .lteM])]), as: UTF8.self)
        #expect(written.contains(",technologies,primary_apn,backup_apn\r\n"))
        #expect(written.hasSuffix(",iot.maker,internet\r\n"))
        #expect(
            try estate.importInventory(file(try connected(1), ["technologies": "LTE-M 2G  2G"]), format: .csv, at: noon).unchanged
                == 1)

        let (first, second) = (try row(2), try row(3))
        func object(_ row: InventoryRow, _ technologies: String) throws -> String {
            let secret = try #require(row.secret)
            return """
                {"device": "\(row.device)", "product": "meter", "firmware": "1", "country": "GB", "card": \(row.card),
                "primary_iccid": "\(row.primary.iccid)", "primary_imsi": "\(row.primary.imsi)", "primary_plmn": "234-15",
                "secret": "\(Hex.text(secret.masterSecret))", "technologies": \(technologies), "primary_apn": "a.b", "backup_apn": null}
                """
        }
        let json = "[\(try object(first, #"["NB-IoT", "4G"]"#)), \(try object(second, #""NB-IoT 4G""#))]"
        #expect(try estate.importInventory(Array(json.utf8), format: .json, at: noon).added == 2)
        for name in ["dev-2", "dev-3"] {
            let detail = try #require(try estate.device(name, at: noon))
            #expect(detail.technologies == ["4G", "NB-IoT"] && detail.profiles.map(\.apn) == ["a.b"])
        }
        // The two have one combination in common.
        #expect(estate.live.withLock { $0.connectivityNumber(of: 1) == $0.connectivityNumber(of: 2) })
    }

    @Test("what is no technology and no APN is refused at its field, with what is expected")
    func refused() throws {
        let estate = try makeEstate([try row(0)])
        let long = String(repeating: "a", count: 50)
        let cases: [(field: String, value: String, says: String)] = [
            ("technologies", "5G LTE", "expected words of 2G, 3G, 4G, LTE-M, NB-IoT, 5G, got \"LTE\""),
            ("technologies", "4g", "got \"4g\""),
            ("primary_apn", "iot..maker", "an empty label"),
            ("primary_apn", "iot.", "an empty label"),
            ("primary_apn", "-iot", "begins or ends with a hyphen"),
            ("primary_apn", "iot_maker", "the character \"_\""),
            ("primary_apn", "iöt", "the character \"ö\""),
            ("backup_apn", String(repeating: "a", count: 64), "a label of 64 characters in an APN, expected at most 63"),
            ("backup_apn", "\(long).\(long)", "an APN of 102 octets, expected at most 100"),
        ]
        for (field, value, says) in cases {
            let error = #expect(throws: ImportErrors.self) {
                try estate.importInventory(file(try connected(1), [field: value]), format: .csv, at: noon)
            }
            #expect(error?.issues.map(\.field) == [field], "\(value)")
            #expect(error?.issues.first?.problem.contains(says) == true, "\(value): \(error?.description ?? "")")
            #expect(error?.issues.first?.remedy.isEmpty == false)
        }
        #expect(try APN(long + "." + String(repeating: "b", count: 48)).text.utf8.count == 99)
        let alone = #expect(throws: ImportErrors.self) {
            try estate.importInventory(file(try connected(1, backup: nil), ["backup_apn": "a"]), format: .csv, at: noon)
        }
        #expect(alone?.issues.map(\.field) == ["backup_apn"])
        #expect(alone?.issues.first?.problem == "an APN for a backup that the row does not have")
        #expect(estate.count == 1)
    }

    @Test("a file without the columns clears what was there, as it does with areas and tags")
    func cleared() throws {
        var device = try connected(1)
        device.area = "Leeds"
        let estate = try makeEstate([device])
        let report = try estate.importInventory(
            file(device, without: columns.union(["area", "tags"])), format: .csv, at: noon)
        #expect(report == ImportReport(added: 0, updated: 1, unchanged: 0))
        let detail = try #require(try estate.device("dev-1", at: noon))
        #expect(detail.row.area == nil && detail.row.tags.isEmpty)
        #expect(detail.technologies.isEmpty && detail.profiles.allSatisfy { $0.apn == nil })
        #expect(try estate.importInventory(file(device, ["technologies": ""]), format: .csv, at: noon).updated == 1)
        #expect(try #require(try estate.device("dev-1", at: noon)).profiles.map(\.apn) == ["iot.maker", "internet"])
    }

    @Test("all of it is there after a restart, and the same file changes nothing then")
    func restart() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let devices = [try connected(0), try row(1), try connected(2, [.nbIoT], backup: "iot.maker"), try connected(3), try row(4)]
        do {
            let database = try Database.open(path, schema: EstateSchema.schema)
            let estate = try EstateService(database: database, key: testKey(), at: noon)
            try estate.importInventory(InventoryCSV.write(devices), format: .csv, at: noon)
            try database.close()
        }
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        #expect(try estate.device("dev-1", at: noon)?.technologies == [])
        #expect(try estate.device("dev-2", at: noon)?.technologies == ["NB-IoT"])
        #expect(try estate.device("dev-3", at: noon)?.profiles.map(\.apn) == ["iot.maker", "internet"])
        #expect(try estate.importInventory(InventoryCSV.write(devices), format: .csv, at: noon).unchanged == 5)
        #expect(estate.live.withLock { $0.connectivities.all.count } == 3)
        try database.close()
    }

    @Test("a database from before goes on: its devices say nothing, until an import says more")
    func migrated() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        do {
            let database = try Database.open(path, schema: EstateSchema.schema)
            let estate = try EstateService(database: database, key: testKey(), at: noon)
            try estate.importInventory(InventoryCSV.write(try rows(3)), format: .csv, at: noon)
            // As the version before left it.
            try database.write { connection in
                for statement in [
                    "ALTER TABLE device DROP COLUMN connectivity", "DROP TABLE connectivity", "DROP TABLE network_core",
                    "DROP TABLE network_apn", "DROP TABLE ledger_waiting", "DELETE FROM schema_migration WHERE number > 6",
                ] { try connection.execute(statement) }
            }
            try database.close()
            let old = try Database.open(path, schema: Schema(Array(EstateSchema.schema.migrations.prefix(6))))
            #expect(try old.schemaVersion == 6)
            try old.close()
        }
        let database = try Database.open(path, schema: EstateSchema.schema)
        #expect(try database.schemaVersion == EstateSchema.schema.version)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        #expect(estate.count == 3)
        #expect(try estate.device("dev-1", at: noon)?.technologies == [])
        #expect(try estate.importInventory(InventoryCSV.write(try rows(3)), format: .csv, at: noon).unchanged == 3)
        #expect(try estate.importInventory(InventoryCSV.write([try connected(1)]), format: .csv, at: noon).updated == 1)
        #expect(try estate.device("dev-1", at: noon)?.technologies == ["2G", "3G"])
        try database.close()
    }

    @Test("a device costs two bytes for it at most, and nothing where no file says anything")
    func memory() throws {
        let count = 1_000
        let plain = try makeEstate(try rows(count))
        #expect(plain.live.withLock { $0.connectivityNumber(of: UInt32(count - 1)) } == 0)
        let full = try makeEstate(try (0..<count).map { try connected($0) })
        // Some room beyond the last device is the allocator's.
        #expect((1...2 * count + 256).contains(full.residentBytes - plain.residentBytes))
    }

    @Test("more combinations than two bytes can tell apart are refused; what is there already goes on")
    func limit() throws {
        let estate = try makeEstate([try connected(0)])
        try estate.live.withLock { live in
            for number in 1..<ConnectivityTable.limit {
                _ = live.connectivities.add(Connectivity(primaryAPN: try APN("apn-\(number)")))
            }
            #expect(live.connectivities.all.count == ConnectivityTable.limit + 1)
            #expect(live.connectivities.add(Connectivity(technologies: [.fiveG])) == nil)
        }
        let error = #expect(throws: ImportErrors.self) {
            try estate.importInventory(InventoryCSV.write([try connected(1, [.fiveG])]), format: .csv, at: noon)
        }
        #expect(error?.issues.map(\.field) == ["technologies"])
        #expect(error?.issues.first?.problem.contains("more than 65535 different combinations") == true)
        #expect(try estate.importInventory(InventoryCSV.write([try connected(1), try row(2)]), format: .csv, at: noon).added == 2)
    }
}
