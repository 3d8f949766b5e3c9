/// Reads CBOR (RFC 8949) item by item: a strict subset for messages that come from outside.
///
/// It takes unsigned and negative integers, byte and text strings, arrays, maps, false, true and null, in the deterministic encoding of
/// RFC 8949, 4.2.1 alone: numbers in their shortest form, definite lengths. Nothing is built but what is asked for.
public struct CBORReader: Sendable {
    /// How deep arrays and maps may lie in one another in an item that is skipped or checked.
    public static var depthLimit: Int { 8 }

    private var reader: ByteReader

    public init(_ reader: ByteReader) {
        self.reader = reader
    }

    public init(_ bytes: [UInt8]) {
        self.init(ByteReader(bytes))
    }

    /// Where the next item starts.
    public var offset: Int { reader.offset }
    /// Whether there is no further item.
    public var isAtEnd: Bool { reader.isAtEnd }

    /// The next item's kind, without taking it; nil at the end.
    public func kind() throws(CBORError) -> CBORKind? {
        guard let byte = reader.next else { return nil }
        switch byte >> 5 {
        case 0: return .uint
        case 1: return .nint
        case 2: return .bytes
        case 3: return .text
        case 4: return .array
        case 5: return .map
        case 7 where byte == 0xF4 || byte == 0xF5: return .bool
        case 7 where byte == 0xF6: return .null
        default: throw .unsupported(byte: byte, offset: reader.offset)
        }
    }

    /// Takes an unsigned integer of at most `limit`.
    public mutating func uint(max limit: UInt64 = .max) throws(CBORError) -> UInt64 {
        let start = offset
        let value = try head(.uint)
        guard value <= limit else { throw .tooLarge(value: value, limit: limit, offset: start) }
        return value
    }

    /// Takes an unsigned integer that fits into 32 bits.
    public mutating func uint32() throws(CBORError) -> UInt32 { UInt32(truncatingIfNeeded: try uint(max: UInt64(UInt32.max))) }

    /// Takes a negative integer and gives n, where the integer is -1 - n.
    public mutating func nint() throws(CBORError) -> UInt64 { try head(.nint) }

    /// Takes an integer of either sign that fits into 64 bits with its sign.
    public mutating func int() throws(CBORError) -> Int64 {
        let start = offset
        let negative = try kind() == .nint
        let value = try negative ? nint() : uint()
        guard let magnitude = Int64(exactly: value) else { throw .tooLarge(value: value, limit: UInt64(Int64.max), offset: start) }
        return negative ? -1 - magnitude : magnitude
    }

    /// Takes a byte string of at most `limit` bytes.
    public mutating func bytes(max limit: Int = .max) throws(CBORError) -> ArraySlice<UInt8> {
        reader.bytes[try string(.bytes, limit)]
    }

    /// Takes a text string of at most `limit` bytes and gives its UTF-8, which was checked.
    public mutating func text(max limit: Int = .max) throws(CBORError) -> ArraySlice<UInt8> {
        let start = offset
        let range = try string(.text, limit)
        guard isUTF8(reader.bytes, range) else { throw .notUTF8(offset: start) }
        return reader.bytes[range]
    }

    /// Takes the head of an array and gives how many items follow: at most `limit`, and never more than there are bytes left.
    public mutating func array(max limit: Int = .max) throws(CBORError) -> Int { try count(.array, limit, each: 1) }

    /// Takes the head of a map and gives how many pairs follow: at most `limit`, and never more than there are bytes left for.
    public mutating func map(max limit: Int = .max) throws(CBORError) -> Int { try count(.map, limit, each: 2) }

    /// Takes a map's key that is an unsigned integer and comes after `previous`, the key before it.
    public mutating func key(after previous: UInt64?) throws(CBORError) -> UInt64 {
        let start = offset
        let key = try head(.uint)
        if let previous, key <= previous { throw .keyOrder(offset: start) }
        return key
    }

    public mutating func bool() throws(CBORError) -> Bool {
        try expect(.bool)
        return try byte() == 0xF5
    }

    public mutating func null() throws(CBORError) {
        try expect(.null)
        _ = try byte()
    }

    /// Takes one item whatever it is, checking all of it: kinds, shortest forms, UTF-8, order of keys, depth.
    public mutating func skip() throws(CBORError) {
        try skip(depth: 0)
    }

    /// Checks that nothing follows.
    public func finish() throws(CBORError) {
        guard reader.isAtEnd else { throw .trailing(bytes: reader.left, offset: reader.offset) }
    }

    private mutating func skip(depth: Int) throws(CBORError) {
        let start = offset
        guard let kind = try kind() else { throw .truncated(Truncation(needed: 1, left: 0, offset: start)) }
        switch kind {
        case .uint: _ = try uint()
        case .nint: _ = try nint()
        case .bytes: _ = try bytes()
        case .text: _ = try text()
        case .bool: _ = try bool()
        case .null: try null()
        case .array, .map:
            guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit, offset: start) }
            if kind == .array {
                for _ in 0..<(try array()) { try skip(depth: depth + 1) }
            } else {
                try skipPairs(try map(), depth: depth)
            }
        }
    }

    private mutating func skipPairs(_ count: Int, depth: Int) throws(CBORError) {
        var previous: Range<Int>?
        for _ in 0..<count {
            let start = offset
            try skip(depth: depth + 1)
            let key = start..<offset
            if let previous, !reader.bytes[previous].lexicographicallyPrecedes(reader.bytes[key]) { throw .keyOrder(offset: start) }
            previous = key
            try skip(depth: depth + 1)
        }
    }

    private func expect(_ expected: CBORKind) throws(CBORError) {
        guard let came = try kind() else { throw .truncated(Truncation(needed: 1, left: 0, offset: reader.offset)) }
        guard came == expected else { throw .kind(expected: expected, came: came, offset: reader.offset) }
    }

    /// Takes an initial byte and the number that belongs to it (RFC 8949, 3).
    private mutating func head(_ expected: CBORKind) throws(CBORError) -> UInt64 {
        try expect(expected)
        let start = offset
        let initial = try byte()
        let information = initial & 0x1F
        switch information {
        case 0...23: return UInt64(information)
        case 24...27:
            let size = 1 << Int(information - 24)
            let value: UInt64
            do throws(Truncation) { value = try reader.uint(size) } catch { throw .truncated(error) }
            let least: UInt64 = size == 1 ? 24 : 1 << UInt64(size * 4)
            guard value >= least else { throw .notShortest(offset: start) }
            return value
        default: throw .unsupported(byte: initial, offset: start)
        }
    }

    private mutating func byte() throws(CBORError) -> UInt8 {
        do throws(Truncation) { return try reader.byte() } catch { throw .truncated(error) }
    }

    private mutating func string(_ kind: CBORKind, _ limit: Int) throws(CBORError) -> Range<Int> {
        let start = offset
        let length = try head(kind)
        guard length <= UInt64(max(0, limit)) else { throw .tooLarge(value: length, limit: UInt64(max(0, limit)), offset: start) }
        guard let count = Int(exactly: length) else {
            throw .truncated(Truncation(needed: .max, left: reader.left, offset: reader.offset))
        }
        do throws(Truncation) { return try reader.range(count) } catch { throw .truncated(error) }
    }

    /// A count that the bytes left could not hold is refused here, so that nobody loops or reserves for it.
    private mutating func count(_ kind: CBORKind, _ limit: Int, each: Int) throws(CBORError) -> Int {
        let start = offset
        let count = try head(kind)
        guard count <= UInt64(max(0, limit)) else { throw .tooLarge(value: count, limit: UInt64(max(0, limit)), offset: start) }
        guard count <= UInt64(reader.left / each) else {
            let needed = Int(exactly: count) ?? .max
            throw .truncated(Truncation(needed: needed, left: reader.left, offset: reader.offset))
        }
        return Int(count)
    }
}

/// Whether the bytes are well-formed UTF-8 (RFC 3629, 4): no overlong forms, no surrogates, nothing above U+10FFFF.
private func isUTF8(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
        let first = bytes[index]
        var least: UInt8 = 0x80
        var most: UInt8 = 0xBF
        let more: Int
        switch first {
        case 0...0x7F: more = 0
        case 0xC2...0xDF: more = 1
        case 0xE0...0xEF:
            more = 2
            if first == 0xE0 { least = 0xA0 }
            if first == 0xED { most = 0x9F }
        case 0xF0...0xF4:
            more = 3
            if first == 0xF0 { least = 0x90 }
            if first == 0xF4 { most = 0x8F }
        default: return false
        }
        guard range.upperBound - index > more else { return false }
        for step in 0..<more {
            let next = bytes[index + 1 + step]
            guard next >= (step == 0 ? least : 0x80) && next <= (step == 0 ? most : 0xBF) else { return false }
        }
        index += 1 + more
    }
    return true
}
