import Crypto
import Foundation

/// Builds a pack: one archive with the files, the ledger's excerpt, and the signed manifest over all of them. The same files, excerpt,
/// predicate and key give the same bytes.
public enum PackBuilder {
    private struct Measured {
        let item: PackItem
        let crc: UInt32
        let size: UInt64
        let digest: String
    }

    /// Builds a pack. A file is there only once it is whole.
    /// - Parameters:
    ///   - items: the files, in any order; those of ``PackName`` are the pack's own.
    ///   - predicate: what the pack says about itself: the product, the period, what it does not show.
    ///   - key: the ledger's, which signed the excerpt's heads.
    /// - Throws: ``PackError``.
    public static func build(
        _ items: [PackItem], excerpt: LedgerExcerpt, predicate: CanonicalValue, key: LedgerKey, to path: String
    ) throws {
        guard excerpt.key.text == key.verifier.text else { throw PackError.otherKey }
        for item in items {
            guard PackLimits.isName(item.path) else { throw PackError.name(item.path) }
            guard !PackName.own.contains(item.path) else { throw PackError.taken(item.path) }
        }
        let all = (items + excerpt.items).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        for (one, next) in zip(all, all.dropFirst()) where one.path == next.path { throw PackError.taken(one.path) }
        guard all.count < PackLimits.files else { throw PackError.files(count: all.count + 1, limit: PackLimits.files) }

        var measured: [Measured] = []
        var total: UInt64 = 0
        for item in all {
            let one = try measure(item)
            measured.append(one)
            total += one.size
            guard total <= PackLimits.archive else { throw PackError.size(what: "the pack", limit: PackLimits.archive) }
        }
        let manifest: [UInt8]
        do {
            manifest = try Manifest(subjects: measured.map { ($0.item.path, $0.digest) }, predicate: predicate).signed(with: key)
        } catch let error as CanonicalError {
            throw PackError.predicate(error)
        }
        guard manifest.count <= PackLimits.manifest else {
            throw PackError.size(what: "the manifest", limit: UInt64(PackLimits.manifest))
        }
        measured.append(try measure(PackItem(PackName.manifest, manifest)))
        measured.sort { $0.item.path.utf8.lexicographicallyPrecedes($1.item.path.utf8) }
        try write(measured, to: path)
    }

    private static func measure(_ item: PackItem) throws -> Measured {
        var crc = CRC32()
        var hasher = SHA256()
        var size: UInt64 = 0
        try item.read { bytes in
            crc.update(bytes)
            hasher.update(bufferPointer: bytes)
            size += UInt64(bytes.count)
            guard size <= PackLimits.archive else { throw PackError.size(what: item.path, limit: PackLimits.archive) }
        }
        return Measured(item: item, crc: crc.value, size: size, digest: Hexadecimal.text(Array(hasher.finalize())))
    }

    private static func write(_ measured: [Measured], to path: String) throws {
        let draft = path + ".part"
        do {
            guard FileManager.default.createFile(atPath: draft, contents: nil), let file = FileHandle(forWritingAtPath: draft)
            else {
                throw PackError.file(path: path, detail: "cannot be made")
            }
            defer { try? file.close() }
            var directory: [UInt8] = []
            var offset: UInt64 = 0
            for one in measured {
                let entry = ArchiveLayout.Entry(
                    name: Array(one.item.path.utf8), crc: one.crc, size: UInt32(clamping: one.size),
                    offset: UInt32(clamping: offset))
                guard entry.end <= PackLimits.archive else { throw PackError.size(what: "the pack", limit: PackLimits.archive) }
                try file.write(contentsOf: ArchiveLayout.localHeader(entry))
                try copy(one, to: file)
                directory += ArchiveLayout.centralHeader(entry)
                offset = entry.end
            }
            directory += ArchiveLayout.end(count: measured.count, directory: offset, length: directory.count)
            guard offset + UInt64(directory.count) <= PackLimits.archive else {
                throw PackError.size(what: "the pack", limit: PackLimits.archive)
            }
            try file.write(contentsOf: directory)
            try file.synchronize()
            guard rename(draft, path) == 0 else { throw PackError.file(path: path, detail: String(cString: strerror(errno))) }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
    }

    private static func copy(_ one: Measured, to file: FileHandle) throws {
        var hasher = SHA256()
        var size: UInt64 = 0
        try one.item.read { bytes in
            hasher.update(bufferPointer: bytes)
            size += UInt64(bytes.count)
            guard size <= one.size else { throw PackError.changed(one.item.path) }
            try file.write(contentsOf: bytes)
        }
        guard size == one.size, Hexadecimal.text(Array(hasher.finalize())) == one.digest else {
            throw PackError.changed(one.item.path)
        }
    }
}
