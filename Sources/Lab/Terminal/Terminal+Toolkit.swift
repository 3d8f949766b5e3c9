import Resilience
import Wire

/// A proactive command whose TERMINAL RESPONSE waits for something.
struct PendingCommand: Equatable, Sendable {
    enum Wait: Equatable, Sendable {
        case refresh(mode: UInt8)
        /// The data connection with this number, for a channel.
        case bearer(UInt8, DataChannel)
    }

    var command: ProactiveCommand
    var wait: Wait
}

/// A timer of the card's that the terminal runs (ETSI TS 102 223, clause 6.6.21).
struct TimerState: Equatable, Sendable {
    var started: Moment
    var length: Duration
}

// MARK: The proactive session (TS 102 223, clauses 6.3 and 6.4)
extension Terminal {
    /// Commands and envelopes in one turn, so that a card that always wants more cannot hold the terminal for ever.
    private static var longestConversation: Int { 64 }
    /// Envelopes kept while the card is busy; the oldest go first.
    private static var mostEnvelopes: Int { 32 }
    private static var busyPause: Duration { .seconds(1) }

    /// Fetches what the card wants and tells it what has happened, until neither has more to say.
    ///
    /// While a command waits for its response no envelope goes to the card.
    mutating func converse() {
        guard power == .on, !profile.bytes.isEmpty else { return }
        for _ in 0..<Self.longestConversation {
            guard pending == nil else { return }
            if let length = session.fetchable {
                let fetched = session.fetch(length)
                guard fetched.isNormal, let command = ProactiveCommand(fetched.data) else {
                    note(.toolkitFault)
                    continue
                }
                perform(command)
            } else if !envelopes.isEmpty {
                guard deliverEnvelope() else { return set(.pump, after: Self.busyPause) }
            } else {
                return
            }
        }
        set(.pump, after: Self.busyPause)
    }

    /// False when the card is busy (9300).
    private mutating func deliverEnvelope() -> Bool {
        let envelope = envelopes.removeFirst()
        guard session.command(0x80, 0xC2, 0x00, 0x00, data: envelope).status == 0x9300 else { return true }
        envelopes.insert(envelope, at: 0)
        return false
    }

    mutating func envelope(_ tag: UInt32, _ body: (inout ByteWriter) -> Void) {
        var writer = ByteWriter(capacity: 64)
        writer.ber(tag, body)
        if envelopes.count >= Self.mostEnvelopes { envelopes.removeFirst() }
        envelopes.append(writer.bytes)
    }

    /// An event download (clause 7.5), if the card's event list asks for it.
    mutating func sendEvent(_ event: UInt8, from source: UInt8, _ body: (inout ByteWriter) -> Void) {
        guard power == .on, events.contains(event) else { return }
        envelope(0xD6) {
            $0.comprehension(ToolkitTag.eventList, [event])
            $0.comprehension(ToolkitTag.devices, [source, Device.uicc])
            body(&$0)
        }
    }

    mutating func respond(_ command: ProactiveCommand, _ result: CommandResult, _ body: (inout ByteWriter) -> Void = { _ in }) {
        var writer = ByteWriter(capacity: 32)
        writer.comprehension(ToolkitTag.details, command.details)
        writer.comprehension(ToolkitTag.devices, [Device.terminal, Device.uicc])
        writer.comprehension(ToolkitTag.result, result.bytes)
        body(&writer)
        _ = session.command(0x80, 0x14, 0x00, 0x00, data: writer.bytes)
    }

    mutating func poll() {
        guard power == .on else { return }
        set(.poll, after: pollInterval ?? timing.defaultPoll)
        _ = session.status()
    }

    private mutating func perform(_ command: ProactiveCommand) {
        guard profile.offers(command: command.kind, qualifier: command.qualifier) else {
            note(.beyondProfile(command: command.kind))
            return respond(command, ProactiveCommand.Kind.isKnown(command.kind) ? .beyondCapabilities : .unknownType)
        }
        switch command.kind {
        case ProactiveCommand.Kind.refresh: refresh(command)
        case ProactiveCommand.Kind.moreTime: respond(command, .performed)
        case ProactiveCommand.Kind.pollInterval: grantPoll(command)
        case ProactiveCommand.Kind.pollingOff:
            pollInterval = nil
            set(.poll, after: timing.defaultPoll)
            respond(command, .performed)
        case ProactiveCommand.Kind.setUpEventList:
            setUpEvents(command)
        case ProactiveCommand.Kind.provideLocalInformation: provideLocalInformation(command)
        case ProactiveCommand.Kind.timerManagement: manageTimer(command)
        case ProactiveCommand.Kind.openChannel: openChannel(command)
        case ProactiveCommand.Kind.closeChannel: closeChannel(command)
        case ProactiveCommand.Kind.receiveData: receiveData(command)
        case ProactiveCommand.Kind.sendData: sendData(command)
        case ProactiveCommand.Kind.getChannelStatus:
            respond(command, .performed) { [channels] in
                for channel in channels { $0.comprehension(ToolkitTag.channelStatus, channel.status) }
            }
        default: respond(command, .unknownType)
        }
    }

    private mutating func setUpEvents(_ command: ProactiveCommand) {
        let wanted = Set(command[ToolkitTag.eventList] ?? [])
        events = wanted.filter { profile.offers(event: $0) }
        if events != wanted { note(.beyondProfile(command: command.kind)) }
        respond(command, .performed)
    }

    private mutating func grantPoll(_ command: ProactiveCommand) {
        guard let wanted = command[ToolkitTag.duration], wanted.count == 2, wanted[1] > 0 else {
            return respond(command, .dataNotUnderstood)
        }
        let count = Int64(wanted[1])
        let interval: Duration
        switch wanted[0] {
        case 0x00: interval = .minutes(count)
        case 0x01: interval = .seconds(count)
        case 0x02: interval = .milliseconds(100 * count)
        default: return respond(command, .dataNotUnderstood)
        }
        let granted = max(interval, timing.shortestPoll)
        pollInterval = granted
        set(.poll, after: granted)
        let tenths = granted.wholeMilliseconds / 100
        let duration: [UInt8] =
            granted == interval
            ? wanted : tenths <= 255 ? [0x02, UInt8(tenths)] : [0x01, UInt8(truncatingIfNeeded: min(255, tenths / 10))]
        respond(command, .performed) { $0.comprehension(ToolkitTag.duration, duration) }
    }
}

// MARK: Local information (clause 6.6.15)
extension Terminal {
    private mutating func provideLocalInformation(_ command: ProactiveCommand) {
        switch command.qualifier {
        case 0x00:
            guard let location = locationInformation else { return respond(command, .noService) }
            respond(command, .performed) { $0.comprehension(ToolkitTag.location, location) }
        case 0x01:
            respond(command, .performed) { [imei = equipment.imei] in $0.comprehension(ToolkitTag.imei, LocalInformation.imei(imei))
            }
        case 0x03:
            // A module learns the time from the network.
            guard locationStatus == .normal else { return respond(command, .noService) }
            let date = LocalInformation.dateAndTime(equipment.epoch + now.milliseconds)
            respond(command, .performed) { $0.comprehension(ToolkitTag.dateAndTime, date) }
        case 0x06:
            guard locationStatus != .none else { return respond(command, .noService) }
            respond(command, locationStatus == .normal ? .performed : .performedInLimitedService) {
                $0.comprehension(ToolkitTag.technology, [AccessTechnology.eutran.rawValue])
            }
        default:
            respond(command, .beyondCapabilities)
        }
    }
}

/// Codings of local information.
enum LocalInformation {
    /// Type 2 and 15 digits, swapped (TS 24.008, clause 10.5.1.4).
    static func imei(_ digits: String) -> [UInt8] {
        let values = [0xA] + digits.utf8.prefix(15).map { $0 & 0x0F }
        return stride(from: 0, to: 16, by: 2).map { index in
            let (low, high) = (index < values.count ? values[index] : 0xF, index + 1 < values.count ? values[index + 1] : 0xF)
            return high << 4 | low
        }
    }

    /// Year, month, day, hour, minute, second, all swapped, and the zone, here UTC (TS 102 223, clause 8.39).
    static func dateAndTime(_ millisecondsSince1970: Int64) -> [UInt8] {
        let seconds = max(0, millisecondsSince1970 / 1_000)
        // Civil date from a day count: H. Hinnant, "chrono-compatible low-level date algorithms".
        let shifted = seconds / 86_400 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let parts = [year % 100, month, day, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60]
        return parts.map(swapped) + [0x00]
    }

    static func swapped(_ number: Int64) -> UInt8 {
        UInt8(truncatingIfNeeded: (number % 10) << 4 | number / 10 % 10)
    }

    /// Hours, minutes, seconds (TS 102 223, clause 8.38); more than 23:59:59 is written as that.
    static func timerValue(_ duration: Duration) -> [UInt8] {
        let seconds = min(max(0, duration.components.seconds), 86_399)
        return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map(swapped)
    }

    /// Nil for anything that is not a time of day's length.
    static func duration(_ value: [UInt8]) -> Duration? {
        guard value.count == 3 else { return nil }
        let parts = value.map { (Int64($0 & 0x0F), Int64($0 >> 4)) }
        guard parts.allSatisfy({ $0.0 <= 9 && $0.1 <= 9 }) else { return nil }
        let (hours, minutes, seconds) = (parts[0].0 * 10 + parts[0].1, parts[1].0 * 10 + parts[1].1, parts[2].0 * 10 + parts[2].1)
        guard hours <= 24, minutes < 60, seconds < 60 else { return nil }
        return .seconds(hours * 3_600 + minutes * 60 + seconds)
    }
}

// MARK: Timers (clause 6.6.21)
extension Terminal {
    private mutating func manageTimer(_ command: ProactiveCommand) {
        guard let number = command[ToolkitTag.timer]?.first, (1...8).contains(number) else {
            return respond(command, .dataNotUnderstood)
        }
        switch command.qualifier & 0x03 {
        case 0x00:
            guard let length = command[ToolkitTag.timerValue].flatMap(LocalInformation.duration) else {
                return respond(command, .missingValues)
            }
            timers[number] = TimerState(started: now, length: length)
            set(.timer(number), after: length)
            respond(command, .performed) { $0.comprehension(ToolkitTag.timer, [number]) }
        case 0x01:
            guard let left = timeLeft(number) else { return respond(command, .timerState) }
            timers[number] = nil
            clear(.timer(number))
            respondTimer(command, number, left)
        case 0x02:
            guard let left = timeLeft(number) else { return respond(command, .timerState) }
            respondTimer(command, number, left)
        default:
            respond(command, .dataNotUnderstood)
        }
    }

    private func timeLeft(_ number: UInt8) -> Duration? {
        timers[number].map { max(.zero, $0.length - (now - $0.started)) }
    }

    private mutating func respondTimer(_ command: ProactiveCommand, _ number: UInt8, _ left: Duration) {
        respond(command, .performed) {
            $0.comprehension(ToolkitTag.timer, [number])
            $0.comprehension(ToolkitTag.timerValue, LocalInformation.timerValue(left))
        }
    }

    /// The value is the time that has passed since the start, at least what was asked for (clause 7.4.1).
    mutating func timerExpired(_ number: UInt8) {
        guard let timer = timers.removeValue(forKey: number) else { return }
        let elapsed = now - timer.started
        envelope(0xD7) {
            $0.comprehension(ToolkitTag.devices, [Device.terminal, Device.uicc])
            $0.comprehension(ToolkitTag.timer, [number])
            $0.comprehension(ToolkitTag.timerValue, LocalInformation.timerValue(elapsed))
        }
    }
}

/// Modes of REFRESH (TS 102 223, clause 8.6).
enum RefreshMode {
    static let initialisationAndFullFileChange: UInt8 = 0x00
    static let fileChange: UInt8 = 0x01
    static let reset: UInt8 = 0x04
    static let sessionReset: UInt8 = 0x06
    static let profileStateChange: UInt8 = 0x09
}

// MARK: REFRESH (clause 6.6.13)
extension Terminal {
    private mutating func refresh(_ command: ProactiveCommand) {
        let mode = command.qualifier
        note(.refreshAsked(mode: mode))
        if equipment.quirks.contains(.ignoresRefresh) { return respond(command, .performed) }
        if equipment.quirks.contains(.refusesRefresh) { return respond(command, .beyondCapabilities) }
        if refreshRefusals > 0 {
            refreshRefusals -= 1
            return respond(command, .busyOnCall)
        }
        switch mode {
        case RefreshMode.initialisationAndFullFileChange...RefreshMode.sessionReset:
            pending = PendingCommand(command: command, wait: .refresh(mode: mode))
        case RefreshMode.profileStateChange:
            // The response comes before the reset (TS 102 223, clause 6.4.7).
            respond(command, .performed)
            pending = PendingCommand(command: command, wait: .refresh(mode: mode))
        default:
            return respond(command, .beyondCapabilities)
        }
        var delay = timing.refresh.draw(&random)
        for case .lateRefresh(let minutes) in equipment.quirks { delay = .minutes(Int64(minutes)) }
        set(.refresh, after: delay)
    }

    mutating func carryOutRefresh() {
        guard let waiting = pending, case .refresh(let mode) = waiting.wait else { return }
        pending = nil
        switch mode {
        case RefreshMode.reset, RefreshMode.profileStateChange:
            note(.refreshObeyed)
            restart()
        case RefreshMode.fileChange:
            note(.refreshObeyed)
            respond(waiting.command, .performedWithMoreFiles)
        default:
            reinitialise(waiting.command)
        }
    }

    /// Reads the USIM again; where the subscription is another now, registration begins anew.
    private mutating func reinitialise(_ command: ProactiveCommand) {
        guard let former = usim else { return }
        do throws(USIM.Fault) {
            let read = try session.reinitialise(former, pin: equipment.pin)
            note(.refreshObeyed)
            if read.imsi != former.imsi {
                if let cell = servingCell { send(.detach, to: cell) }
                dropBearers()
                channels = []
                adopt(read)
            } else {
                usim = read
            }
            respond(command, .performed)
        } catch {
            power = .cardless
            note(.cardFailed(error))
        }
    }
}
