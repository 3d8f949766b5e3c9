import NIOCore
import NIOPosix

/// The operators' way to the real Internet: a UDP socket for each data connection, as a carrier-grade NAT has a port for each.
///
/// Lives on one event loop and is touched there alone.
final class Gateway: Transport {
    /// Sockets open at once; the one that was idle longest gives way.
    static let mostSockets = 512
    /// A socket that has sent nothing for so long is closed.
    static let longestIdle = TimeAmount.minutes(2)
    /// Datagrams that wait while a socket is being opened.
    private static let mostWaiting = 8

    private struct Key: Hashable {
        var carrier: Int
        var address: IPAddress
    }

    private final class Line {
        var channel: (any Channel)?
        var waiting: [(Endpoint, [UInt8])] = []
        /// Who inside spoke to which responder last.
        var speakers: [Endpoint: Endpoint] = [:]
        var used: NIODeadline

        init(_ now: NIODeadline) { used = now }
    }

    private let loop: any EventLoop
    private let receive: (Datagram, Int) -> Void
    private var lines: [Key: Line] = [:]
    /// Datagrams that could not be sent on.
    private(set) var lost = 0

    /// - Parameter receive: gets each datagram that comes back, addressed to the connection that had sent, and its operator.
    init(on loop: any EventLoop, receive: @escaping (Datagram, Int) -> Void) {
        self.loop = loop
        self.receive = receive
    }

    func send(_ datagram: Datagram, from carrier: Int) {
        loop.assertInEventLoop()
        let key = Key(carrier: carrier, address: datagram.source.address)
        let line = lines[key] ?? open(key, towards: datagram.destination.address)
        line.used = .now()
        line.speakers[datagram.destination] = datagram.source
        if let channel = line.channel {
            write(datagram.payload, to: datagram.destination, channel)
        } else if line.waiting.count < Gateway.mostWaiting {
            line.waiting.append((datagram.destination, datagram.payload))
        } else {
            lost += 1
        }
    }

    private func open(_ key: Key, towards address: IPAddress) -> Line {
        makeRoom()
        let line = Line(.now())
        lines[key] = line
        let handler = Handler { [weak self] payload, remote in self?.arrived(payload, from: remote, on: key) }
        let bound = NIOLoopBound(handler, eventLoop: loop)
        let state = NIOLoopBound(self, eventLoop: loop)
        DatagramBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
            }
            .bind(host: address.wildcard, port: 0)
            .whenComplete { result in
                switch result {
                case .success(let channel): state.value.opened(channel, key)
                case .failure: state.value.close(key)
                }
            }
        return line
    }

    private func opened(_ channel: any Channel, _ key: Key) {
        guard let line = lines[key] else { return channel.close(promise: nil) }
        line.channel = channel
        for (destination, payload) in line.waiting { write(payload, to: destination, channel) }
        line.waiting = []
    }

    private func write(_ payload: [UInt8], to destination: Endpoint, _ channel: any Channel) {
        guard let remote = try? SocketAddress(ipAddress: destination.address.description, port: Int(destination.port)) else {
            lost += 1
            return
        }
        channel.writeAndFlush(AddressedEnvelope(remoteAddress: remote, data: ByteBuffer(bytes: payload)), promise: nil)
    }

    private func arrived(_ payload: [UInt8], from remote: SocketAddress, on key: Key) {
        guard let source = Endpoint(remote), let speaker = lines[key]?.speakers[source] else { return }
        receive(Datagram(source: source, destination: speaker, payload: payload), key.carrier)
    }

    private func makeRoom() {
        let now = NIODeadline.now()
        for (key, line) in lines where now - line.used > Gateway.longestIdle { close(key, line) }
        guard lines.count >= Gateway.mostSockets, let oldest = lines.min(by: { $0.value.used < $1.value.used }) else { return }
        close(oldest.key, oldest.value)
    }

    private func close(_ key: Key) {
        if let line = lines[key] { close(key, line) }
    }

    private func close(_ key: Key, _ line: Line) {
        lost += line.waiting.count
        line.channel?.close(promise: nil)
        lines[key] = nil
    }

    /// Closes every socket.
    func close() {
        for (key, line) in lines { close(key, line) }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        private let receive: ([UInt8], SocketAddress) -> Void

        init(_ receive: @escaping ([UInt8], SocketAddress) -> Void) { self.receive = receive }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            receive(Array(envelope.data.readableBytesView), envelope.remoteAddress)
        }

        // An ICMP error for one datagram must not close the socket for the next.
        func errorCaught(context: ChannelHandlerContext, error: any Error) {}
    }
}

extension IPAddress {
    fileprivate var wildcard: String {
        switch self {
        case .v4: "0.0.0.0"
        case .v6: "::"
        }
    }
}

extension Endpoint {
    /// From a socket's address; nil for one that is not of the Internet.
    init?(_ address: SocketAddress) {
        guard let port = address.port else { return nil }
        let bytes: [UInt8]
        switch address {
        case .v4(let four): bytes = withUnsafeBytes(of: four.address.sin_addr) { Array($0) }
        case .v6(let six): bytes = withUnsafeBytes(of: six.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: return nil
        }
        guard let ip = IPAddress(bytes) else { return nil }
        self.init(ip, port: UInt16(truncatingIfNeeded: port))
    }
}
