import Wire

/// The narrow seam between a terminal and an operator's serving node: what of NAS signalling and the user plane the lab needs.
///
/// Nothing of a core lies beyond it (no GSUP, no GTP), so that a serving node over real daemons can stand where the one in
/// process stands. The procedures are those of EPS (3GPP TS 24.301), with the data connection asked for separately as in GPRS.
public enum RadioMessage {
    /// From the terminal.
    public enum Uplink: Equatable, Sendable {
        case attachRequest(imsi: IMSI)
        case authenticationResponse(res: [UInt8])
        /// Cause 21, with the 14-byte AUTS of TS 33.102, clause 6.3.3.
        case synchronisationFailure(auts: [UInt8])
        /// Cause 20: the card found the network's MAC wrong.
        case macFailure
        /// Periodic or after lost coverage.
        case areaUpdateRequest
        case detach
        /// `id` is the terminal's number for the connection, the EPS bearer identity (5...15).
        case bearerRequest(id: UInt8, apn: String)
        case bearerRelease(id: UInt8)
        case datagram(bearer: UInt8, Datagram)
    }

    /// From the serving node.
    public enum Downlink: Equatable, Sendable {
        /// 16 bytes each (TS 33.102, clause 6.3.2).
        case authenticationRequest(rand: [UInt8], autn: [UInt8])
        case authenticationReject
        case attachAccept(area: TrackingArea)
        /// `backOff` is the value of T3346, sent with congestion.
        case attachReject(RejectCause, backOff: Duration?)
        case areaUpdateAccept
        case areaUpdateReject(RejectCause)
        /// Network-initiated detach; a terminal that is asked to re-attach does so at once.
        case detach(RejectCause?, reattach: Bool)
        case bearerAccept(id: UInt8, address: IPAddress)
        case bearerReject(id: UInt8, SessionCause)
        case bearerDropped(id: UInt8, SessionCause)
        case datagram(bearer: UInt8, Datagram)
    }
}

/// The area a cell belongs to: PLMN and tracking area code.
public struct TrackingArea: Hashable, Sendable {
    public var plmn: PLMN
    public var code: UInt16

    public init(plmn: PLMN, code: UInt16) {
        self.plmn = plmn
        self.code = code
    }
}

/// A cell that a terminal can hear.
public struct Cell: Hashable, Sendable {
    /// Which operator of the lab it belongs to.
    public var carrier: Int
    public var area: TrackingArea
    /// E-UTRAN cell identity, 28 bits.
    public var identity: UInt32

    public init(carrier: Int, area: TrackingArea, identity: UInt32) {
        self.carrier = carrier
        self.area = area
        self.identity = identity
    }
}
