import Estate
import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

extension BeaconEndpoint {
    /// The one thread that talks to the desks.
    final class Worker: Sendable {
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
