/// Whether a card session is suspended (SUSPEND UICC, TS 102 221, clause 11.1.22).
///
/// What the card needs to go on lies in a file of the profile that no command finds, in the card's own directory: whether there is
/// something to resume (1), how many suspensions there have been (8), the token (8), the verified PINs (1), how many bytes the terminal
/// profile has (1) and those (40), then 8 bytes for each logical channel: open (1), directory (2), file (2) and application (2) as
/// places in the list of files plus one, zero for none, record (1).
enum Suspension: Equatable, Sendable {
    case none
    /// The terminal has its token; the power is about to go.
    case suspended
    /// The power is back, and the first command says whether the session goes on.
    case resumable

    /// The bit of EF.UMPC by which a card offers suspension (TS 102 221, clause 13.6), in the third byte.
    static let isOffered: UInt8 = 0x02

    static let count = 1
    static let token = 9
    static let verified = 17
    static let profile = 18
    static let channels = 19 + TerminalProfile.longest
    static let channelSize = 8
    static let size = channels + channelSize * LogicalChannel.most
    static let tokenSize = 8
}

/// How long a card may be suspended, as two bytes: the unit and how many of it (TS 102 221, clause 11.1.22.2).
struct SuspensionDuration: Equatable {
    private static let units: [UInt32] = [1, 60, 3_600, 86_400, 864_000]

    let unit: UInt8
    let value: UInt8

    var seconds: UInt32 { SuspensionDuration.units[Int(unit)] * UInt32(value) }

    init?(unit: UInt8, value: UInt8) {
        guard Int(unit) < SuspensionDuration.units.count else { return nil }
        self.unit = unit
        self.value = value
    }

    /// The longest duration that is not longer than this.
    init(atMost seconds: UInt32) {
        var unit = 0
        while unit < SuspensionDuration.units.count - 1, seconds / SuspensionDuration.units[unit] > 255 { unit += 1 }
        self.unit = UInt8(unit)
        value = UInt8(clamping: seconds / SuspensionDuration.units[unit])
    }
}
