import Cipher
import Wire

/// One request and its answer: what the answer's protection is bound to (RFC 8613, 5.4 and 7.1).
public struct OSCOREExchange: Equatable, Sendable {
    /// Who sent the request.
    public let requester: EndpointIdentifier
    /// The request's sequence number, its Partial IV.
    public let sequence: UInt64

    /// AES-CCM-16-64-128 in COSE (RFC 9053, 4.2).
    static var algorithm: UInt64 { 10 }

    public init(requester: EndpointIdentifier, sequence: UInt64) {
        self.requester = requester
        self.sequence = sequence
    }

    /// The additional authenticated data of the request and of its answer: the Enc_structure of COSE around
    /// [1, [alg], request_kid, request_piv, options], where the options are empty because no option is of class I.
    public var additionalData: [UInt8] {
        let size = OSCOREOption.size(of: sequence)
        var writer = ByteWriter(capacity: 32)
        writer.byte(0x83)
        // "Encrypt0" as a text of eight bytes, then the empty protected header.
        writer.uint64(0x6845_6E63_7279_7074)
        writer.uint16(0x3040)
        writer.byte(0x40 | UInt8(truncatingIfNeeded: 7 + requester.count + size))
        writer.uint32(0x8501_8100 | UInt32(truncatingIfNeeded: OSCOREExchange.algorithm))
        writer.byte(0x40 | UInt8(truncatingIfNeeded: requester.count))
        writer.uint(requester.value, size: requester.count)
        writer.byte(0x40 | UInt8(truncatingIfNeeded: size))
        writer.uint(sequence, size: size)
        writer.byte(0x40)
        return writer.bytes
    }
}

extension CCMNonce {
    /// The nonce of a message with a Partial IV of this endpoint, before the Common IV is added: the identifier's length, the identifier
    /// in seven bytes and the number in five (RFC 8613, 5.2).
    init(_ id: EndpointIdentifier, _ sequence: UInt64) {
        self.init(high: UInt64(truncatingIfNeeded: id.count) << 56 | id.value, low: sequence)
    }
}
