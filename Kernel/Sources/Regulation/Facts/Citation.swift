/// Where a fact stands, and how well that is known.
public struct Citation: Codable, Hashable, Sendable {
    /// The place, as lawyers write it: "Art. 14(2)(a)", "guidance pt 210". Regulation (EU) 2024/2847 unless it names another act.
    public var place: String
    public var mark: Mark

    public init(_ place: String, _ mark: Mark) {
        self.place = place
        self.mark = mark
    }
}

/// Something that is said, with what it rests on.
public struct Reason: Codable, Hashable, Sendable {
    /// One or two sentences in plain words.
    public var text: String
    public var citations: [Citation]

    public init(_ text: String, _ citations: [Citation] = []) {
        self.text = text
        self.citations = citations
    }

    /// The weakest mark among its citations: what the whole is worth. Without a citation it is our own reading.
    public var mark: Mark { citations.map(\.mark).min() ?? .interpretation }
}
