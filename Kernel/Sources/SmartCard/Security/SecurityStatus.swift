/// Which of the profile's PINs are verified or switched off. Verification is lost at reset and when the application's session ends;
/// it does not depend on the logical channel (TS 102 221, clause 9.4).
struct SecurityStatus: Sendable {
    private var references = InlineArray<8, UInt8>(repeating: 0)
    private var count = 0
    private var enabled: UInt8 = 0
    private var replaced: UInt8 = 0
    /// One bit for each PIN, in the order in which the profile has them.
    private(set) var verified: UInt8 = 0

    init(_ bytes: [UInt8], layout: ProfileLayout) {
        for index in 0..<layout.pinCount {
            guard let pin = PIN(bytes, at: layout.pin(index)) else { break }
            references[index] = pin.reference
            if pin.isEnabled { enabled |= 1 << UInt8(index) }
            if pin.isReplaced { replaced |= 1 << UInt8(index) }
            count += 1
        }
    }

    /// The place of the PIN with this key reference.
    func index(of reference: UInt8) -> Int? {
        for index in 0..<count where references[index] == reference { return index }
        return nil
    }

    /// Whether the application PIN, the first with a reference of 01 to 08, is enabled: which of the two security environments of
    /// TS 102 221, clause 9.3, holds. Without such a PIN it is the one of an enabled PIN.
    var isApplicationPINEnabled: Bool {
        for index in 0..<count where (0x01...0x08).contains(references[index]) { return enabled & 1 << UInt8(index) != 0 }
        return true
    }

    /// Whether a condition on this key reference is met: it was verified, or nobody needs to (TS 102 221, clause 9.5.1). Where the
    /// universal PIN replaces it, that one counts (clause 11.1.11.1).
    func isSatisfied(_ reference: UInt8) -> Bool {
        guard let index = index(of: reference) else { return false }
        let bit: UInt8 = 1 << UInt8(index)
        if replaced & bit != 0, reference != PIN.universal { return isSatisfied(PIN.universal) }
        return verified & bit != 0 || enabled & bit == 0
    }

    /// The places of the PINs whose key reference fits.
    func indices(where fits: (UInt8) -> Bool) -> [Int] {
        (0..<count).filter { fits(references[$0]) }
    }

    mutating func setVerified(_ isVerified: Bool, at index: Int) {
        let bit: UInt8 = 1 << UInt8(index)
        if isVerified { verified |= bit } else { verified &= ~bit }
    }

    mutating func setEnabled(_ isEnabled: Bool, isReplaced: Bool = false, at index: Int) {
        let bit: UInt8 = 1 << UInt8(index)
        if isEnabled { enabled |= bit } else { enabled &= ~bit }
        if isReplaced { replaced |= bit } else { replaced &= ~bit }
    }

    /// The verifications of a session that goes on after a suspension.
    mutating func restore(verified: UInt8) { self.verified = verified }

    /// The session of the application ended: its PINs must be verified again. Administrative keys (0A to 0E) and the universal PIN
    /// are the card's, not the application's.
    mutating func endApplicationSession() {
        for index in 0..<count where !(0x0A...0x0E).contains(references[index]) && references[index] != PIN.universal {
            setVerified(false, at: index)
        }
    }

    /// The PIN status template, tag C6 (TS 102 221, clauses 9.5.2 and 11.1.1.4.10): one bit for each reference, in order from bit
    /// 8. Before the universal PIN's reference stands whether it is used: 08 where it replaces another PIN, else 00.
    func writeTemplate(into response: inout [UInt8]) {
        response.append(0xC6)
        let universal = index(of: PIN.universal)
        response.append(UInt8(truncatingIfNeeded: 3 + 3 * count + (universal == nil ? 0 : 3)))
        var bits: UInt8 = 0
        for index in 0..<count where enabled & 1 << UInt8(index) != 0 { bits |= 0x80 >> UInt8(index) }
        response.append(contentsOf: [0x90, 0x01, bits])
        for index in 0..<count {
            if index == universal { response.append(contentsOf: [0x95, 0x01, replaced == 0 ? 0x00 : 0x08]) }
            response.append(contentsOf: [0x83, 0x01, references[index]])
        }
    }
}
