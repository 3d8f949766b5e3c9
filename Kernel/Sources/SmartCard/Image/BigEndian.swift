// Numbers at fixed places of an image. Offsets come from a layout that was checked when the image was read; a wrong one reads zero
// and writes nothing, because a card must not stop for a programming error.
extension [UInt8] {
    func byte(at offset: Int) -> UInt8 {
        offset >= 0 && offset < count ? self[offset] : 0
    }

    /// The big-endian number in `size` (1 to 8) bytes from `offset` on.
    func number(at offset: Int, size: Int) -> UInt64 {
        guard offset >= 0, size <= 8, offset <= count - size else { return 0 }
        var number: UInt64 = 0
        for index in 0..<size { number = number << 8 | UInt64(self[offset + index]) }
        return number
    }

    mutating func set(_ number: UInt64, at offset: Int, size: Int) {
        guard offset >= 0, size <= 8, offset <= count - size else { return }
        for index in 0..<size { self[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - index))) }
    }

    mutating func append(_ number: UInt64, size: Int) {
        for index in 0..<size { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - index)))) }
    }
}
