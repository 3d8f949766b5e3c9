import Foundation
import Regulation
import Storage

/// A new case that waits for somebody to assess it, of which those who are on call for it have to be told.
public struct OpenedAlert: Equatable, Codable, Sendable {
    public var `case`: String
    public var title: String
    public var kind: CaseKind
    public var isDrill: Bool
    public var owner: String
    public var deputy: String
    public var products: [String]
    public var openedAt: UTCInstant
}

/// Whatever people have to be told of in a case.
public enum CaseAlert: Equatable, Sendable {
    case opened(OpenedAlert)
    case deadline(DeadlineAlert)
}

extension EstateService {
    /// Hours for which a case is new: when nobody could be told within them, its deadlines are what is told.
    public static let openedAlertHours = 72
    /// Stands where the stage does among the alerts that were sent.
    private static let openedKey = "opened"

    /// All that nobody was told of yet: deadlines first, the nearest one first, then new cases. Of cases that cannot be read there is none.
    public func caseAlerts(at now: UTCInstant) throws -> (alerts: [CaseAlert], unreadable: [UnreadableCase]) {
        let list = try caseList(open: true)
        let alerts: [CaseAlert] =
            try dueAlerts(of: list.files, at: now).sorted { $0.due < $1.due }.map { .deadline($0) }
            + openedAlerts(of: list.files, at: now).map { .opened($0) }
        return (alerts, list.unreadable)
    }

    /// Cases that were opened lately and that nobody was told of.
    public func openedAlerts(at now: UTCInstant) throws -> [OpenedAlert] { try openedAlerts(of: cases(open: true), at: now) }

    private func openedAlerts(of files: [CaseFile], at now: UTCInstant) throws -> [OpenedAlert] {
        try database.read { connection in
            try files.compactMap { file in
                // Once somebody is aware the clocks run, and it is they that are told.
                guard file.case.phase == .signalled || file.case.phase == .assessing,
                    let opened = file.case.history.first.map({ UTCInstant($0.at) }),
                    now - opened <= Int64(Self.openedAlertHours) * 3_600_000,
                    try connection.first(
                        "SELECT 1 FROM case_alert WHERE file = ? AND stage = ? LIMIT 1",
                        [.integer(file.id), .text(Self.openedKey)],
                        { $0.integer(0) }) == nil
                else { return nil }
                let opening = file.case.opening
                return OpenedAlert(
                    case: file.identifier, title: opening.title, kind: opening.kind, isDrill: file.case.isDrill, owner: file.owner,
                    deputy: file.deputy, products: opening.products.map(\.product), openedAt: opened)
            }
        }
    }

    /// Somebody was told of a new case, by these ways. Said twice, it is noted once.
    public func noteSent(_ alert: OpenedAlert, by ways: [String], at now: UTCInstant) throws {
        try noteSent(
            case: alert.case, key: Self.openedKey, due: alert.openedAt, hours: 0, as: "opening-told", ["ways": ways], at: now)
    }

    /// Somebody was told, by these ways.
    public func noteSent(_ alert: CaseAlert, by ways: [String], at now: UTCInstant) throws {
        switch alert {
        case .opened(let alert): try noteSent(alert, by: ways, at: now)
        case .deadline(let alert): try noteSent(alert, by: ways, at: now)
        }
    }
}
