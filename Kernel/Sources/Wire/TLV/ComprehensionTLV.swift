/// A COMPREHENSION-TLV data object (ETSI TS 101 220, 7.1.1.2), of which the commands and answers of the card application toolkit are made.
public struct ComprehensionTLV: Equatable, Sendable {
    /// The tag without its flag: 0x01 to 0x7E in one byte, or 0x0001 to 0x7FFF in three.
    public let tag: UInt16
    /// Whether a receiver that does not know the tag must refuse the whole message (the CR flag).
    public let comprehensionRequired: Bool
    /// Where the value lies in the bytes that were read.
    public let range: Range<Int>
    /// The value, a part of the bytes that were read.
    public let value: ArraySlice<UInt8>
}

extension ByteReader {
    /// Takes one COMPREHENSION-TLV; nil at the end.
    public mutating func comprehensionTLV() throws(TLVError) -> ComprehensionTLV? {
        guard !isAtEnd else { return nil }
        let start = offset
        let first = try tlvByte()
        // 00 and FF are not used and 80 is reserved (TS 101 220, table 7.23).
        guard first != 0 && first != 0x80 && first != 0xFF else { throw .tag(byte: first, offset: start) }
        var tag = UInt16(first & 0x7F)
        var required = first & 0x80 != 0
        if first == 0x7F {
            let high = try tlvByte()
            let low = try tlvByte()
            tag = UInt16(high & 0x7F) << 8 | UInt16(low)
            required = high & 0x80 != 0
        }
        let range = try tlvValue(try tlvLength())
        return ComprehensionTLV(tag: tag, comprehensionRequired: required, range: range, value: bytes[range])
    }

    /// The first COMPREHENSION-TLV with this tag among those that are left, without taking anything; nil when none has it.
    ///
    /// - Throws: what is wrong with a data object that comes before it.
    public func comprehensionTLV(tagged tag: UInt16) throws(TLVError) -> ComprehensionTLV? {
        var reader = self
        while let object = try reader.comprehensionTLV() {
            if object.tag == tag { return object }
        }
        return nil
    }
}

extension ByteWriter {
    private mutating func comprehensionTag(_ tag: UInt16, required: Bool) {
        if tag < 0x7F {
            byte(UInt8(tag) | (required ? 0x80 : 0))
        } else {
            byte(0x7F)
            uint16(tag & 0x7FFF | (required ? 0x8000 : 0))
        }
    }

    /// Writes a data object with this value. Tags from 0x7F on take the three-byte form.
    public mutating func comprehension(_ tag: UInt16, required: Bool = true, _ value: [UInt8]) {
        comprehensionTag(tag, required: required)
        tlvLength(value.count)
        append(value)
    }

    /// Writes a data object whose value is what `body` writes.
    public mutating func comprehension(_ tag: UInt16, required: Bool = true, _ body: (inout ByteWriter) -> Void) {
        comprehensionTag(tag, required: required)
        lengthPrefixed(body)
    }
}
