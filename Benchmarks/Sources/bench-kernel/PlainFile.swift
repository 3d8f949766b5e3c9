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
    /// Bytes of the last record.
    private(set) var lastSize = 0

    static func create(_ image: [UInt8], path: String) throws -> PlainFile {
        unlink(path)
        return PlainFile(path: path, descriptor: try write(image, to: path), stored: image)
    }

    private init(path: String, descriptor: Int32, stored: [UInt8]) {
        self.path = path
        self.descriptor = descriptor
        self.stored = stored
    }

    func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        lastSize = record.count
        guard Glibc.write(descriptor, record, record.count) == record.count, fdatasync(descriptor) == 0 else { throw .writeFailed }
    }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        let next = try PlainFile.write(image, to: path + ".new")
        guard rename(path + ".new", path) == 0 else { throw .writeFailed }
        close(descriptor)
        descriptor = next
    }

    private static func write(_ image: [UInt8], to path: String) throws(NonVolatileMemoryError) -> Int32 {
        let number = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard number >= 0, Glibc.write(number, image, image.count) == image.count, fsync(number) == 0 else { throw .writeFailed }
        return number
    }
}
