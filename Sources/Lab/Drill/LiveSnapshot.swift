/// How a laboratory stands at one moment, for a table or a page.
public struct LiveSnapshot: Codable, Equatable, Sendable {
    public struct GroupState: Codable, Equatable, Sendable {
        public var group: Group
        public var cards: Int
        /// Cards whose traffic each operator carries.
        public var carried: [Int]
        /// Cards whose traffic their own operator carries, and the other one.
        public var onPrimary: Int
        public var onBackup: Int
        /// Cards whose traffic none carries.
        public var dark: Int
        /// Changes of profile so far.
        public var switches: Int
        /// What the drill has measured so far; nil before its fault.
        public var measured: Figures.GroupFigures?
    }

    public struct OperatorState: Codable, Equatable, Sendable {
        public var name: String
        public var plmn: String
        /// What of it is not up, in words; empty when all is well.
        public var faults: [String]
        public var registered: Int
        /// Registrations that the estate asks for, in the last second, and the most in any second.
        public var registrationsPerSecond: Double
        public var peakRegistrationsPerSecond: Double
        /// With the operator's other subscribers.
        public var offeredPerSecond: Double
    }

    public struct Line: Codable, Equatable, Sendable {
        /// Seconds since the lab began.
        public var at: Double
        public var text: String
    }

    /// Seconds since the lab began, and UTC in milliseconds since 1970.
    public var at: Double
    public var time: Int64
    /// The drill that runs, by name, the seconds since its fault (negative before it), and whether the fault still lasts.
    public var drill: String?
    public var sinceFault: Double?
    public var faultLasts: Bool
    public var groups: [GroupState]
    public var operators: [OperatorState]
    /// Whether each responder answers.
    public var responders: [Bool]
    /// What has happened, newest last, at most ``mostLines``.
    public var lines: [Line]

    public static let mostLines = 40
}
