import Cipher
import Wire

/// A request that is ready to be sent.
public struct BeaconDatagram: Equatable, Sendable {
    /// What to send over UDP: at most `BeaconClient.sizeLimit` bytes.
    public let bytes: [UInt8]
    /// The request's number, by which `BeaconClient.lastAnswered` names it.
    public let sequence: UInt64
    /// When it is there, it must be on non-volatile memory, as the client's new ceiling, before `bytes` leaves.
    public let ceiling: UInt64?
}

/// The card's side of the beacon with one responder: makes requests, and tells their answers from anything else that arrives.
///
/// A request that was not answered is never sent again as it was: the next heartbeat is a new request, with a number of its own. Several
/// may wait for an answer at once; when one is answered, those before it no longer wait, so that no older answer is
/// taken for news.
public struct BeaconClient<Cipher: BlockCipher>: Sendable {
    /// The longest request, in bytes of UDP payload.
    public static var sizeLimit: Int { 128 }
    /// How many requests may wait for an answer; the oldest is forgotten for a new one.
    public static var waitingLimit: Int { 4 }
    /// The longest proof of freshness that a responder may ask to have back, in bytes.
    public static var echoLimit: Int { 16 }

    public let card: CardNumber
    /// The keys and numbers. Its ceiling is what non-volatile memory must hold.
    public private(set) var context: SecurityContext
    /// The number of the last request that was answered.
    public private(set) var lastAnswered: UInt64?
    /// The numbers of the requests that wait, in ascending order.
    private var waiting: [UInt64] = []
    /// What the responder wants to have back with the next request.
    private var echo: [UInt8]?

    /// - Parameters:
    ///   - keys: the card's keys with this responder.
    ///   - ceiling: what non-volatile memory holds from `BeaconDatagram.ceiling`; 0 for new keys.
    ///   - step: for how many requests one write to non-volatile memory is good.
    public init(card: CardNumber, keys: SecurityKeys, ceiling: UInt64, step: UInt64 = SenderSequence.defaultStep) {
        self.card = card
        context = SecurityContext(
            keys: keys, sender: card.identifier, recipient: BeaconServer.identifier,
            sequence: SenderSequence(ceiling: ceiling, step: step))
    }

    /// The next request: a non-confirmable POST to "b", protected. The heartbeat's card is set to this client's.
    ///
    /// - Throws: `oscore(.sequenceExhausted)` when the keys are used up.
    public mutating func request(_ heartbeat: Heartbeat) throws(BeaconError) -> BeaconDatagram {
        var heartbeat = heartbeat
        heartbeat.card = card
        let before = context.sequence.ceiling
        let number = context.sequence.next
        // The number is in the message anyway: its low bits make a message id and a token that don't repeat for long, and no
        // generator is needed. That an answer is genuine is for OSCORE to say, not for the token.
        let low = UInt16(truncatingIfNeeded: number)
        var options = [CoAPOption(CoAPOption.uriPath, BeaconServer.path)]
        if let echo { options.append(CoAPOption(CoAPOption.echo, echo)) }
        let message = CoAPMessage(
            .nonConfirmable, .post, id: low, token: CoAPToken(UInt64(low), count: 2), options: options,
            payload: heartbeat.encoded[...])
        do throws(OSCOREError) {
            let sealed = try context.protect(request: message, with: Cipher.self)
            if waiting.count == Self.waitingLimit { waiting.removeFirst() }
            waiting.append(number)
            echo = nil
            let ceiling = context.sequence.ceiling
            return BeaconDatagram(bytes: sealed.message.encoded, sequence: number, ceiling: ceiling == before ? nil : ceiling)
        } catch {
            throw .oscore(error)
        }
    }

    /// Takes a datagram that arrived. What is thrown changes nothing, except `errorAnswered` and `freshnessWanted`, which end a request.
    public mutating func accept(_ datagram: [UInt8]) throws(BeaconError) -> Answer {
        let message: CoAPMessage
        do throws(CoAPError) { message = try CoAPMessage(datagram) } catch { throw .coap(error) }
        guard message.kind == .nonConfirmable || message.kind == .acknowledgement, message.code.isResponse else {
            throw .unexpected(code: message.code)
        }
        guard message.token.count == 2,
            let number = waiting.last(where: { UInt16(truncatingIfNeeded: $0) == UInt16(truncatingIfNeeded: message.token.value) })
        else { throw .notAsked }
        guard message.option(CoAPOption.oscore) != nil else { throw .errorUnprotected(code: message.code) }
        let inner: CoAPMessage
        do throws(OSCOREError) {
            let exchange = OSCOREExchange(requester: context.sender, sequence: number)
            inner = try context.open(response: message, in: exchange, with: Cipher.self)
        } catch {
            throw .oscore(error)
        }
        waiting.removeAll { $0 <= number }
        guard inner.code == .changed || inner.code == .content else {
            if inner.code == .unauthorized, let option = inner.option(CoAPOption.echo),
                (1...Self.echoLimit).contains(option.value.count)
            {
                echo = [UInt8](option.value)
                throw .freshnessWanted
            }
            throw .errorAnswered(code: inner.code)
        }
        lastAnswered = number
        do throws(PayloadError) { return try Answer(inner.payload) } catch { throw .payload(error) }
    }
}
