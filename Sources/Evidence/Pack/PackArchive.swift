import Foundation

/// An archive that is to be checked: where its files are, as far as that can be told, and what is not as a pack is.
///
/// Sizes and places come from the directory at the end; each is compared with the header in front of the content, with its neighbours,
/// and with the file's length, before anything is read.
struct PackArchive {
    /// In the order of the directory, each name once.
    private(set) var entries: [ArchiveLayout.Entry] = []
    private let file: FileHandle
    private let path: String

    init(_ path: String, _ note: (String) -> Void) throws {
        self.path = path
        guard let file = FileHandle(forReadingAtPath: path) else { throw PackError.file(path: path, detail: "cannot be read") }
        self.file = file
        let length: UInt64
        do { length = try file.seekToEnd() } catch { throw PackError.file(path: path, detail: "\(error)") }
        guard length <= PackLimits.archive else { throw PackError.size(what: path, limit: PackLimits.archive) }
        guard length >= UInt64(ArchiveLayout.endLength) else {
            note("the archive has \(length) bytes: it was cut, or is none")
            return
        }
        let tail = try read(length - UInt64(ArchiveLayout.endLength), ArchiveLayout.endLength)
        let count = ArchiveLayout.number16(tail, 10)
        let directoryLength = UInt64(ArchiveLayout.number32(tail, 12))
        let directory = UInt64(ArchiveLayout.number32(tail, 16))
        guard tail == ArchiveLayout.end(count: count, directory: directory, length: Int(directoryLength)),
            directory + directoryLength + UInt64(ArchiveLayout.endLength) == length, count <= PackLimits.files,
            directoryLength <= UInt64(PackLimits.files * (ArchiveLayout.centralHeaderLength + PackLimits.name))
        else {
            note("the archive does not end as a pack does: it was cut or changed, or is none")
            return
        }
        try readDirectory(try read(directory, Int(directoryLength)), count: count, at: directory, note)
    }

    private mutating func readDirectory(_ bytes: [UInt8], count: Int, at directory: UInt64, _ note: (String) -> Void) throws {
        var offset = 0
        var expected: UInt64 = 0
        for number in 1...max(count, 1) where count > 0 {
            let length = ArchiveLayout.number16(bytes, offset + 28)
            let start = offset + ArchiveLayout.centralHeaderLength
            guard start + length <= bytes.count, let name = String(validating: bytes[start..<(start + length)], as: UTF8.self),
                PackLimits.isName(name)
            else {
                note("file \(number) of the archive has a name that no file in a pack has")
                return
            }
            let entry = ArchiveLayout.Entry(
                name: Array(name.utf8), crc: ArchiveLayout.number32(bytes, offset + 16),
                size: ArchiveLayout.number32(bytes, offset + 24),
                offset: ArchiveLayout.number32(bytes, offset + 42))
            let header = ArchiveLayout.centralHeader(entry)
            guard bytes[offset..<(start + length)].elementsEqual(header) else {
                note("\(name): its entry in the directory is not written as in a pack")
                return
            }
            guard UInt64(entry.offset) == expected, entry.end <= directory else {
                note("\(name): does not follow on the file before it")
                return
            }
            if let last = entries.last, !last.name.lexicographicallyPrecedes(entry.name) {
                note("\(name): not in the order of the names")
                return
            }
            let local = ArchiveLayout.localHeader(entry)
            if try read(UInt64(entry.offset), local.count) != local { note("\(name): the header before its content was changed") }
            entries.append(entry)
            expected = entry.end
            offset = start + length
        }
        if expected != directory || offset != bytes.count { note("there is something between or behind the archive's files") }
    }

    func entry(_ name: String) -> ArchiveLayout.Entry? {
        let name = Array(name.utf8)
        return entries.first { $0.name == name }
    }

    /// Hands the content of a file over in pieces.
    func read(_ entry: ArchiveLayout.Entry, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var offset = UInt64(entry.offset) + entry.localHeaderLength
        while offset < entry.end {
            let bytes = try read(offset, Int(min(entry.end - offset, UInt64(PackLimits.chunk))))
            try bytes.withUnsafeBytes(body)
            offset += UInt64(bytes.count)
        }
    }

    private func read(_ offset: UInt64, _ count: Int) throws -> [UInt8] {
        guard count > 0 else { return [] }
        do {
            try file.seek(toOffset: offset)
            let bytes = Array(try file.read(upToCount: count) ?? Data())
            guard bytes.count == count else { throw PackError.file(path: path, detail: "became shorter while it was read") }
            return bytes
        } catch let error as PackError {
            throw error
        } catch {
            throw PackError.file(path: path, detail: "\(error)")
        }
    }
}
