/// What came of a policy document that a card was given.
public struct PolicyOutcome: Equatable, Sendable {
    /// The codes travel in the heartbeat; they are never reused.
    public enum Result: UInt8, Equatable, Sendable {
        /// A beacon was answered under the new parameters: they stay.
        case confirmed = 1
        /// The card follows the new parameters and has not been answered under them yet.
        case onTrial = 2
        /// Refused: the version is not above the highest that the card ever followed. So is a document that comes again.
        case refusedOld = 3
        /// Refused: it was not signed with the card's policy key.
        case refusedSignature = 4
        /// Refused: it is no document, is for another card, or its parameters break a rule.
        case refusedContent = 5
        /// No beacon was answered in time under the new parameters: the card follows the old ones again.
        case rolledBack = 6
    }

    /// The document's version, as it says; zero when it does not say. Of a document with a wrong signature nothing is certain.
    public var version: UInt32
    public var result: Result

    public init(version: UInt32, _ result: Result) {
        self.version = version
        self.result = result
    }
}
