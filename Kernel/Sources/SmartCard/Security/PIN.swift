/// One PIN with its counters, as 24 bytes in the image: reference (1), flags (1, bit 1 = enabled, bit 2 =
/// disabled with the universal PIN in its place), tries left and most (1 + 1),
/// unblock tries left and most (1 + 1), two zero bytes, value (8), unblock value (8). Values are padded with FF.
struct PIN: Equatable, Sendable {
    static let valueSize = 8

    /// The key reference of the universal PIN, which belongs to no application (TS 102 221, clause 9.4.1).
    static let universal: UInt8 = 0x11
    static let enabledFlag: UInt8 = 1
    static let replacedFlag: UInt8 = 2

    /// The key reference by which commands name it (TS 102 221, clause 9.5.1): 01 the application's PIN, 81 its second PIN, 0A to
    /// 0E ADM, 11 the universal PIN.
    let reference: UInt8
    let isEnabled: Bool
    /// Disabled, and the universal PIN must be verified where this one would have to be.
    let isReplaced: Bool
    let tries: UInt8
    let mostTries: UInt8
    let unblockTries: UInt8
    let mostUnblockTries: UInt8

    init?(_ bytes: [UInt8], at place: Int) {
        reference = bytes.byte(at: place)
        isEnabled = bytes.byte(at: place + 1) & PIN.enabledFlag != 0
        isReplaced = !isEnabled && bytes.byte(at: place + 1) & PIN.replacedFlag != 0
        tries = bytes.byte(at: place + 2)
        mostTries = bytes.byte(at: place + 3)
        unblockTries = bytes.byte(at: place + 4)
        mostUnblockTries = bytes.byte(at: place + 5)
        // A counter is told in the low nibble of 63CX.
        guard reference != 0, mostTries >= 1, mostTries <= 15, tries <= mostTries, mostUnblockTries <= 15,
            unblockTries <= mostUnblockTries, place + ProfileLayout.pinSize <= bytes.count
        else { return nil }
    }

    /// Offsets inside the record.
    static let flags = 1
    static let triesLeft = 2
    static let unblockTriesLeft = 4
    static let value = 8
    static let unblockValue = 16
}
