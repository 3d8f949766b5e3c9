import Foundation
import Regulation
import Testing

@testable import Estate
@testable import Evidence
@testable import Server

/// The pack of evidence: what is in it, that it can be checked, and that the same record gives the same bytes.
@Suite("The pack of evidence") struct EvidenceTests {
    private static let product = "Telecare Hub"

    private static func rows() throws -> [InventoryRow] {
        [
            try SampleCard.row(1, device: "HF-0001"), try SampleCard.row(2, device: "=HF,\"0002\""),
            try SampleCard.row(3, device: "HF-0003", isSingle: true),
        ]
    }

    /// Two hours in which one unit leaves its operator during an outage and comes back, another falls silent, and the third is never
    /// heard.
    private func live(_ house: House) throws {
        var cards = try [SampleCard(1), SampleCard(2)]
        try house.beacon(try cards[0].beacon(), try cards[1].beacon())
        try house.estate.tick(at: house.now)
        let began = house.now.adding(seconds: 30)
        house.advance(seconds: 60)
        try house.beacon(try cards[0].beacon(on: .backup, moved: 4))
        house.advance(seconds: 1_800)
        try house.estate.tick(at: house.now)
        let ended = house.now
        house.advance(seconds: 60)
        try house.beacon(try cards[0].beacon(moved: 7))
        house.advance(seconds: 5_400)
        try house.estate.tick(at: house.now)
        let carrier = try #require(try house.estate.operators(at: house.now).first { $0.operator.name == "Alder Mobile" }).operator
        _ = try house.estate.database.write {
            try $0.execute(
                """
                INSERT INTO outage (id, scope, operator, area, began_at, detected_at, ended_at, ending, peak_moved, peak_silent, moved,
                    silent, background_moved, background_silent, population, reason)
                VALUES (900, 'network', ?, NULL, ?, ?, ?, 'recovered', 41, 7, 0, 0, 0, 0, 120, 4)
                """,
                [
                    .integer(of: carrier.id), .integer(began.milliseconds), .integer(began.milliseconds),
                    .integer(ended.milliseconds),
                ])
        }
    }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    /// Builds the pack of 2026-03-01, the house's first day.
    private func build(_ house: House, _ folder: TemporaryFolder, _ name: String = "pack.zip", of product: String = product) throws
        -> String
    {
        let period = try EvidencePeriod(from: try day("2026-03-01"), to: try day("2026-03-01"), at: house.now)
        let path = folder.url.appendingPathComponent(name).path
        _ = try EvidencePack.build(
            product: product, over: period, from: house.estate, by: Authorship("Ada"), at: house.now, printer: nil, to: path)
        return path
    }

    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    private func text(_ file: String, of path: String) throws -> String {
        let archive = try PackArchive(path) { _ in }
        var bytes: [UInt8] = []
        try archive.read(try #require(archive.entry(file))) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("says through which access points and whose cores the units go, who said so, and what nobody says")
    func connection() async throws {
        var rows = try Self.rows()
        rows[0].technologies = [.twoG, .lte]
        rows[0].primary.apn = try APN("iot.maker")
        rows[0].backup?.apn = try APN("internet")
        rows[1].primary.apn = try APN("iot.maker")
        // Of another product: its APN and its operators are not this pack's.
        var other = try SampleCard.row(4, device: "HF-0004")
        other.product = "Gas meter"
        other.primary.apn = try APN("meters")
        try await withHouse(rows: rows + [other]) { house in
            let (estate, ada) = (house.estate, Authorship("Ada", reason: "<their> letter"))
            try estate.sayExposure(of: "internet", .publicInternet, by: ada, at: house.now)
            try estate.sayCore(of: "001-02", carrier: "001-01", vendor: "Acme", by: ada, at: house.now)
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            let path = try build(house, folder)
            let units = try text("data/units.csv", of: path).components(separatedBy: "\r\n")
            #expect(units[0].hasSuffix(",technologies,primary_apn,backup_apn"))
            #expect(units.filter { $0.hasSuffix(",2G 4G,iot.maker,internet") }.count == 1)
            #expect(units.filter { $0.hasSuffix(",,iot.maker,") }.count == 1 && units.filter { $0.hasSuffix(",,,") }.count == 1)
            let page = try text("report.html", of: path)
            #expect(page.contains("reachable from the public internet</td><td>Ada, 2026-03-01: &lt;their&gt; letter</td>"))
            #expect(page.contains("<th scope=\"row\">iot.maker</th><td>not known</td><td>–</td><td class=\"num\">2</td>"))
            #expect(page.contains("<td>Alder Mobile (001-01)</td><td>Acme</td>"))
            #expect(page.contains("Of 1 unit the inventory says no APN") && page.contains("<th scope=\"row\">2G 4G</th>"))
            #expect(!page.contains("meters"))
            let product = try text("data/product.json", of: path)
            #expect(product.contains("\"exposure\" : \"public\"") && !product.contains("meters"))
        }
    }

    @Test("is whole, has the data behind its figures, and says what the cards did in an outage")
    func figures() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            try live(house)
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            let path = try build(house, folder)
            let report = try PackVerifier.verify(path, key: house.estate.ledgerKey)
            #expect(report.isWhole && report.isSigned && report.isConsistent, "\(report.findings)")
            #expect(
                report.files.map(\.path) == [
                    "data/annex1.json", "data/cases.json", "data/outages.csv", "data/product.json", "data/reach-hours.csv",
                    "data/risks.csv", "data/switches.csv", "data/units.csv", "ledger/consistency.txt", "ledger/entries.jsonl",
                    "ledger/first-head.txt", "ledger/last-head.txt", "report.html",
                ])
            guard case .object(let predicate)? = report.predicate, case .object(let counts)? = predicate["counts"] else {
                Issue.record("no counts")
                return
            }
            #expect(counts["units"] == 3 && counts["outages"] == 1 && counts["switches"] == 2)
            #expect(predicate["product"] == .string(Self.product))

            let outages = try text("data/outages.csv", of: path).components(separatedBy: "\r\n")
            #expect(outages.count == 3)
            #expect(outages[1].contains("Alder Mobile") && outages[1].contains(",41,7,1,1,"), "\(outages[1])")
            let switches = try text("data/switches.csv", of: path).components(separatedBy: "\r\n")
            #expect(
                switches.count == 4 && switches[1].contains("HF-0001,backup,Alder Mobile")
                    && switches[2].contains("HF-0001,primary,Birch"))
            let units = try text("data/units.csv", of: path)
            #expect(units.contains("\"'=HF,\"\"0002\"\"\"") && units.components(separatedBy: "\r\n").count == 5)
            let hours = try text("data/reach-hours.csv", of: path).components(separatedBy: "\r\n")
            // From midnight to the head, of which the hours before noon had no sample.
            #expect(
                hours.count == 17 && hours[1] == "2026-03-01T00:00:00.000Z,no,,,,"
                    && hours[13].hasPrefix("2026-03-01T12:00:00.000Z,yes,3,"))

            let page = try text("report.html", of: path)
            for said in [
                "Telecare Hub", "Alder Mobile", "41 cards left", "What this does not show", "2026-03-01 12:00:00",
                house.estate.ledgerKey.text,
            ] {
                #expect(page.contains(said), "\(said)")
            }
            #expect(!page.contains("{{") && !page.localizedCaseInsensitiveContains("is compliant"))
            // Nothing in the page asks for anything from elsewhere.
            #expect(!page.contains("src=") && !page.contains("http://") && !page.contains("<script"))
            // The building of the pack is under its own head.
            let entries = try text("ledger/entries.jsonl", of: path)
            #expect(entries.contains("\"kind\":\"evidence-built\"") && entries.contains("\"kind\":\"moved\""))
        }
    }

    @Test("the same record gives the same bytes; an entry more gives others")
    func reproducible() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            try live(house)
            let folder = try TemporaryFolder()
            let first = try bytes(try build(house, folder, "a.zip"))
            house.advance(seconds: 7)
            #expect(try bytes(try build(house, folder, "b.zip")) == first)
            try house.estate.registerProduct(Self.product, by: Authorship("Ada"), at: house.now)
            #expect(try bytes(try build(house, folder, "c.zip")) != first)
        }
    }

    @Test("any one byte that is changed is found")
    func changed() async throws {
        try await withHouse(rows: try Self.rows()) { house in
            try live(house)
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            let path = try build(house, folder)
            let good = try bytes(path)
            // Every byte of a small pack is tried where packs are tested; here one in each of many places.
            for place in stride(from: 0, to: good.count, by: max(1, good.count / 60)) {
                var changed = good
                changed[place] ^= 1
                try Data(changed).write(to: URL(fileURLWithPath: path))
                #expect(try !PackVerifier.verify(path, key: house.estate.ledgerKey).isWhole, "byte \(place)")
            }
        }
    }

    @Test("a product without units, and one that nobody registered, say so; one that nobody knows is refused")
    func empty() async throws {
        try await withHouse(rows: []) { house in
            try house.estate.registerProduct("Nothing yet", by: Authorship("Ada"), at: house.now)
            let folder = try TemporaryFolder()
            let path = try build(house, folder, of: "Nothing yet")
            #expect(try PackVerifier.verify(path, key: house.estate.ledgerKey).isWhole)
            let page = try text("report.html", of: path)
            #expect(page.contains("The inventory has no unit of this product") && page.contains("not concluded"))
            #expect(throws: ProductError.unknown("nobody's")) { try build(house, folder, "x.zip", of: "nobody's") }
            #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("x.zip").path))
        }
        try await withHouse(rows: try Self.rows()) { house in
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            #expect(try text("report.html", of: try build(house, folder)).contains("Nobody has registered the product"))
        }
    }

    @Test("no name adds markup to the report")
    func hostile() async throws {
        func marks(_ name: String) async throws -> [Int] {
            var counts: [Int] = []
            try await withHouse(rows: try House.rows(name)) { house in
                try house.estate.registerProduct(name, by: Authorship(name, reason: name), at: house.now)
                var card = try SampleCard(3)
                try house.beacon(try card.beacon())
                house.advance(seconds: 60)
                try house.beacon(try card.beacon(on: .backup, moved: 4))
                _ = try house.estate.openCase(
                    CaseRequest(
                        kind: .incident, title: name, products: [AffectedProduct(product: name)],
                        signal: CaseSignal(receivedAt: house.now.date, source: name, text: name), isDrill: true, owner: name),
                    by: Authorship(name, reason: name), at: house.now)
                house.advance(seconds: 60)
                let folder = try TemporaryFolder()
                defer { withExtendedLifetime(folder) {} }
                let path = try build(house, folder, of: name)
                #expect(try PackVerifier.verify(path, key: house.estate.ledgerKey).isWhole)
                let page = try text("report.html", of: path)
                counts = "<>\"'".utf8.map { mark in page.utf8.count { $0 == mark } }
            }
            return counts
        }
        #expect(try await marks(House.hostileName) == marks("HF-0003 plain"))
    }
}
