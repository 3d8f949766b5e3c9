/// A fact that is not there yet, and where it would come from.
public struct MissingFact: Codable, Hashable, Sendable {
    public var what: String
    /// The question, field or record that it comes from.
    public var from: String
    public var citations: [Citation]
    /// Whether a verdict stays open for want of it.
    public var keepsOpen: Bool

    public init(_ what: String, from: String, citations: [Citation] = [], keepsOpen: Bool = true) {
        self.what = what
        self.from = from
        self.citations = citations
        self.keepsOpen = keepsOpen
    }
}

/// What an inquiry concludes, with everything that it rests on.
public struct InquiryEnd: Codable, Hashable, Sendable {
    public var verdict: Verdict = .cannotTellYet
    public var reasons: [Reason] = []
    public var missing: [MissingFact] = []
    /// What would change the outcome.
    public var wouldChange: [Reason] = []
    /// Facts settled on the way, by name.
    public var findings: [String: String] = [:]
    /// The day to which the rules behind it were checked.
    public var asOf: Day
    /// The weakest mark among what decided: what the verdict is worth. It says nothing about the findings beside it.
    public var mark: Mark = .interpretation

    init(asOf: Day) { self.asOf = asOf }
}
