import Cipher
import Crypto
import Foundation
import Lab
import SmartCard
import Testing

@testable import Lab
@testable import holdfast

@Suite("A card in a file")
struct CardFileTests {
    private let key = SymmetricKey(size: .bits256)

    private func place() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-card-\(UUID().uuidString)").path
    }

    /// VERIFY PIN with a wrong code: one try less, which must be in the file before the answer leaves.
    private let wrongPIN: [UInt8] = [0x00, 0x20, 0x00, 0x01, 0x08, 0x39, 0x39, 0x39, 0x39, 0xFF, 0xFF, 0xFF, 0xFF]
    private let ask: [UInt8] = [0x00, 0x20, 0x00, 0x01, 0x00]

    @Test("what a command changed is there after the process is gone")
    func durable() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            var card = try Card<TableAES, CardFile>(memory: try CardFile.create(try TestCard.image(), path: path, key: key))
            _ = card.reset()
            #expect(card.transmit(wrongPIN) == [0x63, 0xC2])
        }
        var again = try Card<TableAES, CardFile>(memory: try CardFile(path: path, key: key))
        _ = again.reset()
        #expect(again.transmit(ask) == [0x63, 0xC2])
    }

    @Test("neither keys nor identities lie in the file in clear")
    func sealed() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let image = try TestCard.image()
        _ = try CardFile.create(image, path: path, key: key)
        let data = try #require(FileManager.default.contents(atPath: path))
        #expect(Data(image.encoded).range(of: Data([0x46, 0x5B, 0x5C, 0xE8, 0xB1, 0x99, 0xB4, 0x9F])) != nil)
        #expect(data.range(of: Data([0x46, 0x5B, 0x5C, 0xE8, 0xB1, 0x99, 0xB4, 0x9F])) == nil)
        #expect(data.range(of: Data("HFUC".utf8)) == nil)
    }

    @Test("another key, a flipped bit or another file is refused and left as it is")
    func refused() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try CardFile.create(try TestCard.image(), path: path, key: key)
        let whole = try #require(FileManager.default.contents(atPath: path))
        #expect(throws: CardFile.Problem.wrongKeyOrDamaged(path, chunk: 0)) {
            try CardFile(path: path, key: SymmetricKey(size: .bits256))
        }
        #expect(throws: CardFile.Problem.exists(path)) { try CardFile.create(try TestCard.image(), path: path, key: self.key) }
        for place in [8, 30, 60, whole.count - 1] {
            var bent = whole
            bent[place] ^= 1
            try bent.write(to: URL(fileURLWithPath: path))
            #expect(throws: CardFile.Problem.wrongKeyOrDamaged(path, chunk: 0)) { try CardFile(path: path, key: self.key) }
            #expect(FileManager.default.contents(atPath: path) == bent)
        }
        try Data("nothing of the kind".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: CardFile.Problem.notACardFile(path)) { try CardFile(path: path, key: self.key) }
    }

    @Test("power cut at any byte of a write: the try is counted or it is not, and the card still boots")
    func cut() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            var card = try Card<TableAES, CardFile>(memory: try CardFile.create(try TestCard.image(), path: path, key: key))
            _ = card.reset()
            _ = card.transmit(wrongPIN)
        }
        let before = try #require(FileManager.default.contents(atPath: path))
        do {
            var card = try Card<TableAES, CardFile>(memory: try CardFile(path: path, key: key))
            _ = card.reset()
            #expect(card.transmit(wrongPIN) == [0x63, 0xC1])
        }
        let after = try #require(FileManager.default.contents(atPath: path))
        #expect(after.count == before.count, "there was room for it")
        let changed = after.indices.filter { after[$0] != before[$0] }
        let first = try #require(changed.first)
        let last = try #require(changed.last)
        for length in first...(last + 1) {
            try (after[..<length] + before[length...]).write(to: URL(fileURLWithPath: path))
            let isWhole = length > last
            do {
                var card = try Card<TableAES, CardFile>(memory: try CardFile(path: path, key: key))
                _ = card.reset()
                #expect(card.transmit(ask) == (isWhole ? [0x63, 0xC1] : [0x63, 0xC2]))
                // And it can be written to again.
                #expect(card.transmit(wrongPIN) == (isWhole ? [0x63, 0xC0] : [0x63, 0xC1]))
            }
            var again = try Card<TableAES, CardFile>(memory: try CardFile(path: path, key: key))
            _ = again.reset()
            #expect(again.transmit(ask) == (isWhole ? [0x63, 0xC0] : [0x63, 0xC1]))
        }
    }

    @Test("power cut in a record of several sectors: whichever of them were written, the record is not there before it is whole")
    func severalSectors() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let image = try TestCard.image().encoded
        let small = [UInt8](repeating: 0x11, count: 10)
        let large = (0..<3_000).map { UInt8(truncatingIfNeeded: $0) }
        var before = Data()
        do {
            var file = try CardFile.create(try TestCard.image(), path: path, key: key)
            try file.replace(image)
            try file.append(small)
            before = try #require(FileManager.default.contents(atPath: path))
            try file.append(large)
        }
        let after = try #require(FileManager.default.contents(atPath: path))
        #expect(try CardFile(path: path, key: key).contents() == image + small + large)
        let kind = try #require(after.indices.first { after[$0] != before[$0] })
        let sectors = Set(after.indices.filter { after[$0] != before[$0] }.map { $0 / 512 }).sorted()
        #expect(sectors.count >= 6)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<40 {
            let written = Set(sectors.filter { _ in Bool.random(using: &random) })
            var torn = before
            for index in after.indices where index != kind && written.contains(index / 512) { torn[index] = after[index] }
            try torn.write(to: URL(fileURLWithPath: path))
            do {
                var file = try CardFile(path: path, key: key)
                #expect(try file.contents() == image + small, "sectors written: \(written.sorted())")
                try file.append(small)
            }
            #expect(try CardFile(path: path, key: key).contents() == image + small + small)
        }
    }

    @Test("a record that is damaged, not cut, is refused, the last one too")
    func damagedRecord() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            var file = try CardFile.create(try TestCard.image(), path: path, key: key)
            try file.append([1, 2, 3])
        }
        let whole = try #require(FileManager.default.contents(atPath: path))
        let end = whole.count - CardFile.step
        // A tag that happens to end in zero looks cut when it is damaged.
        guard whole[end - 1] != 0 else { return }
        for place in [end - 2, end - 16, end - 25] {
            var bent = whole
            bent[place] ^= 1
            try bent.write(to: URL(fileURLWithPath: path))
            #expect(throws: CardFile.Problem.wrongKeyOrDamaged(path, chunk: 1)) { try CardFile(path: path, key: self.key) }
            #expect(FileManager.default.contents(atPath: path) == bent)
        }
    }

    @Test("room for records is made rarely, and many records are all there")
    func room() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var sizes: Set<Int> = []
        var expected = try TestCard.image().encoded
        do {
            var file = try CardFile.create(try TestCard.image(), path: path, key: key)
            try file.replace(expected)
            for index in 0..<1_500 {
                let record = [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: index % 40)
                try file.append(record)
                expected += record
                sizes.insert(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
            }
        }
        #expect(sizes.count < 5)
        #expect(try CardFile(path: path, key: key).contents() == expected)
    }

    @Test("one process at a time")
    func locked() throws {
        let path = place()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try CardFile.create(try TestCard.image(), path: path, key: key)
        #expect(throws: CardFile.Problem.inUse(path)) { try CardFile(path: path, key: self.key) }
        _ = first
    }
}
