import Foundation

/// What an Article 14 matter is about. Contents and the final report's clock differ.
public enum CaseKind: String, Codable, CaseIterable, Sendable {
    /// An actively exploited vulnerability contained in the product (Art. 14(1), Art. 3(42)).
    case vulnerability
    /// A severe incident having an impact on the security of the product (Art. 14(3) and (5)).
    case incident
}

/// What is owed in a case, in the order in which it falls due.
public enum ReportStage: String, Codable, CaseIterable, Comparable, Sendable {
    /// 24 hours: Art. 14(2)(a), 14(4)(a).
    case earlyWarning
    /// 72 hours: Art. 14(2)(b), 14(4)(b).
    case notification
    /// 14 days from a measure: Art. 14(2)(c). A month from the notification's submission: Art. 14(4)(c).
    case finalReport
    /// Only when the CSIRT asks: Art. 14(6).
    case intermediateReport
    /// Telling the users: Art. 14(8).
    case userNotice

    /// The three that every case has, in their order.
    public static let reports: [ReportStage] = [.earlyWarning, .notification, .finalReport]

    public static func < (left: ReportStage, right: ReportStage) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }

    /// In words.
    public var title: String {
        switch self {
        case .earlyWarning: "early warning"
        case .notification: "notification"
        case .finalReport: "final report"
        case .intermediateReport: "intermediate report"
        case .userNotice: "notice to users"
        }
    }
}

/// How a period is counted.
public enum Reading: String, Codable, CaseIterable, Sendable {
    /// The earliest instant that a careful reader can find. The default: for alarms, colours and the record.
    case conservative
    /// The outer bound under Regulation (EEC, Euratom) No 1182/71. For information, never a target.
    case formal
    /// What the single reporting platform shows. For information.
    case platform
}

/// When something is owed, by one reading, and why.
public struct Deadline: Codable, Hashable, Sendable {
    public var stage: ReportStage
    public var reading: Reading
    /// To the second. The last instant that is in time; with ``isExclusive`` the first that is not.
    public var instant: Date
    /// The period ends just before ``instant``: the formal reading ends with an hour or a day.
    public var isExclusive: Bool
    public var rule: Reason
    /// Recomputed when the notification has been submitted.
    public var isProvisional: Bool
    /// Where the period, literally counted, ends before it can be met: that end.
    public var literal: Date?
    /// For periods in days and months: the last day before weekends and holidays move it.
    public var nominalLastDay: Day?
    /// For the formal reading of days and months: the last day after they moved it.
    public var lastDay: Day?
    /// Contested points and conditions that matter here.
    public var notes: [ClockNote]
    /// Missing this limit cannot be fined for the size of enterprise that was given (Art. 64(10)(a)). The duty remains.
    public var isFineExcluded: Bool
}

/// Something to know about a deadline. Contested points have a number.
public struct ClockNote: Codable, Hashable, Sendable {
    /// "K1" to "K5" for points that are not settled.
    public var identifier: String?
    public var reason: Reason

    public init(_ identifier: String? = nil, _ reason: Reason) {
        self.identifier = identifier
        self.reason = reason
    }
}
