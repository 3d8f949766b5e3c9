import Cipher
import Crypto
import Foundation
import Lab
import SmartCard
import Testing

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
        #expect(after.count > before.count)
        for length in before.count...after.count {
            try after.prefix(length).write(to: URL(fileURLWithPath: path))
            var card = try Card<TableAES, CardFile>(memory: try CardFile(path: path, key: key))
            _ = card.reset()
            #expect(card.transmit(ask) == (length < after.count ? [0x63, 0xC2] : [0x63, 0xC1]))
            // And it can be written to again.
            #expect(card.transmit(wrongPIN) == (length < after.count ? [0x63, 0xC1] : [0x63, 0xC0]))
        }
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
