/// One record of the journal: the whole effect of one step of a command, as patches of the image.
struct JournalRecord {
    /// The largest record in bytes: room for both profiles' volatile files and the applet's state at once.
    static let largestSize = 16_384
    private static let lengthSize = 2
    private static let patchHeaderSize = 5
    private static let checksumSize = 4

    private(set) var bytes: [UInt8] = [0, 0]

    var isEmpty: Bool { bytes.count == JournalRecord.lengthSize }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0, size: JournalRecord.lengthSize)
    }

    /// Adds a patch. Returns false when the record would grow too large.
    mutating func patch(_ new: borrowing Span<UInt8>, at offset: Int) -> Bool {
        guard bytes.count + JournalRecord.patchHeaderSize + new.count + JournalRecord.checksumSize <= JournalRecord.largestSize,
            offset >= 0, offset < 1 << 24
        else { return false }
        bytes.append(UInt64(offset), size: 3)
        bytes.append(UInt64(new.count), size: 2)
        for index in new.indices { bytes.append(new[index]) }
        return true
    }

    /// Completes the record: nothing more is added before ``removeAll()``.
    mutating func seal(generation: UInt32, index: UInt32) {
        bytes.set(UInt64(bytes.count + JournalRecord.checksumSize), at: 0, size: JournalRecord.lengthSize)
        var checksum = Checksum(generation: generation, index: index)
        checksum.add(bytes.span)
        bytes.append(UInt64(checksum.value), size: JournalRecord.checksumSize)
    }

    /// Applies the patches of a sealed or unsealed record.
    func apply(to image: inout [UInt8], sealed: Bool) {
        _ = JournalRecord.apply(bytes, from: JournalRecord.lengthSize, to: bytes.count - (sealed ? JournalRecord.checksumSize : 0), into: &image)
    }

    enum Reading: Equatable {
        case applied(size: Int)
        case cut
        case corrupt
    }

    /// Reads the record at `position` and applies it.
    ///
    /// A record that cannot be whole is cut when nothing, or nothing but zeros, follows it: that is what a power cut leaves. Anything
    /// else is damage.
    static func read(
        _ contents: [UInt8], at position: Int, generation: UInt32, index: UInt32, into image: inout [UInt8]
    ) -> Reading {
        let remaining = contents.count - position
        guard remaining >= lengthSize + checksumSize else { return .cut }
        let size = Int(contents.number(at: position, size: lengthSize))
        guard size <= remaining else { return .cut }
        let end = position + size
        if size >= lengthSize + checksumSize, size <= largestSize {
            var checksum = Checksum(generation: generation, index: index)
            let body = end - checksumSize
            for offset in position..<body { checksum.add(contents[offset]) }
            if UInt64(checksum.value) == contents.number(at: body, size: checksumSize) {
                return apply(contents, from: position + lengthSize, to: body, into: &image) ? .applied(size: size) : .corrupt
            }
        }
        for offset in end..<contents.count where contents[offset] != 0 { return .corrupt }
        return .cut
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
