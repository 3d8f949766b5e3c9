/// Where a case stands.
public enum CasePhase: String, Codable, CaseIterable, Sendable {
    /// A signal was logged; nobody looks at it yet.
    case signalled
    case assessing
    /// Decided: not a case.
    case notACase
    /// The manufacturer is aware: the clocks run.
    case aware
    case closed

    /// In words.
    public var title: String {
        switch self {
        case .signalled: "a signal"
        case .assessing: "being assessed"
        case .notACase: "decided not to be one"
        case .aware: "open"
        case .closed: "closed"
        }
    }
}

/// Something to know about the history itself: it was taken, and somebody should look.
public struct CaseRemark: Codable, Hashable, Sendable {
    /// The action it is about, from 0.
    public var action: Int
    public var text: String
}
