/// What a drill measured. Encodes to one JSON object; the same seed gives the same bytes.
public struct Figures: Codable, Equatable, Sendable {
    /// Of some durations in seconds.
    public struct Quantiles: Codable, Equatable, Sendable {
        public var count: Int
        public var p50: Double
        public var p99: Double
        public var max: Double

        /// Nil for no durations. The quantile is the nearest rank.
        public init?(_ seconds: [Double]) {
            guard !seconds.isEmpty else { return nil }
            let sorted = seconds.sorted()
            func rank(_ share: Double) -> Double {
                sorted[min(sorted.count - 1, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
            }
            count = sorted.count
            p50 = rank(0.5)
            p99 = rank(0.99)
            max = sorted[sorted.count - 1]
        }
    }

    public struct GroupFigures: Codable, Equatable, Sendable {
        public var cards = 0
        /// Cards that the fault struck: at home with the operator in that moment, in the area that failed.
        public var struck = 0
        /// Struck cards that decided to leave, and that were answered through the other operator.
        public var left = 0
        public var answeredElsewhere = 0
        /// From the fault to the card's decision, the REFRESH it asks for.
        public var detectionSeconds: Quantiles?
        /// From the decision to the first beacon answered through the other operator.
        public var moveSeconds: Quantiles?
        /// From the fault to that answer.
        public var faultToAnswerSeconds: Quantiles?
        /// From the end of the fault to the first beacon answered at home again.
        public var returnSeconds: Quantiles?
        /// Changes of profile that took effect, for each card of the group, and of the card that had most.
        public var switchesPerCard = 0.0
        public var mostSwitches = 0
        /// Cards that the fault did not strike, and that moved all the same.
        public var movedUnstruck = 0
        /// Minutes from the fault on in which no operator carried a struck card's traffic: for each, and of the darkest.
        public var darkMinutes = 0.0
        public var mostDarkMinutes = 0.0
        public var reachableAtEnd = 0
        /// Of the cards that are not, how long the longest has been dark: a card that tries its primary is dark for a while.
        public var longestDarkAtEndSeconds = 0.0
        public var homeAtEnd = 0
        /// The share heard from within 24 hours, as the responders' side has it: at the end, and at its lowest since the fault.
        public var reach24AtEnd: Double?
        public var reach24Lowest: Double?
        /// Cards that a terminal could no longer use.
        public var broken = 0
    }

    public struct OperatorFigures: Codable, Equatable, Sendable {
        public var name = ""
        public var plmn = ""
        /// The most registrations that the estate's terminals asked for in one second.
        public var peakRegistrationsPerSecond = 0.0
        /// The same, from the end of the fault on.
        public var peakReturnsPerSecond = 0.0
        /// With the operator's other subscribers: asked for, and served.
        public var peakOfferedPerSecond = 0.0
        public var peakServedPerSecond = 0.0
        /// Refused for congestion, of the estate's.
        public var congested = 0
        public var registeredAtEnd = 0
    }

    /// What the drill promised, and whether it came so.
    public struct Outcome: Codable, Equatable, Sendable {
        public var promise: String
        public var kept: Bool
    }

    /// The bounds that the policy states for itself, in seconds (``Resilience/Cost``).
    public struct Bounds: Codable, Equatable, Sendable {
        public var detection: Double
        public var detectionByRegistration: Double
        public var strand: Double
        /// A trial of the primary: the time given to it, and to the way back.
        public var trial: Double
        public var movesPerHour: Int
        /// The longest pause between two looks while both operators are dark, before jitter.
        public var longestPause: Double
    }

    public var drill: String
    public var title: String
    public var source: Drill.Source
    public var seed: UInt64
    public var preset: String
    public var timing: String
    public var cards: Int
    /// From power-on to the fault, from the fault to its end (nil when it has none), and to the end of the drill.
    public var settleSeconds: Double
    public var faultSeconds: Double?
    public var afterFaultSeconds: Double
    public var bounds: Bounds
    /// By ``Group/rawValue``.
    public var groups: [String: GroupFigures]
    public var operators: [OperatorFigures]
    public var powerCuts: Int
    public var outcomes: [Outcome]

    /// Whether every promise was kept.
    public var isAsPromised: Bool { outcomes.allSatisfy(\.kept) }

    /// The figures of a group; empty when the estate has none of it.
    public subscript(group: Group) -> GroupFigures { groups[group.rawValue] ?? GroupFigures() }
}
