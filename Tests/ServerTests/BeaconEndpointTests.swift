import Estate
import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import Testing

@testable import Server

@Suite("The beacon endpoint") struct BeaconEndpointTests {
    @Test("answers a card's beacons on either responder, and the estate knows")
    func answers() async throws {
        try await withRunningHouse { house, addresses in
            #expect(addresses.beacons.count == 2)
            for (responder, address) in addresses.beacons.enumerated() {
                var card = try SampleCard(1, responder: UInt8(responder))
                let socket = try await RawDatagrams(to: address)
                try await socket.send(try card.beacon())
                #expect(await eventually { !socket.received.isEmpty })
                _ = try card.accept(try #require(socket.received.first))
                await socket.close()
            }
            #expect(try house.estate.device("HF-0001", at: house.now)?.row.state == .reachable)
            #expect(house.server.beaconFigures.map(\.answered) == [1, 1])
        }
    }

    @Test("survives a flood of garbage, and still answers a card")
    func garbage() async throws {
        try await withRunningHouse { house, addresses in
            var generator = SplitMix(seed: 0xF100D)
            let socket = try await RawDatagrams(to: addresses.beacons[0])
            var model: [UInt8] = []
            for index in 0..<5_000 {
                switch index % 4 {
                case 0:
                    model = (0..<Int.random(in: 0...1_400, using: &generator)).map { _ in
                        UInt8.random(in: .min ... .max, using: &generator)
                    }
                case 1:
                    var card = try SampleCard(UInt64.random(in: 2...9, using: &generator))
                    model = try card.beacon()
                    model[Int.random(in: 0..<model.count, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                case 2: model = Array(model.prefix(Int.random(in: 0...model.count, using: &generator)))
                default: model = model.shuffled(using: &generator)
                }
                try await socket.send(model)
            }
            // What the kernel dropped under the flood is nobody's; what was read is accounted for.
            let quiet = await eventually { house.server.beaconFigures[0].waiting == 0 }
            #expect(quiet)
            var card = try SampleCard(1)
            let answered = await eventually {
                guard let datagram = try? card.beacon() else { return false }
                try? await socket.send(datagram)
                // The answer's way through two sockets; one that comes later is found in the next turn.
                try? await Task.sleep(for: .milliseconds(20))
                return socket.received.suffix(64).contains { (try? card.accept($0)) != nil }
            }
            #expect(answered)
            let oversized = house.server.beaconFigures[0].oversized
            #expect(oversized > 0)
        }
    }

    /// A desk that answers with the datagram itself, when it is let.
    private final class SlowDesk: BeaconAnswering {
        struct State {
            var isOpen = false
            var fails = false
            var batches: [Int] = []
        }
        let state = NIOLockedValueBox(State())

        func answer(_ datagrams: [[UInt8]], at now: UTCInstant) throws -> [[UInt8]?] {
            // Held by the test, not by time: it stands for a store that takes long, which blocks its thread too.
            while !state.withLockedValue({ $0.isOpen }) { Thread.sleep(forTimeInterval: 0.001) }
            if state.withLockedValue({ $0.fails }) { throw Full() }
            state.withLockedValue { $0.batches.append(datagrams.count) }
            return datagrams.map { $0.first == 0xFF ? nil : $0 }
        }

        func refuse(_ datagram: [UInt8]) -> [UInt8]? { [0xEE] + datagram }

        struct Full: Error {}
    }

    private func withEndpoint(
        _ desk: SlowDesk, _ limits: BeaconEndpoint.Limits, _ body: (BeaconEndpoint, RawDatagrams) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let endpoint = try await BeaconEndpoint.bind(
            [BeaconEndpoint.Line(responder: 0, host: "127.0.0.1", port: 0, desk: desk)], limits: limits,
            clock: HoldfastServer.wallClock,
            logger: logger)
        let group = ServiceGroup(services: [endpoint], logger: logger)
        let socket = try await RawDatagrams(to: endpoint.addresses[0])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body(endpoint, socket)
            } catch {
                desk.state.withLockedValue { $0.isOpen = true }
                await group.triggerGracefulShutdown()
                throw error
            }
            desk.state.withLockedValue { $0.isOpen = true }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        await socket.close()
    }

    @Test("gathers what arrives during a commit into the next batch")
    func batches() async throws {
        let desk = SlowDesk()
        try await withEndpoint(desk, House.quietSettings.beaconLimits) { endpoint, socket in
            for index in 0..<50 { try await socket.send([UInt8(index)]) }
            #expect(await eventually { endpoint.figures[0].received == 50 })
            desk.state.withLockedValue { $0.isOpen = true }
            #expect(await eventually { socket.received.count == 50 })
            #expect(Set(socket.received) == Set((0..<50).map { [UInt8($0)] }))
            #expect(desk.state.withLockedValue { $0.batches.count } < 50)
            #expect(endpoint.figures[0].largestBatch > 1)
        }
    }

    @Test("refuses the newest when the queue is full, and keeps the oldest")
    func shedding() async throws {
        let desk = SlowDesk()
        var limits = House.quietSettings.beaconLimits
        limits.waiting = 8
        limits.batch = 4
        limits.refusals = 5
        try await withEndpoint(desk, limits) { endpoint, socket in
            try await socket.send([0])
            // The first is with the desk, which holds it; the queue is empty again.
            #expect(await eventually { endpoint.figures[0].received == 1 && endpoint.figures[0].waiting == 0 })
            for index in 1...30 { try await socket.send([UInt8(index)]) }
            #expect(await eventually { endpoint.figures[0].received == 31 })
            #expect(endpoint.figures[0].waiting == 8)
            #expect(endpoint.figures[0].shed == 22)
            desk.state.withLockedValue { $0.isOpen = true }
            #expect(await eventually { socket.received.count == 14 })
            #expect(socket.received.filter { $0.first == 0xEE } == (9...13).map { [0xEE, UInt8($0)] })
            #expect(Set(socket.received.filter { $0.first != 0xEE }) == Set((0...8).map { [UInt8($0)] }))
        }
    }

    @Test("answers nobody when the desk fails, and goes on when it is back")
    func failing() async throws {
        let desk = SlowDesk()
        desk.state.withLockedValue { ($0.isOpen, $0.fails) = (true, true) }
        try await withEndpoint(desk, House.quietSettings.beaconLimits) { endpoint, socket in
            try await socket.send([1])
            #expect(await eventually { endpoint.figures[0].failed == 1 })
            desk.state.withLockedValue { $0.fails = false }
            try await socket.send([2])
            #expect(await eventually { socket.received == [[2]] })
        }
    }

    @Test("answers what waits before it ends")
    func draining() async throws {
        let desk = SlowDesk()
        let socket = NIOLockedValueBox<RawDatagrams?>(nil)
        try await withEndpoint(desk, House.quietSettings.beaconLimits) { endpoint, datagrams in
            socket.withLockedValue { $0 = datagrams }
            for index in 0..<20 { try await datagrams.send([UInt8(index)]) }
            #expect(await eventually { endpoint.figures[0].received == 20 })
        }
        #expect(await eventually { socket.withLockedValue { $0 }?.received.count == 20 })
    }

    @Test("queue drops what waited too long, the oldest first")
    func patience() throws {
        var queue = BeaconQueue(limit: 4, batchLimit: 2, refusalLimit: 1, patience: .seconds(2))
        let peer = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        func arrival(_ byte: UInt8, at second: UInt64) -> BeaconQueue.Waiting {
            BeaconQueue.Waiting(peer: peer, bytes: [byte], arrived: .uptimeNanoseconds(second * 1_000_000_000))
        }
        queue.offer([
            arrival(1, at: 10), arrival(2, at: 11), arrival(3, at: 12), arrival(4, at: 12), arrival(5, at: 12), arrival(6, at: 12),
        ])
        #expect(queue.count == 4)
        #expect(queue.shed == 2)
        #expect(queue.refusals().map(\.bytes) == [[5]])
        #expect(queue.refusals().isEmpty)
        #expect(queue.batch(at: .uptimeNanoseconds(13_500_000_000)).map(\.bytes) == [[3], [4]])
        #expect(queue.expired == 2)
        #expect(queue.batch(at: .uptimeNanoseconds(13_500_000_000)).isEmpty)
        #expect(queue.count == 0)
    }
}
