import Beacon

extension Card {
    /// A policy document came over the air. It is signed for this card like one in a beacon's answer, and goes the same way: the
    /// packet's keys alone are not enough to change the policy.
    ///
    /// - Parameter document: the secured data of the packet, which is authentic and newer than all before it.
    /// - Returns: `ok` when its parameters are on trial; 6985 when the version is old, 6982 for a wrong signature, 6A80 for anything else
    ///   that is wrong with it, 6A81 when the card takes no documents. Everything that is staged and committed here becomes durable with the
    ///   packet's counter, in one step, or is undone.
    mutating func receivePolicy(_ document: ArraySlice<UInt8>) -> StatusWord {
        guard let outcome = applet.adopt(Array(document), &session, &store) else { return .functionNotSupported }
        return switch outcome.result {
        case .onTrial, .confirmed: .ok
        case .refusedOld: .conditionsNotSatisfied
        case .refusedSignature: .securityStatusNotSatisfied
        case .refusedContent, .rolledBack: .incorrectData
        }
    }
}
