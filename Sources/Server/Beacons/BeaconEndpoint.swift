import Estate
import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Where beacons arrive: a UDP socket for each responder, and one thread that answers them in batches.
///
/// While one batch is being made durable the next one gathers, so that batches grow with the load and each commit is shared. A
/// datagram costs no task and no actor hop: the event loop hands over what one read brought, and writes a batch's answers with
/// one flush.
///
/// Limits: ``Limits``. When the queue is full the newest are refused with the desk's own answer, so many a batch, and beyond that
/// dropped; what waited too long is dropped. A desk that throws leaves its batch unanswered: cards ask again.
public final class BeaconEndpoint: Service {
    public struct Limits: Sendable {
        /// Datagrams waiting per responder.
        public var waiting = 16_384
        /// Datagrams per batch, and so per transaction.
        public var batch = 1_024
        /// Datagrams from which on a batch is not kept waiting for more.
        public var gather = 64
        /// Milliseconds that a smaller one waits, and only when it comes on the heels of another: a commit costs as much for one
        /// as for many.
        public var gatherTime: UInt32 = 1
        /// Milliseconds that a datagram may wait before it is not worth an answer any more.
        public var patience: Int64 = 2_000
        /// Bytes of a datagram; longer ones are dropped. A beacon has 128 at most.
        public var datagram = 1_024
        /// "Come back later" answers between two batches.
        public var refusals = 256
        /// Bytes asked for as the socket's receive buffer; the kernel may give less (`net.core.rmem_max`).
        public var receiveBuffer = 8 << 20

        public init() {}
    }

    /// One responder: its index in the beacon's answer, where it listens, and who answers.
    public struct Line: Sendable {
        public var responder: UInt8
        public var host: String
        public var port: Int
        public var desk: any BeaconAnswering

        public init(responder: UInt8, host: String, port: Int, desk: any BeaconAnswering) {
            self.responder = responder
            self.host = host
            self.port = port
            self.desk = desk
        }
    }

    /// What one responder's socket has seen since the start.
    public struct Figures: Equatable, Codable, Sendable {
        public var responder: Int
        public var received = 0
        public var answered = 0
        /// Answered with "come back later", or dropped, because the queue was full.
        public var shed = 0
        /// Dropped because they waited too long.
        public var expired = 0
        /// Dropped because they were too long to be a beacon.
        public var oversized = 0
        /// Left unanswered because the desk failed.
        public var failed = 0
        public var batches = 0
        public var largestBatch = 0
        public var waiting = 0
    }

    /// The sockets' addresses, in the order of the lines.
    public let addresses: [SocketAddress]
    private let channels: [any Channel]
    private let worker: Worker

    private init(channels: [any Channel], worker: Worker) {
        self.channels = channels
        self.worker = worker
        addresses = channels.compactMap(\.localAddress)
    }

    /// Opens the sockets. Nothing is answered before ``run()``.
    /// - Throws: when an address is taken or not ours.
    public static func bind(
        _ lines: [Line], limits: Limits = Limits(), group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        clock: @escaping @Sendable () -> UTCInstant, logger: Logger
    ) async throws -> BeaconEndpoint {
        let worker = Worker(lines: lines, limits: limits, clock: clock, logger: logger)
        var channels: [any Channel] = []
        do {
            for (index, line) in lines.enumerated() {
                let messages = 64
                let bootstrap = DatagramBootstrap(group: group)
                    .channelOption(.datagramVectorReadMessageCount, value: messages)
                    // One byte more than the limit tells a long datagram from one that was cut.
                    .channelOption(
                        .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: messages * (limits.datagram + 1))
                    )
                    .channelOption(.maxMessagesPerRead, value: 16)
                    // Answers of a whole batch are written before the one flush.
                    .channelOption(.writeBufferWaterMark, value: .init(low: 1 << 20, high: 4 << 20))
                    .channelOption(.socketOption(.so_rcvbuf), value: .init(limits.receiveBuffer))
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(Receiver(line: index, worker: worker, limits: limits))
                        }
                    }
                channels.append(try await bootstrap.bind(host: line.host, port: line.port).get())
            }
        } catch {
            for channel in channels { try? await channel.close().get() }
            throw error
        }
        worker.open(channels)
        return BeaconEndpoint(channels: channels, worker: worker)
    }

    /// What the sockets have seen, in the order of the lines.
    public var figures: [Figures] { worker.figures }

    /// Answers until the graceful shutdown: then reads no more, answers what waits, and closes.
    public func run() async throws {
        worker.start()
        try? await gracefulShutdown()
        for channel in channels { try? await channel.setOption(.autoRead, value: false).get() }
        await worker.finish()
        for channel in channels {
            // Behind the last answers, which were handed to the same event loop.
            try? await channel.eventLoop.submit {}.get()
            try? await channel.close().get()
        }
    }
}
