import Estate
import Hummingbird
import Regulation

/// A product with everything that follows from its record.
extension Console {
    private struct Model {
        struct Considered {
            var ref: String
            var title: String
            var outcome: String
            var reason: ReasonModel
            var note: String?
            var who: String?
        }

        struct Route {
            var title: String
            var annex: String
            var open: VerdictModel
            var allowed: VerdictModel
            var obtainable: VerdictModel
            var mark: MarkModel
            var reasons: [ReasonModel]
            var conditions: [ReasonModel]
            var changes: [ReasonModel]
            var anyConditions: Bool
        }

        struct Item {
            var day: String
            var kind: String
            var text: String
            var subject: String?
            var past: Bool
            var citations: [CitationModel]
        }

        struct Duty {
            var id: String
            var duty: String
            var from: String
            var until: String
            var citations: [CitationModel]
        }

        struct Group {
            var id: String
            var placed: String
            var units: String
            var regime: String
            var rules: String
            var mark: MarkModel
            var reasons: [ReasonModel]
            var missing: [ReasonModel]
            var duties: [Duty]
            var dutyCount: Int
        }

        struct Finding {
            var verdict: VerdictModel
            var reason: ReasonModel
            var needed: String?
        }

        struct Carrier {
            var name: String
            var units: String
            var heard24: String
            var onBackup: String
        }

        struct CaseLine {
            var number: String
            var path: String
            var title: String
            var phase: String
            var drill: Bool
        }

        struct Document {
            var title: String
            var annex: String
            var path: String
            var missing: String
        }

        var name: String
        var path: String
        var kind: String
        var kindConflict: String?
        /// "units" or "versions".
        var things: String
        var isSoftware: Bool
        var registered: AgeModel
        var registeredBy: String
        var changed: AgeModel
        var mayWrite: Bool
        var reachUnits: String
        var anyUnits: Bool
        var reach24: String
        var reach72: String
        var silent: String
        var never: String
        var onBackup: String
        var carriers: [Carrier]
        var scope: VerdictModel
        var scopeRole: String?
        var remote: String?
        var scopeEnd: ConclusionModel?
        var tier: VerdictModel
        var tierCategory: String?
        var tierPossible: String?
        var core: String?
        var tierEnd: ConclusionModel?
        var considered: [Considered]
        var day: String
        var today: String
        var otherDay: Bool
        var dayProblem: String?
        var routes: [Route]
        var noRoutes: Bool
        var routeNotes: [ReasonModel]
        var bar: String
        var items: [Item]
        var groups: [Group]
        var noGroups: Bool
        var timelineMissing: [ReasonModel]
        var anyTimelineMissing: Bool
        var notes: [ReasonModel]
        var supportEnd: String?
        var expectedUse: String?
        var findings: [Finding]
        var supportConcerned: Bool
        var documents: [Document]
        var cases: [CaseLine]
        var noCases: Bool
        /// Numbers of those that cannot be read.
        var unreadable: [String]
    }

    func product(_ exchange: Exchange) async throws -> Response {
        let (name, now) = (exchange.parameter("name"), exchange.now)
        let asked = exchange.query.text("on")
        let day = asked.flatMap { Day($0) } ?? now.day
        let problem =
            asked != nil && asked.flatMap { Day($0) } == nil
            ? "Not understood: \(Problem.quoted(asked ?? "")). Write a day as 2027-12-11; shown is today." : nil
        let found = try await read { estate -> (ProductReport, CaseList, DocumentFacts)? in
            guard let report = try estate.product(name, at: now) else { return nil }
            return (report, try estate.caseList().concerning(name), try estate.documentFacts(of: report, at: now))
        }
        guard let (report, cases, facts) = found else { throw Problem.notFound(Self.notRegistered(name)) }
        let model = model(report, cases, facts, day: day, problem: problem, exchange)
        return page("product", title: name, place: "/products", live: nil, exchange, model)
    }

    private func model(
        _ report: ProductReport, _ cases: CaseList, _ facts: DocumentFacts, day: Day, problem: String?, _ exchange: Exchange
    ) -> Model {
        let (now, record, reach) = (exchange.now, report.record, report.reach)
        let (scope, tier, timeline) = (report.scope.result, report.tier.result, report.timeline)
        let path = Self.path(ofProduct: record.name)
        let routes = tier.flatMap { result in
            result.tier.map {
                RouteTable(tier: $0, category: result.category?.id, publicFreeSoftware: result.publicFreeSoftware, on: day)
            }
        }
        return Model(
            name: record.name, path: path, kind: record.history.kind.words, kindConflict: report.kindConflict.map(Self.sentence),
            things: record.history.kind == .standaloneSoftware ? "versions" : "units",
            isSoftware: record.history.kind == .standaloneSoftware,
            registered: AgeModel(record.registered, at: now), registeredBy: record.registeredBy,
            changed: AgeModel(record.changed, at: now), mayWrite: mayRecord(exchange), reachUnits: Words.grouped(reach.units),
            anyUnits: reach.units > 0, reach24: Words.percent(reach.reach24), reach72: Words.percent(reach.reach72),
            silent: Words.grouped(reach.silent), never: Words.grouped(reach.never), onBackup: Words.grouped(reach.onBackup),
            carriers: reach.carriers.map {
                Model.Carrier(
                    name: $0.operator.name, units: Words.grouped($0.units), heard24: Words.grouped($0.heard24),
                    onBackup: Words.grouped($0.onBackup))
            }, scope: .scope(scope), scopeRole: scope?.role?.words,
            remote: scope?.remoteDataProcessing.map {
                $0 ? "remote data processing is part of it" : "no remote data processing is part of it"
            },
            scopeEnd: (scope?.conclusion).map(ConclusionModel.init), tier: .tier(tier),
            tierCategory: tier?.category.map { "\($0.ref): \($0.title)" },
            tierPossible: tier.flatMap { $0.tier == nil ? $0.possible.map(\.title).joined(separator: "; ") : nil },
            core: tier.flatMap { $0.coreFunctionality.isEmpty ? nil : $0.coreFunctionality },
            tierEnd: (tier?.conclusion).map(ConclusionModel.init), considered: (tier?.considered ?? []).map(Self.considered),
            day: day.description, today: now.day.description, otherDay: day != now.day, dayProblem: problem,
            routes: (routes?.options ?? []).map(Self.route), noRoutes: routes == nil,
            routeNotes: (routes?.notes ?? []).map(ReasonModel.init),
            bar: ProductBar(timeline, support: record.history.support?.end, today: now.day).svg,
            items: timeline.items.map { Self.item($0, now.day) }, groups: timeline.groups.map(Self.group),
            noGroups: timeline.groups.isEmpty,
            timelineMissing: timeline.missing.map(ReasonModel.init), anyTimelineMissing: !timeline.missing.isEmpty,
            notes: timeline.notes.map(ReasonModel.init), supportEnd: record.history.support?.end?.description,
            expectedUse: record.history.support?.expectedUseMonths.map { "\($0) months" },
            findings: timeline.support.map {
                Model.Finding(
                    verdict: .warning($0.kind.words), reason: ReasonModel($0.reason), needed: $0.needed?.description)
            }, supportConcerned: timeline.groups.contains { $0.fullFrom != nil },
            documents: RegulatoryDocument.Kind.allCases.map { kind in
                let document = RegulatoryDocument(kind, from: facts)
                return Model.Document(
                    title: document.title, annex: document.annex, path: "\(path)/documents/\(kind.rawValue)",
                    missing: document.isDraft
                        ? Words.count(document.missing.count, "fact missing", "facts missing") : "no fact missing")
            },
            cases: cases.files.map {
                Model.CaseLine(
                    number: $0.identifier, path: "/cases/\(PercentEncoding.encode($0.identifier))", title: $0.case.opening.title,
                    phase: $0.case.phase.title, drill: $0.case.isDrill)
            }, noCases: cases.files.isEmpty && cases.unreadable.isEmpty, unreadable: cases.unreadable.map(\.number))
    }

    private static func considered(_ category: ConsideredCategory) -> Model.Considered {
        let outcome =
            switch category.outcome {
            case .matched: "matched"
            case .rejected: "rejected"
            case .open: "open"
            case .notReached: "not reached"
            }
        return Model.Considered(
            ref: category.ref, title: category.title, outcome: outcome, reason: ReasonModel(category.reason),
            note: category.note.isEmpty ? nil : category.note, who: category.who)
    }

    private static func route(_ option: RouteOption) -> Model.Route {
        Model.Route(
            title: option.route.module?.title ?? option.route.rawValue, annex: option.route.module?.annex ?? "",
            open: .of(option.open, "open", "not open"), allowed: .of(option.allowed, "allowed", "not allowed"),
            obtainable: .of(option.obtainable, "can be had", "cannot be had"), mark: MarkModel(option.mark),
            reasons: option.reasons.map(ReasonModel.init), conditions: option.conditions.map(ReasonModel.init),
            changes: option.wouldChange.map(ReasonModel.init), anyConditions: !option.conditions.isEmpty)
    }

    private static func item(_ item: DatedItem, _ today: Day) -> Model.Item {
        Model.Item(
            day: item.day.description, kind: item.kind.words, text: item.text, subject: item.subject, past: item.day < today,
            citations: item.reason.citations.map(CitationModel.init))
    }

    private static func group(_ group: GroupTimeline) -> Model.Group {
        Model.Group(
            id: group.group,
            placed: group.placedFrom == group.placedTo ? "\(group.placedFrom)" : "\(group.placedFrom) to \(group.placedTo)",
            units: group.units.map { Words.grouped($0) } ?? "not known", regime: group.regime.words,
            rules: group.rules.joined(separator: ", "), mark: MarkModel(group.mark), reasons: group.reasons.map(ReasonModel.init),
            missing: group.missing.map(ReasonModel.init),
            duties: group.obligations.map { span in
                Model.Duty(
                    id: span.id, duty: span.duty, from: span.from.description,
                    until: span.until.map { "\($0): \(span.untilText)" } ?? span.untilText,
                    citations: span.reason.citations.map(CitationModel.init))
            }, dutyCount: group.obligations.count)
    }
}

extension Regime {
    var words: String {
        switch self {
        case .reportingOnly: "reporting only"
        case .full: "the whole Regulation"
        case .fullForChangedPart: "the whole Regulation, for the changed part"
        case .cannotTellYet: "cannot tell yet"
        }
    }
}

extension DatedItem.Kind {
    var words: String {
        switch self {
        case .law: "law"
        case .placing: "placing"
        case .modification: "modification"
        case .reporting: "reporting"
        case .endOfSupport: "end of support"
        case .notice: "notice"
        case .updateAvailability: "update kept"
        case .retention: "retention"
        }
    }
}

extension SupportFinding.Kind {
    var words: String {
        switch self {
        case .belowFloor: "shorter than the floor"
        case .belowExpectedUse: "shorter than the expected use"
        case .fiveByDefault: "five years without a reason"
        case .expectedUseMissing: "expected use missing"
        case .endMissing: "end missing"
        case .reasoningMissing: "reasoning missing"
        case .endsBeforePlacing: "ends before placing"
        case .modificationUnassessed: "look again after a modification"
        }
    }
}
