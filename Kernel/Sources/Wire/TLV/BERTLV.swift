/// A BER-TLV data object (ETSI TS 101 220, 7.1; ISO/IEC 7816-4, 5.2.2): a tag of one to three bytes, a length, a value.
public struct BERTLV: Equatable, Sendable {
    /// The tag's bytes as they are coded, the last one in the low byte: 0x62, 0x7F49, 0xBF5D.
    public let tag: UInt32
    /// Where the value lies in the bytes that were read.
    public let range: Range<Int>
    /// The value, a part of the bytes that were read.
    public let value: ArraySlice<UInt8>

    /// Whether the value is made of data objects again (bit 6 of the tag's first byte).
    public var isConstructed: Bool {
        let first = tag > 0xFFFF ? tag >> 16 : tag > 0xFF ? tag >> 8 : tag
        return first & 0x20 != 0
    }
}

extension ByteReader {
    /// Takes one BER-TLV; nil at the end.
    public mutating func berTLV() throws(TLVError) -> BERTLV? {
        guard !isAtEnd else { return nil }
        let start = offset
        let first = try tlvByte()
        // 00 and FF are no tags: they are what erased memory reads.
        guard first != 0 && first != 0xFF else { throw .tag(byte: first, offset: start) }
        var tag = UInt32(first)
        if first & 0x1F == 0x1F {
            var more = true
            while more {
                guard tag <= 0xFFFF else { throw .tag(byte: first, offset: start) }
                let next = try tlvByte()
                tag = tag << 8 | UInt32(next)
                more = next & 0x80 != 0
            }
        }
        let range = try tlvValue(try tlvLength())
        return BERTLV(tag: tag, range: range, value: bytes[range])
    }

    /// The value of the first BER-TLV with this tag among those that are left, without taking anything; nil when none has it.
    ///
    /// - Throws: what is wrong with a data object that comes before it.
    public func berTLV(tagged tag: UInt32) throws(TLVError) -> BERTLV? {
        var reader = self
        while let object = try reader.berTLV() {
            if object.tag == tag { return object }
        }
        return nil
    }
}

extension ByteWriter {
    /// Writes the bytes of a tag, which has no leading zero bytes.
    private mutating func berTag(_ tag: UInt32) {
        uint(UInt64(tag), size: tag > 0xFF_FFFF ? 4 : tag > 0xFFFF ? 3 : tag > 0xFF ? 2 : 1)
    }

    /// Writes a data object with this value.
    public mutating func ber(_ tag: UInt32, _ value: [UInt8]) {
        berTag(tag)
        tlvLength(value.count)
        append(value)
    }

    /// Writes a constructed data object whose value is what `body` writes.
    public mutating func ber(_ tag: UInt32, _ body: (inout ByteWriter) -> Void) {
        berTag(tag)
        lengthPrefixed(body)
    }
}
