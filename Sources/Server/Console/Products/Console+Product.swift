import Estate
import Hummingbird
import Regulation

/// A product with everything that follows from its record.
extension Console {
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
    ) -> ProductModel {
        let (now, record, reach) = (exchange.now, report.record, report.reach)
        let (scope, tier, timeline) = (report.scope.result, report.tier.result, report.timeline)
        let path = Self.path(ofProduct: record.name)
        let routes = tier.flatMap { result in
            result.tier.map {
                RouteTable(tier: $0, category: result.category?.id, publicFreeSoftware: result.publicFreeSoftware, on: day)
            }
        }
        return ProductModel(
            name: record.name, path: path, kind: record.history.kind.words, kindConflict: report.kindConflict.map(Self.sentence),
            things: record.history.kind == .standaloneSoftware ? "versions" : "units",
            isSoftware: record.history.kind == .standaloneSoftware,
            registered: AgeModel(record.registered, at: now), registeredBy: record.registeredBy,
            changed: AgeModel(record.changed, at: now), mayWrite: mayRecord(exchange), reachUnits: Words.grouped(reach.units),
            anyUnits: reach.units > 0, reach24: Words.percent(reach.reach24), reach72: Words.percent(reach.reach72),
            silent: Words.grouped(reach.silent), never: Words.grouped(reach.never), onBackup: Words.grouped(reach.onBackup),
            carriers: reach.carriers.map {
                ProductModel.Carrier(
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
            tierEnd: (tier?.conclusion).map(ConclusionModel.init),
            considered: (tier?.considered ?? []).map(ProductModel.Considered.init),
            day: day.description, today: now.day.description, otherDay: day != now.day, dayProblem: problem,
            routes: (routes?.options ?? []).map(ProductModel.Route.init), noRoutes: routes == nil,
            routeNotes: (routes?.notes ?? []).map(ReasonModel.init),
            bar: ProductBar(timeline, support: record.history.support?.end, today: now.day).svg,
            items: timeline.items.map { ProductModel.Item($0, now.day) }, groups: timeline.groups.map(ProductModel.Group.init),
            noGroups: timeline.groups.isEmpty,
            timelineMissing: timeline.missing.map(ReasonModel.init), anyTimelineMissing: !timeline.missing.isEmpty,
            notes: timeline.notes.map(ReasonModel.init), supportEnd: record.history.support?.end?.description,
            expectedUse: record.history.support?.expectedUseMonths.map { "\($0) months" },
            findings: timeline.support.map {
                ProductModel.Finding(
                    verdict: .warning($0.kind.words), reason: ReasonModel($0.reason), needed: $0.needed?.description)
            }, supportConcerned: timeline.groups.contains { $0.fullFrom != nil },
            documents: RegulatoryDocument.Kind.allCases.map { kind in
                let document = RegulatoryDocument(kind, from: facts)
                return ProductModel.Document(
                    title: document.title, annex: document.annex, path: "\(path)/documents/\(kind.rawValue)",
                    missing: document.isDraft
                        ? Words.count(document.missing.count, "fact missing", "facts missing") : "no fact missing")
            },
            cases: cases.files.map {
                ProductModel.CaseLine(
                    number: $0.identifier, path: "/cases/\(PercentEncoding.encode($0.identifier))", title: $0.case.opening.title,
                    phase: $0.case.phase.title, drill: $0.case.isDrill)
            }, noCases: cases.files.isEmpty && cases.unreadable.isEmpty, unreadable: cases.unreadable.map(\.number))
    }
}
