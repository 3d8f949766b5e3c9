/// What real modems and their hosts do otherwise than the standard, each seen in the field.
public enum Quirk: Hashable, Sendable {
    /// Says that REFRESH was performed and does nothing: the new profile shows at the next reset (SIM7600 and others).
    case ignoresRefresh
    /// Refuses REFRESH as busy, so many times in a row, before it obeys.
    case busyAtRefresh(times: Int)
    /// Never reports a data connection that was refused or dropped.
    case noDataConnectionEvent
    /// The host resets the modem when nothing came back from the Internet for so many minutes.
    case watchdogReset(minutes: Int)
    /// Search and registration take four times as long.
    case slowAttach
    /// Few machine modules have BIP: OPEN CHANNEL is not offered and refused.
    case noChannels
    /// The toolkit is shipped switched off: no TERMINAL PROFILE, no proactive command.
    case noToolkit
    /// Keeps the forbidden networks of the profile before, and never reads the new one's.
    case keepsForbiddenNetworks
    /// Sends STATUS with an extended-length Le (nRF91).
    case extendedStatus
}

extension Quirk: LosslessStringConvertible {
    /// The name by which drills and the command line know it.
    public var description: String {
        switch self {
        case .ignoresRefresh: "ignores-refresh"
        case .busyAtRefresh(let times): "busy-at-refresh:\(times)"
        case .noDataConnectionEvent: "no-data-connection-event"
        case .watchdogReset(let minutes): "watchdog-reset:\(minutes)"
        case .slowAttach: "slow-attach"
        case .noChannels: "no-channels"
        case .noToolkit: "no-toolkit"
        case .keepsForbiddenNetworks: "keeps-forbidden-networks"
        case .extendedStatus: "extended-status"
        }
    }

    /// From its name; one with a number takes it after a colon, 1...1440.
    public init?(_ name: String) {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let number = parts.count == 2 ? Int(parts[1]).flatMap { (1...1_440).contains($0) ? $0 : nil } : nil
        switch (parts.first, number, parts.count) {
        case ("busy-at-refresh", let times?, 2): self = .busyAtRefresh(times: times)
        case ("watchdog-reset", let minutes?, 2): self = .watchdogReset(minutes: minutes)
        case ("ignores-refresh", _, 1): self = .ignoresRefresh
        case ("no-data-connection-event", _, 1): self = .noDataConnectionEvent
        case ("slow-attach", _, 1): self = .slowAttach
        case ("no-channels", _, 1): self = .noChannels
        case ("no-toolkit", _, 1): self = .noToolkit
        case ("keeps-forbidden-networks", _, 1): self = .keepsForbiddenNetworks
        case ("extended-status", _, 1): self = .extendedStatus
        default: return nil
        }
    }
}
