import Foundation

/// What the deadlines of a case are computed from. Instants count to the second; a fraction is dropped.
public struct ReportingClock: Codable, Hashable, Sendable {
    /// As far as fines depend on it (Art. 3(19), Art. 64(10)(a)).
    public enum Size: String, Codable, CaseIterable, Sendable { case micro, small, medium, large }

    public var kind: CaseKind
    /// When the first report or alert came in; only for a note on slow assessment.
    public var signalAt: Date?
    /// When the manufacturer became aware.
    public var awareAt: Date?
    /// Vulnerability: when a corrective or mitigating measure became available.
    public var measureAvailableAt: Date?
    public var earlyWarningSubmittedAt: Date?
    /// When the 72-hour notification went in, or an early warning that held all of it.
    public var notificationSubmittedAt: Date?
    /// An IANA name: where the manufacturer reads the clock.
    public var zone: String
    /// The coordinator's Member State, two letters, for holidays; nil knows weekends alone.
    public var country: String?
    public var size: Size?

    public init(
        kind: CaseKind, signalAt: Date? = nil, awareAt: Date? = nil, measureAvailableAt: Date? = nil,
        earlyWarningSubmittedAt: Date? = nil, notificationSubmittedAt: Date? = nil, zone: String, country: String? = nil,
        size: Size? = nil
    ) {
        self.kind = kind
        self.signalAt = signalAt
        self.awareAt = awareAt
        self.measureAvailableAt = measureAvailableAt
        self.earlyWarningSubmittedAt = earlyWarningSubmittedAt
        self.notificationSubmittedAt = notificationSubmittedAt
        self.zone = zone
        self.country = country
        self.size = size
    }

    /// All that can be computed from what is given.
    /// - Throws: ``ClockError`` for a zone or country that is none, a year outside the limits, moments out of order, or when no clock
    ///   has started.
    public func table() throws(ClockError) -> DeadlineTable { try DeadlineTable(self) }
}

/// The deadlines of a case by all three readings.
public struct DeadlineTable: Codable, Hashable, Sendable {
    /// Whether Article 14 asks for reports at all.
    public struct Reportability: Codable, Hashable, Sendable {
        public var isReportable: Bool
        public var reason: Reason
    }

    /// A clock that has not started.
    public struct Waiting: Codable, Hashable, Sendable {
        public var stage: ReportStage
        /// What starts it.
        public var reason: Reason
    }

    public let clock: ReportingClock
    public let reportability: Reportability
    /// By stage, then by reading. Empty when nothing is reportable.
    public let deadlines: [Deadline]
    public let waiting: [Waiting]
    /// What holds for all of them.
    public let remarks: [Reason]

    /// The deadline of a stage by a reading.
    public subscript(stage: ReportStage, reading: Reading) -> Deadline? {
        deadlines.first { $0.stage == stage && $0.reading == reading }
    }

    init(_ clock: ReportingClock) throws(ClockError) {
        let moments = try ClockMoments(clock)
        self.clock = clock
        reportability = moments.reportability
        guard reportability.isReportable else {
            deadlines = []
            waiting = []
            remarks = []
            return
        }
        deadlines = moments.hours(24, .earlyWarning) + moments.hours(72, .notification) + moments.finalReport
        waiting = moments.waiting
        remarks = moments.remarks
    }
}
