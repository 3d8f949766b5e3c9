import Estate
import Hummingbird
import Regulation

/// A product's units on the market, changes to them, its support period and its updates.
extension Console {
    private struct Model {
        struct Group {
            var id: String
            var from: String
            var to: String
            var count: String
            var inStock: Bool
        }

        struct Change {
            var id: String
            var day: String
            var groups: String
            var outcome: VerdictModel
            /// Where its screen is.
            var path: String
            var conclusion: ConclusionModel?
        }

        struct Criterion {
            var id: String
            var text: String
            var must: Bool
            var citations: [CitationModel]
            var reasoning: String
        }

        struct Update {
            var id: String
            var issued: String
        }

        struct Removed {
            var id: String
            var issued: String
            var who: String
            var when: AgeModel
            var reason: String
        }

        struct Kind {
            var id: String
            var text: String
            var chosen: Bool
        }

        var name: String
        var productPath: String
        var path: String
        var isSoftware: Bool
        var kind: String
        var kinds: [Kind]
        var kindConflict: String?
        var groups: [Group]
        var noGroups: Bool
        var changes: [Change]
        var noChanges: Bool
        var criteria: [Criterion]
        var months: String
        var end: String
        var decidedBy: String?
        var updates: [Update]
        var noUpdates: Bool
        var removed: [Removed]
        var anyRemoved: Bool
        var generalDay: String
        var mayWrite: Bool
        var seal: String
        var typed: [String: String]
        var problems: [String: String]
        var inStockTyped: Bool
    }

    func units(_ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil) async throws -> Response {
        let report = try await report(exchange)
        let record = report.record
        let history = record.history
        let path = Self.path(ofProduct: record.name)
        // What was typed belongs to the form that was refused, and to no other.
        let typed = refusal == nil ? nil : typed
        func value(_ form: String, _ name: String) -> String? { refusal?.field == form ? typed?.values[name] : nil }
        var shown: [String: String] = [:]
        for (name, text) in typed?.values ?? [:] { shown["\(refusal?.field ?? "")_\(name)"] = text }
        let model = Model(
            name: record.name, productPath: path, path: "\(path)/units", isSoftware: history.kind == .standaloneSoftware,
            kind: history.kind.words,
            kinds: ProductHistory.Kind.allCases.map {
                Model.Kind(id: $0.rawValue, text: $0.words, chosen: $0 == history.kind)
            }, kindConflict: report.kindConflict.map(Self.sentence),
            groups: history.groups.map {
                Model.Group(
                    id: $0.id, from: $0.placedFrom.description, to: $0.placedTo.description,
                    count: $0.count == 0 && history.kind == .standaloneSoftware ? "not counted" : Words.grouped($0.count),
                    inStock: $0.inStock)
            }, noGroups: history.groups.isEmpty,
            changes: try history.modifications.map { change in
                let result = try ModificationInquiry(answers: record.modificationAnswers[change.id] ?? []).result
                return Model.Change(
                    id: change.id, day: change.day.description, groups: change.groups.joined(separator: ", "),
                    outcome: .modification(result), path: Self.path(ofChange: change.id, to: record.name),
                    conclusion: (result?.conclusion).map(ConclusionModel.init))
            }, noChanges: history.modifications.isEmpty,
            criteria: SupportCriterion.all.map { criterion in
                Model.Criterion(
                    id: criterion.id, text: criterion.text, must: criterion.must,
                    citations: criterion.citations.map(CitationModel.init),
                    reasoning: value("support", "reason_\(criterion.id)") ?? history.support?.reasoning[criterion.id] ?? "")
            }, months: value("support", "months") ?? history.support?.expectedUseMonths.map(String.init) ?? "",
            end: value("support", "end") ?? history.support?.end?.description ?? "",
            decidedBy: history.support.map { "\($0.decidedBy) on \($0.decidedOn)" },
            updates: history.updates.sorted { $0.issued > $1.issued }.map {
                Model.Update(id: $0.id, issued: $0.issued.description)
            },
            noUpdates: history.updates.isEmpty,
            removed: record.removedUpdates.reversed().map {
                Model.Removed(
                    id: $0.update.id, issued: $0.update.issued.description, who: $0.removedBy,
                    when: AgeModel($0.removedAt, at: exchange.now), reason: $0.reason)
            }, anyRemoved: !record.removedUpdates.isEmpty, generalDay: Regulation.Timeline.generalDay.description,
            mayWrite: mayRecord(exchange),
            seal: sealValue(exchange), typed: shown, problems: refusal.map { [$0.field: $0.text] } ?? [:],
            inStockTyped: value("units", "stock") != nil)
        return recordPage(
            "product_units", title: "\(record.name): units", place: "/products", exchange, refused: refusal != nil, model)
    }
}
