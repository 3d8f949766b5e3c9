/// What real modems and their hosts do otherwise than the standard's best terminal, each seen in the field.
public enum Quirk: Hashable, Sendable {
    // What TERMINAL PROFILE does not offer

    /// The toolkit is shipped switched off: no TERMINAL PROFILE, no proactive command.
    case noToolkit
    /// Few machine modules have BIP: OPEN CHANNEL is not offered and refused.
    case noChannels
    /// No SET UP EVENT LIST: the card learns only what it asks for.
    case noEvents
    /// Never reports a data connection that was refused or dropped.
    case noDataConnectionEvent
    /// Never reports that the network refused a registration.
    case noRejectionEvent
    /// No TIMER MANAGEMENT.
    case noTimers
    /// No POLL INTERVAL: STATUS comes when the terminal pleases.
    case noPolling
    /// No REFRESH.
    case noRefresh

    // What it does with commands

    /// Offers channels and answers OPEN CHANNEL as beyond its capabilities.
    case refusesChannels
    /// Offers channels and answers OPEN CHANNEL with a channel error: none is free, ever.
    case noFreeChannel
    /// Says that REFRESH was performed and does nothing: the new profile shows at the next reset (SIM7600 and others).
    case ignoresRefresh
    /// Offers REFRESH and answers it as beyond its capabilities.
    case refusesRefresh
    /// Refuses REFRESH as busy, so many times in a row, before it obeys.
    case busyAtRefresh(times: Int)
    /// Obeys REFRESH after so many minutes, and does nothing else for the card until then.
    case lateRefresh(minutes: Int)
    /// Sends STATUS with an extended-length Le (nRF91).
    case extendedStatus

    // What it remembers, and what its host does

    /// Keeps the forbidden networks of the profile before, and never reads the new one's.
    case keepsForbiddenNetworks
    /// Goes on with the subscription that it read at power-on, until it is powered off (carrier configurations of Quectel EC20).
    case keepsSubscription
    /// The host chooses its access point by the IMSI that it read when it started, and never looks again.
    case hostKeepsIMSI
    /// The host resets the modem when nothing came back from the Internet for so many minutes. The card was told at its making.
    case watchdogReset(minutes: Int)
    /// The same, and nobody told the card.
    case untoldWatchdog(minutes: Int)
    /// Takes the power from the card for so many seconds whenever nothing goes on (power saving mode, extended DRX).
    case sleeps(seconds: Int)
    /// Search and registration take four times as long.
    case slowAttach
}

extension Quirk: LosslessStringConvertible {
    private static let plain: [String: Quirk] = [
        "no-toolkit": .noToolkit, "no-channels": .noChannels, "no-events": .noEvents,
        "no-data-connection-event": .noDataConnectionEvent, "no-rejection-event": .noRejectionEvent, "no-timers": .noTimers,
        "no-polling": .noPolling, "no-refresh": .noRefresh, "refuses-channels": .refusesChannels,
        "no-free-channel": .noFreeChannel, "ignores-refresh": .ignoresRefresh, "refuses-refresh": .refusesRefresh,
        "extended-status": .extendedStatus, "keeps-forbidden-networks": .keepsForbiddenNetworks,
        "keeps-subscription": .keepsSubscription, "host-keeps-imsi": .hostKeepsIMSI, "slow-attach": .slowAttach,
    ]

    /// The name by which drills and the command line know it.
    public var description: String {
        switch self {
        case .busyAtRefresh(let times): "busy-at-refresh:\(times)"
        case .lateRefresh(let minutes): "late-refresh:\(minutes)"
        case .watchdogReset(let minutes): "watchdog-reset:\(minutes)"
        case .untoldWatchdog(let minutes): "untold-watchdog:\(minutes)"
        case .sleeps(let seconds): "sleeps:\(seconds)"
        default: Quirk.plain.first { $0.value == self }?.key ?? ""
        }
    }

    /// From its name; one with a number takes it after a colon, 1...1440.
    public init?(_ name: String) {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        guard parts.count == 2 else {
            guard let quirk = Quirk.plain[first] else { return nil }
            self = quirk
            return
        }
        guard let number = Int(parts[1]), (1...1_440).contains(number) else { return nil }
        switch first {
        case "busy-at-refresh": self = .busyAtRefresh(times: number)
        case "late-refresh": self = .lateRefresh(minutes: number)
        case "watchdog-reset": self = .watchdogReset(minutes: number)
        case "untold-watchdog": self = .untoldWatchdog(minutes: number)
        case "sleeps": self = .sleeps(seconds: number)
        default: return nil
        }
    }
}
