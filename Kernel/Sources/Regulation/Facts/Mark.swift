/// How well a fact is known. Shown wherever a fact that is less than ``verified`` decides something.
public enum Mark: String, Codable, CaseIterable, Comparable, Sendable {
    /// Our own reading, or a conclusion that nobody has confirmed.
    case interpretation
    /// From memory: not looked up.
    case memory
    /// From a secondary source: a summary, an archive, a dated list by somebody else.
    case secondary
    /// The Commission's guidance or its answers to questions, which bind nobody.
    case guidance
    /// Checked against the text in the Official Journal.
    case verified

    private var strength: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: Mark, right: Mark) -> Bool { left.strength < right.strength }
}
