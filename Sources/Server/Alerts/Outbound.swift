import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Opens streams to the outside and leads conversations over them. The only place where alerts meet sockets.
struct Outbound: Sendable {
    private let group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    private let tls: NIOSSLContext

    /// - Parameter authorities: a PEM file with authorities to trust beside the system's.
    init(authorities: String? = nil) throws(AlertSettingError) {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let authorities {
                let certificates = try NIOSSLCertificate.fromPEMFile(authorities)
                guard !certificates.isEmpty else { throw AlertSettingError("no certificate in it") }
                configuration.additionalTrustRoots = [.certificates(certificates)]
            }
            tls = try NIOSSLContext(configuration: configuration)
        } catch {
            throw AlertSettingError("The certificates of \(authorities ?? "the system") cannot be used: \(error)")
        }
    }

    /// Leads a conversation to its end.
    /// - Parameter limit: seconds that it may last as a whole, whatever the peer says.
    func talk<Talk: Conversation>(_ talk: Talk, with host: String, port: Int, limit: Int64) async throws(AlertFailure)
        -> Talk.Outcome
    {
        let promise = group.next().makePromise(of: Result<Talk.Outcome, AlertFailure>.self)
        let tls = tls
        let connecting = ClientBootstrap(group: group)
            .connectTimeout(.seconds(min(10, limit)))
            // Addresses of a name are tried side by side. Only the stream that is taken may speak, and nothing is read before it does.
            .channelOption(.autoRead, value: false)
            .connect(host: host, port: port)
            .flatMap { channel in
                channel.eventLoop.submit {
                    try channel.pipeline.syncOperations.addHandler(
                        Speaker(talk: talk, host: host, tls: tls, limit: limit, promise: promise))
                    return channel
                }
            }
        connecting.whenFailure { error in
            promise.succeed(
                .failure(AlertFailure("\(Quoted.text(host)) port \(port) cannot be reached: \(Quoted.text("\(error)"))")))
        }
        let result: Result<Talk.Outcome, AlertFailure>
        do {
            result = try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                promise.succeed(.failure(AlertFailure("stopped before it was done")))
                connecting.whenSuccess { $0.close(promise: nil) }
            }
        } catch {
            result = .failure(AlertFailure("\(Quoted.text("\(error)"))"))
        }
        return try result.get()
    }
}

/// Feeds one conversation from its channel, on the channel's event loop.
private final class Speaker<Talk: Conversation>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var talk: Talk
    private let host: String
    private let tls: NIOSSLContext
    private let limit: Int64
    private let promise: EventLoopPromise<Result<Talk.Outcome, AlertFailure>>
    private var isDone = false
    private var waiting: Scheduled<Void>?
    private var whole: Scheduled<Void>?

    init(
        talk: Talk, host: String, tls: NIOSSLContext, limit: Int64, promise: EventLoopPromise<Result<Talk.Outcome, AlertFailure>>
    ) {
        self.talk = talk
        self.host = host
        self.tls = tls
        self.limit = limit
        self.promise = promise
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard context.channel.isActive else { return channelInactive(context: context) }
        whole = schedule(limit, context, "took longer than \(limit) s")
        perform(talk.opened(as: Self.literal(context.localAddress)), context)
        context.channel.setOption(.autoRead, value: true).whenFailure { [promise] error in
            promise.succeed(.failure(AlertFailure("the connection cannot be read: \(error)")))
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        perform(talk.received(Array(buffer.readableBytesView)), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        perform(talk.ended(), context)
        finish(.failure(AlertFailure("\(Quoted.text(host)) closed the connection")), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let text =
            error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
            ? "TLS with \(Quoted.text(host)) failed: \(Self.reason(error))"
            : "the connection to \(Quoted.text(host)) failed: \(Quoted.text("\(error)"))"
        finish(.failure(AlertFailure(text)), context)
    }

    private func perform(_ steps: [ConversationStep<Talk.Outcome>], _ context: ChannelHandlerContext) {
        guard !isDone else { return }
        for step in steps {
            switch step {
            case .send(let bytes):
                context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
            case .secure:
                do {
                    // A name is checked against the certificate, an address against the peer's.
                    let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
                    let handler = try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host)
                    // Now, and not a read later: nothing that comes from here on goes around TLS.
                    try context.pipeline.syncOperations.addHandler(handler, position: .before(self))
                    // What is said next waits in the handler until the handshake is done and the certificate accepted.
                    perform(talk.secured(), context)
                } catch {
                    errorCaught(context: context, error: error)
                }
            case .end(let result): finish(result, context)
            }
            if isDone { return }
        }
        waiting?.cancel()
        waiting = schedule(talk.patience, context, "did not answer within \(talk.patience) s")
    }

    private func schedule(_ seconds: Int64, _ context: ChannelHandlerContext, _ text: String) -> Scheduled<Void> {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: .seconds(seconds)) {
            let (speaker, context) = bound.value
            speaker.finish(.failure(AlertFailure("\(Quoted.text(speaker.host)) \(text)")), context)
        }
    }

    private func finish(_ result: Result<Talk.Outcome, AlertFailure>, _ context: ChannelHandlerContext) {
        guard !isDone else { return }
        isDone = true
        waiting?.cancel()
        whole?.cancel()
        promise.succeed(result)
        context.close(promise: nil)
    }

    /// What an error of TLS means to whoever set it up.
    private static func reason(_ error: any Error) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is not trusted (an authority of your own is given with --alert-authorities)"
        }
        if text.contains("failedToValidateHostname") { return "its certificate is for another name" }
        if text.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS there" }
        return Quoted.text(text)
    }

    private static func literal(_ address: SocketAddress?) -> String {
        guard let text = address?.ipAddress else { return "[127.0.0.1]" }
        return text.contains(":") ? "[IPv6:\(text)]" : "[\(text)]"
    }
}
