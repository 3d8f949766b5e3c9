import Wire

/// Why bytes are no CoAP message, and where (an offset from the start of the datagram; of the plaintext for what lies inside OSCORE).
///
/// All of them are message format errors: the message is rejected, a confirmable one with a Reset (RFC 7252, 3 and 4.2).
public enum CoAPError: Error, Equatable, Sendable {
    /// It goes on past the end.
    case truncated(Truncation)
    /// It is longer than `CoAPMessage.sizeLimit`.
    case tooLong(bytes: Int, limit: Int)
    /// It is not of version 1: to be ignored, not even rejected.
    case version(UInt8)
    /// The token's length is 9 to 15, which is reserved.
    case tokenLength(UInt8)
    /// The code is of a reserved class: 1, 3, 6 or 7.
    case code(UInt8)
    /// An empty message (code 0.00) goes on after its message id.
    case emptyMessageHasContent(bytes: Int)
    /// An option's first byte has the reserved value 15 in one of its halves.
    case optionHeader(byte: UInt8, offset: Int)
    /// An option's number is past 65,535.
    case optionNumber(offset: Int)
    /// There are more options than `CoAPMessage.optionLimit`.
    case tooManyOptions(limit: Int, offset: Int)
    /// The payload marker is there, but no payload.
    case emptyPayload(offset: Int)
}
