import Crypto
import Foundation
import Glibc
import SmartCard

/// A card's non-volatile memory in one file, encrypted, appended to record by record.
///
/// Format 1: the eight bytes "HFCARD01", sixteen random bytes that name this file, then chunks: kind (1 = image, 2 = record), length
/// of the sealed bytes (4, big-endian), the sealed bytes (AES-256-GCM: nonce 12, ciphertext, tag 16). The file's name bytes, the
/// chunk's index and its kind are authenticated with it, so chunks cannot be exchanged, left out or taken from another card. What
/// encryption cannot show is that the end of a file was cut off, which is also what a power cut does: an incomplete last chunk is
/// dropped, and a whole earlier state is a valid state.
///
/// Zeros may follow the last chunk: room for the next ones, written beforehand. A record that goes where the file already has blocks
/// is durable once its own bytes are, while a growing file has its length and its blocks to be made durable with each record.
public struct CardFile: NonVolatileMemory {
    /// The largest file that is read, in bytes.
    public static let largestSize = 16 << 20

    static let magic = Array("HFCARD01".utf8)
    static let headerSize = 24
    static let chunkHeaderSize = 5
    /// How much room is made at a time, in bytes.
    static let step = 32_768
    /// What a disk writes whole or not at all, in bytes.
    static let sector: UInt64 = 512

    private let path: String
    private let key: SymmetricKey
    private var name: [UInt8]
    private var descriptor: FileHandle
    private var chunks: UInt64
    /// Where the next chunk begins.
    private var end: UInt64
    /// Up to where the file is there, and zeros from `end` on; nil when it is not known that they are zeros.
    private var prepared: UInt64?
    private let stored: [UInt8]

    /// Why a card file cannot be used. The file has not been changed.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        case exists(String)
        case cannotOpen(String, Int32)
        case notACardFile(String)
        case tooLarge(String, Int)
        /// A chunk fails its authentication: another key, or a damaged file.
        case wrongKeyOrDamaged(String, chunk: UInt64)
        case inUse(String)

        public var description: String {
            switch self {
            case .exists(let path):
                "\(path) exists already; a card file is never overwritten. Name another file or remove this one."
            case .cannotOpen(let path, let code): "\(path) cannot be opened: \(String(cString: strerror(code)))."
            case .notACardFile(let path): "\(path) is not a card file: it does not begin with HFCARD01."
            case .tooLarge(let path, let size): "\(path) has \(size) bytes; a card file has at most \(CardFile.largestSize)."
            case .wrongKeyOrDamaged(let path, let chunk):
                "\(path) cannot be decrypted at chunk \(chunk): the key is another one, or the file is damaged. It was left as it is."
            case .inUse(let path): "\(path) is in use by another process."
            }
        }
    }

    /// Makes a new card file. Never overwrites one.
    public static func create(_ image: CardImage, path: String, key: SymmetricKey) throws -> CardFile {
        var name = [UInt8](repeating: 0, count: 16)
        var random = SystemRandomNumberGenerator()
        for index in name.indices { name[index] = random.next() }
        guard !FileManager.default.fileExists(atPath: path) else { throw Problem.exists(path) }
        try CardFile.write(image.encoded, name: name, to: path, key: key)
        return try CardFile(path: path, key: key)
    }

    /// Opens a card file and locks it against other processes.
    public init(path: String, key: SymmetricKey) throws {
        let number = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard number >= 0 else { throw Problem.cannotOpen(path, errno) }
        descriptor = FileHandle(fileDescriptor: number, closeOnDealloc: true)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else { throw Problem.inUse(path) }
        let size = Int(try descriptor.seekToEnd())
        guard size <= CardFile.largestSize else { throw Problem.tooLarge(path, size) }
        try descriptor.seek(toOffset: 0)
        let bytes = [UInt8](try descriptor.readToEnd() ?? Data())
        guard bytes.starts(with: CardFile.magic), bytes.count >= CardFile.headerSize else { throw Problem.notACardFile(path) }
        self.path = path
        self.key = key
        name = Array(bytes[8..<CardFile.headerSize])
        var contents: [UInt8] = []
        var position = CardFile.headerSize
        chunks = 0
        while let chunk = CardFile.chunk(bytes, at: position) {
            guard let opened = CardFile.unseal(chunk.sealed, kind: chunk.kind, index: chunks, name: name, key: key) else {
                // Of a record that a power cut left incomplete the rest is zeros, up to the end of the file.
                if chunks > 0, chunk.sealed.last == 0, CardFile.isErased(bytes[chunk.sealed.endIndex...]) { break }
                throw Problem.wrongKeyOrDamaged(path, chunk: chunks)
            }
            contents += opened
            position += CardFile.chunkHeaderSize + chunk.sealed.count
            chunks += 1
        }
        guard chunks > 0 else { throw Problem.notACardFile(path) }
        stored = contents
        end = UInt64(position)
        prepared = CardFile.isErased(bytes[position...]) ? UInt64(size) : nil
    }

    public func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    public mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        guard let sealed = CardFile.seal(record, kind: .record, index: chunks, name: name, key: key) else { throw .writeFailed }
        let next = end + UInt64(sealed.count)
        if prepared.map({ next > $0 }) ?? true { try prepare(from: prepared ?? end, to: next + UInt64(CardFile.step)) }
        let room = prepared
        // Until it is known that all is well nobody knows what lies there.
        prepared = nil
        if end / CardFile.sector == (next - 1) / CardFile.sector {
            try write(sealed[...], at: end)
        } else {
            // In several sectors any may be missing after a power cut. The kind comes last, and without it nothing is there.
            try write(sealed[1...], at: end + 1)
            try write(sealed[..<1], at: end)
        }
        prepared = room
        chunks += 1
        end = next
    }

    /// Makes room: zeros, also over what a power cut left of a record.
    private mutating func prepare(from start: UInt64, to least: UInt64) throws(NonVolatileMemoryError) {
        prepared = nil
        // The whole of an incomplete record goes, even where it is longer than the room that is to be made.
        guard ftruncate(descriptor.fileDescriptor, off_t(start)) == 0 else { throw .writeFailed }
        try write([UInt8](repeating: 0, count: Int(least - start))[...], at: start)
        prepared = least
    }

    /// Returns once the bytes are durable.
    private func write(_ bytes: ArraySlice<UInt8>, at offset: UInt64) throws(NonVolatileMemoryError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(
                    descriptor.fileDescriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(offset) + off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .writeFailed }
            done += count
        }
        guard fdatasync(descriptor.fileDescriptor) == 0 else { throw .writeFailed }
    }

    public mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        do {
            try CardFile.write(image, name: name, to: path, key: key)
            let reopened = try CardFile(path: path, key: key)
            descriptor = reopened.descriptor
            chunks = reopened.chunks
            end = reopened.end
            prepared = reopened.prepared
        } catch {
            throw .writeFailed
        }
    }

    // MARK: Chunks

    private enum Kind: UInt8 {
        case image = 1
        case record = 2
    }

    private static func write(_ image: [UInt8], name: [UInt8], to path: String, key: SymmetricKey) throws {
        guard let sealed = seal(image, kind: .image, index: 0, name: name, key: key) else {
            throw NonVolatileMemoryError.writeFailed
        }
        let temporary = path + ".new"
        unlink(temporary)
        let number = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw Problem.cannotOpen(temporary, errno) }
        let handle = FileHandle(fileDescriptor: number, closeOnDealloc: true)
        try handle.write(contentsOf: magic + name + sealed)
        guard fsync(number) == 0, rename(temporary, path) == 0 else { throw Problem.cannotOpen(path, errno) }
        let folder = Glibc.open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    private static func chunk(_ bytes: [UInt8], at position: Int) -> (kind: Kind, sealed: ArraySlice<UInt8>)? {
        guard bytes.count - position >= chunkHeaderSize, let kind = Kind(rawValue: bytes[position]) else { return nil }
        let length = bytes[(position + 1)..<(position + 5)].reduce(0) { $0 << 8 | Int($1) }
        let start = position + chunkHeaderSize
        guard length >= 28, length <= bytes.count - start else { return nil }
        return (kind, bytes[start..<(start + length)])
    }

    private static func isErased(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 == 0 } }

    private static func context(_ kind: Kind, index: UInt64, name: [UInt8]) -> [UInt8] {
        name + [kind.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: index >> (8 * (7 - $0))) }
    }

    private static func seal(_ bytes: [UInt8], kind: Kind, index: UInt64, name: [UInt8], key: SymmetricKey) -> [UInt8]? {
        guard let box = try? AES.GCM.seal(bytes, using: key, authenticating: context(kind, index: index, name: name)),
            let sealed = box.combined
        else { return nil }
        return [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: sealed.count >> (8 * (3 - $0))) } + sealed
    }

    private static func unseal(_ sealed: ArraySlice<UInt8>, kind: Kind, index: UInt64, name: [UInt8], key: SymmetricKey) -> [UInt8]?
    {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let opened = try? AES.GCM.open(box, using: key, authenticating: context(kind, index: index, name: name))
        else { return nil }
        return [UInt8](opened)
    }
}
