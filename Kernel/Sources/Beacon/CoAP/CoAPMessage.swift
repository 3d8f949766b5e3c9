import Wire

/// A CoAP message over UDP (RFC 7252, 3).
public struct CoAPMessage: Equatable, Sendable {
    /// How a message is delivered (RFC 7252, 4).
    public enum Kind: UInt8, Equatable, Sendable {
        case confirmable = 0
        case nonConfirmable = 1
        case acknowledgement = 2
        case reset = 3
    }

    /// The longest message that is read, in bytes: what RFC 7252, 4.6 says fits everywhere.
    public static var sizeLimit: Int { 1152 }
    /// The most options that a message may have to be read.
    public static var optionLimit: Int { 16 }

    public var kind: Kind
    public var code: CoAPCode
    /// The message id, by which acknowledgements and duplicates are told.
    public var id: UInt16
    public var token: CoAPToken
    /// The options in the order of their numbers.
    public private(set) var options: [CoAPOption]
    public var payload: ArraySlice<UInt8>

    /// A message with these options, which need not be in order.
    public init(
        _ kind: Kind, _ code: CoAPCode, id: UInt16, token: CoAPToken = .none, options: [CoAPOption] = [],
        payload: ArraySlice<UInt8> = []
    ) {
        self.kind = kind
        self.code = code
        self.id = id
        self.token = token
        self.options = []
        self.options.reserveCapacity(options.count)
        self.payload = payload
        for option in options { append(option) }
    }

    /// Reads a datagram.
    public init(_ datagram: [UInt8]) throws(CoAPError) {
        guard datagram.count <= Self.sizeLimit else { throw .tooLong(bytes: datagram.count, limit: Self.sizeLimit) }
        var reader = ByteReader(datagram)
        let first: UInt8
        let code: CoAPCode
        do throws(Truncation) {
            first = try reader.byte()
            guard first >> 6 == 1 else { throw Truncation(needed: 0, left: 0, offset: 0) }
            code = CoAPCode(rawValue: try reader.byte())
            id = try reader.uint16()
        } catch {
            if let byte = datagram.first, byte >> 6 != 1 { throw .version(byte >> 6) }
            throw .truncated(error)
        }
        guard let kind = Kind(rawValue: first >> 4 & 3) else { throw .version(first >> 6) }
        self.kind = kind
        self.code = code
        if code == .empty {
            guard first & 0xF == 0, reader.isAtEnd else { throw .emptyMessageHasContent(bytes: reader.left) }
        } else if !code.isRequest && !code.isResponse {
            throw .code(code.rawValue)
        }
        let size = Int(first & 0xF)
        guard size <= CoAPToken.limit else { throw .tokenLength(first & 0xF) }
        do throws(Truncation) { token = CoAPToken(try reader.uint(size), count: size) } catch { throw .truncated(error) }
        options = try reader.coapOptions()
        payload = reader.rest
    }

    /// The datagram.
    public var encoded: [UInt8] {
        var size = 6 + token.count + payload.count
        for option in options { size += 5 + option.value.count }
        var writer = ByteWriter(capacity: size)
        writer.byte(0x40 | kind.rawValue << 4 | UInt8(truncatingIfNeeded: token.count))
        writer.byte(code.rawValue)
        writer.uint16(id)
        writer.uint(token.value, size: token.count)
        writer.coap(options, payload: payload)
        return writer.bytes
    }

    /// Adds an option behind those of the same number.
    public mutating func append(_ option: CoAPOption) {
        var place = options.count
        while place > 0 && options[place - 1].number > option.number { place -= 1 }
        options.insert(option, at: place)
    }

    /// The first option with this number.
    public func option(_ number: UInt16) -> CoAPOption? {
        for option in options where option.number == number { return option }
        return nil
    }
}
