import NIOCore

extension BeaconEndpoint {
    /// Takes datagrams off the socket, and hands them over once per read.
    final class Receiver: ChannelInboundHandler {
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
