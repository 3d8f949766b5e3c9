import Foundation
import Regulation

/// An Article 14 case as it is kept: its history, who answers for it, and who could be reached when it opened.
public struct CaseFile: Sendable {
    /// The frozen reach of one affected product.
    public struct Reach: Equatable, Sendable {
        public var snapshot: Int64
        public var product: String
    }

    public var id: Int64
    public var `case`: Case
    /// On call for its deadlines.
    public var owner: String
    public var deputy: String
    public var reach: [Reach]
    /// Drafts by stage.
    public var drafts: [ReportStage: ReportDraft]
    /// Stages whose draft is there and cannot be read; saving one anew replaces it.
    public var unreadableDrafts: [String] = []

    public var identifier: String { `case`.identifier }
}

/// What a case is opened with. Its number is given by the estate.
public struct CaseRequest: Sendable {
    public var kind: CaseKind
    public var title: String
    public var products: [AffectedProduct]
    public var signal: CaseSignal
    public var isDrill: Bool
    /// An IANA name: where the manufacturer reads the clock.
    public var zone: String
    /// The coordinator's Member State, when it is known.
    public var country: String?
    public var size: ReportingClock.Size?
    public var twoPersonClosing: Bool
    public var owner: String
    public var deputy: String

    public init(
        kind: CaseKind, title: String, products: [AffectedProduct], signal: CaseSignal, isDrill: Bool = false, zone: String = "UTC",
        country: String? = nil, size: ReportingClock.Size? = nil, twoPersonClosing: Bool = false, owner: String, deputy: String = ""
    ) {
        self.kind = kind
        self.title = title
        self.products = products
        self.signal = signal
        self.isDrill = isDrill
        self.zone = zone
        self.country = country
        self.size = size
        self.twoPersonClosing = twoPersonClosing
        self.owner = owner
        self.deputy = deputy
    }
}

/// Reach of a case's units at the end of an hour.
public struct ReachHour: Equatable, Codable, Sendable {
    public var at: UTCInstant
    public var heard24: Int
    public var heard72: Int
    /// Heard from since the snapshot was taken.
    public var heardSince: Int
}

/// Why a case does not change.
public enum CaseFileError: Error, Equatable, Sendable {
    case unknownCase(String)
    case unreadable(UnreadableCase)
    case unknownProduct(String)
    case action(CaseError)
    case draft(ReportDraft.Failure)
    case ownerMissing
    case nameTooLong(limit: Int)
}

extension CaseFileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownCase(let number): "There is no case \(number.prefix(80))."
        case .unreadable(let broken): broken.description
        case .unknownProduct(let name): "No product called \(name.prefix(80)) is registered: register it first."
        case .action(let error): error.description
        case .draft(let error): error.description
        case .ownerMissing: "Name who is on call for this case."
        case .nameTooLong(let limit): "A name has at most \(limit) bytes."
        }
    }
}
