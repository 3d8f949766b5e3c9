import Cipher
import Wire

/// What an endpoint shares with one other, and how far it has got (RFC 8613, 3.1), for AES-CCM-16-64-128.
///
/// It holds the keys as they are: they are expanded for each message, which costs less than keeping them expanded for every card of an
/// estate. `sequence` and `window` change with use and must survive a restart: see there.
public struct SecurityContext: Equatable, Sendable {
    public let keys: SecurityKeys
    /// This endpoint's identifier.
    public let sender: EndpointIdentifier
    /// The other endpoint's identifier.
    public let recipient: EndpointIdentifier
    /// The ID Context; when there is one, requests carry it as 'kid context'.
    public let idContext: [UInt8]?
    /// The numbers of what this endpoint sends.
    public var sequence: SenderSequence
    /// The numbers of the requests that this endpoint received.
    public var window: ReplayWindow

    public init(
        keys: SecurityKeys, sender: EndpointIdentifier, recipient: EndpointIdentifier, idContext: [UInt8]? = nil,
        sequence: SenderSequence = SenderSequence(), window: ReplayWindow = ReplayWindow()
    ) {
        self.keys = keys
        self.sender = sender
        self.recipient = recipient
        self.idContext = idContext
        self.sequence = sequence
        self.window = window
    }

    /// Protects a request (RFC 8613, 8.1). `sequence.ceiling` must be on non-volatile memory before the message leaves.
    ///
    /// - Throws: `sequenceExhausted`, or `tooLong`.
    @inlinable
    public mutating func protect<C: BlockCipher>(
        request: CoAPMessage, with cipher: C.Type
    ) throws(OSCOREError) -> (message: CoAPMessage, exchange: OSCOREExchange) {
        let exchange = OSCOREExchange(requester: sender, sequence: try sequence.take())
        let sealed = try seal(Self.plaintext(of: request), nonce: nonce(of: exchange), exchange, with: cipher)
        let option = OSCOREOption(partialIV: exchange.sequence, kidContext: idContext?[...], kid: sender)
        return (Self.outer(of: request, code: .post, option: option, sealed: sealed), exchange)
    }

    /// Opens a request (RFC 8613, 8.2) and notes its number in `window`, which must be stored before anything is answered.
    ///
    /// - Parameter echo: the value of the Echo option that proves a request to be fresh while the window is lost; nil when there is none.
    /// - Throws: why it is refused. After `content` the window has changed nevertheless: the request was authentic.
    @inlinable
    public mutating func open<C: BlockCipher>(
        request: CoAPMessage, echo: UInt64? = nil, with cipher: C.Type
    ) throws(OSCOREError) -> (message: CoAPMessage, exchange: OSCOREExchange) {
        let exchange = try incoming(request)
        let plaintext = try open(request.payload, nonce: nonce(of: exchange), exchange, with: cipher)
        return (try accepted(plaintext, of: request, exchange, echo: echo), exchange)
    }

    /// Protects the one answer to a request (RFC 8613, 8.3), with the request's nonce and this endpoint's key.
    ///
    /// It costs no sequence number, and it is safe because a request's number is accepted once for all time (`ReplayWindow`): so this
    /// nonce is used once with this key. Never call it twice for one request with different answers; to a request that came
    /// twice, the same bytes are sent again.
    ///
    /// - Throws: `tooLong`.
    @inlinable
    public func protect<C: BlockCipher>(
        response: CoAPMessage, in exchange: OSCOREExchange, with cipher: C.Type
    ) throws(OSCOREError) -> CoAPMessage {
        let sealed = try seal(Self.plaintext(of: response), nonce: nonce(of: exchange), exchange, with: cipher)
        return Self.outer(of: response, code: .changed, option: OSCOREOption(), sealed: sealed)
    }

    /// Protects an answer with a sequence number of this endpoint, for answers that may be given more than once to the same request
    /// (B.1.2). `sequence.ceiling` must be on non-volatile memory before the message leaves.
    ///
    /// - Throws: `sequenceExhausted`, or `tooLong`.
    @inlinable
    public mutating func protect<C: BlockCipher>(
        numbered response: CoAPMessage, in exchange: OSCOREExchange, with cipher: C.Type
    ) throws(OSCOREError) -> CoAPMessage {
        let own = OSCOREExchange(requester: sender, sequence: try sequence.take())
        let sealed = try seal(Self.plaintext(of: response), nonce: nonce(of: own), exchange, with: cipher)
        return Self.outer(of: response, code: .changed, option: OSCOREOption(partialIV: own.sequence), sealed: sealed)
    }

    /// Opens an answer to the request of `exchange` (RFC 8613, 8.4). That it is the only one is for the caller to see to.
    ///
    /// - Throws: why it is refused.
    @inlinable
    public func open<C: BlockCipher>(
        response: CoAPMessage, in exchange: OSCOREExchange, with cipher: C.Type
    ) throws(OSCOREError) -> CoAPMessage {
        let own = try numbered(response)
        let plaintext = try open(response.payload, nonce: nonce(of: own ?? exchange), exchange, with: cipher)
        return try Self.inner(plaintext, of: response)
    }

    /// The AEAD nonce of a message with this number of this endpoint (RFC 8613, 5.2).
    public func nonce(of exchange: OSCOREExchange) -> CCMNonce {
        CCMNonce(exchange.requester, exchange.sequence) ^ keys.commonIV
    }

    @inlinable
    func seal<C: BlockCipher>(
        _ plaintext: [UInt8], nonce: CCMNonce, _ exchange: OSCOREExchange, with cipher: C.Type
    ) throws(OSCOREError) -> [UInt8] {
        do throws(CCMError) {
            return try CCM<C>(key: keys.sender).seal(plaintext, nonce: nonce, authenticating: exchange.additionalData)
        } catch {
            throw .tooLong(bytes: plaintext.count)
        }
    }

    @inlinable
    func open<C: BlockCipher>(
        _ sealed: ArraySlice<UInt8>, nonce: CCMNonce, _ exchange: OSCOREExchange, with cipher: C.Type
    ) throws(OSCOREError) -> [UInt8] {
        do throws(CCMError) {
            return try CCM<C>(key: keys.recipient).open(sealed.span, nonce: nonce, authenticating: exchange.additionalData.span)
        } catch {
            throw .notAuthentic
        }
    }

    /// Steps 1 to 3 of RFC 8613, 8.2: whose request it is, and whether it is new.
    @usableFromInline
    func incoming(_ request: CoAPMessage) throws(OSCOREError) -> OSCOREExchange {
        let option = try OSCOREOption(of: request)
        guard let number = option.partialIV, let kid = option.kid else { throw .option }
        guard kid == recipient, option.kidContext == nil || option.kidContext == idContext?[...] else { throw .otherContext }
        guard window.isLost || window.accepts(number) else { throw .replayed(sequence: number) }
        return OSCOREExchange(requester: kid, sequence: number)
    }

    /// Steps 6 and 7 of RFC 8613, 8.2.
    @usableFromInline
    mutating func accepted(
        _ plaintext: [UInt8], of request: CoAPMessage, _ exchange: OSCOREExchange, echo: UInt64?
    ) throws(OSCOREError) -> CoAPMessage {
        if window.isLost {
            let message = try Self.inner(plaintext, of: request)
            guard let echo, let option = message.option(CoAPOption.echo), option.value.count == 8, option.uint == echo else {
                throw .notFresh(sequence: exchange.sequence)
            }
            window.resume(at: exchange.sequence)
            return message
        }
        guard window.insert(exchange.sequence) else { throw .replayed(sequence: exchange.sequence) }
        return try Self.inner(plaintext, of: request)
    }

    /// The Partial IV of an answer's own, if it has one.
    @usableFromInline
    func numbered(_ response: CoAPMessage) throws(OSCOREError) -> OSCOREExchange? {
        let option = try OSCOREOption(of: response)
        guard option.kid == nil || option.kid == recipient, option.kidContext == nil || option.kidContext == idContext?[...] else {
            throw .otherContext
        }
        guard let number = option.partialIV else { return nil }
        return OSCOREExchange(requester: recipient, sequence: number)
    }

    /// The code, the options that are encrypted, and the payload (RFC 8613, 5.3).
    @usableFromInline
    static func plaintext(of message: CoAPMessage) -> [UInt8] {
        var size = 2 + message.payload.count
        for option in message.options { size += 5 + option.value.count }
        var writer = ByteWriter(capacity: size)
        writer.byte(message.code.rawValue)
        writer.coap(message.options.filter { !isOuter($0.number) }, payload: message.payload)
        return writer.bytes
    }

    /// The message as it travels: the options that proxies need, and the ciphertext for a payload.
    @usableFromInline
    static func outer(of message: CoAPMessage, code: CoAPCode, option: OSCOREOption, sealed: [UInt8]) -> CoAPMessage {
        let options = message.options.filter { isOuter($0.number) } + [CoAPOption(CoAPOption.oscore, option.encoded)]
        return CoAPMessage(message.kind, code, id: message.id, token: message.token, options: options, payload: sealed[...])
    }

    /// The message that was inside, with the header of the outer one. Options of the outer one that are not class U are dropped.
    @usableFromInline
    static func inner(_ plaintext: [UInt8], of message: CoAPMessage) throws(OSCOREError) -> CoAPMessage {
        var reader = ByteReader(plaintext)
        do throws(CoAPError) {
            let code: UInt8
            do throws(Truncation) { code = try reader.byte() } catch { throw .truncated(error) }
            let options = try reader.coapOptions()
            let outer = message.options.filter { isOuter($0.number) }
            return CoAPMessage(
                message.kind, CoAPCode(rawValue: code), id: message.id, token: message.token, options: options + outer,
                payload: reader.rest)
        } catch {
            throw .content(error)
        }
    }

    /// The options of class U alone (RFC 8613, figure 5): Uri-Host, Uri-Port and Proxy-Scheme.
    private static func isOuter(_ number: UInt16) -> Bool {
        number == CoAPOption.uriHost || number == CoAPOption.uriPort || number == CoAPOption.proxyScheme
    }
}

extension OSCOREOption {
    /// The option of a protected message.
    init(of message: CoAPMessage) throws(OSCOREError) {
        var found: CoAPOption?
        for option in message.options where option.number == CoAPOption.oscore {
            guard found == nil else { throw .notProtected }
            found = option
        }
        guard let found else { throw .notProtected }
        guard !message.payload.isEmpty else { throw .noPayload }
        try self.init(found.value)
    }
}
