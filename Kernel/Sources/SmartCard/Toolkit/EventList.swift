/// The events that the terminal is asked to report (TS 102 223, clause 8.25; TS 31.111, clause 8.25), each as the bit of its
/// number.
struct EventList: OptionSet, Equatable, Sendable {
    let rawValue: UInt32

    static let locationStatus = EventList(rawValue: 1 << 0x03)
    static let dataAvailable = EventList(rawValue: 1 << 0x09)
    static let channelStatus = EventList(rawValue: 1 << 0x0A)
    static let accessTechnologyChange = EventList(rawValue: 1 << 0x0B)
    static let networkRejection = EventList(rawValue: 1 << 0x12)
    static let dataConnectionStatusChange = EventList(rawValue: 1 << 0x1D)

    /// Everything the applet can use and the terminal can report.
    init(_ profile: TerminalProfile) {
        var list: EventList = []
        if profile.locationStatusEvent { list.insert(.locationStatus) }
        if profile.dataAvailableEvent, profile.datagrams || profile.streams { list.insert(.dataAvailable) }
        if profile.channelStatusEvent, profile.datagrams || profile.streams { list.insert(.channelStatus) }
        if profile.accessTechnologyEvent { list.insert(.accessTechnologyChange) }
        if profile.networkRejectionEvent { list.insert(.networkRejection) }
        if profile.dataConnectionEvent { list.insert(.dataConnectionStatusChange) }
        self = list
    }

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The event numbers in ascending order.
    var numbers: [UInt8] { (0..<32).filter { rawValue & 1 << UInt32($0) != 0 } }
}
