/// Fewer bytes were left than were asked for.
public struct Truncation: Error, Equatable, Sendable {
    /// How many bytes were asked for.
    public let needed: Int
    /// How many there were.
    public let left: Int
    /// Where the reader stood, counted from the start of the whole array.
    public let offset: Int

    @inlinable
    public init(needed: Int, left: Int, offset: Int) {
        self.needed = needed
        self.left = left
        self.offset = offset
    }
}

/// A cursor over bytes that came from outside: it never reads past its end, and says where it stood when there was too little.
///
/// Offsets count from the start of the whole array, also in a reader over a part of it, so that an error can be found in the input.
public struct ByteReader: Sendable {
    /// The whole array; it is shared, not copied.
    public let bytes: [UInt8]
    /// The place of the next byte.
    public private(set) var offset: Int
    /// The place after the last byte of this reader's part.
    public let end: Int

    /// A reader over all of `bytes`.
    public init(_ bytes: [UInt8]) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// A reader over the part of `bytes` that lies in `range`; what of the range lies outside of the array is left out.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        let clamped = range.clamped(to: 0..<bytes.count)
        self.bytes = bytes
        self.offset = clamped.lowerBound
        self.end = clamped.upperBound
    }

    /// How many bytes are left.
    public var left: Int { end - offset }
    /// Whether no byte is left.
    public var isAtEnd: Bool { offset >= end }
    /// The next byte, without taking it; nil at the end.
    public var next: UInt8? { offset < end ? bytes[offset] : nil }
    /// What is left, without taking it.
    public var rest: ArraySlice<UInt8> { bytes[offset..<end] }

    /// Takes one byte.
    public mutating func byte() throws(Truncation) -> UInt8 {
        guard offset < end else { throw Truncation(needed: 1, left: 0, offset: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// Takes a big-endian number of `size` bytes, 0 to 8; a larger size is an error, as if the bytes were not there.
    public mutating func uint(_ size: Int) throws(Truncation) -> UInt64 {
        guard size >= 0 && size <= 8 else { throw Truncation(needed: size, left: left, offset: offset) }
        var value: UInt64 = 0
        for index in try range(size) { value = value << 8 | UInt64(bytes[index]) }
        return value
    }

    /// Takes a big-endian 16-bit number.
    public mutating func uint16() throws(Truncation) -> UInt16 { UInt16(truncatingIfNeeded: try uint(2)) }
    /// Takes a big-endian 32-bit number.
    public mutating func uint32() throws(Truncation) -> UInt32 { UInt32(truncatingIfNeeded: try uint(4)) }
    /// Takes a big-endian 64-bit number.
    public mutating func uint64() throws(Truncation) -> UInt64 { try uint(8) }

    /// Takes `count` bytes and says where in `bytes` they are.
    public mutating func range(_ count: Int) throws(Truncation) -> Range<Int> {
        guard count >= 0 && count <= left else { throw Truncation(needed: count, left: left, offset: offset) }
        defer { offset += count }
        return offset..<offset + count
    }

    /// Takes `count` bytes.
    public mutating func slice(_ count: Int) throws(Truncation) -> ArraySlice<UInt8> { bytes[try range(count)] }

    /// Takes `count` bytes as a reader of their own.
    public mutating func reader(_ count: Int) throws(Truncation) -> ByteReader { ByteReader(bytes, in: try range(count)) }

    /// Takes `count` bytes and drops them.
    public mutating func skip(_ count: Int) throws(Truncation) { _ = try range(count) }
}
