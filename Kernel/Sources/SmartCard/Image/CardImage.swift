/// Everything a card keeps without power, in one block of bytes: two profiles with their files, PINs, keys and sequence numbers,
/// and the resident applet's policy, memory and security contexts.
///
/// Format 3. A header of 20 bytes: "HFUC", version (2 bytes), number of sections (2), generation (4), length of the image (4),
/// CRC-32 of the image with this field as zero (4). Then a directory of 12 bytes a section: kind (1 = resident, 2 = profile, 3 = ISD-R,
/// 4 = policy updates, 5 = remote management), slot, two zero bytes, offset (4), length (4). Then the sections. All numbers are
/// big-endian. Contents read from a
/// ``NonVolatileMemory`` go on with journal records, which ``init(_:)`` applies: length (2, of the whole record), the length
/// inverted (2), patches (offset 3, count 2, bytes), CRC-32 (4) over the image's generation, the record's index and the record so
/// far.
///
/// Format 2 is the same without the ISD-R, and format 1 has MILENAGE as the only algorithm besides. They are still read, and stay what
/// they are: a card goes on with its own image.
///
/// Keys lie in it in clear: whoever stores an image encrypts it.
public struct CardImage: Equatable, Sendable {
    /// The format that this code writes.
    public static let formatVersion: UInt16 = 3
    /// The oldest format that it reads.
    public static let oldestVersion: UInt16 = 1
    /// The largest image that is read or written, in bytes.
    public static let largestSize = 1 << 20
    /// The most files a profile may have, directories included.
    public static let mostFiles = 512
    /// The most PINs a profile may have.
    public static let mostPINs = 8

    static let magic: UInt32 = 0x4846_5543
    static let headerSize = 20
    static let directoryEntrySize = 12

    /// The image with every whole record applied; its checksum field is stale until ``encoded``.
    var bytes: [UInt8]
    /// How often the image has been rewritten as a whole.
    var generation: UInt32
    /// Bytes of journal that followed the image.
    var journalSize = 0
    /// Records in that journal.
    var journalCount: UInt32 = 0
    /// The journal ends in the beginning of a record: power was cut while it was written, and its command was never answered.
    public internal(set) var endsInCutRecord = false
    let layout: ImageLayout

    /// Reads an image, with the journal records that may follow it.
    ///
    /// - Throws: ``CardImageError`` with the place and what was expected there. A last record that is incomplete is no error: power
    ///   was cut while it was written, and nobody was told of it.
    public init(_ contents: [UInt8]) throws(CardImageError) {
        guard contents.count >= CardImage.headerSize else {
            throw .tooShort(expected: CardImage.headerSize, came: contents.count)
        }
        let magic = UInt32(truncatingIfNeeded: contents.number(at: 0, size: 4))
        guard magic == CardImage.magic else { throw .notACardImage(came: magic) }
        let version = UInt16(truncatingIfNeeded: contents.number(at: 4, size: 2))
        guard version >= CardImage.oldestVersion, version <= CardImage.formatVersion else {
            throw .unknownVersion(expected: CardImage.formatVersion, came: version)
        }
        let length = Int(contents.number(at: 12, size: 4))
        guard length >= CardImage.headerSize, length <= CardImage.largestSize else { throw .wrongLength(came: length) }
        guard contents.count >= length else { throw .tooShort(expected: length, came: contents.count) }
        bytes = contents.count == length ? contents : Array(contents[..<length])
        let stored = UInt32(truncatingIfNeeded: contents.number(at: 16, size: 4))
        let computed = CardImage.checksum(of: &bytes)
        guard stored == computed else { throw .wrongChecksum(expected: computed, came: stored) }
        generation = UInt32(truncatingIfNeeded: contents.number(at: 8, size: 4))
        journalSize = contents.count - length
        var position = length
        while position < contents.count {
            switch JournalRecord.read(contents, at: position, generation: generation, index: journalCount, into: &bytes) {
            case .applied(let size):
                position += size
                journalCount += 1
            case .cut:
                endsInCutRecord = true
                position = contents.count
            case .corrupt: throw .badRecord(offset: position)
            }
        }
        layout = try ImageLayout(bytes)
    }

    /// The image as bytes, all records applied, with its checksum.
    public var encoded: [UInt8] {
        var encoded = bytes
        encoded.set(UInt64(generation), at: 8, size: 4)
        let checksum = CardImage.checksum(of: &encoded)
        encoded.set(UInt64(checksum), at: 16, size: 4)
        return encoded
    }

    public static func == (left: CardImage, right: CardImage) -> Bool { left.encoded == right.encoded }

    /// The checksum of an image; sets its checksum field to zero.
    static func checksum(of bytes: inout [UInt8]) -> UInt32 {
        bytes.set(0, at: 16, size: 4)
        var checksum = Checksum()
        checksum.add(bytes.span)
        return checksum.value
    }
}

/// Why bytes are not a card image. Nothing is ever written over contents that could not be read.
public enum CardImageError: Error, Equatable, Sendable {
    /// Fewer bytes than a header, or than the header says.
    case tooShort(expected: Int, came: Int)
    /// The first four bytes are not "HFUC".
    case notACardImage(came: UInt32)
    case unknownVersion(expected: UInt16, came: UInt16)
    /// The header's length is below a header or above ``CardImage/largestSize``.
    case wrongLength(came: Int)
    case wrongChecksum(expected: UInt32, came: UInt32)
    /// A journal record that is not the last one is damaged. The offset is into the contents.
    case badRecord(offset: Int)
    /// A section is missing, doubled, of an unknown kind or out of bounds. The offset is that of its directory entry.
    case badSection(offset: Int)
    /// A profile's algorithm is unknown, or its options or keys are not possible.
    case badAlgorithm(offset: Int)
    /// A PIN's record is not possible: counters above their maximum, or an unknown reference.
    case badPIN(offset: Int)
    /// A file's descriptor is not possible: no parent, bytes out of bounds, or a size that its records do not fill.
    case badFile(offset: Int)
    /// The applet's parameters, responders or security contexts are not possible.
    case badResident(offset: Int)
    /// The ISD-R's EID or state is not possible, or contradicts the applet's.
    case badDomain(offset: Int)
    /// The keys, the applications or the state of remote management are not possible.
    case badRemoteManagement(offset: Int)
    /// The state of policy updates is not possible, or it has nothing to go back to.
    case badPolicyUpdates(offset: Int)
    /// The memory could not be read.
    case memory(NonVolatileMemoryError)
}
