/// What carries the packets. It decides how lengths are coded and what stands before them.
public enum TransportBinding: Equatable, Sendable {
    /// SMS point to point (3GPP TS 31.115, 4): the identifier is the element 70 or 71 in the user data header, the packet starts
    /// with its two-byte length.
    case shortMessage
    /// A data channel of the bearer independent protocol, TCP or UDP (ETSI TS 102 225, 7): the packet starts with its identifier,
    /// 01 or 02, and lengths are coded as in BER.
    case channel
}
