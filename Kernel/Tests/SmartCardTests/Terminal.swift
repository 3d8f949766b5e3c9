import Beacon
import Cipher
import Resilience
import SmartCard
import Wire

/// A terminal written to TS 102 223 and TS 31.111, with an operator for each profile and responders behind them. It shares nothing
/// with the card but the byte formats' readers, and it runs in its own time.
final class Terminal {
    /// What a subscription finds: whether the radio admits it, and whether its data goes through.
    struct Operator {
        var admits = true
        /// With admits false: the cause, or no cell at all.
        var rejection: UInt8?
        var opensChannels = true
        var passesData = true
        var attach: UInt64 = 2_000
        var latency: UInt64 = 80
    }

    /// The other end of a TCP connection.
    struct Server {
        var address: [UInt8] = [0x21, 198, 51, 100, 7]
        var port: [UInt8] = [0x20, 0xFB]
        var connections = 0
        /// What came from the card.
        var received: [UInt8] = []
    }

    enum Refresh: Equatable {
        case obey
        case ignore
        case refuse(UInt8)
    }

    /// A proactive command as the terminal saw it.
    struct Seen: Equatable {
        var time: UInt64
        var type: UInt8
        var qualifier: UInt8
    }

    var card: TestCard
    var profile: [UInt8]
    var operators: [Slot: Operator] = [.primary: Operator(), .backup: Operator()]
    var respondersUp = [true, true]
    var refresh = Refresh.obey
    /// Commands of this type are answered with this result.
    var failures: [UInt8: UInt8] = [:]
    var hint = Answer()
    /// A server that listens for TCP connections.
    var server = Server()
    /// What REFRESH named: the qualifier, the file list, the application.
    private(set) var refreshed: [(mode: UInt8, files: [UInt8], application: [UInt8])] = []

    private(set) var now: UInt64 = 0
    private(set) var seen: [Seen] = []
    private(set) var heartbeats: [(time: UInt64, heartbeat: Heartbeat, sequence: UInt64)] = []
    private(set) var violations: [String] = []
    private(set) var slot = Slot.primary
    private(set) var isRegistered = false
    private(set) var boots = 0

    private var contexts: [SecurityContext]
    private var events: Set<UInt8> = []
    private var timer: (started: UInt64, expires: UInt64)?
    private var poll: UInt64 = 30_000
    private var nextPoll: UInt64 = 30_000
    private var attachAt: UInt64?
    private var channel: (responder: Int, received: [[UInt8]])?
    private var flying: [(at: UInt64, datagram: [UInt8], responder: Int)] = []
    private var lastNumber: UInt8 = 0
    private var bootedAt: UInt64 = 0

    /// Everything that the applet can use.
    static let capable: [UInt8] = {
        var profile = [UInt8](repeating: 0, count: 36)
        func set(_ byte: Int, _ bits: Int...) { for bit in bits { profile[byte - 1] |= 1 << UInt8(bit - 1) } }
        set(1, 1, 6)
        set(3, 4, 6, 7, 8)
        set(4, 7)
        set(5, 1, 5)
        set(6, 3, 4, 5)
        set(8, 1, 2, 3)
        set(9, 8)
        set(12, 1, 2, 3, 4, 5)
        set(13, 2, 6)
        set(17, 1, 2)
        set(25, 5, 7)
        set(35, 2, 3)
        return profile
    }()

    static func without(_ bits: (Int, Int)...) -> [UInt8] {
        var profile = capable
        for (byte, bit) in bits { profile[byte - 1] &= ~(1 << UInt8(bit - 1)) }
        return profile
    }

    init(_ card: TestCard, profile: [UInt8] = Terminal.capable) {
        self.card = card
        self.profile = profile
        contexts = (0..<2).compactMap { index in
            CardNumber(Workbench.cardNumber).map {
                BeaconServer.context(for: $0, keys: Workbench.keys(UInt8(index)).mirrored, window: ReplayWindow())
            }
        }
    }

    // MARK: Boot and time

    /// Powers the card on and boots it.
    func boot() {
        _ = card.reset()
        boots += 1
        bootedAt = now
        events = []
        timer = nil
        channel = nil
        flying = []
        isRegistered = false
        poll = 30_000
        nextPoll = now + poll
        lastNumber = 0
        card.selectApplication()
        let imsi = card.read("7FFF6F07", count: 9)
        slot = imsi.data == (try? Workbench.subscription(.primary).imsi.coded) ? .primary : .backup
        attachAt = now + (operators[slot]?.attach ?? 0)
        command([0x80, 0x10, 0x00, 0x00, UInt8(profile.count)] + profile)
    }

    /// Cuts the power: what the card had in RAM is gone.
    func cutPower() throws {
        card = try TestCard(memory: card.memory)
    }

    func run(for duration: UInt64) {
        let end = now + duration
        while let next = nextMoment(), next <= end { step(to: next) }
        now = end
    }

    /// Runs until something holds, at most for so long. Returns whether it came about.
    @discardableResult
    func run(atMost duration: UInt64, until holds: (Terminal) -> Bool) -> Bool {
        let end = now + duration
        while !holds(self) {
            guard let next = nextMoment(), next <= end else {
                now = end
                return holds(self)
            }
            step(to: next)
        }
        return true
    }

    private func nextMoment() -> UInt64? {
        ([timer?.expires, nextPoll, attachAt] + flying.map(\.at)).compactMap { $0 }.min()
    }

    private func step(to time: UInt64) {
        now = max(now, time)
        if let attachAt, attachAt <= now {
            self.attachAt = nil
            attach()
        } else if let timer, timer.expires <= now {
            self.timer = nil
            envelope(0xD7) { body in
                body.comprehension(0x02, [0x82, 0x81])
                body.comprehension(0x24, [1])
                body.comprehension(0x25, Terminal.coded(now - timer.started))
            }
        } else if let index = flying.firstIndex(where: { $0.at <= now }) {
            let arrived = flying.remove(at: index)
            deliver(arrived.datagram, from: arrived.responder)
        } else if nextPoll <= now {
            nextPoll = now + poll
            command([0x80, 0xF2, 0x00, 0x0C])
        }
    }

    // MARK: The radio

    private func attach() {
        guard let state = operators[slot] else { return }
        isRegistered = state.admits
        if let cause = state.rejection, !state.admits { reject(cause) }
        reportLocation()
    }

    /// The operator's state changed: the terminal notices at once.
    func change(_ slot: Slot, _ edit: (inout Operator) -> Void) {
        guard var state = operators[slot] else { return }
        edit(&state)
        operators[slot] = state
        guard slot == self.slot, attachAt == nil else { return }
        if state.admits != isRegistered {
            isRegistered = state.admits
            if let cause = state.rejection, !state.admits { reject(cause) }
            reportLocation()
        }
    }

    private var plmn: [UInt8] { slot == .primary ? [0x32, 0xF4, 0x51] : [0x13, 0x00, 0x14] }

    private var hasCell: Bool { operators[slot]?.admits == true || operators[slot]?.rejection != nil }

    func reportLocation() {
        guard events.contains(0x03) else { return }
        envelope(0xD6) { body in
            body.comprehension(0x19, [0x03])
            body.comprehension(0x02, [0x82, 0x81])
            body.comprehension(0x1B, [isRegistered ? 0 : hasCell ? 1 : 2])
            if isRegistered {
                body.comprehension(0x13, plmn + [0x00, 0x01, 0x00, 0x02])
                body.comprehension(0x3F, required: false, [0x08])
            }
        }
    }

    private func reject(_ cause: UInt8) {
        guard events.contains(0x12) else { return }
        envelope(0xD6) { body in
            body.comprehension(0x19, [0x12])
            body.comprehension(0x02, [0x83, 0x81])
            body.comprehension(0x7D, plmn + [0x00, 0x01])
            body.comprehension(0x3F, [0x08])
            body.comprehension(0x74, [0x09])
            body.comprehension(0x75, [cause])
        }
    }

    /// A data connection came up (0), was rejected (1) or dropped (2).
    func reportConnection(_ status: UInt8, cause: UInt8? = nil, accessPoint: String? = nil) {
        guard events.contains(0x1D) else { return }
        envelope(0xD6) { body in
            body.comprehension(0x19, [0x1D])
            body.comprehension(0x02, [0x83, 0x81])
            body.comprehension(0x1D, [status])
            body.comprehension(0x2A, [0x01])
            if let cause { body.comprehension(0x2E, [cause]) }
            if let accessPoint, let name = try? AccessPointName(accessPoint) {
                body.comprehension(0x47, required: false, name.coded)
            }
        }
    }

    /// The channel's link is gone.
    func dropLink() {
        guard channel != nil, events.contains(0x0A) else { return }
        channel = nil
        envelope(0xD6) { body in
            body.comprehension(0x19, [0x0A])
            body.comprehension(0x02, [0x82, 0x81])
            body.comprehension(0x38, [0x01, 0x05])
        }
    }

    /// A challenge of the network, which the card's profile answers.
    func authenticate(_ command: String) -> Reply {
        let reply = card.exchange(command)
        serve(reply.status)
        return reply
    }

    // MARK: The server

    /// Stands for the server where a responder is named.
    private static let serverIndex = -1

    var isConnected: Bool { channel?.responder == Terminal.serverIndex }

    /// The server sends on the connection that the card has opened.
    func serverSends(_ bytes: [UInt8]) { deliver(bytes, from: Terminal.serverIndex) }

    /// Short messages for the card; the answer to the last.
    func receiveMessages(_ envelopes: [[UInt8]]) -> Reply {
        var reply = Reply("", 0)
        for envelope in envelopes {
            reply = card.exchange(Hex.text(envelope))
            serve(reply.status)
        }
        return reply
    }

    private func connect(_ value: (UInt16) -> [UInt8]?, into response: inout ByteWriter) {
        require(17, 1, "TCP")
        guard isRegistered, channel == nil, value(0x3C) == [0x02] + server.port, value(0x3E) == server.address else {
            response.comprehension(0x03, [0x3A, channel == nil ? 0x08 : 0x01])
            return
        }
        server.connections += 1
        channel = (Terminal.serverIndex, [])
        response.comprehension(0x03, [0x00])
        response.comprehension(0x38, [0x81, 0x00])
        response.comprehension(0x35, required: false, value(0x35) ?? [])
        response.comprehension(0x39, required: false, value(0x39) ?? [])
    }

    private func deliver(_ datagram: [UInt8], from responder: Int) {
        guard channel?.responder == responder else { return }
        channel?.received.append(datagram)
        guard events.contains(0x09) else { return }
        envelope(0xD6) { body in
            body.comprehension(0x19, [0x09])
            body.comprehension(0x02, [0x82, 0x81])
            body.comprehension(0x38, [0x81, 0x00])
            body.comprehension(0x37, [UInt8(min(datagram.count, 255))])
        }
    }

    // MARK: Commands and the proactive session

    private func envelope(_ tag: UInt32, _ body: (inout ByteWriter) -> Void) {
        var writer = ByteWriter()
        writer.ber(tag, body)
        command([0x80, 0xC2, 0x00, 0x00, UInt8(writer.count)] + writer.bytes)
    }

    private func command(_ bytes: [UInt8]) {
        let reply = Reply(card.transmit(bytes))
        if reply.status & 0xFF00 != 0x9100, reply.status != 0x9000 { violations.append("\(Hex.text(bytes)) -> \(reply)") }
        serve(reply.status)
    }

    /// Fetches and performs until the card has no more to say.
    private func serve(_ status: UInt16) {
        var status = status
        var rounds = 0
        while status & 0xFF00 == 0x9100 {
            rounds += 1
            if rounds > 100 {
                violations.append("the session does not end")
                return
            }
            let fetched = card.send("80120000" + Hex.text([UInt8(status & 0xFF)]))
            guard fetched.status == 0x9000, let result = perform(fetched.data) else {
                if fetched.status != 0x9000 { violations.append("FETCH -> \(fetched)") }
                return
            }
            let reply = Reply(card.transmit([0x80, 0x14, 0x00, 0x00, UInt8(result.count)] + result))
            if reply.status & 0xFF00 != 0x9100, reply.status != 0x9000 { violations.append("TERMINAL RESPONSE -> \(reply)") }
            status = reply.status
        }
    }

    /// Performs a proactive command. Returns the data of TERMINAL RESPONSE, or nil after a reset.
    private func perform(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ByteReader(bytes)
        guard let outer = try? reader.berTLV(), outer.tag == 0xD0, reader.isAtEnd else {
            violations.append("not a proactive command: \(Hex.text(bytes))")
            return nil
        }
        let objects = ByteReader(bytes, in: outer.range)
        func value(_ tag: UInt16) -> [UInt8]? {
            (try? objects.comprehensionTLV(tagged: tag)).flatMap { $0 }.map { Array($0.value) }
        }
        guard let details = value(0x01), details.count == 3, let devices = value(0x02), devices.count == 2, devices[0] == 0x81
        else {
            violations.append("no details: \(Hex.text(bytes))")
            return nil
        }
        if details[0] == lastNumber || details[0] == 0 || details[0] == 255 {
            violations.append("command number \(details[0]) again")
        }
        lastNumber = details[0]
        seen.append(Seen(time: now, type: details[1], qualifier: details[2]))
        var response = ByteWriter()
        response.comprehension(0x01, details)
        response.comprehension(0x02, [0x82, 0x81])
        if let failure = failures[details[1]] {
            response.comprehension(0x03, failure == 0x3A ? [failure, 0x01] : [failure])
            return response.bytes
        }
        switch details[1] {
        case 0x01:
            require(3, 8, "REFRESH")
            if details[2] <= 0x02 {
                refreshed.append((details[2], value(0x12) ?? [], value(0x2F) ?? []))
                response.comprehension(0x03, [0x00])
                break
            }
            switch refresh {
            case .obey:
                if details[2] != 0x04 { violations.append("REFRESH mode \(details[2])") }
                boot()
                return nil
            case .ignore: response.comprehension(0x03, [0x00])
            case .refuse(let result): response.comprehension(0x03, [result])
            }
        case 0x03:
            require(3, 6, "POLL INTERVAL")
            let duration = value(0x04) ?? [0, 0]
            poll = UInt64(duration[1]) * [60_000, 1_000, 100][Int(min(duration[0], 2))]
            nextPoll = now + poll
            response.comprehension(0x03, [0x00])
            response.comprehension(0x04, duration)
        case 0x05:
            require(5, 1, "SET UP EVENT LIST")
            events = Set(value(0x19) ?? [])
            response.comprehension(0x03, [0x00])
        case 0x26: inform(details[2], into: &response)
        case 0x27: manageTimer(details[2], value(0x24) ?? [], value(0x25), into: &response)
        case 0x40: open(value, into: &response)
        case 0x41:
            require(12, 2, "CLOSE CHANNEL")
            response.comprehension(0x03, channel == nil ? [0x3A, 0x03] : [0x00])
            channel = nil
            flying = []
        case 0x42:
            require(12, 3, "RECEIVE DATA")
            guard let data = channel?.received.first else {
                response.comprehension(0x03, [0x3A, 0x04])
                break
            }
            let wanted = Int(value(0x37)?.first ?? 0)
            if data.count > wanted {
                channel?.received[0].removeFirst(wanted)
            } else {
                channel?.received.removeFirst()
            }
            response.comprehension(0x03, [0x00])
            response.comprehension(0x36, Array(data.prefix(wanted)))
            response.comprehension(0x37, [UInt8(min(channel?.received.reduce(0) { $0 + $1.count } ?? 0, 255))])
        case 0x43: send(value(0x36) ?? [], devices[1], into: &response)
        default: response.comprehension(0x03, [0x31])
        }
        return response.bytes
    }

    /// Notes when the card uses what the terminal's profile does not offer.
    private func require(_ byte: Int, _ bit: Int, _ name: String) {
        if byte > profile.count || profile[byte - 1] & 1 << UInt8(bit - 1) == 0 { violations.append("\(name) was not offered") }
    }

    private func inform(_ qualifier: UInt8, into response: inout ByteWriter) {
        switch qualifier {
        case 0x00:
            require(4, 7, "location information")
            if isRegistered {
                response.comprehension(0x03, [0x00])
                response.comprehension(0x13, plmn + [0x00, 0x01, 0x00, 0x02])
            } else {
                response.comprehension(0x03, attachAt == nil && hasCell ? [0x06] : [0x20, 0x04])
            }
        case 0x06:
            require(9, 8, "access technology")
            response.comprehension(0x03, [0x00])
            response.comprehension(0x3F, [0x08])
        default: response.comprehension(0x03, [0x32])
        }
    }

    private func manageTimer(_ qualifier: UInt8, _ identifier: [UInt8], _ value: [UInt8]?, into response: inout ByteWriter) {
        require(8, qualifier == 2 ? 2 : 1, "TIMER MANAGEMENT")
        if identifier != [1] { violations.append("timer \(identifier)") }
        guard qualifier == 0 || timer != nil else {
            response.comprehension(0x03, [0x24])
            return
        }
        response.comprehension(0x03, [0x00])
        response.comprehension(0x24, identifier)
        switch qualifier {
        case 0:
            let digits = (value ?? []).map { UInt64($0 & 15) * 10 + UInt64($0 >> 4) }
            let seconds = digits.count == 3 ? digits[0] * 3_600 + digits[1] * 60 + digits[2] : 0
            if seconds == 0 || seconds > 86_400 { violations.append("timer for \(seconds) s") }
            timer = (now, now + seconds * 1_000)
        default:
            if let timer { response.comprehension(0x25, Terminal.coded(timer.expires - now)) }
            if qualifier == 1 { timer = nil }
        }
    }

    private func open(_ value: (UInt16) -> [UInt8]?, into response: inout ByteWriter) {
        require(12, 1, "OPEN CHANNEL")
        if value(0x3C)?.first == 0x02 { return connect(value, into: &response) }
        let transport = value(0x3C) ?? []
        let address = value(0x3E) ?? []
        if value(0x35) != [0x03] || transport.first != 0x01 || transport.count != 3 || address.count != 5 || address.first != 0x21 {
            violations.append("OPEN CHANNEL asks for something else")
        }
        let name = try? Workbench.subscription(slot).accessPoint.coded
        if value(0x47) != name { violations.append("OPEN CHANNEL through another access point") }
        guard isRegistered, operators[slot]?.opensChannels == true, channel == nil else {
            response.comprehension(0x03, channel == nil ? [0x20, 0x04] : [0x3A, 0x01])
            return
        }
        channel = (Int(address[4]) - 1, [])
        response.comprehension(0x03, [0x00])
        response.comprehension(0x38, [0x81, 0x00])
        response.comprehension(0x35, required: false, [0x03])
        response.comprehension(0x39, required: false, [0x02, 0x00])
    }

    private func send(_ datagram: [UInt8], _ device: UInt8, into response: inout ByteWriter) {
        require(12, 4, "SEND DATA")
        guard let channel, device == 0x21 else {
            response.comprehension(0x03, [0x3A, 0x03])
            return
        }
        response.comprehension(0x03, [0x00])
        response.comprehension(0x37, [0xFF])
        if channel.responder == Terminal.serverIndex {
            server.received += datagram
            return
        }
        guard isRegistered, let state = operators[slot], state.passesData, respondersUp[channel.responder] else { return }
        respond(to: datagram, channel.responder, state.latency)
    }

    private func respond(to datagram: [UInt8], _ responder: Int, _ latency: UInt64) {
        do {
            var request = try BeaconServer.open(datagram, in: &contexts[responder], with: TableAES.self)
            heartbeats.append((now, request.heartbeat, request.sequence))
            let answer = try request.answer(hint, in: contexts[responder], with: TableAES.self)
            flying.append((now + latency, answer, responder))
        } catch {
            violations.append("the responder refuses: \(error)")
        }
    }

    private static func coded(_ milliseconds: UInt64) -> [UInt8] {
        let seconds = milliseconds / 1_000
        return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { UInt8(($0 % 10) << 4 | $0 / 10) }
    }

    // MARK: For tests

    func count(_ type: UInt8, since time: UInt64 = 0) -> Int { seen.filter { $0.type == type && $0.time >= time }.count }

    /// The card's own time, against the terminal's.
    var lag: Int64 { Int64(now - bootedAt) - Int64(card.now.milliseconds) }
}
