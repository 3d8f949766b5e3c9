/// What can be done to a laboratory from outside, by a drill's script or by hand.
public enum Fault: Sendable, Equatable {
    /// A part of an operator fares like this from now on.
    case set(carrier: Int, Part, Condition)
    /// Every part of an operator is up again.
    case clear(carrier: Int)
    /// An operator throws every terminal off.
    case detachAll(carrier: Int, RejectCause?, reattach: Bool, silently: Bool)
    /// An operator has so many other subscribers from now on, whose registrations compete with the estate's.
    case crowd(carrier: Int, Crowd?)
    /// An operator drops every data connection.
    case dropBearers(carrier: Int, SessionCause)
    /// One of our own responders, 0 or 1, fares like this. Rejecting is the same as silent.
    case responder(Int, Condition)
    /// Power cuts strike every card of a group while it moves: within a write, before the REFRESH, in the search after it.
    case cutPowerInSwitch(Group, times: Int)
    /// A terminal loses power for so long.
    case cutPower(TerminalID, Duration)
}
