import Foundation
import Testing

@testable import Evidence

@Suite("A pack")
struct PackTests {
    let folder: Folder
    let ledger: TestLedger
    let first: SignedHead
    let last: SignedHead

    init() throws {
        folder = try Folder()
        ledger = try TestLedger()
        try ledger.append(20)
        first = try ledger.sign()
        try ledger.append(300, at: noon + 1_000)
        last = try ledger.sign(at: noon + 2_000)
        try ledger.append(10, at: noon + 3_000)
    }

    static let items = [
        PackItem("report.html", Array("<p>reach-24: 99.2 %</p>\n".utf8)),
        PackItem("data/reach.csv", Array("day,share\n1,99.2\n".utf8)),
        PackItem("data/empty.csv", []),
    ]

    private func excerpt(_ indices: [UInt64] = [0, 19, 20, 319]) throws -> LedgerExcerpt {
        try ledger.database.read {
            try LedgerExcerpt.write(indices, first: first, last: last, key: ledger.key.verifier, on: $0, into: folder.url)
        }
    }

    @discardableResult
    private func build(_ name: String = "a.zip", items: [PackItem] = items, excerpt: LedgerExcerpt? = nil) throws -> String {
        let path = folder.file(name)
        try PackBuilder.build(
            items, excerpt: try excerpt ?? self.excerpt(), predicate: ["product": "router", "units": 3], key: ledger.key, to: path)
        return path
    }

    private func verify(_ path: String) throws -> PackReport { try PackVerifier.verify(path, key: ledger.key.verifier) }

    @Test("is whole when nothing was done to it, and says what it proves")
    func whole() throws {
        let report = try verify(try build())
        #expect(report.isWhole, "\(report.findings)")
        #expect(
            report.files.map(\.path) == [
                "data/empty.csv", "data/reach.csv", "ledger/consistency.txt", "ledger/entries.jsonl", "ledger/first-head.txt",
                "ledger/last-head.txt", "report.html",
            ])
        #expect(report.files.allSatisfy { $0.status == .ok })
        #expect(report.isSigned && report.isConsistent && report.provenEntries == 4)
        #expect(report.firstHead?.size == 20 && report.lastHead?.size == 320)
        #expect(report.predicate == ["product": "router", "units": 3])
    }

    @Test("the same input gives the same bytes, whatever the order and the source of the files")
    func reproducible() throws {
        let one = try bytes(try build())
        let source = folder.url.appendingPathComponent("source")
        try Data("day,share\n1,99.2\n".utf8).write(to: source)
        let items = [PackItem("data/reach.csv", file: source), Self.items[2], Self.items[0]]
        #expect(try bytes(try build("b.zip", items: items)) == one)
    }

    @Test("any one byte changed, removed or added is found")
    func everyByte() throws {
        let small = try excerpt([1])
        let path = try build(items: [PackItem("a", [0x61])], excerpt: small)
        let content = try bytes(path)
        for place in content.indices {
            for bit in [0x01, 0x80] as [UInt8] {
                var changed = content
                changed[place] ^= bit
                try write(changed, to: path)
                #expect(try !verify(path).isWhole, "byte \(place) with \(bit)")
            }
            if place % 3 == 0 {
                try write(Array(content[..<place]), to: path)
                #expect(try !verify(path).isWhole, "cut at \(place)")
                try write(Array(content[..<place]) + [0] + content[place...], to: path)
                #expect(try !verify(path).isWhole, "added at \(place)")
                try write(Array(content[..<place]) + content[(place + 1)...], to: path)
                #expect(try !verify(path).isWhole, "removed at \(place)")
            }
        }
        for more in [[0], content] as [[UInt8]] {
            try write(content + more, to: path)
            #expect(try !verify(path).isWhole)
            try write(more + content, to: path)
            #expect(try !verify(path).isWhole)
        }
    }

    /// An archive in the right form with these files, whatever they are.
    private func archive(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
        var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, content) in files {
            var crc = CRC32()
            content.withUnsafeBytes { crc.update($0) }
            let entry = ArchiveLayout.Entry(
                name: Array(name.utf8), crc: crc.value, size: UInt32(content.count), offset: UInt32(bytes.count))
            bytes += ArchiveLayout.localHeader(entry) + content
            directory += ArchiveLayout.centralHeader(entry)
        }
        return bytes + directory + ArchiveLayout.end(count: files.count, directory: UInt64(bytes.count), length: directory.count)
    }

    /// The files of a pack that was built.
    private func files(_ path: String) throws -> [(name: String, content: [UInt8])] {
        let archive = try PackArchive(path) { _ in }
        return try archive.entries.map { entry in
            var content: [UInt8] = []
            try archive.read(entry) { content += $0 }
            return (String(decoding: entry.name, as: UTF8.self), content)
        }
    }

    @Test("a file that was changed, left out or put in by a good archiver is named")
    func files() throws {
        let path = try build()
        let files = try files(path)
        #expect(archive(files) == (try bytes(path)))
        for place in files.indices {
            var changed = files
            changed[place].content.append(0x20)
            try write(archive(changed), to: path)
            var report = try verify(path)
            #expect(!report.isWhole)
            let isManifest = files[place].name == PackName.manifest
            #expect(
                report.files.allSatisfy { $0.status == (isManifest ? .unknown : $0.path == files[place].name ? .changed : .ok) })
            changed.remove(at: place)
            try write(archive(changed), to: path)
            report = try verify(path)
            #expect(!report.isWhole)
            #expect(isManifest || report.files.contains(PackReport.File(path: files[place].name, status: .missing)))
        }
        try write(archive(files + [("zzz", [1])]), to: path)
        #expect(try verify(path).files.last == PackReport.File(path: "zzz", status: .unlisted))
    }

    @Test(
        "names that leave the folder, that are there twice or out of order are refused",
        arguments: [
            ["../x"], ["/x"], ["a/../b"], ["A"], ["a\\b"], [""], ["a//b"], [".x"], ["a", "a"], ["b", "a"], ["c:x"], ["ä"], ["a\n"],
        ])
    func names(names: [String]) throws {
        let path = folder.file("x.zip")
        try write(archive(names.map { ($0, [1]) }), to: path)
        let report = try verify(path)
        #expect(report.findings.contains { $0.contains("name") || $0.contains("order") })
        #expect(names.count > 1 || !PackLimits.isName(names[0]))
    }

    @Test("overlapping files, absurd counts and sizes, and compressed files are refused")
    func hostile() throws {
        let path = folder.file("x.zip")
        // A thousand names for one content: a bomb.
        let one = ArchiveLayout.Entry(name: [0x61], crc: 0, size: 100_000, offset: 0)
        var local = ArchiveLayout.localHeader(one) + [UInt8](repeating: 0, count: 100_000)
        var directory: [UInt8] = []
        for number in 0..<1_000 {
            directory += ArchiveLayout.centralHeader(
                ArchiveLayout.Entry(name: Array("a\(number + 1_000)".utf8), crc: 0, size: 100_000, offset: 0))
        }
        try write(
            local + directory + ArchiveLayout.end(count: 1_000, directory: UInt64(local.count), length: directory.count), to: path)
        #expect(try verify(path).findings.contains { $0.contains("does not follow") })
        // Counts that nothing stands behind.
        for count in [1, 10_000, 65_535] {
            try write(ArchiveLayout.end(count: count, directory: 0, length: 0), to: path)
            #expect(try !verify(path).isWhole)
        }
        try write(ArchiveLayout.end(count: 1, directory: 0xFFFF_FFFF, length: 0xFFFF_FFFF), to: path)
        #expect(try !verify(path).isWhole)
        // A size beyond the end.
        local = ArchiveLayout.localHeader(ArchiveLayout.Entry(name: [0x61], crc: 0, size: .max, offset: 0))
        directory = ArchiveLayout.centralHeader(ArchiveLayout.Entry(name: [0x61], crc: 0, size: .max, offset: 0))
        try write(
            local + directory + ArchiveLayout.end(count: 1, directory: UInt64(local.count), length: directory.count), to: path)
        #expect(try !verify(path).isWhole)
        // Deflate.
        var packed = archive([("a", [1])])
        packed[8] = 8
        try write(packed, to: path)
        #expect(try verify(path).findings.contains { $0.contains("header") })
        let seed: UInt64 = 22
        var random = Seeded(state: seed)
        let content = try bytes(try build())
        for _ in 0..<2_000 {
            var changed = content
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            guard changed != content else { continue }
            try write(changed, to: path)
            #expect(try !verify(path).isWhole, "seed \(seed)")
        }
        for length in [0, 1, 21, 22, 23, 1_000, 100_000] {
            try write((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }, to: path)
            #expect(try !verify(path).isWhole, "seed \(seed)")
        }
    }

    @Test("entries that another ledger proves, and another key, are found")
    func foreign() throws {
        let path = try build()
        let stranger = try LedgerKey(name: ledger.key.name)
        let report = try PackVerifier.verify(path, key: stranger.verifier)
        #expect(!report.isSigned && !report.isWhole && report.files.allSatisfy { $0.status == .unknown })
        // Signed by the right key, with a proof for another place.
        var files = try files(path).filter { $0.name != PackName.manifest }
        let place = try #require(files.firstIndex { $0.name == PackName.entries })
        files[place].content = Array(
            String(decoding: files[place].content, as: UTF8.self).replacing("\"index\":19", with: "\"index\":18").utf8)
        let manifest = try Manifest(
            subjects: files.map { file in (file.name, Hexadecimal.text(file.content.withUnsafeBytes { TreeHash.plain($0) }.bytes))
            },
            predicate: [:]
        ).signed(with: ledger.key)
        files.append((PackName.manifest, manifest))
        try write(archive(files.sorted { $0.name < $1.name }), to: path)
        let wrong = try verify(path)
        #expect(
            wrong.isSigned && wrong.provenEntries == 3
                && wrong.findings == ["ledger/entries.jsonl: line 2: entry 18 is not under the last head"])
    }

    @Test("what cannot go into a pack is refused by name, and leaves no file")
    func refused() throws {
        func refused(_ error: PackError, _ items: [PackItem]) {
            #expect(throws: error) { try build("no.zip", items: items) }
            #expect(!FileManager.default.fileExists(atPath: folder.file("no.zip")))
            #expect(!FileManager.default.fileExists(atPath: folder.file("no.zip.part")))
        }
        refused(.name("../x"), [PackItem("../x", [])])
        refused(.name("Report.html"), [PackItem("Report.html", [])])
        refused(.taken("a"), [PackItem("a", []), PackItem("a", [])])
        refused(.taken("ledger/entries.jsonl"), [PackItem("ledger/entries.jsonl", [])])
        refused(.file(path: "/nowhere", detail: "cannot be read"), [PackItem("a", file: URL(fileURLWithPath: "/nowhere"))])
        #expect(throws: LedgerError.noSuchEntry(index: 320, size: 320)) { try excerpt([320]) }
        #expect(throws: LedgerError.self) { try excerpt([5, 5]) }
        #expect(throws: PackError.otherKey) {
            try PackBuilder.build([], excerpt: excerpt(), predicate: [:], key: LedgerKey(name: "other"), to: folder.file("no.zip"))
        }
        #expect(throws: PackError.predicate(.key("ä"))) {
            try PackBuilder.build([], excerpt: excerpt(), predicate: ["ä": 1], key: ledger.key, to: folder.file("no.zip"))
        }
    }

    @Test("DSSE's pre-authentication encoding is that of the specification")
    func preAuthentication() {
        #expect(
            String(
                decoding: Manifest.preAuthentication(type: "http://example.com/HelloWorld", body: Array("hello world".utf8)),
                as: UTF8.self)
                == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }

    @Test("the archive's checksum is CRC-32: \"123456789\" gives CBF43926")
    func checksum() {
        for split in 0...9 {
            var crc = CRC32()
            let text = Array("123456789".utf8)
            text[..<split].withUnsafeBytes { crc.update($0) }
            text[split...].withUnsafeBytes { crc.update($0) }
            #expect(crc.value == 0xCBF4_3926)
        }
        var crc = CRC32()
        [UInt8](repeating: 0x61, count: 1_000).withUnsafeBytes { crc.update($0) }
        var plain: UInt32 = 0xFFFF_FFFF
        for _ in 0..<1_000 {
            plain ^= 0x61
            for _ in 0..<8 { plain = plain & 1 == 1 ? 0xEDB8_8320 ^ plain >> 1 : plain >> 1 }
        }
        #expect(crc.value == ~plain)
    }
}
