import Wire

/// The content of EF.SUCI_Calc_Info: how the home network wants the subscription identifier concealed (3GPP TS 31.102, clause
/// 4.4.11.8).
public struct SUCICalculationInformation: Equatable, Sendable {
    /// One entry of the Protection Scheme Identifier List.
    public struct Scheme: Equatable, Sendable {
        /// The scheme: 0 is the null scheme, 1 profile A, 2 profile B (TS 33.501, annex C.1).
        public var identifier: UInt8
        /// Which key of the list it takes, counted from 1; zero for none.
        public var keyIndex: UInt8

        public init(identifier: UInt8, keyIndex: UInt8) {
            self.identifier = identifier
            self.keyIndex = keyIndex
        }
    }

    /// One entry of the Home Network Public Key List.
    public struct PublicKey: Equatable, Sendable {
        /// The Home Network Public Key Identifier, which goes to the network.
        public var identifier: UInt8
        public var bytes: [UInt8]

        public init(identifier: UInt8, bytes: [UInt8]) {
            self.identifier = identifier
            self.bytes = bytes
        }
    }

    /// The most schemes that are read.
    public static let mostSchemes = 16
    /// The most keys that are read.
    public static let mostKeys = 16
    /// The longest key in bytes: a point of secp256r1 that is not compressed.
    public static let longestKey = 65

    /// The schemes, the best first.
    public var schemes: [Scheme]
    public var keys: [PublicKey]

    public init(schemes: [Scheme], keys: [PublicKey]) {
        self.schemes = schemes
        self.keys = keys
    }

    /// Why content is not that of EF.SUCI_Calc_Info. Offsets are into the content.
    public enum Problem: Error, Equatable, Sendable {
        /// A data object is damaged.
        case tlv(TLVError)
        /// Not the data object that belongs there.
        case unexpectedTag(expected: UInt32, came: UInt32, offset: Int)
        /// A Protection Scheme Identifier List of an odd number of bytes, or of too many.
        case schemeList(length: Int, offset: Int)
        /// A key's identifier that is not one byte.
        case keyIdentifier(length: Int, offset: Int)
        /// A key without a byte, or longer than any.
        case keyLength(length: Int, offset: Int)
        /// A key's identifier with no key after it.
        case noKey(offset: Int)
        case tooManyKeys(limit: Int, offset: Int)
    }

    private enum Tag {
        static let schemes: UInt32 = 0xA0
        static let keys: UInt32 = 0xA1
        static let keyIdentifier: UInt32 = 0x80
        static let key: UInt32 = 0x81
    }

    /// Reads the file. Bytes FF after the data objects are room for more, and a file of nothing else names no scheme and no key.
    public init(_ content: [UInt8]) throws(Problem) {
        schemes = []
        keys = []
        var reader = ByteReader(content)
        guard let list = try SUCICalculationInformation.next(&reader, Tag.schemes) else { return }
        guard list.value.count % 2 == 0, list.value.count <= 2 * SUCICalculationInformation.mostSchemes else {
            throw .schemeList(length: list.value.count, offset: list.range.lowerBound)
        }
        for place in stride(from: list.range.lowerBound, to: list.range.upperBound, by: 2) {
            schemes.append(Scheme(identifier: content[place], keyIndex: content[place + 1]))
        }
        guard let list = try SUCICalculationInformation.next(&reader, Tag.keys) else { return }
        var inner = ByteReader(content, in: list.range)
        while let identifier = try SUCICalculationInformation.next(&inner, Tag.keyIdentifier) {
            guard let value = identifier.value.first, identifier.value.count == 1 else {
                throw .keyIdentifier(length: identifier.value.count, offset: identifier.range.lowerBound)
            }
            guard keys.count < SUCICalculationInformation.mostKeys else {
                throw .tooManyKeys(limit: SUCICalculationInformation.mostKeys, offset: identifier.range.lowerBound)
            }
            let end = inner.offset
            guard let key = try SUCICalculationInformation.next(&inner, Tag.key) else { throw .noKey(offset: end) }
            guard !key.value.isEmpty, key.value.count <= SUCICalculationInformation.longestKey else {
                throw .keyLength(length: key.value.count, offset: key.range.lowerBound)
            }
            keys.append(PublicKey(identifier: value, bytes: Array(key.value)))
        }
    }

    /// The next data object, which must have this tag; nil at the end, or where only unused bytes are left.
    private static func next(_ reader: inout ByteReader, _ tag: UInt32) throws(Problem) -> BERTLV? {
        let offset = reader.offset
        if reader.rest.allSatisfy({ $0 == 0xFF }) { return nil }
        let object: BERTLV?
        do throws(TLVError) { object = try reader.berTLV() } catch { throw .tlv(error) }
        if let came = object?.tag, came != tag { throw .unexpectedTag(expected: tag, came: came, offset: offset) }
        return object
    }

    /// The file's bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.ber(Tag.schemes, schemes.flatMap { [$0.identifier, $0.keyIndex] })
        writer.ber(Tag.keys) { list in
            for key in keys {
                list.ber(Tag.keyIdentifier, [key.identifier])
                list.ber(Tag.key, key.bytes)
            }
        }
        return writer.bytes
    }
}
