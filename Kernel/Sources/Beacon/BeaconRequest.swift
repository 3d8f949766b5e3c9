import Cipher

/// A heartbeat that arrived and is authentic, and what is needed to answer it.
public struct BeaconRequest: Equatable, Sendable {
    public let heartbeat: Heartbeat
    /// What the answer is bound to.
    public let exchange: OSCOREExchange
    /// The header of the answer.
    @usableFromInline let reply: CoAPMessage
    /// The answer that was made.
    @usableFromInline var answered: [UInt8]?

    @usableFromInline
    init(heartbeat: Heartbeat, message: CoAPMessage, exchange: OSCOREExchange) {
        self.heartbeat = heartbeat
        self.exchange = exchange
        reply = BeaconServer.reply(to: message, .changed)
    }

    /// The request's sequence number: a higher one is a later heartbeat of the same card.
    public var sequence: UInt64 { exchange.sequence }

    /// The datagram that answers the request: in the acknowledgement of a confirmable one.
    ///
    /// Call it once, and send what it gives only after the context's window is stored. Called again, it gives the same bytes, whatever
    /// the answer then is: two different answers to one request would be sealed with one nonce.
    ///
    /// - Throws: nothing that can happen with an `Answer`.
    @inlinable
    public mutating func answer<C: BlockCipher>(
        _ answer: Answer, in context: SecurityContext, with cipher: C.Type
    ) throws(BeaconError) -> [UInt8] {
        if let answered { return answered }
        var message = reply
        message.payload = answer.encoded[...]
        let bytes = try BeaconServer.protected(message, in: exchange, context, with: cipher)
        answered = bytes
        return bytes
    }
}
