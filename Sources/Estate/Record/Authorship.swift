/// Who changes the record, and why. Every entry of the ledger has both.
public struct Authorship: Equatable, Sendable {
    /// The name under which the person signed in, or the token's.
    public var author: String
    /// Empty where the change speaks for itself.
    public var reason: String

    public init(_ author: String, reason: String = "") {
        self.author = author
        self.reason = reason
    }

    /// What the estate notes by itself.
    public static let estate = Authorship("holdfast")
}
