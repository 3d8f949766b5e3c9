/// A rehearsed outage: faults on a time line after one of record, and what must come of it.
public struct Drill: Sendable {
    /// The outage that it follows; `id` is its row in `outages.csv`.
    public struct Source: Codable, Equatable, Sendable, CustomStringConvertible {
        public var id: String
        public var `operator`: String
        /// ISO 8601.
        public var date: String

        public var description: String { "\(`operator`), \(date)" }
    }

    /// One entry of the time line, counted from the fault.
    public struct Step: Sendable {
        public var after: Duration
        public var fault: Fault

        public init(_ after: Duration, _ fault: Fault) {
            self.after = after
            self.fault = fault
        }

        /// The same, in another length of time. A crowd shrinks with it, so that its storm does.
        func scaled(by factor: Double) -> Step {
            var step = self
            step.after = after.scaled(by: factor)
            if case .crowd(let carrier, let crowd?) = fault {
                var smaller = crowd
                smaller.subscribers *= factor
                step.fault = .crowd(carrier: carrier, smaller)
            }
            return step
        }
    }

    /// What must come of it, and how that shows in the figures.
    public struct Promise: Sendable {
        public var text: String
        public var isKept: @Sendable (Figures) -> Bool

        public init(_ text: String, _ isKept: @escaping @Sendable (Figures) -> Bool) {
            self.text = text
            self.isKept = isKept
        }
    }

    /// The name by which it is called.
    public var name: String
    public var title: String
    public var summary: String
    public var source: Source
    /// Whom the fault strikes: cards at home with this operator (nil: with any), in this area (nil: in all).
    public var carrier: Int?
    public var area: Area?
    public var steps: [Step]
    /// When the fault is over, counted from its beginning; nil for one without end.
    public var faultLasts: Duration?
    /// From the fault to the end of the drill.
    public var lasts: Duration
    public var promises: [Promise]
    /// The primaries roam (``LabEstate/Settings/primaryRoams``).
    public var primaryRoams = false

    /// Every drill, in the order in which they are listed.
    public static let all: [Drill] = [
        .attachRejected, .dataPathDead, .storm, .areaRadio, .roamingWithdrawn, .respondersDown, .bothDown, .powerCut,
    ]

    public static func named(_ name: String) -> Drill? { all.first { $0.name == name } }
}
