import TestSupport
import Testing

@testable import ProfilePackage

@Suite("Packages that are not what they should be")
struct HostileTests {
    /// What to break: a package made by hand, and those of TS.48 where they are at hand.
    static let originals = [Sample.whole] + Corpus.names.map(Corpus.bytes)

    @Test("cut at any byte, it is refused, and the error lies in what is left", arguments: originals.indices)
    func truncation(_ index: Int) {
        let original = HostileTests.originals[index]
        for count in 0..<original.count {
            let bytes = Array(original[0..<count])
            do throws(PackageError) {
                _ = try ProfilePackage.read(bytes, supporting: .everything)
                Issue.record("accepted when cut at byte \(count)")
            } catch {
                if !(0...count).contains(error.offset) { Issue.record("cut at byte \(count): offset of \(error)") }
            }
        }
    }

    @Test("changed at random, it is refused or read, and what is read holds together")
    func mutation() {
        #if DEBUG
            let rounds = 4_000
        #else
            let rounds = 200_000
        #endif
        let number: UInt64 = 0x5AFE_0C0D_E5A1_7A11
        print("seed \(number), \(rounds) packages")
        var seed = Seed(number)
        var read = 0
        for round in 0..<rounds {
            let bytes = HostileTests.mutated(&seed)
            do throws(PackageError) {
                let package = try ProfilePackage.read(bytes, supporting: round % 4 == 0 ? .usim : .everything)
                read += 1
                if let fault = HostileTests.fault(in: package) { Issue.record("round \(round): \(fault)") }
            } catch {
                if !(0...bytes.count).contains(error.offset) { Issue.record("round \(round): offset of \(error)") }
            }
        }
        print("\(read) of them were read")
        #expect(read > 0 && read < rounds)
    }

    private static func mutated(_ seed: inout Seed) -> [UInt8] {
        // Mostly the one made by hand: it has something of everything, and is a tenth as long.
        let index = Int.random(in: 0..<4, using: &seed) > 0 ? 0 : Int.random(in: 0..<originals.count, using: &seed)
        var bytes = originals[index]
        for _ in 0..<Int.random(in: 1...4, using: &seed) {
            guard !bytes.isEmpty else { break }
            let place = Int.random(in: 0..<bytes.count, using: &seed)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &seed))
            switch Int.random(in: 0..<8, using: &seed) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &seed)
            case 1: bytes[place] = [0x00, 0x01, 0x7F, 0x80, 0x81, 0x82, 0x83, 0xFF].randomElement(using: &seed) ?? 0
            case 2: bytes[place] = UInt8.random(in: .min ... .max, using: &seed)
            case 3: bytes[place] &+= 1
            case 4: bytes.removeSubrange(place..<end)
            case 5: bytes.insert(contentsOf: bytes[place..<end], at: end)
            case 6:
                bytes.replaceSubrange(place..<end, with: (place..<end).map { _ in UInt8.random(in: .min ... .max, using: &seed) })
            default:
                let other = originals[Int.random(in: 0..<originals.count, using: &seed)]
                let start = Int.random(in: 0..<other.count, using: &seed)
                bytes.replaceSubrange(place..<end, with: other[start..<min(other.count, start + end - place)])
            }
        }
        return bytes
    }

    /// What must be so in every package.
    private static func fault(in package: ProfilePackage) -> String? {
        guard package.files.count <= PackageLimit.files.maximum else { return "too many files" }
        var contents = 0
        var last: FilePath?
        for file in package.files {
            if let last, !(last < file.path) { return "\(file.path) is out of order" }
            last = file.path
            if let parent = file.path.parent, package.file(parent)?.kind.isDirectory != true {
                return "\(file.path) has no directory"
            }
            contents += file.content.count
            switch file.kind {
            case .masterFile, .dedicated, .application:
                if !file.content.isEmpty { return "\(file.path) is a directory with content" }
            case .linearFixed(let length, let records), .cyclic(let length, let records):
                if file.link == nil && file.content.count != length * records { return "\(file.path) has other records" }
            case .berTLV(_, let maximum):
                if let maximum, file.content.count > maximum { return "\(file.path) is too long" }
            case .transparent: break
            }
        }
        if contents > PackageLimit.contents.maximum { return "too much content" }
        for pins in package.codes.pins where package.file(pins.directory)?.kind.isDirectory != true { return "PINs of nothing" }
        for keys in package.authentication where package.file(.application(keys.application)) == nil { return "keys of nothing" }
        return nil
    }

    @Test("of noise alone, it is refused")
    func noise() {
        let number: UInt64 = 0x0DD5_EED5
        print("seed \(number)")
        var seed = Seed(number)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...64, using: &seed)).map { _ in UInt8.random(in: .min ... .max, using: &seed) }
            if (try? ProfilePackage.read(bytes, supporting: .everything)) != nil { Issue.record("accepted \(bytes)") }
        }
    }
}
