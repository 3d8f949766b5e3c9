/// Why a beacon, or the answer to one, was refused.
public enum BeaconError: Error, Equatable, Sendable {
    /// The datagram is no CoAP message.
    case coap(CoAPError)
    /// The message is of another kind than was expected: no request at the server, no answer at the card.
    case unexpected(code: CoAPCode)
    /// The message asks for something that is outside of OSCORE's protection and not offered: a proxy, or blocks.
    case unsupportedOption(number: UInt16)
    /// OSCORE did not open the message, or can't protect another.
    case oscore(OSCOREError)
    /// No card has this identifier.
    case unknownCard
    /// The responder has no room: ask again after so many seconds.
    case overloaded(retryAfter: UInt32)
    /// The request is authentic, and not one that is served. Its number is used up, so that the replay window must be stored before
    /// `answer`, which says so under OSCORE, is sent.
    case refused(RequestFault, answer: [UInt8])
    /// The request is authentic, but the replay window was lost: `answer` asks the card to prove that the request is fresh (B.1.2). The
    /// context's sender sequence has moved: when its ceiling changed, that must be stored before `answer` is sent.
    case challenged(answer: [UInt8])

    /// At the card: the answer belongs to no request that waits for one.
    case notAsked
    /// At the card: the answer is an error that anybody can have sent, since nothing protects it.
    case errorUnprotected(code: CoAPCode)
    /// At the card: the responder refused the request, under OSCORE.
    case errorAnswered(code: CoAPCode)
    /// At the card: the responder wants proof that the request is fresh; the next request carries it. Send one.
    case freshnessWanted
    /// At the card: the answer is authentic, and its payload is not one.
    case payload(PayloadError)
}

/// What is wrong with an authentic request (RFC 7252, 5.8 to 5.10 and 12.1.2).
public enum RequestFault: Error, Equatable, Sendable {
    /// A critical option that is not known here: 4.02.
    case option(number: UInt16)
    /// Another path than "b": 4.04.
    case path
    /// Another method than POST: 4.05.
    case method(CoAPCode)
    /// Something else than CBOR is asked for: 4.06.
    case accept
    /// The payload is said to be something else than CBOR: 4.15.
    case contentFormat
    /// The payload is no heartbeat: 4.00.
    case payload(PayloadError)

    /// The response code that says so.
    public var code: CoAPCode {
        switch self {
        case .option: .badOption
        case .path: .notFound
        case .method: .methodNotAllowed
        case .accept: .notAcceptable
        case .contentFormat: .unsupportedContentFormat
        case .payload: .badRequest
        }
    }
}
