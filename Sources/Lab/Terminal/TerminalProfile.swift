/// What the terminal tells the card that it can do: the bits of TERMINAL PROFILE (ETSI TS 102 223, clause 5.2; TS 31.111, clause 5.2).
public struct TerminalProfile: Equatable, Sendable {
    /// One facility: its byte, counted from 1, and its bit, 1 for the lowest.
    struct Facility: Hashable {
        var byte: Int
        var bit: Int

        static let profileDownload = Facility(byte: 1, bit: 1)
        static let timerExpiration = Facility(byte: 1, bit: 6)
        static let moreTime = Facility(byte: 3, bit: 4)
        static let pollInterval = Facility(byte: 3, bit: 6)
        static let pollingOff = Facility(byte: 3, bit: 7)
        static let refresh = Facility(byte: 3, bit: 8)
        static let localInformation = Facility(byte: 4, bit: 7)
        static let eventList = Facility(byte: 5, bit: 1)
        static let locationStatus = Facility(byte: 5, bit: 5)
        static let dataAvailable = Facility(byte: 6, bit: 3)
        static let channelStatus = Facility(byte: 6, bit: 4)
        static let technologyChange = Facility(byte: 6, bit: 5)
        static let timerStartStop = Facility(byte: 8, bit: 1)
        static let timerValue = Facility(byte: 8, bit: 2)
        static let dateAndTime = Facility(byte: 8, bit: 3)
        static let accessTechnology = Facility(byte: 9, bit: 8)
        static let openChannel = Facility(byte: 12, bit: 1)
        static let closeChannel = Facility(byte: 12, bit: 2)
        static let receiveData = Facility(byte: 12, bit: 3)
        static let sendData = Facility(byte: 12, bit: 4)
        static let channelState = Facility(byte: 12, bit: 5)
        static let packetBearer = Facility(byte: 13, bit: 2)
        static let udpClient = Facility(byte: 17, bit: 2)
        static let eutranBearer = Facility(byte: 17, bit: 7)
        static let rejectionGERAN = Facility(byte: 25, bit: 5)
        static let rejectionEUTRAN = Facility(byte: 25, bit: 7)
        static let profileStateChange = Facility(byte: 34, bit: 6)
        static let connectionPDP = Facility(byte: 35, bit: 2)
        static let connectionPDN = Facility(byte: 35, bit: 3)
    }

    private static let length = 36
    static let channels = 2

    private static let toolkit: [Facility] = [
        .profileDownload, .timerExpiration, .moreTime, .pollInterval, .pollingOff, .refresh, .localInformation, .eventList,
        .locationStatus, .technologyChange, .timerStartStop, .timerValue, .dateAndTime, .accessTechnology, .rejectionGERAN,
        .rejectionEUTRAN, .profileStateChange, .connectionPDP, .connectionPDN,
    ]
    private static let bearerIndependent: [Facility] = [
        .dataAvailable, .channelStatus, .openChannel, .closeChannel, .receiveData, .sendData, .channelState, .packetBearer,
        .udpClient,
        .eutranBearer,
    ]

    private static let events: [Facility] = [
        .eventList, .locationStatus, .dataAvailable, .channelStatus, .technologyChange, .rejectionGERAN, .rejectionEUTRAN,
        .profileStateChange, .connectionPDP, .connectionPDN,
    ]
    private static let withheld: [Quirk: [Facility]] = [
        .noEvents: events, .noDataConnectionEvent: [.connectionPDP, .connectionPDN],
        .noRejectionEvent: [.rejectionGERAN, .rejectionEUTRAN], .noTimers: [.timerExpiration, .timerStartStop, .timerValue],
        .noPolling: [.pollInterval, .pollingOff], .noRefresh: [.refresh],
    ]

    /// The bytes as they go to the card; empty when the terminal has no toolkit at all.
    public private(set) var bytes: [UInt8]

    /// The profile of a module with these quirks.
    public init(_ quirks: Set<Quirk>) {
        guard !quirks.contains(.noToolkit) else {
            bytes = []
            return
        }
        bytes = Array(repeating: 0, count: TerminalProfile.length)
        TerminalProfile.toolkit.forEach { set($0) }
        if !quirks.contains(.noChannels) {
            TerminalProfile.bearerIndependent.forEach { set($0) }
            bytes[12] |= UInt8(TerminalProfile.channels) << 5
        }
        for (quirk, facilities) in TerminalProfile.withheld where quirks.contains(quirk) { facilities.forEach { clear($0) } }
    }

    /// The command of this type and qualifier is offered. A terminal that is asked for another one was not listened to.
    func offers(command type: UInt8, qualifier: UInt8) -> Bool {
        let facility: Facility? =
            switch type {
            case ProactiveCommand.Kind.refresh: .refresh
            case ProactiveCommand.Kind.moreTime: .moreTime
            case ProactiveCommand.Kind.pollInterval: .pollInterval
            case ProactiveCommand.Kind.pollingOff: .pollingOff
            case ProactiveCommand.Kind.setUpEventList: .eventList
            case ProactiveCommand.Kind.provideLocalInformation:
                switch qualifier {
                case 0x00, 0x01: .localInformation
                case 0x03: .dateAndTime
                case 0x06: .accessTechnology
                default: nil
                }
            case ProactiveCommand.Kind.timerManagement: qualifier & 0x03 == 0x02 ? .timerValue : .timerStartStop
            case ProactiveCommand.Kind.openChannel: .openChannel
            case ProactiveCommand.Kind.closeChannel: .closeChannel
            case ProactiveCommand.Kind.receiveData: .receiveData
            case ProactiveCommand.Kind.sendData: .sendData
            case ProactiveCommand.Kind.getChannelStatus: .channelState
            default: nil
            }
        return facility.map(supports) ?? false
    }

    /// The event may stand in an event list.
    func offers(event: UInt8) -> Bool {
        switch event {
        case ToolkitEvent.locationStatus: supports(.locationStatus)
        case ToolkitEvent.dataAvailable: supports(.dataAvailable)
        case ToolkitEvent.channelStatus: supports(.channelStatus)
        case ToolkitEvent.technologyChange: supports(.technologyChange)
        case ToolkitEvent.networkRejection: supports(.rejectionGERAN) || supports(.rejectionEUTRAN)
        case ToolkitEvent.connectionStatusChange: supports(.connectionPDP) || supports(.connectionPDN)
        default: false
        }
    }

    func supports(_ facility: Facility) -> Bool {
        bytes.indices.contains(facility.byte - 1) && bytes[facility.byte - 1] >> (facility.bit - 1) & 1 == 1
    }

    private mutating func set(_ facility: Facility) { bytes[facility.byte - 1] |= 1 << (facility.bit - 1) }
    private mutating func clear(_ facility: Facility) { bytes[facility.byte - 1] &= ~(1 << (facility.bit - 1)) }
}
