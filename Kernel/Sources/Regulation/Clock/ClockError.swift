/// Why deadlines cannot be computed, and what to change.
public enum ClockError: Error, Hashable, Sendable {
    /// A moment that was given to a clock.
    public enum Moment: String, Codable, CaseIterable, Sendable {
        case signal, awareness, measure
        case earlyWarning = "early warning"
        case notification
    }

    /// The zone database has no such zone, or the name is no place in it.
    case unknownZone(String)
    /// Not a Member State on the list of coordinator CSIRTs.
    case unknownCountry(String)
    /// Outside ``LocalClock/years``.
    case outOfRange(Moment)
    case before(Moment, than: Moment)
    /// A measure does not move an incident's clock.
    case measureOfIncident
    /// Nothing was given that starts a clock.
    case nothingStarted
    /// The text is no instant; `why` says what is wrong with it.
    case notAnInstant(String, why: String)
    /// The clocks of the zone were put forward over this time.
    case skipped(String, zone: String)
}

extension ClockError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownZone(let name):
            "There is no time zone '\(name.prefix(LocalClock.longestName))'. Write a name of the IANA database, such as Europe/Berlin or UTC."
        case .unknownCountry(let code):
            "'\(code.prefix(16))' is not a Member State with a coordinator CSIRT. Write its two letters, such as DE; Greece is GR. Iceland, Liechtenstein and Norway are not on the list."
        case .outOfRange(let moment):
            "The moment of the \(moment.rawValue) lies outside the years \(LocalClock.years.lowerBound) to \(LocalClock.years.upperBound): check its year."
        case .before(let moment, let earlier):
            "The \(moment.rawValue) is dated before the \(earlier.rawValue), which it follows: check both, and their offsets from UTC."
        case .measureOfIncident:
            "An incident's final report is due a month after its notification was submitted; a measure does not start it. Leave the measure out, or choose the kind vulnerability."
        case .nothingStarted:
            "No clock has started: give the moment of awareness, of a vulnerability's measure, or of an incident's notification."
        case .notAnInstant(let text, let why):
            "'\(text.prefix(40))' is not an instant: \(why). Write 2026-10-06T14:20:00+02:00, or local time as 2026-10-06T14:20."
        case .skipped(let text, let zone):
            "\(text.prefix(40)) does not exist in \(zone): the clocks were put forward over it. Add the offset from UTC, or correct the time."
        }
    }
}
