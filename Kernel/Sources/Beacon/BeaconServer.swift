import Cipher
import Wire

/// The responder's side of the beacon: whose datagram it is, what it says, and how to answer it or refuse it.
///
/// It keeps nothing. For each datagram: `identify`, look the card's context up, `open`, store the context's `window` together with
/// what the heartbeat changes, then `answer`. When anything throws, send `refusal(for:to:)`, if there is one; when the context changed
/// nevertheless, store that first.
public enum BeaconServer {
    /// The responder's OSCORE identifier: "S".
    public static var identifier: EndpointIdentifier { EndpointIdentifier(0x53, count: 1) }
    /// The resource's path: "b".
    public static var path: [UInt8] { [0x62] }

    /// The keys of a card with one of the estate's responders, as the card has them; `mirrored` are the responder's.
    ///
    /// The responder's index is added to the end of the salt, so that no two responders share a key, a nonce or a replay window.
    ///
    /// - Returns: nil when the key derivation gave fewer bytes than it was asked for.
    public static func keys(
        of card: CardNumber, with responder: UInt8, masterSecret: [UInt8], masterSalt: [UInt8], using derivation: some KeyDerivation
    ) -> SecurityKeys? {
        SecurityKeys.derive(
            masterSecret: masterSecret, masterSalt: masterSalt + [responder], sender: card.identifier, recipient: identifier,
            using: derivation)
    }

    /// The server's side of a card's security context.
    ///
    /// - Parameter keys: the responder's keys: those of the card, mirrored.
    public static func context(
        for card: CardNumber, keys: SecurityKeys, window: ReplayWindow, sequence: SenderSequence = SenderSequence()
    ) -> SecurityContext {
        SecurityContext(keys: keys, sender: identifier, recipient: card.identifier, sequence: sequence, window: window)
    }

    /// Whose request it says it is, read without any key: nothing is proved yet.
    public static func identify(_ datagram: [UInt8]) throws(BeaconError) -> CardNumber {
        let message = try admit(datagram)
        let option: OSCOREOption
        do throws(OSCOREError) { option = try OSCOREOption(of: message) } catch { throw .oscore(error) }
        guard option.partialIV != nil, let kid = option.kid else { throw .oscore(.option) }
        guard option.kidContext == nil, let card = CardNumber(kid) else { throw .unknownCard }
        return card
    }

    /// Opens a request of the card that `context` belongs to, and notes its number in the context's window.
    ///
    /// - Parameter echo: while the window is lost, eight bytes that nobody can guess and that no request has seen before this process
    ///   started; nil refuses such requests.
    /// - Throws: why it is refused. After `refused` the window has changed, after `challenged` the sender sequence: to be stored before the
    ///   refusal is sent. After `oscore(.content)` the window has changed, too, but nothing is sealed with the request's nonce, so that
    ///   storing it can be left out.
    @inlinable
    public static func open<C: BlockCipher>(
        _ datagram: [UInt8], in context: inout SecurityContext, echo: UInt64? = nil, with cipher: C.Type
    ) throws(BeaconError) -> BeaconRequest {
        let message = try admit(datagram)
        let opened: (message: CoAPMessage, exchange: OSCOREExchange)
        do throws(OSCOREError) {
            opened = try context.open(request: message, echo: echo, with: cipher)
        } catch {
            guard case .notFresh(let sequence) = error, let echo else { throw .oscore(error) }
            let exchange = OSCOREExchange(requester: context.recipient, sequence: sequence)
            throw try challenge(message, exchange, in: &context, echo: echo, with: cipher)
        }
        let heartbeat: Heartbeat
        do throws(RequestFault) {
            heartbeat = try Self.heartbeat(in: opened.message, from: opened.exchange)
        } catch {
            let answer = reply(to: opened.message, error.code)
            throw .refused(error, answer: try protected(answer, in: opened.exchange, context, with: cipher))
        }
        return BeaconRequest(heartbeat: heartbeat, message: opened.message, exchange: opened.exchange)
    }

    /// What to send back for a datagram that was refused: a message without protection, unless the refusal could be protected. Nil when
    /// the standard has it ignored. Without protection it is never longer than the datagram, so that nobody can use the responder to
    /// flood a third party.
    public static func refusal(for error: BeaconError, to datagram: [UInt8]) -> [UInt8]? {
        let code: CoAPCode
        var age: UInt32 = 0
        var diagnostic: StaticString = ""
        var onlyConfirmable = false
        switch error {
        case .refused(_, let answer), .challenged(let answer): return answer
        case .coap(.version): return nil
        case .coap, .unexpected, .oscore(.noPayload): return reset(to: datagram)
        case .unsupportedOption(let number):
            code = number == CoAPOption.proxyURI || number == CoAPOption.proxyScheme ? .proxyingNotSupported : .badOption
            // RFC 7252, 5.4.1: a non-confirmable message with a critical option that is not understood is rejected without a word.
            onlyConfirmable = true
        case .oscore(.notProtected): code = .unauthorized
        case .oscore(.option): (code, diagnostic) = (.badOption, "Failed to decode COSE")
        case .oscore(.otherContext), .unknownCard: (code, diagnostic) = (.unauthorized, "Security context not found")
        case .oscore(.replayed), .oscore(.notFresh): (code, diagnostic) = (.unauthorized, "Replay detected")
        case .oscore(.notAuthentic): (code, diagnostic) = (.badRequest, "Decryption failed")
        case .oscore(.content): code = .badRequest
        case .oscore(.sequenceExhausted), .oscore(.tooLong): code = .serviceUnavailable
        case .overloaded(let seconds): (code, age) = (.serviceUnavailable, seconds)
        case .notAsked, .errorUnprotected, .errorAnswered, .freshnessWanted, .payload: return nil
        }
        let request: CoAPMessage
        do throws(CoAPError) { request = try CoAPMessage(datagram) } catch { return nil }
        guard request.kind == .confirmable || request.kind == .nonConfirmable && !onlyConfirmable, request.code.isRequest else {
            return nil
        }
        // Max-Age 0 keeps a cache on the way from repeating it (RFC 8613, 7.4 and 8.2).
        var answer = reply(to: request, code)
        answer.append(CoAPOption(CoAPOption.maxAge, uint: age))
        let short = answer.encoded
        guard short.count <= datagram.count else { return reply(to: request, code).encoded }
        answer.payload = diagnostic.bytes[...]
        let long = answer.encoded
        return long.count <= datagram.count ? long : short
    }

    /// Reads a datagram as far as anybody may who has no keys.
    @usableFromInline
    static func admit(_ datagram: [UInt8]) throws(BeaconError) -> CoAPMessage {
        let message: CoAPMessage
        do throws(CoAPError) { message = try CoAPMessage(datagram) } catch { throw .coap(error) }
        guard message.code.isRequest, message.kind == .confirmable || message.kind == .nonConfirmable else {
            throw .unexpected(code: message.code)
        }
        for option in message.options {
            switch option.number {
            case CoAPOption.proxyURI, CoAPOption.proxyScheme, CoAPOption.block1, CoAPOption.block2:
                throw .unsupportedOption(number: option.number)
            default: break
            }
        }
        return message
    }

    /// The heartbeat that an authentic request brings.
    @usableFromInline
    static func heartbeat(in message: CoAPMessage, from exchange: OSCOREExchange) throws(RequestFault) -> Heartbeat {
        var segments = 0
        var found = false
        var fault: RequestFault?
        for option in message.options {
            switch option.number {
            case CoAPOption.uriHost, CoAPOption.uriPort: break
            case CoAPOption.uriPath:
                segments += 1
                found = option.value == path[...]
            case CoAPOption.contentFormat: if option.uint != cborFormat { fault = fault ?? .contentFormat }
            case CoAPOption.accept: if option.uint != cborFormat { fault = fault ?? .accept }
            default: if option.isCritical { throw .option(number: option.number) }
            }
        }
        guard segments == 1, found else { throw .path }
        guard message.code == .post else { throw .method(message.code) }
        if let fault { throw fault }
        do throws(PayloadError) {
            let heartbeat = try Heartbeat(message.payload)
            guard heartbeat.card.identifier == exchange.requester else { throw .otherCard(heartbeat.card) }
            return heartbeat
        } catch {
            throw .payload(error)
        }
    }

    /// application/cbor (RFC 8949, 9.4).
    private static var cborFormat: UInt64 { 60 }

    /// An answer's header: in the acknowledgement of a confirmable request, else in a message of its own. Its message id may be
    /// the request's, because the two directions number their messages independently.
    @usableFromInline
    static func reply(to request: CoAPMessage, _ code: CoAPCode) -> CoAPMessage {
        CoAPMessage(
            request.kind == .confirmable ? .acknowledgement : .nonConfirmable, code, id: request.id, token: request.token)
    }

    /// A Reset for a confirmable message (RFC 7252, 4.2); nil for any other.
    private static func reset(to datagram: [UInt8]) -> [UInt8]? {
        guard datagram.count >= 4, datagram[0] & 0xF0 == 0x40 else { return nil }
        return [0x70, 0, datagram[2], datagram[3]]
    }

    @inlinable
    static func protected<C: BlockCipher>(
        _ answer: CoAPMessage, in exchange: OSCOREExchange, _ context: SecurityContext, with cipher: C.Type
    ) throws(BeaconError) -> [UInt8] {
        do throws(OSCOREError) {
            return try context.protect(response: answer, in: exchange, with: cipher).encoded
        } catch {
            throw .oscore(error)
        }
    }

    @inlinable
    static func challenge<C: BlockCipher>(
        _ request: CoAPMessage, _ exchange: OSCOREExchange, in context: inout SecurityContext, echo: UInt64, with cipher: C.Type
    ) throws(BeaconError) -> BeaconError {
        let answer = challenge(to: request, echo: echo)
        do throws(OSCOREError) {
            return .challenged(answer: try context.protect(numbered: answer, in: exchange, with: cipher).encoded)
        } catch {
            throw .oscore(error)
        }
    }

    @usableFromInline
    static func challenge(to request: CoAPMessage, echo: UInt64) -> CoAPMessage {
        var writer = ByteWriter(capacity: 8)
        writer.uint64(echo)
        var answer = reply(to: request, .unauthorized)
        answer.append(CoAPOption(CoAPOption.echo, writer.bytes))
        return answer
    }
}

extension StaticString {
    fileprivate var bytes: [UInt8] {
        withUTF8Buffer { [UInt8]($0) }
    }
}
