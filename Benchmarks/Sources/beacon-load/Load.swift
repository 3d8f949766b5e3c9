import Beacon
import CDatagrams
import Cipher
import Foundation
import Measure
import Wire

/// Many cards in one process. Every beacon is sealed when it is sent, and every answer is opened and checked.
///
/// Open loop: beacons leave at random moments, so many a second on average, whether or not those before were answered, and a latency
/// counts from the moment at which the beacon was due, so that neither this process nor a slow server can hide a wait. Closed loop:
/// so many beacons are without answer at a time; it finds how much the server takes, and its latencies say little.
struct Load {
    struct Address {
        var host: String
        var port: UInt16

        init(_ text: String) throws {
            let parts = text.split(separator: ":")
            guard parts.count == 2, let port = UInt16(parts[1]) else { throw BenchmarkFailure("\(text) is not HOST:PORT") }
            self.port = port
            host = String(parts[0])
        }
    }

    enum Pace {
        case open(perSecond: Double)
        case closed(window: Int)
    }

    var responders: [Address] = []
    var cards = 0
    var seed: UInt64 = 1
    var firstRound: UInt64 = 1
    var pace = Pace.open(perSecond: 1_000)
    var seconds = 10.0
    var warmUp = 3.0
    var server: Int32?

    /// After this long a beacon counts as lost.
    private static let patience: UInt64 = 3_000_000_000
    private static let sockets = 8
    private static let room = 256

    func run() throws -> Outcome {
        guard responders.count == 2 else { throw BenchmarkFailure("give --to twice: an estate has two responders") }
        guard (1...(Load.sockets << 16)).contains(cards) else { throw BenchmarkFailure("1 to \(Load.sockets << 16) cards") }
        if case .closed(let window) = pace, window > cards / 2 { throw BenchmarkFailure("a window of at most half the cards") }
        var fleet = try Fleet(cards: cards, seed: seed, responders: responders, sockets: Load.sockets, firstRound: firstRound)
        defer { fleet.close() }
        let begin = Stopwatch.nanoseconds
        let measureFrom = begin + UInt64(warmUp * 1e9)
        let end = measureFrom + UInt64(seconds * 1e9)
        var outcome = Outcome(seconds: seconds, cards: cards)
        var random = SystemOfDraws(seed: seed)
        var due = begin
        var usage: (own: UInt64, server: UInt64)?
        var lastLook = begin
        var next = 0
        // Scatters the cards, so that neighbours in the database are not neighbours in time.
        let stride = Load.stride(over: cards)

        func send(at moment: UInt64) throws {
            try fleet.seal(next, at: moment, counts: moment >= measureFrom && moment < end, into: &outcome)
            next = (next + stride) % cards
        }
        while true {
            var now = Stopwatch.nanoseconds
            if usage == nil, now >= measureFrom { usage = (Stopwatch.processNanoseconds, ServerClock.cpu(of: server)) }
            if now >= end { break }
            switch pace {
            case .open(let rate):
                var burst = 0
                while due <= now, burst < 256 {
                    try send(at: due)
                    due += UInt64(-log(1 - random.unit()) / rate * 1e9)
                    burst += 1
                }
            case .closed(let window):
                if fleet.waiting + 32 <= window || fleet.waiting == 0 {
                    while fleet.waiting < window { try send(at: now) }
                }
            }
            fleet.flush()
            let received = fleet.receive(into: &outcome)
            if received == 0 {
                now = Stopwatch.nanoseconds
                if case .closed = pace, now > lastLook + 500_000_000 {
                    fleet.expire(before: now - Load.patience, into: &outcome)
                    lastLook = now
                }
                // A short nap at least: a process that spins would take the core from the server that it measures.
                let pause: UInt64 = if case .open = pace { due > now ? max(due - now, 200_000) : 0 } else { 2_000_000 }
                fleet.wait(microseconds: Int64(min(pause, 5_000_000) / 1_000))
            }
        }
        if let usage {
            outcome.ownShare = Double(Stopwatch.processNanoseconds - usage.own) / (seconds * 1e9)
            let served = ServerClock.cpu(of: server)
            if server != nil { outcome.serverShare = Double(served - usage.server) / (seconds * 1e9) }
        }
        // What is still on its way may arrive.
        let last = Stopwatch.nanoseconds + Load.patience
        while fleet.waiting > 0, Stopwatch.nanoseconds < last {
            fleet.flush()
            if fleet.receive(into: &outcome) == 0 { fleet.wait(microseconds: 2_000) }
        }
        fleet.expire(before: .max, into: &outcome)
        return outcome
    }

    /// A step near the golden section that visits every card before it comes back to one.
    private static func stride(over cards: Int) -> Int {
        func divisor(_ left: Int, _ right: Int) -> Int { right == 0 ? left : divisor(right, left % right) }
        var step = max(1, Int(Double(cards) * 0.618))
        while divisor(step, cards) != 1 { step += 1 }
        return step
    }
}

/// The cards, their keys, and what they wait for.
struct Fleet {
    private struct Request {
        var client: BeaconClient<TableAES>
        /// When it was due; 0 when nothing waits.
        var due: UInt64 = 0
        var counts = false
    }

    private let cards: [CardNumber]
    private let keys: [SecurityKeys]
    private let responders: Int
    private let sockets: [Int32]
    private var requests: [Request?]
    private var rounds: [UInt32]
    private let firstRound: UInt64
    private var outgoing: [(bytes: [UInt8], lengths: [UInt16])]
    private var incoming = [UInt8](repeating: 0, count: 64 * 256)
    private var lengths = [UInt16](repeating: 0, count: 64)
    private(set) var waiting = 0

    init(cards count: Int, seed: UInt64, responders addresses: [Load.Address], sockets socketCount: Int, firstRound: UInt64) throws
    {
        responders = addresses.count
        self.firstRound = firstRound
        var cards: [CardNumber] = []
        var keys: [SecurityKeys] = []
        for index in 0..<count {
            let identity = Identity(index: index, seed: seed)
            // A card talks to one of the responders here; half of them to each.
            guard let card = CardNumber(identity.number),
                let own = identity.keys(responder: UInt8(index % socketCount % addresses.count))
            else {
                throw BenchmarkFailure("no keys for card \(index)")
            }
            cards.append(card)
            keys.append(own)
        }
        self.cards = cards
        self.keys = keys
        requests = Array(repeating: nil, count: count)
        rounds = Array(repeating: 0, count: count)
        outgoing = Array(repeating: ([], []), count: socketCount)
        sockets = try (0..<socketCount).map { index in
            let address = addresses[index % addresses.count]
            let socket = datagrams_connect(address.host, address.port)
            guard socket >= 0 else {
                throw BenchmarkFailure("no socket to \(address.host):\(address.port): \(String(cString: strerror(-socket)))")
            }
            return socket
        }
    }

    func close() { for socket in sockets { Glibc.close(socket) } }

    /// Makes a card's next beacon and puts it into its socket's queue.
    ///
    /// The low 16 bits of its sequence number, which are also its token, say which card of the socket it is; the bits above count its beacons.
    mutating func seal(_ index: Int, at moment: UInt64, counts: Bool, into outcome: inout Outcome) throws {
        if let before = requests[index] { lose(before, into: &outcome) }
        let socket = index % sockets.count
        let sequence = (firstRound + UInt64(rounds[index])) << 16 | UInt64(index / sockets.count)
        rounds[index] += 1
        var client = BeaconClient<TableAES>(card: cards[index], keys: keys[index], ceiling: sequence, step: 1)
        let heartbeat = Heartbeat(
            card: cards[index], profile: .primary, boots: 3, missed: 2, policy: 1, sinceMove: 86_400, network: try? PLMN("999-70"),
            technology: 8,
            responder: UInt8(socket % responders))
        let datagram = try client.request(heartbeat)
        requests[index] = Request(client: client, due: moment, counts: counts)
        waiting += 1
        if counts { outcome.sent += 1 }
        outgoing[socket].bytes += datagram.bytes
        outgoing[socket].lengths.append(UInt16(datagram.bytes.count))
        if outgoing[socket].lengths.count == 64 { flush(socket) }
    }

    mutating func flush() {
        for socket in sockets.indices where !outgoing[socket].lengths.isEmpty { flush(socket) }
    }

    private mutating func flush(_ socket: Int) {
        let (bytes, lengths) = outgoing[socket]
        let sent = Int(max(0, datagrams_send(sockets[socket], bytes, lengths, Int32(lengths.count))))
        // What the socket did not take waits for the next turn; the queue holds 64 at most, so what is beyond is lost, and counted so.
        if sent < lengths.count, lengths.count < 64 {
            let taken = lengths.prefix(sent).reduce(0) { $0 + Int($1) }
            outgoing[socket] = (Array(bytes.dropFirst(taken)), Array(lengths.dropFirst(sent)))
        } else {
            outgoing[socket].bytes.removeAll(keepingCapacity: true)
            outgoing[socket].lengths.removeAll(keepingCapacity: true)
        }
    }

    /// Takes what has come; gives how many.
    mutating func receive(into outcome: inout Outcome) -> Int {
        var total = 0
        for socket in sockets.indices {
            while true {
                let count = Int(datagrams_receive(sockets[socket], &incoming, &lengths, 256, 64))
                guard count > 0 else { break }
                total += count
                let now = Stopwatch.nanoseconds
                for place in 0..<count {
                    take(
                        Array(incoming[(place * 256)..<(place * 256 + Int(lengths[place]))]), from: socket, at: now, into: &outcome)
                }
                if count < 64 { break }
            }
        }
        return total
    }

    private mutating func take(_ datagram: [UInt8], from socket: Int, at now: UInt64, into outcome: inout Outcome) {
        guard datagram.count >= 6, datagram[0] & 0x0F == 2 else {
            outcome.strange += 1
            return
        }
        let index = (Int(datagram[4]) << 8 | Int(datagram[5])) * sockets.count + socket
        guard requests.indices.contains(index), var request = requests[index] else {
            outcome.late += 1
            return
        }
        do {
            _ = try request.client.accept(datagram)
            requests[index] = nil
            waiting -= 1
            if request.counts { outcome.latencies.append(UInt32(clamping: (now - request.due) / 1_000)) }
            outcome.answered += 1
        } catch .errorUnprotected {
            outcome.refused += 1
        } catch {
            outcome.strange += 1
        }
    }

    mutating func expire(before moment: UInt64, into outcome: inout Outcome) {
        for index in requests.indices {
            if let request = requests[index], request.due < moment { lose(request, into: &outcome); requests[index] = nil }
        }
    }

    private mutating func lose(_ request: Request, into outcome: inout Outcome) {
        waiting -= 1
        if request.counts { outcome.lost += 1 }
    }

    func wait(microseconds: Int64) { datagrams_wait(sockets, Int32(sockets.count), microseconds) }
}

/// What came of a load.
struct Outcome {
    var seconds: Double
    var cards: Int
    /// Beacons that were due in the time that is measured.
    var sent = 0
    /// Of those: how long each answer took, in microseconds; and how many had none.
    var latencies: [UInt32] = []
    var lost = 0
    /// Answers of the whole run, warm-up included.
    var answered = 0
    /// Errors without protection, such as "come back later".
    var refused = 0
    /// Answers to beacons that were given up, or twice.
    var late = 0
    /// What is not an authentic answer.
    var strange = 0
    /// CPU seconds a second, of this process and of the server.
    var ownShare = 0.0
    var serverShare: Double?

    init(seconds: Double, cards: Int) {
        self.seconds = seconds
        self.cards = cards
    }

    func figures(named name: String, goal: Double?) throws -> [Figure] {
        guard !latencies.isEmpty else {
            throw BenchmarkFailure("no beacon was answered (\(sent) sent, \(refused) refused, \(strange) strange)")
        }
        let sorted = latencies.sorted()
        func milliseconds(_ share: Double) -> Double {
            Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1_000
        }
        let rate = Double(latencies.count) / seconds
        var notes = ["\(sent) sent in \(seconds.legible) s, \(lost) lost, \(refused) refused"]
        if strange + late > 0 { notes.append("\(strange) strange, \(late) late") }
        notes.append("load generator \(Int(ownShare * 100)) % of a core")
        if let serverShare {
            notes.append("server \(Int(serverShare * 100)) % of a core, \((serverShare * 1e6 / rate).legible) us of CPU per beacon")
        }
        return [
            Figure(
                "beacons", "\(name): answered", unit: "beacons/s", values: [rate], goal: goal, note: notes.joined(separator: "; ")),
            Figure("beacons", "\(name): latency p50", unit: "ms", values: [milliseconds(0.5)], moreIsBetter: false),
            Figure(
                "beacons", "\(name): latency p99", unit: "ms", values: [milliseconds(0.99)], goal: goal == nil ? nil : 50,
                moreIsBetter: false),
            Figure("beacons", "\(name): latency, longest", unit: "ms", values: [milliseconds(1)], moreIsBetter: false),
            Figure("beacons", "\(name): lost", unit: "of \(sent)", values: [Double(lost)], moreIsBetter: false),
        ]
    }
}

/// What the kernel says of another process.
enum ServerClock {
    /// Nanoseconds of CPU that it has used; 0 when there is none.
    static func cpu(of process: Int32?) -> UInt64 {
        guard let process, let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 12,
            let user = UInt64(fields[11]), let system = UInt64(fields[12])
        else { return 0 }
        return (user + system) * 1_000_000_000 / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }
}

/// Random numbers that are the same each time: SplitMix64.
struct SystemOfDraws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// In 0 ..< 1.
    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }
}
