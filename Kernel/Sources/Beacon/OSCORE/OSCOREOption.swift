import Wire

/// What the OSCORE option says: the compressed COSE object's header (RFC 8613, 6.1).
public struct OSCOREOption: Equatable, Sendable {
    /// The Partial IV: the sender's sequence number, at most `SenderSequence.limit`.
    public var partialIV: UInt64?
    /// The context hint.
    public var kidContext: ArraySlice<UInt8>?
    /// The sender's identifier; nil where the option has none. A longer one than seven bytes is refused: nobody can have it.
    public var kid: EndpointIdentifier?

    public init(partialIV: UInt64? = nil, kidContext: ArraySlice<UInt8>? = nil, kid: EndpointIdentifier? = nil) {
        self.partialIV = partialIV
        self.kidContext = kidContext
        self.kid = kid
    }

    /// Reads the option's value.
    ///
    /// - Throws: `OSCOREError.option` for reserved bits and lengths, for a Partial IV with leading zeros (the same number must not have
    ///   two forms, for only one of them is authenticated), for fields that are cut short and for bytes that belong to no field.
    public init(_ value: ArraySlice<UInt8>) throws(OSCOREError) {
        guard let flags = value.first else { return }
        let size = Int(flags & 7)
        // All bits zero must be said with an empty value.
        guard flags != 0, flags & 0xE0 == 0, size <= 5 else { throw .option }
        var rest = value.dropFirst()
        if size > 0 {
            let field = rest.prefix(size)
            guard field.count == size, let first = field.first, first != 0 || size == 1 else { throw .option }
            var number: UInt64 = 0
            for byte in field { number = number << 8 | UInt64(byte) }
            partialIV = number
            rest = rest.dropFirst(size)
        }
        if flags & 0x10 != 0 {
            guard let length = rest.first else { throw .option }
            rest = rest.dropFirst()
            guard rest.count >= Int(length) else { throw .option }
            kidContext = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        if flags & 0x08 != 0 {
            guard let identifier = EndpointIdentifier(rest) else { throw .option }
            kid = identifier
        } else if !rest.isEmpty {
            throw .option
        }
    }

    /// The option's value.
    public var encoded: [UInt8] {
        var flags: UInt8 = 0
        var writer = ByteWriter(capacity: 16)
        if let partialIV { flags |= UInt8(truncatingIfNeeded: OSCOREOption.size(of: partialIV)) }
        if kidContext != nil { flags |= 0x10 }
        if kid != nil { flags |= 0x08 }
        if flags == 0 { return [] }
        writer.byte(flags)
        if let partialIV { writer.uint(partialIV, size: OSCOREOption.size(of: partialIV)) }
        if let kidContext {
            let field = kidContext.prefix(255)
            writer.byte(UInt8(truncatingIfNeeded: field.count))
            writer.append(field)
        }
        if let kid { writer.uint(kid.value, size: kid.count) }
        return writer.bytes
    }

    /// How many bytes a Partial IV takes: one for 0, else as many as the number needs, five at most.
    static func size(of partialIV: UInt64) -> Int {
        min(5, max(1, (64 - partialIV.leadingZeroBitCount + 7) / 8))
    }
}
