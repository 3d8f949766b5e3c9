/// One record of the journal: the whole effect of one step of a command, as patches of the image.
struct JournalRecord {
    /// The largest record in bytes: room for both profiles' volatile files and the applet's state at once.
    static let largestSize = 16_384
    /// The length (2), then the same with every bit inverted: a damaged length must not make what follows look like a cut.
    private static let headerSize = 4
    private static let patchHeaderSize = 5
    private static let checksumSize = 4

    private(set) var bytes: [UInt8] = [0, 0, 0, 0]

    var isEmpty: Bool { bytes.count == JournalRecord.headerSize }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0, size: JournalRecord.headerSize)
    }

    /// Takes back the patches that were added since the record had this many bytes.
    mutating func remove(from size: Int) { bytes.removeLast(max(bytes.count - size, 0)) }

    /// Adds a patch. Returns false when the record would grow larger than `room`.
    mutating func patch(_ new: borrowing Span<UInt8>, at offset: Int, room: Int = largestSize) -> Bool {
        guard bytes.count + JournalRecord.patchHeaderSize + new.count + JournalRecord.checksumSize <= room,
            offset >= 0, offset < 1 << 24
        else { return false }
        bytes.append(UInt64(offset), size: 3)
        bytes.append(UInt64(new.count), size: 2)
        for index in new.indices { bytes.append(new[index]) }
        return true
    }

    /// Completes the record: nothing more is added before ``removeAll()``.
    mutating func seal(generation: UInt32, index: UInt32) {
        let size = UInt16(truncatingIfNeeded: bytes.count + JournalRecord.checksumSize)
        bytes.set(UInt64(size) << 16 | UInt64(~size), at: 0, size: JournalRecord.headerSize)
        var checksum = Checksum(generation: generation, index: index)
        checksum.add(bytes.span)
        bytes.append(UInt64(checksum.value), size: JournalRecord.checksumSize)
    }

    /// Applies the patches of a sealed or unsealed record.
    func apply(to image: inout [UInt8], sealed: Bool) {
        let end = bytes.count - (sealed ? JournalRecord.checksumSize : 0)
        _ = JournalRecord.apply(bytes, from: JournalRecord.headerSize, to: end, into: &image)
    }

    /// Applies the patches of an unsealed record that were added since it had this many bytes.
    func apply(to image: inout [UInt8], from size: Int) {
        _ = JournalRecord.apply(bytes, from: size, to: bytes.count, into: &image)
    }

    enum Reading: Equatable {
        case applied(size: Int)
        case cut
        case corrupt
    }

    /// Reads the record at `position` and applies it.
    ///
    /// A power cut leaves the beginning of the last record, and perhaps zeros after it. So a record is cut when it says that it is
    /// longer than what is there, when zeros follow a header that is not whole, or when it is the last one and its checksum is
    /// wrong: that damage to the last record looks the same is the price. Anything else is damage.
    static func read(
        _ contents: [UInt8], at position: Int, generation: UInt32, index: UInt32, into image: inout [UInt8]
    ) -> Reading {
        let remaining = contents.count - position
        guard remaining >= headerSize else { return .cut }
        let size = Int(contents.number(at: position, size: 2))
        guard UInt64(size ^ 0xFFFF) == contents.number(at: position + 2, size: 2), size >= headerSize + checksumSize,
            size <= largestSize
        else { return isErased(contents, from: position + headerSize) ? .cut : .corrupt }
        guard size <= remaining else { return .cut }
        let end = position + size
        let body = end - checksumSize
        var checksum = Checksum(generation: generation, index: index)
        for offset in position..<body { checksum.add(contents[offset]) }
        guard UInt64(checksum.value) == contents.number(at: body, size: checksumSize) else {
            return isErased(contents, from: end) ? .cut : .corrupt
        }
        return apply(contents, from: position + headerSize, to: body, into: &image) ? .applied(size: size) : .corrupt
    }

    private static func isErased(_ contents: [UInt8], from position: Int) -> Bool {
        for offset in position..<max(contents.count, position) where contents[offset] != 0 { return false }
        return true
    }

    private static func apply(_ record: [UInt8], from start: Int, to end: Int, into image: inout [UInt8]) -> Bool {
        var position = start
        while position < end {
            guard end - position >= patchHeaderSize else { return false }
            let offset = Int(record.number(at: position, size: 3))
            let count = Int(record.number(at: position + 3, size: 2))
            position += patchHeaderSize
            guard offset >= CardImage.headerSize, count <= end - position, offset <= image.count - count else { return false }
            for index in 0..<count { image[offset + index] = record[position + index] }
            position += count
        }
        return true
    }
}
