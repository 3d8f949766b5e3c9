import Crypto
import Foundation

/// Checks a pack with nothing but its bytes and the public key. Anything may be in the file: it is read in pieces, within ``PackLimits``, and
/// nothing is unpacked.
public struct PackVerifier {
    public static let mostFindings = 1_000

    private let archive: PackArchive
    private let key: VerifierKey
    private var report = PackReport()

    /// Verifies a pack.
    /// - Throws: ``PackError/file(path:detail:)`` where the file cannot be read, ``PackError/size(what:limit:)`` where it is too large to be
    ///   a pack. Whatever is wrong with its content is a finding.
    public static func verify(_ path: String, key: VerifierKey) throws -> PackReport {
        var findings: [String] = []
        let archive = try PackArchive(path) { findings.append($0) }
        var verifier = PackVerifier(archive: archive, key: key)
        for finding in findings { verifier.report.add(finding) }
        try verifier.run()
        return verifier.report
    }

    private init(archive: PackArchive, key: VerifierKey) {
        self.archive = archive
        self.key = key
    }

    private mutating func run() throws {
        let manifest = try openManifest()
        var listed: [String: String] = [:]
        for subject in manifest?.subjects ?? [] { listed[subject.name] = subject.sha256 }
        for entry in archive.entries {
            let name = String(decoding: entry.name, as: UTF8.self)
            let digest = try checkContent(entry, name)
            guard name != PackName.manifest else { continue }
            guard manifest != nil else {
                report.files.append(PackReport.File(path: name, status: .unknown))
                continue
            }
            switch listed.removeValue(forKey: name) {
            case digest?: report.files.append(PackReport.File(path: name, status: .ok))
            case .some:
                report.add("\(name): changed: its SHA-256 is \(digest)")
                report.files.append(PackReport.File(path: name, status: .changed))
            case nil:
                report.add("\(name): not in the manifest")
                report.files.append(PackReport.File(path: name, status: .unlisted))
            }
        }
        for name in listed.keys.sorted() {
            report.add("\(name): in the manifest, not in the archive")
            report.files.append(PackReport.File(path: name, status: .missing))
        }
        report.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        try checkLedger()
    }

    private mutating func openManifest() throws -> Manifest? {
        guard let entry = archive.entry(PackName.manifest) else {
            report.add("\(PackName.manifest): missing: nothing says what the files should be")
            return nil
        }
        guard entry.size <= UInt32(PackLimits.manifest) else {
            report.add("\(PackName.manifest): \(entry.size) bytes, expected at most \(PackLimits.manifest)")
            return nil
        }
        do throws(ManifestError) {
            let manifest = try Manifest.open(bytes(entry), key: key)
            report.isSigned = true
            report.predicate = manifest.predicate
            return manifest
        } catch {
            report.add("\(PackName.manifest): \(error.text)")
            return nil
        }
    }

    /// An entry of bounded size, whole; empty where the file cannot be read.
    private func bytes(_ entry: ArchiveLayout.Entry) -> [UInt8] {
        var bytes: [UInt8] = []
        try? archive.read(entry) { bytes += $0 }
        return bytes
    }

    /// SHA-256 of an entry; its checksum is compared on the way.
    private mutating func checkContent(_ entry: ArchiveLayout.Entry, _ name: String) throws -> String {
        var crc = CRC32()
        var hasher = SHA256()
        try archive.read(entry) {
            crc.update($0)
            hasher.update(bufferPointer: $0)
        }
        if crc.value != entry.crc { report.add("\(name): the archive's checksum does not fit the content") }
        return Hexadecimal.text(Array(hasher.finalize()))
    }

    private mutating func small(_ name: String) -> String? {
        guard let entry = archive.entry(name) else {
            report.add("\(name): missing")
            return nil
        }
        guard entry.size <= UInt32(PackLimits.small), let text = String(validating: bytes(entry), as: UTF8.self) else {
            report.add("\(name): not a text of at most \(PackLimits.small) bytes")
            return nil
        }
        return text
    }

    private mutating func head(_ name: String) -> SignedHead? {
        guard let text = small(name) else { return nil }
        do throws(HeadError) { return try SignedHead(text, key: key) } catch {
            report.add("\(name): \(error)")
            return nil
        }
    }

    private mutating func checkLedger() throws {
        let (first, last) = (head(PackName.firstHead), head(PackName.lastHead))
        report.firstHead = first.map { HeadMark($0) }
        report.lastHead = last.map { HeadMark($0) }
        if let text = small(PackName.consistency), let first, let last {
            let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            let proof = lines.dropLast().compactMap { StrictBase64.bytes(String(Substring($0))).flatMap { TreeHash($0) } }
            let isWritten =
                lines.last?.isEmpty == true && proof.count == lines.count - 1 && proof.count <= 2 * ProvenEntry.longestProof
            report.isConsistent =
                isWritten
                && ProofVerification.isConsistent(
                    first: first.size, firstRoot: first.root, second: last.size, secondRoot: last.root, proof: proof)
            if !report.isConsistent {
                report.add("\(PackName.consistency): does not show that the last head's tree begins with the first's")
            }
        }
        guard let entry = archive.entry(PackName.entries) else {
            report.add("\(PackName.entries): missing")
            return
        }
        guard let last else { return }
        try checkEntries(entry, under: last)
    }

    private mutating func checkEntries(_ entry: ArchiveLayout.Entry, under head: SignedHead) throws {
        var rest: [UInt8] = []
        var number = 0
        var previous: UInt64?
        var isTooLong = false
        try archive.read(entry) { chunk in
            guard !isTooLong else { return }
            rest += chunk
            var start = 0
            while let stop = rest[start...].firstIndex(of: 0x0A) {
                number += 1
                check(Array(rest[start..<stop]), number, &previous, under: head)
                start = stop + 1
            }
            rest.removeFirst(start)
            isTooLong = rest.count > ProvenEntry.longest
        }
        if isTooLong || !rest.isEmpty { report.add("\(PackName.entries): line \(number + 1) has no end, or is too long") }
    }

    private mutating func check(_ line: [UInt8], _ number: Int, _ previous: inout UInt64?, under head: SignedHead) {
        do throws(CanonicalError) {
            let entry = try ProvenEntry(line)
            if let last = previous, entry.index <= last { report.add("\(PackName.entries): line \(number): out of order") }
            previous = entry.index
            if entry.isIncluded(under: head) {
                report.provenEntries += 1
            } else {
                report.add("\(PackName.entries): line \(number): entry \(entry.index) is not under the last head")
            }
        } catch {
            report.add("\(PackName.entries): line \(number): \(error)")
        }
    }
}
