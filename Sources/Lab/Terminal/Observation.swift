import Resilience
import Wire

/// Which terminal of a laboratory.
public struct TerminalID: RawRepresentable, Hashable, Comparable, Sendable {
    public var rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public static func < (left: TerminalID, right: TerminalID) -> Bool { left.rawValue < right.rawValue }
}

/// What an onlooker at a terminal sees happen. Drills take their figures from these; nothing else reads a terminal's mind.
public enum Observation: Equatable, Sendable {
    /// The card was booted and shows this identity.
    case booted(ICCID, IMSI)
    /// The card could not be used.
    case cardFailed(USIM.Fault)
    /// Registration service changed.
    case location(LocationStatus)
    case attachRequested(carrier: Int)
    case registered(carrier: Int)
    case rejected(carrier: Int, RejectCause)
    case connected(carrier: Int)
    /// Refused or dropped, with the cause when the network gave one.
    case disconnected(SessionCause?)
    /// The card asked for a REFRESH of this mode.
    case refreshAsked(mode: UInt8)
    /// The terminal has carried it out.
    case refreshObeyed
    /// The card sent a datagram.
    case sent(to: Endpoint)
    /// The card took a datagram that had come for it.
    case delivered(carrier: Int)
    /// The host's watchdog reset the modem.
    case watchdogFired
    /// The card asked for a command, by its type, or an event in a list that TERMINAL PROFILE does not offer.
    case beyondProfile(command: UInt8)
    /// The card broke the toolkit's protocol: a command that cannot be read.
    case toolkitFault
}
