/// What the terminal says of its registration (ETSI TS 102 223, clause 8.27).
public enum LocationStatus: UInt8, Equatable, Sendable {
    /// Registered, at home or roaming.
    case normal = 0
    /// Camped on a cell that gives emergency calls only.
    case limited = 1
    /// No cell at all.
    case none = 2
}

/// The access technology in use (ETSI TS 102 223, clause 8.61).
public enum AccessTechnology: UInt8, Equatable, Sendable {
    case gsm = 0x00
    case utran = 0x03
    case eutran = 0x08
    case ngran = 0x0A
    /// Any value the standard has and this policy has no use for.
    case other = 0xFF
}

/// The network that serves the terminal.
public struct ServingNetwork: Equatable, Sendable {
    /// The PLMN's three coded bytes (3GPP TS 24.008, clause 10.5.1.3), first byte highest, in the low 24 bits.
    public var plmn: UInt32
    /// The access technology.
    public var technology: AccessTechnology

    public init(plmn: UInt32, technology: AccessTechnology) {
        self.plmn = plmn
        self.technology = technology
    }
}
