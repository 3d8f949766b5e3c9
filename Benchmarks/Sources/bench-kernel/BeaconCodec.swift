import Beacon
import CAllocations
import Cipher
import Measure
import Wire

/// One heartbeat's way through CoAP, OSCORE and CBOR on both sides, with the portable AES and no socket.
enum BeaconCodec {
    static func measure() throws {
        guard let card = CardNumber(42), let commonIV = CCMNonce(exactly: [UInt8](repeating: 7, count: 13)) else { return }
        let keys = SecurityKeys(
            commonIV: commonIV, sender: Block(high: 1, low: 2), recipient: Block(high: 3, low: 4))
        let heartbeat = Heartbeat(
            card: card, profile: .primary, boots: 3, policy: 1, sinceMove: 86_400, network: try PLMN("234-15"), technology: 8)
        var client = BeaconClient<TableAES>(card: card, keys: keys, ceiling: 0)
        var server = BeaconServer.context(for: card, keys: keys.mirrored, window: ReplayWindow())
        let answer = Answer(primary: .healthy, returnWindow: 600, time: 1_780_000_000)

        func exchange() throws -> (request: Int, answer: Int) {
            let request = try client.request(heartbeat)
            guard try BeaconServer.identify(request.bytes) == card else { throw BenchmarkFailure("another card") }
            var opened = try BeaconServer.open(request.bytes, in: &server, with: TableAES.self)
            let reply = try opened.answer(answer, in: server, with: TableAES.self)
            guard try client.accept(reply) == answer else { throw BenchmarkFailure("another answer") }
            return (request.bytes.count, reply.count)
        }
        let sizes = try exchange()
        let before = allocations_so_far()
        for _ in 0..<1_000 { _ = try exchange() }
        let allocations = Double(allocations_so_far() - before) / 1_000
        try measureRate(
            "beacon", "whole exchange, both sides", unit: "exchanges/s",
            note: "request \(sizes.request) bytes, answer \(sizes.answer) bytes; \(allocations.legible) allocations"
        ) {
            for _ in 0..<20_000 { _ = try exchange() }
            return 20_000
        }.publish()

        try measureRate("beacon", "responder's side: identify, open, answer", unit: "beacons/s") { _ in
            try (0..<10_000).map { (_: Int) -> [UInt8] in try client.request(heartbeat).bytes }
        } body: { requests in
            for request in requests {
                _ = try BeaconServer.identify(request)
                var opened = try BeaconServer.open(request, in: &server, with: TableAES.self)
                _ = try opened.answer(answer, in: server, with: TableAES.self)
            }
            return requests.count
        }.publish()
    }
}
