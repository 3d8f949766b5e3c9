import Resilience
import Wire

/// A command of the card to the terminal (TS 102 223, clause 6.4), of the kinds that the resident applet uses.
enum ProactiveCommand: Equatable, Sendable {
    /// REFRESH, mode "UICC reset".
    case refresh
    case pollInterval(Interval)
    case setUpEventList(EventList)
    case provideLocation
    case provideAccessTechnology
    case startTimer(seconds: UInt32)
    case timerValue
    case stopTimer
    case openChannel(ChannelDestination)
    case closeChannel(UInt8)
    case receiveData(channel: UInt8)
    case sendData(channel: UInt8, [UInt8])
    /// An SMS-SUBMIT.
    case sendShortMessage([UInt8])
    /// Of the channel of management over the air.
    case remoteChannel(RemoteChannel.Command)
    /// REFRESH, one of the modes that name files.
    case filesChanged(ChangedFiles)

    /// The one timer that the applet uses, 1 of 8.
    static let timer: UInt8 = 1
    /// The longest timer: 23:59:59.
    static let longestTimer: UInt32 = 86_399
    /// How many bytes RECEIVE DATA asks for: more than any answer to a beacon has, and little enough for one TERMINAL RESPONSE.
    static let receiveLength: UInt8 = 200
    /// The size of the channel's buffer that OPEN CHANNEL asks for.
    static let bufferSize: UInt16 = 512

    /// The type of command (TS 102 223, clause 9.4) and its qualifier (clause 8.6).
    var type: (command: UInt8, qualifier: UInt8) {
        switch self {
        case .refresh: (0x01, 0x04)
        case .pollInterval: (0x03, 0x00)
        case .setUpEventList: (0x05, 0x00)
        case .provideLocation: (0x26, 0x00)
        case .provideAccessTechnology: (0x26, 0x06)
        case .startTimer: (0x27, 0x00)
        case .stopTimer: (0x27, 0x01)
        case .timerValue: (0x27, 0x02)
        // Immediate link establishment.
        case .openChannel: (0x40, 0x01)
        case .closeChannel: (0x41, 0x00)
        case .receiveData: (0x42, 0x00)
        // Send immediately.
        case .sendData: (0x43, 0x01)
        // Packing by the terminal is not required.
        case .sendShortMessage: (0x13, 0x00)
        case .remoteChannel(.open): (0x40, 0x01)
        case .remoteChannel(.close): (0x41, 0x00)
        case .remoteChannel(.receive): (0x42, 0x00)
        case .remoteChannel(.send): (0x43, 0x01)
        case .filesChanged(let files): (0x01, files.mode.rawValue)
        }
    }

    /// The device that the command is for: the terminal, or one of its channels.
    private var destination: UInt8 {
        switch self {
        case .closeChannel(let channel), .receiveData(let channel), .sendData(let channel, _), .remoteChannel(.close(let channel)),
            .remoteChannel(.receive(let channel)), .remoteChannel(.send(let channel, _)):
            0x20 | channel & 0x07
        case .sendShortMessage: 0x83
        default: 0x82
        }
    }

    /// The command as FETCH answers it (TS 102 223, clause 6.6).
    func encoded(number: UInt8) -> [UInt8] {
        var writer = ByteWriter(capacity: 160)
        writer.ber(0xD0) { body in
            body.comprehension(0x01, [number, type.command, type.qualifier])
            body.comprehension(0x02, [0x81, destination])
            writeParameters(to: &body)
        }
        return writer.bytes
    }

    private func writeParameters(to body: inout ByteWriter) {
        switch self {
        case .refresh, .provideLocation, .provideAccessTechnology, .closeChannel, .remoteChannel(.close): break
        case .pollInterval(let interval): body.comprehension(0x04, Duration.coded(interval))
        case .setUpEventList(let list): body.comprehension(0x19, list.numbers)
        case .startTimer(let seconds):
            body.comprehension(0x24, [ProactiveCommand.timer])
            body.comprehension(0x25, TimerValue.coded(seconds: seconds))
        case .timerValue, .stopTimer: body.comprehension(0x24, [ProactiveCommand.timer])
        case .openChannel(let destination): destination.write(to: &body)
        case .remoteChannel(.open(let destination)): body.append(destination.objects)
        case .receiveData, .remoteChannel(.receive): body.comprehension(0x37, [ProactiveCommand.receiveLength])
        case .sendData(_, let data), .remoteChannel(.send(_, let data)): body.comprehension(0x36, data)
        case .filesChanged(let files): files.write(to: &body)
        case .sendShortMessage(let message):
            // An empty alpha identifier: nothing is shown to a user.
            body.comprehension(0x05, [])
            body.comprehension(0x0B, message)
        }
    }
}

/// Where a channel leads: a UDP port of a host, through an access point.
struct ChannelDestination: Equatable, Sendable {
    /// The access point's name as labels with their lengths (TS 23.003, clause 9.1); empty for the terminal's default.
    var accessPoint: [UInt8]
    /// 4 or 16 bytes.
    var address: [UInt8]
    var port: UInt16

    /// The default bearer, buffer size, access point, UDP with the UICC as client, address (TS 102 223, clause 6.6.27.3).
    fileprivate func write(to body: inout ByteWriter) {
        body.comprehension(0x35, [0x03])
        body.comprehension(0x39) { $0.uint16(ProactiveCommand.bufferSize) }
        if !accessPoint.isEmpty { body.comprehension(0x47, required: false, accessPoint) }
        body.comprehension(0x3C) {
            $0.byte(0x01)
            $0.uint16(port)
        }
        body.comprehension(0x3E) {
            $0.byte(address.count == 4 ? 0x21 : 0x57)
            $0.append(address)
        }
    }
}

/// A duration as POLL INTERVAL has it: a unit and a count (TS 102 223, clause 8.8).
enum Duration {
    /// The shortest interval that can be asked for.
    static let shortest = Interval(milliseconds: 100)

    /// The two coded bytes of the shortest duration that is not below the interval, up to 255 minutes.
    static func coded(_ interval: Interval) -> [UInt8] {
        let tenths = (UInt64(interval.milliseconds) + 99) / 100
        if tenths <= 255, tenths % 10 != 0 || tenths < 10 { return [0x02, UInt8(max(tenths, 1))] }
        let seconds = (tenths + 9) / 10
        if seconds <= 255 { return [0x01, UInt8(seconds)] }
        return [0x00, UInt8(min((seconds + 59) / 60, 255))]
    }

    /// The shortest interval not below this one that can be coded.
    static func rounded(_ interval: Interval) -> Interval { Duration.interval(coded(interval)[...]) ?? interval }

    /// The interval that two coded bytes say, or nil.
    static func interval(_ bytes: ArraySlice<UInt8>) -> Interval? {
        guard bytes.count == 2, let unit = bytes.first, let count = bytes.last, count > 0 else { return nil }
        switch unit {
        case 0x00: return .minutes(UInt32(count))
        case 0x01: return .seconds(UInt32(count))
        case 0x02: return Interval(milliseconds: UInt32(count) * 100)
        default: return nil
        }
    }
}

/// Hours, minutes and seconds in swapped digits (TS 102 223, clause 8.38).
enum TimerValue {
    static func coded(seconds: UInt32) -> [UInt8] {
        let seconds = min(seconds, ProactiveCommand.longestTimer)
        return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { UInt8(($0 % 10) << 4 | $0 / 10) }
    }

    /// Seconds, or nil for anything but three bytes of digits.
    static func seconds(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        guard bytes.count == 3 else { return nil }
        var seconds: UInt32 = 0
        for byte in bytes {
            guard byte >> 4 < 10, byte & 15 < 10 else { return nil }
            seconds = seconds * 60 + UInt32(byte & 15) * 10 + UInt32(byte >> 4)
        }
        return seconds
    }
}
