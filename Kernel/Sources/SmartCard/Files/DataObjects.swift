/// The tag and the length that a BER-TLV data object begins with (TS 102 221, clause 11.3.0).
struct DataObjectHeader: Equatable {
    /// Asks for the list of all tags; no object may have it.
    static let tagList: UInt32 = 0x5C
    static let longestTag = 3

    let tag: UInt32
    let tagSize: Int
    /// Tag and length together.
    let size: Int
    /// Of the value.
    let length: Int
    /// The length is coded in as few bytes as it takes, which commands must do.
    let isShortest: Bool

    /// Reads tag and length; nil when they are not whole, or not of the standard's form. The value need not be there.
    init?(_ bytes: borrowing Span<UInt8>, at start: Int = 0) {
        guard let (tag, tagSize) = DataObjectHeader.tag(bytes, at: start) else { return nil }
        self.tag = tag
        self.tagSize = tagSize
        let place = start + tagSize
        guard place < bytes.count else { return nil }
        let first = bytes[place]
        if first < 0x80 {
            length = Int(first)
            size = tagSize + 1
            isShortest = true
            return
        }
        let count = Int(first & 0x7F)
        guard count >= 1, count <= 3, count < bytes.count - place else { return nil }
        var length = 0
        for index in 1...count { length = length << 8 | Int(bytes[place + index]) }
        self.length = length
        size = tagSize + 1 + count
        isShortest = length >= 0x80 && length >> (8 * (count - 1)) > 0
    }

    /// A tag of one to three bytes, as they are coded, and how many they are. 00 and FF begin none: erased memory reads so.
    static func tag(_ bytes: borrowing Span<UInt8>, at start: Int = 0) -> (tag: UInt32, size: Int)? {
        guard start >= 0, start < bytes.count, bytes[start] != 0x00, bytes[start] != 0xFF else { return nil }
        var tag = UInt32(bytes[start])
        guard tag & 0x1F == 0x1F else { return (tag, 1) }
        for size in 2...longestTag {
            guard start + size <= bytes.count else { return nil }
            let next = bytes[start + size - 1]
            tag = tag << 8 | UInt32(next)
            if next & 0x80 == 0 { return (tag, size) }
        }
        return nil
    }
}

/// What a BER-TLV structure EF holds (TS 102 221, clause 8.2.2.4): data objects, each tag at most once.
///
/// In the image it has an area of fixed size: how many bytes of objects there are (2), the objects one after the other, then zeros.
struct DataObjects {
    static let countSize = 2

    /// Where the objects lie in the image.
    let range: Range<Int>
    private let node: FileNode

    init(_ node: FileNode, in image: [UInt8]) {
        self.node = node
        let start = node.offset + DataObjects.countSize
        let count = Int(image.number(at: node.offset, size: DataObjects.countSize))
        range = start..<start + min(count, DataObjects.capacity(of: node))
    }

    /// The most bytes of objects that there may be.
    static func capacity(of node: FileNode) -> Int { max(node.size - countSize, 0) }

    /// The area of a file with these objects. Objects that do not fit are found when the image is read.
    static func encoded(_ objects: [UInt8], capacity: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(UInt64(truncatingIfNeeded: objects.count), size: countSize)
        bytes.append(contentsOf: objects)
        let size = min(max(capacity, 0), FileNode.largestDataObjects) + countSize
        if bytes.count < size { bytes.append(contentsOf: [UInt8](repeating: 0, count: size - bytes.count)) }
        return bytes
    }

    /// Whether the area is what it should be: so many bytes as it says, all of them objects.
    func isWhole(in image: [UInt8]) -> Bool {
        guard Int(image.number(at: node.offset, size: DataObjects.countSize)) == range.count else { return false }
        var place = range.lowerBound
        while place < range.upperBound {
            guard let object = object(at: place, in: image) else { return false }
            place = object.range.upperBound
        }
        return true
    }

    private func object(at place: Int, in image: [UInt8]) -> (header: DataObjectHeader, range: Range<Int>)? {
        guard place < range.upperBound, range.upperBound <= image.count,
            let header = DataObjectHeader(image.span.extracting(place..<range.upperBound)),
            header.size + header.length <= range.upperBound - place
        else { return nil }
        return (header, place..<place + header.size + header.length)
    }

    /// Where the object with this tag lies, tag and length included.
    func find(_ tag: UInt32, in image: [UInt8]) -> Range<Int>? {
        var place = range.lowerBound
        while let object = object(at: place, in: image) {
            if object.header.tag == tag { return object.range }
            place = object.range.upperBound
        }
        return nil
    }

    /// All tags as one data object, 5C.
    func tagList(in image: [UInt8]) -> [UInt8] {
        var tags: [UInt8] = []
        var place = range.lowerBound
        while let object = object(at: place, in: image) {
            tags.append(contentsOf: image[place..<place + object.header.tagSize])
            place = object.range.upperBound
        }
        var list: [UInt8] = [UInt8(DataObjectHeader.tagList)]
        if tags.count > 0xFF {
            list.append(0x82)
            list.append(UInt64(tags.count), size: 2)
        } else {
            if tags.count > 0x7F { list.append(0x81) }
            list.append(UInt8(truncatingIfNeeded: tags.count))
        }
        return list + tags
    }

    /// Whether an object of this many bytes fits in the place of the one that has its tag now.
    func hasRoom(for size: Int, inPlaceOf tag: UInt32, in image: [UInt8]) -> Bool {
        range.count - (find(tag, in: image)?.count ?? 0) + size <= DataObjects.capacity(of: node)
    }

    /// The area with an object in the place of the one with its tag, or last; or, with an empty object, without the one with the
    /// tag. Zeros overwrite what is no longer used.
    func replacing(_ tag: UInt32, with object: [UInt8], in image: [UInt8]) -> [UInt8] {
        let old = find(tag, in: image) ?? range.upperBound..<range.upperBound
        var area: [UInt8] = []
        area.append(UInt64(range.count - old.count + object.count), size: DataObjects.countSize)
        area.append(contentsOf: image[range.lowerBound..<old.lowerBound])
        area.append(contentsOf: object)
        area.append(contentsOf: image[old.upperBound..<range.upperBound])
        let used = DataObjects.countSize + range.count
        if area.count < used { area.append(contentsOf: [UInt8](repeating: 0, count: used - area.count)) }
        return area
    }
}
