import Wire

/// Why OSCORE did not protect or open a message (RFC 8613, 7 and 8).
public enum OSCOREError: Error, Equatable, Sendable {
    /// All 2^40 sequence numbers are used up: the keys must be replaced (7.2.1).
    case sequenceExhausted
    /// The message has no OSCORE option, or it has two.
    case notProtected
    /// The option cannot be decoded, or lacks what is needed here (8.2, step 2).
    case option
    /// There is no payload (2).
    case noPayload
    /// The identifier or the context hint is not that of the security context (8.2, step 2).
    case otherContext
    /// The sequence number was received before, or is too old to tell (7.4).
    case replayed(sequence: UInt64)
    /// The replay window was lost, and the request does not prove that it is fresh (B.1.2). It was authentic.
    case notFresh(sequence: UInt64)
    /// The message was not sealed with the keys of this context, or was changed (8.2, step 6).
    case notAuthentic
    /// What was inside is no CoAP message, although it was sealed with the right key.
    case content(CoAPError)
    /// The message is too long to be sealed.
    case tooLong(bytes: Int)
}
