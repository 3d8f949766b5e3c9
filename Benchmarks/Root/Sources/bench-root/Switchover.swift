import Estate
import Foundation
import Lab
import Measure
import Resilience

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// From a dead data path to the first answer on the backup, by the wall clock: the lab's world with its laboratory timing, and every
/// datagram of its cards over a real socket to a real server.
struct Switchover {
    private static let cards = 20
    private static let strikes = 5
    /// One probe, and how long it waits: the next follows the miss of the one before.
    private static let probe = Interval.milliseconds(100)
    private static let misses: UInt8 = 3

    /// As fast as a terminal polls: a probe every 100 ms, three misses, and nothing that waits on purpose.
    private static let parameters: Parameters = {
        var parameters = Parameters.alarm
        parameters.heartbeat = probe
        parameters.heartbeatAway = probe
        parameters.timeout = probe
        parameters.suspectProbe = .milliseconds(1)
        parameters.misses = misses
        parameters.registrationGrace = .seconds(2)
        parameters.congestionGrace = .seconds(4)
        parameters.bearerGrace = .seconds(1)
        parameters.attachBudget = .seconds(10)
        parameters.trialBudget = .seconds(5)
        parameters.firstProbe = probe
        parameters.leaveSpread = .zero
        parameters.hold = .seconds(4)
        parameters.holdLimit = .seconds(4)
        parameters.stable = .seconds(2)
        parameters.darkPause = .seconds(5)
        parameters.darkLimit = .seconds(10)
        parameters.doubtPause = .seconds(10)
        parameters.doubtLimit = .seconds(20)
        parameters.allowance = 50
        parameters.refill = .seconds(1)
        parameters.refreshRetry = .seconds(2)
        parameters.jitter = 0
        return parameters
    }()

    private let responders: [Endpoint]

    init(responders texts: [String]) throws {
        responders = try texts.map { text in
            let parts = text.split(separator: ":")
            guard parts.count == 2, parts[0] == "127.0.0.1", let port = UInt16(parts[1]) else {
                throw BenchmarkFailure("\(text) is not 127.0.0.1:PORT")
            }
            return Endpoint(.v4(127, 0, 0, 1), port: port)
        }
        guard responders.count == 2 else { throw BenchmarkFailure("give --to twice") }
    }

    private static func settings(_ responders: [Endpoint]) -> LabEstate.Settings {
        var settings = LabEstate.Settings(preset: .alarm, responders: responders)
        settings.cards = cards
        settings.seed = 2_026
        settings.shares = [.resilient: 1]
        return settings
    }

    /// The same cards as those that are measured, with an interval that the import takes.
    static func inventory() throws -> String {
        try LabEstate(settings(LabEstate.Settings.documentationResponders)).inventory
    }

    func measure() throws {
        var settings = Switchover.settings(responders)
        settings.parameters = Switchover.parameters
        // What is measured is the card, not a serving node with a queue in front of it.
        settings.registrationsPerSecond = 1_000
        let estate = try LabEstate(settings)
        let world = try estate.world(
            timing: .laboratory, powerOn: .seconds(2), epoch: Int64(Date().timeIntervalSince1970 * 1_000), responding: nil,
            using: HostKeyDerivation())
        let internet = Internet()
        defer { internet.close() }
        let watch = Watch(cards: Switchover.cards)
        world.transport = internet
        world.onlooker = watch
        let clock = Clock(world, internet)

        clock.run(for: .seconds(4))
        for strike in 0..<Switchover.strikes {
            try clock.run(atMost: .seconds(20)) { watch.areAllHome }
            // Not in step with anybody's probes.
            clock.run(for: .milliseconds(1_000 + 137 * Int64(strike)))
            watch.begin(at: world.now)
            world.strike(.set(carrier: 0, .dataPath, .silent))
            try clock.run(atMost: .seconds(20)) { watch.haveAllAnswered }
            world.strike(.clear(carrier: 0))
            watch.end()
        }
        publish(watch)
    }

    private func publish(_ watch: Watch) {
        func median(_ values: [Double]) -> Double { Figure("", "", unit: "", values: values).median }
        let threeMisses = Double(Switchover.misses) * Double(Switchover.probe.milliseconds)
        let goal = 1.5 * (threeMisses + median(watch.attaches))
        let sample =
            "\(Switchover.cards) cards, \(Switchover.strikes) faults each, by the wall clock, over real UDP to `holdfast serve`"
        func figure(_ name: String, _ values: [Double], goal: Double? = nil, note: String? = nil) {
            Figure("switchover", name, unit: "ms", values: values, goal: goal, moreIsBetter: false, note: note).publish()
        }
        figure(
            "probes of 100 ms, 3 misses: fault to first answer", watch.answers, goal: goal,
            note: "\(sample); the goal is 1.5 x (3 misses + attach)")
        figure(
            "of that: fault to the decision", watch.decisions,
            note: "the fault comes at any moment between two probes; 3 misses alone are 300 ms")
        figure(
            "of that: attach, REFRESH to data connection", watch.attaches,
            note: "laboratory timing: what the radio takes in the field is not in it")
        figure("of that: data connection to the answer", watch.proofs)
    }
}

/// Takes down when each card did what.
private final class Watch: World.Onlooker {
    private struct Track {
        var decided: Moment?
        var connected: Moment?
        var answered: Moment?
        var carrier: Int?
    }

    private var tracks: [Track]
    private var struck: Moment?
    /// In milliseconds, one for each card and fault.
    private(set) var answers: [Double] = []
    private(set) var decisions: [Double] = []
    private(set) var attaches: [Double] = []
    private(set) var proofs: [Double] = []

    init(cards: Int) { tracks = Array(repeating: Track(), count: cards) }

    var areAllHome: Bool { tracks.allSatisfy { $0.carrier == 0 } }
    var haveAllAnswered: Bool { tracks.allSatisfy { $0.answered != nil } }

    func begin(at now: Moment) {
        struck = now
        for index in tracks.indices { tracks[index] = Track() }
    }

    func end() {
        guard let struck else { return }
        for track in tracks {
            guard let decided = track.decided, let connected = track.connected, let answered = track.answered else { continue }
            answers.append((answered - struck).inSeconds * 1_000)
            decisions.append((decided - struck).inSeconds * 1_000)
            attaches.append((connected - decided).inSeconds * 1_000)
            proofs.append((answered - connected).inSeconds * 1_000)
        }
        self.struck = nil
    }

    func saw(_ observation: Observation, at terminal: TerminalID, _ now: Moment) {
        let index = terminal.rawValue
        switch observation {
        case .refreshAsked: if tracks[index].decided == nil { tracks[index].decided = now }
        case .connected(1): if tracks[index].decided != nil, tracks[index].connected == nil { tracks[index].connected = now }
        case .delivered(let carrier):
            tracks[index].carrier = carrier
            if carrier == 1, struck != nil, tracks[index].answered == nil { tracks[index].answered = now }
        default: break
        }
    }

    func touched(_ terminal: TerminalID, _ now: Moment) {}
    func struck(_ fault: Fault, _ now: Moment) {}
}

/// The operators' way to the real Internet: a socket for each data connection.
private final class Internet: Transport {
    private struct Key: Hashable {
        var carrier: Int
        var source: Endpoint
    }

    private var sockets: [Key: Int32] = [:]
    private var keys: [Int32: Key] = [:]

    func send(_ datagram: Datagram, from carrier: Int) {
        let key = Key(carrier: carrier, source: datagram.source)
        let number = sockets[key] ?? socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0, case .v4(let host) = datagram.destination.address else { return }
        sockets[key] = number
        keys[number] = key
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = datagram.destination.port.bigEndian
        address.sin_addr.s_addr = host.bigEndian
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(number, datagram.payload, datagram.payload.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Waits until something comes, or for so long, and gives what came.
    func receive(within milliseconds: Int32) -> [(datagram: Datagram, carrier: Int)] {
        var waits = keys.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&waits, nfds_t(waits.count), milliseconds) > 0 else { return [] }
        var arrivals: [(Datagram, Int)] = []
        for wait in waits where wait.revents & Int16(POLLIN) != 0 {
            guard let key = keys[wait.fd] else { continue }
            var bytes = [UInt8](repeating: 0, count: 1_024)
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { recvfrom(wait.fd, &bytes, bytes.count, 0, $0, &size) }
            }
            guard count > 0 else { continue }
            let source = Endpoint(.v4(UInt32(bigEndian: address.sin_addr.s_addr)), port: UInt16(bigEndian: address.sin_port))
            arrivals.append((Datagram(source: source, destination: key.source, payload: Array(bytes.prefix(count))), key.carrier))
        }
        return arrivals
    }

    func close() { for number in keys.keys { Glibc.close(number) } }
}

/// Advances a world as the wall clock does.
private struct Clock {
    private let world: World
    private let internet: Internet
    private let begun = Stopwatch.nanoseconds

    init(_ world: World, _ internet: Internet) {
        self.world = world
        self.internet = internet
    }

    private var now: Moment { Moment(milliseconds: Int64((Stopwatch.nanoseconds - begun) / 1_000_000)) }

    func run(for duration: Duration) {
        let end = now + duration
        while now < end { turn() }
    }

    func run(atMost duration: Duration, until done: () -> Bool) throws {
        let end = now + duration
        while !done() {
            guard now < end else {
                throw BenchmarkFailure("some cards were not where they should be after \(duration.inSeconds) s")
            }
            turn()
        }
    }

    private func turn() {
        world.advance(to: now)
        let pause = min(max((world.next.map { $0 - now } ?? .milliseconds(10)).wholeMilliseconds, 0), 10)
        for arrival in internet.receive(within: Int32(pause)) {
            world.advance(to: max(now, world.now))
            world.arrive(arrival.datagram, from: arrival.carrier)
        }
    }
}
