import Regulation

/// A product with everything that follows from its record, as its page shows it.
struct ProductModel {
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

extension ProductModel.Considered {
    init(_ category: ConsideredCategory) {
        let outcome =
            switch category.outcome {
            case .matched: "matched"
            case .rejected: "rejected"
            case .open: "open"
            case .notReached: "not reached"
            }
        self.init(
            ref: category.ref, title: category.title, outcome: outcome, reason: ReasonModel(category.reason),
            note: category.note.isEmpty ? nil : category.note, who: category.who)
    }
}

extension ProductModel.Route {
    init(_ option: RouteOption) {
        self.init(
            title: option.route.module?.title ?? option.route.rawValue, annex: option.route.module?.annex ?? "",
            open: .of(option.open, "open", "not open"), allowed: .of(option.allowed, "allowed", "not allowed"),
            obtainable: .of(option.obtainable, "can be had", "cannot be had"), mark: MarkModel(option.mark),
            reasons: option.reasons.map(ReasonModel.init), conditions: option.conditions.map(ReasonModel.init),
            changes: option.wouldChange.map(ReasonModel.init), anyConditions: !option.conditions.isEmpty)
    }
}

extension ProductModel.Item {
    init(_ item: DatedItem, _ today: Day) {
        self.init(
            day: item.day.description, kind: item.kind.words, text: item.text, subject: item.subject, past: item.day < today,
            citations: item.reason.citations.map(CitationModel.init))
    }
}

extension ProductModel.Group {
    init(_ group: GroupTimeline) {
        self.init(
            id: group.group,
            placed: group.placedFrom == group.placedTo ? "\(group.placedFrom)" : "\(group.placedFrom) to \(group.placedTo)",
            units: group.units.map { Words.grouped($0) } ?? "not known", regime: group.regime.words,
            rules: group.rules.joined(separator: ", "), mark: MarkModel(group.mark), reasons: group.reasons.map(ReasonModel.init),
            missing: group.missing.map(ReasonModel.init),
            duties: group.obligations.map { span in
                ProductModel.Duty(
                    id: span.id, duty: span.duty, from: span.from.description,
                    until: span.until.map { "\($0): \(span.untilText)" } ?? span.untilText,
                    citations: span.reason.citations.map(CitationModel.init))
            }, dutyCount: group.obligations.count)
    }
}
