/// What a terminal has in its card slot: contacts over which APDUs go (ETSI TS 102 221, clause 7). Cards of silicon fit as well.
public protocol UICC: Sendable {
    /// Activates the contacts, cold or warm, and gives the answer to reset.
    mutating func reset() -> [UInt8]
    /// One command APDU in, response data and status word out.
    mutating func transmit(_ command: [UInt8]) -> [UInt8]
    /// Takes the power away, at whatever the card was doing.
    mutating func powerOff()
}
