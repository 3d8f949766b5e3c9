import Wire

extension ByteWriter {
    /// Writes an INTEGER that is not negative, in the fewest bytes.
    mutating func derInteger(_ tag: UInt32, _ value: UInt32) {
        var bytes: [UInt8] = []
        var left = value
        repeat {
            bytes.insert(UInt8(truncatingIfNeeded: left), at: 0)
            left >>= 8
        } while left > 0
        if let first = bytes.first, first & 0x80 != 0 { bytes.insert(0, at: 0) }
        ber(tag, bytes)
    }

    /// Writes a BIT STRING of up to eight named bits, without the zeros at its end (X.690, 11.2.2).
    mutating func derBits(_ tag: UInt32, _ bits: UInt8) {
        ber(tag, bits == 0 ? [0] : [UInt8(truncatingIfNeeded: bits.trailingZeroBitCount), bits])
    }

    static func written(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        body(&writer)
        return writer.bytes
    }
}
