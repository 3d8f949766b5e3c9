import Cipher

/// 256 bits: a long key, TOP or TOPc, or the longest output of an authentication function.
public struct WideBlock: Equatable, Sendable {
    /// Bytes 0 to 15.
    public var high: Block
    /// Bytes 16 to 31.
    public var low: Block

    /// How many bytes it has.
    public static var size: Int { 32 }

    public init(high: Block, low: Block) {
        self.high = high
        self.low = low
    }

    /// Made of exactly these 32 bytes, or nil when there are more or fewer: a key must never be padded.
    public init?(exactly bytes: [UInt8]) {
        guard bytes.count == WideBlock.size else { return nil }
        self.init(bytes, at: 0)
    }

    /// Reads 32 bytes from `offset` on; bytes that are not there count as zero.
    init(_ bytes: [UInt8], at offset: Int) {
        self.init(high: Block(bytes, at: offset), low: Block(bytes, at: offset + Block.size))
    }

    /// The 32 bytes, first byte first.
    public var bytes: [UInt8] { high.bytes + low.bytes }
}
