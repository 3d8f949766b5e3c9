import SmartCard

// The models, by what they offer and then by what they do. Where a kind was seen in the field, the summary says so.

extension TerminalModel {
    /// Every model, in the order in which they are listed.
    public static let all: [TerminalModel] = offers + commands + memories + hosts

    /// What TERMINAL PROFILE offers, from everything to nothing.
    private static let offers = [
        TerminalModel(
            "full", "everything", "Channels, all events, timers, REFRESH: the terminal that the standard describes.", [],
            remark: "Everything. The other rows compare with this one."),
        TerminalModel(
            "no-connection-event", "channels, no data connection event",
            "Channels and events, but a data connection that is refused or dropped is never reported.", [.noDataConnectionEvent],
            remark: "Everything: a channel that cannot be opened says what the event would have said."),
        TerminalModel(
            "no-bip", "events, no channels", "No bearer independent protocol, as in most machine modules. All events.",
            [.noChannels],
            remark:
                "Registration and connections are watched by events. A data path that swallows everything is not seen, and no beacon is sent."
        ),
        TerminalModel(
            "location-only", "registration event and STATUS",
            "No channels, no timers, and of the events only location status: registration, events and STATUS, no more. STATUS comes at the terminal's own pace and is the card's only clock.",
            [.noChannels, .noDataConnectionEvent, .noRejectionEvent, .noTimers, .noPolling],
            remark: "Registration is watched. What happens to data behind it is not seen."),
        TerminalModel(
            "timers", "timers, location and REFRESH",
            "No events and no channels: the commands that applets in the field rely on, because every modem has them.",
            [.noChannels, .noEvents, .noPolling],
            remark: "Registration is asked for by a timer. What happens to data behind it is not seen."),
        TerminalModel(
            "timers-alone", "timers and location, no REFRESH", "The same without REFRESH.",
            [.noChannels, .noEvents, .noPolling, .noRefresh],
            remark: "The loss of registration is seen and the backup enabled. It shows at the next reset, and so does the return."),
        TerminalModel(
            "polls", "location and REFRESH, no timers",
            "No timers, events or channels: the card's only clock is the terminal's STATUS, at an interval that it may ask for.",
            [.noChannels, .noEvents, .noTimers],
            remark: "As with timers, with STATUS for a clock."),
        TerminalModel(
            "nothing", "no toolkit",
            "The toolkit is switched off, as some modules are shipped (Quectel AT+QSTK): no TERMINAL PROFILE.",
            [.noToolkit],
            remark: "Nothing is watched. A reset brings up the profile that is enabled on the card."),
    ]

    /// What it does with commands that it offers.
    private static let commands = [
        TerminalModel(
            "channels-refused", "channels offered, answered 30",
            "Offers channels and answers OPEN CHANNEL as beyond its capabilities.",
            [.refusesChannels],
            remark: "As without channels: the card stops asking after the first refusal, until the next power-on."),
        TerminalModel(
            "channels-never-free", "channels offered, answered 3A",
            "Offers channels and answers OPEN CHANNEL with: no channel free.",
            [.noFreeChannel],
            remark: "As without channels: a channel that has never worked says nothing about the network."),
        TerminalModel(
            "refresh-ignored", "REFRESH answered, not obeyed",
            "Says that REFRESH was performed and does nothing (SIM7600; lpac issue 236).", [.ignoresRefresh],
            remark:
                "Everything is seen, and the backup shows at the next reset: give such a device a watchdog. The return is decided on after the hold and shows at the next reset too, whenever that is; if the primary still fails then, the backup is back at the reset after it."
        ),
        TerminalModel(
            "refresh-ignored-watchdog", "the same, with a watchdog",
            "The same, in a host that resets the modem after 15 minutes without data.",
            [.ignoresRefresh, .watchdogReset(minutes: 15)],
            remark:
                "The watchdog does on the way out what REFRESH should, and again when a return fails. On the backup data flows and nothing resets the modem: the return waits for a reset of another kind."
        ),
        TerminalModel(
            "refresh-refused", "REFRESH offered, answered 30", "Offers REFRESH and answers it as beyond its capabilities.",
            [.refusesRefresh],
            remark: "As where it is ignored."),
        TerminalModel(
            "refresh-busy", "REFRESH refused twice as busy", "Answers that it is busy, twice, and then obeys (seen by openpilot).",
            [.busyAtRefresh(times: 2)],
            remark: "Everything, a few minutes later: REFRESH is asked for again."),
        TerminalModel(
            "refresh-late", "REFRESH obeyed after 3 minutes", "Leaves REFRESH unanswered for three minutes and then obeys it.",
            [.lateRefresh(minutes: 3)],
            remark: "Everything, three minutes later."),
        TerminalModel(
            "extended-status", "STATUS with an extended Le",
            "Sends STATUS with an extended length (nRF91; onomondo nrf-softsim issue 95).",
            [.extendedStatus], remark: "Everything."),
    ]

    /// What it remembers and should not.
    private static let memories = [
        TerminalModel(
            "forbidden-kept", "keeps the forbidden networks", "Keeps the list of forbidden networks of the profile before.",
            [.keepsForbiddenNetworks],
            remark:
                "Everything, but for a primary that roams: every network that refuses it stays on the list, the backup's own among them, and the device is dark until somebody clears it."
        ),
        TerminalModel(
            "subscription-kept", "keeps the subscription until powered off",
            "After REFRESH it goes on with the IMSI that it read at power-on and fails to authenticate (like Quectel EC20, which stays on the former operator's configuration).",
            [.keepsSubscription],
            remark: "Little: the backup comes up only when power goes while the card is on it, and so does the primary."),
        TerminalModel(
            "imsi-kept", "the host keeps the former access point",
            "The host chose its access point by the IMSI of its start, and never looks again: the new operator refuses the connection.",
            [.hostKeepsIMSI],
            remark:
                "Little: on the backup the host asks for an access point that the operator does not have, and the card takes the backup for dead. An access point in the profile helps: see the next row."
        ),
        TerminalModel(
            "imsi-kept-own-apn", "the same, access point in the profile",
            "The same host, and a card whose profiles name an access point for the beacons.", [.hostKeepsIMSI],
            accessPoint: ownAccessPoint,
            remark:
                "The card is heard through the backup and stays there. The traffic of the host waits for its next start, and once more after the return when it was started in between."
        ),
    ]

    /// What its host does.
    private static let hosts = [
        TerminalModel(
            "watchdog", "watchdog of 2 minutes, known",
            "The host resets the modem after two minutes without data, sooner than the policy gives up; the card was told at its making.",
            [.watchdogReset(minutes: 2)], remark: "Everything: the policy decides before the watchdog does."),
        TerminalModel(
            "watchdog-untold", "watchdog of 2 minutes, not known", "The same, and nobody told the card.",
            [.untoldWatchdog(minutes: 2)],
            remark:
                "Everything: the limits of the preset are mostly shorter than the watchdog, and sessions that end too soon shorten the others."
        ),
        TerminalModel(
            "sleeper", "card off for 20 minutes at a time",
            "Power saving mode: 20 seconds after the last sign of life the card loses power for 20 minutes.",
            [.sleeps(seconds: 1_200)],
            remark:
                "Everything, counted in wake-ups: three that go unanswered make a data path dead, and eight are the first hold."
        ),
        TerminalModel(
            "dozer", "card off for 80 seconds at a time", "Extended DRX: the same for 80 seconds.", [.sleeps(seconds: 80)],
            remark: "As the sleeper, sooner."),
        TerminalModel(
            "slow", "slow radio", "Search and registration take four times as long: many bands, poor signal.", [.slowAttach],
            remark: "Everything, later."),
    ]

    private static var ownAccessPoint: AccessPointName {
        do throws(AccessPointName.Problem) { return try AccessPointName("maker.private") } catch { return .terminalDefault }
    }
}
