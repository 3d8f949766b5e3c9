/// The one way in which a pack is a ZIP archive (PKWARE APPNOTE 6.3): files stored as they are, in the order of their names, one behind
/// the other, with the same date, without extra fields, comments or anything between. Every byte of the archive follows from
/// names and contents, so the same input gives the same bytes, and no byte can change unseen.
enum ArchiveLayout {
    struct Entry: Equatable, Sendable {
        var name: [UInt8]
        var crc: UInt32
        var size: UInt32
        /// Where its local header begins.
        var offset: UInt32

        var localHeaderLength: UInt64 { UInt64(30 + name.count) }
        /// Where the next one begins.
        var end: UInt64 { UInt64(offset) + localHeaderLength + UInt64(size) }
    }

    /// 1980-01-01, the first day that the format knows.
    private static let date: UInt16 = 0x0021
    /// 2.0: what a folder in a name asks for (4.4.3.2).
    private static let version: UInt16 = 20
    /// Made on UNIX, so that readers take the permissions from the upper half of the attributes.
    private static let madeBy: UInt16 = 3 << 8 | version
    private static let attributes: UInt32 = 0o100644 << 16

    static let centralHeaderLength = 46
    static let endLength = 22

    private static func put(_ value: UInt16, _ bytes: inout [UInt8]) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
    private static func put(_ value: UInt32, _ bytes: inout [UInt8]) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }

    /// 4.3.7.
    static func localHeader(_ entry: Entry) -> [UInt8] {
        var bytes: [UInt8] = [0x50, 0x4B, 3, 4]
        put(version, &bytes)
        common(entry, &bytes)
        bytes += entry.name
        return bytes
    }

    /// 4.3.12.
    static func centralHeader(_ entry: Entry) -> [UInt8] {
        var bytes: [UInt8] = [0x50, 0x4B, 1, 2]
        put(madeBy, &bytes)
        put(version, &bytes)
        common(entry, &bytes)
        // Comment, disk, internal attributes.
        bytes += [0, 0, 0, 0, 0, 0]
        put(attributes, &bytes)
        put(entry.offset, &bytes)
        bytes += entry.name
        return bytes
    }

    /// From the flags to the length of the extra field, which both headers have.
    private static func common(_ entry: Entry, _ bytes: inout [UInt8]) {
        // Flags, stored, time.
        bytes += [0, 0, 0, 0, 0, 0]
        put(date, &bytes)
        put(entry.crc, &bytes)
        put(entry.size, &bytes)
        put(entry.size, &bytes)
        put(UInt16(clamping: entry.name.count), &bytes)
        put(UInt16(0), &bytes)
    }

    /// 4.3.16.
    static func end(count: Int, directory: UInt64, length: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        put(UInt16(clamping: count), &bytes)
        put(UInt16(clamping: count), &bytes)
        put(UInt32(clamping: length), &bytes)
        put(UInt32(clamping: directory), &bytes)
        bytes += [0, 0]
        return bytes
    }

    static func number16(_ bytes: [UInt8], _ offset: Int) -> Int {
        offset + 2 <= bytes.count ? Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 : 0
    }
    static func number32(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        UInt32(number16(bytes, offset)) | UInt32(number16(bytes, offset + 2)) << 16
    }
}
