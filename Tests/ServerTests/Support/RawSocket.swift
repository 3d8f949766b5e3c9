import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A TCP connection that sends what it is told, byte for byte, and keeps what comes.
final class RawSocket: Sendable {
    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let received: NIOLockedValueBox<ByteBuffer>
        let closed: NIOLockedValueBox<Bool>

        init(_ received: NIOLockedValueBox<ByteBuffer>, _ closed: NIOLockedValueBox<Bool>) {
            self.received = received
            self.closed = closed
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            received.withLockedValue { _ = $0.writeImmutableBuffer(buffer) }
        }

        func channelInactive(context: ChannelHandlerContext) { closed.withLockedValue { $0 = true } }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private let channel: any Channel
    private let received: NIOLockedValueBox<ByteBuffer>
    private let closed: NIOLockedValueBox<Bool>

    init(port: Int) async throws {
        let received = NIOLockedValueBox(ByteBuffer())
        let closed = NIOLockedValueBox(false)
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(received, closed))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.received = received
        self.closed = closed
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)).get() }

    func send(bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }

    var text: String { received.withLockedValue { String(buffer: $0) } }
    var isClosed: Bool { closed.withLockedValue { $0 } }

    /// What came once it satisfies, or once the other side is done. Waits for a generous time; a test that gets less fails on the
    /// text.
    func wait(until done: @Sendable (String) -> Bool) async -> String {
        await eventually { done(text) || isClosed }
        return text
    }

    func close() async { try? await channel.close().get() }
}

/// A UDP socket.
final class RawDatagrams: Sendable {
    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        let received: NIOLockedValueBox<[[UInt8]]>
        init(_ received: NIOLockedValueBox<[[UInt8]]>) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).data.readableBytesView)
            received.withLockedValue { $0.append(bytes) }
        }
    }

    private let channel: any Channel
    private let peer: SocketAddress
    private let box = NIOLockedValueBox<[[UInt8]]>([])

    init(to peer: SocketAddress) async throws {
        self.peer = peer
        let box = box
        channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Collector(box)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func send(_ datagram: [UInt8]) async throws {
        try await channel.writeAndFlush(AddressedEnvelope(remoteAddress: peer, data: ByteBuffer(bytes: datagram))).get()
    }

    var received: [[UInt8]] { box.withLockedValue { $0 } }

    func close() async { try? await channel.close().get() }
}

/// Waits until something holds, some minutes at most.
@discardableResult func eventually(_ holds: () async -> Bool) async -> Bool {
    // Minutes, because tests that compute hold every thread of a small machine for that long; who passes does not wait.
    for _ in 0..<20_000 {
        if await holds() { return true }
        // Datagrams and other threads tell nobody when they are done.
        try? await Task.sleep(for: .milliseconds(10))
    }
    return await holds()
}
