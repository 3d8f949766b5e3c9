/// One risk on the register.
public struct Risk: Codable, Hashable, Sendable, Identifiable {
    public enum Treatment: String, Codable, Hashable, Sendable, CaseIterable { case accept, reduce, avoid, transfer }

    public enum Status: String, Codable, Hashable, Sendable {
        /// Nobody has decided.
        case open
        case inTreatment
        case accepted
        case closed
    }

    /// Something that happened to it.
    public struct Event: Codable, Hashable, Sendable {
        public var day: Day
        public var who: String
        public var what: String
        public var reason: String
    }

    /// The dependence's id.
    public var id: String { dependence.id }
    /// As last computed.
    public internal(set) var dependence: Dependence
    /// Whether the last computation found it.
    public internal(set) var present: Bool
    public internal(set) var firstSeen: Day
    public internal(set) var lastSeen: Day
    public internal(set) var owner: String?
    public internal(set) var treatment: Treatment?
    public internal(set) var due: Day?
    public internal(set) var review: Day?
    public internal(set) var status: Status
    public internal(set) var history: [Event]

    /// Open or in treatment beyond its day, or accepted beyond its review.
    public func isOverdue(on day: Day) -> Bool {
        guard status != .closed else { return false }
        return (due.map { $0 < day } ?? false) && status != .accepted || (review.map { $0 < day } ?? false)
    }
}

/// A change that the register does not take.
public enum RiskError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknown(String)
    case reasonMissing
    case authorMissing
    case ownerMissing
    case dueMissing
    case reviewMissing
    /// The dependence is still there: accept it, or remove it first.
    case stillPresent(units: Int)
    case closed
    case dayBefore(Day)
    case tooLong(limit: Int)

    public var description: String {
        switch self {
        case .unknown(let id): "there is no risk \(id.prefix(120))"
        case .reasonMissing: "give a reason: nothing on the register is decided or closed without one"
        case .authorMissing: "say who does this"
        case .ownerMissing: "name an owner first"
        case .dueMissing: "give the day by which the treatment is done"
        case .reviewMissing: "give the day on which this is looked at again"
        case .stillPresent(let units): "\(units) units still depend on it: accept the risk, or remove the dependence before closing"
        case .closed: "the risk is closed; it opens again when the dependence comes back"
        case .dayBefore(let day): "the day must not be before \(day)"
        case .tooLong(let limit): "a text has at most \(limit) bytes"
        }
    }
}
