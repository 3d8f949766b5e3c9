import Estate
import Regulation

extension ReportModel {
    /// What applies to the product: scope, tier, routes, dates.
    struct ProductPart {
        struct Conclusion {
            var title: String
            var answer: String
            /// What the answer is worth, where that is less than verified.
            var weak: String?
            var checked: String?
            var reasons: [ReasonModel]
            var missing: [String]
            var changes: [ReasonModel]
        }

        struct Route {
            var title: String
            var annex: String
            var isOpen: String
            var weak: String?
            var reasons: [ReasonModel]
            var conditions: [ReasonModel]
        }

        struct Dated {
            var day: String
            var text: String
            var subject: String?
            var reason: ReasonModel
        }

        struct Group {
            var name: String
            var placed: String
            var units: String
            var regime: String
            var weak: String?
        }

        var registered: String?
        /// "standalone software"
        var kind: String?
        var conclusions: [Conclusion] = []
        var routesOn: String?
        var routes: [Route] = []
        var routeNotes: [ReasonModel] = []
        var groups: [Group] = []
        var dates: [Dated] = []
        var notes: [ReasonModel] = []
        var missing: [String] = []

        init(_ record: EvidenceRecord) {
            guard let report = record.report else { return }
            registered = "\(ReportModel.time(report.record.registered)) UTC by \(report.record.registeredBy)"
            kind = report.record.history.kind.words
            let scope = report.scope.result
            conclusions.append(
                Self.conclusion(
                    "Scope (Article 2)", scope.map { Self.name(of: $0.outcome) } ?? "not concluded: a question is open",
                    scope?.conclusion))
            let tier = report.tier.result
            let title = tier.map { found in
                found.tier.map { "\($0.title)\(found.category.map { ": \($0.ref), \($0.title)" } ?? "")" }
                    ?? "undetermined; possible: \(found.possible.map(\.title).joined(separator: ", "))"
            }
            conclusions.append(
                Self.conclusion("Tier (Articles 7 and 8)", title ?? "not concluded: a question is open", tier?.conclusion))
            if let table = report.routes {
                routesOn = table.day.description
                routes = table.options.map { option in
                    let module = option.route.module
                    return Route(
                        title: module?.title ?? option.route.rawValue, annex: module?.annex ?? "",
                        isOpen: Self.name(of: option.open),
                        weak: option.mark == .verified ? nil : ReportModel.name(of: option.mark),
                        reasons: option.reasons.map(ReasonModel.init),
                        conditions: option.conditions.map(ReasonModel.init))
                }
                routeNotes = table.notes.map(ReasonModel.init)
            }
            groups = report.timeline.groups.map { group in
                Group(
                    name: group.group, placed: "\(group.placedFrom) to \(group.placedTo)",
                    units: group.units.map { Words.grouped($0) } ?? "not known", regime: Self.name(of: group.regime),
                    weak: group.mark == .verified ? nil : ReportModel.name(of: group.mark))
            }
            dates = report.timeline.items.map {
                Dated(day: $0.day.description, text: $0.text, subject: $0.subject, reason: ReasonModel($0.reason))
            }
            notes = report.timeline.notes.map(ReasonModel.init)
            missing =
                report.timeline.missing.map { "\($0.what) (from: \($0.from))" }
                + [report.kindConflict].compactMap(\.self).map { "what the product is: \($0) (from: the product's page)" }
        }

        private static func conclusion(_ title: String, _ answer: String, _ end: InquiryEnd?) -> Conclusion {
            Conclusion(
                title: title, answer: answer, weak: end.flatMap { $0.mark == .verified ? nil : ReportModel.name(of: $0.mark) },
                checked: end?.asOf.description, reasons: end?.reasons.map(ReasonModel.init) ?? [],
                missing: end?.missing.map { "\($0.what) (from: \($0.from))" } ?? [],
                changes: end?.wouldChange.map(ReasonModel.init) ?? [])
        }

        private static func name(of outcome: ScopeResult.Outcome) -> String {
            switch outcome {
            case .inScope: "in scope"
            case .out: "out of scope"
            case .undetermined: "undetermined"
            }
        }

        private static func name(of verdict: Verdict) -> String {
            switch verdict {
            case .applies: "open"
            case .doesNotApply: "not open"
            case .cannotTellYet: "cannot be told yet"
            }
        }

        private static func name(of regime: Regime) -> String {
            switch regime {
            case .reportingOnly: "reporting only"
            case .full: "the whole Regulation"
            case .fullForChangedPart: "the whole Regulation for the changed part"
            case .cannotTellYet: "cannot be told yet"
            }
        }
    }
}
