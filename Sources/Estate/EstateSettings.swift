import Reachability

/// What may be chosen when an estate is opened.
public struct EstateSettings: Sendable {
    /// When a device counts as late, and when as silent.
    public var thresholds: Thresholds = .standard
    /// How outages are inferred, and how fast cards are called back.
    public var detection: OutageDetector.Parameters = .standard

    public init() {}
}
