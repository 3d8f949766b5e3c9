import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Lab

/// A responder on a real UDP socket.
private final class SocketResponder: Sendable {
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        let answer: ([UInt8]) -> [UInt8]?

        init(_ answer: @escaping ([UInt8]) -> [UInt8]?) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            guard let reply = answer(Array(envelope.data.readableBytesView)) else { return }
            context.writeAndFlush(
                NIOAny(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: reply))), promise: nil)
        }
    }

    private let box: Mutex<LabResponder?> = Mutex(nil)
    let channels: [any Channel]

    init() async throws {
        let box = Box()
        var channels: [any Channel] = []
        for index in 0..<2 {
            let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Handler { box.answer($0, UInt8(index)) })
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            channels.append(channel)
        }
        self.channels = channels
        self.answers = box
    }

    private let answers: Box

    final class Box: Sendable {
        private let responder = Mutex<Holder>(Holder())
        struct Holder: @unchecked Sendable { var value: LabResponder? }

        func set(_ value: sending LabResponder) { responder.withLock { $0 = Holder(value: value) } }
        func answer(_ datagram: [UInt8], _ index: UInt8) -> [UInt8]? {
            responder.withLock { $0.value?.answer(datagram, responder: index, at: 0) }
        }
    }

    func serve(_ estate: LabEstate) { answers.set(LabResponder(estate)) }

    var endpoints: [Endpoint] {
        channels.compactMap { $0.localAddress.flatMap(Endpoint.init) }
    }

    func close() async { for channel in channels { try? await channel.close() } }
}

@Suite struct LiveLabTests {
    @Test(.timeLimit(.minutes(2))) func cardsReachRealRespondersLeaveADeadOperatorAndComeBack() async throws {
        let responder = try await SocketResponder()
        var settings = LabEstate.Settings(preset: .alarm, responders: responder.endpoints)
        settings.cards = 6
        let estate = try LabEstate(settings)
        responder.serve(estate)
        let lab = try await LiveLab(
            estate, timing: .laboratory, epoch: 1_767_225_600_000, powerOn: .seconds(1), speed: 20, using: CryptoKeyDerivation())
        try await until { lab.snapshot.groups.allSatisfy { $0.dark == 0 } }
        try await lab.start(.dataPathDead, lasting: .seconds(600))
        await #expect(throws: LiveLab.Refusal.alreadyRunning("data-path-dead")) {
            try await lab.start(.storm, lasting: .seconds(60))
        }
        try await until { lab.snapshot.groups[0].onBackup == lab.snapshot.groups[0].cards }
        let struck = lab.snapshot
        #expect(struck.groups[0].measured?.answeredElsewhere == 2)
        #expect(struck.groups[1].dark == 2)
        #expect(struck.groups[2].dark == 2)
        await lab.stop()
        try await until { lab.snapshot.groups.allSatisfy { $0.dark == 0 } }
        #expect(lab.snapshot.drill == nil)
        await lab.shutDown()
        await responder.close()
    }

    private func until(_ condition: () -> Bool) async throws {
        // A live lab keeps the real clock, and says what has come about only when it is asked.
        while !condition() { try await Task.sleep(for: .milliseconds(20)) }
    }
}
