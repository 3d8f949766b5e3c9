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

extension BeaconEndpoint {
    /// Takes datagrams off the socket, and hands them over once per read.
    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        private let line: Int
        private let worker: Worker
        private let limits: Limits
        private var arrivals: [BeaconQueue.Waiting] = []
        private var oversized = 0

        init(line: Int, worker: Worker, limits: Limits) {
            self.line = line
            self.worker = worker
            self.limits = limits
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            guard envelope.data.readableBytes <= limits.datagram else {
                oversized += 1
                return
            }
            arrivals.append(
                BeaconQueue.Waiting(peer: envelope.remoteAddress, bytes: Array(envelope.data.readableBytesView), arrived: .now()))
        }

        func channelReadComplete(context: ChannelHandlerContext) {
            if arrivals.isEmpty, oversized == 0 { return }
            worker.offer(arrivals, oversized: oversized, line: line)
            arrivals.removeAll(keepingCapacity: true)
            oversized = 0
        }

        /// An error of one datagram (an ICMP answer to a card that is gone) is not the socket's end.
        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            worker.logger.debug("beacon socket", metadata: ["error": "\(error)"])
        }
    }
}

extension BeaconEndpoint {
    /// The one thread that talks to the desks.
    private final class Worker: Sendable {
        private struct State {
            var queues: [BeaconQueue]
            var figures: [Figures]
            var channels: [any Channel] = []
            /// Whether a drain is under way or asked for.
            var draining = false
            var isOpen = false
            var lastComplaint: NIODeadline?
        }

        private let lines: [Line]
        private let limits: Limits
        private let clock: @Sendable () -> UTCInstant
        let logger: Logger
        private let thread = NIOThreadPool(numberOfThreads: 1)
        private let state: NIOLockedValueBox<State>

        init(lines: [Line], limits: Limits, clock: @escaping @Sendable () -> UTCInstant, logger: Logger) {
            self.lines = lines
            self.limits = limits
            self.clock = clock
            self.logger = logger
            let queue = BeaconQueue(
                limit: limits.waiting, batchLimit: limits.batch, refusalLimit: limits.refusals,
                patience: .milliseconds(limits.patience))
            state = NIOLockedValueBox(
                State(
                    queues: Array(repeating: queue, count: lines.count),
                    figures: lines.map { Figures(responder: Int($0.responder)) }))
        }

        func open(_ channels: [any Channel]) { state.withLockedValue { $0.channels = channels } }

        func start() {
            thread.start()
            let pending = state.withLockedValue { state in
                state.isOpen = true
                let pending = state.queues.contains { $0.count > 0 }
                state.draining = pending
                return pending
            }
            if pending { submit() }
        }

        /// Waits until nothing waits, then ends the thread.
        func finish() async {
            _ = try? await thread.runIfActive {}
            state.withLockedValue { $0.isOpen = false }
            try? await thread.shutdownGracefully()
        }

        var figures: [Figures] {
            state.withLockedValue { state in
                zip(state.figures, state.queues).map { figures, queue in
                    var figures = figures
                    figures.waiting = queue.count
                    figures.expired = queue.expired
                    figures.shed = queue.shed
                    return figures
                }
            }
        }

        func offer(_ arrivals: [BeaconQueue.Waiting], oversized: Int, line: Int) {
            let wake = state.withLockedValue { state in
                state.figures[line].received += arrivals.count + oversized
                state.figures[line].oversized += oversized
                state.queues[line].offer(arrivals)
                let wake = state.isOpen && !state.draining && state.queues[line].count > 0
                if wake { state.draining = true }
                return wake
            }
            if wake { submit() }
        }

        private func submit() {
            thread.submit { [self] threadState in
                if case .active = threadState { drain() }
            }
        }

        private struct Work {
            var line: Int
            var batch: [BeaconQueue.Waiting]
            var refusals: [BeaconQueue.Waiting]
            var channel: any Channel
        }

        /// Takes the lines in turn until none has anything left.
        private func drain() {
            var next = 0
            var isHurried = true
            while true {
                if !isHurried { Thread.sleep(forTimeInterval: Double(limits.gatherTime) / 1_000) }
                let work: Work? = state.withLockedValue { state in
                    for offset in 0..<lines.count {
                        let line = (next + offset) % lines.count
                        let refusals = state.queues[line].refusals()
                        let batch = state.queues[line].batch(at: .now())
                        if !batch.isEmpty || !refusals.isEmpty {
                            return Work(line: line, batch: batch, refusals: refusals, channel: state.channels[line])
                        }
                    }
                    state.draining = false
                    return nil
                }
                guard let work else { return }
                // Asked here and not where they arrived: a desk may make whoever asks it wait for its commit, and event loops
                // must not wait.
                send(work.refusals.map { ($0.peer, lines[work.line].desk.refuse($0.bytes)) }, through: work.channel)
                if !work.batch.isEmpty { answer(work) }
                isHurried = work.batch.count >= limits.gather
                next = (work.line + 1) % lines.count
            }
        }

        private func answer(_ work: Work) {
            let answers: [[UInt8]?]
            do {
                answers = try lines[work.line].desk.answer(work.batch.map(\.bytes), at: clock())
            } catch {
                failed(work.batch.count, line: work.line, error)
                return
            }
            let sent = send(zip(work.batch, answers).map { ($0.peer, $1) }, through: work.channel)
            state.withLockedValue { state in
                state.figures[work.line].answered += sent
                state.figures[work.line].batches += 1
                state.figures[work.line].largestBatch = max(state.figures[work.line].largestBatch, work.batch.count)
            }
        }

        /// - Returns: how many there were to send.
        @discardableResult private func send(_ answers: [(SocketAddress, [UInt8]?)], through channel: any Channel) -> Int {
            let outgoing = answers.compactMap { peer, bytes in
                bytes.map { AddressedEnvelope(remoteAddress: peer, data: ByteBuffer(bytes: $0)) }
            }
            if outgoing.isEmpty { return 0 }
            channel.eventLoop.execute {
                // A socket that cannot keep up loses answers, as the network does; it never piles them up.
                for envelope in outgoing where channel.isWritable { channel.write(envelope, promise: nil) }
                channel.flush()
            }
            return outgoing.count
        }

        private func failed(_ count: Int, line: Int, _ error: any Error) {
            let complains = state.withLockedValue { state in
                state.figures[line].failed += count
                // One line each ten seconds: a full disk must not be filled further by its own reports.
                if let last = state.lastComplaint, .now() - last < .seconds(10) { return false }
                state.lastComplaint = .now()
                return true
            }
            if complains {
                logger.error(
                    "beacons are not answered: the estate cannot store them",
                    metadata: ["responder": "\(lines[line].responder)", "batch": "\(count)", "error": "\(error)"])
            }
        }
    }
}
