import Estate
import Foundation
import Regulation

/// Cases as the API gives them.
extension API {
    struct CaseListing: Encodable, Sendable {
        var items: [CaseSummary]
        /// Of these nothing else is known; they are in every list.
        var unreadable: [UnreadableCase]
    }

    struct CaseSummary: Encodable, Sendable {
        struct Due: Encodable, Sendable {
            var stage: ReportStage
            /// Of the CSIRT's request, for an intermediate report.
            var request: Int?
            /// Nil where no limit runs yet, or the text gives none.
            var due: UTCInstant?
            var secondsLeft: Int64?
            var isOverdue: Bool
            var isProvisional: Bool
            var rule: Reason
        }

        var number: String
        var title: String
        var kind: CaseKind
        var phase: CasePhase
        var isDrill: Bool
        var products: [AffectedProduct]
        var owner: String
        var deputy: String
        /// What is owed, by due date.
        var clocks: [Due]

        init(_ file: CaseFile, at now: UTCInstant) {
            number = file.identifier
            title = file.case.opening.title
            kind = file.case.kind
            phase = file.case.phase
            isDrill = file.case.isDrill
            products = file.case.opening.products
            owner = file.owner
            deputy = file.deputy
            clocks = file.case.openClocks.map { clock in
                let due = clock.due.map { UTCInstant($0) }
                return Due(
                    stage: clock.stage, request: clock.request, due: due, secondsLeft: due.map { ($0 - now) / 1_000 },
                    isOverdue: clock.isOverdue(at: now.date), isProvisional: clock.isProvisional, rule: clock.reason)
            }
        }
    }

    struct CaseDetail: Encodable, Sendable {
        struct Reach: Encodable, Sendable {
            var product: String
            var versions: [String]
            /// As it was frozen when the case opened.
            var then: ReachSnapshot
            var now: SnapshotProgress
            var hours: [ReachHour]
        }

        var summary: CaseSummary
        var opening: CaseOpening
        var firstSignal: Date
        var aware: AwareDecision?
        var decidedBy: String?
        var measureAvailableAt: Date?
        var coordinator: String?
        var closingAskedBy: String?
        var left: [ReportStage]
        /// The deadlines by all three readings; nil while nobody is aware.
        var deadlines: DeadlineTable?
        var records: [CaseRecord]
        var remarks: [CaseRemark]
        var history: [CaseAction]
        var reach: [Reach]

        init(_ file: CaseFile, _ estate: EstateService, at now: UTCInstant) throws {
            let state = file.case.state
            summary = CaseSummary(file, at: now)
            opening = file.case.opening
            firstSignal = state.firstSignal
            aware = state.aware
            decidedBy = state.decidedBy
            measureAvailableAt = state.measureAvailableAt
            coordinator = state.country
            closingAskedBy = state.closingAskedBy
            left = state.left
            deadlines = file.case.deadlines
            records = file.case.records
            remarks = state.remarks
            history = file.case.history
            reach = try file.reach.map { reach in
                let snapshot = try estate.snapshot(reach.snapshot)
                return Reach(
                    product: reach.product, versions: snapshot.selection.versions, then: snapshot,
                    now: try estate.progress(of: reach.snapshot, at: now), hours: try estate.reachHours(of: reach.snapshot))
            }
        }
    }

    struct ReportAnswer: Encodable, Sendable {
        var draft: ReportDraft
        var completeness: ReportCompleteness
        var text: String
    }

    struct DarkPage: Encodable, Sendable {
        struct Item: Encodable, Sendable {
            var product: String
            var unit: DarkUnit
        }

        var total: Int
        var page: Int
        var size: Int
        var items: [Item]
    }

    struct Opened: Encodable, Sendable {
        var number: String
        var path: String
    }
}
