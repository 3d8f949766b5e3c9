import Foundation
import Storage
import Testing
import Wire

@testable import Estate

private let header =
    "device,product,firmware,country,area,tags,card,primary_iccid,primary_imsi,primary_plmn,primary_operator,"
    + "backup_iccid,backup_imsi,backup_plmn,backup_operator,preset,interval,secret,salt,policy_version"

/// A sound line; the overrides replace fields by name.
private func line(_ number: Int, _ overrides: [String: String] = [:]) throws -> String {
    let csv = String(decoding: InventoryCSV.write([try row(number)]), as: UTF8.self)
    let names = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let lines = csv.split(separator: "\r\n", omittingEmptySubsequences: false)
    let fields = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return zip(names, fields).map { overrides[$0] ?? $1 }.joined(separator: ",")
}

private func empty() throws -> EstateService {
    try EstateService(database: .inMemory(schema: EstateSchema.schema), key: testKey(), at: noon)
}

private func issues(_ text: String, _ format: ImportFormat = .csv, in estate: EstateService? = nil) throws -> [ImportIssue] {
    let estate = try estate ?? empty()
    let before = estate.count
    let error = #expect(throws: ImportErrors.self) { try estate.importInventory(Array(text.utf8), format: format, at: noon) }
    #expect(estate.count == before)
    #expect(try estate.devices(DeviceQuery(), at: noon).total == before)
    return error?.issues ?? []
}

@Suite("Importing an inventory from CSV")
struct CSVImportTests {
    @Test("every field arrives, through quotes, a byte order mark and CRLF")
    func fields() throws {
        let estate = try empty()
        var device = try row(1, area: "Leeds, \"north\"")
        device.device = "meter 1, cellar"
        device.policyVersion = 7
        device.interval = 90
        let csv = [0xEF, 0xBB, 0xBF] + InventoryCSV.write([device, try row(2, single: true)])
        let report = try estate.importInventory(csv, format: .csv, at: noon)
        #expect(report == ImportReport(added: 2, updated: 0, unchanged: 0))
        let detail = try #require(try estate.device("meter 1, cellar", at: noon))
        #expect(detail.row.area == "Leeds, \"north\"")
        #expect(detail.row.interval == 90)
        #expect(detail.row.state == .never)
        #expect(detail.row.tags == ["resilient"])
        #expect(detail.wantedPolicyVersion == 7)
        #expect(detail.cardNumber == 1_001)
        #expect(detail.profiles.map(\.iccid) == [device.primary.iccid.description, try #require(device.backup).iccid.description])
        #expect(detail.profiles.map(\.operator.name) == ["Alpha", "Beta"])
        #expect(detail.profiles.map(\.operator.plmn) == ["234-15", "234-10"])
        #expect(try #require(try estate.device("dev-2", at: noon)).profiles.count == 1)
    }

    @Test("a quote with a combining mark after it is a quote like any other")
    func combiningMark() throws {
        let estate = try empty()
        try estate.importInventory(InventoryCSV.write([row(1, area: "5\"\u{301}, left")]), format: .csv, at: noon)
        #expect(try #require(try estate.device("dev-1", at: noon)).row.area == "5\"\u{301}, left")
    }

    @Test("a line break inside a quoted field does not shift the lines of later errors")
    func lineNumbers() throws {
        let text = [header, try line(1, ["area": "\"a\r\nb\""]), try line(2, ["card": "x"])].joined(separator: "\r\n")
        let found = try issues(text)
        // The area is refused for its invisible line break, on the line where the row begins.
        #expect(found.map(\.place) == [.line(2), .line(4)])
        #expect(found.map(\.field) == ["area", "card"])
    }

    @Test("errors name the line, the field, what came and what to do, several at once")
    func errors() throws {
        let cases: [(field: String, value: String, says: String)] = [
            ("device", "", "no value"),
            ("device", String(repeating: "x", count: 65), "65 bytes, expected at most 64"),
            ("product", " meter", "space"),
            ("card", "1099511627776", "expected a whole number from 0 to 1099511627775"),
            ("card", "-1", "expected a whole number"),
            ("primary_iccid", "8944", "expected 18 to 20 digits, got 4"),
            ("primary_iccid", "89442341500000000010", ""),
            ("primary_imsi", "23415x0000000001", "digit"),
            ("primary_plmn", "2341", "digits"),
            ("backup_imsi", "", "no value"),
            ("preset", "fast", "expected one of alarm, standard, frugal"),
            ("interval", "5", "from 10 to 2592000"),
            ("secret", "00", "expected 32 hexadecimal digits"),
            ("salt", "xyz", "expected up to 32 hexadecimal digits"),
            ("policy_version", "4294967296", "from 0 to 4294967295"),
            ("tags", (0..<17).map { "t\($0)" }.joined(separator: " "), "17 tags"),
        ]
        let refused = cases.filter { !$0.says.isEmpty }
        let text = ([header] + (try refused.enumerated().map { try line($0.offset, [$0.element.field: $0.element.value]) })).joined(
            separator: "\n")
        let found = try issues(text)
        #expect(found.count == refused.count)
        for (index, (issue, expected)) in zip(found, refused).enumerated() {
            #expect(issue.place == .line(index + 2), "\(issue)")
            #expect(issue.field == expected.field, "\(issue)")
            #expect(issue.problem.contains(expected.says), "\(issue)")
            #expect(!issue.remedy.isEmpty)
            #expect(issue.description.contains("line \(index + 2), \(expected.field)"))
        }
    }

    @Test("a secret is never quoted, not even a wrong one")
    func secretsStaySecret() throws {
        let text = [header, try line(1, ["secret": "00112233445566778899aabbccddeegg"])].joined(separator: "\n")
        let found = try issues(text)
        #expect(!found.map(\.description).joined().contains("0011"))
        let secret = try secret(1_001)
        #expect("\(secret)\(String(reflecting: secret))\(Mirror(reflecting: secret).children.count)" == "CardSecretCardSecret0")
        var dumped = ""
        dump(try row(1), to: &dumped)
        #expect(!dumped.contains("masterSecret"))
    }

    @Test("the same device, card, ICCID or IMSI twice is refused with both places")
    func duplicates() throws {
        let text = [header, try line(1), try line(1)].joined(separator: "\n")
        let found = try issues(text)
        #expect(found.map(\.field) == ["device", "card", "primary_iccid", "primary_imsi", "backup_iccid", "backup_imsi"])
        #expect(found.allSatisfy { $0.place == .line(3) && $0.problem.contains("line 2") })
    }

    @Test("one bad line keeps all the others out")
    func allOrNothing() throws {
        let estate = try makeEstate(try rows(3))
        let lines = try (10..<60).map { try line($0) }
        _ = try issues(([header] + lines + [try line(99, ["card": "none"])]).joined(separator: "\n"), in: estate)
        // What only the store can tell is found as late, and undone as well.
        let taken = try issues(([header] + lines + [try line(99, ["card": "1001"])]).joined(separator: "\n"), in: estate)
        #expect(taken.map(\.field) == ["card"])
        #expect(taken.first?.problem.contains("dev-1") == true)
        #expect(taken.first?.place == .line(52))
        #expect(estate.count == 3)
        #expect(try estate.device("dev-10", at: noon) == nil)
        try estate.importInventory(Array(([header] + lines).joined(separator: "\n").utf8), format: .csv, at: noon)
        #expect(estate.count == 53)
    }

    @Test("what is not CSV is refused where it goes wrong")
    func malformed() throws {
        let cases: [(String, ImportIssue.Place, String)] = [
            ("", .file, "no line"),
            ("\r\n\r\n", .file, "no line"),
            ("device;product;card", .line(1), "commas"),
            ("device,colour", .line(1), "unknown column"),
            (header + ",device", .line(1), "twice"),
            (header + "\na,b", .line(2), "2 fields, expected 20"),
            (header + "\n\"a", .line(2), "no end"),
            (header + "\n\"a\"b,", .line(2), "closing quotation mark"),
            (header + "\na\"b,", .line(2), "middle of a field"),
            (header + "\na\rb", .line(2), "carriage return"),
            (header + "\n" + String(repeating: "x", count: 1_025), .line(2), "more than 1024 bytes"),
            (String(repeating: ",", count: 100), .line(1), "more than 64 columns"),
        ]
        for (text, place, says) in cases {
            let found = try issues(text)
            #expect(found.first?.place == place, "\(text.prefix(40)): \(found)")
            #expect(found.contains { $0.problem.contains(says) }, "\(text.prefix(40)): \(found)")
        }
        let broken = Array(header.utf8) + [0x0A, 0xFF, 0xFE, 0x2C]
        #expect(throws: ImportErrors.self) { try empty().importInventory(broken, format: .csv, at: noon) }
    }

    @Test("no more than a hundred issues are listed, and it is said that there are more")
    func bounded() throws {
        let text = ([header] + (try (0..<150).map { try line($0, ["card": "x"]) })).joined(separator: "\n")
        do {
            try empty().importInventory(Array(text.utf8), format: .csv, at: noon)
            Issue.record("imported nonsense")
        } catch let error as ImportErrors {
            #expect(error.issues.count == ImportLimit.issues)
            #expect(error.more)
        }
    }

    @Test("a file beyond the stated size or number of rows is refused whole")
    func tooLarge() throws {
        let large = [UInt8](repeating: 0x2C, count: ImportLimit.bytes + 1)
        do {
            try empty().importInventory(large, format: .csv, at: noon)
            Issue.record("imported too much")
        } catch let error as ImportErrors {
            #expect(error.issues.first?.place == .file)
            #expect(error.issues.first?.problem.contains("expected at most 67108864") == true)
        }
    }
}

@Suite("Importing an inventory from JSON")
struct JSONImportTests {
    private func object(_ number: Int, _ overrides: [String: String?] = [:]) throws -> String {
        let device = try row(number)
        var members: [String: String] = [
            "device": "\"\(device.device)\"", "product": "\"meter\"", "firmware": "\"1.0\"", "country": "\"GB\"",
            "tags": "[\"resilient\", \"north\"]", "card": "\(device.card)",
            "primary_iccid": "\"\(device.primary.iccid)\"", "primary_imsi": "\"\(device.primary.imsi)\"",
            "primary_plmn": "\"234-15\"",
            "secret": "\"00112233445566778899aabbccddeeff\"", "area": "null",
        ]
        for (name, value) in overrides { members[name] = value }
        return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
    }

    @Test("an array of flat objects is imported")
    func imports() throws {
        let estate = try empty()
        let text =
            "[" + (try object(1)) + ",\n" + (try object(2, ["device": "\"caf\\u00e9 \\ud83d\\ude00\"", "interval": "60"])) + "] "
        #expect(try estate.importInventory(Array(text.utf8), format: .json, at: noon).added == 2)
        #expect(try estate.device("café 😀", at: noon)?.row.interval == 60)
        #expect(try estate.device("dev-1", at: noon)?.row.tags == ["north", "resilient"])
        #expect(
            try estate.importInventory(Array("[]".utf8), format: .json, at: noon)
                == ImportReport(added: 0, updated: 0, unchanged: 0))
    }

    @Test("errors carry a JSON pointer")
    func pointers() throws {
        let text =
            "[" + (try object(1)) + "," + (try object(2, ["card": "\"x\""])) + "," + (try object(3, ["primary_imsi": "\"12\""]))
            + "]"
        #expect(try issues(text, .json).map(\.place) == [.pointer("/1/card"), .pointer("/2/primary_imsi")])
        #expect(try issues("[" + (try object(1, ["product": nil as String?])) + "]", .json).first?.place != nil)
    }

    @Test("what is not JSON, or of another shape, is refused where it goes wrong")
    func malformed() throws {
        let sound = try object(1)
        let cases: [(String, String, String)] = [
            ("", "", "expected '['"), ("{}", "", "expected '['"), ("[1]", "/0", "expected '{'"), ("[{}]", "/0/device", "no value"),
            ("[" + sound, "", "expected ']'"), ("[" + sound + ",]", "/1", "expected '{'"),
            ("[" + sound + "] x", "", "follows the array"),
            ("[{\"colour\": 1}]", "/0/colour", "unknown member"), ("[{\"card\": 1.5}]", "/0/card", "whole"),
            ("[{\"card\": true}]", "/0/card", "expected a string"), ("[{\"card\": [1]}]", "/0/card", "nested"),
            ("[{\"card\": 1, \"card\": 2}]", "/0/card", "twice"), ("[{\"device\": \"a\nb\"}]", "/0/device", "control character"),
            ("[{\"device\": \"\\ud800\"}]", "/0/device", "surrogate"), ("[{\"device\": \"\\x\"}]", "/0/device", "escape"),
            ("[{\"device\": \"abc", "/0/device", "without an end"), ("[{\"tags\": [\"a b\"]}]", "/0/tags", "space"),
            ("[{\"device\": \"" + String(repeating: "x", count: 2_000), "/0/device", "more than 1024"),
            (String(repeating: "[", count: 100_000), "/0", "expected '{'"),
        ]
        for (text, pointer, says) in cases {
            let found = try issues(text, .json)
            #expect(found.contains { $0.place == .pointer(pointer) && $0.problem.contains(says) }, "\(text.prefix(60)): \(found)")
        }
    }
}

@Suite("Importing again")
struct ReimportTests {
    @Test("the same file changes nothing, a changed row updates its device")
    func idempotent() throws {
        let estate = try makeEstate(try rows(5))
        #expect(
            try estate.importInventory(InventoryCSV.write(try rows(5)), format: .csv, at: noon)
                == ImportReport(added: 0, updated: 0, unchanged: 5))
        #expect(try estate.events().count == 1)
        var changed = try rows(6)
        changed[2].firmware = "9.9"
        changed[3].tags = ["resilient", "pilot"]
        changed[4].backup = nil
        #expect(
            try estate.importInventory(InventoryCSV.write(changed), format: .csv, at: noon)
                == ImportReport(added: 1, updated: 3, unchanged: 2))
        #expect(try estate.device("dev-2", at: noon)?.row.firmware == "9.9")
        #expect(try estate.device("dev-3", at: noon)?.row.tags == ["pilot", "resilient"])
        #expect(try estate.device("dev-4", at: noon)?.profiles.count == 1)
        var tagged = DeviceFilter()
        tagged.tag = "pilot"
        #expect(try estate.slice(tagged, at: noon).devices == 1)
    }

    @Test("a row without its secret keeps the one that the estate has; a new card needs one")
    func secrets() throws {
        let estate = try makeEstate(try rows(1))
        var card = try TestCard(0)
        try card.beacon(estate, at: noon)
        var device = try row(0)
        device.secret = nil
        device.firmware = "2.0"
        try estate.importInventory(InventoryCSV.write([device]), format: .csv, at: noon)
        try card.beacon(estate, at: noon.adding(seconds: 1))
        device.card = 77
        #expect(try issues(String(decoding: InventoryCSV.write([device]), as: UTF8.self), in: estate).map(\.field) == ["secret"])
        var fresh = try row(9)
        fresh.secret = nil
        #expect(try issues(String(decoding: InventoryCSV.write([fresh]), as: UTF8.self), in: estate).map(\.field) == ["secret"])
    }

    @Test("two devices can swap their cards, and neither card forgets which requests it has made")
    func swap() throws {
        let estate = try makeEstate(try rows(2))
        var cards = try cards(2)
        for _ in 0..<3 { for index in 0..<2 { try cards[index].beacon(estate, at: noon) } }
        let old = try cards[0].request()
        let desk = try #require(estate.beacon(responder: 0))
        _ = try cards[0].accept(try desk.answer([old], at: noon).first ?? nil)
        var swapped = try rows(2)
        (swapped[0].card, swapped[1].card) = (swapped[1].card, swapped[0].card)
        (swapped[0].secret, swapped[1].secret) = (swapped[1].secret, swapped[0].secret)
        #expect(try estate.importInventory(InventoryCSV.write(swapped), format: .csv, at: noon).updated == 2)
        try cards[0].beacon(estate, at: noon.adding(seconds: 60))
        #expect(try estate.device("dev-1", at: noon)?.row.lastProof == noon.adding(seconds: 60))
        #expect(try estate.device("dev-0", at: noon)?.row.lastProof == noon)
        let before = desk.counters
        // The desk still has the answer; a desk that has forgotten it must refuse.
        _ = try desk.answer([old], at: noon)
        #expect(desk.counters.repeated == before.repeated + 1)
        #expect(desk.counters.answered == before.answered)
    }

    @Test("a card that was taken out and comes back goes on with its replay window")
    func retired() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        var card = try TestCard(0)
        var recorded: [UInt8] = []
        do {
            let database = try Database.open(path, schema: EstateSchema.schema)
            let estate = try EstateService(database: database, key: testKey(), at: noon)
            try estate.importInventory(InventoryCSV.write(try rows(1)), format: .csv, at: noon)
            try card.beacon(estate, at: noon)
            recorded = try card.request()
            _ = try estate.beacon(responder: 0)?.answer([recorded], at: noon)
            var other = try row(0)
            other.card = 5_000
            other.secret = try secret(5_000)
            try estate.importInventory(InventoryCSV.write([other]), format: .csv, at: noon)
            #expect(try estate.beacon(responder: 0)?.answer([try card.request()], at: noon).first??.isEmpty == false)
            #expect(estate.beacon(responder: 0)?.counters.unknownCard == 1)
            try estate.importInventory(InventoryCSV.write(try rows(1)), format: .csv, at: noon)
            try database.close()
        }
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        let desk = try #require(estate.beacon(responder: 0))
        _ = try desk.answer([recorded], at: noon)
        #expect(desk.counters.replayed == 1)
        #expect(desk.counters.answered == 0)
        try card.beacon(estate, at: noon)
        try database.close()
    }
}

@Suite("Hostile inventories")
struct HostileImportTests {
    @Test("mutations of sound files are imported or refused, and leave nothing half done", arguments: [ImportFormat.csv, .json])
    func mutations(format: ImportFormat) throws {
        let seed: UInt64 = 20_181_206
        var generator = SeededGenerator(seed: seed)
        let csv = InventoryCSV.write(try rows(4))
        let json = Array(
            """
            [{"device":"a","product":"p","firmware":"1","country":"GB","card":1,"primary_iccid":"894400000000000001","primary_imsi":"234150000000001",\
            "primary_plmn":"234-15","secret":"00112233445566778899aabbccddeeff","tags":["x","y"],"area":null,"interval":"60"}]
            """.utf8)
        let source = format == .csv ? csv : json
        let interesting: [UInt8] = [0x00, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xC3, 0xED, 0xF4, 0xFF]
        var imported = 0
        let shared = try empty()
        for round in 0..<2_000 {
            var bytes = source
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                guard !bytes.isEmpty else { break }
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: bytes[place] = interesting.randomElement(using: &generator) ?? 0
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
                case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
                default: bytes = Array(bytes.prefix(place))
                }
            }
            let estate = round % 50 == 0 ? try empty() : shared
            let before = try estate.devices(DeviceQuery(), at: noon).total
            do {
                let report = try estate.importInventory(bytes, format: format, at: noon)
                imported += 1
                #expect(try estate.devices(DeviceQuery(), at: noon).total == before + report.added, "seed \(seed), round \(round)")
            } catch let error as ImportErrors {
                #expect(!error.issues.isEmpty && error.issues.count <= ImportLimit.issues, "seed \(seed), round \(round)")
                #expect(try estate.devices(DeviceQuery(), at: noon).total == before, "seed \(seed), round \(round)")
            }
        }
        print("hostile \(format.rawValue): seed \(seed), \(imported) of 2000 mutations were sound")
    }
}
