import Measure
import SmartCard

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A card's memory in a file without encryption: what durability alone costs. The product's own is Lab's `CardFile`.
struct PlainFile: NonVolatileMemory {
    private let path: String
    private var descriptor: Int32
    private let stored: [UInt8]
    /// Where the next record goes.
    private var end: Int
    /// Bytes of the last record.
    private(set) var lastSize = 0

    /// - Parameter room: so many zeros are written after the image, and records over them.
    static func create(_ image: [UInt8], path: String, room: Int) throws -> PlainFile {
        unlink(path)
        let descriptor = try write(image + [UInt8](repeating: 0, count: room), to: path)
        return PlainFile(path: path, descriptor: descriptor, stored: image)
    }

    private init(path: String, descriptor: Int32, stored: [UInt8]) {
        self.path = path
        self.descriptor = descriptor
        self.stored = stored
        end = stored.count
    }

    func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        lastSize = record.count
        guard pwrite(descriptor, record, record.count, end) == record.count, fdatasync(descriptor) == 0 else { throw .writeFailed }
        end += record.count
    }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        let next = try PlainFile.write(image, to: path + ".new")
        guard rename(path + ".new", path) == 0 else { throw .writeFailed }
        close(descriptor)
        descriptor = next
        end = image.count
    }

    private static func write(_ image: [UInt8], to path: String) throws(NonVolatileMemoryError) -> Int32 {
        let number = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard number >= 0, Glibc.write(number, image, image.count) == image.count, fsync(number) == 0 else { throw .writeFailed }
        return number
    }
}
