/// What a network's reject cause means for the subscription (3GPP TS 24.008 annex G, TS 24.301 annex A, TS 24.501 annex A).
///
/// A permanent cause will not be answered differently by waiting. A cause bound to the place may vanish when the terminal
/// finds another network or tracking area. Everything else, congestion above all, is temporary.
public enum Rejection: UInt8, Equatable, Sendable {
    /// Neither this network nor, with this subscription, any other will admit the terminal.
    case permanent
    /// Not here: another network or area may admit it.
    case placeBound
    /// Try later.
    case temporary

    /// The class of a GMM, EMM or 5GMM cause value.
    public init(cause: UInt8) {
        switch cause {
        // Unknown in HLR, illegal MS, illegal ME, services not allowed (7, 8), requested feature not authorised.
        case 2, 3, 5, 6, 7, 8, 35, 72: self = .permanent
        // PLMN, area or roaming not allowed; no suitable cells; not authorised for this CSG; serving network not authorised.
        case 11, 12, 13, 14, 15, 25, 73: self = .placeBound
        default: self = .temporary
        }
    }
}
