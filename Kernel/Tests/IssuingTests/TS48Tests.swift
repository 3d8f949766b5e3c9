import Beacon
import Cipher
import Foundation
import Issuing
import ProfilePackage
import Resilience
import SmartCard
import Testing
import Wire

/// The GSMA TS.48 test profiles, which are not part of the repository.
private enum Corpus {
    private static let folder: URL? = {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let found = folder.appendingPathComponent("shared/corpora/ts48")
            if FileManager.default.fileExists(atPath: found.path) { return found }
        }
        return nil
    }()

    static let packages: [String] = {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return [] }
        return names.filter { $0.hasSuffix(".der") }.sorted()
    }()

    static func package(_ name: String) throws -> ProfilePackage {
        let folder = try #require(folder)
        return try ProfilePackage.read([UInt8](Data(contentsOf: folder.appendingPathComponent(name))), supporting: .everything)
    }
}

/// A card with two profiles of our own, to put others into.
func blankCard() throws -> CardImage {
    func subscription(_ iccid: String, _ imsi: String) throws -> Subscription {
        Subscription(
            iccid: try ICCID(iccid), imsi: try IMSI(imsi), networkCodeDigits: 2, key: Block(high: 1, low: 2),
            operatorConstant: Block(high: 3, low: 4))
    }
    let pin = try #require(AccessCodes.Code("0000"))
    let codes = AccessCodes(
        pin: pin, isPINEnabled: false, unblockPIN: pin, secondPIN: pin, unblockSecondPIN: pin, administrative: pin)
    return try Personalisation(
        card: try #require(CardNumber(7)), primary: subscription("8999700000000000013", "999700000000001"),
        backup: subscription("8999710000000000011", "999710000000001"), codes: codes, parameters: .standard, responders: []
    ).image()
}

@Suite("A profile package becomes a profile of the card (GSMA TS.48 test profiles)")
struct TS48Tests {
    private typealias TestCard = Card<TableAES, InProcessMemory>

    private func send(_ command: String, to card: inout TestCard) -> [UInt8] {
        card.transmit((try? Hex.bytes(command)) ?? [])
    }

    @Test("every file reads back as the package has it, in either slot", arguments: Corpus.packages, [Slot.primary, .backup])
    func files(_ name: String, _ slot: Slot) throws {
        let package = try Corpus.package(name)
        let issued = try IssuedProfile(package)
        let image = try blankCard().replacing(slot, with: issued.contents)
        // Written out and read in again.
        let summary = try #require(try CardImage(image.encoded).summary(of: slot))
        #expect(summary.iccid?.description == "89000123456789012341" || summary.iccid?.description == "8900012345678901234")
        #expect(summary.imsi?.description.hasPrefix("001010123456") == true)
        #expect(summary.algorithm == .xor)
        var compared = 0
        for file in package.files where !issued.leftOut.contains(file.path) && file.link == nil && !file.kind.isDirectory {
            let found = summary.files.first { $0.path == file.path.identifiers && $0.application == file.path.application }
            #expect(found?.contents.flatMap { $0 } == file.content, "\(file.path)")
            compared += 1
        }
        #expect(compared > 60)
        #expect(
            !issued.leftOut.contains { path in
                package.files.contains { $0.path == path && $0.link == nil && path.application.isEmpty }
            })
        // As a terminal reads them, data object by data object.
        try readsDataObjects(of: package, image, slot)
        // The other slot is as it was.
        #expect(try image.summary(of: slot.other) == blankCard().summary(of: slot.other))
    }

    /// Every BER-TLV structure EF, by RETRIEVE DATA, where its rule lets a terminal read it.
    private func readsDataObjects(of package: ProfilePackage, _ image: CardImage, _ slot: Slot) throws {
        guard slot == .primary else { return }
        var card = try TestCard(image: image)
        for file in package.files where file.link == nil {
            guard case .berTLV = file.kind else { continue }
            _ = card.reset()
            if !file.path.application.isEmpty {
                _ = send("00A4040C" + Hex.text([UInt8(file.path.application.count)] + file.path.application), to: &card)
            }
            _ = send("002000010830303030FFFFFFFF", to: &card)
            let path = file.path.identifiers.dropFirst().flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            #expect(send("00A4080C" + Hex.text([UInt8(path.count)] + path), to: &card) == [0x90, 0x00], "\(file.path)")
            var reader = ByteReader(file.content)
            var start = 0
            while let object = try reader.berTLV() {
                let whole = Array(file.content[start..<object.range.upperBound])
                start = object.range.upperBound
                let tag = object.tag > 0xFF ? [UInt8(object.tag >> 8), UInt8(object.tag & 0xFF)] : [UInt8(object.tag)]
                var answer = send("80CB0080" + Hex.text([UInt8(tag.count)] + tag), to: &card)
                guard answer.first == 0x61 else {
                    #expect(answer == [0x69, 0x82], "\(file.path)")
                    continue
                }
                var read: [UInt8] = []
                answer = send("00C00000" + Hex.text([answer.last ?? 0]), to: &card)
                read += answer.dropLast(2)
                while answer.suffix(2) == [0x62, 0xF1] {
                    answer = send("80CB0000", to: &card)
                    read += answer.dropLast(2)
                }
                #expect(answer.suffix(2) == [0x90, 0x00])
                #expect(read == whole)
            }
        }
    }

    @Test("a terminal reads it with the package's PIN, and it authenticates", arguments: Corpus.packages)
    func authenticates(_ name: String) throws {
        let package = try Corpus.package(name)
        let issued = try IssuedProfile(package)
        var card = try TestCard(image: blankCard().replacing(.primary, with: issued.contents))
        _ = card.reset()
        #expect(send("00A4080C022FE2", to: &card) == [0x90, 0x00])
        #expect(send("00B000000A", to: &card).suffix(2) == [0x90, 0x00])
        #expect(send("00A4040C07A0000000871002", to: &card) == [0x90, 0x00])
        #expect(send("00A4000C026F07", to: &card) == [0x90, 0x00])
        // PIN 1 is 0000; where it is on, IMSI is closed without it.
        if send("00B0000009", to: &card) == [0x69, 0x82] {
            #expect(send("002000010830303030FFFFFFFF", to: &card) == [0x90, 0x00])
        }
        let imsi = send("00B0000009", to: &card)
        #expect(imsi.suffix(2) == [0x90, 0x00])
        #expect(try IMSI(coded: imsi.dropLast(2)).description.hasPrefix("001010123456"))
        // An administrator writes what a subscriber may not.
        #expect(send("00D600000908", to: &card) != [0x90, 0x00])
        guard case .xor(let algorithm) = issued.contents.algorithm else { throw NotXOR() }
        let random = Block(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
        let vector = algorithm.vector(random: random, sequence: 0x2000, management: 0x8000)
        let token = vector.token
        let answer = send("0088008122" + "10" + Hex.text(random.bytes) + "10" + Hex.text(token), to: &card)
        #expect(answer.first == 0x61, "\(Hex.text(answer))")
        let response = send("00C00000" + Hex.text([answer.last ?? 0]), to: &card)
        #expect(response.first == 0xDB)
        #expect(Array(response.dropFirst(2).prefix(Int(response[1]))) == vector.answer.response.bytes)
    }

    private struct NotXOR: Error {}

    @Test("the corpus is where the tests look for it", .enabled(if: !Corpus.packages.isEmpty))
    func corpus() { #expect(Corpus.packages.count == 4) }
}
