/// One 128-bit block of AES, or a 128-bit key: sixteen bytes, held as two big-endian halves (FIPS 197, 3.4).
public struct Block: Equatable, Sendable {
    /// Bytes 0 to 7, the first byte in the most significant place.
    public var high: UInt64
    /// Bytes 8 to 15, the first byte in the most significant place.
    public var low: UInt64

    /// How many bytes a block has.
    public static var size: Int { 16 }

    /// The block of sixteen zero bytes.
    public static var zero: Block { Block(high: 0, low: 0) }

    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads sixteen bytes from `offset` on. Bytes that are not there count as zero, which is how CCM pads.
    @inlinable
    public init(_ bytes: [UInt8], at offset: Int = 0) {
        self.init(bytes.span, at: offset)
    }

    /// Reads sixteen bytes from `offset` on. Bytes that are not there count as zero, which is how CCM pads.
    @inlinable
    public init(_ bytes: borrowing Span<UInt8>, at offset: Int = 0) {
        let count = bytes.count
        var high: UInt64 = 0
        var low: UInt64 = 0
        if offset >= 0 && count >= Block.size && offset <= count - Block.size {
            for index in 0..<8 {
                high = high << 8 | UInt64(bytes[offset + index])
                low = low << 8 | UInt64(bytes[offset + 8 + index])
            }
        } else if offset >= 0 && offset < count {
            for index in 0..<(count - offset) {
                let byte = UInt64(bytes[offset + index])
                if index < 8 { high |= byte << UInt64(56 - 8 * index) } else { low |= byte << UInt64(120 - 8 * index) }
            }
        }
        self.init(high: high, low: low)
    }

    /// The block made of exactly these sixteen bytes, or nil when there are more or fewer: for keys, which must never be padded.
    @inlinable
    public init?(exactly bytes: [UInt8]) {
        guard bytes.count == Block.size else { return nil }
        self.init(bytes)
    }

    /// Byte `index`, counted from 0 at the most significant end; only the low four bits of the index count.
    @inlinable
    public subscript(index: Int) -> UInt8 {
        get {
            let shift = UInt64(truncatingIfNeeded: 56 - 8 * (index & 7))
            return UInt8(truncatingIfNeeded: (index & 8 == 0 ? high : low) >> shift)
        }
        set {
            let shift = UInt64(truncatingIfNeeded: 56 - 8 * (index & 7))
            let mask = ~(0xFF << shift as UInt64)
            if index & 8 == 0 {
                high = high & mask | UInt64(newValue) << shift
            } else {
                low = low & mask | UInt64(newValue) << shift
            }
        }
    }

    /// The sixteen bytes, first byte first.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Block.size) { buffer, count in
            for index in 0..<Block.size { buffer[index] = self[index] }
            count = Block.size
        }
    }

    @inlinable
    public static func ^ (left: Block, right: Block) -> Block {
        Block(high: left.high ^ right.high, low: left.low ^ right.low)
    }

    @inlinable
    public static func ^= (left: inout Block, right: Block) {
        left = left ^ right
    }

    /// The block rotated towards its most significant bit by `bits` (0 to 127), as MILENAGE rotates (TS 35.206, 4.1).
    @inlinable
    public func rotated(left bits: Int) -> Block {
        let turned = bits & 64 == 0 ? self : Block(high: low, low: high)
        let rest = UInt64(truncatingIfNeeded: bits & 63)
        if rest == 0 { return turned }
        return Block(
            high: turned.high << rest | turned.low >> (64 - rest),
            low: turned.low << rest | turned.high >> (64 - rest)
        )
    }
}
